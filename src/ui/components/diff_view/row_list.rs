//! The rows that are drawn, kept up with those that are wanted: what stays is left as it is.

use super::DiffState;
use super::blocks::Blocks;
use super::marks::{Marked, Marks};
use super::row::{OPENS, RowMaker};
use super::selection::SELECTION_CUT;
use crate::presentation::diff_view::{
    Layout, LineRange, Look, Row, Slot, columns_limit, piece_limits, pieces_of, row_weight,
    slice_of, thinned_row,
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

/// A row that is drawn, or will be.
struct ListedRow {
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
    form: Form,
}

/// How far a row has got.
enum Form {
    /// What is to be drawn of it.
    Content(Row),
    Drawn(DrawnRow),
}

/// The elements of a row.
struct DrawnRow {
    /// How many pieces of its texts are drawn, where that is limited.
    piece_limit: Option<usize>,
    marks: Marks,
    element: Element,
}

/// What came of drawing rows.
pub(super) struct Drawing {
    /// Those that are drawn now, which are not all where that would take long.
    pub(super) rows: Range<usize>,
    pub(super) savings: Savings,
}

impl ListedRow {
    /// Its number and its element, where it is drawn.
    fn drawn_element(&self) -> Option<(usize, &Element)> {
        match &self.form {
            Form::Drawn(drawn) => Some((self.row, &drawn.element)),
            Form::Content(_) => None,
        }
    }

    /// Takes what is drawn of it away, unless that stays.
    fn take_away_unless(
        &mut self,
        state: DiffState,
        manner: &Manner,
        stays: impl Fn(&DrawnRow) -> bool,
    ) {
        if let Form::Drawn(drawn) = &self.form
            && !stays(drawn)
        {
            drawn.element.remove();
            self.form = Form::Content(content_of(state, manner, self.slot, self.columns_max));
        }
    }

    /// Has it marked so, where it is drawn.
    fn mark(&mut self, marks: Marks, layout: Layout) {
        if let Form::Drawn(drawn) = &mut self.form
            && drawn.marks != marks
        {
            marks.put_on(&drawn.element, layout);
            drawn.marks = marks;
        }
    }
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
    listed: Vec<ListedRow>,
}

impl RowList {
    /// Without a row yet.
    pub(super) fn new(maker: RowMaker) -> Self {
        Self {
            maker,
            manner: None,
            blocks: Blocks::default(),
            listed: Vec::new(),
        }
    }

    /// Draws the rows of a range below `parent`, as many as there is time for, from the first that is seen on, and takes away all
    /// others; tells which it drew, and where that was saved on. All that the rows depend on is tracked.
    pub(super) fn draw(
        &mut self,
        parent: &Element,
        state: DiffState,
        manner: Manner,
        range: Range<usize>,
    ) -> Drawing {
        let had_focus = state.scroller.has_focus();
        let selected = state.selected.ends(parent);
        let mut earlier = std::mem::take(&mut self.listed);
        if self.manner.as_ref() != Some(&manner) {
            earlier.clear();
            self.blocks.clear();
        }
        let (mut listed, columns_max) = listed(state, &manner, range.clone(), earlier);
        let counted: Vec<(Slot, usize)> = listed.iter().map(|one| (one.slot, one.pieces)).collect();
        let limits = piece_limits(&counted);
        for (one, limit) in listed.iter_mut().zip(&limits) {
            let is_alike = |drawn: &DrawnRow| drawn.piece_limit == *limit;
            one.take_away_unless(state, &manner, is_alike);
        }
        let part = part_to_draw(state, &listed, &limits);
        for (index, one) in listed.iter_mut().enumerate() {
            one.take_away_unless(state, &manner, |_| part.contains(&index));
        }
        let rows = range.start + part.start..range.start + part.end;
        self.blocks.cover(parent, &rows);
        let marked = Marked::of(state);
        let mut drawn: Vec<ListedRow> = Vec::with_capacity(listed.len());
        // From the last to the first, so that each is put before one that is there.
        for (index, mut one) in listed.into_iter().enumerate().rev() {
            if part.contains(&index) {
                let next = drawn.last().and_then(ListedRow::drawn_element);
                one.form = Form::Drawn(match one.form {
                    Form::Drawn(known) => known,
                    Form::Content(content) => {
                        let piece_limit = limits[index];
                        let content = match piece_limit {
                            Some(limit) => thinned_row(content, limit),
                            None => content,
                        };
                        let element = self.maker.make(one.row, content, manner.layout);
                        self.blocks.put(one.row, &element, next);
                        DrawnRow {
                            piece_limit,
                            marks: Marks::default(),
                            element,
                        }
                    }
                });
                one.mark(marked.marks(one.slot), manner.layout);
            }
            drawn.push(one);
        }
        drawn.reverse();
        self.listed = drawn;
        // What had it may be gone, and with it the keys that scroll.
        if had_focus && !state.scroller.has_focus() {
            state.scroller.focus();
        }
        if selected != state.selected.ends(parent) {
            state.missed.set(Some(SELECTION_CUT));
        }
        self.manner = Some(manner);
        Drawing {
            rows,
            savings: Savings {
                thinned: limits.iter().flatten().count(),
                columns_max,
            },
        }
    }
}

/// The rows of a range, and to how many columns their lines are cut; those that were listed alike are taken from `earlier`, and the
/// others of these are taken away.
fn listed(
    state: DiffState,
    manner: &Manner,
    range: Range<usize>,
    earlier: Vec<ListedRow>,
) -> (Vec<ListedRow>, Option<usize>) {
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
    let mut listed = Vec::with_capacity(slots.len());
    for ((row, slot), columns) in slots.into_iter().zip(columns) {
        let has_colours = colours.cover(slot);
        let columns_max = limit.filter(|limit| columns.iter().any(|columns| columns > limit));
        let is_alike = |known: &ListedRow| {
            let is_same = known.row == row && known.slot == slot;
            is_same && known.has_colours == has_colours && known.columns_max == columns_max
        };
        let mut alike = None;
        while let Some(known) = earlier.next_if(|known| known.row <= row) {
            if is_alike(&known) {
                alike = Some(known);
            } else {
                take_away(known);
            }
        }
        let (pieces, form) = match alike {
            Some(known) => (known.pieces, known.form),
            None => {
                let content = content_of(state, manner, slot, columns_max);
                (pieces_of(&content), Form::Content(content))
            }
        };
        listed.push(ListedRow {
            row,
            slot,
            has_colours,
            columns,
            columns_max,
            pieces,
            form,
        });
    }
    earlier.for_each(take_away);
    (listed, limit)
}

fn take_away(known: ListedRow) {
    if let Form::Drawn(drawn) = known.form {
        drawn.element.remove();
    }
}

/// Which of these rows are drawn now, from 0.
fn part_to_draw(state: DiffState, listed: &[ListedRow], limits: &[Option<usize>]) -> Range<usize> {
    // On paper nothing is waited for.
    if state.scroller.is_printing() {
        return 0..listed.len();
    }
    let weight = |(one, limit): (&ListedRow, &Option<usize>)| match &one.form {
        Form::Content(content) => row_weight(one.slot, content, *limit),
        Form::Drawn(_) => 0,
    };
    let weights: Vec<usize> = listed.iter().zip(limits).map(weight).collect();
    let first = listed.first().map_or(0, |one| one.row);
    let first_seen = state.scroller.seen_untracked().start;
    slice_of(&weights, first_seen.saturating_sub(first))
}

/// How many columns the texts of these rows have, which is known of those that are listed.
fn columns_of(
    state: DiffState,
    manner: &Manner,
    slots: &[(usize, Slot)],
    known: &[ListedRow],
) -> Vec<[usize; 2]> {
    let mut known_rows = known.iter().peekable();
    let document = state.document.get_untracked();
    let of_row = |(row, slot): &(usize, Slot)| {
        while known_rows.next_if(|known| known.row < *row).is_some() {}
        let known = known_rows.next_if(|known| known.row == *row && known.slot == *slot);
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
