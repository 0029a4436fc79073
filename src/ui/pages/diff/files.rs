//! The changed files of the package, with a filter.

use super::shown::query_of;
use super::sides::bring_texts;
use crate::presentation::changed_files::{changed_files, list_title};
use crate::presentation::compared_sides::ComparedSides;
use crate::presentation::diff_view::DiffOptions;
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::count;
use crate::presentation::route::Route;
use crate::report::Package;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// So many files are seen at a glance, and need no filter.
const UNFILTERED_MAX: usize = 6;
/// So many are drawn at first, and so many more each time that the reader asks for more.
const DRAWN_AT_ONCE: usize = 100;

#[component]
pub(super) fn ChangedFiles(package: Arc<Package>, current: String) -> impl IntoView {
    let site = Site::get();
    let part = RwSignal::new(String::new());
    let files = changed_files(&package, "").len();
    if files < 2 {
        return ().into_any();
    }
    let (is_open, set_open) = signal(files <= UNFILTERED_MAX);
    let (drawn, set_drawn) = signal(DRAWN_AT_ONCE);
    let lines = move || {
        let files = part.with(|part| changed_files(&package, part));
        let is_empty = files.is_empty();
        let left = files.len().saturating_sub(drawn.get());
        let current = current.clone();
        let package = Arc::clone(&package);
        let lines = files.into_iter().take(drawn.get()).map(move |file| {
            let route = Route::Diff {
                release: package.release.clone(),
                name: package.name.clone(),
                file: file.path.clone(),
            };
            let here = (file.path == current).then_some("page");
            // The other file is looked at in the same way.
            let href = move || {
                let query = site.query.get();
                let sides = ComparedSides::from_query(&query);
                site.href_with(&route, &query_of(&sides, DiffOptions::from_query(&query)))
            };
            let (pressed, path) = (Arc::clone(&package), file.path.clone());
            let press = move |_| {
                let sides = ComparedSides::from_query(&site.query.get_untracked());
                if sides.are_those_of_the_page() {
                    bring_texts(site, &pressed, &path);
                }
            };
            view! {
                <li>
                    <a class="mono" href=href aria-current=here on:mousedown=press>{visible(&file.path)}</a>
                    " "<span class="soft">{file.what}</span>
                </li>
            }
        });
        view! {
            <ul class="plain changed-files">{lines.collect_view()}</ul>
            {(left > 0).then(|| view! {
                <p><button type="button" class="button" on:click=move |_| set_drawn.update(|drawn| *drawn += DRAWN_AT_ONCE)>
                    {format!("Show more of {} others", count(u32::try_from(left).unwrap_or(u32::MAX)))}
                </button></p>
            })}
            {is_empty.then(|| view! { <p class="soft">"No changed file has this in its path."</p> })}
        }
    };
    let filter = (files > UNFILTERED_MAX).then(|| {
        view! {
            <input class="field" type="search" aria-label="Part of the path" placeholder="Part of the path"
                on:input=move |event| part.set(event_target_value(&event))/>
        }
    });
    let follow = move |event: leptos::ev::Event| {
        let list = event.current_target();
        let list = list.and_then(|list| list.dyn_into::<Element>().ok());
        set_open.set(list.is_some_and(|list| list.has_attribute("open")));
    };
    let title = move || {
        let sides = ComparedSides::from_query(&site.query.get());
        list_title(files, sides.are_those_of_the_page())
    };
    view! {
        <nav aria-label="Changed files">
            <details open=files <= UNFILTERED_MAX on:toggle=follow>
                <summary>{title}</summary>
                {filter}
                {move || is_open.get().then(|| lines.clone())}
            </details>
        </nav>
    }
    .into_any()
}
