//! The filters, each choice with the number of packages that it would show.

use crate::domain::{Cause, Presence, Verdict};
use crate::presentation::filter::{Filter, UNKNOWN_ORIGIN};
use crate::presentation::number::count;
use crate::presentation::release_rows::ReleaseRows;
use crate::presentation::words::{cause_label, verdict_mark};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// All filters; a choice goes into the address.
#[component]
pub fn Filters(
    filter: Memo<Filter>,
    /// Takes a filter, and whether it replaces the address instead of adding to the history.
    choose: Callback<(Filter, bool)>,
    table: Arc<ReleaseRows>,
) -> impl IntoView {
    let verdicts = chips(
        filter,
        choose,
        {
            let table = table.clone();
            move || {
                let counts = filter.get().verdict_counts(&table);
                let labels = Verdict::ALL
                    .map(verdict_mark)
                    .map(|mark| format!("{} {}", mark.glyph, mark.word));
                Verdict::ALL
                    .into_iter()
                    .zip(labels)
                    .zip(counts)
                    .map(|((verdict, label), count)| (verdict, label, count))
                    .collect()
            }
        },
        |filter| &mut filter.verdicts,
    );
    let causes = chips(
        filter,
        choose,
        {
            let table = table.clone();
            move || {
                let counts = filter.get().cause_counts(&table);
                let all = Cause::ALL.into_iter().zip(counts);
                let named = all.map(|(cause, count)| (cause, cause_label(cause).to_owned(), count));
                named
                    .filter(|(cause, _, count)| *count > 0 || filter.get().causes.contains(cause))
                    .collect()
            }
        },
        |filter| &mut filter.causes,
    );
    let text = move |event| {
        let mut changed = filter.get_untracked();
        changed.text = event_target_value(&event);
        choose.run((changed, true));
    };
    view! {
        <div class="filters" role="group" aria-label="Filters">
            <div class="chips" role="group" aria-label="Verdict">
                <button type="button" class="chip" aria-pressed=move || (filter.get() == Filter { sort: filter.get().sort, ..Filter::default() }).to_string()
                    on:click=move |_| choose.run((Filter { sort: filter.get_untracked().sort, ..Filter::default() }, false))>"All"</button>
                {verdicts}
                <PresenceChip filter choose table=table.clone() presence=Presence::Missing label="○ missing"/>
                <PresenceChip filter choose table=table.clone() presence=Presence::Extra label="+ extra"/>
            </div>
            <div class="chips" role="group" aria-label="Cause">{causes}</div>
            <div class="chips filter-choices">
                <input class="field filter-text" type="search" aria-label="Part of the name" placeholder="Part of the name"
                    prop:value=move || filter.get().text on:input=text/>
                <Selects filter choose table/>
            </div>
        </div>
    }
}

/// One chip per choice; several can be on.
fn chips<T: Copy + Ord + Send + Sync + 'static>(
    filter: Memo<Filter>,
    choose: Callback<(Filter, bool)>,
    choices: impl Fn() -> Vec<(T, String, u32)> + Send + Sync + 'static,
    set: fn(&mut Filter) -> &mut BTreeSet<T>,
) -> impl IntoView {
    move || {
        let chips = choices().into_iter().map(|(choice, label, number)| {
            let is_on = set(&mut filter.get()).contains(&choice);
            let toggle = move |_| {
                let mut changed = filter.get_untracked();
                let chosen = set(&mut changed);
                if !chosen.remove(&choice) {
                    chosen.insert(choice);
                }
                choose.run((changed, false));
            };
            view! {
                <button type="button" class="chip" aria-pressed=is_on.to_string() on:click=toggle>
                    {label}" "<span class="number">{count(number)}</span>
                </button>
            }
        });
        chips.collect_view()
    }
}

#[component]
fn PresenceChip(
    filter: Memo<Filter>,
    choose: Callback<(Filter, bool)>,
    table: Arc<ReleaseRows>,
    presence: Presence,
    label: &'static str,
) -> impl IntoView {
    let is_on = move || filter.get().presence == Some(presence);
    let number = move || {
        let chosen = Filter {
            presence: Some(presence),
            ..filter.get()
        };
        count(chosen.apply(&table).len() as u32)
    };
    let toggle = move |_| {
        let mut changed = filter.get_untracked();
        changed.presence = (changed.presence != Some(presence)).then_some(presence);
        choose.run((changed, false));
    };
    view! {
        <button type="button" class="chip" aria-pressed=move || is_on().to_string() on:click=toggle>
            {label}" "<span class="number">{number}</span>
        </button>
    }
}

#[component]
fn Selects(
    filter: Memo<Filter>,
    choose: Callback<(Filter, bool)>,
    table: Arc<ReleaseRows>,
) -> impl IntoView {
    let architectures = table.architectures.clone();
    let origins: Vec<String> = table
        .origins
        .iter()
        .cloned()
        .chain([UNKNOWN_ORIGIN.to_owned()])
        .collect();
    let repositories = table.repositories.clone();
    view! {
        <Choice label="Architecture" filter choose table=table.clone() values=architectures
            field=|filter| &mut filter.architecture/>
        <Choice label="Source" filter choose table=table.clone() values=origins field=|filter| &mut filter.origin/>
        <Choice label="Repository" filter choose table values=repositories field=|filter| &mut filter.repository/>
    }
}

/// A list of which one can be chosen.
#[component]
fn Choice(
    label: &'static str,
    filter: Memo<Filter>,
    choose: Callback<(Filter, bool)>,
    table: Arc<ReleaseRows>,
    values: Vec<String>,
    field: fn(&mut Filter) -> &mut Option<String>,
) -> impl IntoView {
    let change = move |event| {
        let value = event_target_value(&event);
        let mut changed = filter.get_untracked();
        *field(&mut changed) = (!value.is_empty()).then_some(value);
        choose.run((changed, false));
    };
    let options = move || {
        let current = field(&mut filter.get()).clone();
        let options = values.iter().map(|value| {
            let mut chosen = filter.get();
            *field(&mut chosen) = Some(value.clone());
            let number = chosen.apply(&table).len() as u32;
            let selected = current.as_ref() == Some(value);
            let shown = if value == UNKNOWN_ORIGIN { "not known" } else { value };
            view! { <option value=value.clone() selected=selected>{format!("{shown} ({})", count(number))}</option> }
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
