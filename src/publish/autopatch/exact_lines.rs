//! The lines of two texts as strings that differ wherever the texts do.
//!
//! What is not UTF-8 stands as private characters, one for each byte, as Python's `surrogateescape` has it; a carriage return
//! before the line feed is dropped only where all lines of both texts have one.

use crate::diff::{LineEnd, Text};
use crate::domain::without_mail_words;
use std::ops::RangeInclusive;

/// Characters that stand for a byte that is no UTF-8, from the end of the last private plane.
const PRIVATE: RangeInclusive<char> = '\u{10ff80}'..='\u{10ffff}';
const PRIVATE_BASE: u32 = 0x10_ff00;

/// The lines of both texts, without line feeds.
pub fn exact_lines(before: &Text, after: &Text) -> [Vec<String>; 2] {
    let drops_returns = [before, after].iter().all(|text| {
        text.lines(0..text.line_count())
            .all(|line| line.end != LineEnd::LineFeed)
    });
    [before, after].map(|text| {
        text.lines(0..text.line_count())
            .map(|line| {
                let mut content = string_of(line.content);
                if line.end == LineEnd::CarriageReturnLineFeed && !drops_returns {
                    content.push('\r');
                }
                content
            })
            .collect()
    })
}

/// A line for people to read. The head of a changelog's entry has the address of whoever wrote it, which is left out.
pub fn shown(line: &str) -> String {
    let characters = line.trim().chars();
    let characters = characters.map(|character| match PRIVATE.contains(&character) {
        true => char::REPLACEMENT_CHARACTER,
        false => character,
    });
    let shown: String = characters.collect();
    match shown.starts_with("* ") {
        true => without_mail_words(&shown),
        false => shown,
    }
}

fn string_of(bytes: &[u8]) -> String {
    let mut string = String::with_capacity(bytes.len());
    let escaped = |byte: &u8| {
        char::from_u32(PRIVATE_BASE + u32::from(*byte)).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            if PRIVATE.contains(&character) {
                let mut buffer = [0; 4];
                let bytes = character.encode_utf8(&mut buffer).as_bytes();
                string.extend(bytes.iter().map(escaped));
            } else {
                string.push(character);
            }
        }
        string.extend(chunk.invalid().iter().map(escaped));
    }
    string
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_and_line_ends() {
        let check = |before: &[u8], after: &[u8], expected: [&[&str]; 2]| {
            let lines = exact_lines(&Text::new(before), &Text::new(after));
            assert_eq!(lines, expected);
        };
        check(b"a\r\nb", b"a\r\n", [&["a", "b"], &["a"]]);
        check(b"a\r\n", b"a\n", [&["a\r"], &["a"]]);
        check(b"\xe9\n", "é\n".as_bytes(), [&["\u{10ffe9}"], &["é"]]);
        assert_eq!(shown(" caf\u{10ffe9}\r"), "caf\u{fffd}");
        let head = "* Mon Jan 01 2024 Ada <ada@example.org> - 1-1";
        assert_eq!(shown(head), "* Mon Jan 01 2024 Ada … - 1-1");
        assert_eq!(shown("%{_unitdir}/a@.service"), "%{_unitdir}/a@.service");
    }

    proptest! {
        #[test]
        fn different_bytes_are_different_strings(
            one in "[a-é\u{10ff80}-\u{10ffff}]{0,3}",
            other in proptest::collection::vec(any::<u8>(), 0..6),
        ) {
            let other = [other.as_slice(), one.as_bytes()].concat();
            prop_assert_eq!(
                string_of(one.as_bytes()) == string_of(&other),
                one.as_bytes() == other.as_slice()
            );
        }
    }
}
