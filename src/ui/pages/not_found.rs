//! What is shown for an address that names nothing, with the nearest that there is.

use crate::presentation::nearest::nearest;
use crate::presentation::route::Route;
use crate::ui::context::Site;
use leptos::prelude::*;

/// The page of an address that is none of ours.
#[component]
pub fn NotFoundPage(path: String) -> impl IntoView {
    let site = Site::get();
    let known = move || {
        let releases = site.index.get().loaded().map(|index| {
            let routes = index.releases.iter().flat_map(|release| {
                let release = || release.id.clone();
                [
                    Route::Release { release: release() },
                    Route::Packages { release: release() },
                ]
            });
            routes.collect::<Vec<_>>()
        });
        let mut routes = releases.unwrap_or_default();
        routes.extend([Route::Overview, Route::Method]);
        let paths: Vec<String> = routes.iter().map(Route::path).collect();
        let near = nearest(&path, paths.iter().map(String::as_str), 5);
        let offered = if near.is_empty() {
            paths.iter().map(String::as_str).collect()
        } else {
            near
        };
        let links = offered.into_iter().map(|path| {
            let route = Route::parse(path);
            view! { <li><a href=site.href(&route)>{path.to_owned()}</a></li> }
        });
        links.collect_view()
    };
    view! {
        <h1>"There is no such page"</h1>
        <p>"The address may be mistyped, or the page has moved. These exist:"</p>
        <ul>{known}</ul>
    }
}

/// What is shown where a release is not in the index.
#[component]
pub fn NoSuchRelease(release: String) -> impl IntoView {
    let site = Site::get();
    let links = move || {
        let index = site.index.get().loaded()?;
        let links = index.releases.iter().map(|entry| {
            let route = Route::Release {
                release: entry.id.clone(),
            };
            let minor = entry.latest().map_or(entry.id.clone(), |snapshot| {
                snapshot.distribution_minor.clone()
            });
            let label = format!("{} {minor}", index.distribution.name);
            view! { <li><a href=move || site.href(&route)>{label}</a></li> }
        });
        Some(links.collect_view())
    };
    view! {
        <h1>{format!("There is no report of release {release}")}</h1>
        <p>"These releases, and these snapshots of them, are published:"</p>
        <ul>{links}</ul>
    }
}

/// What is shown where a report has no such package.
#[component]
pub fn NoSuchPackage(release: String, name: String) -> impl IntoView {
    let site = Site::get();
    let report = site.report();
    let wanted = name.clone();
    let offered =
        move || {
            let report = report.state.get().loaded()?;
            let near = nearest(&wanted, report.packages.names.iter().map(String::as_str), 8);
            let links = near.into_iter().map(|name| {
            let route = Route::Package { release: release.clone(), name: name.to_owned() };
            view! { <li><a class="mono" href=move || site.href(&route)>{name.to_owned()}</a></li> }
        });
            let links = links.collect_view();
            Some(if links.is_empty() {
                view! { <p>"No name is like it. The search also finds binary packages."</p> }
                    .into_any()
            } else {
                view! { <p>"These names are like it:"</p><ul>{links}</ul> }.into_any()
            })
        };
    view! {
        <h1>"There is no source package " <span class="mono">{name}</span></h1>
        {offered}
    }
}
