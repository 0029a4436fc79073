//! `/9/security/ID`: one advisory, or all of one vulnerability: when the fix came where.

use super::security::{AsOf, TestingFailures, WithSecurity};
use crate::domain::is_cve;
use crate::loading::LoadState;
use crate::presentation::hidden_characters::visible;
use crate::presentation::route::Route;
use crate::presentation::search::named_advisory;
use crate::presentation::security::fixed_packages::fixed_packages;
use crate::presentation::security::patch_names::{naming_sentence, packages_naming};
use crate::presentation::security::testing_failures::depends_on_testing;
use crate::presentation::security::timeline::{basis_sentence, pages_of, timeline};
use crate::presentation::security::words::{advisory_headline, severity_label, state_sentence};
use crate::presentation::security::{SecurityRow, SecurityRows};
use crate::report::{Compatibility, Facets, Fixes, Security};
use crate::ui::components::loaded::{Failed, Loaded, loaded_all};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn AdvisoryPage(release: String, id: String) -> impl IntoView {
    view! { <WithSecurity release let:document><Named document id=id.clone()/></WithSecurity> }
}

#[component]
fn Named(document: Arc<Security>, id: String) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let rows = SecurityRows::of(&document);
    let found = rows.named(&id);
    let security = Route::Security {
        release: document.release.clone(),
    };
    let shown = visible(&named_advisory(&id).unwrap_or_else(|| id.clone()));
    let crumbs = view! {
        <p class="soft small crumbs"><a href=move || site.href(&security)>"Security"</a>" / "{shown.clone()}</p>
    };
    if found.is_empty() && is_cve(&shown) {
        return view! {
            <div class="stack advisory-page">
                <section>
                    {crumbs}
                    <h1>{format!("No security advisory of {distribution} or {reference} in this report names {shown}.")}</h1>
                    <AsOf document=document.clone()/>
                    <PatchesNaming cve=shown/>
                </section>
            </div>
        }
        .into_any();
    }
    if found.is_empty() {
        return view! {
            <div class="stack">
                <section>
                    {crumbs}
                    <h1>{format!("{shown} is not in this report.")}</h1>
                    <AsOf document=document.clone()/>
                    <p class="lead soft">"It names no advisory that this report lists. That says nothing of whether anything is fixed."</p>
                </section>
            </div>
        }
        .into_any();
    }
    let headline = advisory_headline(&shown, &found, &distribution, &reference);
    let is_alone = found.len() == 1;
    let depends_on_testing = found.iter().any(|row| depends_on_testing(row.clock.state));
    let testing_failures = depends_on_testing.then(|| {
        view! { <TestingFailures document=document.clone()/> }
    });
    let library = site.library.get_value();
    let url = library.url("fixes", &document.fixes, "json");
    let (fixes, retry) = library.follow::<Fixes>(move || Some(url.clone()));
    let parts = found.into_iter().map(|row| {
        view! { <Clock row=row.clone() document=document.clone() fixes is_alone/> }
    });
    let parts = parts.collect_view();
    view! {
        <div class="stack advisory-page">
            <section>
                {crumbs}
                <h1 class="title">{headline}</h1>
                <AsOf document=document.clone()/>
                {testing_failures}
            </section>
            {parts}
            {move || match fixes.get() {
                LoadState::Failed(error) => Some(view! {
                    <section><Failed what="the versions with the fix" error retry within_page=true/></section>
                }),
                LoadState::Loading | LoadState::Loaded(_) => None,
            }}
        </div>
    }
    .into_any()
}

