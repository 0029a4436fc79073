//! Finds the part of a line that is drawn: of a long one that is not all of it.

use super::facts::plain_width;
use super::segments::{LineMarks, Piece, pieces};
use std::ops::Range;

/// The most characters of a line that are drawn; browsers slow down on longer ones.
pub const CHARACTERS_MAX: usize = 5_000;

/// Of a longer line so many are drawn before its first change.
const CHARACTERS_BEFORE_CHANGE: usize = 500;

/// What is drawn of a line, from left to right.
pub(super) enum Shown<'line> {
    /// A character, or a byte that is none.
    Piece(Piece),
    /// What a long line has before or after that.
    LeftOut(&'line [u8]),
}

/// What is drawn of a line, each with the byte that it begins at.
pub(super) fn shown<'line>(
    line: &'line [u8],
    marks: &LineMarks<'_>,
) -> impl Iterator<Item = (usize, Shown<'line>)> {
    let Range { start, end } = drawn_bytes(line, marks);
    let before = (start > 0).then(|| (0, Shown::LeftOut(&line[..start])));
    let drawn = pieces(&line[start..end]).map(move |(at, piece)| (start + at, Shown::Piece(piece)));
    let after = (end < line.len()).then(|| (end, Shown::LeftOut(&line[end..])));
    before.into_iter().chain(drawn).chain(after)
}

/// The bytes of a line that are drawn: [`CHARACTERS_MAX`] characters around its first change, and where its columns are limited
/// as many of these around what is searched for, or else around that change.
fn drawn_bytes(line: &[u8], marks: &LineMarks<'_>) -> Range<usize> {
    let change = marks.changed.first().map(|change| change.start);
    let change = change.or(marks.gap);
    let start = first_shown(line, change);
    let after = match line.len() - start {
        ..=CHARACTERS_MAX => None,
        _ => pieces(&line[start..]).nth(CHARACTERS_MAX),
    };
    let most = start..after.map_or(line.len(), |(at, _)| start + at);
    let Some(columns_max) = marks.columns_max else {
        return most;
    };
    let found = marks.found.iter().map(|found| found.start);
    let mut places = found.chain(change);
    let place = places.find(|place| most.contains(place));
    let columns = |piece: &Piece| piece.columns(marks.shows_space);
    let within = line.get(most.clone()).unwrap_or_default();
    let part = part_around(
        within,
        place.map_or(0, |place| place - start),
        columns_max,
        columns,
    );
    start + part.start..start + part.end
}

/// The bytes of a text around one of them that are drawn in so many columns: all of it where there is room, else from the
/// beginning where the place is not far from it.
fn part_around(
    text: &[u8],
    place: usize,
    columns_max: usize,
    columns: impl Fn(&Piece) -> usize,
) -> Range<usize> {
    // Up to where a text fits into so many columns.
    let end_of = |text: &[u8], columns_max: usize| {
        let mut column = 0;
        let past = pieces(text).find(|(_, piece)| {
            column += columns(piece);
            column > columns_max
        });
        past.map_or(text.len(), |(at, _)| at)
    };
    let before = columns_max / 4;
    let end = end_of(text, columns_max);
    let start = match end == text.len() || end_of(text, columns_max - before) >= place {
        true => 0,
        false => {
            // No column takes more than two bytes.
            let near = start_of_character(text, place.saturating_sub(2 * before));
            let pieces: Vec<(usize, Piece)> = pieces(&text[near..place]).collect();
            let mut column = 0;
            let mut start = place;
            for (at, piece) in pieces.iter().rev() {
                column += columns(piece);
                if column > before {
                    break;
                }
                start = near + at;
            }
            start
        }
    };
    start..start + end_of(&text[start..], columns_max)
}

/// How many columns are drawn of a line about where they are not limited; of one with more than [`CHARACTERS_MAX`] so many.
pub(super) fn drawn_columns(line: &[u8], shows_space: bool) -> usize {
    plain_width(line).unwrap_or_else(|| {
        let mut columns = 0;
        for (_, piece) in pieces(line) {
            columns += piece.columns(shows_space);
            if columns >= CHARACTERS_MAX {
                return CHARACTERS_MAX;
            }
        }
        columns
    })
}

