//! One side of a file: from the package on the page, or from another report, which is fetched when it is chosen.

use crate::loading::{LoadError, LoadState};
use crate::presentation::changed_files::texts_of;
use crate::presentation::compared_sides::{NamedSide, SideOfFile, side_in_words};
use crate::presentation::hidden_characters::visible;
use crate::report::{Compatibility, Digest, Package};
use crate::ui::context::Site;
use crate::ui::pages::package::follow_package;
use leptos::prelude::*;
use std::sync::Arc;

/// How far a side is.
pub(super) enum SideState {
    Loading,
    /// What did not come, in the reader's words.
    Failed(&'static str, LoadError),
    /// It is not known or not published; in a sentence.
    NotAtHand(String),
    Here(SideHere),
}

/// A side that can be compared.
pub(super) struct SideHere {
    /// The report that it was found in.
    pub(super) report: Digest,
    /// The package that it is of.
    pub(super) package: Arc<Package>,
    /// What it is.
    pub(super) label: String,
    /// The side in words.
    pub(super) who: String,
    /// Its bytes; none where the side does not have the file.
    pub(super) bytes: Option<Arc<Vec<u8>>>,
    /// Where its bytes are published.
    pub(super) address: Option<String>,
}

/// A side that is followed as it comes.
#[derive(Clone, Copy)]
pub(super) struct FollowedSide {
    state: StoredValue<Arc<dyn Fn() -> SideState + Send + Sync>>,
    /// Fetches again what failed.
    pub(super) retry: Callback<()>,
}

impl FollowedSide {
    /// How far it is; tracked.
    pub(super) fn state(self) -> SideState {
        let state = self.state.get_value();
        state()
    }
}

/// What was found of a package on a side.
#[derive(Clone)]
struct Found {
    report: Digest,
    package: Arc<Package>,
    /// The side in words.
    who: String,
}

/// Follows a side of a file. What is not of the package on the page is looked for in the report that the side names.
pub(super) fn follow_side(
    site: Site,
    package: &Arc<Package>,
    path: &str,
    named: &NamedSide,
) -> FollowedSide {
    let release = package.release.clone();
    let named = named.clone();
    let snapshot = {
        let named = named.clone();
        move || {
            let index = site.index.get().loaded()?;
            let frozen = site.frozen.get();
            let archived = site.archived.get();
            let found = named.snapshot(&index, &release, frozen.as_deref(), &archived);
            Some(found.map(|snapshot| {
                let who = side_in_words(&index, named.side, snapshot);
                (snapshot.report.clone(), who)
            }))
        }
    };
    let snapshot = Memo::new(move |_| snapshot());
    let is_of_page = named.release.is_none();
    let library = site.library.get_value();
    let reports = library.clone();
    let (report, retry_report) = library.follow::<Compatibility>(move || {
        let (digest, _) = snapshot.get()?.ok()?;
        (!is_of_page).then(|| reports.url("compatibility", &digest, "json"))
    });
    let other = follow_package(&library, report, &package.name);
    let (own, name) = (Arc::clone(package), package.name.clone());
    // How far what has the side is, up to the package that it is of.
    let found = move || -> Result<Found, SideState> {
        let (report_digest, who) = match snapshot.get() {
            None => return Err(SideState::Loading),
            Some(Err(sentence)) => return Err(SideState::NotAtHand(sentence)),
            Some(Ok(found)) => found,
        };
        if is_of_page {
            return Ok(Found {
                report: report_digest,
                package: Arc::clone(&own),
                who,
            });
        }
        loaded(report.get(), "the report that was chosen")?;
        if other.row.get().is_none() {
            return Err(SideState::NotAtHand(format!(
                "The report of {who} has no package {}.",
                visible(&name)
            )));
        }
        loaded(other.directory.get(), "where the package is kept")?;
        let package = loaded(
            other.package.get(),
            "the package of the report that was chosen",
        )?;
        Ok(Found {
            report: report_digest,
            package,
            who,
        })
    };
    let path = path.to_owned();
    let of_file = {
        let (found, path, named) = (found.clone(), path.clone(), named.clone());
        move || {
            let found = found().ok()?;
            Some(named.of_file(&found.package, &path, &found.who))
        }
    };
    let digest = move || match of_file() {
        Some(SideOfFile::Text(digest)) => Some(digest),
        _ => None,
    };
    let texts = library.clone();
    let address = Memo::new(move |_| Some(texts.url("texts", &digest()?, "txt")));
    let (text, retry_text) = library.follow_text(move || address.get());
    let state = move || -> SideState {
        let found = match found() {
            Ok(found) => found,
            Err(state) => return state,
        };
        let label = named.label(&found.package, &found.who);
        match named.of_file(&found.package, &path, &found.who) {
            SideOfFile::NotAtHand(sentence) => SideState::NotAtHand(sentence),
            SideOfFile::Absent => SideState::Here(SideHere {
                report: found.report,
                package: found.package,
                label,
                who: found.who,
                bytes: None,
                address: None,
            }),
            SideOfFile::Text(_) => match loaded(text.get(), "the text of a side") {
                Err(state) => state,
                Ok(bytes) => SideState::Here(SideHere {
                    report: found.report,
                    package: found.package,
                    label,
                    who: found.who,
                    bytes: Some(bytes),
                    address: address.get(),
                }),
            },
        }
    };
    let retry = Callback::new(move |()| {
        retry_report.run(());
        other.retry.run(());
        retry_text.run(());
    });
    FollowedSide {
        state: StoredValue::new(Arc::new(state)),
        retry,
    }
}

/// What was loaded, or how far it is.
fn loaded<T>(state: LoadState<T>, what: &'static str) -> Result<Arc<T>, SideState> {
    match state {
        LoadState::Loading => Err(SideState::Loading),
        LoadState::Failed(error) => Err(SideState::Failed(what, error)),
        LoadState::Loaded(document) => Ok(document),
    }
}

/// Has both texts of a file brought once a button is pressed on a link to their difference, which is well before it is let go.
pub fn bring_texts(site: Site, package: &Package, path: &str) {
    site.library.with_value(|library| {
        for digest in texts_of(package, path) {
            library.bring_text(&library.url("texts", &digest, "txt"));
        }
    });
}

/// Follows a text that is known.
pub(super) fn text_at(
    site: Site,
    digest: Digest,
) -> (ReadSignal<LoadState<Vec<u8>>>, Callback<()>) {
    let library = site.library.get_value();
    let url = library.url("texts", &digest, "txt");
    library.follow_text(move || Some(url.clone()))
}
