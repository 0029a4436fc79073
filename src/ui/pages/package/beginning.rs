//! Since when the package deviates, and the way to its entries in the ledger.

use crate::domain::Verdict;
use crate::presentation::deviations::{DeviationFilter, beginning_sentence};
use crate::presentation::package_summary::{ledger_label, outcome_of};
use crate::presentation::route::Route;
use crate::report::{Ledger, Package};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// The day that the ledger tells, as soon as it is here, and a link to the ledger in any case.
#[component]
pub fn Beginning(package: Arc<Package>) -> impl IntoView {
    let site = Site::get();
    let query = DeviationFilter::of_package(&package.release, &package.name).query();
    let href = move || site.href_with(&Route::Deviations, &query);
    let label = ledger_label(&package);
    let deviates =
        outcome_of(&package).is_some_and(|outcome| outcome.verdict == Verdict::Diverging);
    let library = site.library.get_value();
    let release = package.release.clone();
    let ledgers = library.clone();
    let (ledger, _) = library.follow::<Ledger>(move || {
        let digest = site.entry(&release)?.ledger?;
        deviates.then(|| ledgers.url("ledgers", &digest, "json"))
    });
    let sentence = move || {
        let ledger = ledger.get().loaded()?;
        let taken = site.snapshot(&package.release)?.taken;
        beginning_sentence(&ledger, &package.name, taken)
    };
    view! {
        <p class="small">
            {move || sentence().map(|text| view! { <span class="package-beginning">{text}" "</span> })}
            <a class="package-ledger" href=href>{label}</a>
        </p>
    }
}
