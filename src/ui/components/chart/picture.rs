//! Charts as a picture of its own: with title, date, source and description, to paste into slides.

use super::quarter_drawing::{self, draw_quarters};
use super::svg_backend::{Position, SvgNode, TextAnchor};
use super::text_width::text_width;
use super::trend_drawing::{DrawingError, TrendDrawing};
use crate::presentation::progress::{QUARTERS_DRAWN, QuarterBars, quarters_description};
use crate::presentation::trend::Trend;
use std::fmt::Write;

/// What a picture says and shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The title, which answers a question.
    pub title: String,
    /// Date and source.
    pub source: String,
    /// The charts and lines, from above.
    pub sections: Vec<PictureSection>,
}

/// A part of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureSection {
    /// What it shows.
    pub heading: String,
    /// The same in sentences, for who cannot see it; written into the picture where nothing is drawn.
    pub description: String,
    /// What is drawn.
    nodes: Vec<SvgNode>,
    /// In pixels.
    height: f64,
}

/// The look of a class.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    /// A colour, or `none`.
    pub fill: String,
    /// A colour, or `none`.
    pub stroke: String,
    /// In pixels, where the node itself does not say it.
    pub stroke_width: f64,
    /// Lengths of dashes and of what is between them, in pixels; none for an unbroken line.
    pub dashes: Vec<f64>,
}

/// The look of everything in a picture.
pub(super) trait Looks {
    /// The look of a class of chart.css.
    fn of_class(&self, class: &'static str) -> Look;
    /// The colour of text.
    fn ink(&self) -> String;
    /// The colour of the ground.
    fn paper(&self) -> String;
}

/// One shape in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// Joined lines, or a closed area.
    Path {
        positions: Vec<Position>,
        is_closed: bool,
        look: Look,
    },
    /// A circle.
    Circle {
        center: Position,
        radius: f64,
        look: Look,
    },
    /// One line of text on its baseline.
    Text {
        at: Position,
        anchor: TextAnchor,
        size: f64,
        is_bold: bool,
        color: String,
        text: String,
    },
}

/// The width of a picture in pixels.
pub(super) const WIDTH: u32 = 960;
const MARGIN: f64 = 32.0;
const TITLE_SIZE: f64 = 24.0;
const HEADING_SIZE: f64 = 16.0;
const TEXT_SIZE: f64 = 13.0;
const LINE: f64 = 1.4;

/// A trend as a section.
pub fn trend_picture(heading: &str, trend: &Trend) -> Result<PictureSection, String> {
    let width = WIDTH - 2 * MARGIN as u32;
    let drawing =
        TrendDrawing::new(trend, width).map_err(|error: DrawingError| error.to_string())?;
    Ok(PictureSection {
        heading: heading.to_owned(),
        description: trend.description(),
        nodes: drawing.nodes,
        height: f64::from(drawing.height),
    })
}

/// Quarters as a section.
pub fn quarters_picture(heading: &str, bars: &[QuarterBars]) -> Result<PictureSection, String> {
    let drawn = &bars[bars.len().saturating_sub(QUARTERS_DRAWN)..];
    let width = WIDTH - 2 * MARGIN as u32;
    let nodes = draw_quarters(drawn, width).map_err(|error| error.to_string())?;
    Ok(PictureSection {
        heading: heading.to_owned(),
        description: quarters_description(drawn),
        nodes,
        height: f64::from(quarter_drawing::HEIGHT),
    })
}

impl PictureSection {
    /// A number with what it counts.
    pub fn text(heading: String, description: String) -> Self {
        Self {
            heading,
            description,
            nodes: Vec::new(),
            height: 0.0,
        }
    }
}

impl Picture {
    /// All that it says, for who cannot see it.
    pub fn description(&self) -> String {
        let sections = self
            .sections
            .iter()
            .map(|section| format!("{}. {}", section.heading, section.description));
        let sections: Vec<String> = sections.collect();
        format!("{}. {} {}", self.title, sections.join(" "), self.source)
    }

    /// Its shapes and its height in pixels.
    pub(super) fn shapes(&self, looks: &impl Looks) -> (Vec<Shape>, f64) {
        let mut page = Page {
            shapes: Vec::new(),
            below: MARGIN,
            color: looks.ink(),
        };
        page.write(&self.title, TITLE_SIZE, true);
        page.below += MARGIN / 2.0;
        for section in &self.sections {
            page.write(&section.heading, HEADING_SIZE, true);
            if section.nodes.is_empty() {
                page.write(&section.description, TEXT_SIZE, false);
            } else {
                page.below += TEXT_SIZE / 2.0;
                let corner = (MARGIN, page.below);
                let shapes = section.nodes.iter().map(|node| placed(node, corner, looks));
                page.shapes.extend(shapes);
                page.below += section.height;
            }
            page.below += MARGIN * 0.75;
        }
        page.write(&self.source, TEXT_SIZE, false);
        (page.shapes, page.below + MARGIN / 2.0)
    }

    /// The picture as a file of SVG.
    pub(super) fn svg(&self, looks: &impl Looks) -> String {
        let (shapes, height) = self.shapes(looks);
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
             role=\"img\" font-family=\"system-ui, sans-serif\">\n<title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"{}\"/>\n",
            escaped(&self.title),
            escaped(&self.description()),
            escaped(&looks.paper())
        );
        for shape in &shapes {
            write_shape(&mut text, shape);
        }
        text.push_str("</svg>\n");
        text
    }
}

/// What is written, line by line.
struct Page {
    shapes: Vec<Shape>,
    /// Where the next line begins.
    below: f64,
    color: String,
}

