//! The app: what is shared, and the page of the address.

use super::components::footer::Footer;
use super::components::header::Header;
use super::context::Site;
use super::pages;
use crate::presentation::route::Route;
use leptos::prelude::*;

/// All that is drawn.
#[component]
pub fn App() -> impl IntoView {
    let site = Site::provide(&hosted_base());
    Effect::new(move |_| document().set_title(&title(&site.route.get())));
    let page = move || match site.route.get() {
        Route::Overview => view! { <pages::overview::OverviewPage/> }.into_any(),
        Route::Release { release } => view! { <pages::release::ReleasePage release/> }.into_any(),
        Route::Packages { release } => {
            view! { <pages::packages::PackagesPage release/> }.into_any()
        }
        Route::Package { release, name } => {
            view! { <pages::package::PackagePage release name/> }.into_any()
        }
        Route::Diff {
            release,
            name,
            file,
        } => view! { <pages::diff::DiffPage release name file/> }.into_any(),
        Route::Method => view! { <pages::method::MethodPage/> }.into_any(),
        Route::NotFound { path } => view! { <pages::not_found::NotFoundPage path/> }.into_any(),
    };
    view! {
        <Header/>
        <main id="main" tabindex="-1">{page}</main>
        <Footer/>
    }
}

fn title(route: &Route) -> String {
    let page = match route {
        Route::Overview => return "Almanac".to_owned(),
        Route::Release { release } => format!("Release {release}"),
        Route::Packages { release } => format!("Packages of {release}"),
        Route::Package { release, name } => format!("{name} in {release}"),
        Route::Diff {
            release,
            name,
            file,
        } => format!("{file} of {name} in {release}"),
        Route::Method => "Method".to_owned(),
        Route::NotFound { .. } => "Not found".to_owned(),
    };
    format!("{page} – Almanac")
}

/// The path that the app is hosted under; the page's policy forbids `<base>`, so the start script carries it.
fn hosted_base() -> String {
    let script = document()
        .query_selector("script[data-base]")
        .ok()
        .flatten();
    let base = script.and_then(|script| script.get_attribute("data-base"));
    base.filter(|base| base.ends_with('/'))
        .unwrap_or_else(|| "/".to_owned())
}
