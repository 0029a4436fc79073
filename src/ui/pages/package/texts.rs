//! The files of the source that differ, and the first of the differences.

use crate::presentation::changed_files::{
    change_with_sizes, changed_of, has_text, is_changed, same_files, why_no_text,
};
use crate::presentation::compared_sides::ComparedSides;
use crate::presentation::hidden_characters::visible;
use crate::presentation::package_parts::PackagePart;
use crate::presentation::route::Route;
use crate::report::{Package, SourceFile};
use crate::ui::context::Site;
use crate::ui::pages::diff::{FileDiff, bring_texts};
use leptos::prelude::*;
use std::sync::Arc;

/// Both sides of a change together are shown on the page itself up to this size.
const UNASKED_BYTES_MAX: u64 = 200_000;

#[component]
pub(super) fn Texts(package: Arc<Package>) -> impl IntoView {
    let site = Site::get();
    let Some(texts) = package.texts.clone() else {
        return ().into_any();
    };
    let (changed, same): (Vec<SourceFile>, Vec<SourceFile>) =
        texts.files.into_iter().partition(is_changed);
    let line = |file: SourceFile| {
        let what = change_with_sizes(&file, texts.complete);
        let route = Route::Diff {
            release: package.release.clone(),
            name: package.name.clone(),
            file: file.path.clone(),
        };
        let sides = [&file.reference, &file.distribution].into_iter().flatten();
        let without_text = sides.filter(|side| !side.published).map(why_no_text).next();
        let note = without_text.map(|why| format!(", {why}"));
        let (pressed, path) = (Arc::clone(&package), file.path.clone());
        view! {
            <tr>
                <td><a class="mono" href=move || site.href(&route) on:mousedown=move |_| bring_texts(site, &pressed, &path)>{visible(&file.path)}</a></td>
                <td class="soft">{what}{note}</td>
            </tr>
        }
    };
    let title = changed_of(changed.len(), changed.len() + same.len());
    let table = |files: Vec<SourceFile>| view! { <table><tbody>{files.into_iter().map(line).collect_view()}</tbody></table> };
    let shown = shown_at_once(&changed).cloned();
    let shown_package = package.clone();
    let same_title = same_files(same.len());
    view! {
        <section id=PackagePart::Source.id()>
            <h2>{title}</h2>
            <p class="soft small">{visible(&texts.reference_label)}" → "{visible(&texts.distribution_label)}</p>
            {table(changed)}
            {(!same.is_empty()).then(|| view! { <details><summary>{same_title}</summary>{table(same)}</details> })}
            {shown.map(|file| view! { <div class="package-diff"><FileDiff package=shown_package path=file.path sides=Signal::stored(ComparedSides::default())/></div> })}
        </section>
    }
    .into_any()
}

/// The change that says most, where it is small enough to come along unasked: that of the spec, else the first.
fn shown_at_once(changed: &[SourceFile]) -> Option<&SourceFile> {
    let bytes = |file: &SourceFile| -> u64 {
        let sides = [&file.reference, &file.distribution];
        sides.into_iter().flatten().map(|side| side.bytes).sum()
    };
    let mut small = changed
        .iter()
        .filter(|file| has_text(file) && bytes(file) <= UNASKED_BYTES_MAX);
    let first = small.clone().next();
    small.find(|file| file.path.ends_with(".spec")).or(first)
}
