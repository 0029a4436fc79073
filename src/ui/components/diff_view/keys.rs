//! The keys of a difference, and the list of them.

use super::DiffState;
use crate::ui::navigation::{Navigation, Step};
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Each key with what it does.
const KEYS: [(&str, &str); 8] = [
    ("j", "Next change"),
    ("k", "Previous change"),
    ("n", "Next changed file"),
    ("p", "Previous changed file"),
    ("f", "Find in this difference"),
    ("w", "Whole file, or only what is near changes"),
    ("/", "Search packages"),
    ("?", "This list"),
];

/// Listens on the whole page, unless the reader is writing somewhere.
pub(super) fn use_keys(state: DiffState, list: NodeRef<Dialog>) {
    let navigation = Navigation::get();
    let to_file = move |forward: bool| {
        let [previous, next] = state.neighbours.get_untracked();
        match (forward, previous, next) {
            (true, _, Some(address)) | (false, Some(address), _) => {
                navigation.go(&address, Step::Forward);
            }
            (true, _, None) => state.missed.set(Some("No changed file follows.")),
            (false, None, _) => state.missed.set(Some("No changed file comes before.")),
        }
    };
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        let writing = target.is_some_and(|element| {
            element.is_content_editable()
                || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        });
        let is_listed = list.get_untracked().is_some_and(|list| list.open());
        if writing || is_listed || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            key @ ("j" | "k") => {
                state.go(key == "j");
                // So that the keys that scroll go on from there, and a reader of a screen is among the lines.
                if !state.scroller.has_focus() {
                    state.scroller.focus();
                }
            }
            key @ ("n" | "p") => to_file(key == "n"),
            "f" => state.focus_search(),
            "w" => state.toggle_whole(),
            "?" => open_list(list),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}

/// Shows the list of keys. The browser keeps the focus inside and closes it with Escape.
pub(super) fn open_list(list: NodeRef<Dialog>) {
    if let Some(list) = list.get_untracked() {
        let _ = list.show_modal();
    }
}

#[component]
pub(super) fn KeyList(list: NodeRef<Dialog>) -> impl IntoView {
    let keys = KEYS.map(|(key, what)| view! { <dt><kbd>{key}</kbd></dt><dd>{what}</dd> });
    let close = move |_| {
        if let Some(list) = list.get_untracked() {
            list.close();
        }
    };
    view! {
        <dialog class="diff-keys" node_ref=list aria-labelledby="diff-keys-title">
            <h2 id="diff-keys-title">"Keys"</h2>
            <dl>{keys}</dl>
            <button type="button" class="button" on:click=close>"Close"</button>
        </dialog>
    }
}
