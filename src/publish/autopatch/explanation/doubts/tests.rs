//! Files that do not do what the configuration says, in small texts.

use super::super::super::configuration::read_autopatch;
use super::super::{FileContent, FilePair, explain};
use super::Doubt;

const PATCH: &str = "  - add_files: [{type: patch, name: x.patch, number: 1000}]\n";

/// The changes in doubt, of a spec, and of a patch of the configuration's beside it.
#[test]
fn a_patch_that_does_not_do_what_it_says() {
    let check = |spec: &str, patch: Option<&str>, own: Option<&str>, expected: Option<Doubt>| {
        let mut autopatch = read_autopatch(&format!("actions:\n{PATCH}")).unwrap();
        let own = own.map(|own| ("x.patch".to_owned(), own.as_bytes().to_vec()));
        autopatch.own_patches.extend(own);
        let file = |path, before, after: Option<&'static [u8]>| FilePair {
            path,
            before,
            after: after.map(FileContent::Text),
        };
        let leaked = |text: &str| -> &'static [u8] { String::leak(text.to_owned()).as_bytes() };
        let files = [
            file(
                "SPECS/a.spec",
                Some(FileContent::Text(b"%prep\n%setup -q\n")),
                Some(leaked(spec)),
            ),
            file("SOURCES/x.patch", None, patch.map(leaked)),
        ];
        let explanation = explain(&autopatch, &files, true);
        let doubts: Vec<Doubt> = explanation.doubts.iter().map(|(_, doubt)| *doubt).collect();
        assert_eq!(doubts, Vec::from_iter(expected), "{spec}");
        let is_explained = |path: &str| {
            let mut explained = explanation.explained.iter();
            explained.any(|(lines, _)| lines.file == path)
        };
        let is_other = expected == Some(Doubt::OtherContent);
        assert_eq!(
            is_explained("SOURCES/x.patch"),
            patch.is_some() && !is_other
        );
    };
    let applied = "Patch1000: x.patch\n%prep\n%autosetup\n";
    check(applied, Some("+a\n"), None, None);
    check(applied, Some("+a\n"), Some("+a\n"), None);
    check(
        applied,
        Some("+a\n"),
        Some("+b\n"),
        Some(Doubt::OtherContent),
    );
    check(applied, None, None, Some(Doubt::Absent));
    let only_declared = "Patch1000: x.patch\n%prep\n%setup -q\n";
    let left_out = Some(Doubt::NotApplied);
    check(only_declared, Some("+a\n"), None, left_out);
    check("%prep\n%autosetup\n", Some("+a\n"), None, left_out);
}
