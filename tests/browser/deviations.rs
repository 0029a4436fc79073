//! The ledger: what deviates and what came back, with filters in the address; none, one and very many of them.

use crate::support::{Browser, Fault, Hosting, View};

/// A script by which the page meets other ledgers than the published ones, under their names.
fn with_ledgers_changed(change: &str) -> String {
    format!(
        "const plain = Response.prototype.arrayBuffer;
        const digest = SubtleCrypto.prototype.digest;
        const named = new Map();
        Response.prototype.arrayBuffer = async function () {{
            const bytes = await plain.call(this);
            const found = this.url.match(/\\/ledgers\\/([0-9a-f]{{64}})\\.json$/);
            if (!found) return bytes;
            const ledger = JSON.parse(new TextDecoder().decode(bytes));
            {change}
            const changed = new TextEncoder().encode(JSON.stringify(ledger));
            named.set(changed.length, found[1]);
            return changed.buffer;
        }};
        SubtleCrypto.prototype.digest = async function (kind, bytes) {{
            const name = named.get(bytes.byteLength);
            return name ? Uint8Array.from(name.match(/../g), (byte) => parseInt(byte, 16)).buffer : digest.call(this, kind, bytes);
        }};"
    )
}

async fn open(path: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(path).await;
    browser.wait_for(".deviations-page").await;
    browser
}

#[tokio::test]
async fn the_first_line_says_how_many_deviate_and_how_many_came_back() {
    let browser = open("deviations?release=9").await;
    browser
        .wait_for_text("main h1", "packages of release 9 deviate; ")
        .await;
    browser
        .wait_for_text("main h1", "re-synced in the 90 days up to")
        .await;
    let open = browser
        .evaluate("[...document.querySelectorAll('.deviations tbody tr')].filter(row => row.textContent.includes('diverging')).length")
        .await;
    let said = browser.text_of("main h1").await;
    let number = said.split(' ').next().unwrap().to_owned();
    assert_eq!(open.to_string(), number, "{said}");
    browser.assert_accessible().await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn the_first_line_is_the_same_whatever_is_chosen_of_the_ledger() {
    let browser = open("deviations?release=9").await;
    let said = browser.text_of("main h1").await;
    for choice in ["quarter=2026-q4", "open=no&q=a", "period=all"] {
        browser
            .open(&format!("deviations?release=9&{choice}"))
            .await;
        browser.wait_for(".deviations-page").await;
        assert_eq!(browser.text_of("main h1").await, said, "{choice}");
    }
}

#[tokio::test]
async fn a_choice_stands_in_the_address_and_is_read_from_it() {
    let browser = open("deviations").await;
    browser.click(".chip:nth-of-type(3)").await;
    browser
        .wait_until(
            "location.search === '?open=no'",
            "the choice is in the address",
        )
        .await;
    let shown = browser.texts_of(".deviations tbody .deviation-state").await;
    assert!(
        !shown.is_empty() && shown.iter().all(|state| state.contains("after")),
        "{shown:?}"
    );
    browser
        .evaluate(
            "(() => { const list = document.querySelector('select[aria-label=\"Any ending\"]');
                list.value = '0'; list.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
    browser
        .wait_until(
            "location.search === '?open=no&ended=resynced'",
            "the ending is in the address",
        )
        .await;
    let endings = browser
        .texts_of(".deviations tbody .deviation-ending")
        .await;
    assert!(
        endings.iter().all(|ending| ending == "re-synced"),
        "{endings:?}"
    );
    browser.open("deviations?open=yes&q=kernel").await;
    browser.wait_for(".deviations tbody tr").await;
    let names = browser.texts_of(".deviations tbody th a").await;
    assert!(
        names.iter().all(|name| name.contains("kernel")),
        "{names:?}"
    );
    let field = browser
        .evaluate("document.querySelector('.filter-text').value")
        .await;
    assert_eq!(field, "kernel");
}

#[tokio::test]
async fn the_shown_rows_are_saved_and_the_feeds_are_there() {
    let browser = open("deviations").await;
    for name in ["deviations.atom", "deviations.json", "deviations.csv"] {
        let link = format!(".deviations-feeds a[href$='reports/{name}']");
        browser.wait_for(&link).await;
        let status = browser
            .evaluate(&format!(
                "fetch(document.querySelector(\"{link}\").href).then(answer => answer.status)"
            ))
            .await;
        assert_eq!(status, 200, "{name}");
    }
    let feed = browser
        .evaluate(
            "fetch(document.querySelector(\".deviations-feeds a[href$='.atom']\").href).then(answer => answer.text()).then(text => {
                const feed = new DOMParser().parseFromString(text, 'application/xml');
                const ids = [...feed.querySelectorAll('entry > id')].map(id => id.textContent);
                return [feed.documentElement.localName, ids.length > 0, new Set(ids).size === ids.length];
            })",
        )
        .await;
    assert_eq!(feed, serde_json::json!(["feed", true, true]));
}

