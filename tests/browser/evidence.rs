//! A package page shows the whole chain of evidence: changes with their lines, what nothing explains, patches, the binary
//! interface, builds.

use crate::support::{Browser, Hosting, View};

#[tokio::test]
async fn changes_name_their_lines_and_what_none_explains_is_listed() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/package/gnome-shell").await;
    browser
        .wait_for_text(".package-page .note", "that no known change explains")
        .await;
    browser.assert_accessible().await;
    browser.screenshot("package-unexplained").await;
    browser.click(".package-page .note a").await;
    browser.wait_for(".diff .diff-linked").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_release_and_a_package_show_what_is_kept_of_the_binary_interface() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9").await;
    browser
        .wait_for_text(".release-abi", "symbol versions")
        .await;
    browser
        .wait_for_text(".promised", "Of levels 1 and 2 of RHEL’s package manifest")
        .await;
    browser.open("9/package/glibc").await;
    browser
        .wait_for_text(".package-abi", "symbol versions kept")
        .await;
    browser
        .wait_for_text(".names", "Level 1 of RHEL’s package manifest: glibc")
        .await;
    browser
        .wait_for_text(".statements", "every other package depends on it")
        .await;
    browser
        .wait_for_text(".package-builds", "status not known (9)")
        .await;
    for (name, view) in [
        ("package-evidence", View::WIDE),
        ("package-evidence-telephone-dark", View::TELEPHONE.dark()),
    ] {
        browser.set_view(view).await;
        browser.assert_accessible().await;
        browser.assert_fits_the_width().await;
        browser.screenshot(name).await;
    }
    browser.assert_clean().await;
}

#[tokio::test]
async fn the_rules_by_which_changes_are_classed_stand_on_the_method_page() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("method").await;
    browser.wait_for(".change-rules summary").await;
    browser.click(".change-rules summary").await;
    browser.wait_for_text(".change-rules td", "changelog").await;
    browser.assert_accessible().await;
}
