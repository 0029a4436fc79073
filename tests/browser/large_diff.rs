//! A difference of 100,000 lines: compared away from the page, with few nodes, and walked, searched and linked all the same.

mod long_lines;
mod places;

use crate::support::{Browser, Hosting, View};

const PATH: &str = "9/package/cockpit/diff/SPECS/cockpit.spec";
const NODES_MAX: i64 = 3_000;

async fn open(suffix: &str) -> Browser {
    let browser = Browser::start(Hosting::Large).await;
    browser.open(&format!("{PATH}{suffix}")).await;
    browser.wait_for(".diff-row").await;
    browser
}

async fn assert_few_nodes(browser: &Browser) {
    let nodes = browser
        .evaluate("document.querySelectorAll('*').length")
        .await;
    assert!(nodes.as_i64().unwrap() <= NODES_MAX, "{nodes}");
}

async fn wait_for_rows(browser: &Browser, count: usize) {
    let are_there = format!("document.querySelectorAll('.diff-rows .diff-row').length >= {count}");
    browser
        .wait_until(&are_there, &format!("{count} rows were drawn"))
        .await;
}

#[tokio::test]
async fn few_nodes_whatever_is_shown() {
    let browser = open("").await;
    assert_few_nodes(&browser).await;
    browser.open(&format!("{PATH}?context=all")).await;
    browser.wait_for(".diff-row").await;
    for place in [0.0, 0.5, 1.0] {
        browser
            .evaluate(&format!("(() => {{ const lines = document.querySelector('.diff-scroller'); lines.scrollTop = lines.scrollHeight * {place}; }})()"))
            .await;
        browser.wait_for(".diff-row").await;
        assert_few_nodes(&browser).await;
    }
    browser.wait_for(".diff a[href='#R100000']").await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn links_search_and_keys_reach_rows_that_are_not_drawn() {
    let browser = open("#L50000-L50002").await;
    browser
        .wait_for(".diff-number.diff-linked a[href='#L50001']")
        .await;
    browser
        .evaluate("(() => { const field = document.querySelector('.diff-search input'); field.value = 'v99000 '; field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })); })()")
        .await;
    browser.wait_for_text(".diff-search", "1 of 1").await;
    browser.wait_for(".diff a[href='#R99001']").await;
    // The next change is that after the line that was found.
    for (key, change, line) in [("j", 397, 99_121), ("j", 398, 99_371), ("k", 397, 99_121)] {
        browser
            .evaluate(&format!("document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"))
            .await;
        browser
            .wait_for_text(".diff-changes", &format!("Change {change} of 400"))
            .await;
        browser.wait_for(&format!(".diff a[href='#R{line}']")).await;
    }
    browser.assert_accessible().await;
}

#[tokio::test]
async fn comparing_is_away_from_the_page() {
    let browser = open("").await;
    let worker = browser.evaluate("performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('diff-worker.js')).length").await;
    assert_eq!(worker, 1);
}

/// Takes down when a worker is ended, from before the page begins.
const WATCH_WORKERS: &str = "window.ended = []; const terminate = Worker.prototype.terminate;
    Worker.prototype.terminate = function () { window.ended.push(performance.now()); terminate.call(this); };";

#[tokio::test]
async fn a_newer_request_ends_the_one_before_at_once() {
    let browser = Browser::start(Hosting::Large).await;
    browser.before_each_page(WATCH_WORKERS).await;
    browser.open(PATH).await;
    browser.wait_for(".diff-row").await;
    let choose = "const choose = key => { const list = document.querySelector('.diff select[aria-label=\"White space\"]'); list.value = key;
        list.dispatchEvent(new Event('change', { bubbles: true })); return performance.now(); };";
    let milliseconds = browser
        .evaluate(&format!(
            "(async () => {{ {choose}
                choose('ignore');
                await new Promise(resolve => setTimeout(resolve, 10));
                const asked = choose('trailing');
                await new Promise(resolve => setTimeout(resolve, 2000));
                return window.ended.find(ended => ended >= asked - 1) - asked;
            }})()"
        ))
        .await;
    let milliseconds = milliseconds.as_f64().unwrap();
    assert!(milliseconds < 100.0, "{milliseconds}");
    assert_eq!(browser.path().await, format!("{PATH}?space=trailing"));
    browser.wait_for_text(".diff-changes", "400 changes").await;
}

