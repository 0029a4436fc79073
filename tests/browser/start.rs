//! The dashboard starts under each path it may be hosted at, and says so in words when it cannot.

use crate::support::{Browser, Fault, Hosting, View};

async fn check_start(hosting: Hosting) {
    let browser = Browser::start(hosting).await;
    browser.open("").await;
    browser.wait_for("main h1").await;
    let title = browser.client.title().await.unwrap();
    assert!(title.contains("Almanac"), "the title is {title:?}");
    browser.assert_clean().await;
    for (name, view) in [
        ("start", View::WIDE),
        ("start-telephone-dark", View::TELEPHONE.dark()),
    ] {
        browser.set_view(view).await;
        browser.assert_accessible().await;
        browser.assert_fits_the_width().await;
        browser.screenshot(name).await;
    }
}

#[tokio::test]
async fn starts_at_the_root_of_a_host() {
    check_start(Hosting::Root).await;
}

#[tokio::test]
async fn starts_under_a_path_of_its_own() {
    check_start(Hosting::Subpath).await;
}

#[tokio::test]
async fn starts_at_a_path_that_the_server_does_not_know() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("nowhere/at/all").await;
    browser.wait_for("main h1").await;
    assert_eq!(browser.path().await, "nowhere/at/all");
    // Chromium itself notes the status of the page, and there is nothing else to note.
    let console = browser.take_console().await;
    assert_eq!(console.len(), 1, "{console:?}");
    assert!(console[0].contains("a status of 404"), "{console:?}");
}

#[tokio::test]
async fn says_that_it_could_not_start() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("app-", Fault::NotFound);
    browser.open("").await;
    browser.wait_for("#failure [data-failure=start] h1").await;
    let shown = browser.text_of("#failure").await;
    assert!(shown.contains("Almanac could not start"), "{shown}");
}

#[tokio::test]
async fn says_that_it_panicked_and_keeps_the_first_cause() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    browser.wait_for("main h1").await;
    for message in ["<b>the cause</b>", "what followed"] {
        browser
            .evaluate(&format!(
                "dispatchEvent(new CustomEvent('almanac:panic', {{ detail: {{ message: '{message}' }} }}))"
            ))
            .await;
    }
    browser.wait_for("#failure [data-failure=panic] h1").await;
    assert_eq!(
        browser.text_of("#failure [data-failure-message]").await,
        "<b>the cause</b>"
    );
}
