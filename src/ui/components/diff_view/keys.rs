//! The keys of the lines of a difference.

use super::DiffState;
use crate::ui::components::keys::use_keys;
use leptos::html::Dialog;
use leptos::prelude::*;

/// Listens on the whole page, unless the list of keys is open.
pub(super) fn use_line_keys(state: DiffState, list: NodeRef<Dialog>) {
    use_keys(list, move |key| {
        match key {
            "j" | "k" => {
                state.go(key == "j");
                // So that the keys that scroll go on from there, and a reader of a screen is among the lines.
                if !state.scroller.has_focus() {
                    state.scroller.focus();
                }
            }
            "f" => state.focus_search(),
            "w" => state.toggle_whole(),
            _ => return false,
        }
        true
    });
}
