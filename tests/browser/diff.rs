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

#[tokio::test]
async fn folds_open_by_twenty_lines_and_whole() {
    let browser = open("").await;
    let drawn = "[...document.querySelectorAll(\".diff a[href^='#R']\")].length";
    let before = browser.evaluate(drawn).await.as_i64().unwrap();
    browser
        .click(".diff-fold button[aria-label='Show the first 20 of these lines']")
        .await;
    browser.wait_for(".diff a[href='#R36']").await;
    assert_eq!(browser.count_of(".diff a[href='#R37']").await, 0);
    assert_eq!(browser.evaluate(drawn).await.as_i64().unwrap(), before + 20);
    browser
        .click(".diff-fold button[aria-label='Show the last 20 of these lines']")
        .await;
    browser.wait_for(".diff a[href='#R110']").await;
    press(&browser, "Whole file").await;
    browser.wait_until_gone(".diff-fold").await;
    assert_eq!(browser.path().await, format!("{PATH}?context=all"));
    browser.assert_clean().await;
}

#[tokio::test]
async fn white_space_is_ignored_and_shown_as_the_address_says() {
    let browser = open("").await;
    browser
        .evaluate(
            "(() => { const list = document.querySelector('.diff select'); list.value = 'blank';
                list.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(browser.path().await, format!("{PATH}?space=blank"));
    browser.open(&format!("{PATH}?show=space")).await;
    browser.wait_for_text(".diff-stand-in", "·").await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn pieces_of_the_text_have_colours() {
    let browser = open("").await;
    browser
        .wait_for_text(".diff .syntax-name", "Release:")
        .await;
    browser
        .wait_for_text(".diff .syntax-macro", "%{?dist}")
        .await;
    browser
        .wait_for_text(".diff .syntax-section", "%changelog")
        .await;
    browser.assert_accessible().await;
    browser.set_view(View::WIDE.dark()).await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn the_search_finds_folded_lines() {
    let browser = open("").await;
    assert_eq!(browser.count_of(".diff a[href='#R60']").await, 0);
    browser.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', bubbles: true }))").await;
    browser
        .type_into(".diff-search input", "BUILDREQUIRES")
        .await;
    browser.wait_for_text(".diff-search", "nothing found").await;
    browser.evaluate("(() => { const field = document.querySelector('.diff-search input'); field.value = 'buildrequires'; field.dispatchEvent(new Event('input', { bubbles: true })); })()").await;
    browser.wait_for_text(".diff-search", "lines").await;
    browser.evaluate("document.querySelector('.diff-search input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))").await;
    browser.wait_for_text(".diff-search", "1 of").await;
    browser.wait_for(".diff-found").await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn keys_lead_through_changes_and_files_and_are_listed() {
    let browser = open("").await;
    let key = |name: &str| {
        format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{name}', bubbles: true }}))"
        )
    };
    browser.evaluate(&key("j")).await;
    browser
        .wait_for_text(".diff-changes", "Change 1 of 2")
        .await;
    browser.evaluate(&key("j")).await;
    browser
        .wait_for_text(".diff-changes", "Change 2 of 2")
        .await;
    browser.evaluate(&key("k")).await;
    browser
        .wait_for_text(".diff-changes", "Change 1 of 2")
        .await;
    browser.evaluate(&key("?")).await;
    browser.wait_for("dialog[open]").await;
    browser.assert_accessible().await;
    browser.click("dialog[open] button").await;
    browser.wait_until_gone("dialog[open]").await;
    browser.evaluate(&key("p")).await;
    browser
        .wait_for_text("main h1", "SOURCES/branding.css")
        .await;
    browser
        .wait_for_text(".diff-about", "SOURCES/branding.css")
        .await;
    browser.evaluate(&key("n")).await;
    browser.wait_for_text("main h1", "SPECS/cockpit.spec").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn each_change_says_what_explains_it() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/package/nginx/diff/SPECS/nginx.spec").await;
    browser.wait_for(".diff-heading").await;
    let headings = browser.texts_of(".diff-heading").await;
    assert!(
        headings
            .iter()
            .any(|text| text.contains("release mechanics")),
        "{headings:?}"
    );
    browser.assert_accessible().await;
}

#[tokio::test]
async fn the_changed_files_are_listed_with_their_counts() {
    let browser = open("").await;
    let files = browser.texts_of(".changed-files li").await;
    assert_eq!(files.len(), 3, "{files:?}");
    assert!(
        files[0].contains("SOURCES/branding.css") && files[0].contains("+2 −2"),
        "{files:?}"
    );
    assert_eq!(
        browser.text_of(".changed-files [aria-current=page]").await,
        "SPECS/cockpit.spec"
    );
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
