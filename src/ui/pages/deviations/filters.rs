//! The filters of the ledger: all of them in the address.

use super::Choose;
use crate::domain::{Cause, Ending};
use crate::presentation::deviations::{DeviationFilter, DeviationRow, Period, Quarter};
use crate::presentation::number::count;
use crate::presentation::words::{cause_label, ending_label};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// All filters.
#[component]
pub fn Filters(
    filter: Memo<DeviationFilter>,
    choose: Choose,
    rows: Arc<Vec<DeviationRow>>,
    /// The releases that there are.
    known: Vec<String>,
    /// The quarters that the ledgers have, the newest first.
    quarters: Vec<Quarter>,
) -> impl IntoView {
    let (distribution, reference) = Site::get().parties();
    let counts = Memo::new(move |_| filter.with(|filter| filter.open_counts(&rows)));
    let choice = move |label: &'static str, open: Option<bool>| {
        let number = move || {
            let [all, still, over] = counts.get();
            count(match open {
                None => all,
                Some(true) => still,
                Some(false) => over,
            })
        };
        let choose_it = move |_| {
            let changed = DeviationFilter {
                open,
                shown: None,
                ..filter.get_untracked()
            };
            choose.run((changed, false));
        };
        view! {
            <button type="button" class="chip" aria-pressed=move || (filter.get().open == open).to_string() on:click=choose_it>
                {label}" "<span class="number">{number}</span>
            </button>
        }
    };
    let text = move |event| {
        let changed = DeviationFilter {
            text: event_target_value(&event),
            shown: None,
            ..filter.get_untracked()
        };
        choose.run((changed, true));
    };
    let releases: Vec<(String, String)> = known
        .into_iter()
        .map(|id| (id.clone(), format!("{distribution} {id}")))
        .collect();
    let causes = Cause::ALL.map(|cause| (cause, cause_label(cause).to_owned()));
    let endings =
        Ending::ALL.map(|ending| (ending, ending_label(ending, &distribution, &reference)));
    let quarters: Vec<(Quarter, String)> = quarters
        .into_iter()
        .map(|quarter| (quarter, format!("Began or ended in {}", quarter.label())))
        .collect();
    let periods = Period::ALL.map(|period| (period, period.label().to_owned()));
    view! {
        <div class="filters" role="group" aria-label="Filters">
            <div class="chips" role="group" aria-label="State">
                {choice("All", None)}{choice("▲ Open", Some(true))}{choice("● Ended", Some(false))}
            </div>
            <div class="chips filter-choices">
                <input class="field filter-text" type="search" aria-label="Part of the name" placeholder="Part of the name"
                    prop:value=move || filter.get().text on:input=text/>
                <Choice label="All releases" filter choose values=releases field=|filter| &mut filter.release/>
                <Choice label="Any cause" filter choose values=causes.to_vec() field=|filter| &mut filter.cause/>
                <Choice label="Any ending" filter choose values=endings.to_vec() field=|filter| &mut filter.ending/>
                <Choice label="Any quarter" filter choose values=quarters field=|filter| &mut filter.quarter/>
                <PeriodChoice filter choose values=periods.to_vec()/>
            </div>
        </div>
    }
}

/// A list of which one can be chosen, or none.
#[component]
fn Choice<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What it is called, and what it says where nothing is chosen.
    label: &'static str,
    filter: Memo<DeviationFilter>,
    choose: Choose,
    values: Vec<(T, String)>,
    field: fn(&mut DeviationFilter) -> &mut Option<T>,
) -> impl IntoView {
    let chosen_from = values.clone();
    let change = move |event| {
        let position = event_target_value(&event).parse::<usize>().ok();
        let chosen = position.and_then(|position| chosen_from.get(position));
        let mut changed = filter.get_untracked();
        *field(&mut changed) = chosen.map(|(value, _)| value.clone());
        changed.shown = None;
        choose.run((changed, false));
    };
    let options = move || {
        let current = field(&mut filter.get()).clone();
        let options = values.iter().enumerate().map(|(position, (value, label))| {
            let selected = current.as_ref() == Some(value);
            view! { <option value=position.to_string() selected=selected>{label.clone()}</option> }
        });
        options.collect_view()
    };
    let none = move || field(&mut filter.get()).is_none();
    view! {
        <select class="select" aria-label=label on:change=change>
            <option value="" selected=none>{label}</option>
            {options}
        </select>
    }
}

#[component]
fn PeriodChoice(
    filter: Memo<DeviationFilter>,
    choose: Choose,
    values: Vec<(Period, String)>,
) -> impl IntoView {
    let change = move |event| {
        let chosen = event_target_value(&event);
        let mut all = Period::ALL.into_iter();
        let changed = DeviationFilter {
            period: all
                .find(|period| period.key() == chosen)
                .unwrap_or_default(),
            shown: None,
            ..filter.get_untracked()
        };
        choose.run((changed, false));
    };
    let options = values.into_iter().map(|(period, label)| {
        view! { <option value=period.key() selected=move || filter.get().period == period>{label}</option> }
    });
    view! {
        <select class="select" aria-label="How far back" on:change=change>{options.collect_view()}</select>
    }
}
