//! The repositories of a release and the boards of Testing and Synergy: the answer first, the choice in the address, empty and very
//! many rows, repositories that were not read, and documents that do not come.

use crate::support::{Browser, Fault, Hosting, View};
use serde_json::{Value, json};

async fn open(path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(path).await;
    browser.wait_for("main h1").await;
    browser
}

#[tokio::test]
async fn the_overview_answers_for_both_boards_and_lists_every_repository() {
    let browser = open("9/repositories").await;
    browser.wait_for(".repositories").await;
    let text = browser.text_of("main").await;
    assert!(
        text.contains("wait in Testing") && text.contains("due for removal"),
        "{text}"
    );
    let roles = browser
        .evaluate("[...document.querySelectorAll('.repositories td[data-label=is]')].map(cell => cell.textContent)")
        .await;
    for role in ["AlmaLinux", "RHEL", "testing", "synergy", "EPEL"] {
        assert!(
            roles.as_array().unwrap().contains(&Value::from(role)),
            "{role} is not in {roles}"
        );
    }
    browser.click("main a[href$='/repositories/testing']").await;
    browser.wait_for(".testing-board").await;
    assert_eq!(browser.path().await, "9/repositories/testing");
    browser.assert_clean().await;
}

#[tokio::test]
async fn what_waits_says_since_when_and_whether_rhel_has_it() {
    let browser = open("9/repositories/testing").await;
    browser.wait_for(".testing-board").await;
    let rows = browser
        .texts_of(".testing-board tr[data-row]")
        .await
        .join("\n")
        .replace('\u{a0}', " ");
    for part in [
        "sudo",
        "between 20 Oct 2026 and 20 Nov 2026; built 3 Nov 2026",
        "does not have the package",
        "has it: 2.68.4-16.el9_6.2",
        "fixes RHSA-2026:99150: CVE-2026-990915, moderate (RHEL’s advisory names 2.68.4-16.el9_6.2)",
    ] {
        assert!(rows.contains(part), "{part} is not in {rows}");
    }
    assert!(
        !rows.contains("curl"),
        "what is published waits no more: {rows}"
    );
    let all = browser.count_of("tr[data-row]").await;
    browser.type_into(".filter-text", "sudo").await;
    browser.wait_until_gone("tr[data-row='2']").await;
    assert!(all > 1);
    assert_eq!(browser.path().await, "9/repositories/testing?q=sudo");
    browser.open("9/repositories/testing?show=lacks").await;
    browser.wait_for("tr[data-row]").await;
}

#[tokio::test]
async fn what_is_due_says_since_when_and_what_it_replaces() {
    let browser = open("9/repositories/synergy?show=due").await;
    browser.wait_for(".synergy-board").await;
    let rows = browser
        .texts_of(".synergy-board tr[data-row]")
        .await
        .join("\n")
        .replace('\u{a0}', " ");
    assert!(
        rows.contains("warewulf")
            && rows.contains("EPEL has 4.6.2-1.el9")
            && rows.contains("between 20 Sep 2026 and 20 Oct 2026"),
        "{rows}"
    );
    assert!(!rows.contains("wingpanel"), "{rows}");
    browser.open("9/repositories/synergy?show=replaces").await;
    browser
        .wait_for_text(".synergy-board", "curl bears the name of RHEL’s curl")
        .await;
}

#[tokio::test]
async fn what_is_not_read_is_not_known() {
    let browser = open("8/repositories/testing").await;
    browser
        .wait_for_text(
            "main h1",
            "What waits in Testing is not known: no such repository is read for this report.",
        )
        .await;
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("reports/repositories/", Fault::NotFound);
    browser.open("9/repositories/testing").await;
    browser
        .wait_for_text(".failed", "Could not load what the repositories have")
        .await;
    browser.mend("reports/repositories/");
    browser.click(".failed .button").await;
    browser.wait_for(".testing-board").await;
}

#[tokio::test]
async fn synergy_alone_leads_to_the_newest_release_and_keeps_the_choice() {
    let browser = Browser::start(Hosting::Subpath).await;
    browser.open("synergy?q=a").await;
    browser.wait_for(".board-page h1").await;
    assert_eq!(browser.path().await, "10/repositories/synergy?q=a");
    browser
        .evaluate("(s => { s.value = '9'; s.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('.bar select'))")
        .await;
    browser.wait_for(".synergy-board").await;
    assert_eq!(browser.path().await, "9/repositories/synergy");
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_repository_that_could_not_be_read_is_told_beside_what_the_others_have() {
    let mut boards = document(1);
    boards["failures"] = json!(["testing", "synergy"].map(|side| json!({
        "release": "9", "side": side, "name": format!("{side} repository"), "architecture": "s390x",
        "location": "https://a.example/", "state": "absent", "since": "2026-11-19T04:10:00Z",
        "cause": "the host answered with status 503",
    })));
    let browser = open_with(&boards, "9/repositories/testing").await;
    browser
        .wait_for_text(
            ".board-page .note",
            "testing repository for s390x could not be read since 19\u{a0}Nov\u{a0}2026",
        )
        .await;
    assert_eq!(browser.count_of("tr[data-row]").await, 1);
    browser.open("9/repositories/synergy").await;
    browser
        .wait_for_text(".board-page .note", "synergy repository for s390x")
        .await;
    browser.open("9/repositories").await;
    browser
        .wait_for_text(".repository-failure", "the host answered with status 503")
        .await;
    for view in [View::WIDE, View::TELEPHONE.dark()] {
        browser.set_view(view).await;
        browser.assert_accessible().await;
        browser.assert_fits_the_width().await;
    }
}

/// Boards with so many packages in testing.
fn document(packages: usize) -> Value {
    let waiting: Vec<Value> = (0..packages)
        .map(|number| {
            json!({
                "package": format!("package-{number:05}"), "evr": "1-2.el9",
                "since": { "at_the_latest": "2026-11-20T04:10:00Z" },
                "standings": [{
                    "architectures": ["x86_64"], "testing": "1-2.el9", "distribution": "1-1.el9", "reference": "1-1.el9",
                    "standing": "older",
                }],
            })
        })
        .collect();
    json!({ "format": { "major": 1, "minor": 0 }, "testing": waiting, "synergy": [] })
}

/// The page with another document in place of the sample's.
async fn open_with(document: &Value, path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.answer("/reports/repositories/", document).await;
    browser.open(path).await;
    browser.wait_for("main h1").await;
    browser
}

#[tokio::test]
async fn nothing_one_package_and_very_many_are_drawn() {
    let browser = open_with(&document(0), "9/repositories/testing").await;
    browser
        .wait_for_text("main h1", "Nothing waits in Testing.")
        .await;
    browser.open("9/repositories/synergy").await;
    browser
        .wait_for_text("main h1", "Synergy has no package.")
        .await;
    let browser = open_with(&document(1), "9/repositories/testing").await;
    browser
        .wait_for_text("main h1", "1 package waits in Testing")
        .await;
    assert_eq!(browser.count_of("tr[data-row]").await, 1);
    let browser = open_with(&document(3_000), "9/repositories/testing").await;
    browser
        .wait_for_text("main h1", "3,000 packages wait in Testing")
        .await;
    for view in [View::WIDE, View::TELEPHONE] {
        browser.set_view(view).await;
        browser
            .evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
            .await;
        browser.wait_for("tr[data-row='1500']").await;
        browser.assert_fits_the_width().await;
        assert!(browser.count_of("tr[data-row]").await < 120);
    }
}
