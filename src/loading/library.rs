//! What was fetched, kept for as long as the page lives: documents named by their digest never change.

use super::error::{LoadError, LoadFailure};
use super::fetch::fetch;
use crate::report::{Digest, Document, FormatVersion, INDEX_PATH, Notice, ReadError, limits, read};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

type AnyDocument = dyn Any + Send + Sync;
type Noted = (Arc<AnyDocument>, Option<Notice>);
type Kept = HashMap<String, Arc<AnyDocument>>;
/// Who is told of what comes from an address.
type Listener = Arc<dyn Fn(LoadState<AnyDocument>) + Send + Sync>;

/// The published set as the page sees it.
#[derive(Clone)]
pub struct Library {
    base: String,
    kept: Arc<Mutex<Kept>>,
    /// What is on its way, and who waits for it.
    awaited: Arc<Mutex<HashMap<String, Vec<Listener>>>>,
    newer: RwSignal<Option<FormatVersion>>,
}

/// How far a document is.
#[derive(Debug)]
pub enum LoadState<T: ?Sized> {
    /// On its way.
    Loading,
    /// It did not come.
    Failed(LoadError),
    /// It is here.
    Loaded(Arc<T>),
}

impl<T: ?Sized> Clone for LoadState<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Failed(error) => Self::Failed(error.clone()),
            Self::Loaded(document) => Self::Loaded(Arc::clone(document)),
        }
    }
}

