//! The last builds of the package.

use crate::presentation::builds::{aftermath, source_in_words, task_mark, when};
use crate::report::{BuildRunRecord, Package, is_http_address};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Builds(package: Arc<Package>) -> impl IntoView {
    let lines = package.builds.iter().map(line).collect_view();
    (!package.builds.is_empty()).then(|| {
        view! {
            <section>
                <h2>"Builds"</h2>
                <div class="table-scroll" role="region" aria-label="Builds" tabindex="0">
                    <table class="package-builds">
                        <thead><tr>
                            <th scope="col">"Build"</th><th scope="col">"Ended"</th><th scope="col">"Source"</th>
                            <th scope="col">"Architectures"</th><th scope="col">"Then"</th>
                        </tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

fn line(run: &BuildRunRecord) -> impl IntoView + use<> {
    let number = run.id.to_string();
    let build = match run.url.clone().filter(|url| is_http_address(url)) {
        Some(url) => view! { <a href=url rel="noreferrer">{number}</a> }.into_any(),
        None => number.into_any(),
    };
    let tasks = run.tasks.iter().map(|task| {
        let mark = task_mark(task);
        view! {
            <li><span aria-hidden="true">{mark.glyph}" "</span>{task.architecture.clone()}<span class="soft">" "{mark.word}</span></li>
        }
    });
    view! {
        <tr>
            <th scope="row">{build}</th>
            <td class="nowrap">{when(run)}</td>
            <td>{source_in_words(run)}<br/><span class="mono small soft">{run.git_ref.clone()}</span></td>
            <td><ul class="plain small">{tasks.collect_view()}</ul></td>
            <td>{aftermath(run)}</td>
        </tr>
    }
}
