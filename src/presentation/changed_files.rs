//! The files of a package that differ between the two sides.

use super::diff_view::in_small_letters;
use super::hidden_characters::visible;
use super::number::{counted, size};
use crate::report::{Digest, Package, SourceFile, SourceFileSide, limits};

/// A file that differs, as it stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path in the source package.
    pub path: String,
    /// `+3 −2`, that one side alone has it, or its sizes where it is not shown as text.
    pub what: String,
}

/// The files that differ, or that one side alone has at hand, in the order of their paths; those whose path has `part`, whatever its
/// letters' size. A hidden character is found by the sign that it is shown with.
pub fn changed_files(package: &Package, part: &str) -> Vec<ChangedFile> {
    let shown = |text: &str| in_small_letters(&visible(text));
    let part = shown(part.trim());
    let texts = package.texts.iter();
    let files = texts.flat_map(|texts| texts.files.iter().map(|file| (file, texts.complete)));
    let changed = files.filter(|(file, _)| is_changed(file));
    changed
        .filter(|(file, _)| shown(&file.path).contains(&part))
        .map(|(file, is_complete)| ChangedFile {
            path: file.path.clone(),
            what: what(file, is_complete),
        })
        .collect()
}

/// The texts of both sides of a file that are published.
pub fn texts_of(package: &Package, path: &str) -> Vec<Digest> {
    let files = package.texts.iter().flat_map(|texts| &texts.files);
    let known = files.filter(|file| file.path == path);
    let sides = known.flat_map(|file| [&file.reference, &file.distribution]);
    let published = sides.flatten().filter(|side| side.published);
    published.map(|side| side.digest.clone()).collect()
}

/// What stands over the list of so many changed files; `are_shown` tells whether the sides that are compared are those between
/// which they are counted.
pub fn list_title(count: usize, are_shown: bool) -> String {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let title = counted(count, "changed file", "changed files");
    match are_shown {
        true => title,
        false => format!("{title} between the two sides of this page’s report"),
    }
}

/// The paths of the changed files before and after one.
pub fn neighbours(package: &Package, path: &str) -> [Option<String>; 2] {
    let files = package.texts.iter().flat_map(|texts| &texts.files);
    let files: Vec<&SourceFile> = files.filter(|file| is_changed(file)).collect();
    let before = files.iter().rev().find(|file| file.path.as_str() < path);
    let after = files.iter().find(|file| file.path.as_str() > path);
    [before, after].map(|file| file.map(|file| file.path.clone()))
}

/// How many files of the source differ, of how many.
pub fn changed_of(changed: usize, all: usize) -> String {
    let all = files(all);
    format!("Changes to the source: {changed} of {all}")
}

/// How many files of the source do not differ.
pub fn same_files(same: usize) -> String {
    let are = if same == 1 { "is" } else { "are" };
    format!("{} {are} the same on both sides", files(same))
}

/// What was compared of the source's files and what that proves, in a sentence.
pub fn texts_in_words(package: &Package) -> Option<String> {
    let texts = package.texts.as_ref()?;
    if !texts.current {
        return Some(match (&texts.reference_evr, &texts.distribution_evr) {
            (Some(before), Some(after)) => format!(
                "The source texts at hand are those of {before} and {after}, not of the versions compared: they prove nothing about these."
            ),
            (before, after) => {
                let [before, after] =
                    [before, after].map(|evr| evr.as_deref().unwrap_or("no recorded version"));
                format!(
                    "The source texts at hand are those of {before} and of {after}: they prove nothing about the versions compared."
                )
            }
        });
    }
    // What one side of a source lacks that is not complete is not compared.
    let is_compared = |file: &&SourceFile| presence(file, true).is_none() || texts.complete;
    let (compared, alone): (Vec<&SourceFile>, Vec<_>) = texts.files.iter().partition(is_compared);
    let all = files(compared.len());
    let sentence = match compared.iter().filter(|file| is_changed(file)).count() {
        0 if texts.complete => {
            format!(
                "All files of the source were compared by their digests: {all}, equal on both sides."
            )
        }
        0 => format!(
            "Of the source {all} could be compared, with equal digests on both sides; other files of it, such as archives, are not at hand, so that this proves no match."
        ),
        changed => {
            let what = match texts.complete {
                true => "All files of the source were compared by their digests".to_owned(),
                false => "Not all files of the source are at hand; those that are were compared by their digests".to_owned(),
            };
            let differ = if changed == 1 { "differs" } else { "differ" };
            let alone = match alone.len() {
                0 => String::new(),
                1 => "; 1 file is at hand on one side alone".to_owned(),
                count => format!("; {} are at hand on one side alone", files(count)),
            };
            format!("{what}: {all}, of which {changed} {differ}{alone}.")
        }
    };
    Some(sentence)
}

fn files(number: usize) -> String {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    counted(number, "file", "files")
}

/// Whether the sides of a file differ.
pub fn is_changed(file: &SourceFile) -> bool {
    let digest = |side: &Option<crate::report::SourceFileSide>| {
        side.as_ref().map(|side| side.digest.clone())
    };
    digest(&file.reference) != digest(&file.distribution)
}

