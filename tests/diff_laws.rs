//! The laws of comparing texts, which hold natively and in WebAssembly, where readers have their texts compared. There it is run
//! by `cargo test --target wasm32-unknown-unknown --no-default-features --test diff_laws`.

use almanac::diff::{Space, Text, TextComparison, read_patch, write_patch};
use almanac::presentation::diff_view::{DiffFile, DiffFinding, DiffRequest, Layout, Look};
use almanac::presentation::diff_view::{OpenedLines, Slot};
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Lines from a small stock, so that equal ones occur, with every kind of line end.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        Just(&b"Release:"[..]),
        Just(&b" "[..]),
        Just(&b"\t"[..]),
        Just(&b"1%{?dist}"[..]),
        Just(&b".alma.1"[..]),
        Just("größe \u{202e}".as_bytes()),
        Just(&b"-- "[..]),
        Just(&b"caf\xe9 \xff\r"[..]),
    ];
    let end = prop_oneof![5 => Just(&b"\n"[..]), 1 => Just(&b"\r\n"[..])];
    let words = proptest::collection::vec(word, 0..4);
    (words, end).prop_map(|(words, end)| [&words.concat()[..], end].concat())
}

/// Two texts of which the second was made from the first by cutting lines out and putting others in.
fn pair() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
    let edits = proptest::collection::vec((0_usize..40, 0_usize..4, line()), 0..6);
    let lines = proptest::collection::vec(line(), 0..40);
    (lines, edits, any::<[bool; 2]>()).prop_map(|(before, edits, ended)| {
        let mut after = before.clone();
        for (at, gone, come) in edits {
            let at = at.min(after.len());
            let end = (at + gone).min(after.len());
            after.splice(at..end, [come]);
        }
        let joined = |lines: Vec<Vec<u8>>, ended: bool| {
            let mut text = lines.concat();
            if !ended && text.last() == Some(&b'\n') {
                text.pop();
            }
            text
        };
        (joined(before, ended[0]), joined(after, ended[1]))
    })
}

fn any_space() -> impl Strategy<Value = Space> {
    prop_oneof![
        Just(Space::Exact),
        Just(Space::IgnoreTrailing),
        Just(Space::IgnoreAll),
        Just(Space::IgnoreBlankLines),
    ]
}

/// What of a line counts, which is all that a comparison promises to give back.
fn counted(space: Space, line: &[u8]) -> Vec<u8> {
    match space {
        Space::Exact | Space::IgnoreBlankLines => line.to_vec(),
        Space::IgnoreTrailing => {
            let last = line.iter().rposition(|byte| !b" \t\n\r".contains(byte));
            line[..last.map_or(0, |last| last + 1)].to_vec()
        }
        Space::IgnoreAll => {
            let kept = line.iter().filter(|byte| !b" \t\n\r".contains(byte));
            kept.copied().collect()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn applying_what_differs_gives_the_second_text((before, after) in pair(), space in any_space()) {
        let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
        let mut made: Vec<&[u8]> = Vec::new();
        let mut next = 0;
        for compared in &comparison.hunks {
            made.extend(comparison.before.raw_lines(next..compared.hunk.before.start));
            made.extend(comparison.after.raw_lines(compared.hunk.after.clone()));
            next = compared.hunk.before.end;
        }
        made.extend(comparison.before.raw_lines(next..usize::MAX));
        let counted = |lines: Vec<&[u8]>| -> Vec<Vec<u8>> {
            lines.into_iter().map(|line| counted(space, line)).collect()
        };
        let wanted = comparison.after.raw_lines(0..usize::MAX).collect();
        prop_assert_eq!(counted(made), counted(wanted));
    }

    #[test]
    fn a_patch_that_is_written_is_read_and_applies((before, after) in pair()) {
        let (old, new) = (Text::new(before.clone()), Text::new(after.clone()));
        let written = write_patch("SPECS/a.spec", Some(&old), Some(&new));
        let patch = read_patch(&written);
        prop_assume!(before != after);
        let patch = patch.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(patch.to_bytes(), written);
        let files = patch.texts().map_err(|error| TestCaseError::fail(error.to_string()))?;
        let made = files[0].apply(&before).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(made, after);
    }

    #[test]
    fn every_view_of_what_was_sent_has_every_line((before, after) in pair(), space in any_space(), split: bool) {
        let file = DiffFile {
            path: "SPECS/a.spec".to_owned(),
            reference: Some(before.clone().into()),
            distribution: Some(after.clone().into()),
            ..DiffFile::default()
        };
        let request = DiffRequest::of(&file, space);
        let mut answers = Vec::new();
        request.perform(before.clone(), after.clone(), |answer| answers.push(answer));
        let Some(DiffFinding::Differences(document, _)) = answers[0].finding(&file, request) else {
            return Err(TestCaseError::fail("the answer has no differences"));
        };
        let layout = if split { Layout::Split } else { Layout::Unified };
        let rows = document.rows(layout, &OpenedLines::whole(), &Look::default());
        let mut seen = [Vec::new(), Vec::new()];
        for row in 0..rows.count() {
            if let Some(Slot::Line { reference, distribution, .. }) = rows.slot(row) {
                seen[0].extend(reference);
                seen[1].extend(distribution);
            }
        }
        let counts = [before, after].map(|text| Text::new(text).line_count());
        prop_assert_eq!(seen, counts.map(|count| (0..count).collect::<Vec<_>>()));
    }
}
