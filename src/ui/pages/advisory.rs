//! `/9/security/ID`: one advisory, or all of one vulnerability: when the fix came where.

use super::security::WithSecurity;
use crate::presentation::hidden_characters::visible;
use crate::presentation::route::Route;
use crate::presentation::search::named_advisory;
use crate::presentation::security::timeline::{basis_sentence, pages_of, timeline};
use crate::presentation::security::words::{advisory_headline, severity_label, state_sentence};
use crate::presentation::security::{SecurityRow, SecurityRows};
use crate::report::Security;
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
    if found.is_empty() {
        return view! {
            <div class="stack">
                <section>
                    {crumbs}
                    <h1>{format!("{shown} is not in this report.")}</h1>
                    <p class="lead soft">"It names no advisory that was read for this release, and no vulnerability that one of them corrects. That says nothing of whether it is fixed."</p>
                </section>
            </div>
        }
        .into_any();
    }
    let headline = advisory_headline(&shown, &found, &distribution, &reference);
    let is_alone = found.len() == 1;
    let parts = found.into_iter().map(|row| {
        view! { <Clock row=row.clone() document=document.clone() is_alone/> }
    });
    let parts = parts.collect_view();
    view! {
        <div class="stack advisory-page">
            <section>{crumbs}<h1 class="title">{headline}</h1></section>
            {parts}
        </div>
    }
    .into_any()
}

#[component]
fn Clock(row: SecurityRow, document: Arc<Security>, is_alone: bool) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let clock = row.clock.clone();
    let release = document.release.clone();
    let title = clock.id.to_string();
    let title = (!is_alone).then(|| view! { <h2 class="mono">{title}</h2> });
    let basis = clock
        .counterpart
        .as_ref()
        .map(|known| format!(" {}", basis_sentence(known, &reference)));
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
    let packages = clock.packages.iter().map(|(name, evr)| {
        let route = Route::Package {
            release: release.clone(),
            name: name.clone(),
        };
        view! { <li><a class="mono" href=move || site.href(&route)>{visible(name)}</a>" "<span class="mono small soft">{visible(&evr.to_string())}</span></li> }
    });
    let packages: Vec<_> = packages.collect();
    let cves = clock.cves.iter().map(|cve| {
        let route = Route::Advisory {
            release: release.clone(),
            id: cve.clone(),
        };
        view! { <li><a class="mono" href=move || site.href(&route)>{cve.clone()}</a></li> }
    });
    let cves: Vec<_> = cves.collect();
    let pages = pages_of(&row, &document).into_iter().map(|(label, url)| {
        view! { <a class="button" href=url rel="noreferrer">{label}</a> }
    });
    let pages: Vec<_> = pages.collect();
    let none = |count: usize, what: &'static str| {
        (count == 0).then(|| view! { <p class="soft small">{format!("No {what} is named.")}</p> })
    };
    view! {
        <section>
            {title}
            <p>{state_sentence(clock.state, &distribution, &reference)}{basis}" Severity: "{severity_label(clock.severity)}"."</p>
            <table class="advisory-timeline">
                <thead><tr><th scope="col">"Step"</th><th scope="col">"Day"</th><th scope="col">"Known from"</th></tr></thead>
                <tbody>{steps}</tbody>
            </table>
            <p class="buttons">{pages}</p>
        </section>
        <section class="two">
            <div>
                <h2>"Packages with the fix"</h2>
                {none(packages.len(), "package")}
                <ul class="plain">{packages}</ul>
            </div>
            <div>
                <h2>"Vulnerabilities"</h2>
                {none(cves.len(), "vulnerability")}
                <ul class="plain advisory-cves">{cves}</ul>
            </div>
        </section>
    }
}
