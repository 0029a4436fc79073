//! A link that keeps one report, the way back to the newest, and reports of a newer format.

use crate::support::{Browser, Fault, Hosting, View};

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
    // Pages across releases say whose they are.
    for path in ["deviations", "progress?release=9"] {
        browser.open(path).await;
        browser
            .wait_for_text(
                "header .notice",
                "AlmaLinux 9.6: This report compares 9.6 with 9.7",
            )
            .await;
    }
    browser.open("").await;
    browser
        .wait_for_text(".overview-release .note", "compares 9.6 with 9.7")
        .await;
    browser.assert_accessible().await;
}

/// As if of seven snapshots the index listed the newest two alone.
const TWO_LISTED: &str =
    "for (const release of index.releases) release.snapshots = release.snapshots.slice(-2);";

#[tokio::test]
async fn a_report_that_the_index_no_longer_lists_is_found_in_the_history() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .before_each_page(&with_index_changed(TWO_LISTED))
        .await;
    browser.open(&format!("9?snapshot={OLD}")).await;
    browser
        .wait_for_text(".banner", "keeps the report of 20")
        .await;
    browser.wait_for(".architectures").await;
    browser
        .open(&format!("9/changes?from={OLD}&to=20260720T041000Z"))
        .await;
    browser.wait_for_text(".changes-net", "20").await;
    // The one before the oldest that is listed is in the history, too.
    browser.open("9/changes?to=20261020T041000Z").await;
    browser
        .wait_for_text(".changes-net", "20\u{a0}Sep\u{a0}2026")
        .await;
    for (page, answer) in [
        ("9/security", "How long security fixes take"),
        ("9/security/ALSA-2026-96540", "is not in this report"),
    ] {
        browser.open(&format!("{page}?snapshot={OLD}")).await;
        browser.wait_for_text("main h1", answer).await;
    }
    browser.open("9?snapshot=20260521T041000Z").await;
    browser
        .wait_for_text("main h1", "Release 9 has no report named 20260521T041000Z")
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn differences_of_reports_that_the_index_no_longer_lists_are_shown() {
    const OLDER: &str = "20260620T041000Z";
    let browser = Browser::start(Hosting::Root).await;
    browser
        .before_each_page(&with_index_changed(TWO_LISTED))
        .await;
    browser
        .open(&format!("9/package/nginx?snapshot={OLD}"))
        .await;
    browser.wait_for(".package-diff .diff-row").await;
    let path = "9/package/nginx/diff/SPECS/nginx.spec";
    browser.open(&format!("{path}?snapshot={OLD}")).await;
    browser.wait_for(".diff-row").await;
    let chosen = |list: &str| {
        format!(
            "document.querySelector('.diff-choice select[aria-label={list}]').selectedOptions[0].text"
        )
    };
    let from = browser.evaluate(&chosen("From")).await;
    assert!(from.as_str().unwrap().starts_with("text for "), "{from}");
    // One that the address names beside the newest is looked for, too, and stays among the choices.
    browser
        .open(&format!("{path}?from=distribution:9:{OLDER}"))
        .await;
    browser.wait_for(".diff-choice select").await;
    browser
        .wait_for_text(
            ".diff-notes",
            "is told only between the two sides of one report",
        )
        .await;
    let from = browser.evaluate(&chosen("From")).await;
    assert!(
        from.as_str().unwrap().contains("20\u{a0}Jun\u{a0}2026"),
        "{from}"
    );
    browser
        .evaluate("(list => { list.focus(); list.value = 'reference'; list.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('.diff-choice select[aria-label=From]'))")
        .await;
    browser
        .wait_until("!location.search.includes('from')", "the address says so")
        .await;
    browser.wait_for(".diff-heading").await;
    let focus = "document.activeElement.ariaLabel + ' ' + document.activeElement.value";
    assert_eq!(browser.evaluate(focus).await, "From reference");
    // A day without a report.
    browser
        .open(&format!("{path}?from=distribution:9:20260621T041000Z"))
        .await;
    browser
        .wait_for_text(
            "main .note",
            "The report 20260621T041000Z of release 9 is not published.",
        )
        .await;
    browser.assert_accessible().await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_history_that_does_not_come_is_told() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .before_each_page(&with_index_changed(TWO_LISTED))
        .await;
    browser.inject_fault("reports/months/", Fault::NotFound);
    browser.open(&format!("9?snapshot={OLD}")).await;
    browser.wait_for_text(".failed", "status 404").await;
    browser.assert_accessible().await;
    browser.mend("reports/months/");
    browser.click(".failed button").await;
    browser.wait_for(".architectures").await;
}

#[tokio::test]
async fn a_longer_chart_loads_little_beyond_the_shorter_one() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9").await;
    browser.wait_for(".chart-trend svg").await;
    let loaded = "performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.encodedBodySize, 0)";
    let first = browser.evaluate(loaded).await.as_u64().unwrap();
    browser.open("9?trend=all").await;
    browser.wait_for(".chart-trend svg").await;
    // The page is loaded anew, so that what the shorter one has is in both.
    let all = browser.evaluate(loaded).await.as_u64().unwrap();
    assert!(all.saturating_sub(first) <= 150_000, "{all} beyond {first}");
}

#[tokio::test]
async fn the_chart_goes_back_as_far_as_the_address_says() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .before_each_page(&with_index_changed(TWO_LISTED))
        .await;
    browser.open("9").await;
    browser.wait_for(".chart-trend svg").await;
    let rows = ".chart-trend tbody tr";
    assert_eq!(browser.count_of(rows).await, 2);
    browser.click(".chart-ranges a[href*='trend=all']").await;
    browser
        .wait_until(
            "document.querySelectorAll('.chart-trend tbody tr').length === 7",
            "all snapshots are in the chart",
        )
        .await;
    assert_eq!(browser.path().await, "9?trend=all");
    browser.inject_fault("reports/years/", Fault::NotFound);
    browser.open("9?trend=year").await;
    browser
        .wait_for_text(".failed", "Could not load the history of this release")
        .await;
    browser.assert_accessible().await;
}