#[tokio::test]
async fn what_is_too_large_is_said() {
    let browser = Browser::start(Hosting::Large).await;
    for (file, sentences) in [
        (
            "replaced.txt",
            &["Words are not marked in 1 change that is too large for it."][..],
        ),
        (
            "long-line.txt",
            &[
                "1 line is too long for comparing words: all from the first difference to the last is marked.",
                "2 lines are longer than 5,000 characters, of which as many are shown, around the first change. A copied patch has everything.",
            ],
        ),
        (
            "repetitive.txt",
            &["Whether 7,503 lines moved was not looked for: the same changed in too many places."],
        ),
    ] {
        browser
            .open(&format!("9/package/cockpit/diff/SOURCES/{file}"))
            .await;
        browser.wait_for(".diff-row").await;
        assert_eq!(
            browser.texts_of(".diff-notes li").await,
            sentences,
            "{file}"
        );
        assert_few_nodes(&browser).await;
        browser.assert_clean().await;
    }
}

#[tokio::test]
async fn line_numbers_keep_to_one_row() {
    let browser = open("#R99000").await;
    browser.wait_for(".diff a[href='#R99001']").await;
    let is_cut = "[...document.querySelectorAll('.diff-number a')].filter(link => link.scrollWidth > link.clientWidth + 1 || link.getClientRects().length > 1 || link.offsetHeight > link.closest('.diff-row').offsetHeight + 1).length";
    assert_eq!(browser.evaluate(is_cut).await, 0);
    // On a telephone lines run on in further rows, and the link finds its line all the same.
    browser.set_view(View::TELEPHONE).await;
    browser.open("").await;
    browser.open(&format!("{PATH}#R99000")).await;
    browser.wait_for(".diff a[href='#R99001']").await;
    assert_eq!(browser.evaluate(is_cut).await, 0);
    let is_seen = "(() => { const box = element => element.getBoundingClientRect(); const line = box(document.querySelector('.diff-number.diff-linked')), lines = box(document.querySelector('.diff-scroller')); return line.top >= lines.top && line.bottom <= lines.bottom; })()";
    browser.wait_until(is_seen, "the linked line is seen").await;
}

/// Keeps what is copied where the test finds it.
const KEEP_COPIES: &str = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => { window.copied = text; return Promise.resolve(); } } });";

#[tokio::test]
async fn the_patch_of_what_is_hard_to_compare_is_made_of_what_the_worker_found() {
    let browser = Browser::start(Hosting::Large).await;
    browser.before_each_page(KEEP_COPIES).await;
    let mut patches = Vec::new();
    for query in ["", "?space=ignore"] {
        browser
            .open(&format!(
                "9/package/cockpit/diff/SOURCES/line-ends.sh{query}"
            ))
            .await;
        browser.wait_for(".diff-row").await;
        browser.click(".diff-more summary").await;
        browser.wait_for(".diff-menu button").await;
        browser.evaluate("window.copied = null; [...document.querySelectorAll('.diff button')].find(button => button.textContent === 'Copy patch').click()").await;
        browser
            .wait_until("window.copied !== null", "the patch was copied")
            .await;
        patches.push(browser.evaluate("window.copied").await);
    }
    assert!(patches[0].as_str().unwrap().contains("+echo one\r\n"));
    assert_eq!(patches[0], patches[1]);
}

#[tokio::test]
async fn bytes_and_line_ends_are_shown_as_what_they_are() {
    let browser = Browser::start(Hosting::Large).await;
    browser
        .open("9/package/cockpit/diff/SOURCES/line-ends.sh")
        .await;
    browser
        .wait_for_text(".diff-notes", "Only the line ends differ: LF in ")
        .await;
    browser.wait_for_text(".diff-added", "⟨CRLF⟩").await;
    browser
        .open("9/package/cockpit/diff/SOURCES/latin.txt#R1")
        .await;
    browser.wait_for_text(".diff-added", "⟨0xE9⟩").await;
    browser.click(".diff-more summary").await;
    browser
        .wait_for_text(".diff-menu", "Cannot be copied")
        .await;
    let buttons = browser.texts_of(".diff-menu button").await;
    assert!(
        buttons.iter().any(|text| text == "Save patch"),
        "{buttons:?}"
    );
    assert!(
        !buttons.iter().any(|text| text == "Copy patch"),
        "{buttons:?}"
    );
}

