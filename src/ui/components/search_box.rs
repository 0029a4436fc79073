//! The search over names of source and binary packages, from every page.

use crate::presentation::route::Route;
use crate::presentation::search::{Found, search};
use crate::report::{Compatibility, Names};
use crate::ui::context::Site;
use crate::ui::navigation::{Navigation, Step};
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

const RESULTS_MAX: usize = 12;

/// A combobox: the arrows choose among what was found, Enter opens it, Escape closes the list.
#[component]
pub fn SearchBox() -> impl IntoView {
    let site = Site::get();
    let input = NodeRef::<Input>::new();
    let (text, set_text) = signal(String::new());
    let (open, set_open) = signal(false);
    let (chosen, set_chosen) = signal(0_usize);
    let wanted = Memo::new(move |_| open.get());
    let release = Memo::new(move |_| site.release_or_newest());
    let library = site.library.get_value();
    let reports = library.clone();
    // The table and the names come only once somebody searches.
    let (report, _) = library.follow::<Compatibility>(move || {
        let snapshot = wanted
            .get()
            .then(|| site.snapshot(&release.get()?))
            .flatten()?;
        Some(reports.url("compatibility", &snapshot.report, "json"))
    });
    let reports = library.clone();
    let (names, _) = library
        .follow::<Names>(move || Some(reports.url("names", &report.get().loaded()?.names, "json")));
    let found = Memo::new(move |_| {
        let Some(report) = report.get().loaded() else {
            return Vec::new();
        };
        let sources = &report.packages.names;
        let names = names.get().loaded();
        let binaries = names.iter().flat_map(|names| {
            let rows = names
                .rows
                .iter()
                .filter_map(|&row| sources.get(row as usize));
            names
                .binaries
                .iter()
                .map(String::as_str)
                .zip(rows.map(String::as_str))
        });
        search(
            &text.get(),
            sources.iter().map(String::as_str),
            binaries,
            RESULTS_MAX,
        )
    });
    let route_of = move |found: &Found| {
        release.get().map(|release| Route::Package {
            release,
            name: found.source.clone(),
        })
    };
    let navigation = Navigation::get();
    let close = move || {
        set_open.set(false);
        set_text.set(String::new());
        if let Some(input) = input.get_untracked() {
            input.set_value("");
            let _ = input.blur();
        }
    };
    let press = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => {
                set_chosen.update(|index| *index = (*index + 1).min(count.saturating_sub(1)))
            }
            "ArrowUp" => set_chosen.update(|index| *index = index.saturating_sub(1)),
            "Escape" => close(),
            "Enter" => {
                let target =
                    untrack(|| found.with(|found| found.get(chosen.get()).and_then(route_of)));
                if let Some(route) = target {
                    let href = untrack(|| site.href(&route));
                    close();
                    navigation.go(&href, Step::Forward);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    focus_on_slash(input);
    let shown = move || open.get() && !text.with(|text| text.trim().is_empty());
    let options = move || {
        let entries = found.get().into_iter().enumerate().map(|(index, found)| {
            let href = route_of(&found).map(|route| site.href(&route));
            let note = found.binary.clone().map(
                |_| view! { <span class="soft small">{format!("in {}", found.source)}</span> },
            );
            let name = found.binary.unwrap_or(found.source);
            let go = move |_| {
                if let Some(href) = &href {
                    close();
                    navigation.go(href, Step::Forward);
                }
            };
            view! {
                <li id=format!("found-{index}") role="option" on:click=go
                    aria-selected=move || (chosen.get() == index).to_string()>
                    <span class="mono">{name}</span>" "{note}
                </li>
            }
        });
        entries.collect_view()
    };
    let nothing = move || match (report.get().loaded(), found.with(Vec::is_empty)) {
        (None, _) => Some("Loading the list of packages"),
        (Some(_), true) => Some("No package has that in its name"),
        (Some(_), false) => None,
    };
    view! {
        <div class="search" role="search">
            <input
                node_ref=input class="field" type="search" placeholder="Find a package" aria-label="Find a package"
                role="combobox" autocomplete="off" spellcheck="false" aria-controls="found" aria-autocomplete="list"
                aria-expanded=move || shown().to_string()
                aria-activedescendant=move || shown().then(|| format!("found-{}", chosen.get()))
                on:focus=move |_| set_open.set(true)
                on:input=move |event| {
                    set_text.set(event_target_value(&event));
                    set_chosen.set(0);
                    set_open.set(true);
                }
                on:keydown=press
                // A click on a result must come before the list closes, hence the delay of a frame or two.
                on:blur=move |_| set_timeout(move || set_open.set(false), std::time::Duration::from_millis(200))
            />
            <kbd aria-hidden="true">"/"</kbd>
            <div class="search-results" hidden=move || !shown()>
                <p class="soft small" role="status">{nothing}</p>
                <ul id="found" role="listbox" aria-label="Packages found">{options}</ul>
            </div>
        </div>
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
