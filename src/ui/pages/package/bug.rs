//! Where to report a bug.

use crate::presentation::package_summary::{bug_advice, bug_text};
use crate::report::{Package, is_http_address};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Bug(package: Arc<Package>) -> impl IntoView {
    let site = Site::get();
    let Some(index) = site.index.get_untracked().loaded() else {
        return ().into_any();
    };
    let distribution = index.distribution.name.clone();
    let upstream = index
        .reference
        .tracker
        .as_ref()
        .map_or(&index.reference.name, |tracker| &tracker.name);
    let advice = bug_advice(&package, &distribution, upstream);
    let link = |offered: bool, tracker: &Option<crate::report::Tracker>| {
        let tracker = tracker
            .clone()
            .filter(|tracker| offered && is_http_address(&tracker.url))?;
        Some(
            view! { <a class="button" href=tracker.url rel="noreferrer">{format!("Report to {}", tracker.name)}</a> },
        )
    };
    let trackers = (
        link(advice.reference_tracker, &index.reference.tracker),
        link(advice.distribution_tracker, &index.distribution.tracker),
    );
    let upstream = upstream.clone();
    let text = Callback::new(move |()| bug_text(&package, &distribution, &upstream));
    view! {
        <div>
            <h2>"Found a bug in it?"</h2>
            <p class="note">{advice.text}</p>
            <p class="buttons">{trackers.0}" "{trackers.1}" "<CopyButton label="Copy a text for the report" text/></p>
        </div>
    }
    .into_any()
}
