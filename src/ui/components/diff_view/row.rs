//! One row: a line of one side or of both, or lines that are folded away.

use super::DiffState;
use crate::presentation::diff_view::{
    Cell, CellKind, HunkExplanation, Layout, LineRange, LineRow, Row, Segment, Side, Slot,
};
use crate::presentation::hidden_characters::visible;
use crate::syntax::SyntaxClass;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::ops::Range;

#[component]
pub(super) fn DiffRow(
    state: DiffState,
    row: usize,
    content: Slot,
    layout: Layout,
    /// How many pieces its texts may have, where that is limited.
    piece_limit: Option<usize>,
) -> impl IntoView {
    // The heading is the first row, and rows count from 1.
    let index = (row + 2).to_string();
    let look = state.look.get_untracked();
    let columns = match layout {
        Layout::Split => "4",
        Layout::Unified => "3",
        Layout::Single => "2",
    };
    let row = state.document.with_untracked(|document| {
        let colours = state.colours.get_untracked();
        document.row(content, &look, &colours, piece_limit)
    });
    match row {
        Row::Fold {
            lines,
            count,
            label,
        } => fold(state, index, columns, lines, count, label).into_any(),
        Row::Heading(explanation) => heading(index, columns, explanation).into_any(),
        Row::Line(line) => {
            let change = line.change;
            let at = move || change.is_some() && state.change.get() == change;
            let cells = match layout {
                Layout::Split => split(state, line),
                Layout::Unified => unified(state, line),
                Layout::Single => single(state, line),
            };
            view! { <div class="diff-row" class:diff-at=at role="row" aria-rowindex=index>{cells}</div> }.into_any()
        }
    }
}

/// So many lines of a fold are opened at once.
const OPENED_AT_ONCE: usize = 20;

/// Lines that are folded away, with the ways to open them: some from either end, or all up to the next change.
fn fold(
    state: DiffState,
    index: String,
    columns: &'static str,
    lines: Range<usize>,
    count: usize,
    label: String,
) -> impl IntoView {
    let Range { start, end } = lines;
    let some = |opened: Range<usize>, sign: &'static str, what: &'static str| {
        (count > OPENED_AT_ONCE).then(|| {
            view! {
                <button type="button" on:click=move |_| open(state, opened.clone()) title=what aria-label=what>
                    <span aria-hidden="true">{sign}</span>
                </button>
            }
        })
    };
    let first = some(
        start..start + OPENED_AT_ONCE,
        "↓ 20",
        "Show the first 20 of these lines",
    );
    let last = some(
        end.saturating_sub(OPENED_AT_ONCE).max(start)..end,
        "↑ 20",
        "Show the last 20 of these lines",
    );
    view! {
        <div class="diff-row diff-fold" role="row" aria-rowindex=index>
            <span role="cell" aria-colspan=columns>
                {first}
                <button type="button" class="diff-fold-all" on:click=move |_| open(state, start..end)>
                    <span aria-hidden="true">"↕ "</span>{label}<span class="visually-hidden">", show them"</span>
                </button>
                {last}
            </span>
        </div>
    }
}

/// What explains the change below, in one line; the whole text is its title.
fn heading(index: String, columns: &'static str, explanation: HunkExplanation) -> impl IntoView {
    let HunkExplanation {
        text,
        origin,
        is_explained,
    } = explanation;
    let title = text.clone();
    let origin = origin.map(|url| view! { " "<a href=url rel="noreferrer">"origin"</a> });
    view! {
        <div class="diff-row diff-heading" class:diff-unexplained=!is_explained role="row" aria-rowindex=index>
            <span role="cell" aria-colspan=columns title=title>
                <span aria-hidden="true">{if is_explained { "● " } else { "▲ " }}</span>{text}{origin}
            </span>
        </div>
    }
}

/// Opens lines. The button that did goes, so the focus moves to the lines, where the keys that scroll work.
fn open(state: DiffState, lines: Range<usize>) {
    state.opened.update(|opened| opened.open(lines));
    state.scroller.focus();
}

fn split(state: DiffState, line: LineRow) -> AnyView {
    let sides = [
        (Side::Reference, line.reference),
        (Side::Distribution, line.distribution),
    ];
    sides
        .map(|(side, cell)| {
            let kind = cell.as_ref().map(|cell| cell.kind);
            let number = number(state, side, cell.as_ref(), kind, line.is_continued);
            view! { {number}{text(state, cell.as_ref().map(|cell| (side, cell.number)), None, cell, line.is_continued)} }
        })
        .into_any()
}

fn unified(state: DiffState, line: LineRow) -> AnyView {
    let kind = [&line.reference, &line.distribution]
        .into_iter()
        .flatten()
        .map(|cell| cell.kind)
        .next();
    let places = [
        line.reference
            .as_ref()
            .map(|cell| (Side::Reference, cell.number)),
        line.distribution
            .as_ref()
            .map(|cell| (Side::Distribution, cell.number)),
    ];
    let is_continued = line.is_continued;
    let number = |side, cell: &Option<Cell>| number(state, side, cell.as_ref(), kind, is_continued);
    let reference = number(Side::Reference, &line.reference);
    let distribution = number(Side::Distribution, &line.distribution);
    // An unchanged line may differ in space that is ignored; the distribution's is the one that is published.
    let cell = line.distribution.or(line.reference);
    view! { {reference}{distribution}{text(state, places[0], places[1], cell, is_continued)} }
        .into_any()
}