/// The bytes among which all is that is drawn of a line, given what changed and where the other side has more.
pub(super) fn shown_bytes(
    line: &[u8],
    changed: &[Range<usize>],
    gap: Option<usize>,
) -> Range<usize> {
    const BYTES_OF_CHARACTER_MAX: usize = 4;
    let first = changed.first().map(|change| change.start);
    let start = first_shown(line, first.or(gap));
    let end = start.saturating_add(CHARACTERS_MAX * BYTES_OF_CHARACTER_MAX);
    start..end.min(line.len())
}

/// The byte that what is shown of a line begins at: its first, unless the place of the first change would be left out.
fn first_shown(line: &[u8], change: Option<usize>) -> usize {
    let reach = CHARACTERS_MAX - CHARACTERS_BEFORE_CHANGE;
    let change = change.map(|change| change.min(line.len()));
    let Some(change) = change.filter(|change| *change > reach) else {
        return 0;
    };
    if pieces(&line[..change]).nth(reach).is_none() {
        return 0;
    }
    let mut start = change;
    for _ in 0..CHARACTERS_BEFORE_CHANGE {
        start = start_of_character(line, start.saturating_sub(1));
    }
    start
}

/// The byte that the character begins at which a byte is of.
fn start_of_character(line: &[u8], mut byte: usize) -> usize {
    while byte > 0 && line[byte] & 0xc0 == 0x80 {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::super::segments::segments;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_much_is_drawn_around_a_place_as_there_is_room_for() {
        let check = |text: &str, place: usize, columns_max: usize, expected: &str| {
            let columns = |piece: &Piece| piece.columns(false);
            let part = part_around(text.as_bytes(), place, columns_max, columns);
            assert_eq!(&text[part], expected);
        };
        check("0123456789", 9, 10, "0123456789");
        check("0123456789", 0, 8, "01234567");
        check("0123456789", 6, 8, "01234567");
        check("0123456789", 7, 8, "56789");
        check("éééééééééé", 14, 8, "ééééé");
        check("\t\t\t", 0, 16, "\t\t");
        // The sign for what is not seen takes 8.
        check("ab\u{200b}cdef", 0, 10, "ab\u{200b}");
        check("", 0, 8, "");
    }

    #[test]
    fn a_limited_line_shows_what_is_searched_for_or_changed_and_says_how_much_more_there_is() {
        let check = |changed: Range<usize>, found: &[Range<usize>], expected: &str| {
            let marks = LineMarks {
                changed: &[changed],
                found: found.to_vec(),
                columns_max: Some(8),
                ..LineMarks::default()
            };
            let drawn = segments(b"0123456789abcdefghij", &marks).into_iter();
            let drawn: String = drawn.map(|segment| segment.text).collect();
            assert_eq!(drawn, expected);
        };
        let at_end = std::slice::from_ref(&(18..19));
        check(1..2, &[], "01234567⟨12 more characters⟩");
        check(
            10..11,
            &[],
            "⟨8 more characters⟩89abcdef⟨4 more characters⟩",
        );
        check(1..2, at_end, "⟨16 more characters⟩ghij");
        check(10..11, at_end, "⟨16 more characters⟩ghij");
    }

    #[test]
    fn the_columns_of_a_line_are_those_of_its_signs_too() {
        let check = |line: &str, shows_space: bool, expected: usize| {
            assert_eq!(drawn_columns(line.as_bytes(), shows_space), expected);
        };
        check("a b", false, 3);
        check("a\u{200b}\t語", false, 1 + 8 + 8 + 2);
        check("a\u{a0}", true, 1 + 8);
        check(&"x".repeat(2 * CHARACTERS_MAX), false, CHARACTERS_MAX);
    }

    proptest! {
        #[test]
        fn what_fits_is_drawn_whole(line in "[a語\t\u{200b}]{0,40}", place: prop::sample::Index, columns_max in 8_usize..400) {
            let columns = |piece: &Piece| piece.columns(false);
            let starts: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
            let place = *place.get(&starts);
            let part = part_around(line.as_bytes(), place, columns_max, columns);
            prop_assert!(drawn_columns(line[part.clone()].as_bytes(), false) <= columns_max);
            prop_assert!(part.start <= place && place <= part.end);
            if drawn_columns(line.as_bytes(), false) <= columns_max {
                prop_assert_eq!(part, 0..line.len());
            }
        }
    }
}
