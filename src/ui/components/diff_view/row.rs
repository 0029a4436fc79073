//! The elements of one row: a line of one side or of both, lines that are folded away, or what explains a change.
//!
//! They are made without a view of their own: a row that was scrolled to has to be there within the frame, and what is common to
//! rows is cloned at once from a row like it.

use crate::presentation::diff_view::{
    Cell, CellKind, ChangeOrigin, HunkExplanation, Layout, LineRange, LineRow, Row, Segment, Side,
};
use crate::syntax::SyntaxClass;
use leptos::prelude::document;
use std::collections::HashMap;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What opens lines names their places here, as `FROM-TO`.
pub(super) const OPENS: &str = "data-opens";

/// Makes rows.
pub(super) struct RowMaker {
    /// What the sides are called, the reference first.
    labels: [String; 2],
    /// Rows without texts and numbers, to be cloned.
    patterns: HashMap<Shape, Element>,
}

/// All that two rows of lines have to have in common to be made from the same pattern.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Shape {
    layout: Layout,
    /// Of the reference's cell and of the distribution's, where they have a line.
    kinds: [Option<CellKind>; 2],
    is_continued: bool,
}

/// What stands in a row from left to right.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// The number of a side's line.
    Number(Side),
    /// The text of a side's line.
    Text(Side),
    /// The text of whichever side has the line, in one column.
    Either,
}

/// The cells of a layout, in order.
pub(super) fn places(layout: Layout) -> &'static [Place] {
    match layout {
        Layout::Split => &[
            Place::Number(Side::Reference),
            Place::Text(Side::Reference),
            Place::Number(Side::Distribution),
            Place::Text(Side::Distribution),
        ],
        Layout::Unified => &[
            Place::Number(Side::Reference),
            Place::Number(Side::Distribution),
            Place::Either,
        ],
        Layout::Single => &[
            Place::Number(Side::Distribution),
            Place::Text(Side::Distribution),
        ],
    }
}

impl RowMaker {
    /// Of sides that are called so, the reference first.
    pub(super) fn new(labels: [String; 2]) -> Self {
        Self {
            labels,
            patterns: HashMap::new(),
        }
    }

    /// The elements of a row, counted from 0.
    pub(super) fn make(&mut self, row: usize, content: Row, layout: Layout) -> Element {
        let element = match content {
            Row::Line(line) => self.line(line, layout),
            Row::Fold {
                places,
                ends,
                label,
            } => across(layout, "diff-row diff-fold", |cell| {
                fold(cell, &places, ends, &label);
            }),
            Row::Heading(explanation) => {
                let class = match explanation.is_explained() {
                    true => "diff-row diff-heading",
                    false => "diff-row diff-heading diff-unexplained",
                };
                across(layout, class, |cell| heading(cell, &explanation))
            }
        };
        // The names of the columns are the first row, and rows count from 1.
        set(&element, "aria-rowindex", &(row + 2).to_string());
        element
    }

    fn line(&mut self, line: LineRow, layout: Layout) -> Element {
        let LineRow {
            reference,
            distribution,
            change: _,
            is_continued,
        } = line;
        let kind = |cell: &Option<Cell>| cell.as_ref().map(|cell| cell.kind);
        let shape = Shape {
            layout,
            kinds: [kind(&reference), kind(&distribution)],
            is_continued,
        };
        let pattern = self
            .patterns
            .entry(shape)
            .or_insert_with(|| pattern_of(shape));
        let row: Element = pattern
            .clone_node_with_deep(true)
            .expect("a row can be cloned")
            .unchecked_into();
        let mut next = row.first_element_child();
        for place in places(layout) {
            let Some(element) = next else {
                break;
            };
            let cell = match place {
                Place::Number(Side::Reference) | Place::Text(Side::Reference) => reference.as_ref(),
                Place::Number(Side::Distribution) | Place::Text(Side::Distribution) => {
                    distribution.as_ref()
                }
                // An unchanged line may differ in space that is ignored; the distribution's is the one that is published.
                Place::Either => distribution.as_ref().or(reference.as_ref()),
            };
            if let Some(cell) = cell {
                match place {
                    Place::Number(side) => {
                        self.fill_number(&element, *side, cell, is_continued);
                    }
                    Place::Text(_) | Place::Either => fill_text(&element, cell),
                }
            }
            next = element.next_element_sibling();
        }
        row
    }

