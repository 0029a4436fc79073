//! What the reader selects among the lines: kept within one side, and told where rows go that hold an end of it.

use super::DiffState;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

/// Said where rows go that hold an end of what is selected.
pub(super) const SELECTION_CUT: &str = "Not all of what was selected is still there, as only lines near those seen are drawn. Click the \
    number of the first line and, with Shift, that of the last: “More” then copies them.";

/// What is selected in the page.
#[derive(Clone, Copy)]
pub(super) struct Selected {
    /// Whether it may have changed since nothing was selected among the lines.
    may_be_lines: StoredValue<bool>,
}

impl Selected {
    /// Follows what is selected for as long as what is drawn with it is there.
    pub(super) fn follow() -> Self {
        let may_be_lines = StoredValue::new(false);
        let changed = Closure::<dyn Fn()>::new(move || {
            let _ = may_be_lines.try_set_value(true);
        });
        const CHANGED: &str = "selectionchange";
        let callback = changed.as_ref().unchecked_ref();
        let _ = document().add_event_listener_with_callback(CHANGED, callback);
        let listener = StoredValue::new_local(Some(changed));
        on_cleanup(move || {
            if let Some(Some(changed)) = listener.try_update_value(Option::take) {
                let callback = changed.as_ref().unchecked_ref();
                let _ = document().remove_event_listener_with_callback(CHANGED, callback);
            }
        });
        Self { may_be_lines }
    }

    /// The nodes that what is selected below an element begins and ends in; none where nothing is selected there.
    pub(super) fn ends(self, parent: &Element) -> Option<[Node; 2]> {
        // Asking has the browser lay the page out here and now, for which a step of a scroll has no time.
        if !self.may_be_lines.get_value() {
            return None;
        }
        let ends = ends_of_selection(parent);
        self.may_be_lines.set_value(ends.is_some());
        ends
    }
}

fn ends_of_selection(parent: &Element) -> Option<[Node; 2]> {
    let selection = window().get_selection().ok().flatten();
    let selection = selection.filter(|selection| !selection.is_collapsed())?;
    let ends = [selection.anchor_node()?, selection.focus_node()?];
    let is_within = ends.iter().any(|end| parent.contains(Some(end)));
    is_within.then_some(ends)
}

/// Keeps what the reader selects within the side where the selection begins, so that no lines of the other side are copied.
pub(super) fn select_within(state: DiffState, event: &MouseEvent) {
    let of = |target: Option<web_sys::EventTarget>| target?.dyn_into::<Element>().ok();
    let cell = of(event.target()).and_then(|target| target.closest(".diff-text").ok().flatten());
    let rows = of(event.current_target());
    let goes_on_from_nowhere = event.shift_key() && rows.as_ref().is_some_and(begins_in_no_row);
    state
        .missed
        .set(goes_on_from_nowhere.then_some(SELECTION_CUT));
    let (Some(cell), Some(rows)) = (cell, rows) else {
        return;
    };
    let is_last = cell.next_element_sibling().is_none();
    let side = if is_last { "distribution" } else { "reference" };
    let _ = rows.set_attribute("data-selects", side);
}

/// Whether what is selected begins among the rows and in none of them: the row that it began in went.
fn begins_in_no_row(rows: &Element) -> bool {
    let selection = window().get_selection().ok().flatten();
    let anchor = selection.and_then(|selection| selection.anchor_node());
    anchor.is_some_and(|anchor| {
        let element = match anchor.dyn_ref::<Element>() {
            Some(element) => Some(element.clone()),
            None => anchor.parent_element(),
        };
        let row = element.and_then(|element| element.closest(".diff-row").ok().flatten());
        rows.contains(Some(&anchor)) && row.is_none()
    })
}
