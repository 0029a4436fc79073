//! The sponsors' page: numbers that link to their evidence, charts, and pictures of both.

use crate::support::{Browser, Fault, Hosting};
use serde_json::json;

async fn open(path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(path).await;
    browser.wait_for(".progress-page").await;
    browser
}

#[tokio::test]
async fn each_number_leads_to_its_evidence() {
    let browser = open("progress?release=9").await;
    browser.wait_for_text("main h1", "matches RHEL").await;
    let links = browser
        .evaluate("[...document.querySelectorAll('.progress-value')].map(link => link.pathname)")
        .await;
    assert_eq!(
        links,
        json!([
            "/9/changes",
            "/deviations",
            "/deviations",
            "/9/security",
            "/9/builds",
            "/method"
        ])
    );
    browser.click(".progress-value").await;
    browser.wait_for(".changes-net").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn another_release_is_one_click_away() {
    let browser = open("progress").await;
    browser.click(".chart-ranges a[href$='release=8']").await;
    browser.wait_for_text("main h1", "8.10").await;
    assert_eq!(browser.path().await, "progress?release=8");
    browser.open("progress?release=7").await;
    browser
        .wait_for_text("main h1", "There is no report of release 7")
        .await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn pictures_have_title_date_source_and_description() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .before_each_page(
            "window.saved = []; const plain = URL.createObjectURL;
            URL.createObjectURL = (blob) => { window.saved.push(blob); return plain.call(URL, blob); };
            HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; };",
        )
        .await;
    browser.open("progress?release=9").await;
    browser.wait_for(".chart-save").await;
    for index in 0..3 {
        browser
            .evaluate(&format!("(window.saved = [], document.querySelectorAll('.chart-save')[{index}].querySelectorAll('button')[0].click())"))
            .await;
        browser
            .wait_until("window.saved.length === 1", "the SVG is offered")
            .await;
        let said = browser
            .evaluate(
                "window.saved[0].text().then(text => {
                    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
                    const desc = (svg.querySelector('desc')?.textContent ?? '').replaceAll('\\u00a0', ' ');
                    return [svg.documentElement.localName, !!svg.querySelector('title')?.textContent.includes('matches RHEL'),
                        desc.includes('20 Nov') && desc.includes('sample'), /light-dark|var\\(/.test(text), window.savedAs.endsWith('.svg')];
                })",
            )
            .await;
        assert_eq!(
            said,
            json!(["svg", true, true, false, true]),
            "picture {index}"
        );
        browser
            .evaluate(&format!("(window.saved = [], document.querySelectorAll('.chart-save')[{index}].querySelectorAll('button')[1].click())"))
            .await;
        browser
            .wait_until("window.saved.length === 1", "the PNG is offered")
            .await;
        let png = browser
            .evaluate(
                "createImageBitmap(window.saved[0]).then(image => [window.saved[0].type, image.width, image.height > 300, window.savedAs.endsWith('.png')])",
            )
            .await;
        assert_eq!(
            png,
            json!(["image/png", 1920, true, true]),
            "picture {index}"
        );
    }
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_history_that_does_not_come_is_told_and_tried_again() {
    for broken in ["reports/years/", "reports/ledgers/"] {
        let browser = Browser::start(Hosting::Root).await;
        browser.inject_fault(broken, Fault::ServerError);
        browser.open("progress").await;
        browser.wait_for_text(".failed", "status 500").await;
        browser.assert_accessible().await;
        browser.mend(broken);
        browser.click(".failed button").await;
        browser.wait_for(".progress-page").await;
    }
}
