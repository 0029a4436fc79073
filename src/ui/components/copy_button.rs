//! A button that copies a text.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// Copies what `text` gives when it is pressed, and says whether that worked.
#[component]
pub fn CopyButton(
    /// The button's label.
    #[prop(into)]
    label: String,
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
            let said = if worked {
                "Copied"
            } else {
                "The browser refused to copy"
            };
            // The button may be gone from the page by now.
            let _ = set_said.try_set(said);
        });
    };
    view! {
        <button type="button" class="button" on:click=copy>{label}</button>
        <span class="soft small" role="status">{said}</span>
    }
}
