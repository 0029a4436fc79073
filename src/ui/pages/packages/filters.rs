//! The filters, each choice with the number of packages that it would show.

use crate::domain::{Cause, ChangeClass, Presence, Verdict};
use crate::presentation::filter::{AbiChoice, Filter, LevelChoice, UNKNOWN_ORIGIN};
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
                <Toggle filter choose table=table.clone() label="○ missing" is_on=|filter| filter.presence == Some(Presence::Missing)
                    set=|filter, on| filter.presence = on.then_some(Presence::Missing)/>
                <Toggle filter choose table=table.clone() label="+ extra" is_on=|filter| filter.presence == Some(Presence::Extra)
                    set=|filter, on| filter.presence = on.then_some(Presence::Extra)/>
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

/// One chip that is on or off.
#[component]
fn Toggle(
    filter: Memo<Filter>,
    choose: Callback<(Filter, bool)>,
    table: Arc<ReleaseRows>,
    label: &'static str,
    is_on: fn(&Filter) -> bool,
    set: fn(&mut Filter, bool),
) -> impl IntoView {
    let with = move |mut changed: Filter, on: bool| {
        set(&mut changed, on);
        changed
    };
    let number = move || count(with(filter.get(), true).apply(&table).len() as u32);
    let toggle = move |_| {
        let current = filter.get_untracked();
        let on = !is_on(&current);
        choose.run((with(current, on), false));
    };
    view! {
        <button type="button" class="chip" aria-pressed=move || filter.with(is_on).to_string() on:click=toggle>
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
    let named = |names: &[String]| -> Vec<(String, String)> {
        let names = names.iter();
        names.map(|name| (name.clone(), name.clone())).collect()
    };
    let mut origins = named(&table.origins);
    origins.push((UNKNOWN_ORIGIN.to_owned(), "not known".to_owned()));
    let choices = [
        (
            "Architecture",
            named(&table.architectures),
            (|filter| &mut filter.architecture) as Field<String>,
        ),
        ("Source", origins, |filter| &mut filter.origin),
        ("Repository", named(&table.repositories), |filter| {
            &mut filter.repository
        }),
    ];
    let of_table = choices.map(|(label, values, field)| {
        view! { <Choice label filter choose table=table.clone() values field/> }
    });
    let abi = table.has_abi.then(|| {
        let choices = AbiChoice::ALL.map(|choice| (choice, choice.label().to_owned()));
        view! {
            <Choice label="Binary interface" filter choose table=table.clone() values=choices.to_vec()
                field=|filter| &mut filter.abi/>
        }
    });
    let facets = table.has_facets.then(|| {
        let changes = ChangeClass::ALL.map(|class| (class, class.name().to_owned()));
        let has_levels = table.rows.iter().any(|row| row.level.is_some());
        let levels = has_levels.then(|| {
            let levels = LevelChoice::ALL.map(|choice| (choice, choice.label()));
            view! {
                <Choice label="Level of promise" filter choose table=table.clone() values=levels.to_vec()
                    field=|filter| &mut filter.level/>
            }
        });
        view! {
            <Choice label="Class of change" filter choose table=table.clone() values=changes.to_vec()
                field=|filter| &mut filter.change/>
            {levels}
            <Toggle filter choose table=table.clone() label="patch without origin" is_on=|filter| filter.origin_missing
                set=|filter, on| filter.origin_missing = on/>
        }
    });
    view! {
        {of_table}{abi}{facets}
        <Toggle filter choose table label="reviewed" is_on=|filter| filter.reviewed set=|filter, on| filter.reviewed = on/>
    }
}

/// The choice of one kind in a filter.
type Field<T> = fn(&mut Filter) -> &mut Option<T>;

/// A list of which one can be chosen.
#[component]
fn Choice<T: Clone + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    filter: Memo<Filter>,
    choose: Callback<(Filter, bool)>,
    table: Arc<ReleaseRows>,
    /// What can be chosen, with its label.
    values: Vec<(T, String)>,
    field: Field<T>,
) -> impl IntoView {
    let change = {
        let values = values.clone();
        move |event| {
            let position = event_target_value(&event).parse::<usize>().ok();
            let chosen = position.and_then(|position| values.get(position));
            let mut changed = filter.get_untracked();
            *field(&mut changed) = chosen.map(|(value, _)| value.clone());
            choose.run((changed, false));
        }
    };
    let options = move || {
        let current = field(&mut filter.get()).clone();
        let options = values.iter().enumerate().map(|(position, (value, label))| {
            let mut chosen = filter.get();
            *field(&mut chosen) = Some(value.clone());
            let number = chosen.apply(&table).len() as u32;
            let selected = current.as_ref() == Some(value);
            view! { <option value=position.to_string() selected=selected>{format!("{label} ({})", count(number))}</option> }
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
