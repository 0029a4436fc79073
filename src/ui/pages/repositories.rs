//! `/9/repositories`: what waits in testing and what is due for removal in a sentence each, and all repositories with their age;
//! `/9/repositories/testing` and `/9/repositories/synergy`: the boards.

use super::with_report::WithReport;
use crate::loading::LoadState;
use crate::presentation::date::{age, moment};
use crate::presentation::number::count;
use crate::presentation::repository_boards::{
    BoardFilter, BoardRow, BoardSources, BoardView, RepositoryLine, repository_lines,
    synergy_board, synergy_headline, testing_board, testing_headline,
};
use crate::presentation::route::{Board, Route};
use crate::report::{Compatibility, Repositories};
use crate::ui::components::loaded::{Failed, Shape};
use crate::ui::components::long_table::{DrawCells, LongTable};
use crate::ui::context::{Site, pairs_of, set_query};
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;
use std::sync::Arc;

/// The page; `board` is which of the boards, or none for all repositories.
#[component]
pub fn RepositoriesPage(release: String, board: Option<Board>) -> impl IntoView {
    view! { <WithReport release let:report><WithBoards report board/></WithReport> }
}

/// Fetches the boards, where the report has any.
#[component]
fn WithBoards(report: Arc<Compatibility>, board: Option<Board>) -> impl IntoView {
    let library = Site::get().library.get_value();
    let url = report
        .repositories
        .as_ref()
        .map(|digest| library.url("repositories", digest, "json"));
    let is_there = url.is_some();
    let (state, retry) = library.follow::<Repositories>(move || url.clone());
    move || match state.get() {
        LoadState::Loading if is_there => {
            view! { <Shape what="what the repositories have"/> }.into_any()
        }
        LoadState::Failed(error) => {
            view! { <Failed what="what the repositories have" error retry within_page=false/> }
                .into_any()
        }
        state => draw(&report, state.loaded().as_deref(), board),
    }
}

fn draw(report: &Compatibility, boards: Option<&Repositories>, board: Option<Board>) -> AnyView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let snapshot = site.snapshot(&report.release);
    let sources = BoardSources {
        report,
        boards,
        distribution: &distribution,
        reference: &reference,
        advisories_as_of: snapshot.and_then(|snapshot| snapshot.security?.as_of),
    };
    let release = report.release.clone();
    match board {
        None => {
            let headlines = [
                (Board::Testing, testing_headline(&sources)),
                (Board::Synergy, synergy_headline(&sources)),
            ];
            let lines = repository_lines(&sources);
            view! { <Overview release headlines lines/> }.into_any()
        }
        Some(Board::Testing) => {
            let board = Arc::new(testing_board(&sources));
            view! { <OneBoard release class="board testing-board" taken=moment(report.taken.0) board/> }
                .into_any()
        }
        Some(Board::Synergy) => {
            let board = Arc::new(synergy_board(&sources));
            view! { <OneBoard release class="board synergy-board" taken=moment(report.taken.0) board/> }
                .into_any()
        }
    }
}

#[component]
fn Overview(
    release: String,
    headlines: [(Board, String); 2],
    lines: Vec<RepositoryLine>,
) -> impl IntoView {
    let site = Site::get();
    let [first, second] = headlines;
    let link = move |board: Board, label: &'static str| {
        let route = Route::RepositoryBoard {
            release: release.clone(),
            board,
        };
        view! { <a href=move || site.href(&route)>{label}</a> }
    };
    let row = |line: RepositoryLine| {
        let age = match (&line.failure, line.dated) {
            (Some(cause), _) => view! { <td class="repository-failure">"could not be read: "{cause.clone()}</td> }.into_any(),
            (None, Some(dated)) => view! { <td>{moment(dated)}", "<span class="soft">{age(dated, site.opened)}</span></td> }.into_any(),
            (None, None) => view! { <td class="soft">"no date recorded"</td> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row">{line.name}</th>
                <td data-label="is">{line.role}</td>
                <td class="small" data-label="for">{line.architectures}</td>
                <td class="number" data-label="packages">{count(line.packages)}</td>
                {age}
            </tr>
        }
    };
    let rows: Vec<_> = lines.into_iter().map(row).collect();
    view! {
        <div class="stack repositories-page">
            <section>
                <h1>{first.1}"."</h1>
                <p>{link(first.0, "What waits, since when and for what")}</p>
                <p class="strong-sentence">{second.1}"."</p>
                <p>{link(second.0, "What it adds, and who has it meanwhile")}</p>
            </section>
            <section>
                <h2>"Repositories that this report was made from"</h2>
                <div class="table-scroll" role="region" aria-label="Repositories" tabindex="0">
                    <table class="repositories">
                        <thead><tr>
                            <th scope="col">"Repository"</th><th scope="col">"Of"</th><th scope="col">"Architectures"</th>
                            <th scope="col" class="number">"Binary packages"</th><th scope="col">"Its metadata are of"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        </div>
    }
}

