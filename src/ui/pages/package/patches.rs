//! The patches among the source texts, with what each says of itself.

use crate::presentation::hidden_characters::visible;
use crate::presentation::package_parts::PackagePart;
use crate::presentation::patch_words::{patch_facts, patch_size};
use crate::presentation::route::Route;
use crate::report::{Package, PatchOriginName, PatchRecord, is_http_address};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Patches(package: Arc<Package>) -> impl IntoView {
    let patches = package.patches.iter().enumerate();
    let lines = patches.map(|(index, patch)| line(&package, index + 1, patch));
    let lines = lines.collect_view();
    (!package.patches.is_empty()).then(|| {
        view! {
            <section id=PackagePart::Patches.id()>
                <h2>"Patches"</h2>
                <ul class="plain patches">{lines}</ul>
            </section>
        }
    })
}

fn line(package: &Package, number: usize, patch: &PatchRecord) -> impl IntoView + use<> {
    let site = Site::get();
    let route = Route::Patch {
        release: package.release.clone(),
        name: package.name.clone(),
        number,
    };
    let origin = match (&patch.origin, patch.origin_state) {
        (Some(origin), _) => visible(&format!("Origin: {origin}")),
        (None, PatchOriginName::Stated) => "It names where it comes from".to_owned(),
        (None, PatchOriginName::Missing) => {
            "Origin missing: it does not say where it comes from".to_owned()
        }
    };
    let links = patch
        .commit_links
        .iter()
        .filter(|url| is_http_address(url))
        .map(|url| {
            view! { <a href=url.clone() rel="noreferrer">{visible(url)}</a>" " }
        });
    view! {
        <li>
            <a class="mono" href=move || site.href(&route)>{visible(&patch.path)}</a>
            " "<span class="soft">{patch_size(patch)}</span><br/>
            {patch.subject.as_deref().map(visible)}
            <span class="soft small">" "{patch_facts(patch)}</span><br/>
            <span class="small">{origin}". "{links.collect_view()}</span>
            {patch.fault.as_deref().map(|fault| view! { <p class="note small">{visible(fault)}</p> })}
        </li>
    }
}
