//! The sponsors' page of one release: numbers with their formulas and evidence, and the quarters of the ledger.

mod numbers;
mod points;
mod quarters;
mod share;

pub use numbers::progress_numbers;
pub use points::{ProgressPoint, progress_points, year_apart, years_for_progress};
pub use quarters::{QUARTERS_DRAWN, QuarterBars, quarter_bars, quarters_description};
pub use share::progress_sentence;

#[cfg(test)]
mod tests;
