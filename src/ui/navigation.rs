//! The address as signals, and the ways to another one without loading the page anew.
//!
//! Pages are chosen by [`crate::presentation::route::Route`], so all that is needed of a router is this; leptos_router
//! would add a fifth to what a reader downloads.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FocusOptions, HtmlAnchorElement, HtmlElement, Url};

/// The parts of the address that pages read.
#[derive(Clone, Copy)]
pub struct Navigation {
    /// The path, as it stands in the address.
    pub path: RwSignal<String>,
    /// The query, without its question mark.
    pub query: RwSignal<String>,
    /// The fragment, without its number sign.
    pub fragment: RwSignal<String>,
    base: StoredValue<String>,
    /// Whether what had the focus went, and what comes next may have it.
    hands_on_focus: StoredValue<bool>,
}

/// What becomes of the address that is left, and of the place of the scroll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new page, seen from its top; “back” leads to the one that is left.
    Forward,
    /// The same page otherwise; “back” takes the choice back.
    Choice,
    /// The same page otherwise, without a step in the history.
    Replacement,
}

impl Navigation {
    /// Follows the address; links below `base`, which ends with a slash, no longer load the page anew.
    pub fn provide(base: &str) -> Self {
        let navigation = Self {
            path: RwSignal::default(),
            query: RwSignal::default(),
            fragment: RwSignal::default(),
            base: StoredValue::new(base.to_owned()),
            hands_on_focus: StoredValue::new(false),
        };
        navigation.read_address();
        let back = window_event_listener(leptos::ev::popstate, move |_| navigation.read_address());
        let jump =
            window_event_listener(leptos::ev::hashchange, move |_| navigation.read_address());
        let click = window_event_listener(leptos::ev::click, move |event| {
            navigation.follow_link(&event)
        });
        on_cleanup(move || {
            back.remove();
            jump.remove();
            click.remove();
        });
        provide_context(navigation);
        navigation
    }

    /// The context's.
    pub fn get() -> Self {
        expect_context()
    }

    /// Says that what has the focus will go because of what the reader asked for.
    pub fn hand_on_focus(&self) {
        self.hands_on_focus.set_value(true);
    }

    /// Takes the focus over where it was handed on and nothing else took it: else it would be nowhere, and the keyboard and the
    /// voice of a screen reader back at the top of the page.
    pub fn take_focus(&self, element: &HtmlElement) {
        let is_nowhere = document().active_element() == document().body().map(Into::into);
        let is_handed_on = self.hands_on_focus.get_value();
        self.hands_on_focus.set_value(false);
        if is_handed_on && is_nowhere {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    }

    /// Goes to an address of the dashboard.
    pub fn go(&self, address: &str, step: Step) {
        let Ok(history) = window().history() else {
            return;
        };
        let state = JsValue::NULL;
        let went = match step {
            Step::Replacement => history.replace_state_with_url(&state, "", Some(address)),
            Step::Forward | Step::Choice => history.push_state_with_url(&state, "", Some(address)),
        };
        match (went, step) {
            (Err(_), _) => {}
            (Ok(()), Step::Replacement | Step::Choice) => self.read_address(),
            (Ok(()), Step::Forward) => {
                let navigation = *self;
                // Taking a large page away is a task of its own, beside that of what was pressed.
                let leave = move || {
                    // Once the page changes, the browser would have to lay out what is half there.
                    window().scroll_to_with_x_and_y(0.0, 0.0);
                    // Not sooner: what is drawn of the page that is left would take it.
                    navigation.hand_on_focus();
                    navigation.read_address();
                };
                set_timeout(leave, Duration::ZERO);
            }
        }
    }

    fn read_address(&self) {
        let location = window().location();
        let part = |read: Result<String, JsValue>, sign: char| {
            let text = read.unwrap_or_default();
            text.strip_prefix(sign).map(str::to_owned).unwrap_or(text)
        };
        set_if_new(self.path, location.pathname().unwrap_or_default());
        set_if_new(self.query, part(location.search(), '?'));
        set_if_new(self.fragment, part(location.hash(), '#'));
    }

    /// Takes over a plain click on a link to one of our pages; all others are the browser's.
    fn follow_link(&self, event: &MouseEvent) {
        let modified = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
        if event.default_prevented() || event.button() != 0 || modified {
            return;
        }
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|element| element.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else {
            return;
        };
        let is_external = link.rel().split_whitespace().any(|word| word == "external");
        let Ok(url) = Url::new(&link.href()) else {
            return;
        };
        let same_origin = window()
            .location()
            .origin()
            .is_ok_and(|origin| origin == url.origin());
        let path = url.pathname();
        let below_base = self
            .base
            .with_value(|base| path.starts_with(base) || format!("{path}/") == *base);
        if is_external
            || link.has_attribute("download")
            || !link.target().is_empty()
            || !same_origin
            || !below_base
        {
            return;
        }
        event.prevent_default();
        self.go(
            &format!("{path}{}{}", url.search(), url.hash()),
            Step::Forward,
        );
    }
}

/// Pages are drawn anew for a part of the address only where it is another one.
fn set_if_new(signal: RwSignal<String>, value: String) {
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
}
