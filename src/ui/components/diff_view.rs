//! The difference of a file: header, notes, and its lines split or unified. A worker compares; here it is drawn.

mod blocks;
mod comparing;
mod copying;
mod keys;
mod lines;
mod marks;
mod row;
mod row_list;
mod scroller;
mod search;
mod selection;
mod toolbar;

use super::part::{Draw, Part};
use crate::loading::DiffWorker;
use crate::presentation::diff_view::{
    Colours, DiffDocument, DiffFile, DiffOptions, Found, Hunk, Layout, LineRange, Look,
    OpenedLines, Rows, Side, first_line_of,
};
use crate::presentation::hidden_characters::visible;
use comparing::{Comparing, Findings};
use copying::follow_copies;
use keys::use_line_keys;
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use lines::Lines;
use row_list::Savings;
use scroller::{CHANGE_MARK, FOUND_MARK, Scroller};
use selection::Selected;
use std::sync::Arc;
use toolbar::Toolbar;

/// Screens up to here show both sides in one column unless the reader chose otherwise.
const NARROW: &str = "(max-width: 48rem)";

/// The columns of a side's text, until they are measured.
const FIRST_TEXT_COLUMNS: usize = 40;

/// What the parts of a drawn diff share.
#[derive(Clone, Copy)]
struct DiffState {
    file: StoredValue<DiffFile>,
    options: Signal<DiffOptions>,
    on_options: Callback<DiffOptions>,
    lines: Signal<Option<LineRange>>,
    on_lines: Callback<Option<LineRange>>,
    document: RwSignal<Arc<DiffDocument>>,
    colours: RwSignal<Arc<Colours>>,
    layout: Memo<Layout>,
    opened: RwSignal<OpenedLines>,
    rows: Memo<Arc<Rows>>,
    /// The hunk of the change that the reader went to last, which stays what it is where other space counts.
    hunk: RwSignal<Option<Hunk>>,
    /// Which of the changes now that is.
    change: Memo<Option<usize>>,
    /// The line that the reader went to after that.
    line: RwSignal<Option<(Side, usize)>>,
    /// The rows of what the reader went to: where it begins, and where what the reader looks for in it stands.
    gone_to: Memo<Option<[usize; 2]>>,
    /// What of the changes, or of what was selected, the reader wanted and is not there.
    missed: RwSignal<Option<&'static str>>,
    search_field: NodeRef<Input>,
    /// What the reader searches for.
    wanted: RwSignal<String>,
    found: Memo<Arc<Vec<Found>>>,
    /// What was found that the reader went to last.
    found_last: RwSignal<Option<Found>>,
    /// Which of what is found now that is.
    found_at: Memo<Option<usize>>,
    look: Memo<Look>,
    /// What is drawn with less than it has.
    savings: RwSignal<Savings>,
    /// Whether long lines are continued in further rows.
    wraps: Memo<bool>,
    selected: Selected,
    scroller: Scroller,
}

/// Where the reader is among the rows.
#[derive(Clone, Copy)]
enum Place {
    /// At the row of a change or a line.
    At(usize),
    /// Before all rows from this one on.
    Before(usize),
}

/// A difference, and what its owner knows of it. The address is the owner's: choices and linked lines are handed up.
#[derive(Clone)]
pub struct Diff {
    /// Both sides; a change of it is another component.
    pub file: DiffFile,
    /// Where the published sides are, by which they are saved.
    pub addresses: [Option<String>; 2],
    /// What compares them.
    pub worker: StoredValue<DiffWorker, LocalStorage>,
    /// Says whose sides they are.
    pub sides: ViewFn,
    /// Where the list of keys is, which the owner draws.
    pub key_list: NodeRef<Dialog>,
    /// What the address says of the view.
    pub options: Signal<DiffOptions>,
    /// Called with what the reader chose.
    pub on_options: Callback<DiffOptions>,
    /// The lines that the address links to.
    pub lines: Signal<Option<LineRange>>,
    /// What is to be said of an address that is meant to link to lines, and names none.
    pub link_note: Signal<Option<&'static str>>,
    /// Called with the lines that the reader chose to link to.
    pub on_lines: Callback<Option<LineRange>>,
}

/// What draws a [`Diff`]. It can be prepared while the texts are on their way.
pub fn difference() -> Part<Diff> {
    Part::new("the difference", || Box::pin(load_diff()))
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
    view! { <Comparing diff/> }.into_any()
}

