//! `/9/builds`: what fails to build and since when, what is being built, what is built; the choice of it in the address.

use super::with_report::WithReport;
use crate::presentation::builds_board::{
    BuildsBoard, BuildsFilter, BuildsStatus, DoneBuild, OpenBuild, PackageName, ShownBuilds,
};
use crate::presentation::date::moment;
use crate::presentation::number::{count, counted};
use crate::presentation::route::Route;
use crate::report::{Builds, Compatibility};
use crate::ui::components::build_links::{
    build_link, fails_since, last_success, last_try, log_links, or_later,
};
use crate::ui::components::loaded::Loaded;
use crate::ui::components::long_table::{DrawCells, LongTable};
use crate::ui::context::{Site, pairs_of, set_query};
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn BuildsPage(release: String) -> impl IntoView {
    view! { <WithReport release let:report><WithBuilds report/></WithReport> }
}

#[component]
fn WithBuilds(report: Arc<Compatibility>) -> impl IntoView {
    let library = Site::get().library.get_value();
    let Some(digest) = &report.builds else {
        return view! {
            <h1>"Nothing is known of this release’s builds."</h1>
            <p>"No build system was read for this report: its configuration names none, or an older Almanac made it."</p>
        }
        .into_any();
    };
    let url = library.url("builds", digest, "json");
    let (state, retry) = library.follow::<Builds>(move || Some(url.clone()));
    view! {
        <Loaded state what="the builds of this release" retry let:builds>
            <Board report=report.clone() board=Arc::new(BuildsBoard::of(&builds, &report.packages))/>
        </Loaded>
    }
    .into_any()
}

#[component]
fn Board(report: Arc<Compatibility>, board: Arc<BuildsBoard>) -> impl IntoView {
    let site = Site::get();
    let filter = Memo::new(move |_| {
        let pairs = pairs_of(&site.query.get());
        let pairs = pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()));
        BuildsFilter::from_query(pairs)
    });
    let shown = {
        let board = board.clone();
        Memo::new(move |_| board.shown(&filter.get()))
    };
    let counts = {
        let board = board.clone();
        Memo::new(move |_| board.counts(&filter.get()))
    };
    let release = report.release.clone();
    let open = {
        let board = board.clone();
        move |status: BuildsStatus, title: &'static str, of: ListOf<OpenBuild>| {
            let tells_since = board.tells_since(status);
            view! { <OpenBuilds status tells_since title counts release=release.clone() shown of/> }
        }
    };
    let nothing = {
        let board = board.clone();
        move || {
            let is_empty = shown.with(|shown| *shown == ShownBuilds::default());
            is_empty.then(|| view! { <p role="status">{board.why_nothing(&filter.get())}</p> })
        }
    };
    let extent = board.extent.clone().into_iter();
    view! {
        <div class="stack builds-page">
            <section>
                <h1>{board.title()}"."</h1>
                <p class="soft">{format!("As of {}. ", moment(report.taken.0))}{extent.map(|text| format!("{text} ")).collect_view()}</p>
            </section>
            <Filters board=board.clone() filter counts/>
            {nothing}
            {open(BuildsStatus::Failed, "Failing", |shown| &shown.failing)}
            {open(BuildsStatus::Running, "Being built", |shown| &shown.running)}
            {open(BuildsStatus::Undecided, "Cancelled, left out, or not known how it ended", |shown| &shown.undecided)}
            <DoneBuilds release=report.release.clone() shown/>
        </div>
    }
}

/// One list of what is shown.
type ListOf<T> = fn(&ShownBuilds) -> &Vec<T>;

#[component]
fn Filters(
    board: Arc<BuildsBoard>,
    filter: Memo<BuildsFilter>,
    counts: Memo<[u32; 4]>,
) -> impl IntoView {
    let site = Site::get();
    let navigation = Navigation::get();
    let choose = move |filter: BuildsFilter, step: Step| {
        set_query(site, navigation, &filter.query(), step);
    };
    let chips = BuildsStatus::ALL
        .into_iter()
        .enumerate()
        .map(|(index, status)| {
            let is_on = move || filter.with(|filter| filter.status == Some(status));
            let press = move |_| {
                let mut changed = filter.get_untracked();
                changed.status = (changed.status != Some(status)).then_some(status);
                choose(changed, Step::Choice);
            };
            view! {
                <button type="button" class="chip" aria-pressed=move || is_on().to_string() on:click=press>
                    {status.label()}" "<span class="number">{move || count(counts.get()[index])}</span>
                </button>
            }
        });
    let all = move |_| choose(BuildsFilter::default(), Step::Choice);
    let is_all = move || (filter.get() == BuildsFilter::default()).to_string();
    let text = move |event| {
        let text = event_target_value(&event);
        choose(
            BuildsFilter {
                text,
                ..filter.get_untracked()
            },
            Step::Replacement,
        );
    };
    let architecture = move |event| {
        let value = event_target_value(&event);
        let architecture = (!value.is_empty()).then_some(value);
        choose(
            BuildsFilter {
                architecture,
                ..filter.get_untracked()
            },
            Step::Choice,
        );
    };
    let options = move || {
        let current = filter.get().architecture;
        let options = board.architectures.iter().map(|name| {
            let selected = current.as_ref() == Some(name);
            let label = if name == "src" {
                "source package".to_owned()
            } else {
                name.clone()
            };
            view! { <option value=name.clone() selected=selected>{label}</option> }
        });
        options.collect_view()
    };
    view! {
        <div class="filters" role="group" aria-label="Filters">
            <div class="chips" role="group" aria-label="Status">
                <button type="button" class="chip" aria-pressed=is_all on:click=all>"All"</button>
                {chips.collect_view()}
            </div>
            <div class="chips filter-choices">
                <input class="field filter-text" type="search" aria-label="Part of the name" placeholder="Part of the name"
                    prop:value=move || filter.get().text on:input=text/>
                <select class="select" aria-label="Architecture" on:change=architecture>
                    <option value="" selected=move || filter.get().architecture.is_none()>"Architecture"</option>
                    {options}
                </select>
            </div>
        </div>
    }
}

