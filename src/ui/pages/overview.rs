//! `/`: per release the sentence, the bar and the age of the data.

use crate::domain::Shares;
use crate::presentation::date::{age, moment};
use crate::presentation::notices::notices_at;
use crate::presentation::release_summary::{dates, formula, headline};
use crate::presentation::route::Route;
use crate::report::{Index, ReleaseEntry};
use crate::ui::components::loaded::Loaded;
use crate::ui::components::share_bar::{ShareBar, ShareLegend};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let site = Site::get();
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:index>
            <div class="stack">
                <h1 class="visually-hidden">
                    {format!("How close {} is to {}", index.distribution.name, index.reference.name)}
                </h1>
                {index.releases.iter().map(|release| view! { <ReleaseOverview index=index.clone() release=release.clone()/> }).collect_view()}
                <p>
                    <a href=move || site.href(&Route::Progress)>"Progress over time"</a>", and "
                    <a href=move || site.href(&Route::Deviations)>"every deviation with its beginning and its end"</a>"."
                </p>
            </div>
        </Loaded>
    }
}

#[component]
fn ReleaseOverview(index: Arc<Index>, release: ReleaseEntry) -> impl IntoView {
    let site = Site::get();
    let Some(snapshot) = release.latest().cloned() else {
        return ().into_any();
    };
    let shares: Shares = snapshot.shares.into();
    let sides = site.sides(&snapshot);
    let route = Route::Release {
        release: release.id.clone(),
    };
    let architectures: Vec<_> = release
        .architectures
        .iter()
        .map(|architecture| architecture.name.clone())
        .collect();
    view! {
        <section class="overview-release">
            {notices_at(&index, &release.id, &snapshot).into_iter().map(|notice| view! { <p class="note">{notice}</p> }).collect_view()}
            <h2 class="strong-sentence"><a href=move || site.href(&route)>{headline(&shares, &sides)}</a></h2>
            <ShareBar shares/>
            <ShareLegend shares release=release.id/>
            <p class="soft small">
                {formula(&shares)}" On "{architectures.join(", ")}". "{dates(&snapshot, &sides)}". Report of "
                {moment(snapshot.taken.0)}", "{age(snapshot.taken.0, site.opened)}"."
            </p>
        </section>
    }
    .into_any()
}
