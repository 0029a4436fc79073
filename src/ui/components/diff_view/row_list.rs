//! The rows that are drawn, kept up with those that are wanted: what stays is left as it is.

use super::DiffState;
use super::blocks::Blocks;
use super::row::{OPENS, Place, RowMaker, places};
use super::selection::SELECTION_CUT;
use crate::presentation::diff_view::{
    Found, Layout, LineRange, Look, Row, Side, Slot, columns_limit, piece_limits, pieces_of,
    thinned_row,
};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What all rows have in common; with another one all are drawn anew.
#[derive(Clone, PartialEq)]
pub(super) struct Manner {
    /// The columns.
    pub(super) layout: Layout,
    /// Tells documents apart.
    pub(super) document: usize,
    /// How texts are looked at.
    pub(super) look: Look,
}

/// What is marked in a row, which changes while the row stays.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Marks {
    /// Whether it belongs to the change that the reader went to.
    is_at: bool,
    /// Whether the line of the reference and that of the distribution are linked to.
    linked: [bool; 2],
    /// Whether the search is at the line of the reference and at that of the distribution.
    found_at: [bool; 2],
}

/// What the reader went to, by which rows are marked.
struct Marked {
    /// The change gone to last.
    change: Option<usize>,
    /// The lines that are linked to.
    lines: Option<LineRange>,
    /// What the search is at.
    found: Option<Found>,
}

impl Marked {
    /// What is marked now; tracked.
    fn of(state: DiffState) -> Self {
        let at = state.found_at.get();
        Self {
            change: state.change.get(),
            lines: state.lines.get(),
            found: at.and_then(|at| state.found.with(|found| found.get(at).copied())),
        }
    }