/// The packages whose patches name a vulnerability that no advisory names.
#[component]
fn PatchesNaming(cve: String) -> impl IntoView {
    let site = Site::get();
    let report = site.report();
    let draw =
        move |report: Arc<Compatibility>| {
            let cve = cve.clone();
            let urls: Vec<String> = report
                .facets
                .iter()
                .map(|digest| site.library.get_value().url("facets", digest, "json"))
                .collect();
            loaded_all(
                urls,
                "what patches name",
                true,
                move |facets: Vec<Arc<Facets>>| {
                    let packages = packages_naming(&cve, &report, facets.first().map(Arc::as_ref));
                    let sentence = naming_sentence(packages.as_deref());
                    let links = packages.into_iter().flatten().map(|name| {
                let shown = visible(&name);
                let route = Route::Package { release: report.release.clone(), name };
                view! { <li><a class="mono" href=move || site.href(&route)>{shown}</a></li> }
            });
                    view! {
                        <p class="lead soft">{sentence}</p>
                        <ul class="plain advisory-naming">{links.collect_view()}</ul>
                    }
                },
            )
        };
    view! {
        <Loaded state=report.state what="the report of this release" retry=report.retry within_page=true children=draw/>
    }
}

#[component]
fn Clock(
    row: SecurityRow,
    document: Arc<Security>,
    fixes: ReadSignal<LoadState<Fixes>>,
    is_alone: bool,
) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let clock = row.clock.clone();
    let release = document.release.clone();
    let title = clock.id.to_string();
    let title = (!is_alone).then(|| view! { <h2 class="mono">{title}</h2> });
    let named = document.named.get(&clock.id.to_string());
    let named = named.map_or(&[][..], Vec::as_slice);
    let basis = clock
        .counterpart
        .as_ref()
        .map(|known| format!(" {}", basis_sentence(known, named, &reference)));
    let steps = timeline(&row, &distribution, &reference)
        .into_iter()
        .map(|step| {
            view! {
                <tr>
                    <th scope="row">{step.what}</th>
                    <td class="nowrap">{step.when}</td>
                    <td class="soft">{step.source}</td>
                </tr>
            }
        });
    let steps: Vec<_> = steps.collect();
    let cves = clock.cves.iter().map(|cve| {
        let route = Route::Advisory {
            release: release.clone(),
            id: cve.clone(),
        };
        view! { <li><a class="mono" href=move || site.href(&route)>{cve.clone()}</a></li> }
    });
    let cves: Vec<_> = cves.collect();
    let no_package = clock.packages.is_empty();
    let no_cve = clock.cves.is_empty();
    let pages = pages_of(&row, &document).into_iter().map(|(label, url)| {
        view! { <a class="button" href=url rel="noreferrer">{label}</a> }
    });
    let pages: Vec<_> = pages.collect();
    let none = |is_none: bool, what: &'static str| {
        is_none.then(|| view! { <p class="soft small">{format!("No {what} is named.")}</p> })
    };
    let state = clock.state;
    let severity = severity_label(clock.severity);
    let packages = move || {
        let fixes = fixes.get().loaded();
        let packages = fixed_packages(&clock, &document, fixes.as_deref());
        let packages = packages.into_iter().map(|package| {
            let shown = visible(&package.name);
            let route = Route::Package {
                release: release.clone(),
                name: package.name,
            };
            view! { <li><a class="mono" href=move || site.href(&route)>{shown}</a>" "<span class="mono small soft">{package.evr}</span></li> }
        });
        packages.collect_view()
    };
    view! {
        <section>
            {title}
            <p>{state_sentence(state, &distribution, &reference)}{basis}" Severity: "{severity}"."</p>
            <table class="advisory-timeline">
                <thead><tr><th scope="col">"Step"</th><th scope="col">"Day"</th><th scope="col">"Known from"</th></tr></thead>
                <tbody>{steps}</tbody>
            </table>
            <p class="buttons">{pages}</p>
        </section>
        <section class="two">
            <div>
                <h2>"Packages with the fix"</h2>
                {none(no_package, "package")}
                <ul class="plain">{packages}</ul>
            </div>
            <div>
                <h2>"Vulnerabilities"</h2>
                {none(no_cve, "vulnerability")}
                <ul class="plain advisory-cves">{cves}</ul>
            </div>
        </section>
    }
}
