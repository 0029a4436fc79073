//! Which of the package's changes explain a change of lines.

use crate::diff::Hunk;
use crate::presentation::hidden_characters::visible;
use crate::report::{HunkRecord, Package, is_http_address};

/// What is known of the lines of one file: what explains which of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileExplanations {
    /// Of some lines.
    entries: Vec<(HunkRecord, HunkExplanation)>,
    /// What changed the file, without a word of which lines.
    of_file: Vec<HunkExplanation>,
}

/// What explains a change of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HunkExplanation {
    /// `branding: Replaces the name. Release mechanics: …`, or that nothing explains it.
    pub text: String,
    /// Where the changes come from.
    pub origins: Vec<ChangeOrigin>,
    /// Whether some change explains it.
    pub is_explained: bool,
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
            let explanation = HunkExplanation {
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
            let explanation = HunkExplanation {
                text: visible(&format!("not explained: {}", record.reason)),
                ..HunkExplanation::default()
            };
            (record.hunk.clone(), explanation)
        }));
        explanations
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
            return self.of_file_alone();
        }
        let texts: Vec<&str> = known.iter().map(|known| known.text.as_str()).collect();
        HunkExplanation {
            text: texts.join(" · "),
            origins: origins_of(known.iter().copied()),
            is_explained: known.iter().all(|known| known.is_explained),
        }
    }
}

impl FileExplanations {
    /// What is known of lines that nothing names: at most what changed the file.
    fn of_file_alone(&self) -> HunkExplanation {
        let texts: Vec<&str> = self
            .of_file
            .iter()
            .map(|known| known.text.as_str())
            .collect();
        let text = match texts.as_slice() {
            [] => "not explained".to_owned(),
            texts => format!(
                "not told of these lines, but of the file: {}",
                texts.join(" · ")
            ),
        };
        HunkExplanation {
            text,
            origins: origins_of(self.of_file.iter()),
            is_explained: false,
        }
    }
}

/// Each place once, with all that comes from there.
fn origins_of<'known>(known: impl Iterator<Item = &'known HunkExplanation>) -> Vec<ChangeOrigin> {
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

    fn check(hunk: Hunk, of_file: Option<HunkExplanation>, expected: &str, is_explained: bool) {
        let explained = |text: &str| HunkExplanation {
            text: text.to_owned(),
            origins: Vec::new(),
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
            of_file: of_file.into_iter().collect(),
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
        check(hunk(2..3, 2..3), None, "branding: Renames it.", true);
        check(
            hunk(2..4, 2..6),
            None,
            "branding: Renames it. · release mechanics: Marks it.",
            true,
        );
        check(
            hunk(9..10, 11..11),
            None,
            "not explained: no action fits",
            false,
        );
        check(hunk(20..21, 20..21), None, "not explained", false);
        let of_file = HunkExplanation {
            text: "branding: Replaces the file.".to_owned(),
            origins: Vec::new(),
            is_explained: true,
        };
        let (whole, other) = (Some(of_file.clone()), Some(of_file));
        check(
            hunk(20..21, 20..21),
            whole,
            "not told of these lines, but of the file: branding: Replaces the file.",
            false,
        );
        check(hunk(2..3, 2..3), other, "branding: Renames it.", true);
    }

    #[test]
    fn each_change_that_explains_lines_has_its_origin() {
        let explained = |text: &str, address: &str| HunkExplanation {
            text: text.to_owned(),
            origins: vec![ChangeOrigin {
                address: address.to_owned(),
                of: text.to_owned(),
            }],
            is_explained: true,
        };
        let changes = [
            ("branding: A", "https://one"),
            ("backport: B", "https://two"),
            ("build: C", "https://one"),
        ];
        let changes = changes.map(|(text, address)| explained(text, address));
        let hunk = Hunk {
            before: 2..3,
            after: 2..3,
        };
        let of_lines = |change: &HunkExplanation| (record((3, 1), (3, 1)), change.clone());
        for known in [
            FileExplanations {
                entries: changes.iter().map(of_lines).collect(),
                of_file: Vec::new(),
            },
            FileExplanations {
                entries: Vec::new(),
                of_file: changes.to_vec(),
            },
        ] {
            let origins = known.of_hunk(&hunk).origins.into_iter();
            let origins: Vec<_> = origins.map(|origin| (origin.address, origin.of)).collect();
            let expected = [
                ("https://one", "branding: A · build: C"),
                ("https://two", "backport: B"),
            ];
            let expected = expected.map(|(address, of)| (address.to_owned(), of.to_owned()));
            assert_eq!(origins, expected);
        }
    }

    #[test]
    fn a_change_that_names_no_lines_is_told_of_the_file() {
        let mut package = crate::presentation::package_summary::tests::package(&[]);
        let known = |package: &Package, path: &str| {
            let hunk = Hunk {
                before: 0..1,
                after: 0..1,
            };
            FileExplanations::of(package, path).of_hunk(&hunk).text
        };
        assert_eq!(known(&package, "a.spec"), "not explained");
        package.changes = vec![crate::report::ChangeRecord {
            files: vec!["a.spec".to_owned()],
            class: crate::report::ChangeClassName::Branding,
            summary: "Replaces the name".to_owned(),
            origin: None,
            hunks: Vec::new(),
        }];
        let expected = [
            "not told of these lines, but of the file: branding: Replaces the name",
            "not explained",
        ];
        assert_eq!(["a.spec", "b"].map(|path| known(&package, path)), expected);
        let of_other = FileExplanations::of(&package, "b");
        assert_eq!(of_other, FileExplanations::default());
    }
}
