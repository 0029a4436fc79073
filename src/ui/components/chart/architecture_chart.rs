//! The chart of shares by architecture: a bar each, its exact counts, and the table behind it.

use super::architecture_drawing::{BAR_HEIGHT, draw_bar};
use super::ink::Ink;
use super::measured_width::measured_width;
use super::patterns::Patterns;
use super::svg_backend::SvgNode;
use super::svg_view::svg_view;
use super::trend_chart::failure;
use crate::presentation::architecture_bar::ArchitectureBar;
use leptos::html::Div;
use leptos::prelude::*;

/// One bar per architecture, with a link to its packages. The line below tells the verdicts apart, and gives the exact
/// counts of the bar that the pointer or the focus is on.
#[component]
pub fn ArchitectureChart(
    /// What is shown, such as “Shares by architecture”.
    #[prop(into)]
    name: String,
    /// The bars, in order.
    bars: Vec<ArchitectureBar>,
) -> impl IntoView {
    let patterns = Patterns::new();
    let pointed_at = RwSignal::new(None::<String>);
    let table = table(name.clone(), &bars);
    let rows: Vec<_> = bars
        .into_iter()
        .map(|bar| row(bar, patterns, pointed_at))
        .collect();
    let caption = move || match pointed_at.get() {
        Some(caption) => caption.into_any(),
        None => legend(patterns).into_any(),
    };
    view! {
        <figure class="chart chart-architectures">
            {patterns.definitions()} <ul class="chart-rows" aria-label=name>
                {rows}
            </ul> <figcaption class="chart-caption">{caption}</figcaption> {table}
        </figure>
    }
}

fn row(
    bar: ArchitectureBar,
    patterns: Patterns,
    pointed_at: RwSignal<Option<String>>,
) -> impl IntoView {
    let track = NodeRef::<Div>::new();
    let width = measured_width(track);
    let share = bar.share();
    let shares = bar.shares;
    let caption = StoredValue::new(bar.caption());
    let point = move || pointed_at.set(Some(caption.get_value()));
    let unpoint = move || pointed_at.set(None);
    let picture = move || {
        width.get().map(|width| match draw_bar(&shares, width) {
            Ok(nodes) => picture(nodes, width, caption.get_value(), patterns).into_any(),
            Err(error) => failure(&error.to_string()).into_any(),
        })
    };
    let (note, picture) = match share {
        Some(_) => (bar.note, picture.into_any()),
        None => {
            let why = bar.note.unwrap_or_else(|| "not compared".to_owned());
            (
                None,
                view! { <span class="chart-empty">{why}</span> }.into_any(),
            )
        }
    };
    view! {
        <li
            class="chart-row"
            on:pointerenter=move |_| point()
            on:pointerleave=move |_| unpoint()
            on:focusin=move |_| point()
            on:focusout=move |_| unpoint()
        >
            <span class="chart-row-name">
                <a href=bar.href>{bar.name}</a>
                {note.map(|note| view! { <small>{note}</small> })}
            </span>
            <div class="chart-bar" node_ref=track>
                {picture}
            </div>
            <span class="chart-row-share">{share}</span>
        </li>
    }
}

fn picture(nodes: Vec<SvgNode>, width: u32, caption: String, patterns: Patterns) -> impl IntoView {
    view! {
        <svg
            viewBox=format!("0 0 {width} {BAR_HEIGHT}")
            preserveAspectRatio="none"
            role="img"
            aria-label=caption
        >
            {svg_view(nodes, move |class| patterns.fill(class))}
        </svg>
    }
}

fn legend(patterns: Patterns) -> impl IntoView {
    let entry = |ink: Ink, word: &'static str| {
        let class = ink.class();
        view! {
            <span class="chart-legend-entry">
                <svg class="chart-swatch" viewBox="0 0 24 12" aria-hidden="true">
                    <rect class=class fill=patterns.fill(class) width="24" height="12" />
                </svg>
                {word}
            </span>
        }
    };
    [
        entry(Ink::Matched, "matched"),
        entry(Ink::Patched, "patched"),
        entry(Ink::Diverging, "diverging"),
    ]
    .collect_view()
}

fn table(name: String, bars: &[ArchitectureBar]) -> impl IntoView + use<> {
    let rows: Vec<_> = bars
        .iter()
        .map(|bar| {
            view! {
                <tr>
                    <th scope="row">{bar.name.clone()}</th>
                    {bar.counts().map(|count| view! { <td>{count}</td> }).collect_view()}
                </tr>
            }
        })
        .collect();
    view! {
        <details class="chart-details">
            <summary>"Table"</summary>
            <div class="table-scroll">
                <table aria-label=name>
                    <thead>
                        <tr>
                            <th scope="col">"Architecture"</th>
                            <th scope="col">"Matched"</th>
                            <th scope="col">"Patched"</th>
                            <th scope="col">"Diverging"</th>
                            <th scope="col">"Not compared"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
