//! A trend as a drawing of a given width: axes, marks of releases, and the line with its gaps.

use super::ink::Ink;
use super::svg_backend::{Position, STEPS_PER_PIXEL, SvgBackend, SvgNode, UnknownInk, position};
use super::text_width::{TEXT_SIZE, text_width};
use crate::presentation::trend::{ReleaseMark, ShareAxis, Trend, TrendPoint, time_ticks};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, IntoFont, TextStyle};

/// Why nothing could be drawn.
pub(super) type DrawingError = DrawingAreaErrorKind<UnknownInk>;

/// A drawn trend.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TrendDrawing {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What is drawn, in order.
    pub nodes: Vec<SvgNode>,
    /// Where each point of the trend is, oldest first.
    pub positions: Vec<Position>,
    /// The upper end of the plot, in pixels.
    pub top: f64,
    /// The lower end of the plot, in pixels.
    pub bottom: f64,
}

impl TrendDrawing {
    /// Draws for a page where `width` pixels are free.
    pub fn new(trend: &Trend, width: u32) -> Result<Self, DrawingError> {
        let width = width.max(WIDTH_MIN);
        let mut nodes = Vec::new();
        let mut positions = Vec::new();
        let top = if trend.releases().is_empty() {
            TEXT_SIZE / 2.0
        } else {
            LABEL_ROW + TEXT_SIZE / 2.0
        };
        let bottom = f64::from(HEIGHT) - LABEL_ROW;
        if let Some(axis) = trend.share_axis() {
            let area = SvgBackend::new(&mut nodes, (width, HEIGHT)).into_drawing_area();
            let sheet = Sheet::new(area, trend.points(), &axis, (top, bottom));
            sheet.draw_share_axis(&axis)?;
            sheet.draw_time_axis(trend.points())?;
            sheet.draw_releases(trend.releases())?;
            sheet.draw_line(trend)?;
            positions = trend
                .points()
                .iter()
                .map(|point| sheet.position(point))
                .collect();
        }
        Ok(Self {
            width,
            height: HEIGHT,
            nodes,
            positions,
            top,
            bottom,
        })
    }

    /// The point next to `x`, in pixels from the left.
    pub fn nearest(&self, x: f64) -> Option<usize> {
        let distance = |index: &usize| (self.positions[*index].0 - x).abs();
        (0..self.positions.len()).min_by(|left, right| distance(left).total_cmp(&distance(right)))
    }
}

/// Below this, labels would cover each other; the page scales the drawing down instead.
const WIDTH_MIN: u32 = 200;
const HEIGHT: u32 = 184;
/// The height of a line of labels above or below the plot.
const LABEL_ROW: f64 = 24.0;
/// From the labels of the share axis to the plot, and from a release's line to its label.
const LABEL_GAP: f64 = 6.0;
/// Room for the cursor's dot at the newest point.
const RIGHT_MARGIN: f64 = 6.0;
/// A label of a month with room beside it.
const MONTH_WIDTH: f64 = 76.0;
const TICK_LENGTH: f64 = 5.0;
const LINE_WIDTH: f64 = 2.25;

type Area<'a> = DrawingArea<SvgBackend<'a>, Shift>;
type Plane = Cartesian2d<RangedCoordf64, RangedCoordf64>;

/// The sheet that is drawn on: seconds to the right, shares upwards.
struct Sheet<'a> {
    area: Area<'a>,
    plot: DrawingArea<SvgBackend<'a>, Plane>,
    /// A place on the plane, for where only the other half of one is given.
    origin: (f64, f64),
    left: f64,
    right: f64,
    /// The drawing's own right end, beyond the plot's.
    edge: f64,
    bottom: f64,
}

impl<'a> Sheet<'a> {
    fn new(
        area: Area<'a>,
        points: &[TrendPoint],
        axis: &ShareAxis,
        (top, bottom): (f64, f64),
    ) -> Self {
        let widest_label = axis
            .ticks()
            .map(|tick| text_width(&tick.label, TEXT_SIZE))
            .fold(0.0, f64::max);
        let left = (widest_label + LABEL_GAP).ceil();
        let edge = f64::from(area.dim_in_pixel().0) / f64::from(STEPS_PER_PIXEL);
        let right = edge - RIGHT_MARGIN;
        let mut seconds = points.iter().map(|point| point.taken.unix_seconds() as f64);
        let first = seconds.next().unwrap_or_default();
        let last = seconds.next_back().unwrap_or(first);
        // A plane without breadth has no place for its only point.
        let half_day = if first < last { 0.0 } else { 43_200.0 };
        let plot = area.apply_coord_spec(Plane::new(
            first - half_day..last + half_day,
            axis.lowest().share..axis.highest().share,
            (steps(left)..steps(right), steps(bottom)..steps(top)),
        ));
        Self {
            area,
            plot,
            origin: (first, axis.lowest().share),
            left,
            right,
            edge,
            bottom,
        }
    }