/// Whether a file is published as text on each side that has it.
pub fn has_text(file: &SourceFile) -> bool {
    let mut sides = [&file.reference, &file.distribution].into_iter().flatten();
    sides.all(|side| side.published)
}

/// Why a side of a file is not published as text.
pub fn why_no_text(side: &SourceFileSide) -> &'static str {
    match side.bytes > limits::TEXT_BYTES as u64 {
        true => "too large to show",
        false => "binary",
    }
}

/// What it comes to that one side alone has a file at hand; `None` where both have it. The other side of a source that is not
/// complete may have it all the same.
pub fn presence(file: &SourceFile, is_complete: bool) -> Option<&'static str> {
    match (&file.reference, &file.distribution, is_complete) {
        (None, Some(_), true) => Some("added"),
        (Some(_), None, true) => Some("removed"),
        (None, Some(_), false) => Some("not at hand on the reference’s side"),
        (Some(_), None, false) => Some("not at hand on the distribution’s side"),
        (Some(_), Some(_), _) | (None, None, _) => None,
    }
}

/// What became of a file, with its sizes: `changed, 1 KB → 2 KB`.
pub fn change_with_sizes(file: &SourceFile, is_complete: bool) -> String {
    let bytes =
        [&file.reference, &file.distribution].map(|side| side.as_ref().map(|side| side.bytes));
    match (presence(file, is_complete), bytes) {
        (Some(presence), [one, other]) => {
            format!("{presence}, {}", size(one.or(other).unwrap_or(0)))
        }
        (None, [Some(before), Some(after)]) if is_changed(file) => {
            format!("changed, {} → {}", size(before), size(after))
        }
        (None, [_, bytes]) => format!("the same, {}", size(bytes.unwrap_or(0))),
    }
}

