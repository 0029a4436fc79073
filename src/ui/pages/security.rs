//! `/9/security`: how long security fixes take, by quarter and severity, and every advisory with its days.

mod filters;
mod groups;
mod table;

use super::not_found::NoSuchRelease;
use crate::presentation::date::day;
use crate::presentation::number::counted;
use crate::presentation::route::Route;
use crate::presentation::security::SecurityRows;
use crate::presentation::security::filter::{SecurityFilter, Series};
use crate::presentation::security::release_lines::release_lines;
use crate::presentation::security::testing_failures::testing_failure_sentences;
use crate::presentation::security::words::{as_of_sentence, input_text};
use crate::presentation::source_failures::advisory_failure_sentences;
use crate::report::{Digest, Security, SnapshotEntry};
use crate::ui::components::loaded::Loaded;
use crate::ui::context::{Site, pairs_of, set_query};
use crate::ui::navigation::{Navigation, Step};
use groups::Groups;
use leptos::prelude::*;
use std::sync::Arc;
use table::AdvisoryTable;

/// The page.
#[component]
pub fn SecurityPage(release: String) -> impl IntoView {
    view! { <WithSecurity release let:document><Clock document/></WithSecurity> }
}

/// Fetches the security clock of a release and draws with it; or says what there is not, and why.
#[component]
pub fn WithSecurity<F, V>(release: String, children: F) -> impl IntoView
where
    F: Fn(Arc<Security>) -> V + Send + Sync + Clone + 'static,
    V: IntoView + 'static,
{
    let site = Site::get();
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:_index>
            {
                let (release, children) = (release.clone(), children.clone());
                match site.snapshot(&release) {
                    None => view! { <NoSuchRelease release/> }.into_any(),
                    Some(SnapshotEntry { security: None, .. }) => view! { <Unread release/> }.into_any(),
                    Some(SnapshotEntry { security: Some(entry), .. }) => {
                        view! { <OfDocument digest=entry.document children/> }.into_any()
                    }
                }
            }
        </Loaded>
    }
}

#[component]
fn OfDocument<F, V>(digest: Digest, children: F) -> impl IntoView
where
    F: Fn(Arc<Security>) -> V + Send + Sync + Clone + 'static,
    V: IntoView + 'static,
{
    let library = Site::get().library.get_value();
    let url = library.url("security", &digest, "json");
    let (state, retry) = library.follow::<Security>(move || Some(url.clone()));
    view! { <Loaded state what="the security advisories" retry children/> }
}

/// A release without advisories.
#[component]
fn Unread(release: String) -> impl IntoView {
    view! {
        <div class="stack">
            <section>
                <h1>"How long security fixes take is not known."</h1>
                <p class="lead soft">"No advisories were read for this report."</p>
                <Failures release/>
            </section>
        </div>
    }
}

/// What of the inputs is old or absent, and since when.
#[component]
fn Failures(release: String) -> impl IntoView {
    let site = Site::get();
    let index = site.index.get().loaded()?;
    let frozen = site.frozen.get().and_then(|_| site.snapshot(&release));
    let frozen = frozen.map(|snapshot| snapshot.taken);
    let sentences = advisory_failure_sentences(&index, &release, frozen).into_iter();
    let lines = sentences.map(|sentence| view! { <p class="note" role="note">{sentence}</p> });
    Some(lines.collect_view())
}

/// Of which moment a clock is that is older than the report.
#[component]
pub fn AsOf(document: Arc<Security>) -> impl IntoView {
    let snapshot = Site::get().snapshot(&document.release);
    let is_old = snapshot.is_some_and(|snapshot| snapshot.taken != document.taken);
    is_old.then(|| {
        view! { <p class="note" role="note">{as_of_sentence(document.taken)}</p> }
    })
}

/// What of the packages in testing could not be read.
#[component]
pub fn TestingFailures(document: Arc<Security>) -> impl IntoView {
    let (distribution, _) = Site::get().parties();
    let sentences =
        testing_failure_sentences(&document.testing_failures, &distribution).into_iter();
    let lines = sentences.map(|sentence| view! { <p class="note" role="note">{sentence}</p> });
    lines.collect_view()
}

