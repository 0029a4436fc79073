//! `/9/package/NAME`: the verdict in words, the architectures, why, the changed sources, where to report a bug.

use super::diff::FileDiff;
use super::not_found::{NoSuchPackage, NoSuchRelease};
use crate::domain::{ChangeClass, Evidence, Outcome};
use crate::presentation::date::day;
use crate::presentation::number::size;
use crate::presentation::package_summary::{
    bug_advice, bug_text, differences, outcome_of, sentence,
};
use crate::presentation::route::Route;
use crate::presentation::words::{cause_label, evidence_label, evidence_sentence, outcome_mark};
use crate::report::{BuildRecord, Directory, Package, ROWS_PER_DIRECTORY, SourceFile};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::loaded::Loaded;
use crate::ui::components::verdict::VerdictMark;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// Both sides of a change together are shown on the page itself up to this size.
const UNASKED_BYTES_MAX: u64 = 200_000;

/// The page.
#[component]
pub fn PackagePage(release: String, name: String) -> impl IntoView {
    view! {
        <WithPackage release name let:package>
            <Details package/>
        </WithPackage>
    }
}

/// Fetches the package that the address names, and draws it; or says what does not exist.
#[component]
pub fn WithPackage<F, V>(release: String, name: String, children: F) -> impl IntoView
where
    F: Fn(Arc<Package>) -> V + Send + Sync + Clone + 'static,
    V: IntoView + 'static,
{
    let site = Site::get();
    let report = site.report();
    let library = site.library.get_value();
    let wanted = name.clone();
    let row = Memo::new(move |_| report.state.get().loaded()?.packages.row_of(&wanted));
    let directories = library.clone();
    let (directory, retry_directory) = library.follow::<Directory>(move || {
        let digests = report.state.get().loaded()?;
        let digest = digests.directories.get(row.get()? / ROWS_PER_DIRECTORY)?;
        Some(directories.url("directories", digest, "json"))
    });
    let packages = library.clone();
    let (package, retry_package) = library.follow::<Package>(move || {
        let directory = directory.get().loaded()?;
        let digest = directory.packages.get(row.get()? % ROWS_PER_DIRECTORY)?;
        Some(packages.url("packages", digest, "json"))
    });
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:_index>
            {
                let (release, name, children) = (release.clone(), name.clone(), children.clone());
                if site.snapshot(&release).is_none() {
                    view! { <NoSuchRelease release/> }.into_any()
                } else {
                    view! {
                        <Loaded state=report.state what="the report of this release" retry=report.retry let:_report>
                            {
                                let (release, name, children) = (release.clone(), name.clone(), children.clone());
                                if row.get().is_none() {
                                    view! { <NoSuchPackage release name/> }.into_any()
                                } else {
                                    view! {
                                        <Loaded state=directory what="where this package is kept" retry=retry_directory let:_directory>
                                            {
                                                let children = children.clone();
                                                view! { <Loaded state=package what="this package" retry=retry_package children/> }
                                            }
                                        </Loaded>
                                    }.into_any()
                                }
                            }
                        </Loaded>
                    }.into_any()
                }
            }
        </Loaded>
    }
}

#[component]
fn Details(package: Arc<Package>) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let packages = Route::Packages {
        release: package.release.clone(),
    };
    let outcome = outcome_of(&package);
    let mark = outcome.as_ref().map(outcome_mark);
    let renamed = package
        .reference_name
        .clone()
        .map(|name| format!("{reference} calls it {name}. "));
    view! {
        <div class="stack package-page">
            <section>
                <p class="soft small crumbs"><a href=move || site.href(&packages)>"Packages"</a>" / "{package.name.clone()}</p>
                <h1 class="mono">{package.name.clone()}</h1>
                <p class="package-verdict">
                    {mark.map(|mark| view! { <VerdictMark mark/> })}" "
                    {sentence(&package, &distribution, &reference)}" "
                    <span class="soft">{renamed}{differences(&package).map(|text| format!("By architecture: {text}."))}</span>
                </p>
                {package.expectation.clone().map(|reason| view! { <p class="note">{reason}</p> })}
            </section>
            <section class="two">
                <Architectures package=package.clone()/>
                <Bug package=package.clone()/>
            </section>
            <Evidences package=package.clone()/>
            <Changes package=package.clone()/>
            <Texts package=package.clone()/>
            <section>
                <h2>"Binary packages"</h2>
                <p class="mono small names">{package.binaries.join(", ")}</p>
            </section>
        </div>
    }
}

