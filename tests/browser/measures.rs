//! The checks that every browser test relies on notice what they are there to notice.

use crate::support::{Browser, Fault, Hosting, View};
use serde_json::json;
use std::time::Duration;

const INDEX: &str = "reports/index.json";

async fn opened() -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    browser.wait_for("main h1").await;
    browser
}

#[tokio::test]
async fn a_blocked_style_is_noticed() {
    let browser = opened().await;
    browser
        .evaluate("document.body.setAttribute('style', 'color: red')")
        .await;
    let reports = browser.policy_reports().await.join("\n");
    assert!(reports.contains("style-src-attr"), "{reports}");
    let console = browser.take_console().await.join("\n");
    assert!(console.contains("Content Security Policy"), "{console}");
}

#[tokio::test]
async fn a_picture_without_words_is_noticed() {
    let browser = opened().await;
    browser
        .evaluate("document.querySelector('main').append(Object.assign(new Image(1, 1), { src: 'icon.svg' }))")
        .await;
    let violations = browser.accessibility_violations().await.join("\n");
    assert!(
        violations.starts_with("image-alt (critical)"),
        "{violations}"
    );
}

#[tokio::test]
async fn a_view_is_what_the_page_sees() {
    let browser = opened().await;
    for (view, expected) in [
        (View::WIDE, json!([1320, 900, false])),
        (View::TELEPHONE.dark(), json!([360, 780, true])),
    ] {
        browser.set_view(view).await;
        let seen = browser
            .evaluate(
                "[innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches]",
            )
            .await;
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn a_fault_is_what_the_page_meets_until_it_is_mended() {
    let browser = opened().await;
    let whole = fetched(&browser).await;
    assert_eq!(whole, "200 JSON");
    for (fault, expected) in [
        (Fault::NotFound, "404 no JSON"),
        (Fault::ServerError, "500 no JSON"),
        (Fault::PageInsteadOfData, "200 no JSON"),
        (Fault::Truncated, "200 no JSON"),
        (Fault::ConnectionDropped, "TypeError"),
        (Fault::NeverAnswers, "TimeoutError"),
        (Fault::Delayed(Duration::from_millis(1)), "200 JSON"),
    ] {
        browser.inject_fault(INDEX, fault);
        assert_eq!(fetched(&browser).await, expected, "with {fault:?}");
    }
    browser.mend(INDEX);
    let asked = browser.request_count(INDEX);
    assert_eq!(fetched(&browser).await, whole);
    assert_eq!(browser.request_count(INDEX), asked + 1);
    browser.set_offline(true).await;
    assert_eq!(fetched(&browser).await, "TypeError");
    assert_eq!(browser.request_count(INDEX), asked + 1);
}

#[tokio::test]
async fn what_a_reader_does_reaches_the_page() {
    let browser = opened().await;
    browser
        .evaluate(
            "(() => {
                const field = Object.assign(document.createElement('input'), { className: 'written' });
                const items = ['first', 'second'].map((text) =>
                    Object.assign(document.createElement('button'), { className: 'item', innerText: text }));
                items[0].onclick = () => { items[0].hidden = true; items[1].innerText = field.value; };
                document.querySelector('main').append(field, ...items);
            })()",
        )
        .await;
    assert_eq!(browser.texts_of(".item").await, ["first", "second"]);
    browser.type_into(".written", "typed").await;
    browser.click(".item").await;
    browser.wait_until_gone(".item[hidden]").await;
    browser.wait_for_text(".item", "typed").await;
    assert_eq!(browser.count_of(".item").await, 2);
}

/// How fetching the list of reports ends: with a status and whether the body is JSON, or with an error.
async fn fetched(browser: &Browser) -> String {
    let address = browser.address(INDEX);
    let outcome = browser
        .evaluate(&format!(
            "fetch({address:?}, {{ cache: 'no-store', signal: AbortSignal.timeout(1000) }}).then(
                (answer) => answer.json().then(() => `${{answer.status}} JSON`, () => `${{answer.status}} no JSON`),
                (error) => error.name)"
        ))
        .await;
    outcome.as_str().unwrap_or_default().to_owned()
}
