//! Finds snapshots that the index no longer lists in the history of their release.

use crate::loading::{LoadError, LoadState};
use crate::presentation::compared_sides::{ComparedSides, NamedSide};
use crate::presentation::route::Route;
use crate::presentation::snapshot_name::{
    ArchivedSnapshot, is_meant_by, month_of_snapshot, month_with, years_with,
};
use crate::report::{HistoryMonth, HistoryYear, ReleaseEntry, SnapshotEntry};
use crate::ui::components::loaded::{Failed, Shape};
use crate::ui::components::part::{Draw, Part};
use crate::ui::context::Site;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::sync::Arc;

/// How far the search for a snapshot is.
#[derive(Clone)]
pub enum Archived {
    /// The index lists it, or nothing can have it.
    NotAsked,
    /// On its way.
    Loading,
    /// What was to be read did not come.
    Failed(LoadError),
    /// The history does not have it.
    NotThere,
    /// Here, with the name of the one before it, if there is one.
    Found(Box<SnapshotEntry>, Option<String>),
}

/// A search in the history of a release.
#[derive(Clone, Copy)]
pub struct Search {
    /// How far it is.
    pub state: Signal<Archived>,
    /// Tries again what did not come.
    pub retry: Callback<()>,
}

/// A year that is followed, and what tries it again.
type Followed = (ReadSignal<LoadState<HistoryYear>>, Callback<()>);

/// Searches the history for the snapshot that a name means, whenever another release or name is asked for.
pub fn search(
    wanted: impl Fn() -> Option<(ReleaseEntry, String)> + Send + Sync + 'static,
) -> Search {
    let library = Site::get().library.get_value();
    let place = Memo::new(move |_| {
        let (release, name) = wanted()?;
        Some((years_with(&release, &name)?, name))
    });
    let of_years = library.clone();
    let follow = move |_: Option<&Vec<Followed>>| {
        let (asked, _) = place.get().unwrap_or_default();
        let followed = asked.iter().map(|year| {
            let url = of_years.url("years", &year.digest, "json");
            of_years.follow::<HistoryYear>(move || Some(url.clone()))
        });
        followed.collect()
    };
    let years: Memo<Vec<Followed>> = Memo::new_with_compare(follow, |_, _| true);
    // In a memo: finding a minor release reads every snapshot of the years.
    let found_in = Memo::new(move |_| {
        let (_, name) = place.get()?;
        let loaded = |(state, _): &Followed| state.get().loaded();
        let loaded: Option<Vec<Arc<HistoryYear>>> =
            years.with(|years| years.iter().map(loaded).collect());
        Some(month_with(&loaded?, &name))
    });
    let of_month = library.clone();
    let (month, retry_month) = library.follow::<HistoryMonth>(move || {
        let (digest, _) = found_in.get()??;
        Some(of_month.url("months", &digest, "json"))
    });
    let failure = move || {
        let failure = |(state, _): &Followed| match state.get() {
            LoadState::Failed(error) => Some(error),
            LoadState::Loading | LoadState::Loaded(_) => None,
        };
        years.with(|years| years.iter().find_map(failure))
    };
    let state = Signal::derive(move || {
        if place.with(Option::is_none) {
            return Archived::NotAsked;
        }
        match (failure(), found_in.get(), month.get()) {
            (Some(error), _, _) | (None, Some(Some(_)), LoadState::Failed(error)) => {
                Archived::Failed(error)
            }
            (None, Some(None), _) => Archived::NotThere,
            (None, Some(Some((_, name))), LoadState::Loaded(month)) => {
                // The newest of a day.
                let mut snapshots = month.snapshots.iter().rev();
                let found = snapshots
                    .find(|snapshot| is_meant_by(&name, &snapshot.entry) && !snapshot.is_lost());
                found.map_or(Archived::NotThere, |found| {
                    let before = found.since.first().map(|since| since.snapshot.clone());
                    Archived::Found(Box::new(found.entry.clone()), before)
                })
            }
            _ => Archived::Loading,
        }
    });
    let retry = Callback::new(move |()| {
        for (state, retry) in years.get_untracked() {
            if matches!(state.get_untracked(), LoadState::Failed(_)) {
                retry.run(());
            }
        }
        if matches!(month.get_untracked(), LoadState::Failed(_)) {
            retry_month.run(());
        }
    });
    Search { state, retry }
}

