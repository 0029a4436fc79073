//! The advisories that fix the package.

use crate::presentation::number::counted;
use crate::presentation::package_parts::PackagePart;
use crate::presentation::route::Route;
use crate::presentation::security::package_advisories::{PackageAdvisoryLine, package_advisories};
use crate::presentation::security::words::as_of_sentence;
use crate::report::Package;
use crate::ui::components::verdict::VerdictMark;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// Advisories that are shown at once; the others are one click away.
const SHOWN: usize = 8;

#[component]
pub(super) fn Advisories(package: Arc<Package>) -> impl IntoView {
    let snapshot = Site::get().snapshot(&package.release);
    let as_of = snapshot.and_then(|snapshot| snapshot.security?.as_of);
    let mut lines = package_advisories(&package, as_of);
    let note = as_of.map(|made| {
        view! { <p class="note" role="note">{as_of_sentence(made)}</p> }
    });
    let older = lines.split_off(lines.len().min(SHOWN));
    let release = package.release.clone();
    let older = (!older.is_empty()).then(|| {
        let title = counted(older.len() as u32, "older advisory", "older advisories");
        view! { <details><summary>{title}</summary><Table lines=older release=release.clone()/></details> }
    });
    (!lines.is_empty()).then(|| {
        view! {
            <section id=PackagePart::Advisories.id()>
                <h2>"Advisories"</h2>
                {note}
                <Table lines release/>
                {older}
            </section>
        }
    })
}

#[component]
fn Table(lines: Vec<PackageAdvisoryLine>, release: String) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let labels = (distribution.clone(), reference.clone());
    let rows = lines.into_iter().map(|line| {
        let (distribution, reference) = labels.clone();
        let as_of = line.as_of;
        let as_of = as_of.map(|as_of| view! { " "<span class="small soft nowrap">{as_of}</span> });
        let route = Route::Advisory {
            release: release.clone(),
            id: line.id.clone(),
        };
        view! {
            <tr>
                <th scope="row"><a class="mono nowrap" href=move || site.href(&route)>{line.id}</a></th>
                <td data-label="severity">{line.severity}</td>
                <td class="mono small" data-label="fixed in">{line.evr}</td>
                <td class="nowrap" data-label=reference>{line.reference}</td>
                <td class="nowrap" data-label=distribution>{line.distribution}</td>
                <td data-label="lag">{line.lag}</td>
                <td data-label="state"><VerdictMark mark=line.state/>{as_of}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <div class="table-scroll" role="region" aria-label="Advisories" tabindex="0">
            <table class="package-advisories">
                <thead><tr>
                    <th scope="col">"Advisory"</th><th scope="col">"Severity"</th><th scope="col">"Fixed in"</th>
                    <th scope="col">{reference}</th><th scope="col">{distribution}</th><th scope="col">"Lag"</th><th scope="col">"State"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
