//! The keys of a page that shows a file, and the list of them.

use crate::ui::navigation::{Navigation, Step};
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A key with what it does.
type Key = (&'static str, &'static str);

/// Those of a changed file.
const FILE_KEYS: [Key; 2] = [("n", "Next changed file"), ("p", "Previous changed file")];

/// Those of lines.
const LINE_KEYS: [Key; 4] = [
    ("j", "Next change"),
    ("k", "Previous change"),
    ("f", "Find in this difference"),
    ("w", "Whole file, or only what is near changes"),
];

/// Those of every page with a list of keys.
const PAGE_KEYS: [Key; 2] = [("/", "Search packages"), ("?", "This list")];

/// Listens on the whole page, unless the reader is writing somewhere or reads the list of keys. `act` does what a key is for, and
/// says whether it is for anything.
pub fn use_keys(list: NodeRef<Dialog>, act: impl Fn(&str) -> bool + 'static) {
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
        if act(&event.key()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Shows the list of keys. The browser keeps the focus inside and closes it with Escape.
pub fn open_list(list: NodeRef<Dialog>) {
    if let Some(list) = list.get_untracked() {
        let _ = list.show_modal();
    }
}

/// What of a file needs no lines: the keys that lead to other files, what they did not find, and the list of all keys.
#[component]
pub fn FileKeys(
    /// Where the list is.
    list: NodeRef<Dialog>,
    /// The addresses of the changed files before and after this one; absent for a file that is not one of several.
    #[prop(optional)]
    neighbours: Option<Signal<[Option<String>; 2]>>,
) -> impl IntoView {
    let navigation = Navigation::get();
    let missed = RwSignal::new(None::<&'static str>);
    let to_file = move |address: Option<String>, sentence: &'static str| match address {
        Some(address) => navigation.go(&address, Step::Forward),
        None => missed.set(Some(sentence)),
    };
    use_keys(list, move |key| {
        missed.set(None);
        let neighbours = neighbours.map(|neighbours| neighbours.get_untracked());
        match (key, neighbours) {
            ("n", Some([_, next])) => to_file(next, "No changed file follows."),
            ("p", Some([previous, _])) => to_file(previous, "No changed file comes before."),
            ("?", _) => open_list(list),
            _ => return false,
        }
        true
    });
    let described = |(key, what): Key| view! { <dt><kbd>{key}</kbd></dt><dd>{what}</dd> };
    let of_files = neighbours.map(|_| FILE_KEYS.map(described));
    let close = move |_| {
        if let Some(list) = list.get_untracked() {
            list.close();
        }
    };
    view! {
        <p class="soft small diff-missed" role="status">{move || missed.get()}</p>
        <dialog class="diff-keys" node_ref=list aria-labelledby="diff-keys-title">
            <h2 id="diff-keys-title">"Keys"</h2>
            <dl>{of_files}{PAGE_KEYS.map(described)}</dl>
            <h3>"Where lines are shown"</h3>
            <dl>{LINE_KEYS.map(described)}</dl>
            <button type="button" class="button" on:click=close>"Close"</button>
        </dialog>
    }
}
