//! Light or dark: the system's choice, or the reader's, which is remembered.

use leptos::prelude::*;

/// Switches between the system's theme, light and dark.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let (theme, set_theme) = signal(stored());
    let next = move || match theme.get().as_deref() {
        None => Some("light"),
        Some("light") => Some("dark"),
        _ => None,
    };
    let label = move || {
        let now = theme.get().unwrap_or_else(|| "the system’s".to_owned());
        format!(
            "Theme: {now}. Switch to {}",
            next().unwrap_or("the system’s")
        )
    };
    let switch = move |_| {
        let chosen = untrack(next);
        store(chosen);
        set_theme.set(chosen.map(str::to_owned));
    };
    view! {
        <button type="button" class="button theme-button" title=label aria-label=label on:click=switch>
            <span aria-hidden="true">
                {move || match theme.get().as_deref() { Some("light") => "○", Some("dark") => "●", _ => "◐" }}
            </span>
        </button>
    }
}

const KEY: &str = "theme";

fn stored() -> Option<String> {
    let storage = window().local_storage().ok()??;
    storage
        .get_item(KEY)
        .ok()?
        .filter(|theme| theme == "light" || theme == "dark")
}

/// Shows the theme and remembers it; a browser that keeps nothing forgets it with the page.
fn store(theme: Option<&str>) {
    if let Some(root) = document().document_element() {
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match theme {
            Some(theme) => storage.set_item(KEY, theme),
            None => storage.remove_item(KEY),
        };
    }
}
