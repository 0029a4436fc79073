//! What changed between two snapshots: both in the address, the net change first, each change under who made it.

use crate::support::{Browser, Hosting};
use std::time::Duration;

async fn open(path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(path).await;
    browser.wait_for(".changes-choice select").await;
    browser
}

#[tokio::test]
async fn the_newest_snapshot_is_compared_with_the_one_before() {
    let browser = open("/9/changes").await;
    browser.wait_for(".changes-net").await;
    let net = browser.text_of(".changes-net").await;
    assert!(net.contains("the share that matches went from"), "{net}");
    browser.wait_for(".changes-group").await;
    let link = browser
        .evaluate("document.querySelector('.changes-group tbody a').getAttribute('href')")
        .await;
    assert!(link.as_str().unwrap().starts_with("/9/package/"), "{link}");
    assert_eq!(
        browser
            .evaluate("document.querySelector('nav a[aria-current]').textContent")
            .await,
        "Changes"
    );
}

#[tokio::test]
async fn a_choice_of_the_reader_stands_in_the_address() {
    let browser = open("/9/changes").await;
    browser.wait_for(".changes-net").await;
    let before = browser.text_of(".changes-net").await;
    browser
        .evaluate(
            "(() => { const list = document.querySelector('select[aria-label=From]');
                list.value = list.options[list.options.length - 1].value;
                list.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
    let mut after = before.clone();
    for _ in 0..50 {
        after = browser
            .evaluate("document.querySelector('.changes-net')?.textContent ?? ''")
            .await
            .as_str()
            .unwrap()
            .to_owned();
        if !after.is_empty() && after != before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_ne!(after, before);
    let query = browser.evaluate("location.search").await;
    let query = query.as_str().unwrap();
    assert!(query.contains("from=") && query.contains("to="), "{query}");
}

#[tokio::test]
async fn what_is_not_published_is_said() {
    let browser = open("/9/changes?from=20200101T000000Z").await;
    browser.wait_for("main h1").await;
    let said = browser.text_of("main h1").await;
    assert!(said.contains("is not published"), "{said}");
}
