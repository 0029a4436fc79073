//! `/9/package/NAME/diff/FILE`: what was changed in one file, beside the others that were changed; or any two sides of it.

mod choice;
mod files;
mod shown;
mod sides;

use super::package::WithPackage;
use crate::presentation::compared_sides::ComparedSides;
use crate::presentation::hidden_characters::visible;
use crate::presentation::nearest::nearest;
use crate::presentation::route::Route;
use crate::report::Package;
use crate::ui::context::Site;
use crate::ui::navigation::Navigation;
use leptos::html::H1;
use leptos::prelude::*;
pub use shown::{FileDiff, TextAlone};
pub use sides::bring_texts;
use std::sync::Arc;

/// The page.
#[component]
pub fn DiffPage(release: String, name: String, file: String) -> impl IntoView {
    view! {
        <WithPackage release name let:package>
            <File package file=file.clone()/>
        </WithPackage>
    }
}

#[component]
fn File(package: Arc<Package>, file: String) -> impl IntoView {
    let site = Site::get();
    let back = Route::Package {
        release: package.release.clone(),
        name: package.name.clone(),
    };
    let crumbs = view! {
        <p class="soft small crumbs"><a href=move || site.href(&back)>{visible(&package.name)}</a>" / "{visible(&file)}</p>
    };
    let is_known = package
        .texts
        .iter()
        .flat_map(|texts| &texts.files)
        .any(|known| known.path == file);
    let sides = Memo::new(move |_| ComparedSides::from_query(&site.query.get()));
    // What this report does not have may be in the one that the address names.
    let names_sides = Memo::new(move |_| sides.with(|sides| !sides.are_those_of_the_page()));
    let release = package.release.clone();
    let (shown, path) = (package.clone(), file.clone());
    let content = move || match is_known || names_sides.get() {
        false => view! { <NoSuchFile package=shown.clone() file=path.clone()/> }.into_any(),
        true => view! { <FileDiff package=shown.clone() path=path.clone() sides/> }.into_any(),
    };
    let heading = NodeRef::<H1>::new();
    let navigation = Navigation::get();
    // Who comes from another file goes on here.
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            navigation.take_focus(&heading);
        }
    });
    view! {
        <div class="stack diff-page">
            <section>{crumbs}<h1 class="mono title" tabindex="-1" node_ref=heading>{visible(&file)}</h1></section>
            <files::ChangedFiles package current=file/>
            <choice::Choice release sides/>
            {content}
        </div>
    }
}

#[component]
fn NoSuchFile(package: Arc<Package>, file: String) -> impl IntoView {
    let site = Site::get();
    let files = package
        .texts
        .as_ref()
        .map(|texts| texts.files.clone())
        .unwrap_or_default();
    let near = nearest(&file, files.iter().map(|known| known.path.as_str()), 8);
    let offered: Vec<String> = if near.is_empty() {
        files.iter().map(|known| known.path.clone()).collect()
    } else {
        near.into_iter().map(str::to_owned).collect()
    };
    let links = offered.into_iter().map(|path| {
        let route = Route::Diff {
            release: package.release.clone(),
            name: package.name.clone(),
            file: path.clone(),
        };
        view! { <li><a class="mono" href=move || site.href(&route)>{visible(&path)}</a></li> }
    });
    view! {
        <p>"The report has no such file of this package. It has these:"</p>
        <ul>{links.collect_view()}</ul>
    }
}
