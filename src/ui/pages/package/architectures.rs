//! The architectures: what either side has, what that comes to, how well it is known, and how the build went.

use crate::domain::{AbiVerdict, Outcome};
use crate::presentation::abi::abi_mark;
use crate::presentation::builds::{task_mark, task_of};
use crate::presentation::date::day;
use crate::presentation::hidden_characters::visible;
use crate::presentation::words::{cause_label, evidence_label, outcome_mark};
use crate::report::{BuildRecord, Package, PackageOnArchitecture};
use crate::ui::components::verdict::VerdictMark;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// The cause of a verdict, and how well it is known.
fn grounds(outcome: &Outcome) -> String {
    let words = [
        outcome.cause.map(cause_label),
        outcome.evidence.map(evidence_label),
    ];
    let words: Vec<_> = words.into_iter().flatten().collect();
    words.join(", ")
}

#[component]
pub(super) fn Architectures(package: Arc<Package>) -> impl IntoView {
    let (distribution, reference) = Site::get().parties();
    let evr = |side: &str, build: &Option<BuildRecord>| {
        let title = build.as_ref().map(|build| {
            let built = build.built.map(|built| format!(", built {}", day(built.0)));
            format!("{}{}", build.repository, built.unwrap_or_default())
        });
        let evr = build
            .as_ref()
            .map_or_else(|| "–".to_owned(), |build| visible(&build.evr));
        view! { <td class="mono small" title=title data-side=side.to_owned()>{evr}</td> }
    };
    let site = Site::get();
    let release = package.release.clone();
    let has_abi = package.architectures.iter().any(|on| on.abi.is_some());
    let abi = |on: &PackageOnArchitecture| {
        let verdict: AbiVerdict = on.abi.as_ref()?.outcome.into();
        Some(view! { <VerdictMark mark=abi_mark(verdict)/> })
    };
    let has_builds = !package.builds.is_empty();
    let built = |on: &PackageOnArchitecture| {
        let published = on.distribution.as_ref()?;
        let mark = task_mark(task_of(
            &package.builds,
            &package.name,
            &published.evr,
            &on.architecture,
        )?);
        Some(view! { <span aria-hidden="true">{mark.glyph}" "</span>{mark.word} })
    };
    let lines = package.architectures.iter().map(|on| {
        let outcome: Outcome = on.outcome.into();
        let compared_with = site.entry(&release).and_then(|entry| {
            let architecture = entry.architectures.into_iter().find(|known| known.name == on.architecture)?;
            architecture.compared_with.filter(|with| *with != on.architecture)
        });
        view! {
            <tr>
                <th scope="row">{on.architecture.clone()}
                    {compared_with.map(|with| view! { <span class="soft small">{format!(" with {with}")}</span> })}</th>
                {evr(&reference, &on.reference)}
                {evr(&distribution, &on.distribution)}
                <td class="cell-verdict"><VerdictMark mark=outcome_mark(&outcome)/>" "<span class="cell-evidence soft small">{grounds(&outcome)}</span></td>
                {has_abi.then(|| view! { <td class="cell-build nowrap">{abi(on)}</td> })}
                {has_builds.then(|| match built(on) {
                    Some(built) => view! { <td class="cell-build nowrap">{built}</td> }.into_any(),
                    None => view! { <td class="cell-build soft small" title="No build of the published version was read.">"not known"</td> }.into_any(),
                })}
            </tr>
        }
    });
    view! {
        <div class="table-scroll" role="region" aria-label="Architectures" tabindex="0">
            <table class="package-architectures">
                <thead><tr>
                    <th scope="col">"Architecture"</th><th scope="col">{reference.clone()}</th><th scope="col">{distribution.clone()}</th>
                    <th scope="col">"Verdict"</th>{has_abi.then(|| view! { <th scope="col">"ABI"</th> })}{has_builds.then(|| view! { <th scope="col">"Build"</th> })}
                </tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
}
