//! The table of the ledger: a re-sync is as prominent as a deviation.

use super::Choose;
use crate::domain::Verdict;
use crate::presentation::date::day;
use crate::presentation::deviations::{DeviationFilter, DeviationRow};
use crate::presentation::number::count;
use crate::presentation::route::Route;
use crate::presentation::words::{ending_label, verdict_mark};
use crate::ui::components::verdict::VerdictMark;
use crate::ui::context::Site;
use leptos::prelude::*;

/// The rows, the newest event first; of very many the first, with a way to more.
#[component]
pub fn DeviationTable(
    shown: Memo<Vec<DeviationRow>>,
    filter: Memo<DeviationFilter>,
    choose: Choose,
) -> impl IntoView {
    let rows = move || {
        let drawn = filter.with(DeviationFilter::rows_shown);
        shown.with(|rows| rows.iter().take(drawn).cloned().map(row).collect_view())
    };
    let rest = move || {
        let drawn = filter.with(DeviationFilter::rows_shown);
        let all = shown.with(Vec::len);
        let more = move |_| {
            let mut changed = filter.get_untracked();
            changed.shown = Some(drawn.saturating_mul(2));
            choose.run((changed, true));
        };
        let left = u32::try_from(all.saturating_sub(drawn)).unwrap_or(u32::MAX);
        (left > 0).then(|| view! {
            <p><button type="button" class="button" on:click=more>{format!("Show more of {} others", count(left))}</button></p>
        })
    };
    let nothing = move || {
        shown.with(Vec::is_empty).then(|| {
            view! {
                <p class="lead">"No deviation is of that kind."</p>
            }
        })
    };
    view! {
        {nothing}
        <table class="deviations" hidden=move || shown.with(Vec::is_empty)>
            <thead><tr>
                <th scope="col" class="deviation-name">"Package"</th>
                <th scope="col" class="deviation-state">"Now"</th>
                <th scope="col">"Why it deviates, or did"</th>
                <th scope="col" class="deviation-when">"Began"</th>
                <th scope="col" class="deviation-when">"Ended"</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {rest}
    }
}

fn row(row: DeviationRow) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let route = Route::Package {
        release: row.release.clone(),
        name: row.package.clone(),
    };
    let place = format!(
        "{distribution} {}, {}",
        row.release,
        row.architectures.join(", ")
    );
    let state = match &row.ending {
        None => {
            let mark = verdict_mark(Verdict::Diverging);
            view! { <VerdictMark mark/><div class="small soft">{row.length_words()}</div> }
                .into_any()
        }
        Some(ending) => {
            let label = ending_label(ending.how, &distribution, &reference);
            let mark = ending.verdict.map(verdict_mark);
            view! {
                {mark.map(|mark| view! { <VerdictMark mark/> })}
                <div class="deviation-ending">{label}</div>
                <div class="small soft">{format!("after {}", row.length_words())}</div>
            }
            .into_any()
        }
    };
    let evidence = row.evidence_words().map(|grade| format!(", {grade}"));
    let said = row
        .said
        .iter()
        .map(|said| view! { <div>{said.clone()}</div> });
    let links = row.links.iter().map(|(label, url)| {
        view! { <a class="small" href=url.clone() rel="noreferrer">{label.clone()}</a>" " }
    });
    let ended = row.ending.as_ref().map(|ending| {
        view! {
            {day(ending.at.0)}
            <div class="small soft">{ending.versions.words(&distribution, &reference)}</div>
        }
    });
    let elsewhere = row.endings_elsewhere(&distribution, &reference).into_iter();
    let elsewhere = elsewhere.map(|ended| view! { <div class="small soft">{ended}</div> });
    view! {
        <tr>
            <th scope="row" class="deviation-name">
                <a class="mono" href=move || site.href(&route)>{row.package.clone()}</a>
                <div class="small soft">{place}</div>
            </th>
            <td class="deviation-state">{state}</td>
            <td class="deviation-why">
                <div>{row.cause_words()}<span class="soft">{evidence}</span></div>
                {said.collect_view()}
                <div class="small soft">{row.versions.words(&distribution, &reference)}</div>
                {row.doubt().map(|doubt| view! { <div class="small">{doubt}</div> })}
                {links.collect_view()}
            </td>
            <td class="deviation-when" data-label="Began">{row.opened_words()}</td>
            <td class="deviation-when" data-label="Ended">{ended}{elsewhere.collect_view()}</td>
        </tr>
    }
}
