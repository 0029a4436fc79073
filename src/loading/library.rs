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

/// The published set as the page sees it.
#[derive(Clone)]
pub struct Library {
    base: String,
    kept: Arc<Mutex<Kept>>,
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

impl Library {
    /// The set published beside the app; `base` ends with a slash.
    pub fn new(base: &str) -> Self {
        Self {
            base: format!("{base}reports/"),
            kept: Arc::default(),
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
        let kind = Kind {
            bytes_max: limits::TEXT_BYTES,
            read: |bytes| Ok((Arc::new(bytes), None)),
        };
        self.follow_kind(url, kind)
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
        show: Arc<dyn Fn(LoadState<AnyDocument>) + Send + Sync>,
    ) -> Callback<()> {
        let (retries, set_retries) = signal(0_u32);
        let (kept, newer) = (Arc::clone(&self.kept), self.newer);
        let mut shown = address
            .get_untracked()
            .filter(|url| kept_at(&kept, url).is_some());
        Effect::new(move |_| {
            retries.track();
            let Some(url) = address.get() else {
                show(LoadState::Loading);
                return;
            };
            if shown.take().as_ref() == Some(&url) {
                return;
            }
            if let Some(document) = kept_at(&kept, &url) {
                show(LoadState::Loaded(document));
                return;
            }
            show(LoadState::Loading);
            let (kept, show) = (Arc::clone(&kept), Arc::clone(&show));
            spawn_local(async move {
                let result = fetch_kind(&url, kind).await;
                if let Ok((document, _)) = &result
                    && let Ok(mut kept) = kept.lock()
                {
                    kept.insert(url.clone(), Arc::clone(document));
                }
                if let Ok((_, Some(Notice::NewerMinor(version)))) = &result {
                    newer.set(Some(*version));
                }
                // An answer to an address that was left meanwhile is kept, but not shown.
                if address.try_get_untracked().flatten().as_ref() == Some(&url) {
                    show(match result {
                        Ok((document, _)) => LoadState::Loaded(document),
                        Err(error) => LoadState::Failed(error),
                    });
                }
            });
        });
        Callback::new(move |()| set_retries.update(|count| *count += 1))
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