fn single(state: DiffState, line: LineRow) -> AnyView {
    let cell = line.distribution;
    let kind = cell.as_ref().map(|cell| cell.kind);
    let place = cell.as_ref().map(|cell| (Side::Distribution, cell.number));
    let is_continued = line.is_continued;
    let number = number(state, Side::Distribution, cell.as_ref(), kind, is_continued);
    view! { {number}{text(state, place, None, cell, is_continued)} }.into_any()
}

/// A line's number, which links to the line; empty where the side has no line, and where a line is continued.
fn number(
    state: DiffState,
    side: Side,
    cell: Option<&Cell>,
    kind: Option<CellKind>,
    is_continued: bool,
) -> AnyView {
    let class = format!("diff-number diff-{}", kind.map_or("empty", CellKind::name));
    let Some(number) = cell.map(|cell| cell.number) else {
        return view! { <span class=class role="cell"></span> }.into_any();
    };
    let linked = move || is_linked(state, Some((side, number)));
    if is_continued {
        return view! { <span class=class class:diff-linked=linked role="cell"></span> }.into_any();
    }
    // Lines that changed say so before their text.
    let unchanged = match kind {
        Some(CellKind::Unchanged) => ", unchanged",
        _ => "",
    };
    let label = state.file.with_value(|file| {
        let label = match side {
            Side::Reference => &file.reference_label,
            Side::Distribution => &file.distribution_label,
        };
        format!("{number}, {}{unchanged}", visible(label))
    });
    let click = move |event: MouseEvent| {
        // With these a browser opens the link elsewhere, which is left to it.
        if event.ctrl_key() || event.meta_key() {
            return;
        }
        event.prevent_default();
        let range =
            LineRange::clicked(state.lines.get_untracked(), side, number, event.shift_key());
        state.on_lines.run(range);
    };
    view! {
        <span class=class class:diff-linked=linked role="cell">
            <a href=format!("#{}", LineRange::new(side, number, number)) rel="external" aria-label=label on:click=click>{number}</a>
        </span>
    }
    .into_any()
}

/// The text of a line; `one` and `other` are the places whose link it belongs to.
fn text(
    state: DiffState,
    one: Option<(Side, usize)>,
    other: Option<(Side, usize)>,
    cell: Option<Cell>,
    is_continued: bool,
) -> AnyView {
    let Some(cell) = cell else {
        return view! { <span class="diff-text diff-empty" role="cell"></span> }.into_any();
    };
    let linked = move || is_linked(state, one) || is_linked(state, other);
    let kind = cell.kind;
    let moved = cell.moved.map(|line| moved(kind, line));
    let is_moved = moved.is_some();
    let segments = cell.segments.into_iter().map(segment).collect_view();
    let said = (kind != CellKind::Unchanged && !is_continued).then(|| {
        view! {
            <span class="diff-sign" aria-hidden="true">{kind.sign()}</span>
            <span class="visually-hidden">{format!("{}: ", kind.name())}</span>
        }
    });
    view! {
        <span class=format!("diff-text diff-{}", kind.name()) class:diff-linked=linked class:diff-moved=is_moved role="cell">
            {said}<code>{segments}</code>{moved}
        </span>
    }
    .into_any()
}

/// Where a line that moved is on the other side, with the way there.
fn moved(kind: CellKind, line: usize) -> impl IntoView {
    let (side, text) = match kind {
        CellKind::Removed => (Side::Distribution, format!("moved to {line}")),
        CellKind::Added | CellKind::Unchanged => (Side::Reference, format!("moved from {line}")),
    };
    let address = format!("#{}", LineRange::new(side, line, line));
    view! { <a class="diff-move" href=address rel="external">{text}</a> }
}

fn segment(segment: Segment) -> AnyView {
    let Segment {
        text,
        changed,
        sign,
        found,
        class,
    } = segment;
    let piece = match (sign, class) {
        (true, _) => view! { <span class="diff-stand-in">{text}</span> }.into_any(),
        (false, SyntaxClass::Plain) => text.into_any(),
        (false, class) => {
            view! { <span class=format!("syntax-{}", class.name())>{text}</span> }.into_any()
        }
    };
    let piece = if found {
        view! { <mark class="diff-found">{piece}</mark> }.into_any()
    } else {
        piece
    };
    if changed {
        view! { <mark>{piece}</mark> }.into_any()
    } else {
        piece
    }
}

fn is_linked(state: DiffState, place: Option<(Side, usize)>) -> bool {
    let lines = state.lines.get();
    place.is_some_and(|(side, number)| lines.is_some_and(|range| range.contains(side, number)))
}
