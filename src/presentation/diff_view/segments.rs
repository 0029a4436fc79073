//! Cuts a line into the segments that are drawn: changed and unchanged text, and signs for what would not be seen.

use super::drawn_part::{Shown, shown};
use super::wrapping::{TAB_COLUMNS, columns_of};
use crate::presentation::hidden_characters::{code_point, code_point_length, is_hidden, stand_in};
use crate::presentation::number::count;
use crate::syntax::{Span, SyntaxClass};
use std::borrow::Cow;
use std::ops::Range;

/// A piece of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// What is drawn.
    pub text: String,
    /// Whether the other side does not have it.
    pub changed: bool,
    /// Whether it is a sign for something that would not be seen, and not text of the file.
    pub sign: bool,
    /// Whether it is what the reader searches for.
    pub found: bool,
    /// What it is in the language of the file.
    pub class: SyntaxClass,
}

/// What is known of the bytes of a line; all ranges rise.
#[derive(Clone, Debug, Default)]
pub(super) struct LineMarks<'line> {
    /// What changed.
    pub(super) changed: &'line [Range<usize>],
    /// Where the other side has more, when nothing of this line changed.
    pub(super) gap: Option<usize>,
    /// What the reader searches for.
    pub(super) found: Vec<Range<usize>>,
    /// What is not plain.
    pub(super) spans: Vec<Span>,
    /// Whether spaces and tabs are drawn as signs.
    pub(super) shows_space: bool,
    /// So many columns of the line are drawn at most, where that is limited.
    pub(super) columns_max: Option<usize>,
}

impl Segment {
    /// A sign for something that would not be seen.
    pub(super) fn sign(text: impl Into<String>, changed: bool) -> Self {
        Self {
            text: text.into(),
            changed,
            sign: true,
            ..Self::default()
        }
    }

    /// Whether another one is drawn the same way, whatever its text is.
    pub(super) fn is_drawn_like(&self, other: &Self) -> bool {
        self.sign == other.sign
            && self.changed == other.changed
            && self.found == other.found
            && self.class == other.class
    }
}

/// The segments of a line.
///
/// Of a long line only a part is drawn; signs say how many more characters there are before and after it.
pub(super) fn segments(line: &[u8], marks: &LineMarks<'_>) -> Vec<Segment> {
    let mut made: Vec<Segment> = Vec::new();
    let mut changed = marks.changed.iter().peekable();
    let mut found = marks.found.iter().peekable();
    let mut spans = marks.spans.iter().peekable();
    for (at, shown) in shown(line, marks) {
        let piece = match shown {
            Shown::Piece(piece) => piece,
            Shown::LeftOut(bytes) => {
                made.push(Segment::sign(left_out_sign(bytes), false));
                continue;
            }
        };
        while changed.next_if(|mark| mark.end <= at).is_some() {}
        while found.next_if(|mark| mark.end <= at).is_some() {}
        while spans.next_if(|span| span.range.end <= at).is_some() {}
        let span = spans.peek().filter(|span| span.range.contains(&at));
        let sign = piece.sign(marks.shows_space);
        let like = Segment {
            text: String::new(),
            changed: changed.peek().is_some_and(|mark| mark.contains(&at)),
            sign: sign.is_some(),
            found: found.peek().is_some_and(|mark| mark.contains(&at)),
            class: span.map_or(SyntaxClass::Plain, |span| span.class),
        };
        if !made.last().is_some_and(|last| last.is_drawn_like(&like)) {
            made.push(like);
        }
        if let Some(last) = made.last_mut() {
            piece.write(sign, &mut last.text);
        }
    }
    made
}

