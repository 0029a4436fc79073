//! The first view stays small: what a reader downloads before anything is seen.

use crate::support::{Browser, Hosting};

/// HTML, CSS, JavaScript and WebAssembly of the first view, compressed with brotli.
const FIRST_VIEW_BYTES_MAX: u64 = 220_000;

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
