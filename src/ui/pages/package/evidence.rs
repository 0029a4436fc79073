//! How well the verdict is known, and where the source comes from.

use crate::domain::{Evidence, Outcome};
use crate::presentation::changed_files::texts_in_words;
use crate::presentation::hidden_characters::visible;
use crate::presentation::package_summary::{
    elsewhere_in_words, origins_in_words, versions_beside_in_words, warnings_about,
};
use crate::presentation::words::{evidence_label, evidence_sentence};
use crate::report::Package;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// The grades of evidence that occur, each with its meaning.
#[component]
pub(super) fn Evidences(package: Arc<Package>) -> impl IntoView {
    let mut grades: Vec<Evidence> = package
        .architectures
        .iter()
        .filter_map(|on| Outcome::from(on.outcome).evidence)
        .collect();
    grades.sort();
    grades.dedup();
    let texts = texts_in_words(&package);
    let origins = origins_in_words(&package);
    let elsewhere = elsewhere_in_words(&package);
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let beside = versions_beside_in_words(&package, &distribution, &reference)
        .into_iter()
        .map(|doubt| view! { <li><b>"Doubt"</b>": "{visible(&doubt)}</li> });
    let beside = beside.collect_view();
    let report = site.report();
    let name = package.name.clone();
    let doubts = move || {
        let report = report.state.get().loaded()?;
        let doubts = warnings_about(&report.warnings, &name)
            .map(|doubt| view! { <li><b>"Doubt"</b>": "{visible(doubt)}</li> });
        Some(doubts.collect_view())
    };
    view! {
        <section>
            <h2>"Evidence"</h2>
            <ul class="plain">
                {grades.into_iter().rev().map(|grade| view! {
                    <li><b>{evidence_label(grade)}</b>": "{evidence_sentence(grade)}</li>
                }).collect_view()}
                {elsewhere.into_iter().map(|place| view! { <li>{place}</li> }).collect_view()}
                {origins.into_iter().map(|origin| view! { <li>{origin}</li> }).collect_view()}
                {texts.map(|text| view! { <li>{visible(&text)}</li> })}
                {beside}
                {doubts}
            </ul>
        </section>
    }
}