/// What a part of the drawn text of a line stands for, in the characters of the line: signs are none of it. `units` are of
/// UTF-16 in the drawn text, as a browser counts them; a sign that is in it by half is in it.
///
/// A stray byte is no text: the sign for it stays.
pub(super) fn text_drawn_as(line: &[u8], marks: &LineMarks<'_>, units: &Range<usize>) -> String {
    let mut text = String::new();
    let mut unit = 0;
    for (_, shown) in shown(line, marks) {
        let width = match &shown {
            Shown::Piece(Piece::Character(character)) => {
                let sign = Piece::Character(*character).sign(marks.shows_space);
                sign.map_or(character.len_utf16(), |sign| sign.encode_utf16().count())
            }
            Shown::Piece(Piece::Byte(byte)) => byte_sign(*byte).encode_utf16().count(),
            Shown::LeftOut(bytes) => left_out_sign(bytes).encode_utf16().count(),
        };
        let is_within = unit < units.end && units.start < unit + width;
        unit += width;
        match shown {
            _ if !is_within => {}
            Shown::Piece(piece) => piece.write_text(&mut text),
            Shown::LeftOut(bytes) => {
                pieces(bytes).for_each(|(_, piece)| piece.write_text(&mut text));
            }
        }
    }
    text
}

/// How many columns the sign for a byte takes.
const BYTE_SIGN_COLUMNS: usize = 6;

/// What one step through a line comes to.
pub(super) enum Piece {
    /// A character.
    Character(char),
    /// A byte that is no UTF-8.
    Byte(u8),
}

impl Piece {
    /// What is drawn instead of it, where it would not be seen.
    fn sign(&self, shows_space: bool) -> Option<Cow<'static, str>> {
        match self {
            Self::Byte(byte) => Some(byte_sign(*byte).into()),
            Self::Character(' ') if shows_space => Some("·".into()),
            Self::Character('\t') if shows_space => Some("→\t".into()),
            Self::Character(character) if shows_space && is_blank(*character) => {
                Some(code_point(*character).into())
            }
            Self::Character(character) => stand_in(*character).map(Cow::from),
        }
    }

    /// How many columns it takes about where it is drawn.
    pub(super) fn columns(&self, shows_space: bool) -> usize {
        match self {
            Self::Byte(_) => BYTE_SIGN_COLUMNS,
            Self::Character(' '..='~') => 1,
            Self::Character('\t') => TAB_COLUMNS,
            Self::Character(character)
                if is_hidden(*character) || shows_space && is_blank(*character) =>
            {
                code_point_length(*character)
            }
            Self::Character(character) => columns_of(*character),
        }
    }

    /// Writes what is drawn, given the sign for it.
    fn write(&self, sign: Option<Cow<'static, str>>, text: &mut String) {
        match sign {
            Some(sign) => text.push_str(&sign),
            None => self.write_text(text),
        }
    }

    /// Writes what it is.
    fn write_text(&self, text: &mut String) {
        match self {
            Self::Character(character) => text.push(*character),
            Self::Byte(byte) => text.push_str(&byte_sign(*byte)),
        }
    }
}

/// Whether a character takes room and draws nothing: Unicode's property `White_Space`, and the pattern of Braille without a dot.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || character == '\u{2800}'
}

fn byte_sign(byte: u8) -> String {
    format!("⟨0x{byte:02X}⟩")
}

/// Says how many more characters there are.
fn left_out_sign(bytes: &[u8]) -> String {
    let more = u32::try_from(pieces_count(bytes)).unwrap_or(u32::MAX);
    format!("⟨{} more characters⟩", count(more))
}

/// How many characters and stray bytes there are, without a look at each.
fn pieces_count(line: &[u8]) -> usize {
    let chunks = line.utf8_chunks();
    let counts = chunks.map(|chunk| chunk.valid().chars().count() + chunk.invalid().len());
    counts.sum()
}

