//! The table itself: rows exist only where they are seen.

use crate::presentation::date::day;
use crate::presentation::filter::{Filter, Sort, SortColumn};
use crate::presentation::hidden_characters::visible;
use crate::presentation::release_rows::ReleaseRows;
use crate::presentation::route::Route;
use crate::presentation::words::{cause_label, outcome_mark};
use crate::ui::components::verdict::{ArchitectureGlyphs, VerdictMark};
use crate::ui::components::window_rows::use_window_rows;
use crate::ui::context::Site;
use leptos::ev::KeyboardEvent;
use leptos::html::Tbody;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

const COLUMNS: &str = "7";

/// The rows that the filter shows. Arrow keys, Home and End go from one package's link to another's.
#[component]
pub fn PackageTable(
    release: String,
    table: Arc<ReleaseRows>,
    filter: Memo<Filter>,
    /// The indices of the rows shown, in their order.
    shown: Memo<Vec<usize>>,
    choose: Callback<(Filter, bool)>,
) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let body = NodeRef::<Tbody>::new();
    let count = Signal::derive(move || shown.with(Vec::len));
    let rows = use_window_rows(body, count);
    let architectures = table.architectures.clone();
    let draw = move |position: usize| {
        let index = shown.with(|shown| shown.get(position).copied())?;
        let row = table.rows.get(index)?.clone();
        let architecture = filter.with(|filter| filter.architecture_index(&table));
        let outcome = row.outcome(architecture).copied();
        let name = |names: &[String], index: Option<usize>| {
            index.and_then(|index| names.get(index)).cloned()
        };
        let origin = name(&table.origins, row.origin);
        let route = Route::Package {
            release: release.clone(),
            name: row.name.clone(),
        };
        let cause = outcome.and_then(|outcome| outcome.cause).map(cause_label);
        Some(view! {
            <tr data-row=position.to_string() aria-rowindex=(position + 2).to_string()>
                <td class="cell-name"><a class="mono" href=move || site.href(&route)>{visible(&row.name)}</a></td>
                <td class="cell-evr mono small" data-label="reference">{visible(&row.reference_evr)}</td>
                <td class="cell-evr mono small" data-label="distribution">{visible(&row.distribution_evr)}</td>
                <td class="cell-architectures"><ArchitectureGlyphs architectures=architectures.clone() outcomes=row.outcomes.clone()/></td>
                <td class="cell-verdict" title=cause>{outcome.map(|outcome| view! { <VerdictMark mark=outcome_mark(&outcome)/> })}</td>
                <td class="cell-origin">{origin.as_deref().map(visible).unwrap_or_else(|| if row.distribution_evr.is_empty() { "–" } else { "not known" }.to_owned())}</td>
                <td class="cell-built soft">{row.built.map(day)}</td>
            </tr>
        })
    };
    let drawn = move || rows.range.get().filter_map(&draw).collect_view();
    let space = move |from_top: bool| {
        let range = rows.range.get();
        let hidden = if from_top {
            range.start
        } else {
            count.get().saturating_sub(range.end)
        };
        view! {
            <tr class="space" aria-hidden="true" hidden=hidden == 0>
                <td colspan=COLUMNS style:height=format!("{}px", hidden as f64 * rows.row_height.get())></td>
            </tr>
        }
    };
    let press = move |event: KeyboardEvent| {
        let row = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let row = row.and_then(|element| element.closest("tr[data-row]").ok().flatten());
        let Some(position) =
            row.and_then(|row| row.get_attribute("data-row")?.parse::<usize>().ok())
        else {
            return;
        };
        let last = count.get_untracked().saturating_sub(1);
        let target = match event.key().as_str() {
            "ArrowDown" => (position + 1).min(last),
            "ArrowUp" => position.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        focus_row(body, target, rows.row_height.get_untracked());
    };
    let head = move |label: &str, column: SortColumn, class: &'static str| {
        view! { <Head label=label.to_owned() column class filter choose/> }
    };
    view! {
        <div class="table-scroll">
            <table class="packages" aria-rowcount=move || (count.get() + 1).to_string()>
                <thead><tr aria-rowindex="1">
                    {head("Package", SortColumn::Name, "cell-name")}
                    {head(&reference, SortColumn::Reference, "cell-evr")}
                    {head(&distribution, SortColumn::Distribution, "cell-evr")}
                    <th scope="col" class="cell-architectures">"Architectures"</th>
                    {head("Verdict", SortColumn::Verdict, "cell-verdict")}
                    {head("Source", SortColumn::Origin, "cell-origin")}
                    {head("Updated", SortColumn::Built, "cell-built")}
                </tr></thead>
                <tbody node_ref=body on:keydown=press>
                    {move || space(true)}{drawn}{move || space(false)}
                </tbody>
            </table>
            <p class="soft" hidden=move || count.get() != 0>"No package fits these filters. Take one of them back."</p>
        </div>
    }
}

/// The head of a column; pressing it sorts by it, pressing again the other way round.
#[component]
fn Head(
    label: String,
    column: SortColumn,
    class: &'static str,
    filter: Memo<Filter>,
    choose: Callback<(Filter, bool)>,
) -> impl IntoView {
    let sorted = move || Some(filter.get().sort).filter(|sort| sort.column == column);
    let order = move || {
        sorted().map(|sort| {
            if sort.descending {
                "descending"
            } else {
                "ascending"
            }
        })
    };
    let sign = move || sorted().map_or("", |sort| if sort.descending { " ▼" } else { " ▲" });
    let press = move |_| {
        let mut changed = filter.get_untracked();
        let again = changed.sort.column == column && !changed.sort.descending;
        changed.sort = Sort {
            column,
            descending: again,
        };
        choose.run((changed, false));
    };
    view! {
        <th scope="col" class=class aria-sort=order>
            <button type="button" class="head" on:click=press>{label}<span aria-hidden="true">{sign}</span></button>
        </th>
    }
}

/// Brings a row into sight, where it is drawn, and puts the focus on its link.
fn focus_row(body: NodeRef<Tbody>, position: usize, row_height_pixels: f64) {
    let Some(body) = body.get_untracked() else {
        return;
    };
    let top = body.get_bounding_client_rect().top() + position as f64 * row_height_pixels;
    let seen = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or(900.0);
    if top < 0.0 || top + row_height_pixels > seen {
        window().scroll_by_with_x_and_y(0.0, top - seen / 2.0);
    }
    let focus = move || {
        let link = body
            .query_selector(&format!("tr[data-row='{position}'] a"))
            .ok()
            .flatten();
        if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = link.focus();
        }
    };
    // The scroll is drawn in the next frame, the row in the one after it.
    request_animation_frame(move || request_animation_frame(focus));
}