/// Draws what was compared.
#[component]
fn Compared(diff: Diff, findings: Findings) -> impl IntoView {
    let Findings { document, colours } = findings;
    let Diff {
        file,
        addresses,
        sides,
        key_list,
        options,
        on_options,
        lines,
        link_note,
        on_lines,
        ..
    } = diff;
    let path = visible(&file.path);
    let narrow = use_narrow();
    let is_alone = file.is_alone;
    let layout = Memo::new(move |_| {
        if is_alone {
            return Layout::Single;
        }
        let one_sided = document.with(|document| document.one_sided());
        options.get().view.layout(narrow.get(), one_sided)
    });
    let opened = RwSignal::new(lines_around(
        &document.get_untracked(),
        lines.get_untracked(),
        OpenedLines::default(),
    ));
    let text_columns = RwSignal::new(FIRST_TEXT_COLUMNS);
    let wraps = Memo::new(move |_| options.get().wrap.wraps(narrow.get()));
    let wrap_columns = Memo::new(move |_| wraps.get().then(|| text_columns.get()));
    let rows = Memo::new_with_compare(
        move |_| {
            let options = options.get();
            let look = Look {
                shows_space: options.shows_space,
                wrap_columns: wrap_columns.get(),
                ..Look::default()
            };
            let layout = layout.get();
            let rows = document.with(|document| {
                let is_whole = is_alone || options.whole && document.can_show_whole();
                match is_whole {
                    true => document.rows(layout, &OpenedLines::whole(), &look),
                    false => opened.with(|opened| document.rows(layout, opened, &look)),
                }
            });
            Arc::new(rows)
        },
        |_, _| true,
    );
    let wanted = RwSignal::new(String::new());
    let look = Memo::new(move |_| Look {
        wanted: wanted.get(),
        shows_space: options.get().shows_space,
        wrap_columns: wrap_columns.get(),
        columns_max: None,
    });
    let found = Memo::new_with_compare(
        move |_| {
            let find = |wanted: &String| document.with(|document| document.find(wanted));
            Arc::new(wanted.with(find))
        },
        |_, _| true,
    );
    let found_last = RwSignal::new(None);
    let found_at = Memo::new(move |_| {
        let last = found_last.get()?;
        found.with(|found| found.iter().position(|here| *here == last))
    });
    let (hunk, line) = (RwSignal::new(None::<Hunk>), RwSignal::new(None));
    let change = Memo::new(move |_| {
        let hunk = hunk.get()?;
        document.with(|document| document.change_at(&hunk))
    });
    let first_line_gone_to = Memo::new(move |_| {
        line.get()
            .or_else(|| hunk.with(|hunk| hunk.as_ref().map(first_line_of)))
    });
    let gone_to = Memo::new(move |_| {
        let (rows, document, look) = (rows.get(), document.get(), look.get());
        match (line.get(), change.get()) {
            (Some((side, number)), _) => {
                let begin = rows.row_of_line(side, number)?;
                let found = found_last.get();
                let here = found.filter(|found| *found == Found { side, number });
                let row = here.and_then(|found| document.row_of_found(&rows, found, &look));
                Some([begin, row.unwrap_or(begin)])
            }
            (None, Some(change)) => {
                let begin = rows.row_of_change(change)?;
                let row = document.row_of_changed_words(&rows, change, &look);
                Some([begin, row.unwrap_or(begin)])
            }
            (None, None) => None,
        }
    });
    let state = DiffState {
        file: StoredValue::new(file),
        options,
        on_options,
        lines,
        on_lines,
        document,
        colours,
        layout,
        opened,
        rows,
        hunk,
        change,
        line,
        gone_to,
        missed: RwSignal::new(None),
        search_field: NodeRef::new(),
        wanted,
        found,
        found_last,
        found_at,
        look,
        savings: RwSignal::new(Savings::default()),
        wraps,
        selected: Selected::follow(),
        scroller: Scroller::new(rows, text_columns, first_line_gone_to),
    };
    state.follow_link();
    use_line_keys(state, key_list);
    follow_copies(state);
    let notes = move || {
        let mut notes = document.with(|document| document.notes().to_vec());
        let is_too_long =
            options.get().whole && document.with(|document| !document.can_show_whole());
        notes.extend(is_too_long.then(|| {
            "The file is too long to be shown whole: what is unchanged stays folded, and opens part by part.".to_owned()
        }));
        let of_link = |range| {
            document.with(|document| {
                state
                    .file
                    .with_value(|file| document.note_on_link(file, range))
            })
        };
        notes.extend(lines.get().and_then(of_link));
        notes.extend(link_note.get().map(str::to_owned));
        (!notes.is_empty()).then(|| {
            let notes = notes.into_iter().map(|note| view! { <li>{note}</li> });
            view! { <ul class="diff-notes small">{notes.collect_view()}</ul> }
        })
    };
    let label = match is_alone {
        true => path,
        false => format!("Difference of {path}"),
    };
    view! {
        <section class="diff" aria-label=label>
            <Toolbar state addresses sides key_list/>
            {notes}
            <Lines state/>
        </section>
    }
}