    /// The marks of a row.
    fn marks(&self, slot: Slot) -> Marks {
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
    fn put_on(self, row: &Element, layout: Layout) {
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

/// A row that is drawn.
struct DrawnRow {
    row: usize,
    slot: Slot,
    /// Whether the colours of its texts were known.
    has_colours: bool,
    /// How many columns the texts of both sides have.
    columns: [usize; 2],
    /// How many of them are drawn, where that is limited.
    columns_max: Option<usize>,
    /// How many pieces its texts have.
    pieces: usize,
    /// How many of them are drawn, where that is limited.
    piece_limit: Option<usize>,
    marks: Marks,
    element: Element,
}

/// A row that is to be drawn.
struct WantedRow {
    row: usize,
    slot: Slot,
    has_colours: bool,
    columns: [usize; 2],
    columns_max: Option<usize>,
    pieces: usize,
    origin: Origin,
}

/// Where the elements of a row come from.
enum Origin {
    Drawn(DrawnRow),
    New(Row),
}

/// What is drawn with less than it has, so that drawing takes no longer than the reader notices.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Savings {
    /// In how many rows the texts have fewer pieces than they should.
    pub(super) thinned: usize,
    /// The columns of the lines that are cut.
    pub(super) columns_max: Option<usize>,
}

/// The rows below one element.
pub(super) struct RowList {
    maker: RowMaker,
    manner: Option<Manner>,
    blocks: Blocks,
    /// By number.
    drawn: Vec<DrawnRow>,
}

impl RowList {
    /// Without a row yet.
    pub(super) fn new(maker: RowMaker) -> Self {
        Self {
            maker,
            manner: None,
            blocks: Blocks::default(),
            drawn: Vec::new(),
        }
    }

    /// Draws a range of rows below `parent`, and takes away all others; tells where that was saved on. All that the rows depend on
    /// is tracked.
    pub(super) fn draw(
        &mut self,
        parent: &Element,
        state: DiffState,
        manner: Manner,
        range: Range<usize>,
    ) -> Savings {
        let had_focus = state.scroller.has_focus();
        let selected = state.selected.ends(parent);
        let mut earlier = std::mem::take(&mut self.drawn);
        if self.manner.as_ref() != Some(&manner) {
            earlier.clear();
            self.blocks.clear();
        }
        self.blocks.cover(parent, &range);
        let (wanted, columns_max) = wanted(state, &manner, range, earlier);
        let counted: Vec<(Slot, usize)> = wanted.iter().map(|one| (one.slot, one.pieces)).collect();
        let limits = piece_limits(&counted);
        let marked = Marked::of(state);
        let mut drawn: Vec<DrawnRow> = Vec::with_capacity(wanted.len());
        // From the last to the first, so that each is put before one that is there.
        for (one, piece_limit) in wanted.into_iter().zip(&limits).rev() {
            let marks = marked.marks(one.slot);
            let next = drawn.last().map(|next| (next.row, &next.element));
            let (element, had) = match one.origin {
                Origin::Drawn(known) if known.piece_limit == *piece_limit => {
                    (known.element, known.marks)
                }
                origin => {
                    let content = match origin {
                        Origin::New(content) => content,
                        Origin::Drawn(known) => {
                            known.element.remove();
                            content_of(state, &manner, one.slot, one.columns_max)
                        }
                    };
                    let content = match piece_limit {
                        Some(limit) => thinned_row(content, *limit),
                        None => content,
                    };
                    let made = self.maker.make(one.row, content, manner.layout);
                    self.blocks.put(one.row, &made, next);
                    (made, Marks::default())
                }
            };
            if had != marks {
                marks.put_on(&element, manner.layout);
            }
            drawn.push(DrawnRow {
                row: one.row,
                slot: one.slot,
                has_colours: one.has_colours,
                columns: one.columns,
                columns_max: one.columns_max,
                pieces: one.pieces,
                piece_limit: *piece_limit,
                marks,
                element,
            });
        }
        drawn.reverse();
        self.drawn = drawn;
        // What had it may be gone, and with it the keys that scroll.
        if had_focus && !state.scroller.has_focus() {
            state.scroller.focus();
        }
        if selected != state.selected.ends(parent) {
            state.missed.set(Some(SELECTION_CUT));
        }
        self.manner = Some(manner);
        Savings {
            thinned: limits.iter().flatten().count(),
            columns_max,
        }
    }
}

/// The rows of a range, and to how many columns their lines are cut; those that were drawn alike are taken from `earlier`, and the
/// others of these are taken away.
fn wanted(
    state: DiffState,
    manner: &Manner,
    range: Range<usize>,
    earlier: Vec<DrawnRow>,
) -> (Vec<WantedRow>, Option<usize>) {
    let colours = state.colours.get();
    let slots = state.rows.with(|rows| {
        let slots = range.filter_map(|row| Some((row, rows.slot(row)?)));
        slots.collect::<Vec<_>>()
    });
    let columns = columns_of(state, manner, &slots, &earlier);
    // On paper nothing is waited for.
    let limit = match state.scroller.is_printing() {
        true => None,
        false => columns_limit(columns.as_flattened()),
    };
    let mut earlier = earlier.into_iter().peekable();
    let mut wanted = Vec::with_capacity(slots.len());
    for ((row, slot), columns) in slots.into_iter().zip(columns) {
        let has_colours = colours.cover(slot);
        let columns_max = limit.filter(|limit| columns.iter().any(|columns| columns > limit));
        let is_alike = |known: &DrawnRow| {
            let is_same = known.row == row && known.slot == slot;
            is_same && known.has_colours == has_colours && known.columns_max == columns_max
        };
        let mut origin = None;
        while let Some(known) = earlier.next_if(|known| known.row <= row) {
            if is_alike(&known) {
                origin = Some(known);
            } else {
                known.element.remove();
            }
        }
        let (pieces, origin) = match origin {
            Some(known) => (known.pieces, Origin::Drawn(known)),
            None => {
                let content = content_of(state, manner, slot, columns_max);
                (pieces_of(&content), Origin::New(content))
            }
        };
        wanted.push(WantedRow {
            row,
            slot,
            has_colours,
            columns,
            columns_max,
            pieces,
            origin,
        });
    }
    earlier.for_each(|known| known.element.remove());
    (wanted, limit)
}

/// How many columns the texts of these rows have, which is known of those that are drawn.
fn columns_of(
    state: DiffState,
    manner: &Manner,
    slots: &[(usize, Slot)],
    drawn: &[DrawnRow],
) -> Vec<[usize; 2]> {
    let mut drawn = drawn.iter().peekable();
    let document = state.document.get_untracked();
    let of_row = |(row, slot): &(usize, Slot)| {
        while drawn.next_if(|known| known.row < *row).is_some() {}
        let known = drawn.next_if(|known| known.row == *row && known.slot == *slot);
        known.map_or_else(
            || document.columns_of(*slot, &manner.look),
            |known| known.columns,
        )
    };
    slots.iter().map(of_row).collect()
}

fn content_of(state: DiffState, manner: &Manner, slot: Slot, columns_max: Option<usize>) -> Row {
    let colours = state.colours.get_untracked();
    let look = manner.look.with_columns_max(columns_max);
    state
        .document
        .with_untracked(|document| document.row(slot, &look, &colours))
}

/// Does what a click into the rows asks for: links to the line of a number, or opens a fold.
pub(super) fn click(state: DiffState, event: &MouseEvent) {
    let target = event.target();
    let Some(target) = target.and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let closest = |selector: &str| target.closest(selector).ok().flatten();
    if let Some(button) = closest(&format!("[{OPENS}]")) {
        let opened = button.get_attribute(OPENS);
        if let Some(lines) = opened.as_deref().and_then(lines_of) {
            state.opened.update(|opened| opened.open(lines));
            // The button that did goes, so the focus moves to the lines, where the keys that scroll work.
            state.scroller.focus();
        }
        return;
    }
    // With these a browser opens the link elsewhere, which is left to it.
    if event.ctrl_key() || event.meta_key() {
        return;
    }
    let line_of = |selector: &str| {
        let address = closest(selector)?.get_attribute("href")?;
        LineRange::parse(address.strip_prefix('#')?)
    };
    let moved = line_of(".diff-move");
    if let Some(moved) = moved.filter(|moved| state.lines.get_untracked() == Some(*moved)) {
        // The address leads there already, so that following it would do nothing.
        event.prevent_default();
        state.show(moved, None);
        return;
    }
    if let Some(line) = line_of(".diff-number a") {
        event.prevent_default();
        let earlier = state.lines.get_untracked();
        let range = LineRange::clicked(earlier, line.side(), line.first(), event.shift_key());
        state.on_lines.run(range);
    }
}

fn lines_of(text: &str) -> Option<Range<usize>> {
    let (start, end) = text.split_once('-')?;
    Some(start.parse().ok()?..end.parse().ok()?)
}
