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
            state.found_last.set(None);
            state.scroller.focus();
        }
        _ => {}
    };
    let place = move || {
        if state.wanted.with(String::is_empty) {
            return String::new();
        }
        let found = state.found.get();
        let count = found.len();
        let at = state.found_at.get();
        let here = at.and_then(|at| Some((at, *found.get(at)?)));
        match here {
            Some((at, here)) => {
                let (rows, layout, look) = (state.rows.get(), state.layout.get(), state.look.get());
                let remark = state.file.with_value(|file| {
                    let document = state.document.get();
                    document.remark_on_found(file, (&rows, layout), here, &look)
                });
                let place = format!("{} of {count}", at + 1);
                match remark {
                    Some(remark) => format!("{place}, {remark}"),
                    None => place,
                }
            }
            None if count == 0 => "nothing found".to_owned(),
            None if count == 1 => "1 line".to_owned(),
            None => format!("{count} lines"),
        }
    };
    view! {
        <span class="diff-search" role="search" aria-label="This difference">
            <input
                class="field" type="search" node_ref=state.search_field aria-label="Find in this difference" placeholder="Find" title="Find (f)"
                prop:value=move || state.wanted.get()
                on:input=move |event| {
                    state.found_last.set(None);
                    state.wanted.set(event_target_value(&event));
                }
                on:keydown=press
            />
            <span class="soft" role="status">{place}</span>
        </span>
    }
}
