//! Nodes of a drawing as SVG elements of the page.

use super::svg_backend::{Position, SvgNode};
use leptos::prelude::*;
use leptos::svg;

/// The elements of a drawing, in order. Rectangles of a class for which `fill` knows an attribute get it.
pub(super) fn svg_view(
    nodes: Vec<SvgNode>,
    fill: impl Fn(&'static str) -> Option<String>,
) -> impl IntoView {
    nodes
        .into_iter()
        .map(|node| element(node, &fill))
        .collect_view()
}

fn element(node: SvgNode, fill: impl Fn(&'static str) -> Option<String>) -> AnyView {
    match node {
        SvgNode::Polyline {
            class,
            stroke_width,
            positions,
        } => svg::polyline()
            .class(class)
            .attr("stroke-width", stroke_width.to_string())
            .attr("points", points(&positions))
            .into_any(),
        SvgNode::Polygon { class, positions } => svg::polygon()
            .class(class)
            .attr("points", points(&positions))
            .into_any(),
        SvgNode::Rect {
            class,
            upper_left: (x, y),
            width,
            height,
        } => svg::rect()
            .class(class)
            .attr("x", x.to_string())
            .attr("y", y.to_string())
            .attr("width", width.to_string())
            .attr("height", height.to_string())
            .attr("fill", fill(class))
            .into_any(),
        SvgNode::Circle {
            class,
            center: (x, y),
            radius,
        } => svg::circle()
            .class(class)
            .attr("cx", x.to_string())
            .attr("cy", y.to_string())
            .attr("r", radius.to_string())
            .into_any(),
        SvgNode::Text {
            class,
            baseline: (x, y),
            anchor,
            text,
        } => svg::text()
            .class(class)
            .attr("x", x.to_string())
            .attr("y", y.to_string())
            .attr("text-anchor", anchor.name())
            .child(text)
            .into_any(),
    }
}

fn points(positions: &[Position]) -> String {
    let places: Vec<_> = positions.iter().map(|(x, y)| format!("{x},{y}")).collect();
    places.join(" ")
}
