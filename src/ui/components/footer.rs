//! What stands under every page: age, sources, and what Almanac is not.

use crate::presentation::date::{age, moment};
use crate::presentation::release_summary::dates;
use crate::presentation::route::Route;
use crate::ui::context::Site;
use leptos::prelude::*;

/// The footer.
#[component]
pub fn Footer() -> impl IntoView {
    let site = Site::get();
    let taken = move || {
        let index = site.index.get().loaded()?;
        let route = site.route.get();
        let snapshot = route.release().and_then(|release| site.snapshot(release));
        let taken = snapshot.map_or(index.generated.0, |snapshot| snapshot.taken.0);
        Some(format!(
            "Report of {}, {}",
            moment(taken),
            age(taken, site.opened)
        ))
    };
    let dated = move || {
        let route = site.route.get();
        let snapshot = site.snapshot(route.release()?)?;
        Some(dates(&snapshot, &site.sides(&snapshot)))
    };
    let download = move || {
        let route = site.route.get();
        let snapshot = site.snapshot(route.release()?)?;
        let url = site
            .library
            .with_value(|library| library.url("compatibility", &snapshot.report, "json"));
        Some(view! { <a href=url rel="external" download="">"Download this report (JSON)"</a> })
    };
    let unofficial = move || {
        let (distribution, reference) = site.parties();
        (!distribution.is_empty())
            .then(|| format!("Not an official page of {distribution} or {reference}. It sets no cookie and sends nothing anywhere."))
    };
    view! {
        <footer class="footer">
            <span>{taken}</span>
            <span>{dated}</span>
            <span>{unofficial}</span>
            <a href=move || site.href(&Route::Deviations)>"Deviations"</a>
            <a href=move || site.href(&Route::Progress)>"Progress"</a>
            <a href=move || site.href(&Route::Method)>"How this is made"</a>
            {download}
        </footer>
    }
}
