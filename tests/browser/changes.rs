//! What changed between two snapshots: both in the address, the net change first, each change under who made it; none, one and very
//! many of them, a report that was lost, and reports that do not come.

use crate::support::{Browser, Fault, Hosting, View};
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

/// Makes of the reports of a release, whatever their packages, tables of so many packages, of which so many diverge from the later
/// one on.
fn tables(packages: usize, changed: usize) -> String {
    format!(
        "const outcome = (verdict, version) => ({{ verdict, version, evidence: 'inferred', presence: 'both', source: 'unknown' }});
        const names = Array.from({{ length: {packages} }}, (_, n) => 'package-' + String(n).padStart(5, '0'));
        const isChanged = (n) => document.snapshot === '20261120T041000Z' && n < {changed};
        const all = (index) => document.architectures.map(() => index);
        document.packages = {{
            outcomes: [outcome('matched', 'same'), {{ ...outcome('diverging', 'behind'), cause: 'update-pending' }}],
            patterns: [all(0), all(1)], repositories: [], origins: [], names,
            distribution: names.map(() => '1-1'), reference: names.map((_, n) => isChanged(n) ? '1-2' : '='),
            pattern: names.map((_, n) => isChanged(n) ? 1 : 0), repository: names.map(() => null), origin: names.map(() => null), reasons: [],
        }};
        document.directories = Array.from({{ length: Math.ceil({packages} / 128) }}, () => document.names);"
    )
}

async fn open_with(change: &str, part: &str, path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.change(part, change).await;
    browser.open(path).await;
    browser.wait_for("main h1").await;
    browser
}

#[tokio::test]
async fn no_change_one_and_very_many_are_drawn() {
    for (packages, changed) in [(3, 0), (3, 1), (3_000, 2_500)] {
        let browser = open_with(
            &tables(packages, changed),
            "/reports/compatibility/",
            "9/changes",
        )
        .await;
        browser.wait_for(".changes-net").await;
        let rows = browser.count_of(".changes-group tbody tr").await;
        assert_eq!(rows, changed);
        if changed == 0 {
            browser
                .wait_for_text("main", "No package changed its verdict")
                .await;
        } else {
            browser
                .wait_for_text(".changes-group h2", "RHEL changed its version")
                .await;
        }
        for (name, view) in [
            ("wide", View::WIDE),
            ("telephone-dark", View::TELEPHONE.dark()),
        ] {
            browser.set_view(view).await;
            browser.assert_fits_the_width().await;
            if changed < 2 {
                browser.assert_accessible().await;
            }
            browser
                .screenshot(&format!("changes-{changed}-{name}"))
                .await;
        }
    }
}

#[tokio::test]
async fn one_report_alone_has_nothing_to_be_compared_with() {
    let browser = open_with(
        "for (const release of document.releases) {
            release.snapshots = release.snapshots.slice(-1);
            release.years = [{ ...release.years.at(-1), snapshots: 1 }];
        }",
        "/reports/index.json",
        "9/changes",
    )
    .await;
    browser
        .wait_for_text("main h1", "There is one report of this release so far")
        .await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn a_day_of_the_address_means_its_newest_report() {
    let browser = open("/9/changes?from=2026-06-20&to=2026-09-20").await;
    browser
        .wait_for_text(".changes-net, .changes-net ~ p", "20\u{a0}Jun\u{a0}2026")
        .await;
    browser
        .wait_for_text(".changes-net, .changes-net ~ p", "20\u{a0}Sep\u{a0}2026")
        .await;
    browser.open("9/changes?from=2026-06-21").await;
    browser
        .wait_for_text("main h1", "One of the two reports is not published")
        .await;
}

