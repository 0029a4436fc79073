//! The changes that are known of, each with its class, origin and lines; then the lines that none of them explains.

use crate::domain::ChangeClass;
use crate::presentation::diff_view::LineRange;
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::counted;
use crate::presentation::route::Route;
use crate::report::{HunkRecord, Package, is_http_address};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Changes(package: Arc<Package>) -> impl IntoView {
    let lines = package.changes.iter().map(|change| {
        let class: ChangeClass = change.class.into();
        let origin = match change.origin.clone().filter(|url| is_http_address(url)) {
            Some(url) => {
                let shown = visible(&url);
                view! { <a href=url rel="noreferrer">{shown}</a> }.into_any()
            }
            None => view! { <span class="soft">"origin not known"</span> }.into_any(),
        };
        view! {
            <tr>
                <td class="nowrap">{class.name()}</td>
                <td>{visible(&change.summary)}<br/><span class="small">{origin}" "{hunk_links(&package, &change.hunks)}</span></td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let is_explained = package.unexplained.is_empty();
    let unexplained = package.unexplained.iter().map(|unexplained| {
        let link = hunk_links(&package, std::slice::from_ref(&unexplained.hunk));
        view! { <li>{link}<span class="soft">{visible(&unexplained.reason)}</span></li> }
    });
    let unexplained = unexplained.collect_view();
    let title = format!(
        "{} that no known change explains",
        counted(package.unexplained.len() as u32, "place", "places")
    );
    (!package.changes.is_empty() || !is_explained).then(|| view! {
        <section>
            <h2>"Why it differs"</h2>
            <table><thead class="visually-hidden"><tr><th>"Class"</th><th>"Change"</th></tr></thead><tbody>{lines}</tbody></table>
            {(!is_explained).then(|| view! { <div class="note"><b>{title}</b><ul class="small">{unexplained}</ul></div> })}
        </section>
    })
}

/// Links to the lines of a change in the diff of their file.
fn hunk_links(package: &Package, hunks: &[HunkRecord]) -> impl IntoView + use<> {
    let site = Site::get();
    let links = hunks.iter().map(|hunk| {
        let route = Route::Diff {
            release: package.release.clone(),
            name: package.name.clone(),
            file: hunk.file.clone(),
        };
        let lines = LineRange::of_hunk(hunk);
        let label = visible(&format!("{} {}", hunk.file, lines.in_words()));
        view! { <a class="mono" href=move || format!("{}#{lines}", site.href(&route))>{label}</a>" " }
    });
    links.collect_view()
}
