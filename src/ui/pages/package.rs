//! `/9/package/NAME`: the verdict in words, the architectures, why, the changed sources, where to report a bug.

mod abi;
mod advisories;
mod architectures;
mod beginning;
mod bug;
mod builds;
mod changes;
mod evidence;
mod patches;
mod statements;
mod texts;

use super::not_found::{NoSuchPackage, NoSuchRelease};
use crate::loading::{Library, LoadState};
use crate::presentation::binaries::{binaries_alone_in_words, missing_binaries};
use crate::presentation::hidden_characters::visible;
use crate::presentation::package_parts::package_parts;
use crate::presentation::package_summary::{differences, levels_in_words, outcome_of, sentence};
use crate::presentation::route::Route;
use crate::presentation::words::outcome_mark;
use crate::report::{Compatibility, Directory, Package, ROWS_PER_DIRECTORY};
use crate::ui::components::loaded::Loaded;
use crate::ui::components::verdict::VerdictMark;
use crate::ui::context::Site;
use crate::ui::navigation::Navigation;
use abi::Abi;
use advisories::Advisories;
use architectures::Architectures;
use beginning::Beginning;
use bug::Bug;
use builds::Builds;
use changes::Changes;
use evidence::Evidences;
use leptos::prelude::*;
use patches::Patches;
use statements::Statements;
use std::sync::Arc;
use texts::Texts;

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
    let FollowedPackage {
        row,
        directory,
        package,
        retry,
    } = follow_package(&library, report.state, &name);
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
                                        <Loaded state=directory what="where this package is kept" retry let:_directory>
                                            {
                                                let children = children.clone();
                                                view! { <Loaded state=package what="this package" retry children/> }
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

/// A package of a report, as it comes.
#[derive(Clone, Copy)]
pub struct FollowedPackage {
    /// Its row in the report's table; none where the report does not have it, or is not here yet.
    pub row: Memo<Option<usize>>,
    /// What names its document.
    pub directory: ReadSignal<LoadState<Directory>>,
    /// Its document.
    pub package: ReadSignal<LoadState<Package>>,
    /// Fetches again what failed.
    pub retry: Callback<()>,
}

/// Follows the package of a name in a report.
pub fn follow_package(
    library: &Library,
    report: ReadSignal<LoadState<Compatibility>>,
    name: &str,
) -> FollowedPackage {
    let wanted = name.to_owned();
    let row = Memo::new(move |_| report.get().loaded()?.packages.row_of(&wanted));
    let directories = library.clone();
    let (directory, retry_directory) = library.follow::<Directory>(move || {
        let digests = report.get().loaded()?;
        let digest = digests.directories.get(row.get()? / ROWS_PER_DIRECTORY)?;
        Some(directories.url("directories", digest, "json"))
    });
    let packages = library.clone();
    let (package, retry_package) = library.follow::<Package>(move || {
        let directory = directory.get().loaded()?;
        let digest = directory.packages.get(row.get()? % ROWS_PER_DIRECTORY)?;
        Some(packages.url("packages", digest, "json"))
    });
    let retry = Callback::new(move |()| {
        retry_directory.run(());
        retry_package.run(());
    });
    FollowedPackage {
        row,
        directory,
        package,
        retry,
    }
}

/// Links to the parts of the page. The one that the address names is scrolled to, once it is there.
#[component]
fn Parts(package: Arc<Package>) -> impl IntoView {
    let parts = package_parts(&package);
    let named = Navigation::get().fragment.get_untracked();
    if parts.iter().any(|(part, _)| part.id() == named) {
        request_animation_frame(move || {
            if let Some(part) = document().get_element_by_id(&named) {
                part.scroll_into_view();
            }
        });
    }
    let links = parts.into_iter().map(|(part, label)| {
        view! { <a href=format!("#{}", part.id()) rel="external">{label}</a> }
    });
    view! { <nav class="package-parts" aria-label="Parts of this page">{links.collect_view()}</nav> }
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
                <p class="soft small crumbs"><a href=move || site.href(&packages)>"Packages"</a>" / "{visible(&package.name)}</p>
                <h1 class="mono">{visible(&package.name)}</h1>
                <p class="package-verdict">
                    {mark.map(|mark| view! { <VerdictMark mark/> })}" "
                    {sentence(&package, &distribution, &reference)}" "
                    <span class="soft">{renamed}{differences(&package).map(|text| format!("By architecture: {text}."))}</span>
                </p>
                <Beginning package=package.clone()/>
                {missing_binaries(&package, &reference).map(|sentence| view! { <p class="note">{visible(&sentence)}</p> })}
                {package.expectation.as_deref().map(|reason| view! { <p class="note">{visible(reason)}</p> })}
            </section>
            <section class="two">
                <Architectures package=package.clone()/>
                <Bug package=package.clone()/>
            </section>
            <Parts package=package.clone()/>
            <Evidences package=package.clone()/>
            <Changes package=package.clone()/>
            <Advisories package=package.clone()/>
            <Statements package=package.clone()/>
            <Texts package=package.clone()/>
            <Patches package=package.clone()/>
            <Abi package=package.clone()/>
            <Builds package=package.clone()/>
            <section>
                <h2>"Binary packages"</h2>
                <p class="mono small names">{visible(&package.binaries.join(", "))}</p>
                {binaries_alone_in_words(&package, &distribution, &reference).into_iter().map(|sentence| view! { <p class="small names">{visible(&sentence)}</p> }).collect_view()}
                {levels_in_words(&package, &reference).into_iter().map(|level| view! { <p class="small names">{level}</p> }).collect_view()}
            </section>
        </div>
    }
}
