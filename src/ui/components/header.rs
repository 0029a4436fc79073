//! What stands over every page: name, release, navigation, search, theme.

use super::search_box::SearchBox;
use super::share_menu::{FrozenBanner, ShareMenu};
use super::theme_button::ThemeButton;
use crate::loading::Library;
use crate::presentation::hidden_characters::visible;
use crate::presentation::notices::{notices_across, notices_at};
use crate::presentation::route::Route;
use crate::report::FormatVersion;
use crate::ui::context::{Site, value_of};
use crate::ui::navigation::{Navigation as Address, Step};
use leptos::prelude::*;

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let site = Site::get();
    view! {
        <header>
            <a class="skip" href="#main" rel="external">"Skip to the content"</a>
            <div class="bar">
            <a class="brand" href=move || site.href(&Route::Overview)>"Almanac"</a>
            <ReleaseChoice/>
            <Navigation/>
            <span class="bar-end">
                <SearchBox/>
                <ShareMenu/>
                <ThemeButton/>
            </span>
            </div>
            <SampleBanner/>
            <NewerFormat/>
            <FrozenBanner/>
            <Notices/>
        </header>
    }
}

/// The releases; a choice stays on the same page.
#[component]
fn ReleaseChoice() -> impl IntoView {
    let site = Site::get();
    let address = Address::get();
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let route = site.route.get_untracked();
        let target = match chosen.as_str() {
            "" => Route::Overview,
            release => route.in_release(release),
        };
        // A snapshot belongs to one release, so it is not taken along.
        address.go(&site.href_at(&target, None), Step::Forward);
    };
    let options = move || {
        let index = site.index.get().loaded()?;
        let current = site.route.get().release().map(str::to_owned);
        let options = index.releases.iter().map(|release| {
            let minor = release
                .latest()
                .map_or(&release.id, |snapshot| &snapshot.distribution_minor);
            let label = format!("{} {minor}", index.distribution.name);
            let selected = current.as_ref() == Some(&release.id);
            view! { <option value=release.id.clone() selected=selected>{label}</option> }
        });
        let none = current.is_none();
        Some(view! {
            <select class="select" aria-label="Release" on:change=choose>
                <option value="" selected=none>"All releases"</option>
                {options.collect_view()}
            </select>
        })
    };
    view! { {options} }
}

/// The pages of the release, or of the newest where the page is about none, and the deviations of all.
#[component]
fn Navigation() -> impl IntoView {
    let site = Site::get();
    let release = Memo::new(move |_| site.release_or_newest());
    let link = move |label: &'static str, route: Route, is_current: fn(&Route) -> bool| {
        let current = move || is_current(&site.route.get()).then_some("page");
        view! { <a href=move || site.href(&route) aria-current=current>{label}</a> }
    };
    let of_release = move || {
        release.get().map(|release| {
            let overview = Route::Release { release: release.clone() };
            let packages = Route::Packages { release: release.clone() };
            let builds = Route::Builds { release: release.clone() };
            let security = Route::Security { release: release.clone() };
            let repositories = Route::Repositories { release: release.clone() };
            let changes = Route::Changes { release };
            view! {
                {link("Overview", overview, |route| matches!(route, Route::Release { .. }))}
                {link("Packages", packages, |route| {
                    matches!(route, Route::Packages { .. } | Route::Package { .. } | Route::Diff { .. } | Route::Patch { .. })
                })}
                {link("Builds", builds, |route| matches!(route, Route::Builds { .. }))}
                {link("Security", security, |route| matches!(route, Route::Security { .. } | Route::Advisory { .. }))}
                {link("Repositories", repositories, |route| {
                    matches!(route, Route::Repositories { .. } | Route::RepositoryBoard { .. })
                })}
                {link("Changes", changes, |route| matches!(route, Route::Changes { .. }))}
            }
        })
    };
    view! {
        <nav class="navigation" aria-label="Pages">
            {of_release}
            {link("Deviations", Route::Deviations, |route| matches!(route, Route::Deviations))}
        </nav>
    }
}

/// Says on every page of a sample that it is one.
#[component]
fn SampleBanner() -> impl IntoView {
    let site = Site::get();
    move || {
        site.index.get().loaded().filter(|index| index.sample).map(|_| {
            view! {
                <p class="banner sample" role="note">
                    <b>"Sample report."</b>
                    " Every package, version and figure here was invented to show what Almanac does. Nothing of it is a finding."
                </p>
            }
        })
    }
}

/// Says that a document of the report is newer than the page.
#[component]
fn NewerFormat() -> impl IntoView {
    let site = Site::get();
    move || {
        let newer = site.library.with_value(Library::newer_format)?;
        let known = FormatVersion::CURRENT;
        Some(view! {
            <p class="banner" role="note">
                <b>"A newer Almanac made this report."</b>
                {format!(" It is written in format {newer}, and this page reads {known}: what came later is not shown. Reload the page to get the newest.")}
            </p>
        })
    }
}

/// What must be read before any figure of the release, on each of its pages, and on those across releases.
#[component]
fn Notices() -> impl IntoView {
    let site = Site::get();
    let notices = Memo::new(move |_| {
        let route = site.route.get();
        let index = site.index.get().loaded()?;
        let Some(release) = route.release() else {
            let chosen = value_of(&site.query.get(), "release");
            return Some(notices_across(&index, &route, chosen.as_deref()));
        };
        Some(notices_at(&index, release, &site.snapshot(release)?))
    });
    move || {
        let notices = notices.get().unwrap_or_default();
        let lines = notices
            .into_iter()
            .map(|notice| view! { <p class="banner notice" role="note">{visible(&notice)}</p> });
        lines.collect_view()
    }
}
