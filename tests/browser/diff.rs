//! The diff: layouts, folds, lines in the address, and keys.

use crate::support::{Browser, Hosting, View};

const PATH: &str = "9/package/cockpit/diff/SPECS/cockpit.spec";

async fn open(suffix: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(&format!("{PATH}{suffix}")).await;
    browser.wait_for(".diff").await;
    browser.wait_for_text(".diff", ".alma.1").await;
    browser
}

async fn press(browser: &Browser, label: &str) {
    let expression = format!(
        "[...document.querySelectorAll('.diff button')].find(button => button.textContent.includes('{label}')).click()"
    );
    browser.evaluate(&expression).await;
}

#[tokio::test]
async fn the_layout_goes_into_the_address_and_keeps_the_linked_lines() {
    let browser = open("#R13").await;
    press(&browser, "Unified").await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(browser.path().await, format!("{PATH}?view=unified#R13"));
    browser.evaluate("history.back()").await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(browser.path().await, format!("{PATH}#R13"));
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_link_opens_the_fold_over_its_line() {
    let browser = open("#R60").await;
    browser.wait_for(".diff a[href$='#R60']").await;
    browser.assert_accessible().await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn folds_open() {
    let browser = open("").await;
    assert_eq!(browser.count_of(".diff a[href$='#R2']").await, 0);
    press(&browser, "9 lines unchanged").await;
    browser.wait_for(".diff a[href$='#R2']").await;
}

#[tokio::test]
async fn a_narrow_window_shows_one_column() {
    let browser = open("").await;
    let columns =
        "document.querySelectorAll(\".diff a[href$='#L13'], .diff a[href$='#R13']\").length";
    assert_eq!(browser.evaluate(columns).await, 2);
    browser.set_view(View::TELEPHONE).await;
    browser.open(PATH).await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(
        browser
            .evaluate(
                "document.querySelector('.diff button[aria-pressed=true]')?.textContent ?? ''"
            )
            .await,
        "Unified"
    );
}
