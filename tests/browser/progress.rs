//! The sponsors' page: numbers that link to their evidence, charts, and pictures of both; without a report, with one, and with those of
//! ten years, a gap among them.

use crate::support::ten_years::{DAYS, LOST_DAYS, RELEASES, history};
use crate::support::{Browser, Fault, Hosting, View};
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
        .evaluate("[...document.querySelectorAll('.key-figure')].map(link => link.pathname)")
        .await;
    assert_eq!(
        links,
        json!([
            "/9/changes",
            "/deviations",
            "/deviations",
            "/9/security",
            "/9/builds",
            "/9/packages"
        ])
    );
    browser.click(".key-figure").await;
    browser.wait_for(".changes-net").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn the_evidence_has_what_its_number_counts() {
    let browser = open("progress?release=9").await;
    let numbers = browser.texts_of(".key-figure").await;
    let queries = browser
        .evaluate("[...document.querySelectorAll('.key-figure')].map(link => link.search)")
        .await;
    let reviewed = numbers.last().unwrap().split(" / ").next().unwrap();
    assert_eq!(queries[5], "?evidence=reviewed");
    assert_eq!(queries[1], "?release=9&quarter=2026-q4");
    browser.open("9/packages?evidence=reviewed").await;
    browser.wait_for("tr[data-row]").await;
    let chip = "[...document.querySelectorAll('.chip')].find(chip => chip.textContent.startsWith('reviewed'))";
    let shown = browser
        .evaluate(&format!("{chip}.querySelector('.number').textContent"))
        .await;
    assert_eq!(shown, reviewed);
    let pressed = browser.evaluate(&format!("{chip}.ariaPressed")).await;
    assert_eq!(pressed, "true");
    let (resolved, begun) = numbers[1].split_once(" / ").unwrap();
    for (state, number) in [("no", resolved), ("yes", begun)] {
        browser
            .open(&format!(
                "deviations?release=9&open={state}&quarter=2026-q4"
            ))
            .await;
        browser.wait_for(".deviations-page").await;
        let rows = browser.count_of(".deviations tbody tr").await;
        // Of those begun some may have ended already.
        let number: usize = number.parse().unwrap();
        assert!(
            rows == number || state == "yes" && rows < number,
            "{state}: {rows} of {number}"
        );
    }
}

/// Answers with the history of ten years in place of the sample's.
async fn with_ten_years(browser: &Browser) {
    let release = RELEASES[1];
    let (years, _) = history(release, 8);
    let entries = years.iter().enumerate().map(|(number, (year, _))| {
        json!({ "year": year.year, "snapshots": year.taken.len(), "digest": format!("{number:064x}") })
    });
    let newest = years.iter().flat_map(|(_, snapshots)| snapshots);
    let newest: Vec<_> = newest.map(|snapshot| &snapshot.entry).collect();
    let (entries, newest) = (
        json!(entries.collect::<Vec<_>>()),
        json!(newest[newest.len() - 32..]),
    );
    for (number, (year, _)) in years.iter().enumerate() {
        let part = format!("/reports/years/{number:064x}");
        browser.answer(&part, &json!(year)).await;
    }
    browser
        .change(
            "/reports/index.json",
            &format!(
                "const release = document.releases.find(release => release.id === {release:?});
                release.years = {entries}; release.snapshots = {newest};"
            ),
        )
        .await;
}

#[tokio::test]
async fn ten_years_of_daily_reports_are_drawn_with_their_gap() {
    let browser = Browser::start(Hosting::Root).await;
    with_ten_years(&browser).await;
    browser.open("progress?release=9&trend=all").await;
    browser.wait_for(".progress-page .chart-trend svg").await;
    let said = browser
        .attribute_of(".chart-trend svg[role=img]", "aria-label")
        .await
        .unwrap_or_default()
        .replace('\u{a0}', " ");
    let days = DAYS - (LOST_DAYS.end - LOST_DAYS.start);
    let all = format!(
        "of {},{:03} snapshots are drawn",
        days / 1_000,
        days % 1_000
    );
    assert!(said.contains(&all), "{said}");
    assert!(
        said.contains("No snapshot between 21 Jun 2021 and 13 Jul 2021"),
        "{said}"
    );
    assert_eq!(said.matches("No snapshot between").count(), 1, "{said}");
    browser.wait_for(".key-figure").await;
    for (name, view) in [
        ("wide", View::WIDE),
        ("telephone-dark", View::TELEPHONE.dark()),
    ] {
        browser.set_view(view).await;
        browser.assert_accessible().await;
        browser.assert_fits_the_width().await;
        browser
            .screenshot(&format!("progress-ten-years-{name}"))
            .await;
    }
}

#[tokio::test]
async fn no_report_and_one_are_said() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .change("/reports/index.json", "document.releases = [];")
        .await;
    browser.open("progress").await;
    browser
        .wait_for_text("main h1", "There is no report yet")
        .await;
    browser.assert_accessible().await;
    let browser = Browser::start(Hosting::Root).await;
    browser
        .change(
            "/reports/index.json",
            "for (const release of document.releases) {
                release.snapshots = release.snapshots.slice(0, 1);
                release.years = [{ ...release.years[0], snapshots: 1 }];
            }",
        )
        .await;
    browser
        .change(
            "/reports/years/",
            "const first = (shares) => Object.fromEntries(Object.entries(shares).map(([key, column]) => [key, column.slice(0, 1)]));
            document.taken = document.taken.slice(0, 1);
            document.reviewed = document.reviewed.slice(0, 1);
            document.shares = first(document.shares);
            for (const on of document.architectures) on.shares = first(on.shares);
            document.minors = document.minors.slice(0, 1);
            document.months = document.months.slice(0, 1);",
        )
        .await;
    browser.open("progress?release=9").await;
    browser.wait_for(".progress-page").await;
    let said = browser.text_of("main h1").await.replace('\u{a0}', " ");
    assert!(said.ends_with("matches RHEL 9.6"), "{said}");
    browser.assert_accessible().await;
    browser.screenshot("progress-one").await;
}

#[tokio::test]
async fn a_lost_run_breaks_the_line() {
    let browser = Browser::start(Hosting::Root).await;
    // Of the sample's months, one has no report any more.
    browser
        .change(
            "/reports/index.json",
            "for (const release of document.releases) release.snapshots.splice(3, 1);",
        )
        .await;
    browser.open("9").await;
    browser.wait_for(".chart-trend svg").await;
    let said = browser
        .attribute_of(".chart-trend svg[role=img]", "aria-label")
        .await
        .unwrap_or_default()
        .replace('\u{a0}', " ");
    assert!(
        said.contains("No snapshot between 20 Jul 2026 and 20 Sep 2026"),
        "{said}"
    );
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
