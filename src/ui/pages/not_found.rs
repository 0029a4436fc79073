//! What is shown for an address that names nothing, with the nearest that there is.

use crate::presentation::date::moment;
use crate::presentation::nearest::{nearest, sources_of_binary};
use crate::presentation::route::Route;
use crate::report::{Names, ReleaseEntry, SnapshotEntry};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::cmp::Reverse;

const SNAPSHOTS_SHOWN: usize = 12;

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

/// What is shown where a release, or the snapshot of it that the address keeps, is not in the index.
#[component]
pub fn NoSuchRelease(release: String) -> impl IntoView {
    let site = Site::get();
    let wanted = release.clone();
    let links = move || {
        let index = site.index.get().loaded()?;
        let entry = index.releases.iter().find(|entry| entry.id == wanted);
        let links = match entry {
            Some(entry) => snapshot_links(site, entry),
            None => index
                .releases
                .iter()
                .filter_map(|entry| {
                    let minor = &entry.latest()?.distribution_minor;
                    let label = format!("{} {minor}", index.distribution.name);
                    Some((release_href(site, &entry.id, None), label))
                })
                .collect(),
        };
        let links = links
            .into_iter()
            .map(|(href, label)| view! { <li><a href=href>{label}</a></li> });
        Some(links.collect_view())
    };
    let title = move || match (site.entry(&release), site.frozen.get()) {
        (Some(_), Some(snapshot)) => {
            format!("Release {release} has no report named {snapshot}")
        }
        _ => format!("There is no report of release {release}"),
    };
    view! {
        <h1>{title}</h1>
        <p>"These are published:"</p>
        <ul>{links}</ul>
    }
}

fn release_href(site: Site, release: &str, snapshot: Option<&str>) -> String {
    let route = Route::Release {
        release: release.to_owned(),
    };
    site.href_at(&route, snapshot)
}

/// The newest reports of a release, the newest first.
fn snapshot_links(site: Site, entry: &ReleaseEntry) -> Vec<(String, String)> {
    let newest = entry.latest().map(|snapshot| &snapshot.id);
    let mut snapshots: Vec<_> = entry.snapshots.iter().collect();
    snapshots.sort_by_key(|snapshot| Reverse(snapshot.taken.0));
    let shown = snapshots.into_iter().take(SNAPSHOTS_SHOWN);
    let link = |snapshot: &SnapshotEntry| {
        let is_newest = newest == Some(&snapshot.id);
        let kept = (!is_newest).then_some(snapshot.id.as_str());
        let label = moment(snapshot.taken.0);
        let label = if is_newest {
            format!("{label}, the newest")
        } else {
            label
        };
        (release_href(site, &entry.id, kept), label)
    };
    shown.map(link).collect()
}

/// What is shown where a report has no such package.
#[component]
pub fn NoSuchPackage(release: String, name: String) -> impl IntoView {
    let site = Site::get();
    let report = site.report();
    let wanted = name.clone();
    let library = site.library.get_value();
    let reports = library.clone();
    // What is like it is offered without them, too.
    let (binaries, _) = library.follow::<Names>(move || {
        let report = report.state.get().loaded()?;
        Some(reports.url("names", &report.names, "json"))
    });
    let links =
        move |names: Vec<&str>| {
            let links = names.into_iter().map(|name| {
            let route = Route::Package { release: release.clone(), name: name.to_owned() };
            view! { <li><a class="mono" href=move || site.href(&route)>{name.to_owned()}</a></li> }
        });
            view! { <ul>{links.collect_view()}</ul> }
        };
    let offered = move || {
        let report = report.state.get().loaded()?;
        let names = &report.packages.names;
        let binaries = binaries.get().loaded();
        let sources = binaries.map(|binaries| sources_of_binary(&wanted, &binaries, names));
        let sources = sources.unwrap_or_default();
        if !sources.is_empty() {
            return Some(
                view! { <p>"A binary package of that name is built from:"</p>{links(sources)} }
                    .into_any(),
            );
        }
        let near = nearest(&wanted, names.iter().map(String::as_str), 8);
        Some(if near.is_empty() {
            view! { <p>"No name is like it. The search also finds binary packages."</p> }.into_any()
        } else {
            view! { <p>"These names are like it:"</p>{links(near)} }.into_any()
        })
    };
    view! {
        <h1>"There is no source package " <span class="mono">{name}</span></h1>
        {offered}
    }
}
