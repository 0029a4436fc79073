//! Continues long lines in further rows, each of which has room for as many columns.

use super::segments::Segment;

/// How wide a tab is, in columns.
pub(super) const TAB_COLUMNS: usize = 8;

/// Rows have at least so many columns, so that every character has room in one.
pub(super) const COLUMNS_MIN: usize = TAB_COLUMNS;

/// The columns of a character, which are reckoned generously, since not every font has every character.
pub(super) fn columns_of(character: char) -> usize {
    if character < '\u{800}' { 1 } else { 2 }
}

/// The column after a text that begins in a column.
fn column_after(text: &str, column: usize) -> usize {
    let width = |column: usize, character: char| match character {
        '\t' => TAB_COLUMNS - column % TAB_COLUMNS,
        other => columns_of(other),
    };
    text.chars().fold(column, |column, character| {
        column + width(column, character)
    })
}

/// What of a segment stays in one row of so many columns: each character of a text, and each sign that has room in a row.
fn unbroken(segment: &Segment, columns: usize) -> impl Iterator<Item = &str> {
    let ends_sign = |character| matches!(character, '⟩' | '·' | '\t');
    let pieces = segment
        .text
        .split_inclusive(move |character| !segment.sign || ends_sign(character));
    pieces.flat_map(move |piece| {
        let has_room = column_after(piece, 0) <= columns;
        piece.split_inclusive(move |character| !has_room || ends_sign(character))
    })
}

/// The segments of a line in rows of `columns`, or [`COLUMNS_MIN`] where that is more; at least one row. The last one has `room` columns left, unless there is no
/// such row: then one without segments follows.
pub(super) fn wrapped(segments: Vec<Segment>, columns: usize, room: usize) -> Vec<Vec<Segment>> {
    let columns = columns.max(COLUMNS_MIN);
    let mut rows: Vec<Vec<Segment>> = vec![Vec::new()];
    let mut column = 0;
    for segment in segments {
        let mut text = String::new();
        let of_text = |text: &mut String| Segment {
            text: std::mem::take(text),
            ..segment.clone()
        };
        for piece in unbroken(&segment, columns) {
            if column_after(piece, column) > columns {
                let row = rows.last_mut().into_iter();
                row.for_each(|row| row.extend((!text.is_empty()).then(|| of_text(&mut text))));
                rows.push(Vec::new());
                column = 0;
            }
            column = column_after(piece, column);
            text.push_str(piece);
        }
        let row = rows.last_mut().into_iter();
        row.for_each(|row| row.extend((!text.is_empty()).then(|| of_text(&mut text))));
    }
    if column + room > columns {
        rows.push(Vec::new());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> Segment {
        Segment {
            text: text.to_owned(),
            ..Segment::default()
        }
    }

    fn check(segments: &[&str], columns: usize, room: usize, expected: &[&str]) {
        let segments = segments.iter().map(|text| plain(text)).collect();
        check_segments(segments, columns, room, expected);
    }

    fn check_segments(segments: Vec<Segment>, columns: usize, room: usize, expected: &[&str]) {
        let rows = wrapped(segments, columns, room).into_iter();
        let rows: Vec<String> = rows
            .map(|row| {
                let texts: Vec<String> = row.into_iter().map(|segment| segment.text).collect();
                texts.join("|")
            })
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn rows_have_room_for_their_columns() {
        check(&[], 10, 0, &[""]);
        check(&["0123456789"], 10, 0, &["0123456789"]);
        check(&["0123456789a"], 10, 0, &["0123456789", "a"]);
        check(&["0123", "456789ab", "c"], 10, 0, &["0123|456789", "ab|c"]);
        check(&["語語語語語語"], 10, 0, &["語語語語語", "語"]);
        check(&["ab\tcd\te"], 10, 0, &["ab\tcd", "\te"]);
    }

    #[test]
    fn what_stands_after_the_line_has_its_room() {
        check(&["01234"], 10, 5, &["01234"]);
        check(&["012345"], 10, 5, &["012345", ""]);
    }

    #[test]
    fn a_sign_stays_in_one_row() {
        let check = |signs: &str, columns, expected: &[&str]| {
            let segments = vec![plain("01234"), Segment::sign(signs, false), plain("5")];
            check_segments(segments, columns, 0, expected);
        };
        check("⟨U+202E⟩", 15, &["01234|⟨U+202E⟩", "5"]);
        check("⟨U+202E⟩", 14, &["01234", "⟨U+202E⟩|5"]);
        check("⟨U+202E⟩⟨U+2069⟩", 20, &["01234|⟨U+202E⟩", "⟨U+2069⟩|5"]);
        check("···→\t·", 8, &["01234|···", "→\t", "·|5"]);
        // No row has room for it.
        check("⟨U+202E⟩", 8, &["01234|⟨U", "+202E⟩|5"]);
    }

    proptest! {
        #[test]
        fn rows_are_the_line(texts in proptest::collection::vec("[a-z語⟨⟩·\\t ]{0,20}", 0..5), signs: [bool; 5], columns in 0_usize..40) {
            let segments: Vec<Segment> = texts.iter().zip(signs).map(|(text, sign)| Segment { sign, ..plain(text) }).collect();
            let rows = wrapped(segments, columns, 0);
            let joined: String = rows.into_iter().flatten().map(|segment| segment.text).collect();
            prop_assert_eq!(joined, texts.concat());
        }
    }
}
