//! The security clock: its first line, its distributions, its table in the address, one advisory, and what fails.

use crate::support::{Browser, Fault, Hosting, View};

async fn open(hosting: Hosting, path: &str) -> Browser {
    let browser = Browser::start(hosting).await;
    browser.open(path).await;
    browser.wait_for("main h1").await;
    browser
}

/// The number of advisories that the table's title says.
async fn shown(browser: &Browser) -> u32 {
    let title = browser.text_of(".security-advisories h2").await;
    let number = title.split(' ').next().unwrap().replace(',', "");
    number.parse().unwrap_or_else(|_| panic!("{title}"))
}

async fn press(browser: &Browser, label: &str) {
    browser
        .evaluate(&format!(
            "[...document.querySelectorAll('.chip')].find(chip => chip.textContent.includes('{label}')).click()"
        ))
        .await;
}

#[tokio::test]
async fn the_navigation_leads_to_the_answer() {
    let browser = open(Hosting::Subpath, "9").await;
    browser
        .evaluate("[...document.querySelectorAll('.navigation a')].find(link => link.textContent === 'Security').click()")
        .await;
    browser
        .wait_for_text("main h1", "security fixes whose days are known came to")
        .await;
    assert_eq!(browser.path().await, "9/security");
    browser.wait_for(".security-groups .lag-bar").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn filters_are_in_the_address_and_taken_back() {
    let browser = open(Hosting::Root, "9/security").await;
    browser.wait_for("tr[data-row]").await;
    let all = shown(&browser).await;
    press(&browser, "important").await;
    browser
        .wait_for("[aria-label='Severity and state'] .chip[aria-pressed=true]")
        .await;
    let important = shown(&browser).await;
    assert!(0 < important && important < all, "{important} of {all}");
    assert_eq!(browser.path().await, "9/security?severity=important");
    browser.evaluate("history.back()").await;
    browser
        .wait_until_gone("[aria-label='Severity and state'] .chip[aria-pressed=true]")
        .await;
    assert_eq!(shown(&browser).await, all);
    browser.open("9/security?state=no-advisory").await;
    browser
        .wait_for_text("tr[data-row]", "RHSA-2026:97055")
        .await;
    assert_eq!(shown(&browser).await, 1);
    browser.open("9/security?series=own&sort=name").await;
    browser
        .wait_for_text("tr[data-row]", "ALSA-2026:A003")
        .await;
    assert_eq!(shown(&browser).await, 2);
    browser.open("9/security?q=bind").await;
    browser
        .wait_for_text("tr[data-row]", "ALSA-2026:96540")
        .await;
    assert_eq!(shown(&browser).await, 1);
    browser.open("9/security?q=no+such").await;
    browser
        .wait_for_text(".security-advisories", "No advisory fits")
        .await;
    browser.assert_accessible().await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn an_advisory_has_its_days_and_a_vulnerability_its_advisories() {
    let browser = open(Hosting::Root, "9/security/ALSA-2026-96540").await;
    browser
        .wait_for_text("main h1", "4\u{a0}days after RHEL’s advisory")
        .await;
    let steps = browser.texts_of(".advisory-timeline tbody th").await;
    assert_eq!(steps.len(), 4, "{steps:?}");
    assert!(steps[0].starts_with("Vulnerability disclosed"), "{steps:?}");
    browser.open("9/security/CVE-2026-990702").await;
    browser
        .wait_for_text("main h1", "is corrected by 2 advisories")
        .await;
    browser.open("9/security/CVE-1999-0001").await;
    browser
        .wait_for_text("main h1", "names CVE-1999-0001")
        .await;
    browser
        .wait_for_text(".advisory-page", "No patch among the source texts")
        .await;
    browser.assert_accessible().await;
    browser.open("9/security/CVE-2026-90052").await;
    browser.wait_for_text(".advisory-naming", "sudo").await;
    browser.assert_accessible().await;
    browser.open("9/security/ALSA-1999-0001").await;
    browser
        .wait_for_text("main h1", "is not in this report")
        .await;
    browser.open("9/package/bind").await;
    browser
        .wait_for_text(".package-advisories", "ALSA-2026:96540")
        .await;
    browser.click(".package-advisories a").await;
    browser.wait_for(".advisory-timeline").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn one_advisory_and_none_at_all() {
    let browser = open(Hosting::Root, "10/security").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(shown(&browser).await, 1);
    browser.open("8/security").await;
    browser
        .wait_for_text("main", "No advisories were read")
        .await;
    browser.assert_accessible().await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn thousands_of_advisories_are_drawn_where_they_are_seen() {
    let browser = open(Hosting::Large, "9/security").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(shown(&browser).await, 5_680);
    assert!(browser.count_of("tr[data-row]").await < 80);
    // The quarter between has none, and is shown.
    browser
        .evaluate("document.querySelector('.security-page details').open = true")
        .await;
    browser.wait_for_text(".security-groups", "0 of 0").await;
    browser
        .evaluate("document.querySelector('tr[data-row]').scrollIntoView()")
        .await;
    browser.evaluate("window.scrollBy(0, 60000)").await;
    browser.wait_until_gone("tr[data-row='0']").await;
    browser.wait_for("tr[data-row]").await;
    for (name, view) in [
        ("security-large", View::WIDE),
        ("security-large-telephone", View::TELEPHONE.dark()),
    ] {
        browser.set_view(view).await;
        browser.assert_accessible().await;
        browser.assert_fits_the_width().await;
        browser.screenshot(name).await;
    }
    browser.assert_clean().await;
}

#[tokio::test]
async fn an_input_that_failed_is_told_with_its_age() {
    let browser = open(Hosting::Large, "10/security").await;
    browser
        .wait_for_text("main .note", "could not be read since")
        .await;
    browser
        .wait_for_text("main h1", "no security advisory")
        .await;
    browser.assert_accessible().await;
    browser.screenshot("security-failed-input").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_clock_that_is_older_than_the_report_says_so_on_every_page() {
    let browser = Browser::start(Hosting::Root).await;
    let made = "2026-11-17T04:10:00Z";
    browser
        .change("/reports/security/", &format!("document.taken = '{made}';"))
        .await;
    browser
        .change(
            "/reports/index.json",
            &format!(
                "for (const {{ snapshots }} of document.releases) if (snapshots.at(-1).security) snapshots.at(-1).security.as_of = '{made}';"
            ),
        )
        .await;
    browser
        .change(
            "/reports/packages/",
            "for (const advisory of document.advisories ?? []) advisory.state = 'open';",
        )
        .await;
    let told = "As of 17\u{a0}Nov\u{a0}2026, 04:10\u{a0}UTC: what came later could not be read.";
    for path in [
        "9/security",
        "9/security/ALSA-2026:96031",
        "9/security/CVE-2026-990915",
        "9/security/CVE-1999-0001",
        "9/package/kernel",
    ] {
        browser.open(path).await;
        browser
            .wait_for_text("main .note[role=note]", "As of")
            .await;
        let page = browser.text_of("main").await;
        let plain = |text: &str| text.replace('\u{a0}', " ");
        assert!(plain(&page).contains(&plain(told)), "{path}: {page}");
    }
    let states = browser
        .texts_of(".package-advisories td[data-label=state]")
        .await;
    let of_day = "as of 17 Nov 2026";
    assert!(
        !states.is_empty()
            && states
                .iter()
                .all(|state| state.replace('\u{a0}', " ").contains(of_day)),
        "{states:?}"
    );
    browser.open("progress").await;
    browser
        .wait_for_text(".key-figures", "what came later could not be read.")
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_page_that_is_kept_as_it_was_has_no_figures_of_newer_reports() {
    let browser = open(Hosting::Root, "9/security").await;
    browser.wait_for(".security-releases").await;
    browser.open("9/security?snapshot=20260820T041000Z").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(browser.count_of(".security-releases").await, 0);
    browser.assert_accessible().await;
}

#[tokio::test]
async fn a_clock_that_does_not_come_says_so_and_is_asked_for_again() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("reports/security/", Fault::ServerError);
    browser.open("9/security").await;
    browser.wait_for_text(".failed", "status 500").await;
    browser.assert_accessible().await;
    browser.mend("reports/security/");
    browser.click(".failed button").await;
    browser.wait_for("tr[data-row]").await;
}

#[tokio::test]
async fn an_advisory_stands_without_its_versions_where_those_do_not_come() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("reports/fixes/", Fault::ServerError);
    browser.open("9/security/ALSA-2026-96540").await;
    browser.wait_for(".advisory-timeline").await;
    browser
        .wait_for_text(".failed h2", "the versions with the fix")
        .await;
    browser.wait_for_text(".advisory-page", "bind").await;
    browser.assert_accessible().await;
    browser.mend("reports/fixes/");
    browser.click(".failed button").await;
    browser.wait_for_text(".advisory-page", ".el9").await;
}
