//! What stands above the lines: the file, how much differs, whose sides they are, and what the reader can choose.

use super::DiffState;
use crate::presentation::diff_view::{DiffFile, DiffOptions, Layout, Space, View};
use crate::ui::components::copy_button::CopyButton;
use leptos::prelude::*;

#[component]
pub(super) fn Toolbar(state: DiffState) -> impl IntoView {
    let file = state.file.get_value();
    let DiffState {
        options, document, ..
    } = state;
    let choose = move |options: DiffOptions| state.on_options.run(options);
    let view_button = move |label: &'static str, view: View, layout: Layout| {
        view! {
            <button
                type="button" class="button" aria-pressed=move || (state.layout.get() == layout).to_string()
                on:click=move |_| choose(DiffOptions { view, ..options.get_untracked() })
            >
                {label}
            </button>
        }
    };
    let has_patch = file.has_patch();
    let copy_patch = move || {
        let patch =
            Callback::new(move |()| state.file.with_value(DiffFile::patch).unwrap_or_default());
        has_patch.then(|| view! { <CopyButton label="Copy patch" text=patch/> })
    };
    let address = Callback::new(|()| window().location().href().unwrap_or_default());
    view! {
        <header class="diff-header">
            <div class="diff-about">
                <b class="mono">{file.path}</b>
                <span class="soft">
                    <span aria-hidden="true">{move || document.with(|document| document.counts())}</span>
                    <span class="visually-hidden">{move || document.with(|document| document.counts_in_words())}</span>
                </span>
                <span class="soft diff-sides">
                    {file.reference_label}" "<span aria-hidden="true">"→"</span>
                    <span class="visually-hidden">"compared with"</span>" "{file.distribution_label}
                </span>
            </div>
            <div class="diff-buttons">
                <Changes state/>
                <span class="diff-views" role="group" aria-label="View">
                    {view_button("Split", View::Split, Layout::Split)}
                    {view_button("Unified", View::Unified, Layout::Unified)}
                </span>
                <button
                    type="button" class="button" aria-pressed=move || (options.get().space != Space::Exact).to_string()
                    on:click=move |_| choose(options.get_untracked().with_space_toggled())
                >
                    "Ignore space"
                </button>
                <CopyButton label="Copy link" text=address/>
                {copy_patch}
            </div>
        </header>
    }
}

/// Which change the reader is at, and the way to the others.
#[component]
fn Changes(state: DiffState) -> impl IntoView {
    let count = Memo::new(move |_| state.rows.with(|rows| rows.change_count()));
    let place = move || match (state.change.get(), count.get()) {
        (Some(change), count) if change < count => format!("Change {} of {count}", change + 1),
        (_, 1) => "1 change".to_owned(),
        (_, count) => format!("{count} changes"),
    };
    move || {
        (count.get() > 0).then(|| {
            view! {
                <span class="diff-changes" role="group" aria-label="Changes">
                    <span class="soft" role="status">{place}</span>
                    <button type="button" class="button" aria-label="Previous change" title="Previous change (k)" on:click=move |_| state.go(false)>
                        <span aria-hidden="true">"↑"</span>
                    </button>
                    <button type="button" class="button" aria-label="Next change" title="Next change (j)" on:click=move |_| state.go(true)>
                        <span aria-hidden="true">"↓"</span>
                    </button>
                </span>
            }
        })
    }
}
