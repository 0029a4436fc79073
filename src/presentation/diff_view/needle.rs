//! A text that is searched for in the bytes of a file, whatever the size of its letters.

use memchr::memchr2_iter;
use std::ops::Range;

/// What is searched for: a sign such as `⟨U+202E⟩` or `⟨0xE9⟩` is the character or the byte that it is drawn for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Needle(Vec<Unit>);

/// What a text is compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// A character, as a small letter where it is a letter.
    Character(char),
    /// A byte that is no UTF-8.
    Byte(u8),
}

/// A character of UTF-8 has no more bytes than these.
const CHARACTER_BYTES_MAX: usize = 4;

impl Needle {
    /// The text that a reader wrote.
    pub(super) fn new(wanted: &str) -> Self {
        let bytes = bytes_meant(wanted);
        let mut at = 0;
        let units = std::iter::from_fn(|| {
            let (unit, length) = unit_at(&bytes, at)?;
            at += length;
            Some(unit)
        });
        Self(units.collect())
    }

    /// The most bytes that it takes anywhere: great letters may have more of them than small ones.
    pub(super) fn bytes_max(&self) -> usize {
        self.0.len() * CHARACTER_BYTES_MAX
    }

    /// Where it stands next in these bytes, from a place on; nowhere where it is empty.
    pub(super) fn next_in(&self, bytes: &[u8], from: usize) -> Option<Range<usize>> {
        let rest = bytes.get(from..)?;
        let here = |at: usize| {
            let start = from + at;
            let end = self.end_at(bytes, start)?;
            (!is_within_character(bytes, start)).then_some(start..end)
        };
        let ascii = match self.0.first()? {
            Unit::Character(character) => u8::try_from(*character).ok().filter(u8::is_ascii),
            Unit::Byte(_) => None,
        };
        match ascii {
            Some(small) => memchr2_iter(small, small.to_ascii_uppercase(), rest).find_map(here),
            None => {
                let bytes = rest.iter().enumerate();
                let mut others = bytes.filter(|(_, byte)| !byte.is_ascii());
                others.find_map(|(at, _)| here(at))
            }
        }
    }

    /// Where it stands in a line; the ranges rise and do not overlap.
    pub(super) fn ranges_in(&self, line: &[u8]) -> Vec<Range<usize>> {
        let mut at = 0;
        let ranges = std::iter::from_fn(|| {
            let range = self.next_in(line, at)?;
            at = range.end;
            Some(range)
        });
        ranges.collect()
    }

    /// Where it stands so that a line ends with it; the empty text stands at the end of every line.
    pub(super) fn at_end_of(&self, line: &[u8]) -> Option<Range<usize>> {
        let lengths = self.0.len()..=self.bytes_max();
        let mut starts = lengths.filter_map(|length| line.len().checked_sub(length));
        let start = starts.find(|start| {
            self.end_at(line, *start) == Some(line.len()) && !is_within_character(line, *start)
        })?;
        Some(start..line.len())
    }

    /// Where it ends if it stands at a place.
    fn end_at(&self, bytes: &[u8], start: usize) -> Option<usize> {
        self.0.iter().try_fold(start, |at, wanted| {
            let (unit, length) = unit_at(bytes, at)?;
            (unit == *wanted).then_some(at + length)
        })
    }
}

/// What begins at a place, and how many bytes it takes.
fn unit_at(bytes: &[u8], at: usize) -> Option<(Unit, usize)> {
    let first = *bytes.get(at)?;
    if first.is_ascii() {
        return Some((Unit::Character(first.to_ascii_lowercase().into()), 1));
    }
    let few = &bytes[at..bytes.len().min(at + CHARACTER_BYTES_MAX)];
    let chunk = few.utf8_chunks().next();
    let character = chunk.and_then(|chunk| chunk.valid().chars().next());
    Some(match character {
        Some(character) => (Unit::Character(small(character)), character.len_utf8()),
        None => (Unit::Byte(first), 1),
    })
}

/// Whether a place is inside of a character, so that the byte there is not one of its own.
fn is_within_character(bytes: &[u8], at: usize) -> bool {
    let starts = (1..CHARACTER_BYTES_MAX).filter_map(|back| Some((back, at.checked_sub(back)?)));
    starts
        .filter_map(|(back, start)| Some((back, unit_at(bytes, start)?)))
        .any(|(back, (_, length))| length > back)
}

/// A text with all its letters as those that a search compares.
pub fn in_small_letters(text: &str) -> String {
    text.chars().map(small).collect()
}

/// A letter as a small one, where that is one character.
fn small(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    let mut small = character.to_lowercase();
    match (small.next(), small.next()) {
        // What ASCII has is looked for among its letters alone, which is fast.
        (Some(small), None) if !small.is_ascii() => small,
        _ => character,
    }
}

