//! Two links to the page: one that always shows the newest report, one that keeps the report that is shown.

use super::copy_button::CopyButton;
use crate::presentation::date::{day, moment};
use crate::presentation::route::with_snapshot;
use crate::report::SnapshotEntry;
use crate::ui::context::Site;
use leptos::prelude::*;

/// The button of the header, on pages about a release.
#[component]
pub fn ShareMenu() -> impl IntoView {
    let site = Site::get();
    let shown = Memo::new(move |_| {
        let route = site.route.get();
        site.snapshot(route.release()?)
    });
    move || {
        shown.get().map(|snapshot| {
            let frozen_label = format!("Always this report, of {}", day(snapshot.taken.0));
            let frozen = address_with(Some(snapshot.id));
            view! {
                <details class="share-menu">
                    <summary class="button">"Share"</summary>
                    <div class="share-choices">
                        <p class="soft small">"Copy a link to this page that shows"</p>
                        <CopyButton label="The newest report" text=address_with(None)/>
                        <CopyButton label=frozen_label text=frozen/>
                    </div>
                </details>
            }
        })
    }
}

/// Says that the address keeps an older report, with the way to the newest.
#[component]
pub fn FrozenBanner() -> impl IntoView {
    let site = Site::get();
    let older = move || -> Option<(SnapshotEntry, SnapshotEntry)> {
        let route = site.route.get();
        let newest = site.entry(route.release()?)?.latest()?.clone();
        let shown = site.snapshot(route.release()?)?;
        (shown.id != newest.id).then_some((shown, newest))
    };
    move || {
        older().map(|(shown, newest)| {
            let route = site.route.get();
            let said = format!(
                "This link keeps the report of {}. ",
                moment(shown.taken.0)
            );
            let label = format!("See the newest, of {}", day(newest.taken.0));
            view! { <p class="banner" role="note"><b>{said}</b><a href=site.href_at(&route, None)>{label}</a></p> }
        })
    }
}

fn address_with(snapshot: Option<String>) -> Callback<(), String> {
    Callback::new(move |()| {
        let location = window().location();
        let part = |read: Result<String, _>| read.unwrap_or_default();
        let query = part(location.search());
        let query = with_snapshot(query.trim_start_matches('?'), snapshot.as_deref());
        let mark = if query.is_empty() { "" } else { "?" };
        format!(
            "{}{}{mark}{query}{}",
            part(location.origin()),
            part(location.pathname()),
            part(location.hash())
        )
    })
}
