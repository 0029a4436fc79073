//! `/method`: definitions, sources with their dates, doubts, and the report's schema.

use crate::domain::{Cause, ChangeClass, Evidence, NotComparedReason, Verdict};
use crate::presentation::date::moment;
use crate::presentation::number::count;
use crate::presentation::repository_boards::packages_counted;
use crate::presentation::source_failures::{
    advisory_failure_sentence, failure_sentence, input_failure_sentence,
};
use crate::presentation::words::{
    cause_label, cause_sentence, class_effect, class_sentence, evidence_label, evidence_sentence,
    reason_sentence, verdict_mark,
};
use crate::report::{FormatVersion, Index, ReleaseEntry};
use crate::ui::components::loaded::Loaded;
use crate::ui::components::verdict::VerdictMark;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn MethodPage() -> impl IntoView {
    let site = Site::get();
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:index>
            <div class="stack method-page">
                <h1>"How this is made"</h1>
                <Definitions index=index.clone()/>
                <Lags index=index.clone()/>
                <section>
                    <h2>"Sources"</h2>
                    {index.failures.iter().map(|failure| view! { <p class="note">{failure_sentence(failure, &index)}</p> }).collect_view()}
                    {index.advisory_failures.iter().map(|failure| view! { <p class="note">{format!("Release {}: ", failure.release)}{advisory_failure_sentence(failure)}</p> }).collect_view()}
                    {index.input_failures.iter().map(|failure| view! { <p class="note">{input_failure_sentence(failure)}</p> }).collect_view()}
                    {index.releases.iter().map(|release| view! { <Sources release=release.clone()/> }).collect_view()}
                </section>
                <Format index/>
            </div>
        </Loaded>
    }
}

#[component]
fn Lags(index: Arc<Index>) -> impl IntoView {
    let (distribution, reference) = (&index.distribution.name, &index.reference.name);
    view! {
        <section>
            <h2>"How long a security fix takes"</h2>
            <p>{format!(
                "The lag is the number of whole days, in UTC, from {reference}’s advisory to {distribution}’s of the same kind, year and number; it is negative where {distribution} leads. \
                 {distribution} copies {reference}’s date into most of its advisories. A date counts as {distribution}’s own only where it is neither {reference}’s day nor the day before, which time zones make of it."
            )}</p>
            <p>{format!(
                "Else the earliest day stands in by which the advisory was there: when it was changed last, when a copy appeared in an archive, or the first snapshot that had it. That is an upper bound, and is marked with ≤. \
                 Where there is none either, no lag is computed. {distribution}’s own advisories are measured against the first of {reference}’s that corrects one of their vulnerabilities in one of their packages, and are in no figure."
            )}</p>
        </section>
    }
}

#[component]
fn Definitions(index: Arc<Index>) -> impl IntoView {
    let (distribution, reference) = (
        index.distribution.name.clone(),
        index.reference.name.clone(),
    );
    let verdict = |verdict: Verdict| {
        match verdict {
        Verdict::Matched => format!("in {reference} and {distribution} in the same version, and not modified as far as is known"),
        Verdict::Patched => "in both, the same version once the distribution’s suffix is taken off, modified, and no known change alters behaviour on purpose".to_owned(),
        Verdict::Diverging => "everything else that was compared, always with its cause".to_owned(),
        Verdict::NotCompared => "nothing to compare with; in no share, its count stands beside it".to_owned(),
    }
    };
    let verdicts = Verdict::ALL.map(
        |known| view! { <dt><VerdictMark mark=verdict_mark(known)/></dt><dd>{verdict(known)}</dd> },
    );
    let causes = Cause::ALL.map(|cause| view! { <dt>{cause_label(cause)}</dt><dd>{cause_sentence(cause, &distribution, &reference)}</dd> });
    let reasons = NotComparedReason::ALL
        .map(|reason| view! { <li>{reason_sentence(reason, &distribution, &reference)}</li> });
    let grades = [Evidence::Proven, Evidence::Tagged, Evidence::Inferred]
        .map(|grade| view! { <dt>{evidence_label(grade)}</dt><dd>{evidence_sentence(grade)}</dd> });
    let classes = ChangeClass::ALL.map(|class| {
        view! { <dt>{class.name()}</dt><dd>{format!("{}; {}", class_sentence(class), class_effect(class))}</dd> }
    });
    view! {
        <section>
            <h2>"What a share is"</h2>
            <p>{format!("A source package matches {reference} when it is matched or patched. The share is that number over all source packages that were compared. A package counts by the least favourable of its architectures.")}</p>
            <p>"Versions are compared by rpm’s own rules, epoch first, after the distribution’s suffix is taken off and the build tag of a module is reduced. Where a repository carries several versions of a package, the newest counts; where some were built as modules, the package’s page tells of the others, which may be other streams. A reference that is older or newer than the distribution’s snapshot makes packages look ahead or behind, so both dates stand beside every share."</p>
            <dl>{verdicts.into_iter().collect_view()}</dl>
            <h2>"Why a package diverges"</h2>
            <dl>{causes.into_iter().collect_view()}</dl>
            <h2>"Why a package is not compared"</h2>
            <ul>{reasons.into_iter().collect_view()}</ul>
            <h2>"How well a verdict is founded"</h2>
            <dl>{grades.into_iter().collect_view()}</dl>
            <h2>"What changes are for"</h2>
            <dl>{classes.into_iter().collect_view()}</dl>
            <ChangeRules index=index.clone()/>
        </section>
    }
}