/// The bytes that are searched for: a sign such as `⟨U+202E⟩` or `⟨0xE9⟩` is the character or the byte that it is drawn for.
fn bytes_meant(wanted: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(wanted.len());
    let mut rest = wanted;
    while let Some((before, sign)) = rest.split_once('⟨') {
        bytes.extend(before.as_bytes());
        let meant = sign.split_once('⟩').and_then(|(name, after)| {
            let byte = |digits| u8::from_str_radix(digits, 16).ok().map(|byte| vec![byte]);
            let character = |digits| {
                let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
                Some(character.to_string().into_bytes())
            };
            let meant = match name.split_at_checked(2)? {
                ("U+", digits) => character(digits)?,
                ("0x", digits) => byte(digits)?,
                _ => return None,
            };
            Some((meant, after))
        });
        rest = match meant {
            Some((meant, after)) => {
                bytes.extend(meant);
                after
            }
            None => {
                bytes.extend('⟨'.to_string().as_bytes());
                sign
            }
        };
    }
    bytes.extend(rest.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_a_text_in_a_line() {
        let check = |line: &str, wanted: &str, expected: &[Range<usize>]| {
            let ranges = Needle::new(wanted).ranges_in(line.as_bytes());
            assert_eq!(ranges, expected, "{wanted}");
        };
        check("abAB", "ab", &[0..2, 2..4]);
        check("abAB", "AB", &[0..2, 2..4]);
        check("aaa", "aa", std::slice::from_ref(&(0..2)));
        check("größe", "ß", std::slice::from_ref(&(4..6)));
        check("abc", "", &[]);
        check("ab", "abc", &[]);
        check("a\u{202e}b", "⟨U+202E⟩B", std::slice::from_ref(&(1..5)));
        check("a⟨b⟩", "⟨b", std::slice::from_ref(&(1..5)));
    }

    #[test]
    fn finds_a_text_at_the_end_of_a_line() {
        let check = |line: &[u8], wanted: &str, expected: Option<Range<usize>>| {
            assert_eq!(Needle::new(wanted).at_end_of(line), expected, "{wanted}");
        };
        check(b"foo bar", "BAR", Some(4..7));
        check(b"foo bar ", "bar", None);
        check(b"bar", "foo bar", None);
        check(b"bar", "", Some(3..3));
        check("aⱥ".as_bytes(), "Ⱥ", Some(1..4));
        check("é".as_bytes(), "⟨0xA9⟩", None);
        check(b"caf\xe9", "f⟨0xE9⟩", Some(2..4));
    }

    #[test]
    fn a_sign_is_what_it_is_drawn_for() {
        let check = |wanted: &str, expected: &[u8]| assert_eq!(bytes_meant(wanted), expected);
        check("caf⟨0xE9⟩!", b"caf\xe9!");
        check("⟨U+200B⟩", "\u{200b}".as_bytes());
        for text in [
            "U+200B",
            "⟨",
            "⟨⟩",
            "⟨U+⟩",
            "⟨U+D800⟩",
            "⟨0x100⟩",
            "⟨é⟩",
            "⟨no newline",
        ] {
            check(text, text.as_bytes());
        }
    }

    #[test]
    fn letters_are_the_same_whatever_their_size() {
        let check = |line: &str, wanted: &str, expected: &[Range<usize>]| {
            let ranges = Needle::new(wanted).ranges_in(line.as_bytes());
            assert_eq!(ranges, expected, "{wanted}");
        };
        for wanted in ["été", "ÉTÉ", "Été"] {
            check("a été ÉTÉ", wanted, &[2..7, 8..13]);
        }
        check("ПРИВЕТ", "вет", std::slice::from_ref(&(6..12)));
        // Two bytes as a great letter, three as a small one.
        check("Ⱥⱥa", "ⱥ", &[0..2, 2..5]);
        check("ⱥȺa", "Ⱥa", std::slice::from_ref(&(3..6)));
        // What becomes two letters, or a letter of ASCII, is itself alone.
        check("SS ß ẞ", "ß", &[3..5, 6..9]);
        check("ß", "ss", &[]);
        check("i İ ı I", "İ", std::slice::from_ref(&(2..4)));
        check("i İ ı I", "i", &[0..1, 8..9]);
        check("k \u{212a} K", "k", &[0..1, 6..7]);
    }

    #[test]
    fn a_stray_byte_is_no_part_of_a_character() {
        let check = |line: &[u8], wanted: &str, expected: &[Range<usize>]| {
            let ranges = Needle::new(wanted).ranges_in(line);
            assert_eq!(ranges, expected, "{wanted}");
        };
        check("é".as_bytes(), "⟨0xA9⟩", &[]);
        check(b"\xc3\xa9\xa9", "⟨0xA9⟩", std::slice::from_ref(&(2..3)));
        check(b"caf\xe9 \xe9", "⟨0xE9⟩", &[3..4, 5..6]);
    }

    proptest! {
        #[test]
        fn a_part_of_a_line_is_found(line in "[aBéÉ語\u{202e}]{0,20}", cuts: [prop::sample::Index; 2]) {
            let characters: Vec<char> = line.chars().collect();
            let [one, other] = cuts.map(|cut| cut.index(characters.len() + 1));
            let wanted: String = characters[one.min(other)..one.max(other)].iter().collect();
            let small = |text: &str| text.to_lowercase();
            let found = Needle::new(&wanted).next_in(line.as_bytes(), 0);
            let expected = small(&line).find(&small(&wanted)).filter(|_| !wanted.is_empty());
            prop_assert_eq!(found.map(|range| range.start), expected);
        }
    }
}
