//! `/9`: one release: the sentence, the shares per architecture, what diverges and why, where sources come from.

mod history;

pub use history::ChosenTrend;
use history::History;

use super::not_found::NoSuchRelease;
use crate::domain::{Shares, Verdict};
use crate::loading::LoadState;
use crate::presentation::abi::abi_totals;
use crate::presentation::architecture_bar::ArchitectureBar;
use crate::presentation::date::age;
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted, percent};
use crate::presentation::release_rows::{PackageRow, ReleaseRows, all_diverging, most_telling};
use crate::presentation::release_summary::{
    dates, formula, headline, promised_share, release_figures,
};
use crate::presentation::repository_boards::BoardSources;
use crate::presentation::route::Route;
use crate::presentation::words::{cause_label, diverging_sentence};
use crate::report::{Compatibility, Repositories, is_http_address};
use crate::ui::components::chart::ArchitectureChart;
use crate::ui::components::key_figures::KeyFigures;
use crate::ui::components::loaded::{Failed, Loaded};
use crate::ui::components::share_bar::{ShareBar, ShareLegend};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

const DIVERGING_SHOWN: usize = 8;

/// The page.
#[component]
pub fn ReleasePage(release: String) -> impl IntoView {
    let site = Site::get();
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:index>
            {match site.snapshot(&release) {
                None => view! { <NoSuchRelease release=release.clone()/> }.into_any(),
                Some(snapshot) => {
                    let shares: Shares = snapshot.shares.into();
                    let sides = site.sides(&snapshot);
                    let promise = index.promise.clone().map(|promise| {
                        let text = format!("{}: {}\u{a0}/\u{a0}{}\u{a0}/\u{a0}{}", promise.label, promise.matched, promise.patched, promise.diverging);
                        match promise.url.filter(|url| is_http_address(url)) {
                            Some(url) => view! { <a class="soft small" href=url rel="noreferrer">{text}</a> }.into_any(),
                            None => view! { <span class="soft small">{text}</span> }.into_any(),
                        }
                    });
                    view! {
                        <div class="stack">
                            <section>
                                <h1>{headline(&shares, &sides)}</h1>
                                <p class="lead soft">{formula(&shares)}</p>
                                <ShareBar shares/>
                                <ShareLegend shares release=release.clone()/>
                                <p class="soft small">
                                    "Each package counts by the least favourable of its architectures. "
                                    {dates(&snapshot, &sides)}"; compared "
                                    {age(snapshot.taken.0, site.opened)}". " {promise}
                                </p>
                            </section>
                            <Loaded state=site.report().state what="the report of this release" retry=site.report().retry within_page=true let:report>
                                <Report report/>
                            </Loaded>
                        </div>
                    }.into_any()
                }
            }}
        </Loaded>
    }
}

#[component]
fn Report(report: Arc<Compatibility>) -> impl IntoView {
    let rows = Arc::new(ReleaseRows::of(&report));
    let (_, reference) = Site::get().parties();
    view! {
        <AtAGlance report=report.clone()/>
        {promised_share(&report.levels, &reference).map(|share| view! { <p class="soft small promised">{share}</p> })}
        <section class="two">
            <Architectures report=report.clone()/>
            <Origins report=report.clone() rows=rows.clone()/>
        </section>
        <section class="two">
            <History release=report.release.clone()/>
            <Causes report=report.clone() rows=rows.clone()/>
        </section>
        <Abi report=report.clone()/>
        <section>
            <Diverging report=report.clone() rows/>
        </section>
        <Doubts report/>
    }
}

/// The binary interface, the security clock, the builds and Testing in one figure each, as far as they are known.
#[component]
fn AtAGlance(report: Arc<Compatibility>) -> impl IntoView {
    let site = Site::get();
    let library = site.library.get_value();
    let url = report
        .repositories
        .as_ref()
        .map(|digest| library.url("repositories", digest, "json"));
    let (state, retry) = library.follow::<Repositories>(move || url.clone());
    let snapshot = site.snapshot(&report.release);
    move || {
        let state = state.get();
        let failed = match &state {
            LoadState::Failed(error) => Some(error.clone()),
            LoadState::Loading | LoadState::Loaded(_) => None,
        };
        let (distribution, reference) = site.parties();
        let boards = state.loaded();
        let sources = BoardSources {
            report: &report,
            boards: boards.as_deref(),
            distribution: &distribution,
            reference: &reference,
            advisories_as_of: snapshot
                .as_ref()
                .and_then(|snapshot| snapshot.security.as_ref()?.as_of),
        };
        let figures = release_figures(snapshot.as_ref(), &sources);
        (failed.is_some() || !figures.is_empty()).then(|| view! {
            <section>
                <KeyFigures figures/>
                {failed.map(|error| view! { <Failed what="what waits in Testing" error retry within_page=true/> })}
            </section>
        })
    }
}

