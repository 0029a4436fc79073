//! The page of one patch: where it comes from, what it says of itself, and the patch.

use crate::support::{Browser, Hosting};

#[tokio::test]
async fn a_patch_says_where_it_comes_from_and_is_shown_whole() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/package/kernel").await;
    browser.wait_for(".patches li a").await;
    browser.click(".patches li a").await;
    browser.wait_for_text("main .lead", "Origin missing").await;
    assert_eq!(browser.path().await, "9/package/kernel/patch/1");
    let fields = browser.text_of(".patch-fields").await;
    for said in ["Mika Saarinen", "Thu, 12 Feb 2026", "hardware"] {
        assert!(fields.contains(said), "{fields}");
    }
    browser.wait_for(".diff-single .syntax-added").await;
    assert_eq!(browser.count_of(".diff-fold").await, 0);
    assert_eq!(browser.count_of(".diff-notes").await, 0);
    browser.open("9/package/sudo/patch/1").await;
    browser
        .wait_for_text("main .lead", "says where it comes from: backport")
        .await;
    browser
        .wait_for(".patch-fields a[href='https://bugzilla.sudo.ws/show_bug.cgi?id=990052']")
        .await;
    browser.assert_accessible().await;
    browser.assert_clean().await;
}
