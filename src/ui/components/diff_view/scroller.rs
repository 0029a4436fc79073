//! Scrolls the lines, and tells which rows are near what is seen of them.

use crate::presentation::diff_view::{PRINTED_ROWS_MAX, Rows, Side};
use leptos::html::Div;
use leptos::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The drawn range grows and shrinks by this many rows at once: few enough that the steps of a quick scroll cost alike, and enough
/// that most of a slow one draw nothing.
pub(super) const STEP_ROWS: usize = 8;
/// So many steps are drawn beyond what is seen, above and below, so that a quick scroll meets drawn rows.
const STEPS_BEYOND: usize = 2;
/// Assumed until the first row has been drawn and measured.
const FIRST_ROW_PIXELS: f64 = 20.0;
/// So many rows are drawn before all others: enough for the reader to begin with, and few enough that neither drawing nor laying
/// them out keeps the page busy for long.
const FIRST_ROWS: usize = 24;

/// So many frames later at most the rows that the reader goes to are drawn.
const DRAWN_FRAMES_MAX: usize = 30;

/// The mark of what the search is at, below a row.
pub(super) const FOUND_MARK: &str = ".diff-found-at mark.diff-found";
/// The marks of what changed, below a row.
pub(super) const CHANGE_MARK: &str = "mark:not(.diff-found)";

/// So many columns are measured together, since one is no whole number of pixels.
pub(super) const PROBE_COLUMNS: usize = 100;

/// Where the lines are scrolled to.
#[derive(Clone, Copy)]
pub(super) struct Scroller {
    pub(super) node: NodeRef<Div>,
    rows: Memo<Arc<Rows>>,
    /// The first line of what the reader went to last.
    gone_to: Memo<Option<(Side, usize)>>,
    /// The rows of which those that are seen were measured last.
    laid_out: StoredValue<Option<Arc<Rows>>>,
    row_pixels: StoredValue<f64>,
    /// How far below the top of the window the lines began when that was looked at last, and how high it was, in pixels.
    in_page: StoredValue<[f64; 2]>,
    /// How many columns of text there is room for in a row.
    text_columns: RwSignal<usize>,
    /// The rows that are seen.
    seen: RwSignal<Range<usize>>,
    /// Whether what the reader went to is not scrolled to yet.
    is_on_its_way: StoredValue<bool>,
    /// How far the texts are scrolled sideways, in pixels.
    pub(super) shift: RwSignal<i32>,
    pub(super) printing: RwSignal<bool>,
    /// The rows of which the first have been painted, so that there is time for the others.
    painted: RwSignal<Option<Arc<Rows>>>,
}

impl Scroller {
    /// What the rows are in.
    pub(super) fn rows_element(self) -> Option<Element> {
        let node = self.node.get_untracked()?;
        node.query_selector(".diff-rows").ok().flatten()
    }

    pub(super) fn new(
        rows: Memo<Arc<Rows>>,
        text_columns: RwSignal<usize>,
        gone_to: Memo<Option<(Side, usize)>>,
    ) -> Self {
        let scroller = Self {
            node: NodeRef::new(),
            rows,
            gone_to,
            laid_out: StoredValue::new(None),
            row_pixels: StoredValue::new(FIRST_ROW_PIXELS),
            in_page: StoredValue::new([0.0; 2]),
            text_columns,
            seen: RwSignal::new(0..FIRST_ROWS),
            is_on_its_way: StoredValue::new(false),
            shift: RwSignal::new(0),
            printing: RwSignal::new(false),
            painted: RwSignal::new(None),
        };
        let listeners = [
            window_event_listener(leptos::ev::resize, move |_| scroller.resized()),
            window_event_listener(leptos::ev::scroll, move |_| scroller.look_at_page()),
            window_event_listener(leptos::ev::beforeprint, move |_| {
                scroller.printing.set(true)
            }),
            window_event_listener(leptos::ev::afterprint, move |_| {
                scroller.printing.set(false)
            }),
        ];
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
        Effect::new(move |_| {
            let rows = rows.get();
            request_animation_frame(move || {
                scroller.keep_place();
                scroller.measure();
            });
            after_next_frame(move || scroller.set_painted(rows));
        });
        scroller
    }

    /// Scrolls rows into sight where they are not, of which the last counts most, and in it sideways its first mark of a kind; the
    /// page too, when `in_page` says so. `rows_of` finds them among the rows once they are laid out: the rows of a fold that was
    /// opened just now are not yet, and how far lines run on is only known by then.
    pub(super) fn reveal(
        self,
        rows_of: impl Fn(&Rows) -> Option<[usize; 2]> + 'static,
        in_page: bool,
        mark: Option<&'static str>,
    ) {
        self.is_on_its_way.set_value(true);
        request_animation_frame(move || {
            let _ = self.is_on_its_way.try_set_value(false);
            self.measure();
            let Some(rows) = self.rows.try_get_untracked() else {
                return;
            };
            let sought = rows_of(&rows);
            // Where the reader goes counts more than where the reader was.
            self.laid_out.set_value(Some(rows));
            let Some(sought) = sought else {
                return;
            };
            let Some(node) = self.node.try_get_untracked().flatten() else {
                return;
            };
            let (pixels, height) = (self.row_pixels.get_value(), f64::from(node.client_height()));
            for row in sought {
                let (top, scrolled) = (row as f64 * pixels, f64::from(node.scroll_top()));
                if top < scrolled || top + pixels > scrolled + height {
                    node.set_scroll_top((top - height / 3.0).max(0.0) as i32);
                }
            }
            self.measure();
            self.reveal_drawn(rows_of, in_page, mark, DRAWN_FRAMES_MAX);
        });
    }

