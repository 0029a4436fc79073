//! `/9/packages`: the table of packages with its filters, all of it in the address.

mod filters;
mod table;

use super::with_report::WithReport;
use crate::loading::LoadState;
use crate::presentation::csv::csv;
use crate::presentation::filter::Filter;
use crate::presentation::number::counted;
use crate::presentation::release_rows::ReleaseRows;
use crate::report::{BuildDays, Compatibility, Facets};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::loaded::{Failed, Shape};
use crate::ui::components::save::save;
use crate::ui::context::{Site, pairs_of, set_query};
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn PackagesPage(release: String) -> impl IntoView {
    view! { <WithReport release let:report><WithDetails report/></WithReport> }
}

/// Fetches what the table itself does not hold; where that does not come, the table stands without it, and says so.
#[component]
fn WithDetails(report: Arc<Compatibility>) -> impl IntoView {
    let site = Site::get();
    let library = site.library.get_value();
    let days_url = library.url("build-days", &report.build_days, "json");
    let (days, retry_days) = library.follow::<BuildDays>(move || Some(days_url.clone()));
    let facets_url = report
        .facets
        .as_ref()
        .map(|digest| library.url("facets", digest, "json"));
    let has_facets = facets_url.is_some();
    let (facets, retry_facets) = library.follow::<Facets>(move || facets_url.clone());
    move || {
        let (days, facets) = (days.get(), facets.get());
        let is_awaited = matches!(days, LoadState::Loading)
            || has_facets && matches!(facets, LoadState::Loading);
        if is_awaited {
            return view! { <Shape what="the list of packages"/> }.into_any();
        }
        let mut rows = ReleaseRows::of(&report);
        let mut failures = Vec::new();
        match days {
            LoadState::Loaded(days) => rows = rows.with_build_days(&days),
            LoadState::Failed(error) => {
                failures.push(("the days of the builds", error, retry_days))
            }
            LoadState::Loading => {}
        }
        match facets {
            LoadState::Loaded(facets) => rows = rows.with_facets(&facets),
            LoadState::Failed(error) => {
                let what = "what else the packages can be chosen by";
                failures.push((what, error, retry_facets));
            }
            LoadState::Loading => {}
        }
        let failures = failures
            .into_iter()
            .map(|(what, error, retry)| view! { <Failed what error retry within_page=true/> });
        view! {
            <Packages release=report.release.clone() table=Arc::new(rows)/>
            {failures.collect_view()}
        }
        .into_any()
    }
}

#[component]
fn Packages(release: String, table: Arc<ReleaseRows>) -> impl IntoView {
    let site = Site::get();
    let filter = Memo::new(move |_| {
        let pairs = pairs_of(&site.query.get());
        Filter::from_query(
            pairs
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str())),
        )
    });
    let shown = {
        let table = table.clone();
        Memo::new(move |_| filter.get().apply(&table))
    };
    let navigation = Navigation::get();
    let choose = Callback::new(move |(filter, replace): (Filter, bool)| {
        let step = if replace {
            Step::Replacement
        } else {
            Step::Choice
        };
        set_query(site, navigation, &filter.query(), step);
    });
    let total = table.rows.len();
    let has_facets = table.has_facets;
    let unanswered = move || {
        let needed = !has_facets && filter.with(Filter::needs_facets);
        needed.then(|| view! {
            <p role="note">"This address chooses by levels, classes of changes or origins of patches, which are not at hand for this report: no package can be shown for that choice."</p>
        })
    };
    let title = move || {
        counted(
            shown.with(|shown| shown.len() as u32),
            "package",
            "packages",
        )
    };
    let file_name = format!("almanac-{release}-packages.csv");
    let download = {
        let table = table.clone();
        move |_| {
            let architecture = filter.with_untracked(|filter| filter.architecture_index(&table));
            save(
                &file_name,
                "text/csv",
                &shown.with_untracked(|shown| csv(&table, shown, architecture)),
            );
        }
    };
    let address = Callback::new(move |()| window().location().href().unwrap_or_default());
    view! {
        <div class="stack packages-page">
            <h1 class="title">{title}" "<span class="soft">{format!("of {}", crate::presentation::number::count(total as u32))}</span></h1>
            <filters::Filters filter choose table=table.clone()/>
            {unanswered}
            <p class="packages-actions">
                <CopyButton label="Copy link" text=address/>
                <button type="button" class="button" on:click=download>"CSV"</button>
            </p>
            <table::PackageTable release table filter shown choose/>
        </div>
    }
}
