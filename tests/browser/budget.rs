//! What a reader downloads stays small: before anything is seen, and for each page about time beyond that.

use crate::support::{Browser, Hosting};

/// HTML, CSS, JavaScript and WebAssembly of the first view, compressed with brotli.
const FIRST_VIEW_BYTES_MAX: u64 = 220_000;

/// All that a page about time transfers beyond the first view, its data included, compressed with brotli.
const FURTHER_BYTES_MAX: u64 = 150_000;

/// The pages about time, and what is there once each is drawn.
const PAGES_OF_TIME: [(&str, &str); 10] = [
    ("9/changes", ".changes-net"),
    ("9/builds", ".builds-open"),
    ("9/security", "main .lag-bar"),
    ("9/security/ALSA-2026-96540", ".advisory-timeline"),
    ("deviations", ".deviations-page"),
    ("progress", ".progress-page .chart-trend svg"),
    ("9/repositories", ".repositories"),
    ("9/repositories/testing", ".testing-board"),
    ("9/repositories/synergy", ".synergy-board"),
    ("synergy", ".synergy-board"),
];

#[tokio::test]
async fn the_first_view_is_within_its_budget() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    browser.wait_for(".overview-release").await;
    let sizes = browser
        .evaluate(
            "[performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')]
                .filter(entry => !entry.name.includes('/reports/'))
                .map(entry => [new URL(entry.name).pathname, entry.encodedBodySize])",
        )
        .await;
    let files: Vec<(String, u64)> = serde_json::from_value(sizes).unwrap();
    let total: u64 = files.iter().map(|(_, bytes)| bytes).sum();
    println!("first view: {total} bytes of {FIRST_VIEW_BYTES_MAX}: {files:?}");
    assert!(
        files
            .iter()
            .any(|(path, bytes)| path.ends_with(".wasm") && *bytes > 0),
        "{files:?}"
    );
    assert!(total <= FIRST_VIEW_BYTES_MAX, "{total} bytes: {files:?}");
}

#[tokio::test]
async fn each_page_of_time_is_within_its_budget() {
    let mut faults = Vec::new();
    for (path, css) in PAGES_OF_TIME {
        // A browser of its own: nothing of another page is there already.
        let browser = Browser::start(Hosting::Root).await;
        browser.open("").await;
        browser.wait_for(".overview-release").await;
        let first = resources(&browser).await;
        browser.open(path).await;
        browser.wait_for(css).await;
        let mut further = resources(&browser).await;
        further.retain(|(path, _)| first.iter().all(|(known, _)| known != path));
        let total: u64 = further.iter().map(|(_, bytes)| bytes).sum();
        println!("{path}: {total} bytes of {FURTHER_BYTES_MAX}");
        let has_others = further
            .iter()
            .any(|(file, _)| file.ends_with("-pages.wasm"));
        if total == 0 || total > FURTHER_BYTES_MAX || has_others {
            faults.push(format!("{path}: {total} bytes: {further:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What the page fetched, by path, with its size as it was transferred.
async fn resources(browser: &Browser) -> Vec<(String, u64)> {
    let sizes = browser
        .evaluate(
            "performance.getEntriesByType('resource').map(entry => [new URL(entry.name).pathname, entry.encodedBodySize])",
        )
        .await;
    serde_json::from_value(sizes).unwrap()
}
