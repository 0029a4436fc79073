//! Draws the rows of a screen in slices, where drawing all of them at once would keep the page busy for longer than a reader notices.

use super::rows::{Row, Slot};
use super::thinning::{pieces_of, row_elements};
use std::ops::Range;

/// So much is drawn at once, in elements: more than the rows of a screen have in most texts.
const SLICE_ELEMENTS_MAX: usize = 1_600;
/// To lay so many bytes of text out takes as long as an element does.
const ELEMENT_BYTES: usize = 12;

/// What it takes to draw a row with so many pieces at most where that is limited, in elements, its text included.
pub fn row_weight(slot: Slot, row: &Row, piece_limit: Option<usize>) -> usize {
    let bytes = match row {
        Row::Line(line) => {
            let cells = [&line.reference, &line.distribution].into_iter().flatten();
            let segments = cells.flat_map(|cell| &cell.segments);
            segments.map(|segment| segment.text.len()).sum()
        }
        Row::Fold { .. } | Row::Heading(_) => 0,
    };
    let pieces = pieces_of(row).min(piece_limit.unwrap_or(usize::MAX));
    row_elements(slot) + pieces + bytes / ELEMENT_BYTES
}

/// Which of the rows around those that are seen are drawn now, given what each takes, nothing where it is drawn already: from the
/// first that is seen on downwards, then upwards. All of them are after some slices.
pub fn slice_of(weights: &[usize], first_seen: usize) -> Range<usize> {
    let first = first_seen.min(weights.len());
    let mut left = SLICE_ELEMENTS_MAX;
    let mut has_room = |weight: &&usize| {
        // However much one row takes, its turn comes.
        let has_room = **weight <= left || left == SLICE_ELEMENTS_MAX;
        left = left.saturating_sub(if has_room { **weight } else { 0 });
        has_room
    };
    let (above, below) = weights.split_at(first);
    let below = below.iter().take_while(&mut has_room).count();
    let above = above.iter().rev().take_while(&mut has_room).count();
    first - above..first + below
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::file;
    use super::*;
    use crate::diff::{OpenedLines, Space};
    use crate::presentation::diff_view::{Colours, DiffDocument, Layout, Look};
    use proptest::prelude::*;

    #[test]
    fn as_much_is_drawn_as_there_is_time_for() {
        let check = |weights: &[usize], first_seen: usize, expected: Range<usize>| {
            assert_eq!(slice_of(weights, first_seen), expected);
        };
        check(&[], 0, 0..0);
        check(&[20; 80], 16, 0..80);
        check(&[100; 80], 20, 20..36);
        check(&[100; 20], 8, 4..20);
        // What is drawn stays, and takes nothing.
        check(&[&[0; 36][..], &[100; 44]].concat(), 20, 0..52);
        check(&[&[100; 20][..], &[0; 60]].concat(), 10, 4..80);
        check(&[5_000, 5_000], 0, 0..1);
        check(&[0, 5_000, 5_000], 0, 0..2);
        check(&[20; 3], 9, 0..3);
    }

    #[test]
    fn a_row_takes_as_much_as_its_pieces_and_its_text() {
        let check = |line: &str, piece_limit, expected: usize| {
            let file = file(Some(line), Some(line));
            let document = DiffDocument::compared_here(&file, Space::Exact);
            let look = Look::default();
            let rows = document.rows(Layout::Split, &OpenedLines::whole(), &look);
            let slot = rows.slot(0).unwrap();
            let row = document.row(slot, &look, &Colours::default());
            assert_eq!(row_weight(slot, &row, piece_limit), expected);
        };
        check("a\n", None, 9);
        check(&format!("{}\n", "x".repeat(120)), None, 9 + 20);
        // Signs beside each other are one piece, of twelve bytes each.
        let hidden = format!("{}\n", "\u{200b}".repeat(40));
        check(&hidden, None, 9 + 2 + 80);
        check(&hidden, Some(0), 9 + 80);
    }

    proptest! {
        #[test]
        fn all_rows_are_drawn_after_some_slices(weights in proptest::collection::vec(0_usize..4_000, 0..60), first_seen in 0_usize..60) {
            let mut left = weights.clone();
            for _ in 0..=weights.len() {
                let slice = slice_of(&left, first_seen);
                let taken: Vec<usize> = left[slice.clone()].iter().copied().filter(|weight| *weight > 0).collect();
                prop_assert!(taken.len() <= 1 || taken.iter().sum::<usize>() <= SLICE_ELEMENTS_MAX);
                left[slice.clone()].fill(0);
                if slice == (0..weights.len()) {
                    return Ok(());
                }
            }
            prop_assert!(false, "some rows are never drawn");
        }
    }
}