/// The rules by which changes are classed, as the publisher configured them.
#[component]
fn ChangeRules(index: Arc<Index>) -> impl IntoView {
    let lines = index.change_rules.iter().map(|rule| {
        let class: ChangeClass = rule.class.into();
        view! { <tr><th scope="row">{class.name()}</th><td>{rule.conditions.clone()}</td><td class="soft">{rule.because.clone()}</td></tr> }
    });
    let lines = lines.collect_view();
    (!index.change_rules.is_empty()).then(|| view! {
        <details class="change-rules">
            <summary>{format!("The {} rules by which a change gets its class; the first that fits counts", index.change_rules.len())}</summary>
            <div class="table-scroll" role="region" tabindex="0" aria-label="Rules of changes">
                <table>
                    <thead><tr><th scope="col">"Class"</th><th scope="col">"Where"</th><th scope="col">"Because"</th></tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </details>
    })
}

#[component]
fn Sources(release: ReleaseEntry) -> impl IntoView {
    let lines = release.sources.iter().map(|source| {
        let side = source.side.to_string();
        let dated = source.dated.map_or_else(|| "not recorded".to_owned(), |dated| moment(dated.0));
        let complete = match (source.complete, source.records_epochs) {
            (true, true) => "complete",
            (false, true) => "not complete",
            (true, false) => "complete, without epochs",
            (false, false) => "not complete, without epochs",
        };
        view! {
            <tr>
                <td>{side}</td><td>{source.name.clone()}</td><td>{source.architecture.clone()}</td>
                <td>{dated}</td><td>{complete}</td>
                <td class="number">{count(packages_counted(source))}</td>
                <td class="mono small location">{source.location.clone()}</td>
                <td class="mono small" title=source.digest.to_string()>{source.digest.as_str()[..12].to_owned()}</td>
            </tr>
        }
    });
    let taken = release.latest().map(|snapshot| moment(snapshot.taken.0));
    let notices = release
        .latest()
        .map(|snapshot| snapshot.notices.clone())
        .unwrap_or_default();
    view! {
        <details>
            <summary>{format!("Release {}: {} repositories, last read with success ", release.id, release.sources.len())}{taken}</summary>
            {notices.into_iter().map(|notice| view! { <p class="note">{notice}</p> }).collect_view()}
            <div class="table-scroll" role="region" tabindex="0" aria-label=format!("Sources of release {}", release.id)>
                <table>
                    <thead><tr>
                        <th scope="col">"Side"</th><th scope="col">"Repository"</th><th scope="col">"Architecture"</th>
                        <th scope="col">"Dated"</th><th scope="col">"List"</th><th scope="col">"Packages"</th>
                        <th scope="col">"Location"</th><th scope="col">"SHA-256 of repomd.xml"</th>
                    </tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

const KINDS: [(&str, &str); 15] = [
    ("index", "What there is"),
    ("compatibility", "One release at one snapshot"),
    ("year", "The shares of a release in one year"),
    (
        "month",
        "The snapshots of a month, with what became of packages",
    ),
    (
        "ledger",
        "Open deviations, and the quarters in which others ended",
    ),
    ("ended", "The deviations that ended in a quarter"),
    ("directory", "Where package documents are"),
    ("names", "Binary packages, for the search"),
    ("build-days", "When packages were built"),
    ("security", "When the fixes of advisories came where"),
    ("fixes", "The versions that fix the packages of advisories"),
    ("builds", "How the builds of packages stand"),
    (
        "repositories",
        "What waits in Testing, and what Synergy adds",
    ),
    ("facets", "What else packages can be chosen by"),
    ("package", "One source package in detail"),
];

#[component]
fn Format(index: Arc<Index>) -> impl IntoView {
    let site = Site::get();
    let library = site.library.get_value();
    let kinds = KINDS.map(|(kind, meaning)| view! { <Schema kind meaning/> });
    view! {
        <section>
            <h2>"The report’s format"</h2>
            <p>
                {format!("These reports are written in format {} by {}; this page reads format {}. ", index.format, index.generator, FormatVersion::CURRENT)}
                <a href=library.index_url() rel="external">"The index"</a>" names every other file by the SHA-256 of what it holds. Each kind of file has its JSON Schema:"
            </p>
            {kinds.into_iter().collect_view()}
        </section>
    }
}

/// A schema, fetched when its part is opened.
#[component]
fn Schema(kind: &'static str, meaning: &'static str) -> impl IntoView {
    let library = Site::get().library.get_value();
    let (open, set_open) = signal(false);
    let url = library.schema_url(kind);
    let download = url.clone();
    let (schema, retry) = library.follow_text(move || open.get().then(|| url.clone()));
    view! {
        <details on:toggle=move |_| set_open.set(true)>
            <summary>{meaning}": "<code>{kind}</code></summary>
            <p><a href=download rel="external">"Download the schema"</a></p>
            <Loaded state=schema what="the schema" retry within_page=true let:bytes>
                <pre class="schema" tabindex="0">{String::from_utf8_lossy(&bytes).into_owned()}</pre>
            </Loaded>
        </details>
    }
}
