//! Loading, failed and loaded, drawn once for everything that is fetched.

use crate::loading::{LoadError, LoadState};
use crate::report::Document;
use crate::ui::context::Site;
use crate::ui::navigation::Navigation;
use leptos::html::Button;
use leptos::prelude::*;
use std::sync::Arc;

/// Draws what was loaded; until then its shape, and where it failed what failed, why, and what to do.
#[component]
pub fn Loaded<T, F, V>(
    /// How far it is.
    state: ReadSignal<LoadState<T>>,
    /// What it is, in the reader's words, such as “the list of releases”.
    what: &'static str,
    /// Fetches it again.
    retry: Callback<()>,
    /// Whether the page has its heading already, so that a failure is not one.
    #[prop(optional)]
    within_page: bool,
    /// Draws it.
    children: F,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    F: Fn(Arc<T>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match state.get() {
        LoadState::Loading => view! { <Shape what/> }.into_any(),
        LoadState::Failed(error) => view! { <Failed what error retry within_page/> }.into_any(),
        LoadState::Loaded(document) => children(document).into_any(),
    }
}

/// Fetches the documents at some addresses and draws them, in the order of the addresses, once all are here; where one failed,
/// that. `what` is what they are, in the reader's words; `within_page` says whether the page has its heading already.
pub fn loaded_all<T, V>(
    urls: Vec<String>,
    what: &'static str,
    within_page: bool,
    draw: impl Fn(Vec<Arc<T>>) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Document + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let library = Site::get().library.get_value();
    let documents: Vec<_> = urls
        .into_iter()
        .map(|url| library.follow::<T>(move || Some(url.clone())))
        .collect();
    move || {
        let mut loaded = Vec::with_capacity(documents.len());
        let mut failed = None;
        for (state, retry) in &documents {
            match state.get() {
                LoadState::Loaded(document) => loaded.push(document),
                LoadState::Failed(error) => failed = failed.or(Some((error, *retry))),
                LoadState::Loading => {}
            }
        }
        match failed {
            Some((error, retry)) => view! { <Failed what error retry within_page/> }.into_any(),
            None if loaded.len() < documents.len() => view! { <Shape what/> }.into_any(),
            None => draw(loaded).into_any(),
        }
    }
}

/// The shape of a page that is on its way.
#[component]
pub fn Shape(what: &'static str) -> impl IntoView {
    view! {
        <div class="shape" role="status">
            <span class="visually-hidden">{format!("Loading {what}.")}</span>
            <div class="shape-title"></div>
            <div class="shape-bar"></div>
            <div class="shape-line"></div>
            <div class="shape-line"></div>
            <div class="shape-line"></div>
        </div>
    }
}

/// What failed, why, what still works, and what to do.
#[component]
pub fn Failed(
    what: &'static str,
    error: LoadError,
    retry: Callback<()>,
    within_page: bool,
) -> impl IntoView {
    let title = format!("Could not load {what}");
    let heading = if within_page {
        view! { <h2>{title}</h2> }.into_any()
    } else {
        view! { <h1 class="title">{title}</h1> }.into_any()
    };
    let navigation = use_context::<Navigation>();
    let button = NodeRef::<Button>::new();
    // What fails again is tried again with the next press.
    Effect::new(move |_| {
        if let (Some(navigation), Some(button)) = (navigation, button.get()) {
            navigation.take_focus(&button);
        }
    });
    let try_again = move |_| {
        if let Some(navigation) = navigation {
            navigation.hand_on_focus();
        }
        retry.run(());
    };
    view! {
        <div class="failed" role="alert">
            {heading}
            <p>{error.failure.to_string()}" "{error.failure.remedy()}</p>
            <p class="soft small">"The rest of the page still works. Asked for: "<code>{error.url}</code></p>
            <button type="button" class="button" node_ref=button on:click=try_again>"Try again"</button>
        </div>
    }
}