/// The characters and stray bytes of a line, each with the byte that it begins at.
pub(super) fn pieces(line: &[u8]) -> impl Iterator<Item = (usize, Piece)> {
    let mut at = 0;
    line.utf8_chunks()
        .flat_map(|chunk| {
            let characters = chunk
                .valid()
                .chars()
                .map(|character| (character.len_utf8(), Piece::Character(character)));
            characters.chain(chunk.invalid().iter().map(|byte| (1, Piece::Byte(*byte))))
        })
        .map(move |(length, piece)| {
            let start = at;
            at += length;
            (start, piece)
        })
}

#[cfg(test)]
mod tests {
    use super::super::drawn_part::CHARACTERS_MAX;
    use super::*;
    use crate::diff::test_texts::text_pair;
    use crate::diff::{Space, Text, TextComparison};
    use proptest::prelude::*;

    fn check(line: &[u8], marks: &[Range<usize>], expected: &str) {
        let marks = LineMarks {
            changed: marks,
            ..LineMarks::default()
        };
        let shown: String = segments(line, &marks)
            .into_iter()
            .map(|segment| {
                if segment.changed {
                    format!("[{}]", segment.text)
                } else {
                    segment.text
                }
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    #[expect(
        clippy::single_range_in_vec_init,
        reason = "one mark is a range, and not the numbers in it"
    )]
    fn cuts_where_marks_begin_and_end() {
        check(b"", &[], "");
        check(b"1%{?dist}.alma.1", &[9..16], "1%{?dist}[.alma.1]");
        check(b"a b c", &[0..1, 4..5], "[a] b [c]");
        check("größe".as_bytes(), &[2..6], "gr[öß]e");
    }

    #[test]
    fn what_would_not_be_seen_is_named() {
        check("a\u{202e}b\u{200b}".as_bytes(), &[], "a⟨U+202E⟩b⟨U+200B⟩");
        check(b"caf\xe9\tx", &[], "caf⟨0xE9⟩\tx");
    }

    #[test]
    #[expect(
        clippy::single_range_in_vec_init,
        reason = "one range is a range, and not the numbers in it"
    )]
    fn what_is_searched_for_and_what_is_coloured_are_segments_too() {
        let marks = LineMarks {
            found: vec![2..4],
            spans: vec![Span {
                range: 0..3,
                class: SyntaxClass::Keyword,
            }],
            shows_space: true,
            ..LineMarks::default()
        };
        let shown: Vec<(String, bool, bool, SyntaxClass)> = segments(b"abcd \t", &marks)
            .into_iter()
            .map(|segment| (segment.text, segment.sign, segment.found, segment.class))
            .collect();
        let expected = [
            ("ab", false, false, SyntaxClass::Keyword),
            ("c", false, true, SyntaxClass::Keyword),
            ("d", false, true, SyntaxClass::Plain),
            ("·→\t", true, false, SyntaxClass::Plain),
        ];
        let expected =
            expected.map(|(text, sign, found, class)| (text.to_owned(), sign, found, class));
        assert_eq!(shown, expected);
    }

    #[test]
    fn space_of_any_kind_is_shown() {
        let line = "a\u{a0}b\u{3000}\u{2800}\tc ";
        let check = |shows_space, expected: &str| {
            let marks = LineMarks {
                shows_space,
                ..LineMarks::default()
            };
            let shown = segments(line.as_bytes(), &marks).into_iter();
            let shown: String = shown.map(|segment| segment.text).collect();
            assert_eq!(shown, expected);
        };
        check(false, line);
        check(true, "a⟨U+00A0⟩b⟨U+3000⟩⟨U+2800⟩→\tc·");
    }

    #[test]
    fn what_is_drawn_is_copied_as_the_characters_that_it_stands_for() {
        let check = |line: &[u8], shows_space, units: Range<usize>, expected: &str| {
            let marks = LineMarks {
                shows_space,
                ..LineMarks::default()
            };
            assert_eq!(text_drawn_as(line, &marks, &units), expected);
        };
        check(b"a b\tc", false, 0..5, "a b\tc");
        check(b"a b\tc", true, 0..6, "a b\tc");
        check(b"a b\tc", true, 1..2, " ");
        check(b"a b\tc", true, 3..4, "\t");
        check(b"a b\tc", true, 5..6, "c");
        check(b"a b", true, 2..2, "");
        // Units of UTF-16, of which one character has two.
        check("😀é".as_bytes(), false, 2..3, "é");
        // Half of a sign is the whole character.
        check("a\u{202e}b".as_bytes(), false, 3..10, "\u{202e}b");
        check(b"caf\xe9!", false, 2..10, "f⟨0xE9⟩!");
        let long = format!("{}end", "x".repeat(CHARACTERS_MAX));
        check(
            long.as_bytes(),
            false,
            0..CHARACTERS_MAX,
            &long[..CHARACTERS_MAX],
        );
        check(long.as_bytes(), false, 0..CHARACTERS_MAX + 1, &long);
    }

    #[test]
    fn a_very_long_line_says_what_is_left_out() {
        let shown = segments(
            "é".repeat(CHARACTERS_MAX + 1_234).as_bytes(),
            &LineMarks::default(),
        );
        assert_eq!(shown[0].text.chars().count(), CHARACTERS_MAX);
        assert_eq!(shown[1].text, "⟨1,234 more characters⟩");
    }

    #[test]
    fn a_very_long_line_is_shown_around_its_first_change() {
        let line = "é".repeat(20_000);
        let check = |mark: Range<usize>, expected: [&str; 2]| {
            let marks = LineMarks {
                changed: &[mark],
                ..LineMarks::default()
            };
            let shown = segments(line.as_bytes(), &marks);
            let signs = [shown.first(), shown.last()].map(|segment| {
                let segment = segment.unwrap();
                if segment.sign {
                    segment.text.as_str()
                } else {
                    ""
                }
            });
            assert_eq!(signs, expected);
            assert!(shown.iter().any(|segment| segment.changed));
        };
        check(100..200, ["", "⟨15,000 more characters⟩"]);
        check(
            20_000..20_010,
            ["⟨9,500 more characters⟩", "⟨5,500 more characters⟩"],
        );
        check(39_990..40_000, ["⟨19,495 more characters⟩", ""]);
    }

    proptest! {
        #[test]
        fn what_is_drawn_stands_for_the_line(line in "[a😀 \t\u{200b}]{0,40}", shows_space: bool, cuts: [prop::sample::Index; 2]) {
            let marks = LineMarks {
                shows_space,
                ..LineMarks::default()
            };
            let drawn: String = segments(line.as_bytes(), &marks).into_iter().map(|segment| segment.text).collect();
            let units = drawn.encode_utf16().count();
            prop_assert_eq!(text_drawn_as(line.as_bytes(), &marks, &(0..units)), line.clone());
            let [one, other] = cuts.map(|cut| cut.index(units + 1));
            let part = text_drawn_as(line.as_bytes(), &marks, &(one.min(other)..one.max(other)));
            prop_assert!(line.contains(&part));
        }

        #[test]
        fn pieces_are_counted(line in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(pieces_count(&line), pieces(&line).count());
        }

        #[test]
        fn segments_are_the_line((before, after) in text_pair()) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), Space::Exact);
            for compared in &comparison.hunks {
                for index in compared.hunk.after.clone() {
                    let line = comparison.after.line(index).unwrap().content;
                    let marks = LineMarks {
                        changed: compared.after_marks(index),
                        ..LineMarks::default()
                    };
                    let expected: String = pieces(line)
                        .map(|(_, piece)| match piece {
                            Piece::Character(character) => stand_in(character).unwrap_or(character.into()),
                            Piece::Byte(byte) => format!("⟨0x{byte:02X}⟩"),
                        })
                        .collect();
                    let drawn: String = segments(line, &marks).into_iter().map(|segment| segment.text).collect();
                    prop_assert_eq!(drawn, expected);
                }
            }
        }
    }
}
