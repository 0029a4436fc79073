//! Which of the package's changes explain a change of lines.

use super::DiffFile;
use crate::diff::Hunk;
use crate::presentation::hidden_characters::visible;
use crate::report::{HunkRecord, Package, is_http_address};

/// What is known of the lines of one file: what explains which of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileExplanations {
    entries: Vec<(HunkRecord, HunkExplanation)>,
}

/// What explains a change of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HunkExplanation {
    /// `branding: Replaces the name. Release mechanics: …`, or that nothing explains it.
    pub text: String,
    /// Where the change comes from, an http(s) address.
    pub origin: Option<String>,
    /// Whether some change explains it.
    pub is_explained: bool,
}

impl FileExplanations {
    /// What a package says of one of its files. Empty where no change names its lines: nothing is known then.
    pub fn of(package: &Package, path: &str) -> Self {
        let explained = package.changes.iter().flat_map(|change| {
            let class = crate::domain::ChangeClass::from(change.class);
            let text = visible(&format!("{class}: {}", change.summary));
            let origin = change
                .origin
                .clone()
                .filter(|origin| is_http_address(origin));
            let hunks = change.hunks.iter();
            hunks.map(move |hunk| {
                let explanation = HunkExplanation {
                    text: text.clone(),
                    origin: origin.clone(),
                    is_explained: true,
                };
                (hunk.clone(), explanation)
            })
        });
        let unexplained = package.unexplained.iter().map(|record| {
            let explanation = HunkExplanation {
                text: visible(&format!("not explained: {}", record.reason)),
                ..HunkExplanation::default()
            };
            (record.hunk.clone(), explanation)
        });
        let entries = explained.chain(unexplained);
        Self {
            entries: entries.filter(|(hunk, _)| hunk.file == path).collect(),
        }
    }

    /// Whether anything is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What explains a hunk: all that is known of any of its lines.
    pub(super) fn of_hunk(&self, hunk: &Hunk) -> HunkExplanation {
        let about = self
            .entries
            .iter()
            .filter(|(lines, _)| overlap(lines, hunk));
        let mut known: Vec<&HunkExplanation> = Vec::new();
        for (_, explanation) in about {
            if !known.contains(&explanation) {
                known.push(explanation);
            }
        }
        if known.is_empty() {
            return HunkExplanation {
                text: "not explained".to_owned(),
                ..HunkExplanation::default()
            };
        }
        let texts: Vec<&str> = known.iter().map(|known| known.text.as_str()).collect();
        HunkExplanation {
            text: texts.join(" · "),
            origin: known.iter().find_map(|known| known.origin.clone()),
            is_explained: known.iter().all(|known| known.is_explained),
        }
    }
}

impl DiffFile {
    /// Whether it is known what explains its lines.
    pub fn has_explanations(&self) -> bool {
        !self.explanations.is_empty()
    }
}

/// Whether a record is about any line of a hunk, on either side; one without lines on a side is not about that side.
fn overlap(record: &HunkRecord, hunk: &Hunk) -> bool {
    let meets = |first: u32, count: u32, lines: &std::ops::Range<usize>| {
        let start = first.saturating_sub(1) as usize;
        count > 0 && start < lines.end && lines.start < start + count as usize
    };
    meets(record.before_line, record.before_lines, &hunk.before)
        || meets(record.after_line, record.after_lines, &hunk.after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(before: (u32, u32), after: (u32, u32)) -> HunkRecord {
        HunkRecord {
            file: "a.spec".to_owned(),
            before_line: before.0,
            before_lines: before.1,
            after_line: after.0,
            after_lines: after.1,
        }
    }

    fn check(hunk: Hunk, expected: &str, is_explained: bool) {
        let explained = |text: &str| HunkExplanation {
            text: text.to_owned(),
            origin: None,
            is_explained: true,
        };
        let open = HunkExplanation {
            text: "not explained: no action fits".to_owned(),
            ..HunkExplanation::default()
        };
        let explanations = FileExplanations {
            entries: vec![
                (record((3, 1), (3, 1)), explained("branding: Renames it.")),
                (
                    record((4, 0), (5, 2)),
                    explained("release mechanics: Marks it."),
                ),
                (record((9, 2), (11, 0)), open),
            ],
        };
        let found = explanations.of_hunk(&hunk);
        assert_eq!(
            (found.text.as_str(), found.is_explained),
            (expected, is_explained)
        );
    }

    #[test]
    fn lines_are_explained_by_what_names_them() {
        let hunk = |before, after| Hunk { before, after };
        check(hunk(2..3, 2..3), "branding: Renames it.", true);
        check(
            hunk(2..4, 2..6),
            "branding: Renames it. · release mechanics: Marks it.",
            true,
        );
        check(hunk(9..10, 11..11), "not explained: no action fits", false);
        check(hunk(20..21, 20..21), "not explained", false);
    }
}
