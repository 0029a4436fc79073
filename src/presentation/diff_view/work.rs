//! The work of comparing and colouring a file, as a message to whoever does it and the answer.
//!
//! Both are plain numbers beside the bytes of the texts, so that they cost next to nothing to send.

use super::DiffFile;
use super::address::SPACES;
use super::document::DiffDocument;
use super::facts::DiffFacts;
use crate::diff::{Space, Text, TextComparison};
use crate::syntax::{Highlighting, Language, highlight};
use std::sync::Arc;

/// The form of request and answer; page and worker that were built apart do not understand each other.
const VERSION: u32 = 2;

/// What is to be done: the white space that counts, and each side's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffRequest {
    /// Which white space counts.
    pub space: Space,
    /// The languages of the reference's and of the distribution's side.
    pub languages: [Language; 2],
}

/// What was found: the comparison, where the lines of both sides stop, their colours, and what the texts tell as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffAnswer {
    /// The parts, each as numbers.
    pub parts: [Vec<u32>; PARTS],
}

/// How many parts an answer has.
pub const PARTS: usize = 6;

impl DiffRequest {
    /// What is to be done with a file.
    pub fn of(file: &DiffFile, space: Space) -> Self {
        let languages = [&file.reference, &file.distribution].map(|side| {
            let bytes = side.as_ref().map_or(&[][..], |bytes| bytes);
            let first_line = bytes.split(|byte| *byte == b'\n').next();
            Language::of_file(&file.path, first_line.unwrap_or_default())
        });
        Self { space, languages }
    }

    /// As numbers.
    pub fn to_numbers(self) -> Vec<u32> {
        let space = SPACES.iter().position(|(_, space, _)| *space == self.space);
        let language =
            |language: Language| Language::ALL.iter().position(|known| *known == language);
        let positions = [space].into_iter().chain(self.languages.map(language));
        // Both tables have everything.
        let positions = positions.map(|position| position.unwrap_or_default() as u32);
        [VERSION].into_iter().chain(positions).collect()
    }

    /// Reads what [`Self::to_numbers`] wrote; `None` where it is of another form.
    pub fn from_numbers(numbers: &[u32]) -> Option<Self> {
        let [VERSION, space, one, other] = *numbers else {
            return None;
        };
        let language = |number: u32| Language::ALL.get(number as usize).copied();
        Some(Self {
            space: SPACES.get(space as usize)?.1,
            languages: [language(one)?, language(other)?],
        })
    }

    /// Does it. This is the costly step.
    pub fn perform(self, before: Vec<u8>, after: Vec<u8>) -> DiffAnswer {
        let comparison = TextComparison::new(Text::new(before), Text::new(after), self.space);
        let colours = |text: &Text, language: Language| {
            let lines = text.lines(0..text.line_count());
            highlight(lines.map(|line| line.content), language).into_numbers()
        };
        let [one, other] = self.languages;
        DiffAnswer {
            parts: [
                comparison.to_numbers(),
                comparison.before.stops(),
                comparison.after.stops(),
                colours(&comparison.before, one),
                colours(&comparison.after, other),
                DiffFacts::of(&comparison).to_numbers(),
            ],
        }
    }
}

impl DiffAnswer {
    /// The document of the file that the request was about; `None` where the answer does not fit it.
    pub fn document(&self, file: &DiffFile, request: DiffRequest) -> Option<DiffDocument> {
        let [comparison, before, after, one, other, facts] = &self.parts;
        let text = |bytes: &Option<Arc<Vec<u8>>>, stops: &[u32]| {
            Text::with_stops(bytes.clone().unwrap_or_default(), stops)
        };
        let before = text(&file.reference, before)?;
        let after = text(&file.distribution, after)?;
        let comparison = TextComparison::from_numbers(before, after, request.space, comparison)?;
        let highlighting = [
            Highlighting::from_numbers(one)?,
            Highlighting::from_numbers(other)?,
        ];
        let facts = DiffFacts::from_numbers(facts)?;
        Some(DiffDocument::new(file, comparison, highlighting, &facts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::test_texts::{any_space, text_pair};
    use proptest::prelude::*;

    fn file(before: Vec<u8>, after: Vec<u8>) -> DiffFile {
        DiffFile {
            path: "SPECS/a.spec".to_owned(),
            reference: Some(before.into()),
            distribution: Some(after.into()),
            ..DiffFile::default()
        }
    }

    proptest! {
        #[test]
        fn work_done_elsewhere_is_work_done_here((before, after) in text_pair(), space in any_space()) {
            let file = file(before.clone(), after.clone());
            let request = DiffRequest::of(&file, space);
            let read = DiffRequest::from_numbers(&request.to_numbers());
            prop_assert_eq!(read, Some(request));
            let document = request.perform(before, after).document(&file, request).unwrap();
            let here = DiffDocument::compared_here(&file, space);
            prop_assert_eq!(document.comparison(), here.comparison());
            prop_assert_eq!(document.notes(), here.notes());
        }
    }

    #[test]
    fn a_request_of_another_form_is_refused() {
        for numbers in [
            &[][..],
            &[VERSION],
            &[VERSION + 1, 0, 0, 0],
            &[VERSION, 9, 0, 0],
            &[VERSION, 0, 0, 99],
        ] {
            assert_eq!(DiffRequest::from_numbers(numbers), None);
        }
    }
}
