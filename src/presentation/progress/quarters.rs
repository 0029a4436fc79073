//! The quarters of the ledger, as a chart and its table show them.

use crate::presentation::number::count;
use crate::report::{Ledger, QuarterRecord};

/// One quarter in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarterBars {
    /// Such as “Q4 2026”.
    pub label: String,
    /// Deviations that began; `None` where no report was made.
    pub opened: Option<u32>,
    /// Deviations that were resolved; `None` where no report was made.
    pub resolved: Option<u32>,
    /// The median of the days that those resolved were open.
    pub median_days: Option<u32>,
    /// How many deviations that median is over.
    pub median_of: u32,
}

/// Quarters in the chart; the table has all.
pub const QUARTERS_DRAWN: usize = 12;

/// The quarters, oldest first.
pub fn quarter_bars(ledger: &Ledger) -> Vec<QuarterBars> {
    let bars = |quarter: &QuarterRecord| {
        let is_known = quarter.snapshots > 0;
        QuarterBars {
            label: label(quarter),
            opened: is_known.then_some(quarter.opened),
            resolved: is_known.then_some(quarter.resolved),
            median_days: quarter.median_days_open,
            median_of: quarter.median_of,
        }
    };
    ledger.quarters.iter().map(bars).collect()
}

/// What the chart of quarters shows, in sentences, for who cannot see it.
pub fn quarters_description(bars: &[QuarterBars]) -> String {
    let sentences: Vec<String> = bars
        .iter()
        .map(|bar| match (bar.opened, bar.resolved) {
            (Some(opened), Some(resolved)) => {
                format!(
                    "{}: {} began, {} resolved.",
                    bar.label,
                    count(opened),
                    count(resolved)
                )
            }
            _ => format!("{}: no report.", bar.label),
        })
        .collect();
    sentences.join(" ")
}

/// A quarter in words: “Q4 2026”.
pub(super) fn label(quarter: &QuarterRecord) -> String {
    format!("Q{}\u{a0}{}", quarter.quarter, quarter.year)
}
