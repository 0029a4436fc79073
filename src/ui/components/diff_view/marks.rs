//! What is marked in the rows: the change that the reader went to, the lines that are linked to, and what the search is at.

use super::DiffState;
use super::row::{Place, places};
use crate::presentation::diff_view::{Found, Layout, LineRange, Side, Slot};
use leptos::prelude::*;
use web_sys::Element;

/// What is marked in a row, which changes while the row stays.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Whether it belongs to the change that the reader went to.
    is_at: bool,
    /// Whether the line of the reference and that of the distribution are linked to.
    linked: [bool; 2],
    /// Whether the search is at the line of the reference and at that of the distribution.
    found_at: [bool; 2],
}

/// What the reader went to, by which rows are marked.
pub(super) struct Marked {
    /// The change gone to last.
    change: Option<usize>,
    /// The lines that are linked to.
    lines: Option<LineRange>,
    /// What the search is at.
    found: Option<Found>,
}

impl Marked {
    /// What is marked now; tracked.
    pub(super) fn of(state: DiffState) -> Self {
        let at = state.found_at.get();
        Self {
            change: state.change.get(),
            lines: state.lines.get(),
            found: at.and_then(|at| state.found.with(|found| found.get(at).copied())),
        }
    }

    /// The marks of a row.
    pub(super) fn marks(&self, slot: Slot) -> Marks {
        let Slot::Line {
            reference,
            distribution,
            change,
            part: _,
        } = slot
        else {
            return Marks::default();
        };
        let is_linked = |side, line: Option<usize>| {
            let linked = self.lines.zip(line);
            linked.is_some_and(|(range, line)| range.contains(side, line + 1))
        };
        let is_found = |side, line: Option<usize>| {
            let here = self.found.filter(|found| found.side == side).zip(line);
            here.is_some_and(|(found, line)| found.number == line + 1)
        };
        Marks {
            is_at: change.is_some() && self.change == change,
            linked: [
                is_linked(Side::Reference, reference),
                is_linked(Side::Distribution, distribution),
            ],
            found_at: [
                is_found(Side::Reference, reference),
                is_found(Side::Distribution, distribution),
            ],
        }
    }
}

impl Marks {
    /// Puts them on the elements of a row.
    pub(super) fn put_on(self, row: &Element, layout: Layout) {
        let toggle = |element: &Element, class: &str, is_set: bool| {
            let _ = element.class_list().toggle_with_force(class, is_set);
        };
        toggle(row, "diff-at", self.is_at);
        let mut next = row.first_element_child();
        for place in places(layout) {
            let Some(cell) = next else {
                break;
            };
            let of_place = |sides: [bool; 2]| match place {
                Place::Number(side) | Place::Text(side) => sides[*side as usize],
                Place::Either => sides.contains(&true),
            };
            toggle(&cell, "diff-linked", of_place(self.linked));
            toggle(&cell, "diff-found-at", of_place(self.found_at));
            next = cell.next_element_sibling();
        }
    }
}