impl<T> LoadState<T> {
    /// What was loaded.
    pub fn loaded(&self) -> Option<Arc<T>> {
        match self {
            Self::Loaded(document) => Some(Arc::clone(document)),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// How the bytes at an address become a document. Without the document's type, all kinds share one program.
#[derive(Clone, Copy)]
struct Kind {
    bytes_max: usize,
    read: fn(Vec<u8>) -> Result<Noted, ReadError>,
}

/// A source text.
const TEXT: Kind = Kind {
    bytes_max: limits::TEXT_BYTES,
    read: |bytes| Ok((Arc::new(bytes), None)),
};

impl Library {
    /// The set published beside the app; `base` ends with a slash.
    pub fn new(base: &str) -> Self {
        Self {
            base: format!("{base}reports/"),
            kept: Arc::default(),
            awaited: Arc::default(),
            newer: RwSignal::new(None),
        }
    }

    /// The address of the index.
    pub fn index_url(&self) -> String {
        format!("{}{INDEX_PATH}", self.base)
    }

    /// The address of a file of the set that has a name of its own, such as a feed.
    pub fn file_url(&self, name: &str) -> String {
        format!("{}{name}", self.base)
    }

    /// The address of the JSON Schema of a kind of document.
    pub fn schema_url(&self, kind: &str) -> String {
        format!("{}schema/{kind}.schema.json", self.base)
    }

    /// The address of a document or text in one of the set's folders.
    pub fn url(&self, folder: &str, digest: &Digest, ending: &str) -> String {
        format!("{}{folder}/{digest}.{ending}", self.base)
    }

    /// The version of the format of the last document that was newer than this app, if there was one.
    pub fn newer_format(&self) -> Option<FormatVersion> {
        self.newer.get()
    }

    /// Follows an address: the document there, whenever the address changes or a retry is asked for.
    ///
    /// While there is no address the state stays at loading.
    pub fn follow<T: Document + Send + Sync + 'static>(
        &self,
        url: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> (ReadSignal<LoadState<T>>, Callback<()>) {
        let kind = Kind {
            bytes_max: T::BYTES_MAX,
            read: |bytes| {
                let (document, notice) = read::<T>(&bytes)?;
                Ok((Arc::new(document), notice))
            },
        };
        self.follow_kind(url, kind)
    }

    /// Follows the address of a source text likewise.
    pub fn follow_text(
        &self,
        url: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> (ReadSignal<LoadState<Vec<u8>>>, Callback<()>) {
        self.follow_kind(url, TEXT)
    }

    /// Has a source text brought that will be followed in a moment. Should it not come, who follows it asks again.
    pub fn bring_text(&self, url: &str) {
        if kept_at(&self.kept, url).is_none() {
            self.ask(url, TEXT, None);
        }
    }

    fn follow_kind<T: Send + Sync + 'static>(
        &self,
        url: impl Fn() -> Option<String> + Send + Sync + 'static,
        kind: Kind,
    ) -> (ReadSignal<LoadState<T>>, Callback<()>) {
        let address = Memo::new(move |_| url());
        // What is known is drawn at once.
        let known = address
            .get_untracked()
            .and_then(|url| kept_at(&self.kept, &url));
        let (state, set_state) = signal(known.map_or(LoadState::Loading, typed));
        let show = move |found: LoadState<AnyDocument>| {
            let _ = set_state.try_set(match found {
                LoadState::Loading => LoadState::Loading,
                LoadState::Failed(error) => LoadState::Failed(error),
                LoadState::Loaded(document) => typed(document),
            });
        };
        let retry = self.follow_erased(address, kind, Arc::new(show));
        (state, retry)
    }

    fn follow_erased(
        &self,
        address: Memo<Option<String>>,
        kind: Kind,
        show: Listener,
    ) -> Callback<()> {
        let (retries, set_retries) = signal(0_u32);
        let library = self.clone();
        let mut shown = address
            .get_untracked()
            .filter(|url| kept_at(&self.kept, url).is_some());
        Effect::new(move |_| {
            retries.track();
            let Some(url) = address.get() else {
                show(LoadState::Loading);
                return;
            };
            if shown.take().as_ref() == Some(&url) {
                return;
            }
            if let Some(document) = kept_at(&library.kept, &url) {
                show(LoadState::Loaded(document));
                return;
            }
            show(LoadState::Loading);
            let (show, asked) = (Arc::clone(&show), url.clone());
            let told = move |found| {
                // An answer to an address that was left meanwhile is kept, but not shown.
                if address.try_get_untracked().flatten().as_ref() == Some(&asked) {
                    show(found);
                }
            };
            library.ask(&url, kind, Some(Arc::new(told)));
        });
        Callback::new(move |()| set_retries.update(|count| *count += 1))
    }

    /// Fetches what is not on its way already, and has the listener told.
    fn ask(&self, url: &str, kind: Kind, listener: Option<Listener>) {
        let Ok(mut awaited) = self.awaited.lock() else {
            return;
        };
        if let Some(listeners) = awaited.get_mut(url) {
            listeners.extend(listener);
            return;
        }
        awaited.insert(url.to_owned(), listener.into_iter().collect());
        let (library, url) = (self.clone(), url.to_owned());
        spawn_local(async move {
            let found = match fetch_kind(&url, kind).await {
                Ok((document, notice)) => {
                    if let Some(Notice::NewerMinor(version)) = notice {
                        library.newer.set(Some(version));
                    }
                    if let Ok(mut kept) = library.kept.lock() {
                        kept.insert(url.clone(), Arc::clone(&document));
                    }
                    LoadState::Loaded(document)
                }
                Err(error) => LoadState::Failed(error),
            };
            let awaited = library.awaited.lock().ok();
            let listeners = awaited.and_then(|mut awaited| awaited.remove(&url));
            for listener in listeners.into_iter().flatten() {
                listener(found.clone());
            }
        });
    }
}

fn kept_at(kept: &Mutex<Kept>, url: &str) -> Option<Arc<AnyDocument>> {
    kept.lock().ok()?.get(url).cloned()
}

/// An address names its kind, so what is kept under it is of that kind.
fn typed<T: Send + Sync + 'static>(document: Arc<AnyDocument>) -> LoadState<T> {
    document
        .downcast()
        .map_or(LoadState::Loading, LoadState::Loaded)
}

/// What is no document of its kind is called that, before its digest is held against its address: a page of HTML in place
/// of a report is a commoner fault than a report that was changed, and says more.
async fn fetch_kind(url: &str, kind: Kind) -> Result<Noted, LoadError> {
    let fetched = fetch(url, kind.bytes_max).await?;
    let failed = |failure| LoadError {
        url: url.to_owned(),
        failure,
    };
    let document =
        (kind.read)(fetched.bytes).map_err(|error| failed(LoadFailure::Unreadable(error)))?;
    if fetched.is_what_its_address_says {
        Ok(document)
    } else {
        Err(failed(LoadFailure::DigestDiffers))
    }
}
