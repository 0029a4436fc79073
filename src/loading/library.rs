//! What was fetched, kept for as long as the page lives: documents named by their digest never change.

use super::error::LoadError;
use super::fetch::{fetch_document, fetch_text};
use crate::report::{Digest, Document, INDEX_PATH};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The published set as the page sees it.
#[derive(Clone)]
pub struct Library {
    base: String,
    kept: Arc<Mutex<HashMap<String, Arc<dyn Any + Send + Sync>>>>,
}

/// How far a document is.
#[derive(Debug)]
pub enum LoadState<T> {
    /// On its way.
    Loading,
    /// It did not come.
    Failed(LoadError),
    /// It is here.
    Loaded(Arc<T>),
}

impl<T> Clone for LoadState<T> {
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

impl Library {
    /// The set published beside the app; `base` ends with a slash.
    pub fn new(base: &str) -> Self {
        Self {
            base: format!("{base}reports/"),
            kept: Arc::default(),
        }
    }

    /// The address of the index.
    pub fn index_url(&self) -> String {
        format!("{}{INDEX_PATH}", self.base)
    }

    /// The address of the JSON Schema of a kind of document.
    pub fn schema_url(&self, kind: &str) -> String {
        format!("{}schema/{kind}.schema.json", self.base)
    }

    /// The address of a document or text in one of the set's folders.
    pub fn url(&self, folder: &str, digest: &Digest, ending: &str) -> String {
        format!("{}{folder}/{digest}.{ending}", self.base)
    }

    /// Follows an address: the document there, whenever the address changes or a retry is asked for.
    ///
    /// While there is no address the state stays at loading.
    pub fn follow<T: Document + Send + Sync + 'static>(
        &self,
        url: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> (ReadSignal<LoadState<T>>, Callback<()>) {
        self.follow_with(url, |url| async move {
            fetch_document::<T>(&url)
                .await
                .map(|(document, _)| document)
        })
    }

    /// Follows the address of a source text likewise.
    pub fn follow_text(
        &self,
        url: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> (ReadSignal<LoadState<Vec<u8>>>, Callback<()>) {
        self.follow_with(url, |url| async move { fetch_text(&url).await })
    }

    fn follow_with<T, F>(
        &self,
        url: impl Fn() -> Option<String> + Send + Sync + 'static,
        fetch: impl Fn(String) -> F + Send + Sync + 'static,
    ) -> (ReadSignal<LoadState<T>>, Callback<()>)
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T, LoadError>> + 'static,
    {
        let (state, set_state) = signal(LoadState::Loading);
        let (retries, set_retries) = signal(0_u32);
        let address = Memo::new(move |_| url());
        let kept = Arc::clone(&self.kept);
        Effect::new(move |_| {
            retries.track();
            let Some(url) = address.get() else {
                set_state.set(LoadState::Loading);
                return;
            };
            if let Some(document) = kept_document::<T>(&kept, &url) {
                set_state.set(LoadState::Loaded(document));
                return;
            }
            set_state.set(LoadState::Loading);
            let kept = Arc::clone(&kept);
            let fetched = fetch(url.clone());
            spawn_local(async move {
                let result = fetched.await.map(Arc::new);
                if let Ok(document) = &result
                    && let Ok(mut kept) = kept.lock()
                {
                    kept.insert(url.clone(), document.clone());
                }
                // An answer to an address that was left meanwhile is kept, but not shown.
                if address.try_get_untracked().flatten().as_ref() == Some(&url) {
                    let _ = set_state.try_set(match result {
                        Ok(document) => LoadState::Loaded(document),
                        Err(error) => LoadState::Failed(error),
                    });
                }
            });
        });
        (
            state,
            Callback::new(move |()| set_retries.update(|count| *count += 1)),
        )
    }
}

fn kept_document<T: Send + Sync + 'static>(
    kept: &Mutex<HashMap<String, Arc<dyn Any + Send + Sync>>>,
    url: &str,
) -> Option<Arc<T>> {
    let kept = kept.lock().ok()?;
    Arc::clone(kept.get(url)?).downcast().ok()
}
