//! Every page of the sample: clean console, no blocked resource, accessible, and no wider than the window.

use crate::support::{Browser, Hosting, View};

/// A name for the picture, the path, an element that is there once the page is drawn, and a word that it shows.
const PAGES: [(&str, &str, &str, &str); 21] = [
    ("overview", "", "main .overview-release", "matches RHEL"),
    ("release", "9", "main .architectures", "By architecture"),
    ("packages", "9/packages", "main tr[data-row]", "packages"),
    ("builds", "9/builds", "main tr[data-row]", "fail to build"),
    (
        "builds-none",
        "8/builds",
        "main h1",
        "Nothing is known of this release’s builds",
    ),
    (
        "repositories",
        "9/repositories",
        "main .repositories tr",
        "in Testing",
    ),
    (
        "testing",
        "9/repositories/testing",
        "main tr[data-row]",
        "in Testing",
    ),
    (
        "synergy",
        "9/repositories/synergy",
        "main tr[data-row]",
        "due for removal",
    ),
    (
        "changes",
        "9/changes",
        ".changes-group",
        "the share that matches",
    ),
    (
        "security",
        "9/security",
        "main tr[data-row]",
        "security fixes whose days are known came to",
    ),
    (
        "advisory",
        "9/security/ALSA-2026-96540",
        "main .advisory-timeline",
        "after RHEL’s advisory",
    ),
    ("security-unread", "8/security", "main h1", "not known"),
    (
        "package",
        "9/package/cockpit",
        "main .package-verdict .verdict",
        "cockpit",
    ),
    (
        "diff",
        "9/package/cockpit/diff/SPECS/cockpit.spec",
        "main .diff",
        "cockpit.spec",
    ),
    (
        "deviations",
        "deviations",
        "main .deviations tbody tr",
        "re-synced in the 90 days",
    ),
    (
        "progress",
        "progress",
        "main .progress-page .chart-trend svg",
        "matches RHEL",
    ),
    (
        "patch",
        "9/package/sudo/patch/1",
        "main .diff-row",
        "Forwarded",
    ),
    (
        "no-such-patch",
        "9/package/sudo/patch/9",
        "main ul li a",
        "has no patch 9",
    ),
    ("method", "method", "main .method-page", "What a share is"),
    ("no-such-package", "9/package/glib", "main ul li a", "glibc"),
    (
        "no-such-release",
        "7",
        "main h1",
        "There is no report of release 7",
    ),
];

async fn check_pages(hosting: Hosting, views: &[(&str, View)]) {
    let browser = Browser::start(hosting).await;
    for (name, path, css, word) in PAGES {
        browser.open(path).await;
        browser.wait_for(css).await;
        browser.wait_for_text("main", word).await;
        let banner = browser.text_of(".sample").await;
        assert!(
            banner.contains("Sample report"),
            "{name} does not say that it is a sample: {banner}"
        );
        for (view_name, view) in views {
            browser.set_view(*view).await;
            browser.assert_accessible().await;
            browser.assert_fits_the_width().await;
            browser.screenshot(&format!("{name}-{view_name}")).await;
        }
        browser.assert_clean().await;
    }
}

#[tokio::test]
async fn every_page_holds_in_light() {
    check_pages(
        Hosting::Root,
        &[("wide", View::WIDE), ("telephone", View::TELEPHONE)],
    )
    .await;
}

#[tokio::test]
async fn every_page_holds_in_dark() {
    check_pages(
        Hosting::Root,
        &[
            ("wide-dark", View::WIDE.dark()),
            ("telephone-dark", View::TELEPHONE.dark()),
        ],
    )
    .await;
}

#[tokio::test]
async fn every_page_holds_under_a_path_of_its_own() {
    check_pages(Hosting::Subpath, &[("subpath", View::WIDE)]).await;
}

