//! The table of advisories: rows exist only where they are seen.

use crate::presentation::route::Route;
use crate::presentation::security::SecurityRows;
use crate::presentation::security::filter::{SecurityColumn, SecurityFilter, SecuritySort};
use crate::presentation::security::words::{
    fact_text, lag_or_reason, packages_text, severity_label, state_mark,
};
use crate::ui::components::verdict::VerdictMark;
use crate::ui::components::window_rows::use_window_rows;
use crate::ui::context::Site;
use leptos::html::Tbody;
use leptos::prelude::*;
use std::sync::Arc;

const COLUMNS: &str = "7";

/// The rows that the filter shows.
#[component]
pub fn AdvisoryTable(
    release: String,
    rows: Arc<SecurityRows>,
    filter: Memo<SecurityFilter>,
    /// The indices of the rows shown, in their order.
    shown: Memo<Vec<usize>>,
    choose: Callback<(SecurityFilter, bool)>,
) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let body = NodeRef::<Tbody>::new();
    let number = Signal::derive(move || shown.with(Vec::len));
    let window = use_window_rows(body, number);
    let draw = move |position: usize| {
        let index = shown.with(|shown| shown.get(position).copied())?;
        let row = rows.rows.get(index)?;
        let clock = &row.clock;
        let id = clock.id.to_string();
        let route = Route::Advisory {
            release: release.clone(),
            id: id.clone(),
        };
        let packages = packages_text(&clock.packages);
        Some(view! {
            <tr data-row=position.to_string() aria-rowindex=(position + 2).to_string()>
                <td class="cell-advisory"><a class="mono" href=move || site.href(&route)>{id}</a></td>
                <td class="cell-severity">{severity_label(clock.severity)}</td>
                <td class="cell-packages mono small" title=packages.clone()>{packages.clone()}</td>
                <td class="cell-day" data-label="reference">{fact_text(clock.reference)}</td>
                <td class="cell-day" data-label="distribution">{fact_text(clock.distribution)}</td>
                <td class="cell-lag">{lag_or_reason(row.lag)}</td>
                <td class="cell-state"><VerdictMark mark=state_mark(clock.state)/></td>
            </tr>
        })
    };
    let drawn = move || window.range.get().filter_map(&draw).collect_view();
    let space = move |from_top: bool| {
        let range = window.range.get();
        let hidden = if from_top {
            range.start
        } else {
            number.get().saturating_sub(range.end)
        };
        view! {
            <tr class="space" aria-hidden="true" hidden=hidden == 0>
                <td colspan=COLUMNS style:height=format!("{}px", hidden as f64 * window.row_height.get())></td>
            </tr>
        }
    };
    let head = move |label: &str, column: SecurityColumn, class: &'static str| {
        view! { <Head label=label.to_owned() column class filter choose/> }
    };
    view! {
        <div class="table-scroll">
            <table class="advisories" aria-rowcount=move || (number.get() + 1).to_string()>
                <thead><tr aria-rowindex="1">
                    {head("Advisory", SecurityColumn::Name, "cell-advisory")}
                    {head("Severity", SecurityColumn::Severity, "cell-severity")}
                    <th scope="col" class="cell-packages">"Packages"</th>
                    {head(&reference, SecurityColumn::Reference, "cell-day")}
                    {head(&distribution, SecurityColumn::Distribution, "cell-day")}
                    {head("Lag", SecurityColumn::Lag, "cell-lag")}
                    <th scope="col" class="cell-state">"State"</th>
                </tr></thead>
                <tbody node_ref=body>
                    {move || space(true)}{drawn}{move || space(false)}
                </tbody>
            </table>
            <p class="soft" hidden=move || number.get() != 0>"No advisory fits these filters."</p>
        </div>
    }
}

/// The head of a column; pressing it sorts by it, pressing again the other way round.
#[component]
fn Head(
    label: String,
    column: SecurityColumn,
    class: &'static str,
    filter: Memo<SecurityFilter>,
    choose: Callback<(SecurityFilter, bool)>,
) -> impl IntoView {
    let sorted = move || Some(filter.get().sort).filter(|sort| sort.column == column);
    let order = move || {
        sorted().map(|sort| {
            if sort.is_descending() {
                "descending"
            } else {
                "ascending"
            }
        })
    };
    let sign = move || sorted().map_or("", |sort| if sort.is_descending() { " ▼" } else { " ▲" });
    let press = move |_| {
        let mut changed = filter.get_untracked();
        let again = changed.sort.column == column && !changed.sort.reversed;
        changed.sort = SecuritySort {
            column,
            reversed: again,
        };
        choose.run((changed, false));
    };
    view! {
        <th scope="col" class=class aria-sort=order>
            <button type="button" class="head" on:click=press>{label}<span aria-hidden="true">{sign}</span></button>
        </th>
    }
}
