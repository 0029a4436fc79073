//! The distributions of lags: a bar for each quarter and each severity, with the figures beside it.

use crate::presentation::number::count;
use crate::presentation::route::Route;
use crate::presentation::security::words::{bucket_class, group_figures};
use crate::presentation::security::{BUCKETS, LagGroup, SecurityRows};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// Quarters that are shown at once; older ones are one click away.
const QUARTERS_SHOWN: usize = 8;

#[component]
pub(super) fn Groups(rows: Arc<SecurityRows>, release: String) -> impl IntoView {
    let mut quarters = rows.by_quarter();
    let older = quarters.split_off(quarters.len().min(QUARTERS_SHOWN));
    let severities = rows.by_severity();
    let is_empty = quarters.is_empty() && severities.is_empty();
    let route = Route::Security { release };
    let (_, reference) = Site::get().parties();
    let older = (!older.is_empty()).then(|| {
        view! {
            <details>
                <summary>{format!("{} older quarters", count(older.len() as u32))}</summary>
                <Table groups=older key="quarter" head="Quarter" route=route.clone()/>
            </details>
        }
    });
    (!is_empty).then(|| {
        view! {
            <section class="two">
                <div>
                    <h2>{format!("By quarter of {reference}’s advisory")}</h2>
                    <Table groups=quarters key="quarter" head="Quarter" route=route.clone()/>
                    {older}
                </div>
                <div>
                    <h2>"By severity"</h2>
                    <Table groups=severities key="severity" head="Severity" route/>
                    <Legend/>
                </div>
            </section>
        }
    })
}

#[component]
fn Table(
    groups: Vec<LagGroup>,
    key: &'static str,
    head: &'static str,
    route: Route,
) -> impl IntoView {
    let site = Site::get();
    let lines = groups.into_iter().map(|group| {
        let figures = group_figures(&group);
        let text = group.bar_text();
        let parts = (0..BUCKETS.len()).filter(|&bucket| group.buckets[bucket] > 0).map(|bucket| {
            view! { <span class=format!("lag-part {}", bucket_class(bucket)) style:flex-grow=group.buckets[bucket].to_string()></span> }
        });
        let parts: Vec<_> = parts.collect();
        let bar = if parts.is_empty() {
            view! { <span class="soft small">{text}</span> }.into_any()
        } else {
            view! { <div class="lag-bar" role="img" aria-label=text.clone() title=text>{parts}</div> }.into_any()
        };
        let (route, query) = (route.clone(), format!("{key}={}", group.key));
        view! {
            <tr>
                <th scope="row" class="nowrap"><a href=move || site.href_with(&route, &query)>{group.label}</a></th>
                <td class="security-bar">{bar}</td>
                <td class="number">{figures.median}</td>
                <td class="number">{figures.p90}</td>
                <td class="number soft">{figures.counted}</td>
            </tr>
        }
    });
    let lines: Vec<_> = lines.collect();
    view! {
        <table class="security-groups">
            <thead><tr>
                <th scope="col">{head}</th><th scope="col" class="security-bar">"Lags"</th><th scope="col" class="number">"Median"</th>
                <th scope="col" class="number">"Nine in ten"</th><th scope="col" class="number">"Known"</th>
            </tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
}

#[component]
fn Legend() -> impl IntoView {
    let entries = BUCKETS.iter().enumerate().map(|(bucket, (label, _))| {
        view! { <li><span class=format!("lag-key lag-part {}", bucket_class(bucket)) aria-hidden="true"></span>{*label}</li> }
    });
    view! {
        <ul class="plain small soft lag-legend">{entries.collect_view()}</ul>
        <p class="soft small">"Known: of how many advisories both days are known, of all of the group that were read of either side. Of few, the figures say little."</p>
    }
}
