//! The bar of one architecture: matched, patched and diverging side by side.

use super::ink::Ink;
use super::svg_backend::{STEPS_PER_PIXEL, SvgBackend, SvgNode};
use super::trend_drawing::DrawingError;
use crate::domain::Shares;
use plotters::drawing::IntoDrawingArea;
use plotters::element::Rectangle;
use plotters::style::Color;

/// The height of a bar in pixels.
pub(super) const BAR_HEIGHT: u32 = 24;

/// Draws a bar `width` pixels wide; nothing where nothing was compared.
pub(super) fn draw_bar(shares: &Shares, width: u32) -> Result<Vec<SvgNode>, DrawingError> {
    let mut nodes = Vec::new();
    let area = SvgBackend::new(&mut nodes, (width, BAR_HEIGHT)).into_drawing_area();
    let counts = [shares.matched, shares.patched, shares.diverging];
    let inks = [Ink::Matched, Ink::Patched, Ink::Diverging];
    let height = (BAR_HEIGHT as i32) * STEPS_PER_PIXEL;
    let mut left = 0;
    for (ink, part) in inks.into_iter().zip(part_widths(counts, width)) {
        if part > 0 {
            let corners = [
                (left * STEPS_PER_PIXEL, 0),
                ((left + part) * STEPS_PER_PIXEL, height),
            ];
            area.draw(&Rectangle::new(corners, ink.color().filled()))?;
            left += part + BETWEEN;
        }
    }
    drop(area);
    Ok(nodes)
}

/// Pixels between two parts.
const BETWEEN: i32 = 2;
/// One package of thousands is still seen.
const PART_MIN: i32 = 3;

/// Widths of the parts in whole pixels, so that their edges are sharp. The widest part gives what the narrow ones lack.
fn part_widths(counts: [u32; 3], width: u32) -> [i32; 3] {
    let total: u64 = counts.into_iter().map(u64::from).sum();
    let shown = counts.iter().filter(|count| **count > 0).count() as i32;
    let free = i32::try_from(width).unwrap_or(i32::MAX) - BETWEEN * (shown - 1).max(0);
    if total == 0 || free < PART_MIN * shown {
        return [0; 3];
    }
    let mut parts = counts.map(|count| match count {
        0 => 0,
        _ => ((u64::from(count) * free as u64 / total) as i32).max(PART_MIN),
    });
    let rest = free - parts.iter().sum::<i32>();
    if let Some(widest) = parts.iter_mut().max() {
        *widest += rest;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::svg_backend::tests::describe;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn draws_the_parts_side_by_side() {
        let shares = Shares {
            matched: 2016,
            patched: 639,
            diverging: 29,
            not_compared: 12,
        };
        assert_eq!(
            describe(&draw_bar(&shares, 450).unwrap()),
            "rect chart-matched: 0,0 336 x 24\n\
             rect chart-patched: 338,0 106 x 24\n\
             rect chart-diverging: 446,0 4 x 24"
        );
        assert_eq!(draw_bar(&Shares::default(), 450).unwrap(), []);
    }

    #[test]
    fn shows_the_smallest_part() {
        assert_eq!(part_widths([2683, 0, 1], 300), [295, 0, 3]);
        assert_eq!(part_widths([0, 5, 0], 300), [0, 300, 0]);
        assert_eq!(part_widths([1, 1, 1], 12), [0, 0, 0]);
    }

    proptest! {
        #[test]
        fn fills_the_width(counts: [u32; 3], width in 20..5000u32) {
            let parts = part_widths(counts, width);
            let shown = parts.iter().filter(|part| **part > 0).count() as i32;
            prop_assert_eq!(shown as usize, counts.iter().filter(|count| **count > 0).count());
            if shown > 0 {
                prop_assert_eq!(parts.iter().sum::<i32>() + BETWEEN * (shown - 1), width as i32);
            }
            prop_assert!(parts.iter().zip(counts).all(|(part, count)| *part == 0 || (count > 0 && *part >= PART_MIN)));
        }
    }
}
