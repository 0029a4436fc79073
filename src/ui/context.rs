//! What every page needs: the address, the index, the report of the release on the page.

use crate::domain::Timestamp;
use crate::loading::{Library, LoadState};
use crate::presentation::release_summary::Sides;
use crate::presentation::route::{Route, with_snapshot};
use crate::presentation::snapshot_name::ArchivedSnapshot;
use crate::report::{Compatibility, Index, ReleaseEntry, SnapshotEntry};
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;

/// What is shared by all pages.
#[derive(Clone, Copy)]
pub struct Site {
    /// The path that the app is hosted under, without its last slash.
    base: StoredValue<String>,
    /// The published set.
    pub library: StoredValue<Library>,
    /// When the page was opened, by the reader's clock.
    pub opened: Timestamp,
    /// The index.
    pub index: ReadSignal<LoadState<Index>>,
    /// Fetches the index again.
    pub retry_index: Callback<()>,
    /// The page of the address.
    pub route: Memo<Route>,
    /// The query of the address, without its question mark.
    pub query: Memo<String>,
    /// The snapshot that the address freezes.
    pub frozen: Memo<Option<String>>,
    /// The snapshots that addresses named so far and that the index does not list, as they were found in the history.
    pub archived: RwSignal<Vec<ArchivedSnapshot>>,
    /// The report of the release that the address names, once a page asked for it.
    report: StoredValue<Option<ReleaseReport>>,
    /// Owns what outlives the pages.
    owner: StoredValue<Owner>,
}

/// The report of the release that the address names.
#[derive(Clone, Copy)]
pub struct ReleaseReport {
    /// How far it is.
    pub state: ReadSignal<LoadState<Compatibility>>,
    /// Fetches it again.
    pub retry: Callback<()>,
}