    /// A line's number links to the line; where a line is continued, that is only heard.
    fn fill_number(&self, element: &Element, side: Side, cell: &Cell, is_continued: bool) {
        let Some(link) = element.first_element_child() else {
            return;
        };
        let number = cell.number;
        let label = &self.labels[side as usize];
        // Lines that changed say so before their text.
        let unchanged = match cell.kind {
            CellKind::Unchanged => ", unchanged",
            CellKind::Removed | CellKind::Added => "",
        };
        if is_continued {
            let said = format!("{number} continued, {label}{unchanged}");
            return link.set_text_content(Some(&said));
        }
        let line = LineRange::new(side, number, number);
        set(&link, "href", &format!("#{line}"));
        set(
            &link,
            "aria-label",
            &format!("{number}, {label}{unchanged}"),
        );
        link.set_text_content(Some(&number.to_string()));
    }
}

/// A row of lines without what differs from line to line.
fn pattern_of(shape: Shape) -> Element {
    let Shape {
        layout,
        kinds,
        is_continued,
    } = shape;
    let row = element("div", "diff-row");
    set(&row, "role", "row");
    let [reference, distribution] = kinds;
    let of_side = |side| match side {
        Side::Reference => reference,
        Side::Distribution => distribution,
    };
    for place in places(layout) {
        let cell = match *place {
            Place::Number(side) => {
                let kind = match layout {
                    Layout::Unified => reference.or(distribution),
                    Layout::Split | Layout::Single => of_side(side),
                };
                let kind = kind.map_or("empty", CellKind::name);
                let cell = element("span", &format!("diff-number diff-{kind}"));
                match of_side(side) {
                    None => {}
                    Some(_) if is_continued => put(&cell, &for_the_ear("")),
                    Some(_) => {
                        let link = element("a", "");
                        set(&link, "rel", "external");
                        put(&cell, &link);
                    }
                }
                cell
            }
            Place::Text(side) => text_pattern(of_side(side), is_continued),
            Place::Either => text_pattern(distribution.or(reference), is_continued),
        };
        set(&cell, "role", "cell");
        put(&row, &cell);
    }
    row
}

fn text_pattern(kind: Option<CellKind>, is_continued: bool) -> Element {
    let Some(kind) = kind else {
        return element("span", "diff-text diff-empty");
    };
    let cell = element("span", &format!("diff-text diff-{}", kind.name()));
    if kind != CellKind::Unchanged {
        if !is_continued {
            put(&cell, &for_the_eye("diff-sign", kind.sign()));
        }
        put(&cell, &for_the_ear(&format!("{}: ", kind.name())));
    }
    put(&cell, &element("code", ""));
    cell
}

fn fill_text(element: &Element, cell: &Cell) {
    let Some(code) = element.last_element_child() else {
        return;
    };
    match &cell.segments[..] {
        // Else the line could not be selected; where it moved to takes its place.
        [] if cell.moved.is_none() => put(&code, &self::element("br", "")),
        [] => {}
        [only] if is_plain(only) => code.set_text_content(Some(&only.text)),
        segments => segments
            .iter()
            .for_each(|segment| put_segment(&code, segment)),
    }
    if cell.is_moved {
        let _ = element.class_list().add_1("diff-moved");
    }
    if let Some(line) = cell.moved {
        put(element, &move_link(cell.kind, line));
    }
}

/// Where a line that moved is on the other side, with the way there.
fn move_link(kind: CellKind, line: usize) -> Element {
    let (side, text) = match kind {
        CellKind::Removed => (Side::Distribution, format!("moved to {line}")),
        CellKind::Added | CellKind::Unchanged => (Side::Reference, format!("moved from {line}")),
    };
    let link = element("a", "diff-move");
    set(
        &link,
        "href",
        &format!("#{}", LineRange::new(side, line, line)),
    );
    set(&link, "rel", "external");
    link.set_text_content(Some(&text));
    link
}

fn is_plain(segment: &Segment) -> bool {
    let is_text = !segment.sign && segment.class == SyntaxClass::Plain;
    is_text && !segment.found && !segment.changed
}

