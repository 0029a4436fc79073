//! The keys of a difference, and where the focus goes.

use super::{PATH, open, press, press_key};

#[tokio::test]
async fn keys_lead_through_changes_and_files_and_are_listed() {
    let browser = open("").await;
    press_key(&browser, "j").await;
    browser
        .wait_for_text(".diff-changes", "Change 1 of 2")
        .await;
    browser.wait_for(".diff-scroller:focus").await;
    press_key(&browser, "j").await;
    browser
        .wait_for_text(".diff-changes", "Change 2 of 2")
        .await;
    press_key(&browser, "j").await;
    browser
        .wait_for_text(".diff-about [role=status]", "No change follows.")
        .await;
    press_key(&browser, "k").await;
    browser
        .wait_for_text(".diff-changes", "Change 1 of 2")
        .await;
    assert_eq!(browser.text_of(".diff-about [role=status]").await, "");
    press_key(&browser, "?").await;
    browser.wait_for("dialog[open]").await;
    browser.assert_accessible().await;
    // The page behind the list stays where it is.
    press_key(&browser, "j").await;
    assert!(
        browser
            .text_of(".diff-changes")
            .await
            .contains("Change 1 of 2")
    );
    browser.click("dialog[open] button").await;
    browser.wait_until_gone("dialog[open]").await;
    press(&browser, "Unified").await;
    for (name, file) in [
        ("p", "SOURCES/logo.png"),
        ("p", "SOURCES/branding.css"),
        ("n", "SOURCES/logo.png"),
        ("n", "SPECS/cockpit.spec"),
    ] {
        press_key(&browser, name).await;
        browser.wait_for_text("main h1", file).await;
    }
    browser
        .wait_for_text(".diff-about", "SPECS/cockpit.spec")
        .await;
    // What the reader chose goes along.
    assert_eq!(browser.path().await, format!("{PATH}?view=unified"));
    let listed = browser
        .evaluate("document.querySelector('.changed-files a').getAttribute('href')")
        .await;
    assert!(
        listed.as_str().unwrap().ends_with("?view=unified"),
        "{listed}"
    );
    press_key(&browser, "n").await;
    browser
        .wait_for_text(".diff-missed", "No changed file follows.")
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn changes_are_counted_from_where_the_reader_is() {
    let browser = open("#R60").await;
    browser.wait_for(".diff-linked a[href='#R60']").await;
    press_key(&browser, "j").await;
    browser
        .wait_for_text(".diff-changes", "Change 2 of 2")
        .await;
    browser.click(".diff-more summary").await;
    browser
        .wait_for_text(".diff-menu", "Copy change 2 as a patch")
        .await;
    browser.evaluate("document.querySelector('.diff-menu button').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))").await;
    browser
        .wait_for(".diff-more:not([open]) summary:focus")
        .await;
}

#[tokio::test]
async fn keys_lead_on_where_no_lines_are_drawn() {
    let browser = open("").await;
    browser
        .click(".changed-files a[href$='SOURCES/logo.png']")
        .await;
    browser.wait_for_text("main", "the SHA-256 ").await;
    press_key(&browser, "?").await;
    browser.wait_for("dialog[open]").await;
    browser.assert_accessible().await;
    browser.click("dialog[open] button").await;
    browser.wait_until_gone("dialog[open]").await;
    press_key(&browser, "n").await;
    browser.wait_for_text("main h1", "SPECS/cockpit.spec").await;
    browser
        .open("9/package/cockpit/diff/SOURCES/logo.png?from=reference:7")
        .await;
    browser
        .wait_for_text("main .note", "No report of release 7 is published.")
        .await;
    press_key(&browser, "p").await;
    browser
        .wait_for_text("main h1", "SOURCES/branding.css")
        .await;
    // The other file is looked at in the same way, which is not at hand either.
    browser
        .wait_for_text("main .note", "No report of release 7 is published.")
        .await;
    press_key(&browser, "p").await;
    browser
        .wait_for_text(".diff-missed", "No changed file comes before.")
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn the_focus_is_on_the_file_that_the_reader_went_to() {
    let browser = open("").await;
    let check = async |how: &str, file: &str| {
        browser.evaluate(how).await;
        browser.wait_for_text("main h1:focus", file).await;
    };
    let key = |key: &str| {
        format!(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
        )
    };
    let from_lines = format!(
        "document.querySelector('.diff-scroller').focus(); {}",
        key("p")
    );
    check(&from_lines, "SOURCES/logo.png").await;
    check(&key("p"), "SOURCES/branding.css").await;
    check(&key("n"), "SOURCES/logo.png").await;
    let link = "(() => { const link = document.querySelector(\".changed-files a[href$='cockpit.spec']\"); link.focus(); link.click(); })()";
    check(link, "SPECS/cockpit.spec").await;
    browser.wait_for(".diff-row").await;
    assert_eq!(browser.count_of("main h1:focus").await, 1);
    browser.assert_accessible().await;
}

#[tokio::test]
async fn who_has_no_mouse_gets_past_the_lines() {
    let browser = open("").await;
    browser
        .evaluate("document.querySelector('.diff-skip').focus()")
        .await;
    assert_eq!(
        browser
            .evaluate("document.querySelector('.diff-skip').getBoundingClientRect().height > 10")
            .await,
        true
    );
    browser
        .evaluate("document.querySelector('.diff-skip').click()")
        .await;
    assert_eq!(
        browser.evaluate("document.activeElement.textContent").await,
        "End of the lines"
    );
    let follows = "!!(document.activeElement.compareDocumentPosition(document.querySelector('.diff-scroller')) & Node.DOCUMENT_POSITION_PRECEDING)";
    assert_eq!(browser.evaluate(follows).await, true);
    browser.assert_accessible().await;
}
