//! A drawing back end of plotters that collects what is drawn as plain nodes.

use super::ink::Ink;
use super::text_width::text_width;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::fmt;

/// Plotters counts in whole pixels, which would put steps into a gently sloping line. Its pixels are made this many times
/// smaller than those of the nodes.
pub(super) const STEPS_PER_PIXEL: i32 = 4;

/// A place in pixels from the upper left corner of the drawing.
pub(super) type Position = (f64, f64);

/// One element of a drawing. Its look is its class's: there is no colour in it, and whether a shape is filled or outlined
/// is said by the class as well.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SvgNode {
    /// Joined lines.
    Polyline {
        class: &'static str,
        stroke_width: f64,
        positions: Vec<Position>,
    },
    /// A closed area.
    Polygon {
        class: &'static str,
        positions: Vec<Position>,
    },
    /// A rectangle with level sides.
    Rect {
        class: &'static str,
        upper_left: Position,
        width: f64,
        height: f64,
    },
    /// A circle.
    Circle {
        class: &'static str,
        center: Position,
        radius: f64,
    },
    /// One line of text on its baseline.
    Text {
        class: &'static str,
        baseline: Position,
        anchor: TextAnchor,
        text: String,
    },
}

/// Which part of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextAnchor {
    Start,
    Middle,
    End,
}

/// Collects nodes.
pub(super) struct SvgBackend<'a> {
    nodes: &'a mut Vec<SvgNode>,
    width: u32,
    height: u32,
}

/// A colour that stands for no [`Ink`]: something was drawn in a style of plotters' own.
#[derive(Debug)]
pub(super) struct UnknownInk((u8, u8, u8));

impl<'a> SvgBackend<'a> {
    /// An empty drawing of the given size in pixels, whose nodes go to `nodes`.
    pub fn new(nodes: &'a mut Vec<SvgNode>, (width, height): (u32, u32)) -> Self {
        Self {
            nodes,
            width,
            height,
        }
    }

    /// Adds the node that `node` makes of a class, unless the colour is transparent.
    fn add(
        &mut self,
        color: BackendColor,
        node: impl FnOnce(&'static str) -> SvgNode,
    ) -> Result<(), DrawingErrorKind<UnknownInk>> {
        if color.alpha > 0.0 {
            let ink = Ink::of_rgb(color.rgb)
                .ok_or(DrawingErrorKind::DrawingError(UnknownInk(color.rgb)))?;
            self.nodes.push(node(ink.class()));
        }
        Ok(())
    }
}

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = UnknownInk;