/// A list of architectures that are not built; nothing where it is empty.
#[component]
fn OpenBuilds(
    status: BuildsStatus,
    tells_since: bool,
    title: &'static str,
    counts: Memo<[u32; 4]>,
    release: String,
    shown: Memo<ShownBuilds>,
    of: ListOf<OpenBuild>,
) -> impl IntoView {
    let length = Signal::derive(move || shown.with(|shown| of(shown).len()));
    let packages = move || {
        let position = BuildsStatus::ALL.iter().position(|known| *known == status);
        position.map_or(0, |position| counts.get()[position])
    };
    let heads = [
        ("cell-package", "Package"),
        ("cell-architecture", "Architecture"),
        (
            "cell-since",
            if tells_since { "Fails since build" } else { "" },
        ),
        ("cell-try", "Last try"),
        ("cell-success", "Last success"),
        ("cell-logs", "Logs"),
    ];
    let heads = heads.into_iter().filter(|(_, head)| !head.is_empty());
    let columns: Vec<_> = heads
        .map(|(class, head)| (class, head.to_owned()))
        .collect();
    let release = StoredValue::new(release);
    let cells = move |position: usize| {
        let open = shown.with(|shown| of(shown).get(position).cloned())?;
        let standing = open.standing;
        let since = tells_since.then(|| {
            view! { <td class="cell-since" data-label="fails since build">{fails_since(&standing)}</td> }
        });
        Some(
            view! {
                <td class="cell-package">{package_link(release, &open.name)}</td>
                <td class="cell-architecture">{standing.architecture.clone()}</td>
                {since}
                <td class="cell-try" data-label="last try">{last_try(&standing)}</td>
                <td class="cell-success" data-label="last success">{last_success(&standing)}</td>
                <td class="cell-logs" data-label="logs">{log_links(&standing)}</td>
            }
            .into_any(),
        )
    };
    let cells: DrawCells = Arc::new(cells);
    let is_there = Memo::new(move |_| length.get() > 0);
    move || {
        is_there.get().then(|| {
            view! {
                <section>
                    <h2>{title}" "<span class="soft">{move || counted(packages(), "package", "packages")}</span></h2>
                    <LongTable class="builds-open" label=title.to_owned() columns=columns.clone() count=length cells=cells.clone()/>
                </section>
            }
        })
    }
}

/// What is built; nothing where that is empty.
#[component]
fn DoneBuilds(release: String, shown: Memo<ShownBuilds>) -> impl IntoView {
    let length = Signal::derive(move || shown.with(|shown| shown.done.len()));
    let columns: Vec<_> = [
        ("cell-package", "Package"),
        ("cell-version", "Version"),
        ("cell-architectures", "Architectures"),
        ("cell-try", "Last try and last success"),
        ("cell-then", "Then"),
    ]
    .map(|(class, head)| (class, head.to_owned()))
    .to_vec();
    let release = StoredValue::new(release);
    let cells = move |position: usize| {
        let DoneBuild {
            name,
            version,
            architectures,
            fails_beside,
            built,
            of_read,
            then,
        } = shown.with(|shown| shown.done.get(position).cloned())?;
        let architectures = architectures.join(" ");
        let beside = (!fails_beside.is_empty()).then(|| {
            let text = format!("not counted: fails on {}", fails_beside.join(" "));
            view! { <span class="soft">" · "{text}</span> }
        });
        Some(
            view! {
                <td class="cell-package">{package_link(release, &name)}</td>
                <td class="cell-version mono small" title=version.clone()>{version.clone()}</td>
                <td class="cell-architectures small" title=architectures.clone()><span class="two-lines">{architectures.clone()}{beside}</span></td>
                <td class="cell-try" data-label="last try and success"><span aria-hidden="true">"✓ "</span>"built "{build_link(&built)}{of_read.then(or_later)}</td>
                <td class="cell-then small" title=then.clone()><span class="two-lines">{then.clone()}</span></td>
            }
            .into_any(),
        )
    };
    let cells: DrawCells = Arc::new(cells);
    let is_there = Memo::new(move |_| length.get() > 0);
    move || {
        is_there.get().then(|| {
            view! {
                <section>
                    <h2>"Built "<span class="soft">{move || counted(length.get() as u32, "package", "packages")}</span></h2>
                    <LongTable class="builds-done" label="Built".to_owned() columns=columns.clone() count=length cells=cells.clone()/>
                </section>
            }
        })
    }
}

fn package_link(release: StoredValue<String>, name: &PackageName) -> impl IntoView + use<> {
    let site = Site::get();
    let package = name.package.clone();
    let linked = match name.has_page {
        true => {
            let route = Route::Package {
                release: release.get_value(),
                name: package.clone(),
            };
            view! { <a class="mono" href=move || site.href(&route)>{package}</a> }.into_any()
        }
        false => {
            view! { <span class="mono" title="Neither side has this package.">{package}</span> }
                .into_any()
        }
    };
    let line = name
        .line
        .clone()
        .map(|line| view! { <span class="soft small">" "{line}</span> });
    view! { {linked}{line} }
}
