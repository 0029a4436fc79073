//! The builds of a release: what fails and since when, the choice in the address, empty, one, a few and very many rows, and a
//! document that does not come.

use crate::support::{Browser, Fault, Hosting, View};
use serde_json::{Value, json};

async fn open(path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(path).await;
    browser.wait_for("main h1").await;
    browser.wait_for_text("main h1", ".").await;
    browser
}

async fn press_chip(browser: &Browser, label: &str) {
    browser
        .evaluate(&format!(
            "[...document.querySelectorAll('.chip')].find(chip => chip.textContent.includes('{label}')).click()"
        ))
        .await;
}

#[tokio::test]
async fn the_first_line_answers_and_each_failure_has_its_build_its_day_and_its_log() {
    let browser = open("9/builds").await;
    browser
        .wait_for_text(
            "main h1",
            "packages fail to build on at least one architecture; 2 are being built.",
        )
        .await;
    let kernel = browser
        .evaluate(
            "(() => { const row = [...document.querySelectorAll('.builds-open tr[data-row]')]
                .find(row => row.textContent.startsWith('kernel'));
                return { text: row.innerText, links: [...row.querySelectorAll('a')].map(link => link.getAttribute('href')) }; })()",
        )
        .await;
    let text = kernel["text"].as_str().unwrap().replace('\u{a0}', " ");
    for part in [
        "s390x",
        "4201, 12 Nov 2026",
        "failed 4207, 18 Nov 2026",
        "4181, 22 Oct 2026",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let links: Vec<&str> = kernel["links"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(links[0], "/9/package/kernel");
    assert!(
        links.contains(&"https://build.example.org/build/4207")
            && links
                .iter()
                .any(|link| link
                    .starts_with("https://build.example.org/logs/build-4207/mock_build.")),
        "{links:?}"
    );
    // No success of it is among the builds that were read.
    let qemu = browser.text_of(".builds-page").await;
    assert!(
        qemu.contains("at least 4195") && qemu.contains("none that was read"),
        "{qemu}"
    );
    browser.assert_clean().await;
}

#[tokio::test]
async fn choices_stand_in_the_address_and_show_as_many_as_they_offer() {
    let browser = open("9/builds").await;
    browser.wait_for(".builds-done").await;
    for (label, key) in [
        ("failing", "failed"),
        ("running", "running"),
        ("neither", "other"),
        ("built", "done"),
    ] {
        let offered = browser
            .evaluate(&format!(
                "[...document.querySelectorAll('.chip')].find(chip => chip.textContent.includes('{label}')).querySelector('.number').textContent"
            ))
            .await;
        press_chip(&browser, label).await;
        browser
            .wait_until_gone(".builds-page section ~ section ~ section")
            .await;
        assert_eq!(browser.path().await, format!("9/builds?status={key}"));
        let shown = browser
            .evaluate(
                "new Set([...document.querySelectorAll('tr[data-row] .cell-package')].map(cell => cell.textContent)).size",
            )
            .await;
        assert_eq!(offered.as_str().unwrap(), shown.to_string(), "{label}");
    }
    browser.open("9/builds?arch=s390x&q=kernel").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(browser.count_of("tr[data-row]").await, 1);
    browser.open("9/builds?q=acl").await;
    browser
        .wait_for_text(
            "[role=status]",
            "acl is a package of this release, and no build of it is among those that were read.",
        )
        .await;
}

#[tokio::test]
async fn a_package_page_shows_the_last_try_beside_the_last_success() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/package/kernel").await;
    browser.wait_for(".package-builds").await;
    let builds = browser
        .text_of(".package-builds")
        .await
        .replace('\u{a0}', " ");
    for part in [
        "Last try",
        "Last success",
        "failed 4207, 18 Nov 2026",
        "4181, 22 Oct 2026",
        "4201, 12 Nov 2026",
    ] {
        assert!(builds.contains(part), "{part} is not in {builds}");
    }
    for view in [View::WIDE, View::TELEPHONE] {
        browser.set_view(view).await;
        browser.assert_accessible().await;
        browser.assert_fits_the_width().await;
    }
}

/// A document of builds with so many packages, each failing on one of its architectures where `fails`.
fn document(packages: usize, fails: bool) -> Value {
    let point = |id: usize| json!({ "id": id, "at": "2026-11-03T10:00:00Z" });
    let packages: Vec<Value> = (0..packages)
        .map(|number| {
            let name = format!("package-{number:05}");
            let others = if fails {
                json!([{ "architecture": "s390x", "status": "failed", "failing_since": point(number + 7) }])
            } else {
                json!([])
            };
            json!({
                "package": name, "line": "9", "last": point(number + 9), "git_ref": format!("imports/c9/{name}-1-1.el9"),
                "released": true, "tests": { "passed": 1, "failed": 0, "other": 0 }, "built": 0, "others": others,
            })
        })
        .collect();
    json!({
        "format": { "major": 1, "minor": 0 }, "sources": [{ "builds": packages.len() }], "sets": [["x86_64"]],
        "packages": packages,
    })
}

/// The page with another document of builds in place of the sample's.
async fn open_with(builds: &Value, path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.answer("/reports/builds/", builds).await;
    browser.open(path).await;
    browser.wait_for("main h1").await;
    browser
}

