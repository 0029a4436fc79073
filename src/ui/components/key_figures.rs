//! A strip of the figures that a page opens with.

use crate::presentation::key_figures::KeyFigure;
use crate::ui::context::Site;
use leptos::prelude::*;

/// The figures, each a link to its evidence, with its formula.
#[component]
pub fn KeyFigures(figures: Vec<KeyFigure>) -> impl IntoView {
    let site = Site::get();
    let items = figures.into_iter().map(|figure| {
        let (route, query) = figure.evidence;
        view! {
            <li>
                <a class="key-figure" href=move || site.href_with(&route, &query)>{figure.value}</a>
                <div>{figure.what}</div>
                <div class="small soft">{figure.formula}</div>
            </li>
        }
    });
    view! { <ul class="plain key-figures">{items.collect_view()}</ul> }
}
