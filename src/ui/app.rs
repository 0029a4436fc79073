//! The app: what is shared, and the page of the address.

use super::components::footer::Footer;
use super::components::header::Header;
use super::components::loaded::Loaded;
use super::components::part::{Draw, Part};
use super::context::Site;
use super::navigation::{Navigation, Step};
use super::pages::overview::OverviewPage;
use super::pages::{self, AdvisoryRoute, RepositoriesRoute};
use crate::presentation::hidden_characters::visible;
use crate::presentation::repository_boards::release_with_synergy;
use crate::presentation::route::{Board, Route};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::JsCast;

/// All that is drawn.
#[component]
pub fn App() -> impl IntoView {
    let site = Site::provide(&hosted_base());
    Effect::new(move |_| document().set_title(&visible(&title(&site.route.get()))));
    let pages = Part::new("this page", || Box::pin(load_pages()));
    let changes = Part::new("this page", || Box::pin(load_changes()));
    let security = Part::new("this page", || Box::pin(load_security()));
    let advisory = Part::new("this page", || Box::pin(load_advisory()));
    let deviations = Part::new("this page", || Box::pin(load_deviations()));
    let progress = Part::new("this page", || Box::pin(load_progress()));
    let builds = Part::new("this page", || Box::pin(load_builds()));
    let repositories = Part::new("this page", || Box::pin(load_repositories()));
    let page = move || match site.route.get() {
        Route::Overview => view! { <OverviewPage/> }.into_any(),
        Route::Security { release } => security.draw(false, release),
        Route::Advisory { release, id } => advisory.draw(false, (release, id)),
        Route::Deviations => deviations.draw(false, ()),
        Route::Progress => progress.draw(false, ()),
        Route::Synergy => view! { <SynergyOfNewest/> }.into_any(),
        Route::Changes { release } => changes.draw(false, release),
        Route::Builds { release } => builds.draw(false, release),
        Route::Repositories { release } => repositories.draw(false, (release, None)),
        Route::RepositoryBoard { release, board } => {
            repositories.draw(false, (release, Some(board)))
        }
        route => pages.draw(false, route),
    };
    prepare_on_links(pages);
    view! {
        <Header/>
        <main id="main" tabindex="-1">{page}</main>
        <Footer/>
    }
}

/// Leads to the board of the newest release that reads such repositories; the header has the others.
#[component]
fn SynergyOfNewest() -> impl IntoView {
    let site = Site::get();
    let navigation = Navigation::get();
    Effect::new(move |_| {
        let index = site.index.get().loaded();
        let release = index.as_deref().and_then(release_with_synergy);
        if let Some(release) = release {
            let board = Route::Synergy.in_release(release);
            navigation.go(
                &site.href_with(&board, &site.query.get()),
                Step::Replacement,
            );
        }
    });
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:index>
            {index.releases.is_empty().then(|| view! { <h1>"There is no report yet"</h1> })}
        </Loaded>
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

/// The page of a release's security clock, which needs nothing of the other ones; so it is with the next six.
#[wasm_split(security, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_security), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_security() -> Result<Draw<String>, SplitLoaderError> {
    Ok(pages::draw_security)
}

/// The pages of advisories and vulnerabilities.
#[wasm_split(advisory, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_advisory), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_advisory() -> Result<Draw<AdvisoryRoute>, SplitLoaderError> {
    Ok(pages::draw_advisory)
}

/// The page of deviations.
#[wasm_split(deviations, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_deviations), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_deviations() -> Result<Draw<()>, SplitLoaderError> {
    Ok(pages::draw_deviations)
}

/// The page of progress.
#[wasm_split(progress, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_progress), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_progress() -> Result<Draw<()>, SplitLoaderError> {
    Ok(pages::draw_progress)
}

/// The page of builds.
#[wasm_split(builds, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_builds), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_builds() -> Result<Draw<String>, SplitLoaderError> {
    Ok(pages::draw_builds)
}

/// The pages of repositories.
#[wasm_split(repositories, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_repositories), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_repositories() -> Result<Draw<RepositoriesRoute>, SplitLoaderError> {
    Ok(pages::draw_repositories)
}

/// The page of what changed between two reports.
#[wasm_split(changes, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_changes), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_changes() -> Result<Draw<String>, SplitLoaderError> {
    Ok(pages::draw_changes)
}

/// All other pages but the first.
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
        Route::Builds { release } => format!("Builds of {release}"),
        Route::Repositories { release } => format!("Repositories of {release}"),
        Route::RepositoryBoard { release, board } => format!("{} of {release}", board.name()),
        Route::Changes { release } => format!("Changes of {release}"),
        Route::Security { release } => format!("Security of {release}"),
        Route::Advisory { release, id } => format!("{id} in {release}"),
        Route::Package { release, name } => format!("{name} in {release}"),
        Route::Diff {
            release,
            name,
            file,
        } => format!("{file} of {name} in {release}"),
        Route::Deviations => "Deviations".to_owned(),
        Route::Progress => "Progress".to_owned(),
        Route::Synergy => Board::Synergy.name().to_owned(),
        Route::Patch {
            release,
            name,
            number,
        } => format!("Patch {number} of {name} in {release}"),
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
