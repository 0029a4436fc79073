//! Has the worker compare, and draws what it answers.

use super::{Compared, Diff};
use crate::loading::{DiffWorker, LoadError, LoadFailure};
use crate::presentation::diff_view::{DiffDocument, DiffRequest};
use crate::ui::components::loaded::{Failed, Shape};
use crate::ui::context::Site;
use leptos::prelude::*;
use std::sync::Arc;

/// Compares whenever the reader chooses another way to look at space. What was drawn stays until the next answer comes.
#[component]
pub(super) fn Comparing(diff: Diff) -> impl IntoView {
    let worker = DiffWorker::new(&Site::get().base());
    let space = Memo::new(move |_| diff.options.get().space);
    let file = StoredValue::new(diff.file.clone());
    let (drawn, set_drawn) = signal(None::<RwSignal<Arc<DiffDocument>>>);
    let (failure, set_failure) = signal(None::<LoadError>);
    let (tries, set_tries) = signal(0_u32);
    let owner = Owner::current().unwrap_or_default();
    let stopping = StoredValue::new_local(worker.clone());
    on_cleanup(move || stopping.with_value(DiffWorker::stop));
    Effect::new(move |_| {
        tries.track();
        let request = file.with_value(|file| DiffRequest::of(file, space.get()));
        let owner = owner.clone();
        let answered = move |answer: Result<_, LoadError>| {
            let document = answer.and_then(|answer: crate::presentation::diff_view::DiffAnswer| {
                let document = file.try_with_value(|file| answer.document(file, request));
                document.flatten().ok_or_else(|| LoadError {
                    url: String::new(),
                    failure: LoadFailure::Worker("its answer does not fit the texts".to_owned()),
                })
            });
            match document {
                Ok(document) => {
                    let _ = set_failure.try_set(None);
                    let document = Arc::new(document);
                    match drawn.try_get_untracked().flatten() {
                        Some(signal) => signal.set(document),
                        None => {
                            let signal = owner.with(|| RwSignal::new(document));
                            let _ = set_drawn.try_set(Some(signal));
                        }
                    }
                }
                Err(error) => {
                    let _ = set_failure.try_set(Some(error));
                }
            }
        };
        file.with_value(|file| worker.compare(file, request, answered));
    });
    let retry = Callback::new(move |()| set_tries.update(|tries| *tries += 1));
    let failed = move || {
        let error = failure.get();
        error.map(|error| view! { <Failed what="the difference" error retry within_page=true/> })
    };
    let content = move || match drawn.get() {
        Some(document) => view! { <Compared diff=diff.clone() document/> }.into_any(),
        None if failure.with(Option::is_some) => ().into_any(),
        None => view! { <Shape what="the difference"/> }.into_any(),
    };
    view! { {failed}{content} }
}
