//! Lets the reader choose which two sides are compared, of all that the reports have.

use super::shown::query_of;
use crate::presentation::compared_sides::{ComparedSides, NamedSide, side_choices};
use crate::presentation::diff_view::DiffOptions;
use crate::presentation::hidden_characters::visible;
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
        let choices = index.map(|index| side_choices(&index, &release, &shown.unwrap_or_default()));
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
            let unknown = (!is_offered).then(|| {
                let name = current.to_string();
                view! { <option value=name.clone() prop:selected=true>{visible(&name)}</option> }
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