    fn draw_share_axis(&self, axis: &ShareAxis) -> Result<(), DrawingError> {
        for tick in axis.ticks() {
            let (_, y) = position(self.plot.map_coordinate(&(self.origin.0, tick.share)));
            self.draw_stroke(Ink::Grid, 1.0, &[(self.left, y), (self.right, y)])?;
            self.draw_label(&tick.label, (0.0, y), HPos::Left)?;
        }
        Ok(())
    }

    fn draw_time_axis(&self, points: &[TrendPoint]) -> Result<(), DrawingError> {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Ok(());
        };
        let count_max = ((self.right - self.left) / MONTH_WIDTH) as usize;
        for tick in time_ticks(first.taken, last.taken, count_max) {
            let x = self.x(tick.moment.unix_seconds());
            let bottom = self.bottom;
            self.draw_stroke(Ink::Grid, 1.0, &[(x, bottom), (x, bottom + TICK_LENGTH)])?;
            let half = text_width(&tick.label, TEXT_SIZE) / 2.0;
            let row = bottom + LABEL_ROW - TEXT_SIZE / 2.0;
            if x - half < self.left {
                self.draw_label(&tick.label, (x, row), HPos::Left)?;
            } else if x + half > self.right {
                self.draw_label(&tick.label, (self.right, row), HPos::Right)?;
            } else {
                self.draw_label(&tick.label, (x, row), HPos::Center)?;
            }
        }
        Ok(())
    }

    /// Each release has its line and, where there is room, its label: in words if all fit so, or the numbers alone.
    fn draw_releases(&self, releases: &[ReleaseMark]) -> Result<(), DrawingError> {
        let lines: Vec<_> = releases
            .iter()
            .map(|mark| self.x(mark.first_seen.unix_seconds()))
            .collect();
        let in_words: Vec<_> = releases.iter().map(ReleaseMark::label).collect();
        let numbers: Vec<_> = releases.iter().map(|mark| mark.release.clone()).collect();
        let mut labels = &in_words;
        let mut sides = label_sides(&lines, labels, self.edge);
        if sides.contains(&None) {
            labels = &numbers;
            sides = label_sides(&lines, labels, self.edge);
        }
        for ((x, label), side) in lines.into_iter().zip(labels).zip(sides) {
            self.draw_stroke(Ink::Release, 1.0, &[(x, 0.0), (x, self.bottom)])?;
            let row = TEXT_SIZE / 2.0;
            match side {
                Some(Side::Right) => self.draw_label(label, (x + LABEL_GAP, row), HPos::Left)?,
                Some(Side::Left) => self.draw_label(label, (x - LABEL_GAP, row), HPos::Right)?,
                None => {}
            }
        }
        Ok(())
    }

    fn draw_line(&self, trend: &Trend) -> Result<(), DrawingError> {
        for segment in trend.segments() {
            let path: Vec<_> = segment.iter().map(coordinates).collect();
            if let [alone] = path[..] {
                let point = Circle::new(alone, steps(LINE_WIDTH), Ink::LonePoint.color().filled());
                self.plot.draw(&point)?;
            } else {
                let style = Ink::Trend.color().stroke_width(steps(LINE_WIDTH) as u32);
                self.plot.draw(&PathElement::new(path, style))?;
            }
        }
        Ok(())
    }

    fn draw_stroke(&self, ink: Ink, width: f64, path: &[Position]) -> Result<(), DrawingError> {
        let path: Vec<_> = path.iter().map(|(x, y)| (steps(*x), steps(*y))).collect();
        let style = ink.color().stroke_width(steps(width) as u32);
        self.area.draw(&PathElement::new(path, style))
    }

    /// Writes a label whose middle is at the height of `at`.
    fn draw_label(&self, label: &str, at: Position, side: HPos) -> Result<(), DrawingError> {
        let style = label_style().pos(Pos::new(side, VPos::Center));
        self.area
            .draw(&Text::new(label, (steps(at.0), steps(at.1)), style))
    }

    fn x(&self, unix_seconds: i64) -> f64 {
        position(
            self.plot
                .map_coordinate(&(unix_seconds as f64, self.origin.1)),
        )
        .0
    }

    fn position(&self, point: &TrendPoint) -> Position {
        position(self.plot.map_coordinate(&coordinates(point)))
    }
}

/// The side of a line that its label stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Where the labels of upright lines go: to the right if they end before the next line or the drawing's `edge`. The last
/// one, which is often near the edge, may turn to the left. `None` has no room.
fn label_sides(lines: &[f64], labels: &[String], edge: f64) -> Vec<Option<Side>> {
    let mut sides = Vec::with_capacity(lines.len());
    let mut taken_until = 0.0;
    for (index, (x, label)) in lines.iter().zip(labels).enumerate() {
        let width = text_width(label, TEXT_SIZE) + LABEL_GAP;
        let next = lines.get(index + 1);
        sides.push(if x + width <= *next.unwrap_or(&edge) {
            taken_until = x + width;
            Some(Side::Right)
        } else if next.is_none() && taken_until <= x - width {
            Some(Side::Left)
        } else {
            None
        });
    }
    sides
}

fn coordinates(point: &TrendPoint) -> (f64, f64) {
    (point.taken.unix_seconds() as f64, point.share())
}