    /// Brings rows into sight in the page and sideways once they are drawn: those after the first ones come some frames later.
    fn reveal_drawn(
        self,
        rows_of: impl Fn(&Rows) -> Option<[usize; 2]> + 'static,
        in_page: bool,
        mark: Option<&'static str>,
        frames: usize,
    ) {
        request_animation_frame(move || {
            let Some(rows) = self.rows.try_get_untracked() else {
                return;
            };
            let Some(sought) = rows_of(&rows) else {
                return;
            };
            let is_there = self.are_laid_out(&rows) && self.element_of(sought[1]).is_some();
            if frames > 0 && !is_there {
                self.reveal_drawn(rows_of, in_page, mark, frames - 1);
                return;
            }
            if in_page {
                sought.iter().for_each(|row| self.reveal_in_page(*row));
            }
            if let Some(mark) = mark {
                self.reveal_sideways(sought[1], mark);
            }
        });
    }

    /// Keeps what the reader went to in sight in a window of another size, in the page too if it was there.
    fn resized(self) {
        let Some(node) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let was_in_window = self.is_in_window();
        self.measure_rows(&node);
        self.measure_columns(&node);
        self.look_at_page();
        // Rows that are laid out anew for it have their place kept when they are drawn.
        if self.are_laid_out(&self.rows.get_untracked()) {
            self.keep_place();
            self.look();
        }
        if was_in_window {
            let row_of = move |rows: &Rows| {
                let (side, number) = self.gone_to.try_get_untracked().flatten()?;
                let row = rows.row_of_line(side, number)?;
                Some([row, row])
            };
            self.reveal_drawn(row_of, true, None, DRAWN_FRAMES_MAX);
        }
    }

    /// Whether what the reader went to was in sight in the window when that was looked at last.
    fn is_in_window(self) -> bool {
        let (seen, gone_to) = (self.seen.get_untracked(), self.gone_to.get_untracked());
        let rows = self.laid_out.get_value();
        let row = rows.and_then(|rows| rows.row_in_sight(&seen, gone_to));
        let [top, height] = self.in_page.get_value();
        let pixels = self.row_pixels.get_value();
        row.is_some_and(|row| (0.0..height).contains(&(top + (row - seen.start) as f64 * pixels)))
    }

    /// Scrolls so that the reader is where they were after other rows were laid out, by another view, folds or a window of another
    /// width, or where there is room for fewer of them.
    fn keep_place(self) {
        let node = self.node.try_get_untracked().flatten();
        let Some((node, rows)) = node.zip(self.rows.try_get_untracked()) else {
            return;
        };
        let earlier = self.laid_out.get_value();
        self.laid_out.set_value(Some(rows.clone()));
        let (seen, gone_to) = (self.seen.get_untracked(), self.gone_to.get_untracked());
        let (first, pixels) = (seen.start, self.row_pixels.get_value());
        let room = self.room(&node);
        let kept = earlier.and_then(|earlier| rows.top_as_earlier(&earlier, seen, room, gone_to));
        if let Some(row) = kept.filter(|row| *row != first) {
            node.set_scroll_top((row as f64 * pixels).ceil() as i32);
        }
    }

    /// The rows that are seen; tracked.
    pub(super) fn seen(self) -> Range<usize> {
        self.seen.get()
    }

    /// Whether what the reader went to is not scrolled to yet, and counts as seen: keys may be pressed faster than frames are drawn.
    pub(super) fn is_on_its_way(self) -> bool {
        self.is_on_its_way.get_value()
    }

    /// The rows that are seen.
    pub(super) fn seen_untracked(self) -> Range<usize> {
        self.seen.get_untracked()
    }

    /// Whether the lines are drawn for paper; tracked.
    pub(super) fn is_printing(self) -> bool {
        self.printing.get()
    }

    /// Whether the focus is among the lines.
    pub(super) fn has_focus(self) -> bool {
        let node = self.node.get_untracked();
        node.is_some_and(|node| node.contains(document().active_element().as_deref()))
    }

    /// Moves the focus to the lines.
    pub(super) fn focus(self) {
        if let Some(node) = self.node.get_untracked() {
            let _ = node.focus();
        }
    }

    /// The element of a row, where it is drawn.
    fn element_of(self, row: usize) -> Option<Element> {
        let node = self.node.try_get_untracked().flatten()?;
        let found = node.query_selector(&format!("[aria-rowindex='{}']", row + 2));
        found.ok().flatten()
    }