#[tokio::test]
async fn a_reader_walks_from_the_overview_to_a_diff_and_back() {
    let browser = Browser::start(Hosting::Subpath).await;
    browser.open("").await;
    browser.wait_for(".overview-release").await;
    browser.evaluate("[...document.querySelectorAll('.strong-sentence a')].find(a => a.pathname.endsWith('/9')).click()").await;
    browser.wait_for(".architectures").await;
    assert_eq!(browser.path().await, "9");
    browser.click(".share-legend .verdict-patched").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(browser.path().await, "9/packages?verdict=patched");
    browser
        .click("tr[data-row] a[href$='/9/package/cockpit']")
        .await;
    browser.wait_for(".package-verdict").await;
    browser.click("a[href$='/diff/SPECS/cockpit.spec']").await;
    browser.wait_for(".diff").await;
    assert_eq!(
        browser.path().await,
        "9/package/cockpit/diff/SPECS/cockpit.spec"
    );
    browser.evaluate("history.go(-2)").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(browser.path().await, "9/packages?verdict=patched");
    browser.evaluate("history.forward()").await;
    browser.wait_for(".package-verdict").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn seven_links_lead_to_the_pages_and_stand_in_one_line_where_there_is_room() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9").await;
    browser.wait_for(".navigation a").await;
    assert_eq!(
        browser.texts_of(".navigation a").await,
        [
            "Overview",
            "Packages",
            "Builds",
            "Security",
            "Repositories",
            "Changes",
            "Deviations"
        ]
    );
    let spread = browser
        .evaluate("(middles => Math.max(...middles) - Math.min(...middles))([...document.querySelectorAll('.bar > *, .navigation a')].map(part => part.getBoundingClientRect()).map(box => (box.top + box.bottom) / 2))")
        .await;
    let spread = spread.as_f64().unwrap();
    assert!(spread < 8.0, "the header has more than one line: {spread}");
    browser.set_view(View::TELEPHONE).await;
    browser.assert_fits_the_width().await;
    browser
        .evaluate("[...document.querySelectorAll('.navigation a')].at(-1).click()")
        .await;
    browser.wait_for(".deviations-page").await;
    browser.click(".deviations-progress").await;
    browser.wait_for(".progress-page").await;
    assert_eq!(browser.path().await, "progress");
    browser.open("9/package/cockpit").await;
    browser.wait_for(".package-ledger").await;
    browser.click(".package-ledger").await;
    browser.wait_for(".deviations-page").await;
    assert_eq!(
        browser.path().await,
        "deviations?release=9&q=cockpit&period=all"
    );
    browser.assert_clean().await;
}

#[tokio::test]
async fn another_release_keeps_the_page() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/package/bash").await;
    browser.wait_for(".package-verdict").await;
    browser
        .evaluate("(s => { s.value = '10'; s.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('.bar select'))")
        .await;
    browser.wait_for_text(".package-page td", "el10").await;
    assert_eq!(browser.path().await, "10/package/bash");
}

#[tokio::test]
async fn the_theme_is_switched_and_remembered() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    browser.wait_for(".theme-button").await;
    browser.click(".theme-button").await;
    browser.click(".theme-button").await;
    let theme = "document.documentElement.dataset.theme ?? 'system'";
    assert_eq!(browser.evaluate(theme).await, "dark");
    browser.open("method").await;
    browser.wait_for(".method-page").await;
    assert_eq!(browser.evaluate(theme).await, "dark");
    browser.assert_accessible().await;
    browser.click(".theme-button").await;
    assert_eq!(browser.evaluate(theme).await, "system");
}

#[tokio::test]
async fn pages_hold_in_forced_colours_and_when_the_app_stops() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .set_media_features(&[("forced-colors", "active")])
        .await;
    for (name, path, css) in [
        ("forced-release", "9", "main .architectures"),
        (
            "forced-packages",
            "9/packages?verdict=patched",
            "main tr[data-row]",
        ),
        ("forced-package", "9/package/cockpit", "main .diff-row"),
    ] {
        browser.open(path).await;
        browser.wait_for(css).await;
        browser.assert_fits_the_width().await;
        browser.screenshot(name).await;
    }
    browser
        .evaluate(
            "dispatchEvent(new CustomEvent('almanac:panic', { detail: { message: 'the cause' } }))",
        )
        .await;
    browser.wait_for("#failure [data-failure=panic] h1").await;
    browser.screenshot("stopped").await;
}

#[tokio::test]
async fn the_figures_of_a_release_lead_to_their_evidence() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9").await;
    browser
        .wait_for_text("main .key-figures", "in Testing")
        .await;
    let figures = browser
        .evaluate(
            "[...document.querySelectorAll('main .key-figure')].map(link => [link.pathname + link.search, link.textContent])",
        )
        .await;
    let counted = |row: usize| figures[row][1].as_str().unwrap().to_owned();
    let paths: Vec<_> = (0..4).map(|row| figures[row][0].clone()).collect();
    assert_eq!(
        paths,
        [
            "/9/packages?abi=broken",
            "/9/security",
            "/9/builds?status=failed",
            "/9/repositories/testing"
        ]
    );
    browser.open("9/repositories/testing").await;
    let waits = format!("{} packages wait in Testing", counted(3));
    browser.wait_for_text("main h1", &waits).await;
    browser.assert_clean().await;
}
