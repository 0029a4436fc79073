//! Charts: drawn by plotters into plain nodes, shown as SVG that is part of the page.

mod architecture_chart;
mod architecture_drawing;
mod ink;
mod measured_width;
mod patterns;
mod picture;
mod quarter_chart;
mod quarter_drawing;
mod save_picture;
mod svg_backend;
mod svg_view;
mod text_width;
mod trend_chart;
mod trend_drawing;

pub use architecture_chart::ArchitectureChart;
pub use picture::{Picture, PictureSection, quarters_picture, trend_picture};
pub use quarter_chart::QuarterChart;
pub use save_picture::SavePicture;
pub use trend_chart::TrendChart;
