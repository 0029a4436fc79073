//! A verdict: glyph, word and colour together.

use crate::domain::Outcome;
use crate::presentation::words::{Mark, outcome_mark};
use leptos::prelude::*;

/// A mark in words.
#[component]
pub fn VerdictMark(mark: Mark) -> impl IntoView {
    view! {
        <span class=format!("verdict verdict-{}", mark.class)>
            <span class="glyph" aria-hidden="true">{mark.glyph}</span>
            {mark.word}
        </span>
    }
}

/// The outcomes on all architectures, a glyph each.
#[component]
pub fn ArchitectureGlyphs(
    /// The architectures' names.
    architectures: Vec<String>,
    /// The outcomes, in the same order; `None` where neither side has the package.
    outcomes: Vec<Option<Outcome>>,
) -> impl IntoView {
    let glyphs = architectures
        .into_iter()
        .zip(outcomes)
        .map(|(name, outcome)| {
            let mark = outcome.as_ref().map(outcome_mark);
            let word = mark.map_or("not built", |mark| mark.word);
            let class = mark.map_or("absent", |mark| mark.class);
            view! {
                <span class=format!("glyph verdict-{class}") title=format!("{name}: {word}")>
                    <span aria-hidden="true">{mark.map_or("·", |mark| mark.glyph)}</span>
                    <span class="visually-hidden">{format!("{name} {word}, ")}</span>
                </span>
            }
        });
    view! { <span class="architecture-glyphs">{glyphs.collect_view()}</span> }
}
