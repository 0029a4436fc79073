//! Which of the package's changes explain a change of lines.

use super::hunk_lines::HunkLines;
use crate::diff::Hunk;
use crate::presentation::hidden_characters::visible;
use crate::report::{HunkRecord, Package, is_http_address};

/// What is known of the lines of one file: what explains which of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileExplanations {
    /// Of some lines.
    entries: Vec<(HunkRecord, Known)>,
    /// What changed the file, without a word of which lines.
    of_file: Vec<Known>,
    /// Whether the sides are exchanged.
    are_exchanged: bool,
}

/// What is known of some lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    /// `branding: Replaces the name.`, or that nothing explains them.
    text: String,
    origins: Vec<ChangeOrigin>,
    is_explained: bool,
}

/// What explains a change of lines, and what of it nothing explains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HunkExplanation {
    /// `branding: Replaces the name. · release mechanics: …`; empty where nothing explains any of it.
    pub explained: String,
    /// What is said of the lines that are not explained; empty where they all are.
    pub unexplained: String,
    /// Where the changes come from.
    pub origins: Vec<ChangeOrigin>,
}

/// Where changes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeOrigin {
    /// An http(s) address.
    pub address: String,
    /// What comes from there, as the explanation has it.
    pub of: String,
}

impl FileExplanations {
    /// What a package says of one of its files.
    pub fn of(package: &Package, path: &str) -> Self {
        let mut explanations = Self::default();
        for change in &package.changes {
            let class = crate::domain::ChangeClass::from(change.class);
            let text = visible(&format!("{class}: {}", change.summary));
            let origin = change.origin.iter();
            let origins = origin.filter(|origin| is_http_address(origin));
            let origins = origins.map(|address| ChangeOrigin {
                address: address.clone(),
                of: text.clone(),
            });
            let explanation = Known {
                origins: origins.collect(),
                text,
                is_explained: true,
            };
            let hunks = change.hunks.iter().filter(|hunk| hunk.file == path);
            let entries: Vec<_> = hunks
                .map(|hunk| (hunk.clone(), explanation.clone()))
                .collect();
            if entries.is_empty() && change.files.iter().any(|file| file == path) {
                explanations.of_file.push(explanation);
            }
            explanations.entries.extend(entries);
        }
        let unexplained = package.unexplained.iter();
        let unexplained = unexplained.filter(|record| record.hunk.file == path);
        explanations.entries.extend(unexplained.map(|record| {
            let explanation = Known {
                text: visible(&format!("not explained: {}", record.reason)),
                ..Known::default()
            };
            (record.hunk.clone(), explanation)
        }));
        explanations
    }

    /// The same where the sides are exchanged.
    pub fn exchanged(mut self) -> Self {
        for (lines, _) in &mut self.entries {
            std::mem::swap(&mut lines.before_line, &mut lines.after_line);
            std::mem::swap(&mut lines.before_lines, &mut lines.after_lines);
        }
        self.are_exchanged = !self.are_exchanged;
        self
    }

    /// Whether the sides are exchanged against those of the report.
    pub(super) fn are_exchanged(&self) -> bool {
        self.are_exchanged
    }

    /// What explains a hunk: all that is known of any of its lines, and that of the others nothing is. `exact` are the hunks where
    /// all space counts: a line that is in none of them is the same on both sides, and needs no explanation.
    pub(super) fn of_hunk(&self, hunk: &Hunk, exact: &[Hunk]) -> HunkExplanation {
        let mut rest = HunkLines::default();
        for exact in exact {
            rest.extend(HunkLines::shared(hunk, exact));
        }
        let mut known: Vec<(&Known, HunkLines)> = Vec::new();
        for (record, explanation) in &self.entries {
            let named = named_by(record);
            let lines = HunkLines::shared(hunk, &named);
            if lines.is_empty() {
                continue;
            }
            rest.remove(&named);
            match known.iter_mut().find(|(known, _)| *known == explanation) {
                Some((_, of_explanation)) => of_explanation.extend(lines),
                None => known.push((explanation, lines)),
            }
        }
        let of_rest = self.of_unnamed(&rest);
        if known.is_empty() || !rest.is_empty() {
            known.push((&of_rest, rest));
        }
        let tells_lines = known.len() > 1 && known.iter().any(|(known, _)| !known.is_explained);
        let texts = |is_explained: bool| {
            let known = known.iter();
            let texts = known.filter(|(known, _)| known.is_explained == is_explained);
            let texts = texts.map(|(known, lines)| match tells_lines {
                true => format!("{} ({})", known.text, lines.in_words()),
                false => known.text.clone(),
            });
            texts.collect::<Vec<_>>().join(" · ")
        };
        HunkExplanation {
            explained: texts(true),
            unexplained: texts(false),
            origins: origins_of(known.iter().map(|(known, _)| *known)),
        }
    }

    /// What is known of lines that nothing names: at most what changed the file. Of lines that only differ where some space is
    /// ignored, nothing is told at all.
    fn of_unnamed(&self, lines: &HunkLines) -> Known {
        let texts: Vec<&str> = self
            .of_file
            .iter()
            .map(|known| known.text.as_str())
            .collect();
        let text = match texts.as_slice() {
            [] if lines.is_empty() => "not told of these lines where space is ignored".to_owned(),
            [] => "not explained".to_owned(),
            texts => format!(
                "not told of these lines, but of the file: {}",
                texts.join(" · ")
            ),
        };
        Known {
            text,
            origins: origins_of(self.of_file.iter()),
            is_explained: false,
        }
    }
}

impl HunkExplanation {
    /// All of it.
    pub fn text(&self) -> String {
        let texts = [self.explained.as_str(), self.unexplained.as_str()];
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(" · ")
    }

    /// Whether the changes explain every line.
    pub fn is_explained(&self) -> bool {
        self.unexplained.is_empty()
    }
}

/// Each place once, with all that comes from there.
fn origins_of<'known>(known: impl Iterator<Item = &'known Known>) -> Vec<ChangeOrigin> {
    let mut origins: Vec<ChangeOrigin> = Vec::new();
    for origin in known.flat_map(|known| &known.origins) {
        let mut listed = origins.iter_mut();
        match listed.find(|listed| listed.address == origin.address) {
            Some(listed) => {
                listed.of.push_str(" · ");
                listed.of.push_str(&origin.of);
            }
            None => origins.push(origin.clone()),
        }
    }
    origins
}

/// The lines that a record names, counted from 0.
fn named_by(record: &HunkRecord) -> Hunk {
    let lines = |first: u32, count: u32| {
        let start = first.saturating_sub(1) as usize;
        start..start + count as usize
    };
    Hunk {
        before: lines(record.before_line, record.before_lines),
        after: lines(record.after_line, record.after_lines),
    }
}

#[cfg(test)]
mod tests;
