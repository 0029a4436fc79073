//! One page per route.

pub mod changes;
pub mod diff;
pub mod method;
pub mod not_found;
pub mod overview;
pub mod package;
pub mod packages;
pub mod release;

use crate::presentation::route::Route;
use leptos::prelude::*;

/// Draws the page of a route.
pub fn draw(route: Route) -> AnyView {
    match route {
        Route::Overview => view! { <overview::OverviewPage/> }.into_any(),
        Route::Release { release } => view! { <release::ReleasePage release/> }.into_any(),
        Route::Packages { release } => view! { <packages::PackagesPage release/> }.into_any(),
        Route::Changes { release } => view! { <changes::ChangesPage release/> }.into_any(),
        Route::Package { release, name } => {
            view! { <package::PackagePage release name/> }.into_any()
        }
        Route::Diff {
            release,
            name,
            file,
        } => view! { <diff::DiffPage release name file/> }.into_any(),
        Route::Method => view! { <method::MethodPage/> }.into_any(),
        Route::NotFound { path } => view! { <not_found::NotFoundPage path/> }.into_any(),
    }
}
