//! Parts of the program that come in a file of their own, once a page needs them.
//!
//! What the first view loads thus stays small, however much the rest grows. Where to cut is said by `wasm_split` on the
//! function that hands out a part's way to draw; `tests/tools/split.mjs` cuts when the page is built.

use super::loaded::{Failed, Shape};
use crate::loading::{LoadError, LoadFailure};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use std::pin::Pin;

/// How a part draws, given what it draws.
pub type Draw<T> = fn(T) -> AnyView;

/// What asking for a part answers, once it is here.
pub type Arriving<T> = Pin<Box<dyn Future<Output = Result<Draw<T>, SplitLoaderError>>>>;

/// A part, and how far it is.
pub struct Part<T: 'static> {
    ask: fn() -> Arriving<T>,
    /// What it draws, in the reader's words, such as “this page”.
    what: &'static str,
    state: RwSignal<State<T>>,
}

enum State<T> {
    Unasked,
    Awaited,
    Failed,
    Here(Draw<T>),
}

impl<T: Clone + Send + Sync + 'static> Part<T> {
    /// A part that nobody asked for yet.
    pub fn new(what: &'static str, ask: fn() -> Arriving<T>) -> Self {
        Self {
            ask,
            what,
            state: RwSignal::new(State::Unasked),
        }
    }

    /// Asks for the part unless somebody did, so that it is here sooner when it is drawn with.
    pub fn prepare(self) {
        if matches!(self.state.get_untracked(), State::Unasked) {
            self.fetch();
        }
    }

    /// Asks for the part unless it is here; otherwise draws with it as soon as it is.
    pub fn draw(self, within_page: bool, content: T) -> AnyView {
        if matches!(self.state.get_untracked(), State::Unasked | State::Failed) {
            self.fetch();
        }
        let what = self.what;
        let drawn = move || match self.state.get() {
            State::Unasked | State::Awaited => view! { <Shape what/> }.into_any(),
            State::Failed => {
                let offline = !window().navigator().on_line();
                let failure = if offline {
                    LoadFailure::Offline
                } else {
                    LoadFailure::Program
                };
                let error = LoadError {
                    url: program_url(),
                    failure,
                };
                let retry = Callback::new(move |()| self.fetch());
                view! { <Failed what error retry within_page/> }.into_any()
            }
            State::Here(draw) => draw(content.clone()),
        };
        drawn.into_any()
    }

    fn fetch(self) {
        self.state.set(State::Awaited);
        spawn_local(async move {
            let state = match (self.ask)().await {
                Ok(draw) => State::Here(draw),
                Err(_) => State::Failed,
            };
            // What asked for it may be gone from the page by now.
            let _ = self.state.try_set(state);
        });
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Part<T> {}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

/// Where the program lies, whose parts lie beside it.
fn program_url() -> String {
    let script = document().query_selector("script[data-js]").ok().flatten();
    script
        .and_then(|script| script.get_attribute("data-js"))
        .unwrap_or_default()
}