fn what(file: &SourceFile, is_complete: bool) -> String {
    let counts = file
        .lines
        .map(|lines| format!("+{} −{}", lines.added, lines.removed));
    let presence = presence(file, is_complete).map(str::to_owned);
    let sides = || [&file.reference, &file.distribution].into_iter().flatten();
    let text = sides().find(|side| !side.published).map(|side| {
        let sizes: Vec<String> = sides().map(|side| size(side.bytes)).collect();
        format!("{}, {}", why_no_text(side), sizes.join(" → "))
    });
    let parts: Vec<String> = [presence, counts, text].into_iter().flatten().collect();
    parts.join(", ")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::report::{ChangedLineCounts, FormatVersion, SourceTextsRecord};

    #[test]
    fn one_file_is_not_several() {
        let check = |same: usize, expected: &str| assert_eq!(same_files(same), expected);
        check(1, "1 file is the same on both sides");
        check(1_200, "1,200 files are the same on both sides");
        assert_eq!(changed_of(1, 1), "Changes to the source: 1 of 1 file");
        assert_eq!(changed_of(1, 3), "Changes to the source: 1 of 3 files");
    }

    #[test]
    fn a_list_says_between_which_sides_it_counts_where_others_are_shown() {
        assert_eq!(list_title(1, true), "1 changed file");
        assert_eq!(
            list_title(2, false),
            "2 changed files between the two sides of this page’s report"
        );
    }

    fn side(digit: char, published: bool) -> Option<SourceFileSide> {
        let digest = crate::report::Digest::try_from(digit.to_string().repeat(64)).unwrap();
        Some(SourceFileSide {
            digest,
            bytes: 1,
            published,
        })
    }

    pub fn package() -> Package {
        let file = |path: &str, reference, distribution, lines| SourceFile {
            path: path.to_owned(),
            reference,
            distribution,
            lines,
        };
        let counts = Some(ChangedLineCounts {
            added: 3,
            removed: 2,
        });
        Package {
            format: FormatVersion::CURRENT,
            texts: Some(SourceTextsRecord {
                reference_label: String::new(),
                distribution_label: String::new(),
                reference_evr: None,
                distribution_evr: None,
                complete: true,
                current: true,
                files: vec![
                    file("SOURCES/logo.png", side('a', false), side('b', false), None),
                    file("SOURCES/new.patch", None, side('c', true), counts),
                    file("SOURCES/same", side('d', true), side('d', true), None),
                    file("SPECS/x.spec", side('e', true), side('f', true), counts),
                ],
            }),
            ..crate::presentation::package_summary::tests::package(&[])
        }
    }

    #[test]
    fn changed_files_are_listed_and_filtered() {
        let listed = |part: &str| -> Vec<String> {
            let files = changed_files(&package(), part).into_iter();
            files
                .map(|file| format!("{}: {}", file.path, file.what))
                .collect()
        };
        assert_eq!(
            listed(""),
            [
                "SOURCES/logo.png: binary, 1 byte → 1 byte",
                "SOURCES/new.patch: added, +3 −2",
                "SPECS/x.spec: +3 −2"
            ]
        );
        assert_eq!(listed(" SPEC"), ["SPECS/x.spec: +3 −2"]);
        assert_eq!(listed("nothing"), [""; 0]);
    }

    #[test]
    fn what_a_source_that_is_not_complete_lacks_is_not_at_hand() {
        let check = |reference: char, distribution: char, is_complete: bool, expected: &str| {
            let side = |digit: char| (digit != '-').then(|| side(digit, true)).flatten();
            let file = SourceFile {
                path: "SOURCES/x".to_owned(),
                reference: side(reference),
                distribution: side(distribution),
                lines: None,
            };
            assert_eq!(change_with_sizes(&file, is_complete), expected);
        };
        check('-', 'a', true, "added, 1 byte");
        check('a', '-', true, "removed, 1 byte");
        check(
            '-',
            'a',
            false,
            "not at hand on the reference’s side, 1 byte",
        );
        check(
            'a',
            '-',
            false,
            "not at hand on the distribution’s side, 1 byte",
        );
        check('a', 'b', false, "changed, 1 byte → 1 byte");
        check('a', 'a', false, "the same, 1 byte");
        let mut package = package();
        package.texts.as_mut().unwrap().complete = false;
        let told = &changed_files(&package, "new.patch")[0].what;
        assert_eq!(told, "not at hand on the reference’s side, +3 −2");
    }

    #[test]
    fn a_path_is_found_whatever_the_size_of_its_letters() {
        let mut package = package();
        let texts = package.texts.as_mut().unwrap();
        texts.files[0].path = "SOURCES/Größe-Привет.md".to_owned();
        let check = |part: &str, expected: usize| {
            assert_eq!(changed_files(&package, part).len(), expected, "{part}");
        };
        check("GRÖ", 1);
        check("größe-привет.MD", 1);
        check("grosse", 0);
    }

    #[test]
    fn a_hidden_character_is_found_by_its_sign() {
        let mut package = package();
        let texts = package.texts.as_mut().unwrap();
        texts.files[0].path = "SOURCES/logo\u{202e}gnp".to_owned();
        let check = |part: &str, expected: usize| {
            assert_eq!(changed_files(&package, part).len(), expected, "{part}");
        };
        check("⟨U+202E⟩", 1);
        check("Logo⟨u+202e⟩GNP", 1);
        check("\u{202e}g", 1);
        check("⟨U+200B⟩", 0);
    }

    #[test]
    fn the_texts_of_a_file_are_those_that_are_published() {
        let check = |path: &str, expected: usize| {
            assert_eq!(texts_of(&package(), path).len(), expected, "{path}");
        };
        check("SPECS/x.spec", 2);
        check("SOURCES/new.patch", 1);
        check("SOURCES/logo.png", 0);
        check("nothing", 0);
    }

    #[test]
    fn it_is_said_what_was_compared_and_what_that_proves() {
        let check = |edit: fn(&mut SourceTextsRecord), expected: &str| {
            let mut package = package();
            package.texts.iter_mut().for_each(edit);
            assert_eq!(texts_in_words(&package).as_deref(), Some(expected));
        };
        check(
            |_| (),
            "All files of the source were compared by their digests: 4 files, of which 3 differ.",
        );
        check(
            |texts| texts.complete = false,
            "Not all files of the source are at hand; those that are were compared by their digests: 3 files, of which 2 differ; 1 file is at hand on one side alone.",
        );
        check(
            |texts| texts.files.retain(|file| !is_changed(file)),
            "All files of the source were compared by their digests: 1 file, equal on both sides.",
        );
        check(
            |texts| {
                texts.complete = false;
                texts.files.retain(|file| !is_changed(file));
            },
            "Of the source 1 file could be compared, with equal digests on both sides; other files of it, such as archives, are not at hand, so that this proves no match.",
        );
        check(
            |texts| {
                texts.current = false;
                texts.reference_evr = Some("5-1.el9".to_owned());
            },
            "The source texts at hand are those of 5-1.el9 and of no recorded version: they prove nothing about the versions compared.",
        );
        check(
            |texts| {
                texts.current = false;
                texts.reference_evr = Some("5-1.el9".to_owned());
                texts.distribution_evr = Some("5-2.el9".to_owned());
            },
            "The source texts at hand are those of 5-1.el9 and 5-2.el9, not of the versions compared: they prove nothing about these.",
        );
        let nothing = crate::presentation::package_summary::tests::package(&[]);
        assert_eq!(texts_in_words(&nothing), None);
    }

    #[test]
    fn neighbours_are_changed_files() {
        let check = |path: &str, expected: [Option<&str>; 2]| {
            let found = neighbours(&package(), path);
            assert_eq!(found.each_ref().map(Option::as_deref), expected);
        };
        check("SPECS/x.spec", [Some("SOURCES/new.patch"), None]);
        check(
            "SOURCES/new.patch",
            [Some("SOURCES/logo.png"), Some("SPECS/x.spec")],
        );
        check("SOURCES/logo.png", [None, Some("SOURCES/new.patch")]);
    }
}
