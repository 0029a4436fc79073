//! One page per route.

pub mod advisory;
mod archive;
pub mod builds;
pub mod changes;
pub mod deviations;
pub mod diff;
pub mod method;
pub mod not_found;
pub mod overview;
pub mod package;
pub mod packages;
pub mod patch;
pub mod progress;
pub mod release;
pub mod repositories;
pub mod security;
mod with_report;

use crate::presentation::route::{Board, Route};
use leptos::prelude::*;

/// A release, and the advisory or vulnerability of it.
pub type AdvisoryRoute = (String, String);

/// A release, and the board of it where the page is one.
pub type RepositoriesRoute = (String, Option<Board>);

/// Draws the page of a release's security clock.
pub fn draw_security(release: String) -> AnyView {
    view! {
        <archive::AtSnapshot>
            <security::SecurityPage release=release.clone()/>
        </archive::AtSnapshot>
    }
    .into_any()
}

/// Draws the page of an advisory or a vulnerability.
pub fn draw_advisory((release, id): AdvisoryRoute) -> AnyView {
    view! {
        <archive::AtSnapshot>
            <advisory::AdvisoryPage release=release.clone() id=id.clone()/>
        </archive::AtSnapshot>
    }
    .into_any()
}

/// Draws the page of deviations.
pub fn draw_deviations((): ()) -> AnyView {
    view! { <deviations::DeviationsPage/> }.into_any()
}

/// Draws the page of progress.
pub fn draw_progress((): ()) -> AnyView {
    view! { <progress::ProgressPage/> }.into_any()
}

/// Draws the page of a release's builds.
pub fn draw_builds(release: String) -> AnyView {
    view! { <archive::AtSnapshot><builds::BuildsPage release=release.clone()/></archive::AtSnapshot> }
        .into_any()
}

/// Draws the page of what changed in a release.
pub fn draw_changes(release: String) -> AnyView {
    view! { <archive::AtSnapshot><changes::ChangesPage release=release.clone()/></archive::AtSnapshot> }
        .into_any()
}

/// Draws the pages of a release's repositories.
pub fn draw_repositories((release, board): RepositoriesRoute) -> AnyView {
    view! {
        <archive::AtSnapshot>
            <repositories::RepositoriesPage release=release.clone() board/>
        </archive::AtSnapshot>
    }
    .into_any()
}

/// Draws the page of any other route.
pub fn draw(route: Route) -> AnyView {
    if route.release().is_none() {
        return page(route);
    }
    view! { <archive::AtSnapshot>{page(route.clone())}</archive::AtSnapshot> }.into_any()
}

fn page(route: Route) -> AnyView {
    match route {
        Route::Overview => view! { <overview::OverviewPage/> }.into_any(),
        Route::Release { release } => view! { <release::ReleasePage release/> }.into_any(),
        Route::Packages { release } => view! { <packages::PackagesPage release/> }.into_any(),
        Route::Package { release, name } => {
            view! { <package::PackagePage release name/> }.into_any()
        }
        Route::Diff {
            release,
            name,
            file,
        } => view! { <diff::DiffPage release name file/> }.into_any(),
        // They are parts of the program of their own.
        Route::Security { .. }
        | Route::Advisory { .. }
        | Route::Builds { .. }
        | Route::Changes { .. }
        | Route::Repositories { .. }
        | Route::RepositoryBoard { .. }
        | Route::Deviations
        | Route::Progress
        // It leads to another one.
        | Route::Synergy => ().into_any(),
        Route::Patch {
            release,
            name,
            number,
        } => view! { <patch::PatchPage release name number/> }.into_any(),
        Route::Method => view! { <method::MethodPage/> }.into_any(),
        Route::NotFound { path } => view! { <not_found::NotFoundPage path/> }.into_any(),
    }
}
