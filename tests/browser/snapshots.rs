//! A link that keeps one report, the way back to the newest, and reports of a newer format.

use crate::support::{Browser, Hosting, View};

/// A script by which the page meets another index than the published one.
fn with_index_changed(change: &str) -> String {
    format!(
        "const plain = Response.prototype.arrayBuffer;
        Response.prototype.arrayBuffer = async function () {{
            const bytes = await plain.call(this);
            if (!this.url.endsWith('/index.json')) return bytes;
            const index = JSON.parse(new TextDecoder().decode(bytes));
            {change}
            return new TextEncoder().encode(JSON.stringify(index)).buffer;
        }};"
    )
}

const OLD: &str = "20260520T041000Z";

#[tokio::test]
async fn a_link_that_keeps_an_older_report_says_so_on_every_page() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(&format!("9?snapshot={OLD}")).await;
    browser
        .wait_for_text(".banner", "keeps the report of 20")
        .await;
    browser.wait_for(".architectures").await;
    browser.click(".share-legend .verdict-patched").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(
        browser.path().await,
        format!("9/packages?verdict=patched&snapshot={OLD}")
    );
    browser.assert_accessible().await;
    browser.screenshot("packages-frozen").await;
    browser.click(".banner a").await;
    browser.wait_until_gone(".banner:not(.sample)").await;
    assert_eq!(browser.path().await, "9/packages");
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_report_that_is_not_kept_offers_those_that_are() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9?snapshot=nonesuch").await;
    browser
        .wait_for_text("main h1", "Release 9 has no report named nonesuch")
        .await;
    browser.click("main ul a").await;
    browser.wait_for(".architectures").await;
    assert_eq!(browser.path().await, "9");
}

#[tokio::test]
async fn the_share_button_copies_both_links() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .before_each_page(
            "navigator.clipboard.writeText = async (text) => { window.copied = text; };",
        )
        .await;
    browser.open("9/package/cockpit?view=unified").await;
    browser.wait_for(".package-verdict").await;
    browser.click(".share-menu summary").await;
    browser.assert_accessible().await;
    for (name, view) in [
        ("share", View::WIDE),
        ("share-telephone-dark", View::TELEPHONE.dark()),
    ] {
        browser.set_view(view).await;
        browser.assert_fits_the_width().await;
        browser.screenshot(name).await;
    }
    let path = "window.copied.slice(location.origin.length)";
    browser.click(".share-choices .button:nth-of-type(1)").await;
    browser.wait_for_text(".share-choices", "Copied").await;
    assert_eq!(
        browser.evaluate(path).await,
        "/9/package/cockpit?view=unified"
    );
    browser.click(".share-choices .button:nth-of-type(2)").await;
    browser
        .wait_until(
            "window.copied.includes('&snapshot=2026')",
            "the kept link is copied",
        )
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_report_of_a_newer_minor_format_is_shown_with_a_notice() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .before_each_page(&with_index_changed(
            "index.format.minor = 7; index.unheard = ['of'];",
        ))
        .await;
    browser.open("9").await;
    browser
        .wait_for_text(".banner", "written in format 1.7")
        .await;
    browser.wait_for(".architectures").await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn what_must_be_read_before_any_figure_stands_on_every_page_of_the_release() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .before_each_page(&with_index_changed(
            "for (const release of index.releases)
                for (const snapshot of release.snapshots)
                    snapshot.notices = ['This report compares 9.6 with 9.7.'];",
        ))
        .await;
    for path in [
        "9",
        "9/packages",
        "9/package/cockpit",
        "9/package/cockpit/diff/SPECS/cockpit.spec",
    ] {
        browser.open(path).await;
        browser
            .wait_for_text("header .notice", "compares 9.6 with 9.7")
            .await;
    }
    browser.open("").await;
    browser
        .wait_for_text(".overview-release .note", "compares 9.6 with 9.7")
        .await;
    browser.assert_accessible().await;
}
