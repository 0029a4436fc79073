//! The work of comparing and colouring a file, as a message to whoever does it and the answer.
//!
//! Both are plain numbers beside the bytes of the texts, so that they cost next to nothing to send.

use super::address::SPACES;
use super::colours::Colours;
use super::document::DiffDocument;
use super::facts::DiffFacts;
use super::{DiffFile, FileExplanations};
use crate::diff::{
    Hunk, Space, Text, TextComparison, hunks_from_numbers, hunks_to_numbers, line_hunks,
};
use crate::syntax::{Highlighting, Language, highlight};
use std::sync::Arc;

/// The form of request and answer; page and worker that were built apart do not understand each other.
const VERSION: u32 = 5;

/// What is to be done: the white space that counts, each side's language, and which side goes before the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffRequest {
    /// Which white space counts.
    pub space: Space,
    /// The languages of the reference's and of the distribution's side.
    pub languages: [Language; 2],
    /// Whether the sides are compared the other way round, and what is found is exchanged: what explains changes names the lines of
    /// the hunks that are found this way.
    pub is_exchanged: bool,
}

/// Something that was found: first all that differs, with the colours of the first lines; then, where there are more lines, the
/// colours of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffAnswer {
    /// Of the first answer: the comparison, where the lines of either side stop, the colours of either side, what the texts
    /// tell as a whole, and the hunks where all space counts unless those of the comparison are the same; of a second one the
    /// colours of either side. Each as numbers.
    pub parts: Vec<Vec<u32>>,
    /// Whether no other one follows.
    pub is_last: bool,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffFinding {
    /// All that differs, with the colours that are known by then.
    Differences(Box<DiffDocument>, Colours),
    /// All colours.
    Colours(Colours),
}

/// So many lines at the start of either text have their colours in the first answer: as many as it takes next to no time to
/// colour, and most files have.
const FIRST_LINES: usize = 4_000;

impl DiffRequest {
    /// What is to be done with a file.
    pub fn of(file: &DiffFile, space: Space) -> Self {
        let languages = [&file.reference, &file.distribution].map(|side| {
            let bytes = side.as_ref().map_or(&[][..], |bytes| bytes);
            let first_line = bytes.split(|byte| *byte == b'\n').next();
            Language::of_file(&file.path, first_line.unwrap_or_default())
        });
        let explanations = file.explanations.as_ref();
        Self {
            space,
            languages,
            is_exchanged: explanations.is_some_and(FileExplanations::are_exchanged),
        }
    }

    /// As numbers.
    pub fn to_numbers(self) -> Vec<u32> {
        let space = SPACES.iter().position(|(_, space, _)| *space == self.space);
        let language =
            |language: Language| Language::ALL.iter().position(|known| *known == language);
        let positions = [space].into_iter().chain(self.languages.map(language));
        // Both tables have everything.
        let positions = positions.map(|position| position.unwrap_or_default() as u32);
        let numbers = [VERSION, u32::from(self.is_exchanged)];
        numbers.into_iter().chain(positions).collect()
    }

    /// Reads what [`Self::to_numbers`] wrote; `None` where it is of another form.
    pub fn from_numbers(numbers: &[u32]) -> Option<Self> {
        let [VERSION, is_exchanged, space, one, other] = *numbers else {
            return None;
        };
        let language = |number: u32| Language::ALL.get(number as usize).copied();
        Some(Self {
            space: SPACES.get(space as usize)?.1,
            languages: [language(one)?, language(other)?],
            is_exchanged: is_exchanged != 0,
        })
    }

    /// Compares two texts; with the hunks where all space counts, where those of the comparison are others.
    pub(super) fn compare(self, before: Text, after: Text) -> (TextComparison, Option<Vec<Hunk>>) {
        if self.is_exchanged {
            let straight = Self {
                is_exchanged: false,
                ..self
            };
            let (comparison, exact) = straight.compare(after, before);
            let exchanged = |hunks: Vec<Hunk>| hunks.into_iter().map(Hunk::exchanged).collect();
            return (comparison.exchanged(), exact.map(exchanged));
        }
        let comparison = TextComparison::new(before, after, self.space);
        let exact = || line_hunks(&comparison.before, &comparison.after, Space::Exact);
        let exact = (self.space != Space::Exact).then(exact);
        (comparison, exact)
    }

    /// Does it, and hands over each answer as soon as it is known. This is the costly step.
    pub fn perform(self, before: Vec<u8>, after: Vec<u8>, mut answer: impl FnMut(DiffAnswer)) {
        let (comparison, exact_hunks) = self.compare(Text::new(before), Text::new(after));
        let lines = [&comparison.before, &comparison.after].map(Text::line_count);
        let has_colours = self.languages != [Language::Plain; 2];
        let is_last = lines.into_iter().all(|count| count <= FIRST_LINES) || !has_colours;
        let [one, other] = self.languages;
        let of_side = |text: &Text, lines: usize, language: Language| {
            let lines = text.lines(0..lines).map(|line| line.content);
            highlight(lines, language).into_numbers()
        };
        let colours = |lines: usize| {
            [
                of_side(&comparison.before, lines, one),
                of_side(&comparison.after, lines, other),
            ]
        };
        let [first_one, first_other] = colours(FIRST_LINES);
        answer(DiffAnswer {
            parts: vec![
                comparison.to_numbers(),
                comparison.before.stops(),
                comparison.after.stops(),
                first_one,
                first_other,
                DiffFacts::of(&comparison).to_numbers(),
                hunks_to_numbers(&exact_hunks.unwrap_or_default()),
            ],
            is_last,
        });
        if !is_last {
            let parts = colours(usize::MAX).into();
            answer(DiffAnswer {
                parts,
                is_last: true,
            });
        }
    }
}