pub(super) fn label_style() -> TextStyle<'static> {
    // By its name, plotters would look the family up in lower case, with Unicode's tables: 13 kB of the page's program.
    let size = TEXT_SIZE * f64::from(STEPS_PER_PIXEL);
    (FontFamily::SansSerif, size)
        .into_font()
        .color(&Ink::Label.color())
}

pub(super) fn steps(pixels: f64) -> i32 {
    (pixels * f64::from(STEPS_PER_PIXEL)).round() as i32
}

#[cfg(test)]
mod tests {
    use super::super::svg_backend::tests::describe;
    use super::*;
    use crate::presentation::trend::GAP_FACTOR;

    fn trend(points: &[(&str, u32)], releases: &[(&str, &str)]) -> Trend {
        Trend::new(
            points.iter().map(|(day, matching)| TrendPoint {
                taken: day.parse().unwrap(),
                matching: *matching,
                compared: 1000,
            }),
            releases.iter().map(|(day, release)| ReleaseMark {
                first_seen: day.parse().unwrap(),
                release: (*release).to_owned(),
            }),
            GAP_FACTOR,
        )
    }

    #[test]
    fn draws_axes_marks_and_a_line_with_a_gap() {
        let trend = trend(
            &[
                ("2026-01-01", 981),
                ("2026-01-15", 984),
                ("2026-02-01", 983),
                ("2026-04-01", 989),
            ],
            &[("2026-01-20", "9.7")],
        );
        let drawing = TrendDrawing::new(&trend, 400).unwrap();
        assert_eq!(describe(&drawing.nodes), GOLDEN);
        assert_eq!((drawing.width, drawing.height), (400, 184));
        assert_eq!(drawing.positions.len(), 4);
        assert_eq!(drawing.nearest(0.0), Some(0));
        assert_eq!(drawing.nearest(drawing.positions[2].0 + 4.0), Some(2));
    }

    const GOLDEN: &str = "\
polyline chart-grid 1: 52,160 394,160
text chart-label: 0,165 start “98.0 %”
polyline chart-grid 1: 52,95.25 394,95.25
text chart-label: 0,100 start “98.5 %”
polyline chart-grid 1: 52,30.5 394,30.5
text chart-label: 0,35 start “99.0 %”
polyline chart-grid 1: 52,160 52,165
text chart-label: 52,182 start “Jan 2026”
polyline chart-grid 1: 169.75,160 169.75,165
text chart-label: 169.75,182 middle “Feb”
polyline chart-grid 1: 276,160 276,165
text chart-label: 276,182 middle “Mar”
polyline chart-grid 1: 394,160 394,165
text chart-label: 394,182 end “Apr”
polyline chart-release 1: 124,0 124,160
text chart-label: 130,11 start “9.7 first seen”
polyline chart-trend-line 2.25: 52,147.25 105,108.25 169.75,121.25
circle chart-lone-point: 394,43.5 2.25";

    #[test]
    fn shortens_the_labels_of_releases_where_there_is_no_room() {
        let check = |days: &[&str], width: u32, expected: &[&str]| {
            let releases: Vec<_> = days.iter().copied().zip(["9.4", "9.5", "9.6"]).collect();
            let trend = trend(&[("2024-05-01", 981), ("2026-11-20", 984)], &releases);
            let drawing = TrendDrawing::new(&trend, width).unwrap();
            let above: Vec<_> = drawing
                .nodes
                .iter()
                .filter_map(|node| match node {
                    SvgNode::Text { baseline, text, .. } if baseline.1 < drawing.top => Some(text),
                    _ => None,
                })
                .collect();
            assert_eq!(above, expected, "{days:?} in {width}");
            let described = describe(&drawing.nodes);
            assert_eq!(described.matches("chart-release").count(), days.len());
        };
        let apart = ["2024-05-06", "2025-05-20", "2026-05-20"];
        check(
            &apart,
            650,
            &["9.4 first seen", "9.5 first seen", "9.6 first seen"],
        );
        check(&apart, 300, &["9.4", "9.5", "9.6"]);
        let at_the_end = ["2024-05-06", "2025-05-20", "2026-11-15"];
        check(
            &at_the_end,
            650,
            &["9.4 first seen", "9.5 first seen", "9.6 first seen"],
        );
        let together = ["2024-05-06", "2026-11-10", "2026-11-15"];
        check(&together, 650, &["9.4", "9.6"]);
    }

    #[test]
    fn bears_any_number_of_points_and_any_width() {
        for points in [
            &[][..],
            &[("2026-01-01", 0)],
            &[("2026-01-01", 1000), ("2026-01-02", 1000)],
        ] {
            for width in [0, 1, 360, 100_000] {
                let drawing = TrendDrawing::new(&trend(points, &[]), width).unwrap();
                assert_eq!(drawing.positions.len(), points.len());
                assert_eq!(drawing.nodes.is_empty(), points.is_empty());
                for (x, y) in &drawing.positions {
                    assert!((0.0..=f64::from(drawing.width)).contains(x));
                    assert!((drawing.top..=drawing.bottom).contains(y));
                }
            }
        }
    }
}
