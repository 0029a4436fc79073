//! The nginx configuration answers each kind of address with the right status, type and headers.

use crate::support::{Browser, Hosting};
use serde_json::Value;

const PAGE: &str = "text/html; charset=utf-8";
const REVALIDATED: &str = "no-cache";
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// What the server answers at a path below the base, as the browser sees it.
async fn ask(browser: &Browser, path: &str) -> Value {
    let address = browser.address(path);
    browser
        .evaluate(&format!(
            "fetch({address:?}, {{ cache: 'no-store' }}).then(async (answer) => ({{
                status: answer.status,
                headers: Object.fromEntries(answer.headers),
                body: await answer.text(),
            }}))"
        ))
        .await
}

async fn check(browser: &Browser, path: &str, status: u16, media_type: &str, cache: &str) {
    let answer = ask(browser, path).await;
    let found = (
        &answer["status"],
        &answer["headers"]["content-type"],
        &answer["headers"]["cache-control"],
    );
    let expected = (&status.into(), &media_type.into(), &cache.into());
    assert_eq!(found, expected, "at {path:?}");
}

async fn check_hosting(hosting: Hosting) {
    let browser = Browser::start(hosting).await;
    browser.open("").await;
    for page in [
        "",
        "9",
        "9/package/libstdc%2B%2B",
        "10/changes?from=a&to=b",
        "progress",
    ] {
        check(&browser, page, 200, PAGE, REVALIDATED).await;
    }
    for unknown in ["nowhere", "9x", "progress/nowhere", "app.js"] {
        check(&browser, unknown, 404, PAGE, REVALIDATED).await;
    }
    check(
        &browser,
        "reports/index.json",
        200,
        "application/json; charset=utf-8",
        REVALIDATED,
    )
    .await;
    for lacking in ["reports/", "reports/nowhere.json"] {
        let answer = ask(&browser, lacking).await;
        assert_eq!(answer["status"], 404, "at {lacking:?}");
        let is_page = answer["body"]
            .as_str()
            .is_some_and(|body| body.contains("<html"));
        assert!(!is_page, "at {lacking:?} a page stands for data");
    }
    let built = |name: &'static str| browser.attribute_of("script[data-base]", name);
    for (attribute, media_type) in [
        ("data-js", "text/javascript; charset=utf-8"),
        ("data-wasm", "application/wasm"),
    ] {
        let path = built(attribute)
            .await
            .expect("the start script names its files");
        let below_base = path
            .strip_prefix(hosting.base())
            .expect("the files lie below the base");
        check(&browser, below_base, 200, media_type, IMMUTABLE).await;
    }
}

#[tokio::test]
async fn answers_at_the_root_of_a_host() {
    check_hosting(Hosting::Root).await;
}

#[tokio::test]
async fn answers_under_a_path_of_its_own() {
    check_hosting(Hosting::Subpath).await;
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    for path in [
        "",
        "9",
        "nowhere",
        "reports/index.json",
        "reports/nowhere.json",
        "boot.js",
    ] {
        let headers = &ask(&browser, path).await["headers"];
        let policy = headers["content-security-policy"]
            .as_str()
            .unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'none'; "),
            "at {path:?}: {policy}"
        );
        assert!(
            policy.ends_with("; frame-ancestors 'none'"),
            "at {path:?}: {policy}"
        );
        for (name, value) in [
            ("cross-origin-opener-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(headers[name], value, "{name} at {path:?}");
        }
    }
}

#[tokio::test]
async fn sends_the_files_that_were_compressed_beforehand() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("").await;
    for path in ["", "9", "boot.js"] {
        // Plain http has no brotli in Chromium, except for an address on this machine.
        let headers = &ask(&browser, path).await["headers"];
        assert_eq!(headers["content-encoding"], "br", "at {path:?}");
        assert_eq!(headers["vary"], "Accept-Encoding", "at {path:?}");
    }
}