fn put_segment(code: &Element, segment: &Segment) {
    if is_plain(segment) {
        put_text(code, &segment.text);
        return;
    }
    let mut classes = Vec::with_capacity(3);
    if segment.changed {
        classes.push(("mark", String::new()));
    }
    if segment.found {
        classes.push(("mark", "diff-found".to_owned()));
    }
    match (segment.sign, segment.class) {
        (true, _) => classes.push(("span", "diff-stand-in".to_owned())),
        (false, SyntaxClass::Plain) => {}
        (false, class) => classes.push(("span", format!("syntax-{}", class.name()))),
    }
    let mut into = code.clone();
    for (tag, class) in classes {
        let piece = element(tag, &class);
        put(&into, &piece);
        into = piece;
    }
    into.set_text_content(Some(&segment.text));
}

/// A row with one cell across all columns.
fn across(layout: Layout, class: &str, fill: impl FnOnce(&Element)) -> Element {
    let row = element("div", class);
    set(&row, "role", "row");
    let cell = element("span", "");
    set(&cell, "role", "cell");
    set(&cell, "aria-colspan", &places(layout).len().to_string());
    fill(&cell);
    put(&row, &cell);
    row
}

/// Lines that are folded away, with the ways to open them: some from either end, or all up to the next change.
fn fold(cell: &Element, places: &Range<usize>, ends: Option<[Range<usize>; 2]>, label: &str) {
    let button = |class: &str, opened: &Range<usize>| {
        let button = element("button", class);
        set(&button, "type", "button");
        set(&button, OPENS, &format!("{}-{}", opened.start, opened.end));
        button
    };
    let put_some = |opened: &Range<usize>, sign: &str, what: &str| {
        let some = button("", opened);
        set(&some, "title", what);
        set(&some, "aria-label", what);
        put(&some, &for_the_eye("", sign));
        put(cell, &some);
    };
    if let Some([first, _]) = &ends {
        put_some(first, "↓ 20", "Show the first 20 of these lines");
    }
    let all = button("diff-fold-all", places);
    put(&all, &for_the_eye("", "↕ "));
    put_text(&all, label);
    put(&all, &for_the_ear(", show them"));
    put(cell, &all);
    if let Some([_, last]) = &ends {
        put_some(last, "↑ 20", "Show the last 20 of these lines");
    }
}

/// What explains the change below, in one line, which who comes to it scrolls. Where it comes from stays in sight beside it.
fn heading(cell: &Element, explanation: &HunkExplanation) {
    set(cell, "title", &explanation.text());
    let shown = element("span", "diff-heading-text");
    set(&shown, "tabindex", "0");
    let (explained, unexplained) = (&explanation.explained, &explanation.unexplained);
    for (mark, text) in [("● ", explained), ("▲ ", unexplained)] {
        if !text.is_empty() {
            put(&shown, &for_the_eye("", mark));
            put_text(&shown, &format!("{text} "));
        }
    }
    put(cell, &shown);
    for ChangeOrigin { address, of } in &explanation.origins {
        put_text(cell, " ");
        let link = element("a", "");
        set(&link, "href", address);
        set(&link, "rel", "noreferrer");
        set(&link, "title", &format!("Origin of {of}"));
        link.set_text_content(Some("origin"));
        put(cell, &link);
    }
}

/// What a reader of a screen need not hear.
fn for_the_eye(class: &str, text: &str) -> Element {
    let shown = element("span", class);
    set(&shown, "aria-hidden", "true");
    shown.set_text_content(Some(text));
    shown
}

/// What is only heard.
fn for_the_ear(text: &str) -> Element {
    let said = element("span", "visually-hidden");
    said.set_text_content(Some(text));
    said
}

fn element(tag: &str, class: &str) -> Element {
    let made = document().create_element(tag).expect("a name of HTML");
    if !class.is_empty() {
        made.set_class_name(class);
    }
    made
}

fn set(element: &Element, name: &str, value: &str) {
    element
        .set_attribute(name, value)
        .expect("a name of an attribute");
}

fn put(parent: &Element, child: &Element) {
    parent
        .append_child(child)
        .expect("a new element has no other place");
}

fn put_text(parent: &Element, text: &str) {
    parent
        .append_with_str_1(text)
        .expect("an element takes text");
}
