//! The table of packages: filters, sorting, keyboard, CSV, search; all of it in the address.

use crate::support::{Browser, Hosting};

async fn open(path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(path).await;
    browser.wait_for("tr[data-row]").await;
    browser
}

/// What the table's title says: the number of packages shown.
async fn shown(browser: &Browser) -> u32 {
    let title = browser.text_of("main h1").await;
    title
        .split(' ')
        .next()
        .and_then(|count| count.replace(',', "").parse().ok())
        .unwrap_or_else(|| panic!("{title}"))
}

/// The number on the filter's button that starts with this label.
async fn offered(browser: &Browser, label: &str) -> u32 {
    let expression = format!(
        "[...document.querySelectorAll('.chip')].find(chip => chip.textContent.includes('{label}')).querySelector('.number').textContent"
    );
    browser
        .evaluate(&expression)
        .await
        .as_str()
        .unwrap()
        .replace(',', "")
        .parse()
        .unwrap()
}

async fn press_chip(browser: &Browser, label: &str) {
    browser.evaluate(&format!("[...document.querySelectorAll('.chip')].find(chip => chip.textContent.includes('{label}')).click()")).await;
}

/// Chooses in the list of this label the option that starts with a text; what it offers.
async fn choose(browser: &Browser, label: &str, option: &str) -> u32 {
    let expression = format!(
        "(() => {{ const list = document.querySelector('select[aria-label=\"{label}\"]');
            const option = [...list.options].find(option => option.textContent.startsWith('{option}'));
            list.value = option.value; list.dispatchEvent(new Event('change', {{ bubbles: true }}));
            return option.textContent; }})()"
    );
    let chosen = browser.evaluate(&expression).await;
    let text = chosen.as_str().unwrap();
    let (_, count) = text.rsplit_once('(').unwrap();
    count
        .trim_end_matches(')')
        .replace(',', "")
        .parse()
        .unwrap()
}

#[tokio::test]
async fn binary_interface_level_class_and_origin_of_patches_are_filters() {
    for (label, option, query) in [
        ("Binary interface", "kept", "abi=kept"),
        ("Binary interface", "extended", "abi=extended"),
        ("Binary interface", "broken", "abi=broken"),
        ("Binary interface", "not compared", "abi=not-compared"),
        ("Level of promise", "level 1", "level=1"),
        ("Level of promise", "no level", "level=none"),
        ("Class of change", "branding", "change=branding"),
        ("Class of change", "hardware kept", "change=hardware-kept"),
    ] {
        let browser = open("9/packages").await;
        let expected = choose(&browser, label, option).await;
        assert!(expected > 0, "{label}: {option}");
        browser
            .wait_for_text("main h1", &format!("{expected} package"))
            .await;
        assert_eq!(
            browser.path().await,
            format!("9/packages?{query}"),
            "{label}"
        );
        browser.open(&format!("9/packages?{query}")).await;
        browser.wait_for("tr[data-row]").await;
        assert_eq!(shown(&browser).await, expected, "{query}");
    }
    let browser = open("9/packages").await;
    let expected = offered(&browser, "patch without origin").await;
    assert!(expected > 0);
    press_chip(&browser, "patch without origin").await;
    browser
        .wait_for_text("main h1", &format!("{expected} package"))
        .await;
    assert_eq!(browser.path().await, "9/packages?origin=missing");
}

#[tokio::test]
async fn each_filter_shows_as_many_as_it_offers() {
    for (label, query) in [
        ("matched", "verdict=matched"),
        ("patched", "verdict=patched"),
        ("diverging", "verdict=diverging"),
        ("not compared", "verdict=not-compared"),
        ("missing", "presence=missing"),
        ("extra", "presence=extra"),
        ("update pending", "cause=update-pending"),
        ("unexplained", "cause=unexplained"),
    ] {
        let browser = open("9/packages").await;
        let expected = offered(&browser, label).await;
        press_chip(&browser, label).await;
        browser
            .wait_for_text("main h1", &format!("{expected} package"))
            .await;
        assert_eq!(
            browser.path().await,
            format!("9/packages?{query}"),
            "{label}"
        );
        assert!(expected > 0, "the sample has nothing {label}");
        browser.assert_clean().await;
    }
}

#[tokio::test]
async fn choices_are_read_from_the_address_and_back_takes_them_back() {
    let browser = open("9/packages?verdict=patched,diverging&arch=s390x&q=k").await;
    let both = shown(&browser).await;
    assert_eq!(
        browser
            .evaluate("document.querySelector('.filter-text').value")
            .await,
        "k"
    );
    press_chip(&browser, "patched").await;
    browser.wait_for_text("main h1", "package").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(
        browser.path().await,
        "9/packages?verdict=diverging&arch=s390x&q=k"
    );
    let one = shown(&browser).await;
    assert!(one < both, "{one} of {both}");
    browser.evaluate("history.back()").await;
    browser
        .wait_for_text("main h1", &format!("{both} package"))
        .await;
}

