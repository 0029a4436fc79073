//! Builds and their logs as links.

use crate::presentation::build_standing::{BuildLink, BuildStanding};
use leptos::prelude::*;

/// A build's number, which leads to its page where that is known, and its day.
pub fn build_link(link: &BuildLink) -> AnyView {
    let number = link.number.clone();
    let number = match link.url.clone() {
        Some(url) => view! { <a href=url rel="noreferrer">{number}</a> }.into_any(),
        None => number.into_any(),
    };
    let day = match &link.day {
        Some(day) => format!(", {day}"),
        None => ", date not known".to_owned(),
    };
    view! { <span class="nowrap">{number}<span class="soft">{day}</span></span> }.into_any()
}

/// How far the last try is, and which build it is.
pub fn last_try(standing: &BuildStanding) -> AnyView {
    let mark = standing.mark.clone();
    view! {
        <span aria-hidden="true">{mark.glyph}" "</span>{mark.word}" "{build_link(&standing.tried)}
    }
    .into_any()
}

/// Which build was the last success.
pub fn last_success(standing: &BuildStanding) -> AnyView {
    match &standing.succeeded {
        Some(link) => {
            let or_later = standing.succeeded_of_read.then(or_later);
            view! { {build_link(link)}{or_later} }.into_any()
        }
        None => view! { <span class="soft">"none that was read"</span> }.into_any(),
    }
}

/// That a later one may be among builds that were not read.
pub fn or_later() -> AnyView {
    view! { " "<span class="soft">"or later"</span> }.into_any()
}

/// Since which build it fails, or since which one it is not known whether it still does; a dash where it does not.
pub fn fails_since(standing: &BuildStanding) -> AnyView {
    match (&standing.failing, &standing.unknown_since) {
        (Some(failing), _) => {
            let at_least = failing.at_least.then_some("at least ");
            view! { {at_least}{build_link(&failing.build)} }.into_any()
        }
        (None, Some(build)) => view! { "unknown since "{build_link(build)} }.into_any(),
        (None, None) => "–".into_any(),
    }
}

/// The logs, and of which build they are where that is not the last try.
pub fn log_links(standing: &BuildStanding) -> AnyView {
    if standing.logs.is_empty() {
        return view! { <span class="soft">"no address known"</span> }.into_any();
    }
    let of_build = standing
        .logs_of
        .as_ref()
        .map(|build| view! { <span class="soft">{format!("of {}: ", build.number)}</span> });
    let links = standing.logs.iter().enumerate().map(|(index, log)| {
        let separator = (index > 0).then_some(" · ");
        view! { {separator}<a href=log.url.clone() rel="noreferrer">{log.label.clone()}</a> }
    });
    view! { {of_build}{links.collect_view()} }.into_any()
}
