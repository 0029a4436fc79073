//! Lets the reader choose which two sides are compared, of all that the reports have.

use super::shown::query_of;
use crate::presentation::compared_sides::{ComparedSides, NamedSide, named_in_words, side_choices};
use crate::presentation::diff_view::DiffOptions;
use crate::ui::context::{Site, set_query};
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;

/// The two lists. They stay while what is chosen changes, so that the keyboard leads on from one entry to the next.
#[component]
pub(super) fn Choice(release: String, sides: Memo<ComparedSides>) -> impl IntoView {
    let site = Site::get();
    let navigation = Navigation::get();
    let choices = Memo::new(move |_| {
        let index = site.index.get().loaded();
        let shown = site.snapshot(&release).map(|snapshot| snapshot.id);
        let shown = shown.unwrap_or_default();
        let archived = site.archived.get();
        let choices = index.map(|index| side_choices(&index, &release, &shown, &archived));
        choices.unwrap_or_default()
    });
    let list = move |label: &'static str, is_from: bool| {
        let options = move || {
            let choices = choices.get();
            let current = sides.with(|sides| match is_from {
                true => sides.from.clone(),
                false => sides.to.clone(),
            });
            let is_offered = choices
                .iter()
                .flat_map(|release| &release.sides)
                .any(|(side, _)| *side == current);
            let index = site.index.get().loaded().filter(|_| !is_offered);
            let unknown = index.map(|index| {
                let label = named_in_words(&index, &current);
                view! { <option value=current.to_string() prop:selected=true>{label}</option> }
            });
            let groups = choices.into_iter().map(|release| {
                let options = release.sides.into_iter().map(|(side, label)| {
                    let is_chosen = side == current;
                    view! { <option value=side.to_string() prop:selected=is_chosen>{label}</option> }
                });
                view! { <optgroup label=release.title>{options.collect_view()}</optgroup> }
            });
            view! { {unknown}{groups.collect_view()} }
        };
        let choose = move |event| {
            let Some(side) = NamedSide::parse(&event_target_value(&event)) else {
                return;
            };
            let mut sides = sides.get_untracked();
            match is_from {
                true => sides.from = side,
                false => sides.to = side,
            }
            let options = DiffOptions::from_query(&site.query.get_untracked());
            set_query(site, navigation, &query_of(&sides, options), Step::Choice);
        };
        view! { <select class="select" aria-label=label on:change=choose>{options}</select> }
    };
    view! {
        <div class="diff-choice" role="group" aria-label="Compared sides">
            {list("From", true)}
            <span aria-hidden="true">"→"</span>
            {list("To", false)}
        </div>
    }
}
