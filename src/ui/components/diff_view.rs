//! The difference of a file: header, notes, and its lines split or unified.

mod keys;
mod row;
mod scroller;
mod toolbar;

use super::part::{Draw, Part};
use crate::presentation::diff_view::{
    DiffDocument, DiffFile, DiffOptions, Layout, LineRange, Rows,
};
use keys::use_change_keys;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use scroller::{Lines, Scroller};
use std::collections::BTreeSet;
use std::sync::Arc;
use toolbar::Toolbar;

/// Screens up to here show both sides in one column unless the reader chose otherwise.
const NARROW: &str = "(max-width: 48rem)";

/// What the parts of a drawn diff share.
#[derive(Clone, Copy)]
struct DiffState {
    file: StoredValue<DiffFile>,
    options: Signal<DiffOptions>,
    on_options: Callback<DiffOptions>,
    lines: Signal<Option<LineRange>>,
    on_lines: Callback<Option<LineRange>>,
    document: Memo<Arc<DiffDocument>>,
    layout: Memo<Layout>,
    opened: RwSignal<BTreeSet<usize>>,
    rows: Memo<Arc<Rows>>,
    /// The change that the reader went to last.
    change: RwSignal<Option<usize>>,
    scroller: Scroller,
}

/// A difference, and what its owner knows of it. The address is the owner's: choices and linked lines are handed up.
#[derive(Clone)]
pub struct Diff {
    /// Both sides; a change of it is another component.
    pub file: DiffFile,
    /// What the address says of the view.
    pub options: Signal<DiffOptions>,
    /// Called with what the reader chose.
    pub on_options: Callback<DiffOptions>,
    /// The lines that the address links to.
    pub lines: Signal<Option<LineRange>>,
    /// Called with the lines that the reader chose to link to.
    pub on_lines: Callback<Option<LineRange>>,
}

/// Draws the difference of a file.
#[component]
pub fn DiffView(diff: Diff) -> impl IntoView {
    Part::new("the difference", || Box::pin(load_diff())).draw(true, diff)
}

/// What compares and draws, which only readers of a difference need.
#[wasm_split(diff, wasm_split_path = leptos::wasm_split, preload(#[allow(unsafe_code, reason = "the cut")] preload_diff), fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_diff() -> Result<Draw<Diff>, SplitLoaderError> {
    Ok(draw)
}

fn draw(diff: Diff) -> AnyView {
    let Diff {
        file,
        options,
        on_options,
        lines,
        on_lines,
    } = diff;
    let path = file.path.clone();
    let file = StoredValue::new(file);
    let space = Memo::new(move |_| options.get().space);
    // Comparing two documents would cost as much as making one, and a new one is never equal.
    let document = Memo::new_with_compare(
        move |_| Arc::new(file.with_value(|file| DiffDocument::new(file, space.get()))),
        |_, _| true,
    );
    let narrow = use_narrow();
    let layout = Memo::new(move |_| {
        let one_sided = document.with(|document| document.one_sided());
        options.get().view.layout(narrow.get(), one_sided)
    });
    let opened = RwSignal::new(folds_over(&document.get_untracked(), lines.get_untracked()));
    let rows = Memo::new_with_compare(
        move |_| {
            Arc::new(
                document.with(|document| opened.with(|opened| document.rows(layout.get(), opened))),
            )
        },
        |_, _| true,
    );
    let state = DiffState {
        file,
        options,
        on_options,
        lines,
        on_lines,
        document,
        layout,
        opened,
        rows,
        change: RwSignal::new(None),
        scroller: Scroller::new(rows),
    };
    state.follow_link();
    use_change_keys(state);
    let notes = move || {
        let notes = document.with(|document| document.notes().to_vec());
        (!notes.is_empty()).then(|| {
            let notes = notes.into_iter().map(|note| view! { <li>{note}</li> });
            view! { <ul class="diff-notes plain small">{notes.collect_view()}</ul> }
        })
    };
    view! {
        <section class="diff" aria-label=format!("Difference of {path}")>
            <Toolbar state/>
            {notes}
            <Lines state/>
        </section>
    }
    .into_any()
}

impl DiffState {
    /// Goes to the change after or before the one that the reader went to last.
    fn go(self, forward: bool) {
        let rows = self.rows.get_untracked();
        let Some(last) = rows.change_count().checked_sub(1) else {
            return;
        };
        let next = match self.change.get_untracked() {
            Some(change) if forward => (change + 1).min(last),
            Some(change) => change.saturating_sub(1),
            None => 0,
        };
        self.change.set(Some(next));
        if let Some(row) = rows.row_of_change(next) {
            self.scroller.reveal(row, true);
        }
    }

    /// Opens the folds over the linked lines and shows them, now and whenever the link changes. Without a link the first
    /// change is shown, and the page stays where it is.
    fn follow_link(self) {
        Effect::new(move |earlier: Option<Option<LineRange>>| {
            let lines = self.lines.get();
            let document = self.document.get_untracked();
            let folds = folds_over(&document, lines);
            if !self.opened.with_untracked(|opened| folds.is_subset(opened)) {
                self.opened.update(|opened| opened.extend(folds));
            }
            let rows = self.rows.get_untracked();
            match (lines, earlier) {
                (Some(range), _) => {
                    if let Some(row) = rows.row_of_line(range.side(), range.first()) {
                        self.scroller.reveal(row, true);
                    }
                }
                (None, None) => {
                    if let Some(row) = rows.row_of_change(0) {
                        self.scroller.reveal(row, false);
                    }
                }
                (None, Some(_)) => {}
            }
            lines
        });
    }
}

fn folds_over(document: &DiffDocument, lines: Option<LineRange>) -> BTreeSet<usize> {
    lines
        .into_iter()
        .flat_map(|range| document.folds_over(range))
        .collect()
}

/// Whether the screen is narrow, followed as it changes.
fn use_narrow() -> ReadSignal<bool> {
    let measure = || {
        let query = window().match_media(NARROW).ok().flatten();
        query.is_some_and(|query| query.matches())
    };
    let (narrow, set_narrow) = signal(measure());
    let resize = window_event_listener(leptos::ev::resize, move |_| {
        let now = measure();
        if narrow.get_untracked() != now {
            set_narrow.set(now);
        }
    });
    on_cleanup(move || resize.remove());
    narrow
}
