//! Whatever fails says what it is, leaves the rest of the page, and can be tried again.

use crate::support::{Browser, Fault, Hosting};

async fn check(path: &str, broken: &str, fault: Fault, words: &str) {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault(broken, fault);
    browser.open(path).await;
    browser.wait_for_text(".failed", words).await;
    // The frame of the page stands.
    browser.wait_for(".bar .brand").await;
    browser.wait_for(".navigation a").await;
    browser.assert_accessible().await;
    browser.mend(broken);
    browser.click(".failed button").await;
    browser.wait_until_gone(".failed").await;
}

#[tokio::test]
async fn a_report_that_is_not_there() {
    check("9", "reports/compatibility/", Fault::NotFound, "status 404").await;
}

#[tokio::test]
async fn a_host_that_is_broken() {
    check(
        "9",
        "reports/compatibility/",
        Fault::ServerError,
        "status 500",
    )
    .await;
}

#[tokio::test]
async fn a_page_where_data_was_asked_for() {
    check(
        "",
        "reports/index.json",
        Fault::PageInsteadOfData,
        "HTML instead of JSON",
    )
    .await;
}

#[tokio::test]
async fn data_that_ends_in_the_middle() {
    check(
        "9/package/bash",
        "reports/packages/",
        Fault::Truncated,
        "ends in the middle",
    )
    .await;
}

#[tokio::test]
async fn a_connection_that_breaks() {
    check(
        "9/package/bash",
        "reports/directories/",
        Fault::ConnectionDropped,
        "connection failed",
    )
    .await;
}

#[tokio::test]
async fn a_host_that_never_answers() {
    check(
        "9/package/cockpit/diff/SPECS/cockpit.spec",
        "reports/texts/",
        Fault::NeverAnswers,
        "did not answer within",
    )
    .await;
}

#[tokio::test]
async fn a_reader_without_a_network() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    browser.wait_for(".overview-release").await;
    browser.set_offline(true).await;
    browser.click(".strong-sentence a").await;
    browser.wait_for_text(".failed", "You are offline").await;
    // The first file that does not come is told; by now the others of that part have failed, too.
    browser
        .evaluate("new Promise(done => setTimeout(done, 1000))")
        .await;
    browser.set_offline(false).await;
    browser.click(".failed button").await;
    browser.wait_for(".architectures").await;
}

#[tokio::test]
async fn days_of_builds_that_do_not_come_leave_the_table() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("reports/build-days/", Fault::NotFound);
    browser.open("9/packages").await;
    browser.wait_for("tr[data-row]").await;
    browser
        .wait_for_text(".failed", "Could not load the days of the builds")
        .await;
    assert_eq!(browser.text_of("tr[data-row='0'] .cell-built").await, "");
    browser.mend("reports/build-days/");
    browser.click(".failed button").await;
    browser.wait_until_gone(".failed").await;
    browser
        .wait_for_text("tr[data-row='0'] .cell-built", "20")
        .await;
}

#[tokio::test]
async fn a_part_of_the_program_that_does_not_come() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    let program = browser.attribute_of("script[data-js]", "data-js").await;
    let program = program.expect("the page names its program");
    for (part, path, there) in [
        ("pages", "9", ".architectures"),
        (
            "diff",
            "9/package/cockpit/diff/SPECS/cockpit.spec",
            ".diff-row",
        ),
    ] {
        let file = program
            .trim_start_matches('/')
            .replace(".js", &format!("-{part}.wasm"));
        browser.inject_fault(&file, Fault::NotFound);
        browser.open(path).await;
        browser
            .wait_for_text(".failed", "The part of Almanac that draws it did not come")
            .await;
        browser.wait_for(".navigation a").await;
        browser.assert_accessible().await;
        browser.mend(&file);
        browser.click(".failed button").await;
        browser.wait_for(there).await;
        browser.wait_until_gone(".failed").await;
    }
}
