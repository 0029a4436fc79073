//! Has the worker compare, and draws what it answers.

use super::{Compared, Diff};
use crate::loading::{DiffWorker, LoadError, LoadFailure};
use crate::presentation::diff_view::{
    Colours, DiffAnswer, DiffDocument, DiffFile, DiffFinding, DiffRequest,
};
use crate::ui::components::loaded::{Failed, Shape};
use crate::ui::navigation::Navigation;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// What did not answer for so long is slow.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was found, each part of it as soon as it is known.
#[derive(Clone, Copy)]
pub(super) struct Findings {
    pub(super) document: RwSignal<Arc<DiffDocument>>,
    pub(super) colours: RwSignal<Arc<Colours>>,
}

/// Compares whenever the reader chooses another way to look at space. What was drawn stays until the next answer comes.
#[component]
pub(super) fn Comparing(diff: Diff) -> impl IntoView {
    let space = Memo::new(move |_| diff.options.get().space);
    let file = StoredValue::new(diff.file.clone());
    let (drawn, set_drawn) = signal(None::<Findings>);
    let (failure, set_failure) = signal(None::<LoadError>);
    let (tries, set_tries) = signal(0_u32);
    let owner = Owner::current().unwrap_or_default();
    let worker = diff.worker;
    on_cleanup(move || {
        let _ = worker.try_with_value(DiffWorker::stop);
    });
    let (is_slow, set_slow) = signal(false);
    let patience = StoredValue::new(None::<TimeoutHandle>);
    let end_wait = move || {
        if let Some(Some(timer)) = patience.try_update_value(Option::take) {
            timer.clear();
        }
        let _ = set_slow.try_set(false);
    };
    on_cleanup(end_wait);
    let take = move |finding: Result<DiffFinding, LoadError>, owner: &Owner| {
        end_wait();
        let _ = set_failure.try_set(finding.as_ref().err().cloned());
        let Some(known) = drawn.try_get_untracked() else {
            return;
        };
        match (finding, known) {
            // The same texts have the same colours, of which more may be known already.
            (Ok(DiffFinding::Differences(document, _)), Some(known)) => {
                known.document.set(Arc::from(document));
            }
            (Ok(DiffFinding::Differences(document, colours)), None) => {
                let findings = owner.with(|| Findings {
                    document: RwSignal::new(Arc::from(document)),
                    colours: RwSignal::new(Arc::new(colours)),
                });
                set_drawn.set(Some(findings));
            }
            (Ok(DiffFinding::Colours(colours)), Some(known)) => {
                known.colours.set(Arc::new(colours));
            }
            (Ok(DiffFinding::Colours(_)), None) | (Err(_), _) => {}
        }
    };
    Effect::new(move |_| {
        tries.track();
        let request = file.with_value(|file| DiffRequest::of(file, space.get()));
        let owner = owner.clone();
        let told = move |answer: Result<DiffAnswer, LoadError>| {
            let finding = answer.and_then(|answer| finding_of(file, &answer, request));
            let owner = owner.clone();
            // Reading an answer and drawing it are tasks of their own, between which the browser can do what the reader asks for.
            // Those of the next answer come later, as timers of the same length keep their order.
            set_timeout(move || take(finding, &owner), Duration::ZERO);
        };
        end_wait();
        let slow = set_timeout_with_handle(move || set_slow.set(true), PATIENCE);
        patience.set_value(slow.ok());
        file.with_value(|file| worker.with_value(|worker| worker.compare(file, request, told)));
    });
    let retry = Callback::new(move |()| set_tries.update(|tries| *tries += 1));
    let slow = move || {
        let address = worker.with_value(|worker| worker.address().to_owned());
        is_slow.get().then(|| view! { <Slow address retry/> })
    };
    let failed = move || {
        let error = failure.get();
        error.map(|error| view! { <Failed what="the difference" error retry within_page=true/> })
    };
    let content = move || match drawn.get() {
        Some(findings) => view! { <Compared diff=diff.clone() findings/> }.into_any(),
        None if failure.with(Option::is_some) => ().into_any(),
        None => view! { <Shape what="the difference"/> }.into_any(),
    };
    view! { {failed}{slow}{content} }
}

/// What is slow and goes on all the same, and what to do.
#[component]
fn Slow(address: String, retry: Callback<()>) -> impl IntoView {
    let navigation = Navigation::get();
    let try_again = move |_| {
        navigation.hand_on_focus();
        retry.run(());
    };
    view! {
        <div class="note diff-slow">
            <p role="status">
                "The difference is slow to come, and still waited for: the worker that compares has not answered, as its program is still \
                 on its way or the texts are hard to compare. Asked for: "<code>{address}</code>
            </p>
            <button type="button" class="button" on:click=try_again>"Try again"</button>
        </div>
    }
}

fn finding_of(
    file: StoredValue<DiffFile>,
    answer: &DiffAnswer,
    request: DiffRequest,
) -> Result<DiffFinding, LoadError> {
    let finding = file.try_with_value(|file| answer.finding(file, request));
    finding.flatten().ok_or_else(|| LoadError {
        url: String::new(),
        failure: LoadFailure::Worker("its answer does not fit the texts".to_owned()),
    })
}
