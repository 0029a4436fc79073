//! The report of the release that an address names, or that there is no such release.

use super::not_found::NoSuchRelease;
use crate::report::Compatibility;
use crate::ui::components::loaded::Loaded;
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// Fetches the report of a release and draws with it.
#[component]
pub fn WithReport<F, V>(release: String, children: F) -> impl IntoView
where
    F: Fn(Arc<Compatibility>) -> V + Send + Sync + Clone + 'static,
    V: IntoView + 'static,
{
    let site = Site::get();
    let report = site.report();
    let wanted = release.clone();
    let exists =
        Memo::new(move |_| site.index.get().loaded().is_none() || site.snapshot(&wanted).is_some());
    move || {
        if !exists.get() {
            return view! { <NoSuchRelease release=release.clone()/> }.into_any();
        }
        let children = children.clone();
        view! {
            <Loaded state=site.index what="the list of releases" retry=site.retry_index let:_index>
                {
                    let children = children.clone();
                    view! { <Loaded state=report.state what="the report of this release" retry=report.retry children/> }
                }
            </Loaded>
        }
        .into_any()
    }
}
