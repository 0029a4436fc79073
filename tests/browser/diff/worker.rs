//! The worker that compares: how large it is, and what is told where it does not come.

use super::PATH;
use crate::support::{Browser, Hosting};

#[tokio::test]
async fn the_focus_stays_where_something_is_tried_again() {
    let press = "(() => { const button = document.querySelector('.failed button'); button.focus(); button.click(); })()";
    for broken in ["diff-worker.js", "reports/texts/"] {
        let browser = Browser::start(Hosting::Root).await;
        browser.inject_fault(broken, crate::support::Fault::NotFound);
        browser.open(PATH).await;
        browser.wait_for(".failed button").await;
        let asked = browser.request_count(broken);
        browser.evaluate(press).await;
        // Until it failed again.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        browser.wait_for(".failed button:focus").await;
        assert!(browser.request_count(broken) > asked, "{broken}");
        browser.mend(broken);
        browser.evaluate(press).await;
        browser.wait_for(".diff-scroller:focus").await;
    }
}

#[tokio::test]
async fn a_worker_that_is_slow_is_told_and_waited_for() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("diff-worker-", crate::support::Fault::NeverAnswers);
    browser.open(PATH).await;
    browser
        .wait_for_text(".diff-slow", "still waited for")
        .await;
    browser.assert_accessible().await;
    browser.mend("diff-worker-");
    browser
        .evaluate("(() => { const button = document.querySelector('.diff-slow button'); button.focus(); button.click(); })()")
        .await;
    browser.wait_for(".diff-scroller:focus").await;
    browser.wait_until_gone(".diff-slow").await;
    // A browser that has no program of the worker yet.
    let browser = Browser::start(Hosting::Root).await;
    let late = std::time::Duration::from_secs(13);
    browser.inject_fault("diff-worker-", crate::support::Fault::Delayed(late));
    browser.open(PATH).await;
    browser.wait_for(".diff-slow").await;
    browser.wait_for(".diff-row").await;
    browser.wait_until_gone(".diff-slow").await;
}

#[tokio::test]
async fn a_worker_that_does_not_come_is_told_and_tried_again() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("diff-worker.js", crate::support::Fault::NotFound);
    browser.open(PATH).await;
    browser.wait_for_text(".failed", "worker").await;
    browser.assert_accessible().await;
    browser.mend("diff-worker.js");
    browser.click(".failed button").await;
    browser.wait_for_text(".diff", ".alma.1").await;
}

/// The worker's program, compressed with brotli.
const WORKER_BYTES_MAX: u64 = 60_000;

#[tokio::test]
async fn the_worker_is_small_and_comes_only_with_a_difference() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/packages").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(browser.request_count("/diff-worker"), 0);
    browser.open(PATH).await;
    browser.wait_for_text(".diff", ".alma.1").await;
    let script = browser
        .evaluate("fetch('diff-worker.js').catch(() => null) && fetch(new URL('diff-worker.js', document.querySelector('script[data-js]').src)).then(answer => answer.text())")
        .await;
    let script = script.as_str().unwrap().to_owned();
    let (_, rest) = script.split_once("./diff-worker-").unwrap();
    let hash = rest.split('.').next().unwrap();
    let mut total = 0;
    for name in [
        format!("diff-worker-{hash}.js"),
        format!("diff-worker-{hash}_bg.wasm"),
    ] {
        let expression = format!(
            "fetch(new URL('{name}', document.querySelector('script[data-js]').src), {{ cache: 'reload' }}).then(answer => Number(answer.headers.get('content-length')))"
        );
        total += browser.evaluate(&expression).await.as_u64().unwrap();
    }
    println!("worker: {total} bytes of {WORKER_BYTES_MAX}");
    assert!(total > 0 && total <= WORKER_BYTES_MAX, "{total}");
}