    fn reveal_in_page(self, row: usize) {
        if let Some(element) = self.element_of(row) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// Shifts the texts so that the first of these marks of a row is in sight, or the beginning of its text where it has none.
    fn reveal_sideways(self, row: usize, mark: &str) {
        let Some(node) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let found = |selector: &str| node.query_selector(selector).ok().flatten();
        let row = format!("[aria-rowindex='{}']", row + 2);
        let mark = found(&format!("{row} {mark}")).or_else(|| found(&format!("{row} code")));
        let text = mark.as_ref().and_then(|mark| mark.closest("code").ok()?);
        let (Some(mark), Some(text), Some(room)) = (mark, text, found(".diff-probe-room")) else {
            return;
        };
        let rectangle = |element: &Element| element.get_bounding_client_rect();
        let (mark, room) = (rectangle(&mark), rectangle(&room).width());
        let start = mark.left() - rectangle(&text).left();
        // Of a mark that is wider than the room, the beginning counts.
        let end = start + mark.width().min(room);
        let shift = f64::from(node.scroll_left());
        if start < shift || end > shift + room {
            let from_start = if end <= room { 0.0 } else { start - room / 3.0 };
            node.set_scroll_left(from_start.max(0.0) as i32);
        }
    }

    /// Takes note of how large rows are, and of what is seen.
    fn measure(self) {
        let Some(node) = self.node.try_get_untracked().flatten() else {
            return;
        };
        self.measure_rows(&node);
        // Before other columns have other rows laid out, among which what is seen now is no place.
        self.look();
        self.measure_columns(&node);
        self.look_at_page();
    }

    fn measure_rows(self, node: &Element) {
        if let Ok(Some(row)) = node.query_selector(".diff-row") {
            let height = row.get_bounding_client_rect().height();
            if height > 1.0 {
                self.row_pixels.set_value(height);
            }
        }
    }

    /// Takes note of where the lines are in the window.
    fn look_at_page(self) {
        let height = window().inner_height().ok();
        let height = height.and_then(|height| height.as_f64());
        let node = self.node.try_get_untracked().flatten();
        if let Some((node, height)) = node.zip(height) {
            let top = node.get_bounding_client_rect().top();
            self.in_page.set_value([top, height]);
        }
    }

    /// Whether what is seen is a place among these rows: until the reader is back where they were among rows that were laid out
    /// anew, it is not.
    fn are_laid_out(self, rows: &Arc<Rows>) -> bool {
        self.laid_out.with_value(|laid_out| {
            let known = laid_out.as_ref();
            known.is_none_or(|known| Arc::ptr_eq(known, rows))
        })
    }

    /// How many rows there is room for, of which the last may be seen by half.
    fn room(self, node: &Element) -> usize {
        (f64::from(node.client_height()) / self.row_pixels.get_value()) as usize + 1
    }

    /// Takes note of what is seen.
    pub(super) fn look(self) {
        let Some(node) = self.node.try_get_untracked().flatten() else {
            return;
        };
        if !self.are_laid_out(&self.rows.get_untracked()) {
            return;
        }
        let pixels = self.row_pixels.get_value();
        let first = (f64::from(node.scroll_top()) / pixels) as usize;
        let seen = first..first + self.room(&node);
        if self.seen.with_untracked(|earlier| *earlier != seen) {
            self.seen.set(seen);
        }
        let shift = node.scroll_left();
        if self.shift.get_untracked() != shift {
            self.shift.set(shift);
        }
    }

    /// Takes note of the room that there is for text, by a row that has no other purpose.
    fn measure_columns(self, node: &Element) {
        let width = |selector: &str| {
            let found = node.query_selector(selector).ok().flatten();
            found.map_or(0.0, |element| element.get_bounding_client_rect().width())
        };
        let (room, column) = (
            width(".diff-probe-room"),
            width(".diff-probe-text") / PROBE_COLUMNS as f64,
        );
        if room > 0.0 && column > 0.0 {
            let columns = (room / column) as usize;
            if self.text_columns.get_untracked() != columns {
                self.text_columns.set(columns);
            }
        }
    }

    fn set_painted(self, rows: Arc<Rows>) {
        let _ = self.painted.try_set(Some(rows));
    }

    /// The rows to draw.
    pub(super) fn drawn(self) -> Memo<Range<usize>> {
        Memo::new(move |_| {
            let count = self.rows.with(|rows| rows.count());
            if self.printing.get() {
                return 0..count.min(PRINTED_ROWS_MAX);
            }
            let seen = self.seen.get();
            let is_painted = self.painted.with(|painted| {
                let painted = painted.as_ref();
                painted.is_some_and(|known| self.rows.with(|rows| Arc::ptr_eq(known, rows)))
            });
            if !is_painted {
                return seen.start.min(count)..seen.end.min(seen.start + FIRST_ROWS).min(count);
            }
            let start = (seen.start / STEP_ROWS).saturating_sub(STEPS_BEYOND) * STEP_ROWS;
            let end = (seen.end / STEP_ROWS + 1 + STEPS_BEYOND) * STEP_ROWS;
            start.min(count)..end.min(count)
        })
    }
}

/// Does something once the next frame is painted.
pub(super) fn after_next_frame(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}
