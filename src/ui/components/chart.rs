//! Charts: drawn by plotters into plain nodes, shown as SVG that is part of the page.

mod architecture_chart;
mod architecture_drawing;
mod ink;
mod measured_width;
mod patterns;
mod svg_backend;
mod svg_view;
mod text_width;
mod trend_chart;
mod trend_drawing;

pub use architecture_chart::ArchitectureChart;
pub use trend_chart::TrendChart;