#[tokio::test]
async fn no_deviation_and_one_and_very_many() {
    for (change, rows, said, name) in [
        (
            "ledger.open = []; for (const quarter of ledger.quarters) delete quarter.ended;",
            0,
            "No package of release 9 deviates",
            "none",
        ),
        (
            "ledger.open = ledger.open.slice(0, 1); for (const quarter of ledger.quarters) delete quarter.ended;",
            1,
            "1 package of release 9 deviates",
            "one",
        ),
        (
            "ledger.open = Array.from({ length: 5000 }, (_, n) => ({ ...ledger.open[0], package: 'package-' + n }));",
            200,
            "5,000 packages of release 9 deviate",
            "many",
        ),
    ] {
        let browser = Browser::start(Hosting::Root).await;
        browser
            .before_each_page(&with_ledgers_changed(change))
            .await;
        browser.open("deviations?release=9&open=yes").await;
        browser.wait_for_text("main h1", said).await;
        assert_eq!(
            browser.count_of(".deviations tbody tr").await,
            rows,
            "{name}"
        );
        for (view_name, view) in [
            ("wide", View::WIDE),
            ("telephone-dark", View::TELEPHONE.dark()),
        ] {
            browser.set_view(view).await;
            browser.assert_fits_the_width().await;
            browser.assert_accessible().await;
            browser
                .screenshot(&format!("deviations-{name}-{view_name}"))
                .await;
        }
        if name == "many" {
            browser
                .click(".deviations-page > p:last-child .button")
                .await;
            browser
                .wait_until(
                    "document.querySelectorAll('.deviations tbody tr').length === 400",
                    "more rows are drawn",
                )
                .await;
            assert_eq!(
                browser.path().await,
                "deviations?release=9&open=yes&shown=400"
            );
        }
    }
}

#[tokio::test]
async fn a_ledger_that_does_not_come_is_told_and_tried_again() {
    for broken in ["reports/ledgers/", "reports/ended/"] {
        let browser = Browser::start(Hosting::Root).await;
        browser.inject_fault(broken, Fault::NotFound);
        browser.open("deviations").await;
        browser.wait_for_text(".failed", "status 404").await;
        browser.wait_for(".navigation a").await;
        browser.assert_accessible().await;
        browser.mend(broken);
        // Each document that failed is told by itself.
        browser
            .wait_until(
                "(document.querySelector('.failed button')?.click(), !!document.querySelector('.deviations-page'))",
                "the ledger is drawn",
            )
            .await;
    }
}

#[tokio::test]
async fn a_package_page_says_since_when_it_deviates() {
    let browser = Browser::start(Hosting::Root).await;
    for (package, expected) in [
        (
            "mesa",
            "Began to deviate between 20 Jun 2026 and 20 Jul 2026.",
        ),
        (
            "kernel",
            "Deviated already in the first report, of 20 May 2026.",
        ),
    ] {
        browser.open(&format!("9/package/{package}")).await;
        browser.wait_for(".package-beginning").await;
        let beginning = browser.text_of(".package-beginning").await;
        assert_eq!(beginning.replace('\u{a0}', " ").trim(), expected);
    }
    browser.assert_clean().await;
}
