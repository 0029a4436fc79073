//! The app: what is shared, and the page of the address.

use super::components::footer::Footer;
use super::components::header::Header;
use super::components::part::{Draw, Part};
use super::context::Site;
use super::pages;
use super::pages::overview::OverviewPage;
use crate::presentation::route::Route;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::JsCast;

/// All that is drawn.
#[component]
pub fn App() -> impl IntoView {
    let site = Site::provide(&hosted_base());
    Effect::new(move |_| document().set_title(&title(&site.route.get())));
    let pages = Part::new("this page", || Box::pin(load_pages()));
    let page = move || match site.route.get() {
        Route::Overview => view! { <OverviewPage/> }.into_any(),
        route => pages.draw(false, route),
    };
    prepare_on_links(pages);
    view! {
        <Header/>
        <main id="main" tabindex="-1">{page}</main>
        <Footer/>
    }
}

/// Asks for the pages when the pointer is over a link or the focus on it, which is a moment before a reader follows it.
fn prepare_on_links(pages: Part<Route>) {
    let near = move |target: Option<web_sys::EventTarget>| {
        let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if element
            .is_some_and(|element| element.closest("a[href]").is_ok_and(|link| link.is_some()))
        {
            pages.prepare();
        }
    };
    let over = window_event_listener(leptos::ev::pointerover, move |event| near(event.target()));
    let focus = window_event_listener(leptos::ev::focusin, move |event| near(event.target()));
    on_cleanup(move || {
        over.remove();
        focus.remove();
    });
}

/// All pages but the first.
#[wasm_split(pages, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_pages), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_pages() -> Result<Draw<Route>, SplitLoaderError> {
    Ok(pages::draw)
}

fn title(route: &Route) -> String {
    let page = match route {
        Route::Overview => return "Almanac".to_owned(),
        Route::Release { release } => format!("Release {release}"),
        Route::Packages { release } => format!("Packages of {release}"),
        Route::Changes { release } => format!("Changes of {release}"),
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