#[tokio::test]
async fn rows_that_are_scrolled_away_hand_on_the_focus_and_tell_what_was_selected() {
    let browser = open("?context=all").await;
    browser.wait_for(".diff a[href='#R121']").await;
    browser
        .evaluate("(() => { document.querySelector(`.diff a[href='#R121']`).focus(); document.querySelector('.diff-scroller').scrollTop = 100000; })()")
        .await;
    browser.wait_until_gone(".diff a[href='#R121']").await;
    browser.wait_for(".diff-scroller:focus").await;
    assert_eq!(browser.text_of(".diff-about [role=status]").await, "");
    browser
        .evaluate("(() => { const texts = document.querySelectorAll('.diff-row .diff-text'); getSelection().setBaseAndExtent(texts[0], 0, texts[2], 0); })()")
        .await;
    browser
        .evaluate("document.querySelector('.diff-scroller').scrollTop = 200000")
        .await;
    browser
        .wait_for_text(
            ".diff-about [role=status]",
            "Not all of what was selected is still there",
        )
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn paper_has_as_much_as_a_browser_can_lay_out_and_the_rest_is_told() {
    let browser = open("").await;
    browser
        .evaluate("dispatchEvent(new Event('beforeprint'))")
        .await;
    browser
        .wait_for_text(
            ".diff-unprinted",
            "more rows are not printed. Save the patch",
        )
        .await;
    assert_eq!(browser.count_of(".diff-row").await, 1_000);
    browser
        .evaluate("dispatchEvent(new Event('afterprint'))")
        .await;
    browser
        .wait_until(
            "document.querySelectorAll('.diff-row').length < 100",
            "few rows are drawn again",
        )
        .await;
}

#[tokio::test]
async fn where_lines_moved_is_seen_and_leads_there_again_and_again() {
    let browser = Browser::start(Hosting::Large).await;
    let seen = "[...document.querySelectorAll('.diff-move')].map(link => { link.scrollIntoView({ block: 'center' }); const { x, y, width, height } = link.getBoundingClientRect(); \
        return document.elementFromPoint(x + width / 2, y + height / 2) === link; })";
    for view in [View::WIDE, View::TELEPHONE] {
        browser.set_view(view).await;
        browser
            .open("9/package/cockpit/diff/SOURCES/moved.c?context=all")
            .await;
        browser.wait_for(".diff-move").await;
        let links = browser.evaluate(seen).await;
        let links = links.as_array().unwrap();
        assert!(
            links.len() >= 6 && links.iter().all(|is_seen| *is_seen == true),
            "{links:?}"
        );
    }
    browser.set_view(View::WIDE).await;
    browser
        .open("9/package/cockpit/diff/SOURCES/moved.c?context=all")
        .await;
    let follow = "document.querySelector(\".diff-move[href='#R61']\").click()";
    let to_top = "document.querySelector('.diff-scroller').scrollTop = 0";
    for _ in 0..2 {
        browser.wait_for(".diff-move[href='#R61']").await;
        browser.evaluate(follow).await;
        browser
            .wait_for(".diff-number.diff-linked a[href='#R61']")
            .await;
        browser
            .wait_until(
                "document.querySelector('.diff-scroller').scrollTop > 0 || scrollY > 0",
                "the line is in sight",
            )
            .await;
        browser.evaluate(to_top).await;
    }
}

#[tokio::test]
async fn what_is_copied_with_more_than_the_lines_says_which_lines_are_not_there() {
    let browser = open("?context=all").await;
    browser.evaluate("getSelection().selectAllChildren(document.body); document.body.dispatchEvent(new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true }))").await;
    browser
        .wait_for_text(".diff-about", "no others were copied")
        .await;
}
