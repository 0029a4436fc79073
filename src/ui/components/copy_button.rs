//! A button that copies a text.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// Copies what `text` gives when it is pressed, and says whether that worked.
#[component]
pub fn CopyButton(
    /// The button's label.
    label: &'static str,
    /// The text.
    text: Callback<(), String>,
) -> impl IntoView {
    let (said, set_said) = signal("");
    let copy = move |_| {
        let text = text.run(());
        spawn_local(async move {
            // Outside a secure context the browser has no clipboard for pages.
            let worked = window().is_secure_context()
                && JsFuture::from(window().navigator().clipboard().write_text(&text))
                    .await
                    .is_ok();
            set_said.set(if worked {
                "Copied"
            } else {
                "The browser refused to copy"
            });
        });
    };
    view! {
        <button type="button" class="button" on:click=copy>{label}</button>
        <span class="soft small" role="status">{said}</span>
    }
}
