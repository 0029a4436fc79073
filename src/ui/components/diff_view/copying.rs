//! Copies what is selected among the lines as the file has it: without signs, with wrapped lines whole.

use super::DiffState;
use crate::presentation::diff_view::{Layout, SelectedPart, Side, Slot};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, Element, Node, Range, Selection};

/// Said where more is copied than the lines alone, and not all lines are there.
const COPY_CUT: &str = "Only lines near those seen are drawn, and no others were copied. “More” copies and saves all of them.";

/// Has what is selected copied for as long as what is drawn with it is there.
pub(super) fn follow_copies(state: DiffState) {
    let copies = window_event_listener(ev::copy, move |event| copy_selected(state, &event));
    on_cleanup(move || copies.remove());
}

/// Puts what is selected among the rows into the clipboard, where the selection begins there. Any other is left to the browser.
fn copy_selected(state: DiffState, event: &ClipboardEvent) {
    let rows = state.scroller.rows_element();
    let selection = window().get_selection().ok().flatten();
    let selection = selection.filter(|selection| !selection.is_collapsed());
    let (Some(rows), Some(selection)) = (rows, selection) else {
        return;
    };
    let Ok(range) = selection.get_range_at(0) else {
        return;
    };
    let begins_here = selection
        .anchor_node()
        .is_some_and(|anchor| rows.contains(Some(&anchor)));
    if !begins_here {
        let drawn = rows.get_elements_by_class_name("diff-row").length() as usize;
        let are_all = drawn >= state.rows.with_untracked(|rows| rows.count());
        if !are_all && range.intersects_node(&rows) == Ok(true) {
            state.missed.set(Some(COPY_CUT));
        }
        return;
    }
    let parts = parts_of(state, &rows, &selection, &range).unwrap_or_default();
    let columns_max = state.savings.get_untracked().columns_max;
    let look = state
        .look
        .with_untracked(|look| look.with_columns_max(columns_max));
    let text = state
        .document
        .with_untracked(|document| document.selected_text(&parts, &look));
    if text.is_empty() {
        return;
    }
    let clipboard = event.clipboard_data();
    let put = clipboard.and_then(|clipboard| clipboard.set_data("text/plain", &text).ok());
    if put.is_some() {
        event.prevent_default();
    }
}

/// What is selected in each row.
fn parts_of(
    state: DiffState,
    rows: &Element,
    selection: &Selection,
    range: &Range,
) -> Option<Vec<SelectedPart>> {
    // A browser often ends a selection at the beginning of what follows the rows.
    let range = range.clone_range();
    if !rows.contains(Some(&range.start_container().ok()?)) {
        range.set_start(rows, 0).ok()?;
    }
    if !rows.contains(Some(&range.end_container().ok()?)) {
        range.set_end(rows, rows.child_nodes().length()).ok()?;
    }
    let layout = state.layout.get_untracked();
    let chosen = selection.anchor_node().and_then(|node| side_of(&node));
    let mut parts = Vec::new();
    let drawn = rows.query_selector_all(".diff-row").ok()?;
    for row in (0..drawn.length()).filter_map(|index| drawn.get(index)) {
        let row: Element = row.unchecked_into();
        if !range.intersects_node(&row).ok()? {
            continue;
        }
        let Some((slot, side)) = slot_and_side(state, &row, layout, chosen) else {
            continue;
        };
        if let Slot::Fold { .. } = slot {
            let units = 0..0;
            parts.push(SelectedPart { slot, side, units });
            continue;
        }
        let texts = row.query_selector_all(".diff-text").ok()?;
        let place = match (layout, side) {
            (Layout::Split, Side::Distribution) => 1,
            (Layout::Split, Side::Reference) | (Layout::Unified | Layout::Single, _) => 0,
        };
        let cell: Option<Element> = texts.get(place).map(JsCast::unchecked_into);
        let code = cell.and_then(|cell| cell.query_selector("code").ok().flatten());
        let Some(code) = code.filter(|code| range.intersects_node(code) == Ok(true)) else {
            continue;
        };
        let units = units_within(&range, &code)?;
        parts.push(SelectedPart { slot, side, units });
    }
    Some(parts)
}

/// The side of the cell that a node is in; nothing where that has both.
fn side_of(node: &Node) -> Option<Side> {
    let element = match node.dyn_ref::<Element>() {
        Some(element) => element.clone(),
        None => node.parent_element()?,
    };
    let cell = element.closest(".diff-text").ok().flatten()?;
    Some(match cell.next_element_sibling() {
        Some(_) => Side::Reference,
        None => Side::Distribution,
    })
}

/// What stands in a drawn row, and the side whose line is selected there.
fn slot_and_side(
    state: DiffState,
    row: &Element,
    layout: Layout,
    chosen: Option<Side>,
) -> Option<(Slot, Side)> {
    // The names of the columns are the first row, and rows count from 1.
    let number: usize = row.get_attribute("aria-rowindex")?.parse().ok()?;
    let slot = state
        .rows
        .with_untracked(|rows| rows.slot(number.checked_sub(2)?))?;
    let is_removed = match slot {
        Slot::Line { distribution, .. } => distribution.is_none(),
        Slot::Fold { .. } => false,
        Slot::Heading { .. } => return None,
    };
    let side = match layout {
        Layout::Split => chosen.unwrap_or(Side::Distribution),
        Layout::Unified if is_removed => Side::Reference,
        Layout::Unified | Layout::Single => Side::Distribution,
    };
    Some((slot, side))
}

/// The part of an element's text that a range has, in units of UTF-16.
fn units_within(range: &Range, element: &Element) -> Option<std::ops::Range<usize>> {
    let up_to = |node: Node, offset: u32| {
        let before = Range::new().ok()?;
        before.select_node_contents(element).ok()?;
        before.set_end(&node, offset).ok()?;
        usize::try_from(before.to_string().length()).ok()
    };
    let is_within = |node: &Node| element.contains(Some(node));
    let (first, last) = (range.start_container().ok()?, range.end_container().ok()?);
    let start = match is_within(&first) {
        true => up_to(first, range.start_offset().ok()?)?,
        false => 0,
    };
    let end = match is_within(&last) {
        true => up_to(last, range.end_offset().ok()?)?,
        false => element.text_content()?.encode_utf16().count(),
    };
    Some(start..end)
}