impl Site {
    /// Sets up what is shared; called once.
    pub fn provide(base: &str) -> Self {
        let library = Library::new(base);
        let navigation = Navigation::provide(base);
        let base = base.trim_end_matches('/').to_owned();

        let stripped = base.clone();
        let route = Memo::new(move |_| {
            let path = navigation.path.get();
            Route::parse(path.strip_prefix(&stripped).unwrap_or(&path))
        });
        let query = Memo::new(move |_| navigation.query.get());
        let frozen = Memo::new(move |_| value_of(&query.get(), "snapshot"));
        let index_url = library.index_url();
        let (index, retry_index) = library.follow::<Index>(move || Some(index_url.clone()));
        let milliseconds = js_sys::Date::now();
        let opened = Timestamp::from_unix_seconds((milliseconds / 1000.0) as i64);
        let site = Self {
            base: StoredValue::new(base),
            library: StoredValue::new(library),
            opened: opened.unwrap_or_else(|| Timestamp::from_unix_days(0).expect("1970 is a year")),
            index,
            retry_index,
            route,
            query,
            frozen,
            archived: RwSignal::new(Vec::new()),
            report: StoredValue::new(None),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        provide_context(site);
        site
    }

    /// The shared context; every component is drawn inside the app, which provides it.
    pub fn get() -> Self {
        expect_context()
    }

    /// The report of the release that the address names; all pages share it.
    pub fn report(self) -> ReleaseReport {
        if let Some(report) = self.report.get_value() {
            return report;
        }
        let library = self.library.get_value();
        let reports = library.clone();
        let url = move || {
            let release = self.route.get().release()?.to_owned();
            let snapshot = self.snapshot(&release)?;
            Some(reports.url("compatibility", &snapshot.report, "json"))
        };
        let (state, retry) = self
            .owner
            .with_value(|owner| owner.with(|| library.follow::<Compatibility>(url)));
        let report = ReleaseReport { state, retry };
        self.report.set_value(Some(report));
        report
    }

    /// The path that the app is hosted under, with its last slash.
    pub fn base(&self) -> String {
        format!("{}/", self.base.get_value())
    }

    /// The address of a page, the frozen snapshot kept.
    pub fn href(&self, route: &Route) -> String {
        self.href_with(route, "")
    }

    /// The address of a page with a query.
    pub fn href_with(&self, route: &Route, query: &str) -> String {
        self.address(route, &with_snapshot(query, self.frozen.get().as_deref()))
    }

    /// The address of a page at a snapshot, or at the newest where none is named.
    pub fn href_at(&self, route: &Route, snapshot: Option<&str>) -> String {
        self.address(route, &with_snapshot("", snapshot))
    }

    fn address(&self, route: &Route, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{query}", self.base.get_value(), route.path())
    }

    /// The entry of a release in the index.
    pub fn entry(&self, release: &str) -> Option<ReleaseEntry> {
        entry_of(&*self.index.get().loaded()?, release).cloned()
    }

    /// The release that the page is about, or the newest where it is about none.
    pub fn release_or_newest(&self) -> Option<String> {
        let named = self.route.get().release().map(str::to_owned);
        let newest = || Some(self.index.get().loaded()?.releases.first()?.id.clone());
        named.or_else(newest)
    }

    /// The snapshot of a release that is shown: the frozen one where the address names it, else the newest.
    pub fn snapshot(&self, release: &str) -> Option<SnapshotEntry> {
        let entry = self.entry(release)?;
        let frozen = self.frozen.get();
        let listed = snapshot_of(&entry, frozen.as_deref()).cloned();
        listed.or_else(|| {
            let archived = self.archived.get();
            let frozen = frozen?;
            let mut archived = archived.into_iter();
            let found = archived.find(|known| known.is(release, &frozen));
            found.map(|known| known.entry)
        })
    }

    /// The names of the two distributions.
    pub fn parties(&self) -> (String, String) {
        match self.index.get().loaded() {
            Some(index) => (
                index.distribution.name.clone(),
                index.reference.name.clone(),
            ),
            None => (String::new(), String::new()),
        }
    }

    /// The names of both sides with a snapshot's minor releases.
    pub fn sides(&self, snapshot: &SnapshotEntry) -> Sides {
        let (distribution, reference) = self.parties();
        Sides {
            distribution: format!("{distribution} {}", snapshot.distribution_minor),
            reference: format!("{reference} {}", snapshot.reference_minor),
        }
    }
}

/// Goes to another query of the same page; the frozen snapshot and the place of the scroll are kept.
pub fn set_query(site: Site, navigation: Navigation, query: &str, step: Step) {
    let route = site.route.get_untracked();
    let address = untrack(|| site.href_with(&route, query));
    navigation.go(&address, step);
}

/// The decoded pairs of a query.
pub fn pairs_of(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| crate::presentation::route::decode(&text.replace('+', " "));
    query
        .split('&')
        .filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(key)?, decoded(value)?))
        })
        .collect()
}

/// A query with another value of a key, or without the key; the frozen snapshot is left to [`Site::href_with`].
pub fn with_value(query: &str, key: &str, value: Option<&str>) -> String {
    let is_other = |pair: &&str| {
        let name = pair.split('=').next();
        !pair.is_empty() && name != Some(key) && name != Some("snapshot")
    };
    let kept = query.split('&').filter(is_other).map(str::to_owned);
    let chosen = value.map(|value| format!("{key}={}", crate::presentation::route::encode(value)));
    kept.chain(chosen).collect::<Vec<_>>().join("&")
}

/// The value of a key in a query; `None` where it has none.
pub fn value_of(query: &str, wanted: &str) -> Option<String> {
    pairs_of(query)
        .into_iter()
        .find(|(key, value)| key == wanted && !value.is_empty())
        .map(|(_, value)| value)
}

fn entry_of<'a>(index: &'a Index, release: &str) -> Option<&'a ReleaseEntry> {
    index.releases.iter().find(|entry| entry.id == release)
}

fn snapshot_of<'a>(release: &'a ReleaseEntry, frozen: Option<&str>) -> Option<&'a SnapshotEntry> {
    match frozen {
        Some(id) => release.snapshots.iter().find(|snapshot| snapshot.id == id),
        None => release.latest(),
    }
}