impl Page {
    /// Writes a text in as many lines as it needs.
    fn write(&mut self, text: &str, size: f64, is_bold: bool) {
        let width = f64::from(WIDTH) - 2.0 * MARGIN;
        for line in lines(text, size, width) {
            self.shapes.push(Shape::Text {
                at: (MARGIN, self.below + size),
                anchor: TextAnchor::Start,
                size,
                is_bold,
                color: self.color.clone(),
                text: line,
            });
            self.below += size * LINE;
        }
    }
}

/// A text broken at its spaces, so that each line fits the width.
fn lines(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn placed(node: &SvgNode, (left, top): Position, looks: &impl Looks) -> Shape {
    let moved = |(x, y): &Position| (x + left, y + top);
    match node {
        SvgNode::Polyline {
            class,
            stroke_width,
            positions,
        } => Shape::Path {
            positions: positions.iter().map(moved).collect(),
            is_closed: false,
            look: Look {
                stroke_width: *stroke_width,
                ..looks.of_class(class)
            },
        },
        SvgNode::Polygon { class, positions } => Shape::Path {
            positions: positions.iter().map(moved).collect(),
            is_closed: true,
            look: looks.of_class(class),
        },
        SvgNode::Rect {
            class,
            upper_left: (x, y),
            width,
            height,
        } => Shape::Path {
            positions: [(0.0, 0.0), (*width, 0.0), (*width, *height), (0.0, *height)]
                .iter()
                .map(|(right, down)| moved(&(x + right, y + down)))
                .collect(),
            is_closed: true,
            look: looks.of_class(class),
        },
        SvgNode::Circle {
            class,
            center,
            radius,
        } => Shape::Circle {
            center: moved(center),
            radius: *radius,
            look: looks.of_class(class),
        },
        SvgNode::Text {
            class,
            baseline,
            anchor,
            text,
        } => Shape::Text {
            at: moved(baseline),
            anchor: *anchor,
            size: TEXT_SIZE,
            is_bold: false,
            color: looks.of_class(class).fill,
            text: text.clone(),
        },
    }
}

fn write_shape(file: &mut String, shape: &Shape) {
    let styled = |look: &Look| {
        let dashes: Vec<String> = look.dashes.iter().map(f64::to_string).collect();
        let dashes = if dashes.is_empty() {
            String::new()
        } else {
            format!(" stroke-dasharray=\"{}\"", dashes.join(" "))
        };
        format!(
            "fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{dashes}",
            escaped(&look.fill),
            escaped(&look.stroke),
            look.stroke_width
        )
    };
    // Writing to a string cannot fail.
    let _ = match shape {
        Shape::Path {
            positions,
            is_closed,
            look,
        } => {
            let places: Vec<String> = positions.iter().map(|(x, y)| format!("{x},{y}")).collect();
            let name = if *is_closed { "polygon" } else { "polyline" };
            writeln!(
                file,
                "<{name} points=\"{}\" {}/>",
                places.join(" "),
                styled(look)
            )
        }
        Shape::Circle {
            center: (x, y),
            radius,
            look,
        } => writeln!(
            file,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {}/>",
            styled(look)
        ),
        Shape::Text {
            at: (x, y),
            anchor,
            size,
            is_bold,
            color,
            text,
        } => {
            let weight = if *is_bold {
                " font-weight=\"bold\""
            } else {
                ""
            };
            writeln!(
                file,
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{}\" font-size=\"{size}\"{weight} fill=\"{}\">{}</text>",
                anchor.name(),
                escaped(color),
                escaped(text)
            )
        }
    };
}

/// A text as XML holds it, in an element or between double quotes; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Plain;

    impl Looks for Plain {
        fn of_class(&self, class: &'static str) -> Look {
            Look {
                fill: format!("fill of {class}"),
                stroke: "none".to_owned(),
                stroke_width: 1.0,
                dashes: if class == "chart-release" {
                    vec![2.0, 4.0]
                } else {
                    vec![]
                },
            }
        }

        fn ink(&self) -> String {
            "black".to_owned()
        }

        fn paper(&self) -> String {
            "white".to_owned()
        }
    }

    #[test]
    fn a_picture_says_what_it_shows_and_where_from() {
        let bars = [QuarterBars {
            label: "Q3 2026".to_owned(),
            opened: Some(2),
            resolved: Some(1),
            median_days: None,
            median_of: 0,
        }];
        let picture = Picture {
            title: "98.9 % <matches>".to_owned(),
            source: "Almanac & others, 20 Nov 2026.".to_owned(),
            sections: vec![quarters_picture("Deviations", &bars).unwrap()],
        };
        let svg = picture.svg(&Plain);
        for part in [
            "<title>98.9 % &lt;matches&gt;</title>",
            "<desc>98.9 % &lt;matches&gt;. Deviations. Q3 2026: 2 began, 1 resolved. Almanac &amp; others, 20 Nov 2026.</desc>",
            "fill=\"fill of chart-begun\"",
            ">Almanac &amp; others, 20 Nov 2026.</text>",
        ] {
            assert!(svg.contains(part), "{part} is not in {svg}");
        }
        assert_eq!(svg.matches("<svg").count(), 1);
    }

    #[test]
    fn long_texts_are_broken() {
        let check = |text: &str, width: f64, expected: &[&str]| {
            assert_eq!(lines(text, 10.0, width), expected);
        };
        check("", 100.0, &[""]);
        check("one", 1.0, &["one"]);
        check("one two three", 50.0, &["one two", "three"]);
    }
}