#[tokio::test]
async fn a_minor_release_that_is_listed_no_more_means_its_last_report() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .change(
            "/reports/index.json",
            "for (const release of document.releases) {
                release.snapshots = release.snapshots.slice(-2);
                for (const snapshot of release.snapshots) snapshot.distribution_minor = '9.7';
            }",
        )
        .await;
    // The sixth snapshot of the year is the first that the index lists.
    browser
        .change(
            "/reports/years/",
            "document.minors.push({ snapshot: 5, distribution: '9.7', reference: '9.7' });",
        )
        .await;
    browser.open("9/changes?from=9.6&to=9.7").await;
    browser
        .wait_for_text(".changes-net, .changes-net ~ p", "20\u{a0}Sep\u{a0}2026")
        .await;
    browser
        .wait_for_text("main", "The newest 2 reports can be chosen.")
        .await;
    browser.assert_accessible().await;
    browser.open("9/changes?from=9.4").await;
    browser
        .wait_for_text("main h1", "One of the two reports is not published")
        .await;
}

#[tokio::test]
async fn a_report_that_was_lost_is_told_and_not_asked_for() {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .change(
            "/reports/index.json",
            "for (const release of document.releases) release.snapshots = release.snapshots.slice(-2);",
        )
        .await;
    browser
        .change(
            "/reports/months/",
            "for (const snapshot of document.snapshots) { delete snapshot.figures; delete snapshot.since; snapshot.transitions = []; }",
        )
        .await;
    browser.open("9/changes?from=20260520T041000Z").await;
    browser
        .wait_for_text("main h1", "One of the two reports is not published")
        .await;
    assert_eq!(browser.request_count("reports/compatibility/"), 0);
    browser.assert_accessible().await;
}

/// The page where the report of August was lost before the history was made anew.
async fn browser_without_august() -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser
        .change(
            "/reports/index.json",
            "for (const release of document.releases) release.snapshots = release.snapshots.filter((one) => one.id !== '20260820T041000Z');",
        )
        .await;
    // The fourth snapshot of the year; its figure was the one before it, so that those after it stay as they were.
    browser
        .change("/reports/years/", "document.reviewed[3] = null;")
        .await;
    browser
}

#[tokio::test]
async fn a_report_that_was_lost_in_between_is_a_gap() {
    let browser = browser_without_august().await;
    browser
        .open("9/changes?from=20260720T041000Z&to=20260920T041000Z")
        .await;
    browser
        .wait_for_text(
            "main .note",
            "There is a gap in between: the report of 20260820T041000Z was lost.",
        )
        .await;
    for view in [View::WIDE, View::TELEPHONE.dark()] {
        browser.set_view(view).await;
        browser.assert_fits_the_width().await;
        browser.assert_accessible().await;
    }
    browser
        .open("9/changes?from=20260920T041000Z&to=20261020T041000Z")
        .await;
    browser.wait_for(".changes-net").await;
    browser.wait_until_gone("main .shape").await;
    let page = browser.text_of("main").await;
    assert!(!page.contains("gap in between"), "{page}");
}

#[tokio::test]
async fn a_history_that_does_not_come_leaves_the_changes_as_they_are() {
    let browser = browser_without_august().await;
    browser.inject_fault("reports/years/", Fault::ServerError);
    browser
        .open("9/changes?from=20260720T041000Z&to=20260920T041000Z")
        .await;
    browser
        .wait_for_text(".failed", "Could not load the history of this release")
        .await;
    browser.wait_for(".changes-net").await;
    browser.assert_accessible().await;
    browser.mend("reports/years/");
    browser.click(".failed .button").await;
    browser.wait_for_text("main .note", "There is a gap").await;
}

#[tokio::test]
async fn reports_that_do_not_come_are_told_and_asked_for_again() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("reports/compatibility/", Fault::ServerError);
    browser.open("9/changes").await;
    browser
        .wait_for_text(".failed", "Could not load the earlier report")
        .await;
    browser.assert_accessible().await;
    browser.mend("reports/compatibility/");
    // Each of the two is told by itself.
    browser
        .wait_until(
            "(document.querySelector('.failed button')?.click(), !!document.querySelector('.changes-net'))",
            "the changes are drawn",
        )
        .await;
}