impl DiffState {
    /// Goes to the next or the previous change from where the reader is: the change or line gone to last while it is seen, else
    /// what is seen first.
    fn go(self, forward: bool) {
        let rows = self.rows.get_untracked();
        let place = untrack(|| self.place());
        let (start, next) = match (place, forward) {
            (Place::At(row), true) => (row + 1, rows.change_from(row + 1)),
            (Place::Before(row), true) => (row, rows.change_from(row)),
            (Place::At(row) | Place::Before(row), false) => (row, rows.change_before(row)),
        };
        let begin = next.and_then(|next| rows.row_of_change(next));
        let missed = match forward {
            true => begin
                .is_none_or(|begin| begin < start)
                .then_some("No change follows."),
            false => begin
                .is_none_or(|begin| start <= begin)
                .then_some("No change comes before."),
        };
        self.missed.set(missed);
        let Some(next) = next else {
            return;
        };
        self.go_to_hunk_of(Some(next));
        self.line.set(None);
        self.reveal(Some(CHANGE_MARK));
    }

    /// Keeps the hunk of the change that the reader went to.
    fn go_to_hunk_of(self, change: Option<usize>) {
        let hunk = |document: &Arc<DiffDocument>| document.hunk_of(change?).cloned();
        self.hunk.set(self.document.with_untracked(hunk));
    }

    /// Brings what the reader went to into sight, and in it the first of these marks.
    fn reveal(self, mark: Option<&'static str>) {
        let gone_to = self.gone_to;
        self.scroller
            .reveal(move |_| gone_to.try_get_untracked().flatten(), true, mark);
    }

    /// Where the reader is; tracked.
    fn place(self) -> Place {
        let seen = self.scroller.seen();
        let gone_to = self.gone_to.get();
        let is_on_its_way = self.scroller.is_on_its_way();
        let is_seen =
            |rows: &[usize; 2]| is_on_its_way || rows.iter().any(|row| seen.contains(row));
        gone_to
            .filter(is_seen)
            .map_or(Place::Before(seen.start), |[begin, _]| Place::At(begin))
    }

    /// The change that is copied: the one that the reader is in, else the next one; tracked.
    fn current_change(self) -> Option<usize> {
        let line = self.line.get();
        let of_line = |(side, number)| {
            self.document
                .with(|document| document.change_of(side, number))
        };
        let rows = self.rows.get();
        match (line.and_then(of_line), self.place()) {
            (Some(change), Place::At(_)) => Some(change),
            (None, Place::At(row)) if line.is_none() => {
                (0..rows.change_count()).find(|change| rows.row_of_change(*change) == Some(row))
            }
            (_, Place::At(row) | Place::Before(row)) => rows.change_from(row),
        }
    }

    /// Goes to the next or the previous line that has what is searched for; round at the end.
    fn go_to_found(self, forward: bool) {
        let found = self.found.get_untracked();
        let count = found.len();
        if count == 0 {
            return;
        }
        let next = match self.found_at.get_untracked() {
            Some(at) if forward => (at + 1) % count,
            Some(at) => (at + count - 1) % count,
            None if forward => 0,
            None => count - 1,
        };
        self.found_last.set(Some(found[next]));
        let Found { side, number } = found[next];
        self.show(LineRange::new(side, number, number), Some(FOUND_MARK));
    }

    /// Moves the focus to the field of the search.
    fn focus_search(self) {
        if let Some(field) = self.search_field.get_untracked() {
            let _ = field.focus();
            field.select();
        }
    }

    /// Shows the whole file, or only what is near changes again.
    fn toggle_whole(self) {
        let options = self.options.get_untracked();
        self.on_options.run(DiffOptions {
            whole: !options.whole,
            ..options
        });
    }

    /// Opens what hides lines, and brings the first of them into sight, and in it the first of these marks.
    fn show(self, range: LineRange, mark: Option<&'static str>) {
        let document = self.document.get_untracked();
        let places = document.places(range);
        if self.rows.with_untracked(|rows| rows.hides(&places)) {
            let had_focus = self.scroller.has_focus();
            self.opened
                .update(|opened| opened.open(document.lines_around(range)));
            if had_focus {
                // The number that did goes with its row.
                self.scroller.focus();
            }
        }
        self.missed.set(None);
        self.line.set(Some((range.side(), range.first())));
        self.go_to_hunk_of(document.change_of(range.side(), range.first()));
        self.reveal(mark);
    }

    /// Opens the folds over the linked lines and shows them, now and whenever the link changes. Without a link the first
    /// change is shown, and the page stays where it is.
    fn follow_link(self) {
        Effect::new(move |earlier: Option<Option<LineRange>>| {
            let lines = self.lines.get();
            match (lines, earlier) {
                (Some(range), _) => self.show(range, None),
                (None, None) => {
                    let first = |rows: &Rows| rows.row_of_change(0).map(|row| [row, row]);
                    self.scroller.reveal(first, false, None);
                }
                (None, Some(_)) => {}
            }
            lines
        });
    }
}

fn lines_around(
    document: &DiffDocument,
    lines: Option<LineRange>,
    mut opened: OpenedLines,
) -> OpenedLines {
    if let Some(range) = lines {
        opened.open(document.lines_around(range));
    }
    opened
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
