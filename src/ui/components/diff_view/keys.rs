//! `j` and `k`: the next and the previous change.

use super::DiffState;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Listens on the whole page, unless the reader is writing somewhere.
pub(super) fn use_change_keys(state: DiffState) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        let writing = target.is_some_and(|element| {
            element.is_content_editable()
                || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        });
        if writing || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "j" => state.go(true),
            "k" => state.go(false),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}
