//! What stands above the lines: the file, how much differs, whose sides they are, and what the reader can choose.

use super::DiffState;
use super::search::DiffSearch;
use crate::presentation::diff_view::{DiffFile, DiffOptions, Layout, SPACES, View, Wrap};
use crate::presentation::hidden_characters::visible;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::keys::open_list;
use crate::ui::components::save::save_bytes;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

#[component]
pub(super) fn Toolbar(
    state: DiffState,
    addresses: [Option<String>; 2],
    sides: ViewFn,
    key_list: NodeRef<Dialog>,
) -> impl IntoView {
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
    let toggle_wrap = move |_| {
        let wrap = match state.wraps.get_untracked() {
            true => Wrap::Off,
            false => Wrap::On,
        };
        choose(DiffOptions {
            wrap,
            ..options.get_untracked()
        });
    };
    let choose_space = move |event| {
        let key = event_target_value(&event);
        let chosen = SPACES.iter().find(|(known, _, _)| *known == key);
        if let Some((_, space, _)) = chosen {
            choose(DiffOptions {
                space: *space,
                ..options.get_untracked()
            });
        }
    };
    let spaces = SPACES.map(|(key, space, label)| {
        view! { <option value=key selected=move || options.get().space == space>{label}</option> }
    });
    let address = Callback::new(|()| window().location().href().unwrap_or_default());
    // What the menu copies follows the reader from change to change, which only costs while it is seen.
    let (is_open, set_open) = signal(false);
    let follow_menu = move |event: Event| {
        let menu = event.current_target();
        let menu = menu.and_then(|menu| menu.dyn_into::<HtmlElement>().ok());
        set_open.set(menu.is_some_and(|menu| menu.has_attribute("open")));
    };
    let more = move || {
        let addresses = addresses.clone();
        is_open
            .get()
            .then(|| view! { <More state addresses key_list/> })
    };
    let (path, is_alone) = state
        .file
        .with_value(|file| (visible(&file.path), file.is_alone));
    let counts = (!is_alone).then(|| {
        view! {
            <span class="soft">
                <span aria-hidden="true">{move || document.with(|document| document.counts())}</span>
                <span class="visually-hidden">{move || document.with(|document| document.counts_in_words())}</span>
            </span>
        }
    });
    let views = (!is_alone).then(|| {
        view! {
            <span class="diff-views" role="group" aria-label="View">
                {view_button("Split", View::Split, Layout::Split)}
                {view_button("Unified", View::Unified, Layout::Unified)}
            </span>
        }
    });
    let space = (!is_alone).then(|| {
        view! { <select class="select" aria-label="White space" on:change=choose_space>{spaces}</select> }
    });
    view! {
        <header class="diff-header">
            <div class="diff-about">
                <b class="mono">{path}</b>
                {counts}
                <span class="soft diff-sides">{sides.run()}</span>
                <span class="soft" role="status">{move || state.missed.get()}</span>
            </div>
            <div class="diff-buttons">
                <Changes state/>
                <DiffSearch state/>
                {views}
                <button type="button" class="button" aria-pressed=move || state.wraps.get().to_string() on:click=toggle_wrap
                    title="Continue long lines in further rows">"Wrap"</button>
                {space}
                <CopyButton label="Copy link" text=address/>
                <details class="diff-more" on:keydown=close_with_escape on:toggle=follow_menu>
                    <summary class="button">"More"</summary>
                    <div class="diff-menu">{more}</div>
                </details>
            </div>
        </header>
    }
}

fn close_with_escape(event: KeyboardEvent) {
    let menu = event.current_target();
    let menu = menu.and_then(|menu| menu.dyn_into::<HtmlElement>().ok());
    let Some(menu) = menu.filter(|menu| event.key() == "Escape" && menu.has_attribute("open"))
    else {
        return;
    };
    let _ = menu.remove_attribute("open");
    let summary = menu.first_element_child();
    if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
        let _ = summary.focus();
    }
}

/// What is needed less often: other ways to look, copies, files to save, and the keys.
#[component]
fn More(
    state: DiffState,
    addresses: [Option<String>; 2],
    key_list: NodeRef<Dialog>,
) -> impl IntoView {
    let DiffState {
        options, document, ..
    } = state;
    let file = state.file.get_value();
    let shows_space = move || options.get().shows_space.to_string();
    let toggle_space = move |_| {
        let options = options.get_untracked();
        state.on_options.run(DiffOptions {
            shows_space: !options.shows_space,
            ..options
        });
    };
    let (has_patch, is_utf8) =
        document.with_untracked(|document| (document.has_patch(), document.is_utf8()));
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let name = visible(name);
    let patch = move || {
        let document = document.get_untracked();
        state.file.with_value(|file| document.patch(file))
    };
    let saved_name = format!("{name}.patch");
    let whole_patch = has_patch.then(|| {
        let text = Callback::new(move |()| String::from_utf8_lossy(&patch()).into_owned());
        view! {
            {is_utf8.then(|| view! { <CopyButton label="Copy patch" text/> })}
            <button type="button" class="button" on:click=move |_| save_bytes(&saved_name, "text/x-patch", &patch())>"Save patch"</button>
        }
    });
    let is_change_of_both = has_patch && file.reference.is_some() && file.distribution.is_some();
    let current = Memo::new(move |_| state.current_change().filter(|_| is_change_of_both));
    let change_patch = move || {
        let change = current.get()?;
        let path = state.file.with_value(|file| file.path.clone());
        let patch = document.with(|document| document.patch_of_change(&path, change));
        Some(copy_or_why(
            patch,
            &format!("change {} as a patch", change + 1),
        ))
    };
    let linked = move || {
        let range = state.lines.get()?;
        let (text, words) = document.with(|document| {
            let range = document.lines_there(range);
            let in_words = |file: &DiffFile| document.in_words(file, range);
            (document.text_of(range), state.file.with_value(in_words))
        });
        Some(copy_or_why(text, &words))
    };
    let labels = [file.reference_label, file.distribution_label];
    let sides = addresses
        .into_iter()
        .zip(labels)
        .filter_map(|(address, label)| {
            let name = name.clone();
            let title = match file.is_alone {
                true => "Save the file".to_owned(),
                false => format!("Save {}’s file", visible(&label)),
            };
            Some(view! { <a class="button" href=address? rel="external" download=name>{title}</a> })
        });
    let whole = (!file.is_alone).then(|| {
        view! {
            <button type="button" class="button" aria-pressed=move || options.get().whole.to_string()
                on:click=move |_| state.toggle_whole()>"Whole file"</button>
        }
    });
    view! {
        {whole}
        <button type="button" class="button" aria-pressed=shows_space on:click=toggle_space>"Show spaces and tabs"</button>
        {linked}
        {change_patch}
        {whole_patch}
        {sides.collect_view()}
        <button type="button" class="button" on:click=move |_| open_list(key_list)>"Keys"</button>
    }
}

/// A button that copies a text, or that it cannot be copied.
fn copy_or_why(text: Option<String>, what: &str) -> AnyView {
    match text {
        Some(text) => {
            let text = Callback::new(move |()| text.clone());
            view! { <CopyButton label=format!("Copy {what}") text/> }.into_any()
        }
        None => view! {
            <span class="soft small">{format!("Cannot be copied, as not all of it is UTF-8 or there: {what}.")}</span>
        }
        .into_any(),
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
