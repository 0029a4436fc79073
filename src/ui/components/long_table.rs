//! A table of any length, whose rows are drawn only where they are seen.

use super::window_rows::use_window_rows;
use leptos::html::Tbody;
use leptos::prelude::*;
use std::sync::Arc;

/// Draws the cells of a row, by its position; nothing where there is no such row any more.
pub type DrawCells = Arc<dyn Fn(usize) -> Option<AnyView> + Send + Sync>;

/// The table; all of its rows have one height.
#[component]
pub fn LongTable(
    class: &'static str,
    /// What it is a list of, for those who hear it.
    label: String,
    /// The heads of the columns, each with the class of its cells.
    columns: Vec<(&'static str, String)>,
    /// How many rows there are.
    count: Signal<usize>,
    cells: DrawCells,
) -> impl IntoView {
    let body = NodeRef::<Tbody>::new();
    let rows = use_window_rows(body, count);
    let width = columns.len().to_string();
    let heads = columns
        .into_iter()
        .map(|(class, head)| view! { <th scope="col" class=class>{head}</th> });
    let drawn = move || {
        let range = rows.range.get();
        let rows = range.filter_map(|position| {
            let cells = cells(position)?;
            Some(view! {
                <tr data-row=position.to_string() aria-rowindex=(position + 2).to_string()>{cells}</tr>
            })
        });
        rows.collect_view()
    };
    let space = move |from_top: bool| {
        let range = rows.range.get();
        let hidden = if from_top {
            range.start
        } else {
            count.get().saturating_sub(range.end)
        };
        view! {
            <tr class="space" aria-hidden="true" hidden=hidden == 0>
                <td colspan=width.clone() style:height=format!("{}px", hidden as f64 * rows.row_height.get())></td>
            </tr>
        }
    };
    let below = space.clone();
    view! {
        <div class="table-scroll">
            <table class=format!("long-table {class}") aria-label=label aria-rowcount=move || (count.get() + 1).to_string()>
                <thead><tr aria-rowindex="1">{heads.collect_view()}</tr></thead>
                <tbody node_ref=body>{move || space(true)}{drawn}{move || below(false)}</tbody>
            </table>
        </div>
    }
}
