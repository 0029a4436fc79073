//! Makes pairs of texts for property tests: alike in most lines, with every kind of line end.

use super::Space;
use proptest::prelude::*;

/// Two texts of which the second was made from the first, or from nothing.
pub(crate) fn text_pair() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), edit()), 0..8);
    (
        proptest::collection::vec(line(), 0..40),
        edits,
        any::<[bool; 2]>(),
    )
        .prop_map(|(before, edits, ended)| {
            let mut after = before.clone();
            for (place, edit) in edits {
                let at = place.index(after.len() + 1);
                match edit {
                    Edit::Insert(line) => after.insert(at, line),
                    Edit::Replace(line) if at < after.len() => after[at] = line,
                    Edit::Delete if at < after.len() => drop(after.remove(at)),
                    Edit::Replace(_) | Edit::Delete => {}
                }
            }
            (joined(before, ended[0]), joined(after, ended[1]))
        })
}

/// Any of the ways to look at space.
pub(crate) fn any_space() -> impl Strategy<Value = Space> {
    prop_oneof![
        Just(Space::Exact),
        Just(Space::IgnoreTrailing),
        Just(Space::IgnoreAll),
        Just(Space::IgnoreBlankLines)
    ]
}

#[derive(Clone, Debug)]
enum Edit {
    Insert(Vec<u8>),
    Replace(Vec<u8>),
    Delete,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        line().prop_map(Edit::Insert),
        line().prop_map(Edit::Replace),
        Just(Edit::Delete)
    ]
}

/// A line with its end, from a small stock so that equal ones occur.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        Just("Release:"),
        Just(" "),
        Just("  "),
        Just("\t"),
        Just("1%{?dist}"),
        Just(".alma.1"),
        Just("größe"),
        Just("\u{202e}"),
        Just("-"),
        Just("\\"),
        Just("\r")
    ];
    let content = prop_oneof![
        4 => proptest::collection::vec(word, 0..4).prop_map(|words| words.concat().into_bytes()),
        1 => Just(b"caf\xe9 \xff".to_vec())
    ];
    let end = prop_oneof![5 => Just("\n"), 1 => Just("\r\n")];
    (content, end).prop_map(|(content, end)| [content.as_slice(), end.as_bytes()].concat())
}

fn joined(lines: Vec<Vec<u8>>, ended: bool) -> Vec<u8> {
    let mut text = lines.concat();
    if !ended && text.last() == Some(&b'\n') {
        text.pop();
    }
    text
}