impl DiffAnswer {
    /// What it says of the file that the request was about; `None` where it does not fit it.
    pub fn finding(&self, file: &DiffFile, request: DiffRequest) -> Option<DiffFinding> {
        let colours = |one: &[u32], other: &[u32]| {
            let sides = [
                Highlighting::from_numbers(one)?,
                Highlighting::from_numbers(other)?,
            ];
            Some(Colours::new(sides))
        };
        let [comparison, before, after, one, other, facts, hunks] = self.parts.as_slice() else {
            let [one, other] = self.parts.as_slice() else {
                return None;
            };
            return Some(DiffFinding::Colours(colours(one, other)?));
        };
        let text = |bytes: &Option<Arc<Vec<u8>>>, stops: &[u32]| {
            Text::with_stops(bytes.clone().unwrap_or_default(), stops)
        };
        let before = text(&file.reference, before)?;
        let after = text(&file.distribution, after)?;
        let counts = [before.line_count(), after.line_count()];
        let comparison = TextComparison::from_numbers(before, after, request.space, comparison)?;
        let facts = DiffFacts::from_numbers(facts)?;
        let exact_hunks = match request.space {
            Space::Exact => None,
            _ => Some(hunks_from_numbers(counts, hunks)?),
        };
        let document = DiffDocument::new(file, comparison, exact_hunks, &facts);
        let colours = colours(one, other)?;
        Some(DiffFinding::Differences(Box::new(document), colours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::test_texts::{any_space, text_pair};
    use crate::presentation::diff_view::Slot;
    use proptest::prelude::*;

    fn file(before: Vec<u8>, after: Vec<u8>) -> DiffFile {
        DiffFile {
            path: "SPECS/a.spec".to_owned(),
            reference: Some(before.into()),
            distribution: Some(after.into()),
            ..DiffFile::default()
        }
    }

    fn answers_of(request: DiffRequest, before: Vec<u8>, after: Vec<u8>) -> Vec<DiffAnswer> {
        let mut answers = Vec::new();
        request.perform(before, after, |answer| answers.push(answer));
        answers
    }

    #[test]
    fn what_differs_is_answered_before_all_colours_are() {
        let before = b"Name: a\n".repeat(FIRST_LINES + 1);
        let after = [&before[..], b"Name: b\n"].concat();
        let file = file(before.clone(), after.clone());
        let request = DiffRequest::of(&file, Space::Exact);
        let answers = answers_of(request, before, after);
        let [first, last] = answers.as_slice() else {
            panic!("{} answers", answers.len());
        };
        assert_eq!([first.is_last, last.is_last], [false, true]);
        let at = |line: usize| Slot::Line {
            reference: None,
            distribution: Some(line),
            change: None,
            part: 0,
        };
        let Some(DiffFinding::Differences(document, colours)) = first.finding(&file, request)
        else {
            panic!("no differences");
        };
        assert_eq!(document.counts(), "+1 −0");
        let covered = [0, FIRST_LINES - 1, FIRST_LINES].map(|line| colours.cover(at(line)));
        assert_eq!(covered, [true, true, false]);
        let Some(DiffFinding::Colours(colours)) = last.finding(&file, request) else {
            panic!("no colours");
        };
        assert!(colours.cover(at(FIRST_LINES + 1)));
    }

    #[test]
    fn exchanged_sides_have_the_hunks_that_explanations_name() {
        let [one, other] = [b"a\nb\n".to_vec(), b"b\na\n".to_vec()];
        let hunks = |file: &DiffFile, space| -> Vec<Hunk> {
            let document = DiffDocument::compared_here(file, space);
            let hunks = document.comparison().hunks.iter();
            let exact = document.exact_hunks.clone().unwrap_or_default();
            hunks
                .map(|compared| compared.hunk.clone())
                .chain(exact)
                .collect()
        };
        for space in [Space::Exact, Space::IgnoreAll] {
            let straight = hunks(&file(one.clone(), other.clone()), space);
            let mut exchanged = file(other.clone(), one.clone());
            exchanged.explanations = Some(FileExplanations::default().exchanged());
            let exchanged: Vec<Hunk> = hunks(&exchanged, space)
                .into_iter()
                .map(Hunk::exchanged)
                .collect();
            assert_eq!(exchanged, straight);
        }
    }

    proptest! {
        #[test]
        fn work_done_elsewhere_is_work_done_here((before, after) in text_pair(), space in any_space(), is_exchanged: bool) {
            let mut file = file(before.clone(), after.clone());
            file.explanations = is_exchanged.then(|| FileExplanations::default().exchanged());
            let request = DiffRequest::of(&file, space);
            let read = DiffRequest::from_numbers(&request.to_numbers());
            prop_assert_eq!(read, Some(request));
            let answers = answers_of(request, before, after);
            let [answer] = answers.as_slice() else {
                return Err(TestCaseError::fail("few lines have one answer"));
            };
            let Some(DiffFinding::Differences(document, _)) = answer.finding(&file, request) else {
                return Err(TestCaseError::fail("the first answer has no differences"));
            };
            let here = DiffDocument::compared_here(&file, space);
            prop_assert_eq!(document.comparison(), here.comparison());
            prop_assert_eq!(document.notes(), here.notes());
            prop_assert_eq!(document.patch(&file), here.patch(&file));
        }
    }

    #[test]
    fn a_request_of_another_form_is_refused() {
        for numbers in [
            &[][..],
            &[VERSION],
            &[VERSION + 1, 0, 0, 0, 0],
            &[VERSION, 0, 9, 0, 0],
            &[VERSION, 0, 0, 0, 99],
        ] {
            assert_eq!(DiffRequest::from_numbers(numbers), None);
        }
    }
}
