//! The table of all lines, and what is said below it.

use super::DiffState;
use super::row::RowMaker;
use super::row_list::{Manner, RowList, click};
use super::scroller::{PROBE_COLUMNS, after_next_frame};
use super::selection::select_within;
use crate::presentation::diff_view::{Layout, Side, columns_of_cut, remark_on_cut};
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted};
use crate::ui::navigation::Navigation;
use leptos::html::{Div, Span};
use leptos::prelude::*;
use std::sync::Arc;

/// More rows than this are higher than the lines may be in most windows, so that they scroll.
const TALL_ROWS: usize = 40;

/// All lines, in a table that scrolls inside itself. Sideways only the texts move: numbers and both sides stay in sight.
#[component]
pub(super) fn Lines(state: DiffState) -> impl IntoView {
    let DiffState {
        document,
        rows,
        layout,
        scroller,
        ..
    } = state;
    let (label, reference, distribution) = state.file.with_value(|file| {
        let label = format!("Lines of {}", visible(&file.path));
        (
            label,
            visible(&file.reference_label),
            visible(&file.distribution_label),
        )
    });
    let wanted = scroller.drawn();
    let drawn = RwSignal::new(0..0);
    let body = NodeRef::<Div>::new();
    let savings = state.savings;
    // What there is no time for in one frame is drawn in those after it.
    let (go_on, goes_on) = (RwSignal::new(()), StoredValue::new(false));
    let mut list = RowList::new(RowMaker::new([reference.clone(), distribution.clone()]));
    Effect::new(move |_| {
        let manner = Manner {
            layout: layout.get(),
            document: document.with(|document| Arc::as_ptr(document) as usize),
            look: state.look.get(),
        };
        go_on.get();
        let wanted = wanted.get();
        let Some(body) = body.get() else {
            return;
        };
        let drawing = list.draw(&body, state, manner, wanted.clone());
        if savings.get_untracked() != drawing.savings {
            savings.set(drawing.savings);
        }
        if drawn.get_untracked() != drawing.rows {
            drawn.set(drawing.rows.clone());
        }
        if drawing.rows != wanted && !goes_on.get_value() {
            goes_on.set_value(true);
            after_next_frame(move || {
                let _ = goes_on.try_set_value(false);
                let _ = go_on.try_set(());
            });
        }
    });
    // As lengths: were they variables that rows inherit, the style of every row would be reckoned anew with each step.
    let height_of = |rows: usize| format!("calc({rows} * var(--row-height))");
    let before = move || height_of(drawn.get().start);
    let after = move || {
        // On paper nothing follows.
        let count = match scroller.printing.get() {
            true => 0,
            false => rows.with(|rows| rows.count()),
        };
        height_of(count - drawn.get().end.min(count))
    };
    let columns_max = Memo::new(move |_| savings.get().columns_max);
    let columns = move || {
        if state.wraps.get() {
            return "0".to_owned();
        }
        let columns = |side| document.with(|document| document.columns(side));
        let columns = columns(Side::Reference).max(columns(Side::Distribution));
        let limit = columns_max.get().map_or(columns, columns_of_cut);
        columns.min(limit).to_string()
    };
    let headings = move || {
        let names = match layout.get() {
            Layout::Split => vec![
                format!("Line, {reference}"),
                reference.clone(),
                format!("Line, {distribution}"),
                distribution.clone(),
            ],
            Layout::Single => vec!["Line".to_owned(), "Text".to_owned()],
            Layout::Unified => vec![
                format!("Line, {reference}"),
                format!("Line, {distribution}"),
                "Text".to_owned(),
            ],
        };
        let cells = names
            .into_iter()
            .map(|name| view! { <span role="columnheader">{name}</span> });
        view! { <div class="visually-hidden" role="row" aria-rowindex="1">{cells.collect_view()}</div> }
    };
    let is_shifted = move || scroller.shift.get() != 0;
    let class = move || match layout.get() {
        Layout::Split => "diff-sheet diff-split",
        Layout::Unified => "diff-sheet diff-unified",
        Layout::Single => "diff-sheet diff-single",
    };
    let unprinted = move || {
        let remark = state
            .file
            .with_value(|file| rows.with(|rows| rows.remark_on_print(file)));
        remark.map(|remark| view! { <p class="diff-unprinted">{remark}</p> })
    };
    let thinned = move || {
        let lines = savings.get().thinned;
        (lines > 0).then(|| {
            let lines = counted(lines as u32, "row here has", "rows here have");
            view! { <p class="diff-remark small soft" role="status">{format!("{lines} so many pieces that colours and marks are simplified.")}</p> }
        })
    };
    let cut = move || {
        let limit = columns_max.get();
        limit.map(|limit| view! { <p class="diff-remark small soft" role="status">{remark_on_cut(limit)}</p> })
    };
    let left_out = move || {
        let more = rows.with(|rows| rows.left_out());
        (more > 0).then(|| {
            let more = count(u32::try_from(more).unwrap_or(u32::MAX));
            view! { <p class="diff-remark small" role="status">{format!("{more} more rows follow, which is further than a browser can scroll. Save the patch to read them.")}</p> }
        })
    };
    // Who tried again goes on here.
    let navigation = Navigation::get();
    Effect::new(move |_| {
        if let Some(lines) = scroller.node.get() {
            navigation.take_focus(&lines);
        }
    });
    let end = NodeRef::<Span>::new();
    let skip = move |_| {
        if let Some(end) = end.get_untracked() {
            let _ = end.focus();
        }
    };
    view! {
        <button type="button" class="button diff-skip" on:click=skip>"Skip the lines"</button>
        <div
            class="diff-scroller" node_ref=scroller.node tabindex="0" role="region" aria-label=label
            on:scroll=move |_| scroller.look()
            class:diff-tall=move || rows.with(|rows| rows.count() > TALL_ROWS)
            style=("--columns", columns)
            style=("--digits", move || document.with(|document| document.number_digits()).to_string())
            style=("--shift", move || format!("{}px", scroller.shift.get()))
        >
            <div class="diff-track" class:diff-track-split=move || layout.get() == Layout::Split class:diff-shifted=is_shifted>
                <div class=class role="table" aria-label=label.clone() aria-rowcount=move || rows.with(|rows| rows.count() + 1)>
                    {headings}
                    <div class="diff-probe" aria-hidden="true">
                        <span class="diff-text"><span class="diff-probe-room"><span class="diff-probe-text">{"0".repeat(PROBE_COLUMNS)}</span></span></span>
                    </div>
                    <div
                        class="diff-rows" role="rowgroup" node_ref=body on:click=move |event| click(state, &event) on:mousedown=move |event| select_within(state, &event)
                        style=("padding-top", before) style=("padding-bottom", after)
                    ></div>
                </div>
            </div>
            {unprinted}
        </div>
        <span class="visually-hidden" tabindex="-1" node_ref=end>"End of the lines"</span>
        {left_out}
        {cut}
        {thinned}
    }
}