#[component]
fn Architectures(package: Arc<Package>) -> impl IntoView {
    let (distribution, reference) = Site::get().parties();
    let evr = |side: &str, build: &Option<BuildRecord>| {
        let title = build.as_ref().map(|build| {
            let built = build.built.map(|built| format!(", built {}", day(built.0)));
            format!("{}{}", build.repository, built.unwrap_or_default())
        });
        let evr = build
            .as_ref()
            .map_or_else(|| "–".to_owned(), |build| build.evr.clone());
        view! { <td class="mono small" title=title data-side=side.to_owned()>{evr}</td> }
    };
    let site = Site::get();
    let release = package.release.clone();
    let lines = package.architectures.iter().map(|on| {
        let outcome: Outcome = on.outcome.into();
        let compared_with = site.entry(&release).and_then(|entry| {
            let architecture = entry.architectures.into_iter().find(|known| known.name == on.architecture)?;
            architecture.compared_with.filter(|with| *with != on.architecture)
        });
        view! {
            <tr>
                <th scope="row">{on.architecture.clone()}
                    {compared_with.map(|with| view! { <span class="soft small">{format!(" with {with}")}</span> })}</th>
                {evr(&reference, &on.reference)}
                {evr(&distribution, &on.distribution)}
                <td class="cell-verdict"><VerdictMark mark=outcome_mark(&outcome)/>
                    {outcome.cause.map(|cause| view! { <span class="soft small">{format!(" {}", cause_label(cause))}</span> })}</td>
                <td class="cell-evidence">{outcome.evidence.map_or("–", evidence_label)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" role="region" aria-label="Architectures" tabindex="0">
            <table class="package-architectures">
                <thead><tr>
                    <th scope="col">"Architecture"</th><th scope="col">{reference.clone()}</th><th scope="col">{distribution.clone()}</th>
                    <th scope="col">"Verdict"</th><th scope="col">"Evidence"</th>
                </tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Bug(package: Arc<Package>) -> impl IntoView {
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
            .filter(|tracker| offered && tracker.url.starts_with("https://"))?;
        Some(
            view! { <a class="button" href=tracker.url rel="noreferrer">{format!("Report to {}", tracker.name)}</a> },
        )
    };
    let trackers = (
        link(advice.reference_tracker, &index.reference.tracker),
        link(advice.distribution_tracker, &index.distribution.tracker),
    );
    let text = Callback::new(move |()| bug_text(&package, &distribution));
    view! {
        <div>
            <h2>"Found a bug in it?"</h2>
            <p class="note">{advice.text}</p>
            <p class="buttons">{trackers.0}" "{trackers.1}" "<CopyButton label="Copy a text for the report" text/></p>
        </div>
    }
    .into_any()
}

/// The grades of evidence that occur, each with its meaning.
#[component]
fn Evidences(package: Arc<Package>) -> impl IntoView {
    let mut grades: Vec<Evidence> = package
        .architectures
        .iter()
        .filter_map(|on| Outcome::from(on.outcome).evidence)
        .collect();
    grades.sort();
    grades.dedup();
    let texts = package.texts.as_ref().filter(|texts| !texts.current).map(|texts| {
        let versions = [&texts.reference_evr, &texts.distribution_evr].map(|evr| evr.clone().unwrap_or_else(|| "no recorded version".to_owned()));
        format!("The source texts below are those of {} and {}, not of the versions compared: they prove nothing about these.", versions[0], versions[1])
    });
    let mut origins: Vec<&String> = package
        .architectures
        .iter()
        .filter_map(|on| on.origin.as_ref())
        .collect();
    origins.dedup();
    let origin = match origins.first() {
        Some(origin) => format!("Its source is published in the same version by {origin}."),
        None => "Where its source comes from is not known.".to_owned(),
    };
    view! {
        <section>
            <h2>"Evidence"</h2>
            <ul class="plain">
                {grades.into_iter().rev().map(|grade| view! {
                    <li><b>{evidence_label(grade)}</b>": "{evidence_sentence(grade)}</li>
                }).collect_view()}
                <li>{origin}</li>
                {texts.map(|text| view! { <li>{text}</li> })}
            </ul>
        </section>
    }
}

#[component]
fn Changes(package: Arc<Package>) -> impl IntoView {
    let lines = package.changes.iter().map(|change| {
        let class: ChangeClass = change.class.into();
        let origin = match change
            .origin
            .clone()
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
        {
            Some(url) => {
                let shown = url.clone();
                view! { <a href=url rel="noreferrer">{shown}</a> }.into_any()
            }
            None => view! { <span class="soft">"origin not known"</span> }.into_any(),
        };
        view! {
            <tr>
                <td class="nowrap">{class.name()}</td>
                <td>{change.summary.clone()}<br/><span class="small">{origin}</span></td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    (!package.changes.is_empty()).then(|| view! {
        <section>
            <h2>"Why it differs"</h2>
            <table><thead class="visually-hidden"><tr><th>"Class"</th><th>"Change"</th></tr></thead><tbody>{lines}</tbody></table>
        </section>
    })
}

#[component]
fn Texts(package: Arc<Package>) -> impl IntoView {
    let site = Site::get();
    let Some(texts) = package.texts.clone() else {
        return ().into_any();
    };
    let (changed, same): (Vec<SourceFile>, Vec<SourceFile>) =
        texts.files.into_iter().partition(is_changed);
    let line = |file: SourceFile| {
        let readable = is_readable(&file);
        let bytes =
            [&file.reference, &file.distribution].map(|side| side.as_ref().map(|side| side.bytes));
        let what = match bytes {
            [None, Some(bytes)] => format!("added, {}", size(bytes)),
            [Some(bytes), None] => format!("removed, {}", size(bytes)),
            [Some(before), Some(after)] if is_changed(&file) => {
                format!("changed, {} → {}", size(before), size(after))
            }
            [_, bytes] => format!("the same, {}", size(bytes.unwrap_or(0))),
        };
        let route = Route::Diff {
            release: package.release.clone(),
            name: package.name.clone(),
            file: file.path.clone(),
        };
        let name = if readable {
            view! { <a class="mono" href=move || site.href(&route)>{file.path}</a> }.into_any()
        } else {
            view! { <span class="mono">{file.path}</span> }.into_any()
        };
        let note = (!readable).then_some(" binary or too large to show");
        view! { <tr><td>{name}</td><td class="soft">{what}{note}</td></tr> }
    };
    let title = format!(
        "Changes to the source: {} of {} files",
        changed.len(),
        changed.len() + same.len()
    );
    let table = |files: Vec<SourceFile>| view! { <table><tbody>{files.into_iter().map(line).collect_view()}</tbody></table> };
    let shown = shown_at_once(&changed).cloned();
    let shown_package = package.clone();
    let same_title = format!("{} files are the same on both sides", same.len());
    view! {
        <section>
            <h2>{title}</h2>
            <p class="soft small">{texts.reference_label}" → "{texts.distribution_label}</p>
            {table(changed)}
            {(!same.is_empty()).then(|| view! { <details><summary>{same_title}</summary>{table(same)}</details> })}
            {shown.map(|file| view! { <div class="package-diff"><FileDiff package=shown_package file/></div> })}
        </section>
    }
    .into_any()
}

/// The change that says most, where it is small enough to come along unasked: that of the spec, else the first.
fn shown_at_once(changed: &[SourceFile]) -> Option<&SourceFile> {
    let bytes = |file: &SourceFile| -> u64 {
        let sides = [&file.reference, &file.distribution];
        sides.into_iter().flatten().map(|side| side.bytes).sum()
    };
    let mut small = changed
        .iter()
        .filter(|file| is_readable(file) && bytes(file) <= UNASKED_BYTES_MAX);
    let first = small.clone().next();
    small.find(|file| file.path.ends_with(".spec")).or(first)
}

fn is_readable(file: &SourceFile) -> bool {
    let sides = [&file.reference, &file.distribution];
    sides.into_iter().flatten().all(|side| side.published)
}

fn is_changed(file: &SourceFile) -> bool {
    let digest = |side: &Option<crate::report::SourceFileSide>| {
        side.as_ref().map(|side| side.digest.clone())
    };
    digest(&file.reference) != digest(&file.distribution)
}
