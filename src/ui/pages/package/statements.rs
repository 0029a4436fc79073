//! What people say of the package: shown as that, beside what was measured.

use crate::presentation::hidden_characters::visible;
use crate::report::{Package, StatedSource, StatementRecord, is_http_address};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Statements(package: Arc<Package>) -> impl IntoView {
    let lines = package.statements.iter().map(line).collect_view();
    (!package.statements.is_empty()).then(|| {
        view! {
            <section>
                <h2>"What people say"</h2>
                <ul class="plain statements">{lines}</ul>
                <p class="soft small">"None of it counts for the verdict. Where it contradicts what was measured, that is told as a doubt."</p>
            </section>
        }
    })
}

fn line(statement: &StatementRecord) -> impl IntoView + use<> {
    let said = statement.source.map(|source| match source {
        StatedSource::Modified => "modified. ",
        StatedSource::Unmodified => "not modified. ",
        StatedSource::ToBeModified => "to be modified. ",
        StatedSource::NoLongerRequired => "no longer required. ",
    });
    let link = statement
        .url
        .clone()
        .filter(|url| is_http_address(url))
        .map(|url| {
            let shown = visible(&url);
            view! { " "<a class="small" href=url rel="noreferrer">{shown}</a> }
        });
    let since = statement
        .since
        .as_ref()
        .map(|since| format!(" Since {since}."));
    view! {
        <li><b>{visible(&statement.who)}</b>": "{said}{statement.text.as_deref().map(visible)}{since}{link}</li>
    }
}
