//! `/deviations`: the ledger: what deviates since when and why, and what came back, with filters in the address.

mod filters;
mod table;

use crate::presentation::date::day;
use crate::presentation::deviations::{
    DeviationFilter, DeviationRow, Quarter, deviation_rows, deviations_csv, ledger_sentence,
};
use crate::presentation::number::count;
use crate::presentation::route::{Route, encode};
use crate::report::{EndedDeviations, Index, Ledger, PointInTime, ReleaseEntry};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::loaded::{Loaded, loaded_all};
use crate::ui::components::save::save;
use crate::ui::context::{Site, pairs_of, set_query};
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The page.
#[component]
pub fn DeviationsPage() -> impl IntoView {
    let site = Site::get();
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:index>
            <Chosen index/>
        </Loaded>
    }
}

/// Takes filters, and whether the address is replaced instead of a step being added to the history.
pub type Choose = Callback<(DeviationFilter, bool)>;

#[component]
fn Chosen(index: Arc<Index>) -> impl IntoView {
    let site = Site::get();
    let navigation = Navigation::get();
    let filter = Memo::new(move |_| {
        let pairs = pairs_of(&site.query.get());
        let pairs = pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()));
        DeviationFilter::from_query(pairs)
    });
    let choose: Choose = Callback::new(move |(filter, replace): (DeviationFilter, bool)| {
        let step = if replace {
            Step::Replacement
        } else {
            Step::Choice
        };
        set_query(site, navigation, &filter.query(), step);
    });
    // Other choices draw the table anew; these fetch other documents.
    let fetched = Memo::new(move |_| {
        filter.with(|filter| DeviationFilter {
            release: filter.release.clone(),
            period: filter.period,
            quarter: filter.quarter,
            ..DeviationFilter::default()
        })
    });
    move || {
        let fetched = fetched.get();
        let release = fetched.release.clone();
        let wanted = |entry: &&ReleaseEntry| release.as_ref().is_none_or(|id| *id == entry.id);
        let releases: Vec<&ReleaseEntry> = index.releases.iter().filter(wanted).collect();
        let known: Vec<String> = index
            .releases
            .iter()
            .map(|entry| entry.id.clone())
            .collect();
        let library = site.library.get_value();
        let ledgers = releases.iter().filter_map(|entry| entry.ledger.as_ref());
        let urls: Vec<String> = ledgers
            .map(|digest| library.url("ledgers", digest, "json"))
            .collect();
        if urls.is_empty() {
            let said = match &release {
                Some(release) if releases.is_empty() => {
                    format!("There is no report of release {release}")
                }
                _ => "No deviations are recorded yet".to_owned(),
            };
            return view! {
                <h1>{said}</h1>
                <p>"The ledger begins with the first report that is published by an Almanac that keeps one. "<a href=move || site.href(&Route::Deviations)>"All releases"</a></p>
            }.into_any();
        }
        let newest = index.generated;
        let draw = move |ledgers: Vec<Arc<Ledger>>| {
            view! { <Quarters ledgers fetched=fetched.clone() filter choose known=known.clone() newest/> }
        };
        loaded_all(urls, "the ledger of deviations", false, draw).into_any()
    }
}

/// What ended in the quarters that are asked for.
#[component]
fn Quarters(
    ledgers: Vec<Arc<Ledger>>,
    fetched: DeviationFilter,
    filter: Memo<DeviationFilter>,
    choose: Choose,
    known: Vec<String>,
    newest: PointInTime,
) -> impl IntoView {
    let library = Site::get().library.get_value();
    let ended = ledgers
        .iter()
        .flat_map(|ledger| fetched.quarters(ledger))
        .filter_map(|quarter| quarter.ended.as_ref());
    let urls: Vec<String> = ended
        .map(|digest| library.url("ended", digest, "json"))
        .collect();
    let draw = move |ended: Vec<Arc<EndedDeviations>>| {
        let rows = Arc::new(deviation_rows(&ledgers, &ended));
        view! { <Shown rows ledgers=ledgers.clone() filter choose known=known.clone() newest/> }
    };
    loaded_all(urls, "the deviations that ended", false, draw)
}

#[component]
fn Shown(
    rows: Arc<Vec<DeviationRow>>,
    ledgers: Vec<Arc<Ledger>>,
    filter: Memo<DeviationFilter>,
    choose: Choose,
    known: Vec<String>,
    /// The newest report of all releases.
    newest: PointInTime,
) -> impl IntoView {
    let shown = {
        let rows = rows.clone();
        Memo::new(move |_| {
            let filter = filter.get();
            let shown = rows.iter().filter(|row| filter.admits(row));
            shown.cloned().collect::<Vec<_>>()
        })
    };
    let download = move |_| {
        let text = shown.with_untracked(|rows| deviations_csv(&rows.iter().collect::<Vec<_>>()));
        save("almanac-deviations.csv", "text/csv", &text);
    };
    let address = Callback::new(move |()| window().location().href().unwrap_or_default());
    let quarters = ledgers.iter().flat_map(|ledger| &ledger.quarters);
    let quarters: BTreeSet<Quarter> = quarters.map(Quarter::from).collect();
    let quarters: Vec<Quarter> = quarters.into_iter().rev().collect();
    let dates: Vec<String> = ledgers
        .iter()
        .map(|ledger| {
            format!(
                "release {}: reports from {} to {}",
                ledger.release,
                day(ledger.first_taken.0),
                day(ledger.taken.0)
            )
        })
        .collect();
    let releases: Vec<&str> = ledgers
        .iter()
        .map(|ledger| ledger.release.as_str())
        .collect();
    let title = ledger_sentence(&rows, &releases, newest);
    let site = Site::get();
    let feeds = site.library.with_value(|library| {
        [
            ("Atom", "deviations.atom"),
            ("JSON", "deviations.json"),
            ("CSV of a year", "deviations.csv"),
        ]
        .map(|(label, name)| (label, library.file_url(name)))
    });
    let feeds = feeds.map(|(label, url)| view! { <a href=url rel="external">{label}</a> });
    let progress = move || {
        let chosen = filter.with(|filter| filter.release.clone());
        let query = chosen.map(|release| format!("release={}", encode(&release)));
        site.href_with(&Route::Progress, &query.unwrap_or_default())
    };
    let number = move || count(shown.with(|rows| u32::try_from(rows.len()).unwrap_or(u32::MAX)));
    view! {
        <div class="stack deviations-page">
            <section>
                <h1>{title}</h1>
                <p class="soft small">
                    {format!("Of {}. ", dates.join("; "))}
                    "A package deviates from the first report in which it diverges on any architecture to the first in which it diverges on none; the days are those between the two reports."
                </p>
                <p><a class="deviations-progress" href=progress>"Progress: the share over time, and deviations begun and resolved by quarter"</a></p>
            </section>
            <filters::Filters filter choose rows=rows.clone() known quarters/>
            <p class="deviations-actions">
                <span class="soft">{number}" shown"</span>
                <CopyButton label="Copy link" text=address/>
                <button type="button" class="button" on:click=download>"CSV"</button>
                <span class="deviations-feeds">{feeds.into_iter().collect_view()}</span>
            </p>
            <table::DeviationTable shown filter choose/>
        </div>
    }
}