#[component]
fn OneBoard(
    release: String,
    class: &'static str,
    taken: String,
    board: Arc<BoardView>,
) -> impl IntoView {
    let site = Site::get();
    let filter = Memo::new(move |_| {
        let pairs = pairs_of(&site.query.get());
        let pairs = pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()));
        BoardFilter::from_query(pairs)
    });
    let shown = {
        let board = board.clone();
        Memo::new(move |_| board.shown(&filter.get()))
    };
    let length = Signal::derive(move || shown.with(Vec::len));
    let columns = board.columns.clone();
    let heads = columns.clone();
    let owned = StoredValue::new(release.clone());
    let cells = move |position: usize| {
        let row = shown.with(|shown| shown.get(position).cloned())?;
        let (name, cells) = (package_link(owned, &row), row.cells);
        let cells = cells.into_iter().zip(heads.iter().skip(1)).map(|(text, (class, head))| {
            view! { <td class=*class title=text.clone() data-label=head.clone()><span class="board-text">{text.clone()}</span></td> }
        });
        Some(view! { <td class="cell-package">{name}</td>{cells.collect_view()} }.into_any())
    };
    let cells: DrawCells = Arc::new(cells);
    let all = Route::Repositories { release };
    let is_empty = board.rows.is_empty();
    let nothing = move || {
        let none = !is_empty && length.get() == 0;
        none.then(|| view! { <p role="status">"No package fits these filters. Take one of them back."</p> })
    };
    let has_rows = Memo::new(move |_| length.get() > 0);
    let label = board.title.clone();
    let table = move || {
        has_rows.get().then(|| {
            view! { <LongTable class label=label.clone() columns=columns.clone() count=length cells=cells.clone()/> }
        })
    };
    view! {
        <div class="stack board-page">
            <section>
                <p class="soft small crumbs"><a href=move || site.href(&all)>"Repositories"</a></p>
                <h1>{board.title.clone()}"."</h1>
                <p class="soft">{format!("As of {taken}.")}</p>
                {board.notes.clone().into_iter().map(|note| view! { <p class="note">{note}</p> }).collect_view()}
            </section>
            {(!is_empty).then(|| view! { <Filters board=board.clone() filter/> })}
            {nothing}
            {table}
        </div>
    }
}

#[component]
fn Filters(board: Arc<BoardView>, filter: Memo<BoardFilter>) -> impl IntoView {
    let site = Site::get();
    let navigation = Navigation::get();
    let (_, reference) = site.parties();
    let choose = move |filter: BoardFilter, step: Step| {
        set_query(site, navigation, &filter.query(), step);
    };
    let chips = board.choices.clone().into_iter().enumerate().map(|(index, choice)| {
        let board = board.clone();
        let number = move || board.counts(&filter.get()).get(index).copied().unwrap_or_default();
        let is_on = move || filter.with(|filter| filter.choice == Some(choice));
        let press = move |_| {
            let mut changed = filter.get_untracked();
            changed.choice = (changed.choice != Some(choice)).then_some(choice);
            choose(changed, Step::Choice);
        };
        view! {
            <button type="button" class="chip" aria-pressed=move || is_on().to_string() on:click=press>
                {choice.label(&reference)}" "<span class="number">{move || count(number())}</span>
            </button>
        }
    });
    let text = move |event| {
        let text = event_target_value(&event);
        choose(
            BoardFilter {
                text,
                ..filter.get_untracked()
            },
            Step::Replacement,
        );
    };
    let all = move |_| choose(BoardFilter::default(), Step::Choice);
    let is_all = move || (filter.get() == BoardFilter::default()).to_string();
    view! {
        <div class="filters" role="group" aria-label="Filters">
            <div class="chips">
                <button type="button" class="chip" aria-pressed=is_all on:click=all>"All"</button>
                {chips.collect_view()}
            </div>
            <div class="chips filter-choices">
                <input class="field filter-text" type="search" aria-label="Part of the name" placeholder="Part of the name"
                    prop:value=move || filter.get().text on:input=text/>
            </div>
        </div>
    }
}

fn package_link(release: StoredValue<String>, row: &BoardRow) -> AnyView {
    let site = Site::get();
    let package = row.package.clone();
    if !row.has_page {
        return view! { <span class="mono" title="It is in none of the repositories that are compared.">{package}</span> }.into_any();
    }
    let route = Route::Package {
        release: release.get_value(),
        name: package.clone(),
    };
    view! { <a class="mono" href=move || site.href(&route)>{package}</a> }.into_any()
}
