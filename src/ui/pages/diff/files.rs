//! The changed files of the package, with a filter.

use super::shown::query_of;
use super::sides::bring_texts;
use crate::presentation::changed_files::{changed_files, list_title};
use crate::presentation::compared_sides::ComparedSides;
use crate::presentation::diff_view::DiffOptions;
use crate::presentation::hidden_characters::visible;
use crate::presentation::route::Route;
use crate::report::Package;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// So many files are seen at a glance, and need no filter.
const UNFILTERED_MAX: usize = 6;

#[component]
pub(super) fn ChangedFiles(package: Arc<Package>, current: String) -> impl IntoView {
    let site = Site::get();
    let part = RwSignal::new(String::new());
    let count = changed_files(&package, "").len();
    if count < 2 {
        return ().into_any();
    }
    let lines = move || {
        let files = part.with(|part| changed_files(&package, part));
        let is_empty = files.is_empty();
        let current = current.clone();
        let package = Arc::clone(&package);
        let lines = files.into_iter().map(move |file| {
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
            {is_empty.then(|| view! { <p class="soft">"No changed file has this in its path."</p> })}
        }
    };
    let filter = (count > UNFILTERED_MAX).then(|| {
        view! {
            <input class="field" type="search" aria-label="Part of the path" placeholder="Part of the path"
                on:input=move |event| part.set(event_target_value(&event))/>
        }
    });
    let title = move || {
        let sides = ComparedSides::from_query(&site.query.get());
        list_title(count, sides.are_those_of_the_page())
    };
    view! {
        <nav aria-label="Changed files">
            <details open=count <= UNFILTERED_MAX>
                <summary>{title}</summary>
                {filter}
                {lines}
            </details>
        </nav>
    }
    .into_any()
}
