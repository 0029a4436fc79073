//! Patterns of the verdicts in bars, so that nothing depends on colour alone.

use super::ink::Ink;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// The patterns of one chart: matched is plain, patched has slanted stripes and diverging level ones, as in the share bar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patterns {
    /// Ids are the document's, so each chart on a page needs its own.
    chart_number: u32,
}

impl Patterns {
    /// For one more chart.
    pub fn new() -> Self {
        static CHARTS: AtomicU32 = AtomicU32::new(0);
        Self {
            chart_number: CHARTS.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// The attribute `fill` of a class that has a pattern.
    pub fn fill(self, class: &'static str) -> Option<String> {
        [Ink::Patched, Ink::Diverging]
            .into_iter()
            .any(|ink| ink.class() == class)
            .then(|| format!("url(#{})", self.id(class)))
    }

    /// The element that holds them; it takes no room.
    pub fn definitions(self) -> impl IntoView {
        let tile = |ink: Ink, size: u8, stripe: u8, turn: &'static str| {
            view! {
                <pattern
                    id=self.id(ink.class())
                    patternUnits="userSpaceOnUse"
                    patternTransform=turn
                    width=size
                    height=size
                >
                    <rect class=ink.class() width=size height=size />
                    <rect class="chart-stripe" width=stripe height=size />
                </pattern>
            }
        };
        view! {
            <svg class="chart-patterns" width="0" height="0" aria-hidden="true">
                <defs>
                    {tile(Ink::Patched, 9, 3, "rotate(-45)")} {tile(Ink::Diverging, 6, 2, "rotate(90)")}
                </defs>
            </svg>
        }
    }

    fn id(self, class: &'static str) -> String {
        format!("{class}-{}", self.chart_number)
    }
}
