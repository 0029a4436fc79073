//! The share of a release over time, as far back as the reader chose.

use crate::presentation::history::{TrendRange, listed_trend, trend_of_years};
use crate::presentation::route::Route;
use crate::presentation::snapshot_name::has_older;
use crate::report::{HistoryYear, ReleaseEntry};
use crate::ui::components::chart::TrendChart;
use crate::ui::components::loaded::loaded_all;
use crate::ui::context::{Site, value_of, with_value};
use leptos::prelude::*;
use std::sync::Arc;

/// The chart, with the choice of how far back it goes where there is more than the newest reports.
#[component]
pub fn History(release: String) -> impl IntoView {
    let site = Site::get();
    let entry = site.entry(&release)?;
    let changes = Route::Changes {
        release: release.clone(),
    };
    let deviations = Route::Deviations;
    let of_release = format!("release={}", crate::presentation::route::encode(&release));
    let has_changes = entry.snapshots.len() > 1;
    let has_ledger = entry.ledger.is_some();
    Some(view! {
        <div>
            <h2>"Share that matches, over time"</h2>
            <ChosenTrend entry name=format!("Share of release {release} that matches")/>
            {has_changes.then(|| view! { <p><a href=move || site.href(&changes)>"What changed since the report before"</a></p> })}
            {has_ledger.then(|| view! { <p><a href=move || site.href_with(&deviations, &of_release)>"Every deviation, with its beginning and its end"</a></p> })}
        </div>
    })
}

/// The trend of the range in the address.
#[component]
pub fn ChosenTrend(
    entry: ReleaseEntry,
    #[prop(into)] name: String,
    /// The range where the address names none.
    #[prop(optional)]
    default: TrendRange,
) -> impl IntoView {
    let site = Site::get();
    let parties = StoredValue::new(site.parties());
    let range = Memo::new(move |_| {
        let key = value_of(&site.query.get(), "trend");
        key.map_or(default, |key| TrendRange::of_key(&key))
    });
    let has_more = has_older(&entry);
    let ranges = TrendRange::ALL.map(|choice| {
        let href = move || {
            let route = site.route.get();
            let key = (choice != default).then(|| choice.key());
            site.href_with(&route, &with_value(&site.query.get(), "trend", key))
        };
        let current = move || (range.get() == choice).then_some("true");
        view! { <a class="chart-range" href=href aria-current=current>{choice.label()}</a> }
    });
    view! {
            {has_more.then(|| view! { <p class="chart-ranges" role="group" aria-label="How far back">{ranges.into_iter().collect_view()}</p> })}
            {move || {
                let range = range.get();
                let years = range.years(&entry);
                if years.is_empty() {
                    let (distribution, reference) = parties.get_value();
                    let trend = listed_trend(&entry, range, (&distribution, &reference));
                    view! { <TrendChart name=name.clone() trend/> }.into_any()
                } else {
                    let library = site.library.get_value();
                    let urls = years.iter().map(|year| library.url("years", &year.digest, "json"));
    let name = name.clone();
                    let draw = move |years: Vec<Arc<HistoryYear>>| {
                        let (distribution, reference) = parties.get_value();
                        let trend = trend_of_years(&years, range, (&distribution, &reference));
                        view! { <TrendChart name=name.clone() trend/> }
                    };
                    loaded_all(urls.collect(), "the history of this release", true, draw).into_any()
                }
            }}
        }
}