#[tokio::test]
async fn selects_offer_counts_and_narrow_the_table() {
    for (label, parameter) in [
        ("Architecture", "arch="),
        ("Source", "source="),
        ("Repository", "repository="),
    ] {
        let browser = open("9/packages").await;
        let expression = format!(
            "(s => {{ const o = s.options[1]; s.value = o.value; s.dispatchEvent(new Event('change', {{ bubbles: true }})); return o.textContent; }})(document.querySelector('select[aria-label=\"{label}\"]'))"
        );
        let option = browser.evaluate(&expression).await;
        let count = option
            .as_str()
            .unwrap()
            .rsplit('(')
            .next()
            .unwrap()
            .trim_end_matches(')')
            .to_owned();
        browser
            .wait_for_text("main h1", &format!("{count} package"))
            .await;
        assert!(browser.path().await.contains(parameter), "{label}");
    }
}

#[tokio::test]
async fn columns_sort_both_ways() {
    let browser = open("9/packages?sort=-name").await;
    let first = browser.text_of("tr[data-row='0'] .cell-name").await;
    browser.click("th.cell-name button").await;
    browser.wait_for("th[aria-sort=ascending].cell-name").await;
    let now = browser.text_of("tr[data-row='0'] .cell-name").await;
    assert!(now < first, "{now} {first}");
    browser.click("th.cell-verdict button").await;
    browser
        .wait_for("th[aria-sort=ascending].cell-verdict")
        .await;
    assert_eq!(browser.path().await, "9/packages?sort=verdict");
}

#[tokio::test]
async fn only_rows_near_the_window_are_drawn_and_keys_reach_the_others() {
    let browser = open("9/packages").await;
    let total = shown(&browser).await as usize;
    let drawn = browser.count_of("tr[data-row]").await;
    assert!(drawn < total / 2, "{drawn} of {total} rows are drawn");
    browser
        .evaluate("document.querySelector(\"tr[data-row='0'] a\").focus()")
        .await;
    browser.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))").await;
    browser
        .wait_for(&format!("tr[data-row='{}'] a:focus", total - 1))
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn the_table_is_saved_as_csv() {
    let browser = open("9/packages?verdict=diverging").await;
    let expected = shown(&browser).await as usize;
    browser
        .evaluate("(() => { const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.saved = blob; return make.call(URL, blob); }; [...document.querySelectorAll('.packages-actions .button')].find(b => b.textContent === 'CSV').click(); })()")
        .await;
    let text = browser.evaluate("window.saved.text()").await;
    let lines: Vec<&str> = text.as_str().unwrap().lines().collect();
    assert_eq!(lines.len(), expected + 1);
    assert!(
        lines[0].starts_with(
            "package,reference,distribution,verdict,presence,cause,not compared because"
        )
    );
}

#[tokio::test]
async fn a_slash_searches_source_and_binary_packages() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("method").await;
    browser.wait_for(".method-page").await;
    browser.type_into("body", "/").await;
    browser.wait_for(".search input:focus").await;
    browser.type_into(".search input", "cockpit-ws").await;
    browser
        .wait_for_text(".search-results a", "in cockpit")
        .await;
    browser.assert_accessible().await;
    browser.type_into(".search input", "\u{e007}").await;
    browser.wait_for(".package-page").await;
    assert!(browser.path().await.ends_with("/package/cockpit"));
    browser.assert_clean().await;
}

#[tokio::test]
async fn the_arrows_go_through_what_the_search_found() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    browser.wait_for(".overview-release").await;
    browser.type_into("body", "/").await;
    browser.type_into(".search input", "open").await;
    browser.wait_for(".search-results a").await;
    let focused = "document.activeElement.textContent";
    let first = browser.text_of(".search-results li:first-child a").await;
    let (down, up, escape) = ("\u{e015}", "\u{e013}", "\u{e00c}");
    browser.type_into(".search input", down).await;
    assert_eq!(browser.evaluate(focused).await, first.as_str());
    browser.type_into(".search-results a:focus", down).await;
    assert_ne!(browser.evaluate(focused).await, first.as_str());
    browser.type_into(".search-results a:focus", up).await;
    browser.type_into(".search-results a:focus", up).await;
    browser.wait_for(".search input:focus").await;
    browser.type_into(".search input", escape).await;
    browser.wait_until_gone(".search-results").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn what_does_not_exist_offers_the_nearest() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/package/opensll").await;
    browser.wait_for_text("main", "openssl").await;
    browser.click("main ul a").await;
    browser.wait_for(".package-page").await;
    assert_eq!(browser.path().await, "9/package/openssl");
    browser
        .open("9/package/cockpit/diff/SPECS/cokpit.spec")
        .await;
    browser.wait_for_text("main ul", "SPECS/cockpit.spec").await;
}
