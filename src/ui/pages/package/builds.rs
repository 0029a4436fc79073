//! How the builds of the package stand on each architecture, and its last builds.

use crate::presentation::build_standing::{
    BuildLink, BuildStanding, LineStandings, LogLink, standings_of,
};
use crate::presentation::builds::{BuildOutcome, aftermath, source_in_words, task_mark};
use crate::presentation::hidden_characters::visible;
use crate::presentation::package_parts::PackagePart;
use crate::report::{BuildRunRecord, Package};
use crate::ui::components::build_links::{
    build_link, fails_since, last_success, last_try, log_links,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Builds(package: Arc<Package>) -> impl IntoView {
    let lines = standings_of(&package.builds);
    let standings = lines.into_iter().map(line_view).collect_view();
    let runs = package.builds.iter().map(run_view).collect_view();
    (!package.builds.is_empty()).then(|| {
        view! {
            <section id=PackagePart::Builds.id() class="package-builds">
                <h2>"Builds"</h2>
                {standings}
                <h3>"Last builds"</h3>
                <div class="table-scroll" role="region" aria-label="Last builds" tabindex="0">
                    <table>
                        <thead><tr>
                            <th scope="col">"Build"</th><th scope="col">"Source"</th>
                            <th scope="col">"Architectures and logs"</th><th scope="col">"Then"</th>
                        </tr></thead>
                        <tbody>{runs}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

/// The last try beside the last success, for each architecture.
fn line_view(line: LineStandings) -> impl IntoView {
    let fails = line.standings.iter().any(BuildStanding::has_failed);
    let row = |standing: BuildStanding| {
        view! {
            <tr>
                <th scope="row">{standing.architecture.clone()}</th>
                {fails.then(|| view! { <td>{fails_since(&standing)}</td> })}
                <td>{last_try(&standing)}</td>
                <td>{last_success(&standing)}</td>
                <td>{log_links(&standing)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = line.standings.into_iter().map(row).collect();
    view! {
        {line.line.map(|line| view! { <h3>{line}</h3> })}
        <div class="table-scroll" role="region" aria-label="Builds by architecture" tabindex="0">
            <table>
                <thead><tr>
                    <th scope="col">"Architecture"</th>{fails.then(|| view! { <th scope="col">"Fails since build"</th> })}
                    <th scope="col">"Last try"</th><th scope="col">"Last success"</th><th scope="col">"Logs"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn run_view(run: &BuildRunRecord) -> impl IntoView + use<> {
    let tasks = run.tasks.iter().map(|task| {
        let mark = task_mark(task);
        let log = LogLink::of(&task.logs).into_iter().next();
        let log = log.map(|log| view! { " "<a href=log.url rel="noreferrer">"log"</a> });
        view! {
            <li><span aria-hidden="true">{mark.glyph}" "</span>{visible(&task.architecture)}<span class="soft">" "{mark.word}</span>{log}</li>
        }
    });
    view! {
        <tr>
            <th scope="row">{build_link(&BuildLink::of(&run.point()))}</th>
            <td>{source_in_words(run)}<br/><span class="mono small soft">{visible(&run.git_ref)}</span></td>
            <td><ul class="plain small">{tasks.collect_view()}</ul></td>
            <td>{aftermath(&BuildOutcome::of_run(run))}</td>
        </tr>
    }
}