#[tokio::test]
async fn no_build_one_build_and_very_many_are_drawn() {
    let browser = open_with(&document(0, false), "9/builds").await;
    browser
        .wait_for_text("main h1", "No build of this release was read.")
        .await;
    let browser = open_with(&document(1, false), "9/builds").await;
    browser
        .wait_for_text("main h1", "No package fails to build; none is being built.")
        .await;
    assert_eq!(browser.count_of("tr[data-row]").await, 1);
    let browser = open_with(&document(3_000, true), "9/builds").await;
    browser
        .wait_for_text("main h1", "3,000 packages fail to build")
        .await;
    for view in [View::WIDE, View::TELEPHONE] {
        browser.set_view(view).await;
        browser.evaluate("scrollTo(0, 0)").await;
        browser.wait_for_text("tr[data-row]", "package-00000").await;
        browser.assert_fits_the_width().await;
        browser
            .evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
            .await;
        browser.wait_for("tr[data-row='1500']").await;
        let drawn = browser.count_of("tr[data-row]").await;
        assert!((10..120).contains(&drawn), "{drawn} rows are drawn");
    }
    browser.type_into(".filter-text", "package-02999").await;
    browser.wait_for("tr[data-row='0']").await;
    browser.wait_until_gone("tr[data-row='1']").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn what_failed_before_a_status_that_is_not_known_is_neither_failing_nor_forgotten() {
    let mut builds = document(1, false);
    builds["packages"][0]["others"] = json!([{
        "architecture": "s390x", "status": "unknown", "status_number": 42,
        "succeeded": { "id": 3, "at": "2026-11-01T10:00:00Z" },
        "unknown_since": { "id": 7, "at": "2026-11-02T10:00:00Z" },
    }]);
    let browser = open_with(&builds, "9/builds").await;
    browser
        .wait_for_text(
            "main h1",
            "No package fails to build; of 1 that failed it is not known whether it still does; none is being built.",
        )
        .await;
    browser
        .wait_for_text(
            ".builds-open .cell-since",
            "unknown since 7, 2\u{a0}Nov\u{a0}2026",
        )
        .await;
    for view in [View::WIDE, View::TELEPHONE] {
        browser.set_view(view).await;
        browser.assert_fits_the_width().await;
        browser.assert_accessible().await;
    }
}

#[tokio::test]
async fn nothing_of_a_build_is_cut_and_what_was_not_read_is_told() {
    let mut builds = document(3, false);
    let point = |id: u64| json!({ "id": id, "at": "2026-11-14T10:00:00Z" });
    let architectures = [
        "aarch64",
        "i686",
        "ppc64le",
        "riscv64",
        "s390x",
        "x86_64",
        "x86_64_v2",
    ];
    builds["sources"] = json!([{
        "builds": 10, "oldest": point(14_900), "newest": point(14_999), "unread_ranges": [{ "after": 14_103, "before": 14_900 }],
    }]);
    builds["sets"] = json!([architectures, []]);
    let record = &mut builds["packages"];
    record[0]["last"] = point(14_999);
    record[0]["released"] = json!(false);
    record[0]["signing"] = json!("started");
    record[0]["tests"] =
        json!({ "passed": 5, "failed": 0, "other": 3, "underway": 2, "cancelled": 1 });
    record[1]["last"] = point(14_103);
    record[2]["built"] = json!(1);
    record[2]["last"] = point(14_999);
    record[2]["others"] = json!([
        { "architecture": "s390x", "status": "failed", "succeeded": point(14_103), "failing_since": point(14_950), "may_fail_longer": true },
        { "architecture": "x86_64", "status": "unknown", "status_number": 9 },
    ]);
    let browser = open_with(&builds, "9/builds").await;
    browser
        .wait_for_text(".builds-page", "leave out numbers between 14103 and 14900")
        .await;
    browser.wait_for(".builds-done").await;
    let of = |text: String| text.replace('\u{a0}', " ");
    let success = of(browser.text_of(".builds-open td.cell-success").await);
    assert!(success.contains("14103, 14 Nov 2026 or later"), "{success}");
    let tries = browser.texts_of(".builds-done td.cell-try").await;
    let tries: Vec<bool> = tries.iter().map(|text| text.contains("or later")).collect();
    assert_eq!(tries, [false, true]);
    for view in [View::WIDE, View::TELEPHONE] {
        browser.set_view(view).await;
        browser.assert_fits_the_width().await;
        let cut = browser
            .evaluate(
                "[...document.querySelectorAll('.long-table tbody td, .two-lines')]
                    .filter(cell => cell.scrollWidth > cell.clientWidth + 1
                        || cell.matches('.two-lines') && cell.scrollHeight > cell.clientHeight + 1)
                    .map(cell => cell.textContent)",
            )
            .await;
        assert_eq!(cut, json!([]));
    }
    browser.assert_clean().await;
}

#[tokio::test]
async fn builds_that_do_not_come_are_said_and_asked_for_again() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("reports/builds/", Fault::ServerError);
    browser.open("9/builds").await;
    browser
        .wait_for_text(".failed", "Could not load the builds of this release")
        .await;
    browser.mend("reports/builds/");
    browser.click(".failed .button").await;
    browser.wait_for(".builds-open").await;
}
