//! Finds snapshots that the index no longer lists in the history of their release.

use crate::loading::{LoadError, LoadState};
use crate::presentation::history::{archived, is_meant_by};
use crate::report::{HistoryMonth, HistoryYear, ReleaseEntry, SnapshotEntry};
use crate::ui::components::loaded::{Failed, Shape};
use crate::ui::context::Site;
use leptos::prelude::*;

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

/// Searches the history for a snapshot, whenever another release or name is asked for.
pub fn search(
    wanted: impl Fn() -> Option<(ReleaseEntry, String)> + Send + Sync + 'static,
) -> Search {
    let library = Site::get().library.get_value();
    let place = Memo::new(move |_| {
        let (release, id) = wanted()?;
        let (year, month) = archived(&release, &id)?;
        Some((year.digest, month, id))
    });
    let of_year = library.clone();
    let (year, retry_year) = library.follow::<HistoryYear>(move || {
        let (digest, _, _) = place.get()?;
        Some(of_year.url("years", &digest, "json"))
    });
    let month_digest = move || {
        let (_, month, _) = place.get()?;
        let year = year.get().loaded()?;
        let mut months = year.months.iter();
        let entry = months.find(|entry| entry.month == month)?;
        Some(entry.digest.clone())
    };
    let of_month = library.clone();
    let (month, retry_month) = library
        .follow::<HistoryMonth>(move || Some(of_month.url("months", &month_digest()?, "json")));
    let state = Signal::derive(move || {
        let Some((_, _, id)) = place.get() else {
            return Archived::NotAsked;
        };
        match (year.get(), month.get()) {
            (LoadState::Failed(error), _) | (_, LoadState::Failed(error)) => {
                Archived::Failed(error)
            }
            (LoadState::Loaded(_), _) if month_digest().is_none() => Archived::NotThere,
            (LoadState::Loaded(_), LoadState::Loaded(month)) => {
                // The newest of a day.
                let mut snapshots = month.snapshots.iter().rev();
                let found = snapshots
                    .find(|snapshot| is_meant_by(&id, &snapshot.entry) && !snapshot.is_lost());
                found.map_or(Archived::NotThere, |found| {
                    let before = found.since.first().map(|since| since.snapshot.clone());
                    Archived::Found(Box::new(found.entry.clone()), before)
                })
            }
            _ => Archived::Loading,
        }
    });
    let retry = Callback::new(move |()| {
        if matches!(year.get_untracked(), LoadState::Failed(_)) {
            retry_year.run(());
        }
        if matches!(month.get_untracked(), LoadState::Failed(_)) {
            retry_month.run(());
        }
    });
    Search { state, retry }
}

/// Draws a page once the snapshot that the address keeps was searched for, where the index does not list it.
#[component]
pub fn AtSnapshot(children: ChildrenFn) -> impl IntoView {
    let site = Site::get();
    let Search { state, retry } = search(move || {
        let release = site.route.get().release()?.to_owned();
        Some((site.entry(&release)?, site.frozen.get()?))
    });
    Effect::new(move |_| {
        let found = match state.get() {
            Archived::Found(entry, _) => Some(*entry),
            _ => None,
        };
        if site.archived.with_untracked(|known| *known != found) {
            site.archived.set(found);
        }
    });
    // The page is drawn anew only where the search itself is told instead of it.
    let told = Memo::new(move |_| match state.get() {
        Archived::Loading => Told::Loading,
        Archived::Failed(error) => Told::Failed(error),
        // Until all pages know of it.
        Archived::Found(entry, _) if site.archived.get().as_ref() != Some(&*entry) => Told::Loading,
        Archived::NotAsked | Archived::NotThere | Archived::Found(..) => Told::Nothing,
    });
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

/// What is told in place of a page.
#[derive(Clone, PartialEq)]
enum Told {
    Nothing,
    Loading,
    Failed(LoadError),
}
