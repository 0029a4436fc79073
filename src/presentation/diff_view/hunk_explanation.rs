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

    fn explained(text: &str) -> Known {
        Known {
            text: text.to_owned(),
            origins: Vec::new(),
            is_explained: true,
        }
    }

    fn explanations(of_file: Option<Known>) -> FileExplanations {
        let open = Known {
            text: "not explained: no action fits".to_owned(),
            ..Known::default()
        };
        FileExplanations {
            entries: vec![
                (record((3, 1), (3, 1)), explained("branding: Renames it.")),
                (
                    record((4, 0), (5, 2)),
                    explained("release mechanics: Marks it."),
                ),
                (record((9, 2), (11, 0)), open),
            ],
            of_file: of_file.into_iter().collect(),
            are_exchanged: false,
        }
    }

    fn check(hunk: Hunk, of_file: Option<Known>, expected: &str, is_explained: bool) {
        let found = explanations(of_file).of_hunk(&hunk, std::slice::from_ref(&hunk));
        assert_eq!(
            (found.text().as_str(), found.is_explained()),
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
            "branding: Renames it. (line 3) · release mechanics: Marks it. (lines 5–6) · not explained (line 4)",
            false,
        );
        check(
            hunk(9..10, 11..11),
            None,
            "not explained: no action fits",
            false,
        );
        check(hunk(20..21, 20..21), None, "not explained", false);
        let of_file = Known {
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
    fn a_hunk_of_which_one_line_is_explained_says_so_of_that_line() {
        let hunk = |before, after| Hunk { before, after };
        let check = |lines: Hunk, explained: &str, unexplained: &str| {
            let found = explanations(None).of_hunk(&lines, std::slice::from_ref(&lines));
            let found = (found.explained.as_str(), found.unexplained.as_str());
            assert_eq!(found, (explained, unexplained));
        };
        let branding = "branding: Renames it. (line 3)";
        check(hunk(2..6, 2..4), branding, "not explained (line 4)");
        check(
            hunk(2..6, 2..3),
            branding,
            "not explained (removed lines 4–6)",
        );
        check(
            hunk(6..10, 9..10),
            "",
            "not explained: no action fits (removed lines 9–10) · not explained (line 10)",
        );
    }

    #[test]
    fn lines_that_are_equal_need_no_explanation() {
        let hunk = |before, after| Hunk { before, after };
        let exact = [hunk(2..3, 2..3), hunk(4..4, 4..6)];
        let found = explanations(None).of_hunk(&hunk(2..4, 2..6), &exact);
        let expected = "branding: Renames it. · release mechanics: Marks it.";
        assert_eq!(
            (found.text().as_str(), found.is_explained()),
            (expected, true)
        );
    }

    #[test]
    fn of_lines_that_are_equal_where_all_space_counts_nothing_is_told() {
        let hunk = Hunk {
            before: 20..21,
            after: 20..21,
        };
        let exact = Hunk {
            before: 30..31,
            after: 30..31,
        };
        let found = explanations(None).of_hunk(&hunk, &[exact]);
        assert_eq!(
            found.text(),
            "not told of these lines where space is ignored"
        );
    }

    #[test]
    fn lines_are_explained_where_the_sides_are_exchanged() {
        let check = |before, after, expected: &str| {
            let hunk = Hunk { before, after };
            let explanations = explanations(None).exchanged();
            let found = explanations.of_hunk(&hunk, std::slice::from_ref(&hunk));
            assert_eq!(found.text(), expected);
        };
        check(4..6, 4..4, "release mechanics: Marks it.");
        check(11..11, 8..10, "not explained: no action fits");
    }

    #[test]
    fn each_change_that_explains_lines_has_its_origin() {
        let explained = |text: &str, address: &str| Known {
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
        let of_lines = |change: &Known| (record((3, 1), (3, 1)), change.clone());
        for known in [
            FileExplanations {
                entries: changes.iter().map(of_lines).collect(),
                ..FileExplanations::default()
            },
            FileExplanations {
                of_file: changes.to_vec(),
                ..FileExplanations::default()
            },
        ] {
            let origins = known
                .of_hunk(&hunk, std::slice::from_ref(&hunk))
                .origins
                .into_iter();
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
            FileExplanations::of(package, path)
                .of_hunk(&hunk, std::slice::from_ref(&hunk))
                .text()
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
