//! What was found, as links.

use super::Search;
use crate::loading::LoadState;
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::counted;
use crate::presentation::route::Route;
use crate::presentation::search::{named_advisory, search as find};
use crate::report::{Compatibility, Names};
use crate::ui::components::loaded::Failed;
use crate::ui::context::Site;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

const RESULTS_MAX: usize = 12;

/// Fetches the names and draws what fits the text.
pub(super) fn draw(search: Search) -> AnyView {
    let site = Site::get();
    let release = Memo::new(move |_| site.release_or_newest());
    let library = site.library.get_value();
    let reports = library.clone();
    let (report, retry_report) = library.follow::<Compatibility>(move || {
        let snapshot = site.snapshot(&release.get()?)?;
        Some(reports.url("compatibility", &snapshot.report, "json"))
    });
    let reports = library.clone();
    let (names, retry_names) = library
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
        find(
            &search.text.get(),
            sources.iter().map(String::as_str),
            binaries,
            RESULTS_MAX,
        )
    });
    let links = move || {
        let release = release.get()?;
        let advisory = named_advisory(&search.text.get()).map(|id| {
            let route = Route::Advisory {
                release: release.clone(),
                id: id.clone(),
            };
            view! {
                <li><a href=site.href(&route)>
                    <span class="mono">{id}</span><span class="soft small">" when the fix came where"</span>
                </a></li>
            }
        });
        let links = found.get().into_iter().map(|found| {
            let route = Route::Package {
                release: release.clone(),
                name: found.source.clone(),
            };
            let note = found
                .binary
                .is_some()
                .then(|| visible(&format!(" in {}", found.source)));
            let name = found.binary.unwrap_or(found.source);
            view! {
                <li><a href=site.href(&route)>
                    <span class="mono">{visible(&name)}</span><span class="soft small">{note}</span>
                </a></li>
            }
        });
        Some(view! { {advisory}{links.collect_view()} })
    };
    let said = move || match (report.get().loaded(), found.with(Vec::len)) {
        (None, _) => "Loading the list of packages".to_owned(),
        (Some(_), 0) if named_advisory(&search.text.get()).is_some() => "One page found".to_owned(),
        (Some(_), 0) => "No package has that in its name".to_owned(),
        (Some(_), RESULTS_MAX) => format!("The {RESULTS_MAX} nearest"),
        (Some(_), count) => format!("{} found", counted(count as u32, "package", "packages")),
    };
    let failed = move || {
        match (report.get(), names.get()) {
        (LoadState::Failed(error), _) => {
            view! { <Failed what="the list of packages" error retry=retry_report within_page=true/> }.into_any()
        }
        (_, LoadState::Failed(error)) => {
            view! { <Failed what="the names of binary packages" error retry=retry_names within_page=true/> }.into_any()
        }
        _ => ().into_any(),
    }
    };
    // A link that is opened elsewhere leaves the search as it is.
    let follow = move |event: MouseEvent| {
        if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            search.close();
        }
    };
    // The focus stays where it is, so that the list is still there when the button comes up again.
    let hold = move |event: MouseEvent| event.prevent_default();
    view! {
        <p class="soft small" role="status">{said}</p>
        <ul on:click=follow on:mousedown=hold>{links}</ul>
        {failed}
    }
    .into_any()
}
