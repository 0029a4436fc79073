//! Finds a text in the difference, folded lines included.

use super::DiffState;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

#[component]
pub(super) fn DiffSearch(state: DiffState) -> impl IntoView {
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            state.go_to_found(!event.shift_key());
        }
        "Escape" => {
            state.wanted.set(String::new());
            state.found_at.set(None);
            state.scroller.focus();
        }
        _ => {}
    };
    let place = move || {
        if state.wanted.with(String::is_empty) {
            return String::new();
        }
        let count = state.found.with(|found| found.len());
        match state.found_at.get() {
            Some(at) if at < count => format!("{} of {count}", at + 1),
            _ if count == 0 => "nothing found".to_owned(),
            _ if count == 1 => "1 line".to_owned(),
            _ => format!("{count} lines"),
        }
    };
    view! {
        <span class="diff-search" role="search" aria-label="This difference">
            <input
                class="field" type="search" node_ref=state.search_field aria-label="Find in this difference" placeholder="Find" title="Find (f)"
                prop:value=move || state.wanted.get()
                on:input=move |event| {
                    state.found_at.set(None);
                    state.wanted.set(event_target_value(&event));
                }
                on:keydown=press
            />
            <span class="soft" role="status">{place}</span>
        </span>
    }
}
