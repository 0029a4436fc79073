//! `/9/packages`: the table of packages with its filters, all of it in the address.

mod filters;
mod table;

use super::not_found::NoSuchRelease;
use crate::loading::LoadState;
use crate::presentation::csv::csv;
use crate::presentation::filter::Filter;
use crate::presentation::number::counted;
use crate::presentation::release_rows::ReleaseRows;
use crate::report::{BuildDays, Compatibility};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::loaded::{Failed, Loaded, Shape};
use crate::ui::context::{Site, pairs_of, set_query};
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};

/// The page.
#[component]
pub fn PackagesPage(release: String) -> impl IntoView {
    let site = Site::get();
    let report = site.report();
    let wanted = release.clone();
    let exists =
        Memo::new(move |_| site.index.get().loaded().is_none() || site.snapshot(&wanted).is_some());
    move || {
        if !exists.get() {
            return view! { <NoSuchRelease release=release.clone()/> }.into_any();
        }
        view! {
            <Loaded state=site.index what="the list of releases" retry=site.retry_index let:_index>
                <Loaded state=report.state what="the report of this release" retry=report.retry let:report>
                    <WithBuildDays report/>
                </Loaded>
            </Loaded>
        }
        .into_any()
    }
}

/// Fetches the days of the builds; where they do not come, the table stands without them, and says so.
#[component]
fn WithBuildDays(report: Arc<Compatibility>) -> impl IntoView {
    let library = Site::get().library.get_value();
    let url = library.url("build-days", &report.build_days, "json");
    let (build_days, retry) = library.follow::<BuildDays>(move || Some(url.clone()));
    move || {
        let release = report.release.clone();
        let rows = ReleaseRows::of(&report);
        match build_days.get() {
            LoadState::Loading => view! { <Shape what="the list of packages"/> }.into_any(),
            LoadState::Failed(error) => view! {
                <Packages release table=Arc::new(rows)/>
                <Failed what="the days of the builds" error retry within_page=true/>
            }
            .into_any(),
            LoadState::Loaded(days) => {
                view! { <Packages release table=Arc::new(rows.with_build_days(&days))/> }.into_any()
            }
        }
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
                &shown.with_untracked(|shown| csv(&table, shown, architecture)),
            );
        }
    };
    let address = Callback::new(move |()| window().location().href().unwrap_or_default());
    view! {
        <div class="stack packages-page">
            <h1 class="title">{title}" "<span class="soft">{format!("of {}", crate::presentation::number::count(total as u32))}</span></h1>
            <filters::Filters filter choose table=table.clone()/>
            <p class="packages-actions">
                <CopyButton label="Copy link" text=address/>
                <button type="button" class="button" on:click=download>"CSV"</button>
            </p>
            <table::PackageTable release table filter shown choose/>
        </div>
    }
}

/// Offers a text as a file to save.
fn save(file_name: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/csv;charset=utf-8");
    let url = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)
        .and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob));
    let link = document()
        .create_element("a")
        .map(JsCast::unchecked_into::<web_sys::HtmlAnchorElement>);
    if let (Ok(url), Ok(link)) = (url, link) {
        link.set_href(&url);
        link.set_download(file_name);
        link.click();
        let _ = web_sys::Url::revoke_object_url(&url);
    }
}
