//! A difference of 100,000 lines: without long tasks and with few nodes, and walked, searched and linked all the same.

use crate::support::{Browser, Hosting};

const PATH: &str = "9/package/cockpit/diff/SPECS/cockpit.spec";
const NODES_MAX: i64 = 3_000;

/// Counts the tasks that are longer than 50 ms, from before the page begins.
const WATCH: &str = "window.longTasks = []; new PerformanceObserver(list =>
    list.getEntries().forEach(entry => window.longTasks.push(entry.duration))).observe({ type: 'longtask', buffered: true });";

async fn open(suffix: &str) -> Browser {
    let browser = Browser::start(Hosting::Large).await;
    browser.before_each_page(WATCH).await;
    browser.open(&format!("{PATH}{suffix}")).await;
    browser.wait_for(".diff-row").await;
    browser
}

async fn assert_few_nodes(browser: &Browser) {
    let nodes = browser
        .evaluate("document.querySelectorAll('*').length")
        .await;
    assert!(nodes.as_i64().unwrap() <= NODES_MAX, "{nodes}");
}

#[tokio::test]
async fn few_nodes_whatever_is_shown() {
    let browser = open("").await;
    assert_few_nodes(&browser).await;
    browser.open(&format!("{PATH}?context=all")).await;
    browser.wait_for(".diff-row").await;
    for place in [0.0, 0.5, 1.0] {
        browser
            .evaluate(&format!("(() => {{ const lines = document.querySelector('.diff-scroller'); lines.scrollTop = lines.scrollHeight * {place}; }})()"))
            .await;
        browser.wait_for(".diff-row").await;
        assert_few_nodes(&browser).await;
    }
    browser.wait_for(".diff a[href='#R100000']").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn links_search_and_keys_reach_rows_that_are_not_drawn() {
    let browser = open("#L50000-L50002").await;
    browser
        .wait_for(".diff-number.diff-linked a[href='#L50001']")
        .await;
    browser
        .evaluate("(() => { const field = document.querySelector('.diff-search input'); field.value = 'v99000 '; field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })); })()")
        .await;
    browser.wait_for_text(".diff-search", "1 of 1").await;
    browser.wait_for(".diff a[href='#R99001']").await;
    for _ in 0..3 {
        browser.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))").await;
    }
    browser
        .wait_for_text(".diff-changes", "Change 3 of 400")
        .await;
    browser.wait_for(".diff a[href='#R621']").await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn comparing_is_away_from_the_page() {
    let browser = open("").await;
    let tasks = browser.evaluate("window.longTasks").await;
    println!("tasks over 50 ms until the changes were drawn: {tasks}");
    let worker = browser.evaluate("performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('diff-worker.js')).length").await;
    assert_eq!(worker, 1);
}
