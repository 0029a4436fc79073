//! What became of the package's binary interface: per architecture, and by name what differs.

use crate::domain::AbiVerdict;
use crate::presentation::abi::{
    abi_line, abi_mark, difference_count, difference_lines, tool_details, tool_line, tool_name,
};
use crate::presentation::package_parts::PackagePart;
use crate::report::{AbiRecord, Package};
use crate::ui::components::verdict::VerdictMark;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Abi(package: Arc<Package>) -> impl IntoView {
    let (distribution, reference) = Site::get().parties();
    let measured: Vec<(&str, &AbiRecord)> = package
        .architectures
        .iter()
        .filter_map(|on| Some((on.architecture.as_str(), on.abi.as_ref()?)))
        .collect();
    if measured.is_empty() && package.tool_reports.is_empty() {
        return ().into_any();
    }
    let lines = measured.iter().map(|(architecture, record)| {
        let verdict: AbiVerdict = record.outcome.into();
        view! {
            <tr>
                <th scope="row">{architecture.to_string()}</th>
                <td class="nowrap"><VerdictMark mark=abi_mark(verdict)/></td>
                <td>{abi_line(record, &distribution, &reference)}</td>
            </tr>
        }
    });
    let differences = measured
        .iter()
        .map(|(architecture, record)| differences(architecture, record));
    let tools = package.tool_reports.iter().map(|report| {
        let tool = tool_name(report.tool);
        let lines = tool_details(report).into_iter().map(|line| view! { <li>{line}</li> });
        view! {
            <li><b>{tool}</b>": "{tool_line(report)}<ul class="mono small">{lines.collect_view()}</ul></li>
        }
    });
    view! {
        <section id=PackagePart::Abi.id()>
            <h2>"Binary interface"</h2>
            <table class="package-abi">
                <thead class="visually-hidden"><tr><th>"Architecture"</th><th>"Verdict"</th><th>"What is kept"</th></tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
            {differences.collect_view()}
            <ul class="plain">{tools.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The entries that differ, by name.
fn differences(architecture: &str, record: &AbiRecord) -> Option<impl IntoView + use<>> {
    let lines = difference_lines(record);
    if lines.is_empty() {
        return None;
    }
    let title = format!("{} on {architecture}", difference_count(record));
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
    Some(
        view! { <details><summary>{title}</summary><ul class="plain mono small">{lines.collect_view()}</ul></details> },
    )
}
