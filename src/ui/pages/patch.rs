//! `/9/package/NAME/patch/N`: where a patch comes from, what it is for and says of itself, then the patch.

use super::diff::TextAlone;
use super::package::WithPackage;
use crate::presentation::hidden_characters::visible;
use crate::presentation::patch_details::{PatchField, patch_details, patch_numbered, patch_text};
use crate::presentation::route::Route;
use crate::report::{Package, PatchRecord};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn PatchPage(release: String, name: String, number: usize) -> impl IntoView {
    view! {
        <WithPackage release name let:package>
            {match patch_numbered(&package, number).cloned() {
                Some(patch) => view! { <Patch package patch/> }.into_any(),
                None => view! { <NoSuchPatch package number/> }.into_any(),
            }}
        </WithPackage>
    }
}

#[component]
fn Patch(package: Arc<Package>, patch: PatchRecord) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = site.parties();
    let details = patch_details(&package, &patch);
    let fields = details.fields.into_iter().map(field);
    let difference = Route::Diff {
        release: package.release.clone(),
        name: package.name.clone(),
        file: patch.path.clone(),
    };
    let mut files = package.texts.iter().flat_map(|texts| &texts.files);
    let has_distribution = files
        .find(|file| file.path == patch.path)
        .is_some_and(|file| file.distribution.is_some());
    let owner = if has_distribution {
        distribution
    } else {
        reference
    };
    let text = match patch_text(&package, &patch).cloned() {
        Some(digest) => {
            let label = format!("as {owner} has it");
            view! { <TextAlone digest path=patch.path.clone() label/> }.into_any()
        }
        None => {
            view! { <p class="note">"The text of this patch is not published: it is binary, or too large to show."</p> }.into_any()
        }
    };
    view! {
        <div class="stack patch-page">
            <section>
                {crumbs(&package)}
                <h1 class="mono title">{visible(patch.path.rsplit('/').next().unwrap_or_default())}</h1>
                <p class="lead">{details.lead}</p>
            </section>
            <section>
                <dl class="patch-fields">{fields.collect_view()}</dl>
                <p class="small"><a href=move || site.href(&difference)>"What differs of this file between both sides"</a></p>
            </section>
            {text}
        </div>
    }
}

fn crumbs(package: &Package) -> impl IntoView + use<> {
    let site = Site::get();
    let back = Route::Package {
        release: package.release.clone(),
        name: package.name.clone(),
    };
    let name = visible(&package.name);
    view! { <p class="soft small crumbs"><a href=move || site.href(&back)>{name}</a>" / Patches"</p> }
}

fn field(field: PatchField) -> impl IntoView {
    let none = field.values.is_empty();
    let values = field.values.into_iter().map(|(text, url)| match url {
        Some(url) => view! { <li><a href=url rel="noreferrer">{text}</a></li> }.into_any(),
        None => view! { <li>{text}</li> }.into_any(),
    });
    let not_said = match field.name {
        "Class" => "no known change names this patch",
        _ => "not said",
    };
    view! {
        <dt>{field.name}</dt>
        <dd>
            {none.then(|| view! { <span class="soft">{not_said}</span> })}
            <ul class="plain">{values.collect_view()}</ul>
        </dd>
    }
}

#[component]
fn NoSuchPatch(package: Arc<Package>, number: usize) -> impl IntoView {
    let site = Site::get();
    let links = package.patches.iter().enumerate().map(|(index, patch)| {
        let route = Route::Patch {
            release: package.release.clone(),
            name: package.name.clone(),
            number: index + 1,
        };
        view! { <li><a class="mono" href=move || site.href(&route)>{visible(&patch.path)}</a></li> }
    });
    let links: Vec<_> = links.collect();
    let said = match links.is_empty() {
        true => "No patch among its source texts is known.",
        false => "It has these:",
    };
    view! {
        {crumbs(&package)}
        <h1 class="title">{format!("{} has no patch {number}", visible(&package.name))}</h1>
        <p>{said}</p>
        <ul>{links}</ul>
    }
}
