//! The changes that are known of, each with its class and origin.

use crate::domain::ChangeClass;
use crate::report::{Package, is_http_address};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Changes(package: Arc<Package>) -> impl IntoView {
    let lines = package.changes.iter().map(|change| {
        let class: ChangeClass = change.class.into();
        let origin = match change.origin.clone().filter(|url| is_http_address(url)) {
            Some(url) => {
                let shown = url.clone();
                view! { <a href=url rel="noreferrer">{shown}</a> }.into_any()
            }
            None => view! { <span class="soft">"origin not known"</span> }.into_any(),
        };
        view! {
            <tr>
                <td class="nowrap">{class.name()}</td>
                <td>{change.summary.clone()}<br/><span class="small">{origin}</span></td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    (!package.changes.is_empty()).then(|| view! {
        <section>
            <h2>"Why it differs"</h2>
            <table><thead class="visually-hidden"><tr><th>"Class"</th><th>"Change"</th></tr></thead><tbody>{lines}</tbody></table>
        </section>
    })
}