    fn get_size(&self) -> (u32, u32) {
        let steps = STEPS_PER_PIXEL as u32;
        (
            self.width.saturating_mul(steps),
            self.height.saturating_mul(steps),
        )
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<UnknownInk>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<UnknownInk>> {
        Ok(())
    }

    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<UnknownInk>> {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<UnknownInk>> {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<UnknownInk>> {
        self.add(style.color(), |class| SvgNode::Polyline {
            class,
            stroke_width: pixels(style.stroke_width() as i32),
            positions: path.into_iter().map(position).collect(),
        })
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<UnknownInk>> {
        self.add(style.color(), |class| SvgNode::Rect {
            class,
            upper_left: position(upper_left),
            width: pixels(bottom_right.0 - upper_left.0),
            height: pixels(bottom_right.1 - upper_left.1),
        })
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<UnknownInk>> {
        self.add(style.color(), |class| SvgNode::Circle {
            class,
            center: position(center),
            radius: pixels(radius as i32),
        })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<UnknownInk>> {
        self.add(style.color(), |class| SvgNode::Polygon {
            class,
            positions: vertices.into_iter().map(position).collect(),
        })
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Result<(), DrawingErrorKind<UnknownInk>> {
        let (x, y) = position(at);
        let size = style.size() / f64::from(STEPS_PER_PIXEL);
        let anchor = style.anchor();
        // Browsers differ in where they see the middle or the top of a line of text, but not in its baseline; on a whole
        // pixel it is sharpest.
        let below = match anchor.v_pos {
            VPos::Top => 0.8,
            VPos::Center => 0.35,
            VPos::Bottom => -0.2,
        };
        self.add(style.color(), |class| SvgNode::Text {
            class,
            baseline: (x, (y + below * size).round()),
            anchor: match anchor.h_pos {
                HPos::Left => TextAnchor::Start,
                HPos::Center => TextAnchor::Middle,
                HPos::Right => TextAnchor::End,
            },
            text: text.to_owned(),
        })
    }

    /// Estimated from the text alone: plotters would ask the page, with a styled element that the page's policy forbids.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<UnknownInk>> {
        let width = text_width(text, style.size());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}

impl fmt::Display for UnknownInk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (red, green, blue) = self.0;
        write!(formatter, "the colour {red} {green} {blue} has no class")
    }
}

impl std::error::Error for UnknownInk {}

impl TextAnchor {
    /// The value of the attribute `text-anchor`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Of a place in plotters' counting.
pub(super) fn position((x, y): BackendCoord) -> Position {
    (pixels(x), pixels(y))
}

fn pixels(steps: i32) -> f64 {
    f64::from(steps) / f64::from(STEPS_PER_PIXEL)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use plotters::prelude::*;

    /// One line of text for each node, to compare with.
    pub fn describe(nodes: &[SvgNode]) -> String {
        let lines: Vec<_> = nodes.iter().map(line).collect();
        lines.join("\n")
    }

    fn line(node: &SvgNode) -> String {
        let place = |(x, y): &Position| format!("{x},{y}");
        let places =
            |positions: &[Position]| positions.iter().map(place).collect::<Vec<_>>().join(" ");
        match node {
            SvgNode::Polyline {
                class,
                stroke_width,
                positions,
            } => format!("polyline {class} {stroke_width}: {}", places(positions)),
            SvgNode::Polygon { class, positions } => {
                format!("polygon {class}: {}", places(positions))
            }
            SvgNode::Rect {
                class,
                upper_left,
                width,
                height,
            } => format!("rect {class}: {} {width} x {height}", place(upper_left)),
            SvgNode::Circle {
                class,
                center,
                radius,
            } => format!("circle {class}: {} {radius}", place(center)),
            SvgNode::Text {
                class,
                baseline: (x, y),
                anchor,
                text,
            } => {
                let (anchor, text) = (anchor.name(), text.replace('\u{a0}', " "));
                format!("text {class}: {x},{y} {anchor} “{text}”")
            }
        }
    }

    #[test]
    fn collects_each_shape() {
        let mut nodes = Vec::new();
        let area = SvgBackend::new(&mut nodes, (100, 50)).into_drawing_area();
        assert_eq!(area.dim_in_pixel(), (400, 200));
        let grid = Ink::Grid.color();
        let label = ("sans-serif", 40).into_font().color(&Ink::Label.color());
        area.draw(&PathElement::new(
            [(0, 2), (40, 5)],
            Color::stroke_width(&grid, 4),
        ))
        .unwrap();
        area.draw(&PathElement::new([(0, 0), (1, 1)], grid.mix(0.0)))
            .unwrap();
        area.draw(&Rectangle::new(
            [(8, 4), (20, 24)],
            Ink::Matched.color().filled(),
        ))
        .unwrap();
        area.draw(&Polygon::new(
            [(0, 0), (4, 0), (4, 8)],
            Ink::Patched.color(),
        ))
        .unwrap();
        area.draw(&Circle::new((40, 40), 10, Ink::LonePoint.color().filled()))
            .unwrap();
        area.draw(&Text::new("a < b", (4, 100), label)).unwrap();
        drop(area);
        assert_eq!(
            describe(&nodes),
            "polyline chart-grid 1: 0,0.5 10,1.25\n\
             rect chart-matched: 2,1 3 x 5\n\
             polygon chart-patched: 0,0 1,0 1,2\n\
             circle chart-lone-point: 10,10 2.5\n\
             text chart-label: 1,33 start “a < b”"
        );
    }

    #[test]
    fn refuses_a_colour_without_a_class() {
        let mut nodes = Vec::new();
        let area = SvgBackend::new(&mut nodes, (10, 10)).into_drawing_area();
        let error = area.fill(&WHITE).unwrap_err().to_string();
        assert!(
            error.contains("the colour 255 255 255 has no class"),
            "{error}"
        );
    }
}
