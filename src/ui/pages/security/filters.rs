//! The filters, each choice with the number of advisories that it would show.

use crate::domain::Severity;
use crate::presentation::number::count;
use crate::presentation::security::SecurityRows;
use crate::presentation::security::filter::{SecurityFilter, Series};
use crate::presentation::security::words::{STATES, series_label, severity_label};
use leptos::prelude::*;
use std::sync::Arc;

/// All filters; a choice goes into the address.
#[component]
pub fn Filters(
    filter: Memo<SecurityFilter>,
    /// Takes a filter, and whether it replaces the address instead of adding to the history.
    choose: Callback<(SecurityFilter, bool)>,
    rows: Arc<SecurityRows>,
) -> impl IntoView {
    let (distribution, _) = crate::ui::context::Site::get().parties();
    let chip = move |label: String,
                     number: u32,
                     is_on: bool,
                     press: fn(&mut SecurityFilter, usize),
                     index: usize| {
        let click = move |_| {
            let mut changed = filter.get_untracked();
            press(&mut changed, index);
            choose.run((changed, false));
        };
        view! {
            <button type="button" class="chip" aria-pressed=is_on.to_string() on:click=click>{label}" "{count(number)}</button>
        }
    };
    let series = {
        let rows = rows.clone();
        move || {
            let counts = SecurityFilter::series_counts(&rows);
            let chips = Series::ALL
                .into_iter()
                .zip(counts)
                .enumerate()
                .filter(|(index, (_, number))| *index == 0 || *number > 0);
            chips
                .map(|(index, (series, number))| {
                    let is_on = filter.get().series == series;
                    let press = |filter: &mut SecurityFilter, index: usize| {
                        filter.series = Series::ALL[index]
                    };
                    chip(
                        series_label(series, &distribution),
                        number,
                        is_on,
                        press,
                        index,
                    )
                })
                .collect_view()
        }
    };
    let severities = {
        let rows = rows.clone();
        move || {
            let counts = filter.get().severity_counts(&rows);
            let chips = Severity::ALL.into_iter().zip(counts).enumerate();
            let chips = chips.filter(|(_, (severity, number))| {
                *number > 0 || filter.get().severities.contains(severity)
            });
            chips
                .map(|(index, (severity, number))| {
                    let is_on = filter.get().severities.contains(&severity);
                    let press = |filter: &mut SecurityFilter, index: usize| {
                        let severity = Severity::ALL[index];
                        if !filter.severities.remove(&severity) {
                            filter.severities.insert(severity);
                        }
                    };
                    chip(
                        severity_label(severity).to_owned(),
                        number,
                        is_on,
                        press,
                        index,
                    )
                })
                .collect_view()
        }
    };
    let states = {
        let rows = rows.clone();
        move || {
            let counts = filter.get().state_counts(&rows);
            let chips = STATES.iter().zip(counts).enumerate();
            let chips = chips
                .filter(|(index, (_, number))| *number > 0 || filter.get().states.contains(index));
            chips
                .map(|(index, ((_, label), number))| {
                    let is_on = filter.get().states.contains(&index);
                    let press = |filter: &mut SecurityFilter, index: usize| {
                        if !filter.states.remove(&index) {
                            filter.states.insert(index);
                        }
                    };
                    chip((*label).to_owned(), number, is_on, press, index)
                })
                .collect_view()
        }
    };
    let quarters: Vec<(String, String)> = rows
        .by_quarter()
        .into_iter()
        .map(|group| (group.key, group.label))
        .collect();
    let quarter_options = move || {
        let current = filter.get().quarter;
        let options = quarters.iter().map(|(key, label)| {
            let selected = current.as_ref() == Some(key);
            view! { <option value=key.clone() selected=selected>{label.clone()}</option> }
        });
        options.collect_view()
    };
    let choose_quarter = move |event| {
        let mut changed = filter.get_untracked();
        changed.quarter = Some(event_target_value(&event)).filter(|value| !value.is_empty());
        choose.run((changed, false));
    };
    let write = move |event| {
        let mut changed = filter.get_untracked();
        changed.text = event_target_value(&event);
        choose.run((changed, true));
    };
    view! {
        <div class="filters">
            <div class="chips" role="group" aria-label="Kind">{series}</div>
            <div class="chips" role="group" aria-label="Severity and state">{severities}{states}</div>
            <div class="chips filter-choices">
                <select class="select" aria-label="Quarter" on:change=choose_quarter>
                    <option value="" selected=move || filter.get().quarter.is_none()>"Quarter"</option>
                    {quarter_options}
                </select>
                <input type="search" class="field filter-text" placeholder="Advisory, package or CVE" aria-label="Advisory, package or CVE"
                    prop:value=move || filter.get().text on:input=write/>
            </div>
        </div>
    }
}