/// Draws a page; where the address keeps a snapshot that the index does not list, once that was searched for.
#[component]
pub fn AtSnapshot(children: ChildrenFn) -> impl IntoView {
    let site = Site::get();
    // Once something is searched for, the search stays: the page is not drawn anew when the reader goes on to what the index lists.
    let is_archived = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || unlisted(site).iter().any(Option::is_some)
    });
    let part = Part::new("the report that the address keeps", || {
        Box::pin(load_archive())
    });
    move || match is_archived.get() {
        true => part.draw(false, children.clone()),
        false => children().into_any(),
    }
}

/// The snapshots that the address names and that the index does not list, each with its release: the one that is kept, and those of
/// both sides of a difference.
fn unlisted(site: Site) -> [Option<(ReleaseEntry, String)>; 3] {
    let route = site.route.get();
    let sides =
        matches!(route, Route::Diff { .. }).then(|| ComparedSides::from_query(&site.query.get()));
    let of_side =
        |named: &NamedSide| named.unlisted(&*site.index.get().loaded()?, route.release()?);
    let [from, to] = match sides {
        Some(sides) => [&sides.from, &sides.to].map(of_side),
        None => [None, None],
    };
    [kept(site, &route), from, to]
}

/// The release and the snapshot that the address keeps, where the index does not list it.
fn kept(site: Site, route: &Route) -> Option<(ReleaseEntry, String)> {
    let release = route.release()?.to_owned();
    // An address freezes one snapshot, by its name; a minor release is not frozen.
    let name = site
        .frozen
        .get()
        .filter(|name| month_of_snapshot(name).is_some())?;
    let entry = site.entry(&release)?;
    years_with(&entry, &name).map(|_| (entry, name))
}

/// What searches the history, which only readers of old reports need.
#[wasm_split(archive, wasm_split_path = leptos::wasm_split, fallible)]
#[allow(
    unsafe_code,
    reason = "what is on the other side of the cut is a foreign function"
)]
fn load_archive() -> Result<Draw<ChildrenFn>, SplitLoaderError> {
    Ok(draw_kept)
}

fn draw_kept(children: ChildrenFn) -> AnyView {
    view! { <Kept children/> }.into_any()
}

/// Draws a page once the snapshot that the address keeps was searched for.
#[component]
fn Kept(children: ChildrenFn) -> impl IntoView {
    let site = Site::get();
    let named = Memo::new(move |_| unlisted(site));
    let searches = [0, 1, 2].map(|place: usize| search(move || named.get()[place].clone()));
    Effect::new(move |_| {
        for (named, search) in named.get().into_iter().zip(searches) {
            if let (Some((release, name)), Archived::Found(entry, _)) = (named, search.state.get())
                && entry.id == name
                && !site
                    .archived
                    .with_untracked(|known| has(known, &release, &name))
            {
                let (release, entry) = (release.id, *entry);
                site.archived
                    .update(|known| known.push(ArchivedSnapshot { release, entry }));
            }
        }
    });
    // The page is drawn anew only where the search itself is told instead of it.
    let told = Memo::new(move |_| {
        let told = named
            .get()
            .into_iter()
            .zip(searches)
            .map(|(named, search)| {
                let is_known = |(release, name): &(ReleaseEntry, String)| {
                    site.archived.with(|known| has(known, release, name))
                };
                match search.state.get() {
                    _ if named.as_ref().is_none_or(is_known) => Told::Nothing,
                    Archived::Loading => Told::Loading,
                    Archived::Failed(error) => Told::Failed(error),
                    // Until all pages know of it.
                    Archived::Found(..) => Told::Loading,
                    Archived::NotAsked | Archived::NotThere => Told::Nothing,
                }
            });
        let mut told: Vec<Told> = told.filter(|told| *told != Told::Nothing).collect();
        told.pop().unwrap_or(Told::Nothing)
    });
    let retry = Callback::new(move |()| searches.iter().for_each(|search| search.retry.run(())));
    move || {
        match told.get() {
        Told::Nothing => children().into_any(),
        Told::Loading => view! { <Shape what="the report that the address keeps"/> }.into_any(),
        Told::Failed(error) => {
            view! { <Failed what="the report that the address keeps" error retry within_page=false/> }.into_any()
        }
    }
    }
}

fn has(known: &[ArchivedSnapshot], release: &ReleaseEntry, name: &str) -> bool {
    known.iter().any(|known| known.is(&release.id, name))
}

/// What is told in place of a page.
#[derive(Clone, PartialEq)]
enum Told {
    Nothing,
    Loading,
    Failed(LoadError),
}
