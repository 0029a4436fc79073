//! The search over names of source and binary packages, from every page.

mod results;

use super::part::{Draw, Part};
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::{Div, Input};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

/// What the box and its results share.
#[derive(Clone, Copy)]
struct Search {
    root: NodeRef<Div>,
    input: NodeRef<Input>,
    text: RwSignal<String>,
    open: RwSignal<bool>,
}

/// A field, and below it links to what was found: the arrows go from one to the next, Enter opens the first, Escape closes.
#[component]
pub fn SearchBox() -> impl IntoView {
    let search = Search {
        root: NodeRef::new(),
        input: NodeRef::new(),
        text: RwSignal::default(),
        open: RwSignal::new(false),
    };
    focus_on_slash(search.input);
    let results = Part::new("the search", || Box::pin(load_results()));
    let shown =
        Memo::new(move |_| search.open.get() && search.text.with(|text| !text.trim().is_empty()));
    let press = move |event: KeyboardEvent| {
        let pressed = match event.key().as_str() {
            "ArrowDown" => search.go(1),
            "ArrowUp" => search.go(-1),
            "Escape" => search.close(),
            "Enter" if search.is_in_field() => search.open_first(),
            _ => return,
        };
        if pressed.is_some() {
            event.prevent_default();
        }
    };
    let leave = move |event: FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<Node>().ok());
        let root = search.root.get_untracked();
        if !root.is_some_and(|root| root.contains(to.as_ref())) {
            search.open.set(false);
        }
    };
    view! {
        <div class="search" role="search" node_ref=search.root on:keydown=press on:focusout=leave>
            <input
                node_ref=search.input class="field" type="search" placeholder="Find a package, CVE or advisory" aria-label="Find a package, CVE or advisory"
                autocomplete="off" spellcheck="false"
                on:focus=move |_| search.open.set(true)
                on:input=move |event| {
                    search.text.set(event_target_value(&event));
                    search.open.set(true);
                }
            />
            <kbd aria-hidden="true">"/"</kbd>
            <div class="search-results" hidden=move || !shown.get()>
                {move || shown.get().then(|| results.draw(true, search))}
            </div>
        </div>
    }
}

/// Only who searches loads what finds.
#[wasm_split(pages, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_results), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_results() -> Result<Draw<Search>, SplitLoaderError> {
    Ok(results::draw)
}

impl Search {
    /// Moves the focus among the field and the links below it.
    fn go(self, step: i32) -> Option<()> {
        let links = self.links();
        let focused = document().active_element();
        let at = links
            .iter()
            .position(|link| focused.as_ref() == Some(link.as_ref()));
        let next = at.map_or(-1, |at| at as i32) + step;
        match usize::try_from(next) {
            Ok(next) => links.get(next)?.focus().ok(),
            Err(_) => self.input.get_untracked()?.focus().ok(),
        }
    }

    fn is_in_field(self) -> bool {
        let input = self.input.get_untracked();
        input.is_some_and(|input| document().active_element().as_ref() == Some(input.as_ref()))
    }

    fn open_first(self) -> Option<()> {
        self.links().first()?.click();
        Some(())
    }

    fn links(self) -> Vec<HtmlElement> {
        let Some(found) = self
            .root
            .get_untracked()
            .and_then(|root| root.query_selector_all(".search-results a").ok())
        else {
            return Vec::new();
        };
        (0..found.length())
            .filter_map(|index| found.get(index)?.dyn_into().ok())
            .collect()
    }

    /// Empties and leaves the search.
    fn close(self) -> Option<()> {
        self.open.set(false);
        self.text.set(String::new());
        let input = self.input.get_untracked()?;
        input.set_value("");
        let focused = document()
            .active_element()
            .and_then(|element| element.dyn_into::<HtmlElement>().ok());
        focused.and_then(|focused| focused.blur().ok())
    }
}

/// `/` goes to the search, unless the reader is writing somewhere.
fn focus_on_slash(input: NodeRef<Input>) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let writing = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| {
                matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            });
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        if event.key() == "/"
            && !writing
            && !modified
            && let Some(input) = input.get_untracked()
        {
            event.prevent_default();
            let _ = input.focus();
        }
    });
    on_cleanup(move || listener.remove());
}
