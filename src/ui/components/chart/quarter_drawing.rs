//! Deviations begun and resolved by quarter as a drawing of a given width: two bars each.

use super::ink::Ink;
use super::svg_backend::{Position, STEPS_PER_PIXEL, SvgBackend, SvgNode};
use super::text_width::{TEXT_SIZE, text_width};
use super::trend_drawing::{DrawingError, label_style, steps};
use crate::presentation::number::count;
use crate::presentation::progress::QuarterBars;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Rectangle, Text};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The height of the drawing in pixels.
pub(super) const HEIGHT: u32 = 200;

const WIDTH_MIN: u32 = 200;
const LABEL_ROW: f64 = 24.0;
/// The part of a quarter's room that stays free between it and the next.
const BETWEEN_QUARTERS: f64 = 0.3;
const BAR_WIDTH_MAX: f64 = 40.0;
/// None is a number, too, and is seen as a line.
const NOTHING: f64 = 2.0;

type Area<'a> = DrawingArea<SvgBackend<'a>, Shift>;

/// Draws bars for a page where `width` pixels are free. Of each quarter the left, hollow bar is what began, the right one what was
/// resolved; a quarter without a report has neither.
pub(super) fn draw_quarters(
    bars: &[QuarterBars],
    width: u32,
) -> Result<Vec<SvgNode>, DrawingError> {
    let width = width.max(WIDTH_MIN);
    let mut nodes = Vec::new();
    let area = SvgBackend::new(&mut nodes, (width, HEIGHT)).into_drawing_area();
    let highest = bars
        .iter()
        .flat_map(|bar| [bar.opened, bar.resolved])
        .flatten()
        .max()
        .unwrap_or(0)
        .max(1);
    let (top, bottom) = (LABEL_ROW, f64::from(HEIGHT) - LABEL_ROW);
    let room = f64::from(width) / bars.len().max(1) as f64;
    let bar_width = (room * (1.0 - BETWEEN_QUARTERS) / 2.0).min(BAR_WIDTH_MAX);
    let label_stride = (bars
        .iter()
        .map(|bar| text_width(&bar.label, TEXT_SIZE))
        .fold(0.0, f64::max)
        / room)
        .ceil()
        .max(1.0) as usize;
    stroke(
        &area,
        Ink::Grid,
        &[(0.0, bottom), (f64::from(width), bottom)],
    )?;
    for (index, bar) in bars.iter().enumerate() {
        let middle = room * (index as f64 + 0.5);
        let sides = [
            (bar.opened, middle - bar_width, Ink::Begun),
            (bar.resolved, middle, Ink::Resolved),
        ];
        for (number, left, ink) in sides {
            let Some(number) = number else { continue };
            let height = f64::from(number) / f64::from(highest) * (bottom - top);
            let upper = bottom - height.max(NOTHING);
            let corners = [
                (steps(left + 1.0), steps(upper)),
                (steps(left + bar_width - 1.0), steps(bottom)),
            ];
            area.draw(&Rectangle::new(corners, ink.color().filled()))?;
            let label = count(number);
            if text_width(&label, TEXT_SIZE) <= bar_width {
                let at = (left + bar_width / 2.0, upper - TEXT_SIZE / 2.0 - 2.0);
                text(&area, &label, at)?;
            }
        }
        // From the newest backwards, so that it always has its label.
        if (bars.len() - 1 - index).is_multiple_of(label_stride) {
            let half = text_width(&bar.label, TEXT_SIZE) / 2.0;
            let x = middle.clamp(half, f64::from(width) - half);
            text(&area, &bar.label, (x, bottom + LABEL_ROW - TEXT_SIZE / 2.0))?;
        }
    }
    drop(area);
    Ok(nodes)
}

fn stroke(area: &Area<'_>, ink: Ink, path: &[Position]) -> Result<(), DrawingError> {
    let path: Vec<_> = path.iter().map(|(x, y)| (steps(*x), steps(*y))).collect();
    let style = ink.color().stroke_width(STEPS_PER_PIXEL as u32);
    area.draw(&PathElement::new(path, style))
}

fn text(area: &Area<'_>, label: &str, (x, y): Position) -> Result<(), DrawingError> {
    let style = label_style().pos(Pos::new(HPos::Center, VPos::Center));
    area.draw(&Text::new(label, (steps(x), steps(y)), style))
}

#[cfg(test)]
mod tests {
    use super::super::svg_backend::tests::describe;
    use super::*;

    fn bars(numbers: &[(Option<u32>, Option<u32>)]) -> Vec<QuarterBars> {
        let quarters = numbers.iter().enumerate();
        quarters
            .map(|(index, (opened, resolved))| QuarterBars {
                label: format!("Q{}", index + 1),
                opened: *opened,
                resolved: *resolved,
                median_days: None,
                median_of: 0,
            })
            .collect()
    }

    #[test]
    fn draws_two_bars_for_each_quarter_and_none_where_nothing_is_known() {
        let drawn = draw_quarters(&bars(&[(Some(4), Some(0)), (None, None)]), 200).unwrap();
        assert_eq!(describe(&drawn), GOLDEN);
    }

    const GOLDEN: &str = "\
polyline chart-grid 1: 0,176 200,176
rect chart-begun: 16,24 33 x 152
text chart-label: 32.5,21 middle “4”
rect chart-resolved: 51,174 33 x 2
text chart-label: 67.5,171 middle “0”
text chart-label: 50,199 middle “Q1”
text chart-label: 150,199 middle “Q2”";

    #[test]
    fn bears_any_number_of_quarters_and_any_width() {
        for number in [0, 1, 40] {
            for width in [0, 360, 10_000] {
                let all = bars(&vec![(Some(u32::MAX), Some(1)); number]);
                let drawn = draw_quarters(&all, width).unwrap();
                let rects = drawn
                    .iter()
                    .filter(|node| matches!(node, SvgNode::Rect { .. }));
                assert_eq!(rects.count(), 2 * number);
            }
        }
    }
}