#[component]
fn Clock(document: Arc<Security>) -> impl IntoView {
    let site = Site::get();
    let release = document.release.clone();
    let (distribution, reference) = site.parties();
    let sides = site
        .snapshot(&release)
        .map(|snapshot| site.sides(&snapshot));
    let full_name = sides.map_or_else(|| distribution.clone(), |sides| sides.distribution);
    let rows = Arc::new(SecurityRows::of(&document));
    let not_computed = rows.not_computed(&distribution, &reference);
    let is_all_computed = not_computed.is_empty() && document.of_other_releases == 0;
    let lines = not_computed
        .iter()
        .map(|line| view! { <li>{line.clone()}</li> });
    let lines = lines.collect_view();
    let left_out = (document.of_other_releases > 0).then(|| {
        let what = counted(
            document.of_other_releases,
            "advisory lists",
            "advisories list",
        );
        view! { <li>{format!("{what} packages of other releases alone, and are left out.")}</li> }
    });
    let inputs = document.inputs.iter().map(|input| {
        let dated = input
            .dated
            .map(|dated| format!(", the newest of {}", day(dated.0)));
        view! { <li>{input_text(input)}{dated}</li> }
    });
    let inputs = inputs.collect_view();
    view! {
        <div class="stack security-page">
            <section>
                <h1>{rows.headline(&full_name, &reference)}</h1>
                <p class="lead soft">{rows.formula(&distribution, &reference)}</p>
                <AsOf document=document.clone()/>
                <Failures release=release.clone()/>
                <TestingFailures document=document.clone()/>
            </section>
            <Groups rows=rows.clone() release=release.clone()/>
            <Releases current=release.clone()/>
            <Advisories rows=rows.clone() release/>
            <section class="two">
                <div hidden=is_all_computed>
                    <h2>"What is not computed, and why"</h2>
                    <ul class="small">{lines}{left_out}</ul>
                </div>
                <div>
                    <h2>"What this is made from"</h2>
                    <ul class="small">{inputs}</ul>
                    <p class="soft small">
                        "Days are whole days in UTC. Median and ninth decile are by nearest rank: the smallest lag that half, or nine in ten, do not exceed. Where a lag is an upper bound (≤), so are they."
                    </p>
                </div>
            </section>
        </div>
    }
}

/// All releases beside each other, as of their newest reports.
#[component]
fn Releases(current: String) -> impl IntoView {
    let site = Site::get();
    let lines = move || {
        let index = site.index.get().loaded()?;
        let lines = release_lines(&index, site.frozen.get().is_some());
        let rows = lines.into_iter().map(|line| {
            let is_current = line.release == current;
            let route = Route::Security {
                release: line.release,
            };
            view! {
                <tr>
                    <th scope="row"><a href=site.href_at(&route, None) aria-current=is_current.then_some("true")>{line.label}</a></th>
                    <td class="number">{line.median}</td>
                    <td class="number">{line.p90}</td>
                    <td class="number">{line.counted}</td>
                </tr>
            }
        });
        let rows: Vec<_> = rows.collect();
        (rows.len() > 1).then(|| view! {
            <section>
                <h2>"By release"</h2>
                <table class="security-groups security-releases">
                    <thead><tr><th scope="col">"Release"</th><th scope="col" class="number">"Median"</th>
                        <th scope="col" class="number">"Nine in ten"</th><th scope="col" class="number">"Known"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        })
    };
    view! { {lines} }
}

/// The table of advisories with its filters, all of it in the address.
#[component]
fn Advisories(rows: Arc<SecurityRows>, release: String) -> impl IntoView {
    let site = Site::get();
    let filter = Memo::new(move |_| {
        let pairs = pairs_of(&site.query.get());
        let pairs = pairs.iter();
        SecurityFilter::from_query(pairs.map(|(key, value)| (key.as_str(), value.as_str())))
    });
    let shown = {
        let rows = rows.clone();
        Memo::new(move |_| filter.get().apply(&rows))
    };
    let navigation = Navigation::get();
    let choose = Callback::new(move |(filter, replace): (SecurityFilter, bool)| {
        let step = if replace {
            Step::Replacement
        } else {
            Step::Choice
        };
        set_query(site, navigation, &filter.query(), step);
    });
    let title = move || {
        let number = shown.with(|shown| shown.len() as u32);
        let (one, several) = match filter.get().series {
            Series::Own => ("advisory of its own", "advisories of its own"),
            _ => ("advisory", "advisories"),
        };
        counted(number, one, several)
    };
    view! {
        <section class="security-advisories">
            <h2>{title}</h2>
            <filters::Filters filter choose rows=rows.clone()/>
            <AdvisoryTable release rows filter shown choose/>
        </section>
    }
}