/// The promise itself: how much of what the reference's libraries and kernels export is kept, per architecture.
#[component]
fn Abi(report: Arc<Compatibility>) -> impl IntoView {
    let (distribution, reference) = Site::get().parties();
    let lines = report.architectures.iter().filter_map(|architecture| {
        let (share, formula) = abi_totals(architecture.abi.as_ref()?);
        Some(view! {
            <tr>
                <th scope="row">{architecture.name.clone()}</th>
                <td class="number">{share}</td>
                <td class="soft">{formula}</td>
            </tr>
        })
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| view! {
        <section>
            <h2>"Binary interface"</h2>
            <p class="soft small">
                {format!("Of the symbol versions and kernel symbols that {reference}’s packages export, those that {distribution}’s export, too, as both sides’ metadata record.")}
            </p>
            <table class="release-abi">
                <thead class="visually-hidden"><tr><th>"Architecture"</th><th>"Kept"</th><th>"Formula"</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </section>
    })
}

/// What is doubtful about single packages and the metadata.
#[component]
fn Doubts(report: Arc<Compatibility>) -> impl IntoView {
    let count = report.warnings.len();
    let doubts = report
        .warnings
        .iter()
        .map(|warning| view! { <li>{visible(warning)}</li> });
    let doubts = doubts.collect_view();
    (count > 0).then(|| view! {
        <details class="doubts">
            <summary>{format!("{} about packages and metadata", counted(count as u32, "doubt", "doubts"))}</summary>
            <ul class="small">{doubts}</ul>
        </details>
    })
}

#[component]
fn Architectures(report: Arc<Compatibility>) -> impl IntoView {
    let site = Site::get();
    let packages = Route::Packages {
        release: report.release.clone(),
    };
    let bars = move || {
        let bars = report
            .architectures
            .iter()
            .map(|architecture| ArchitectureBar {
                name: architecture.name.clone(),
                note: match &architecture.compared_with {
                    Some(reference) if *reference != architecture.name => {
                        Some(format!("compared with {reference}"))
                    }
                    Some(_) => None,
                    None => Some("not compared: the reference does not have it".to_owned()),
                },
                shares: architecture.shares.into(),
                href: site.href_with(&packages, &format!("arch={}", architecture.name)),
            });
        view! { <ArchitectureChart name="Shares by architecture" bars=bars.collect()/> }
    };
    view! {
        <div class="architectures">
            <h2>"By architecture"</h2>
            {bars}
        </div>
    }
}

#[component]
fn Origins(report: Arc<Compatibility>, rows: Arc<ReleaseRows>) -> impl IntoView {
    let site = Site::get();
    let (distribution, _) = site.parties();
    let packages = Route::Packages {
        release: report.release.clone(),
    };
    let counts = crate::presentation::release_rows::origin_counts(&rows);
    let total: u32 = counts.iter().map(|(_, count)| count).sum();
    let lines = counts.into_iter().map(|(name, number)| {
        let packages = packages.clone();
        let key = name
            .clone()
            .unwrap_or_else(|| crate::presentation::filter::UNKNOWN_ORIGIN.to_owned());
        let href = move || {
            site.href_with(
                &packages,
                &format!("source={}", crate::presentation::route::encode(&key)),
            )
        };
        view! {
            <tr>
                <td><a href=href>{name.unwrap_or_else(|| "Not known".to_owned())}</a></td>
                <td class="number">{count(number)}</td>
                <td class="number soft">{percent(number, total)}</td>
            </tr>
        }
    });
    view! {
        <div>
            <h2>"Where the sources come from"</h2>
            <table><tbody>{lines.collect_view()}</tbody></table>
            <p class="soft small">{format!("Of {} that {distribution} has, compared or not. ", counted(total, "source package", "source packages"))}"The first origin that publishes the same version of the source; a change by the distribution comes on top."</p>
        </div>
    }
}

#[component]
fn Diverging(report: Arc<Compatibility>, rows: Arc<ReleaseRows>) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let release = report.release.clone();
    let diverging: Vec<PackageRow> = rows
        .rows
        .iter()
        .filter(|row| row.verdict(None) == Some(Verdict::Diverging))
        .cloned()
        .collect();
    let total = u32::try_from(diverging.len()).unwrap_or(u32::MAX);
    let lines = most_telling(diverging, DIVERGING_SHOWN).into_iter().map(|row| {
        let outcome = row.outcome(None).copied();
        let why = row.reason.as_deref().map(visible).or_else(|| {
            let outcome = outcome?;
            Some(diverging_sentence(outcome.cause?, outcome.version, &distribution, &reference))
        });
        let route = Route::Package { release: release.clone(), name: row.name.clone() };
        view! { <tr><td><a class="mono" href=move || site.href(&route)>{row.name}</a></td><td>{why}</td></tr> }
    });
    let lines = lines.collect_view();
    let all = Route::Packages {
        release: release.clone(),
    };
    view! {
        <div>
            <h2>"What diverges, and why"</h2>
            <table><tbody>{lines}</tbody></table>
            <p><a href=move || site.href_with(&all, "verdict=diverging")>{all_diverging(total)}</a></p>
        </div>
    }
}

#[component]
fn Causes(report: Arc<Compatibility>, rows: Arc<ReleaseRows>) -> impl IntoView {
    let site = Site::get();
    let packages = Route::Packages {
        release: report.release.clone(),
    };
    let counts = crate::presentation::release_rows::cause_counts(&rows);
    let lines = counts.into_iter().map(|(cause, number)| {
        let packages = packages.clone();
        let query = format!("cause={}", crate::presentation::words::cause_key(cause));
        view! {
            <tr>
                <td><a href=move || site.href_with(&packages, &query)>{cause_label(cause)}</a></td>
                <td class="number">{count(number)}</td>
            </tr>
        }
    });
    view! {
        <div>
            <h2>"Causes"</h2>
            <table><tbody>{lines.collect_view()}</tbody></table>
            <p class="soft small">"A package counts for each cause that it has on some architecture."</p>
        </div>
    }
}
