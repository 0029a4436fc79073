//! The chart of deviations begun and resolved by quarter, with the table behind it.

use super::ink::Ink;
use super::measured_width::measured_width;
use super::quarter_drawing::{HEIGHT, draw_quarters};
use super::svg_view::svg_view;
use super::trend_chart::failure;
use crate::presentation::number::count;
use crate::presentation::progress::{QUARTERS_DRAWN, QuarterBars, quarters_description};
use leptos::html::Div;
use leptos::prelude::*;

/// The newest quarters; the table has all.
#[component]
pub fn QuarterChart(
    /// What is shown.
    #[prop(into)]
    name: String,
    /// The quarters, oldest first.
    bars: Vec<QuarterBars>,
) -> impl IntoView {
    let drawn = bars[bars.len().saturating_sub(QUARTERS_DRAWN)..].to_vec();
    let description = format!("{name}. {}", quarters_description(&drawn));
    let plot = NodeRef::<Div>::new();
    let width = measured_width(plot);
    let picture = move || {
        width.get().map(|width| match draw_quarters(&drawn, width) {
            Ok(nodes) => view! {
                <svg viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=description.clone()>
                    {svg_view(nodes, |_| None)}
                </svg>
            }
            .into_any(),
            Err(error) => failure(&error.to_string()).into_any(),
        })
    };
    let legend = [(Ink::Begun, "began"), (Ink::Resolved, "resolved")].map(|(ink, word)| {
        view! {
            <span class="chart-legend-entry">
                <svg class="chart-swatch" viewBox="0 0 24 12" aria-hidden="true">
                    <rect class=ink.class() x="1" y="1" width="22" height="10" />
                </svg>
                {word}
            </span>
        }
    });
    let number = |number: Option<u32>| number.map_or("no report".to_owned(), count);
    let rows = bars.iter().rev().map(|bar| {
        let median = bar.median_days.map_or("–".to_owned(), |days| {
            format!("{} (of {})", count(days), count(bar.median_of))
        });
        view! {
            <tr>
                <th scope="row">{bar.label.clone()}</th>
                <td>{number(bar.opened)}</td>
                <td>{number(bar.resolved)}</td>
                <td>{median}</td>
            </tr>
        }
    });
    view! {
        <figure class="chart chart-quarters">
            <div class="chart-plot" node_ref=plot>{picture}</div>
            <figcaption class="chart-caption">{legend.into_iter().collect_view()}</figcaption>
            <details class="chart-details">
                <summary>"Table"</summary>
                <div class="table-scroll">
                    <table aria-label=name>
                        <thead><tr>
                            <th scope="col">"Quarter"</th>
                            <th scope="col">"Began"</th>
                            <th scope="col">"Resolved"</th>
                            <th scope="col">"Median days open"</th>
                        </tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
}
