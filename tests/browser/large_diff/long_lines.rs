//! Lines of much text or of many pieces: drawn so that the page stays quick, and said to be.

use super::{assert_few_nodes, wait_for_rows};
use crate::support::{Browser, Hosting, View};

#[tokio::test]
async fn lines_of_very_many_pieces_are_drawn_plainly() {
    let browser = Browser::start(Hosting::Large).await;
    // Continued in further rows, a screen has so few of such lines that all of them fit.
    for (query, is_plainer) in [
        ("", true),
        ("?context=all", true),
        ("?show=space", true),
        ("?wrap=on", false),
    ] {
        browser
            .open(&format!("9/package/cockpit/diff/SOURCES/dense.c{query}"))
            .await;
        wait_for_rows(&browser, 30).await;
        if is_plainer {
            browser.wait_for_text(".diff-remark", "simplified").await;
        }
        assert_few_nodes(&browser).await;
    }
    browser.assert_accessible().await;
}

/// The same on every screen, so that it tells how much is laid out with each step of a scroll.
const CHARACTERS_MAX: i64 = 50_000;

#[tokio::test]
async fn screens_of_long_lines_have_little_text_and_give_all_of_it() {
    let browser = Browser::start(Hosting::Large).await;
    for query in ["", "?context=all", "?context=all&view=unified"] {
        browser
            .open(&format!("9/package/cockpit/diff/SOURCES/dense.c{query}"))
            .await;
        wait_for_rows(&browser, 45).await;
        browser.wait_for_text(".diff-remark", "“Wrap”").await;
        let drawn = browser
            .evaluate("document.querySelector('.diff-rows').textContent.length")
            .await;
        assert!(
            drawn.as_i64().unwrap() <= CHARACTERS_MAX,
            "{query}: {drawn}"
        );
    }
    // What is not drawn is copied all the same.
    let copied = browser
        .evaluate(
            "(() => {
                const line = document.querySelector('.diff-rows .diff-text:last-child code');
                getSelection().selectAllChildren(line);
                const copy = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
                line.dispatchEvent(copy);
                return [copy.clipboardData.getData('text/plain'), line.textContent];
            })()",
        )
        .await;
    let [copied, drawn] = [0, 1].map(|index| copied[index].as_str().unwrap());
    assert!(drawn.ends_with("more characters⟩"), "{drawn}");
    assert!(
        copied.len() > 1_500 && copied.ends_with(");") && !copied.contains('⟨'),
        "{copied}"
    );
}

/// Whether the first of these marks is in the room that its text has, and among the lines that are seen.
fn is_in_sight(mark: &str) -> String {
    format!(
        "(() => {{
            const mark = document.querySelector({mark:?});
            if (!mark) return false;
            const [place, text, lines] = [mark, mark.closest('.diff-text'), mark.closest('.diff-scroller')].map(element => element.getBoundingClientRect());
            return place.left >= text.left && place.left < text.right && place.top >= lines.top - 1 && place.bottom <= lines.bottom + 1;
        }})()"
    )
}

#[tokio::test]
async fn what_is_gone_to_is_in_sight_in_long_lines() {
    let browser = Browser::start(Hosting::Large).await;
    let press = |key: &str| {
        format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
        )
    };
    let search = |end: &str| {
        format!(
            "(() => {{ const field = document.querySelector('.diff-search input'); field.value = {end}; field.dispatchEvent(new Event('input', {{ bubbles: true }})); field.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true }})); }})()"
        )
    };
    let end = "[...document.querySelectorAll('.diff-text:last-child code')].at(-1).textContent.slice(-12)";
    // Of a line that runs on, the end is only drawn once it is searched for.
    browser
        .open("9/package/cockpit/diff/SOURCES/dense.c?wrap=on")
        .await;
    wait_for_rows(&browser, 45).await;
    // Of the last line, which no change is in: of one that is cut, what is searched for is shown rather than a change.
    browser
        .evaluate("(() => { const lines = document.querySelector('.diff-scroller'); lines.scrollTop = lines.scrollHeight; })()")
        .await;
    browser
        .wait_until(
            "[...document.querySelectorAll('.diff-rows .diff-row')].at(-1)?.ariaRowIndex === document.querySelector('.diff-sheet').ariaRowCount",
            "the last row was drawn",
        )
        .await;
    let far_on = browser.evaluate(end).await.to_string();
    for (view, query) in [
        (View::WIDE, "?wrap=off"),
        (View::WIDE, "?wrap=off&view=unified"),
        (View::TELEPHONE, "?wrap=on"),
    ] {
        browser.set_view(view).await;
        browser
            .open(&format!("9/package/cockpit/diff/SOURCES/dense.c{query}"))
            .await;
        wait_for_rows(&browser, 45).await;
        // The end of a line, or of a row in which one is continued.
        let sought = match query == "?wrap=on" {
            true => end,
            false => &far_on,
        };
        browser.evaluate(&search(sought)).await;
        browser
            .wait_until(&is_in_sight(".diff-found-at mark.diff-found"), query)
            .await;
        browser.evaluate(&press("k")).await;
        browser
            .wait_until(&is_in_sight(".diff-at mark:not(.diff-found)"), query)
            .await;
    }
    browser.set_view(View::WIDE).await;
    browser
        .open("9/package/cockpit/diff/SOURCES/long-line.txt?wrap=off")
        .await;
    browser.wait_for_text(".diff-added mark", "alma").await;
    browser.evaluate(&press("j")).await;
    browser
        .wait_until(&is_in_sight(".diff-added mark"), "the change")
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_wrapped_line_of_5_megabytes_has_few_nodes() {
    let browser = Browser::start(Hosting::Large).await;
    browser
        .open("9/package/cockpit/diff/SOURCES/long-line.txt?wrap=on")
        .await;
    browser.wait_for_text(".diff-added mark", "alma").await;
    wait_for_rows(&browser, 30).await;
    assert_few_nodes(&browser).await;
}

#[tokio::test]
async fn a_line_of_five_megabytes_is_wrapped_and_searched() {
    let browser = Browser::start(Hosting::Large).await;
    browser
        .open("9/package/cockpit/diff/SOURCES/long-line.txt?wrap=on")
        .await;
    browser.wait_for(".diff-row").await;
    browser.evaluate("(() => { const field = document.querySelector('.diff-search input'); field.value = 'a'; field.dispatchEvent(new Event('input', { bubbles: true })); })()").await;
    browser.wait_for(".diff-found").await;
    let drawn = browser.count_of("mark.diff-found").await;
    assert!(drawn > 100, "{drawn}");
}

/// Takes down how many elements come among the lines in each task.
const WATCH_ELEMENTS: &str = "window.elementsOfTasks = [];
    new MutationObserver(records => {
        const rows = records.flatMap(record => [...record.addedNodes]).filter(node => node.classList?.contains('diff-row'));
        window.elementsOfTasks.push(rows.reduce((sum, row) => sum + 1 + row.querySelectorAll('*').length, 0));
    }).observe(document.querySelector('.diff-rows'), { childList: true, subtree: true });";

#[tokio::test]
async fn a_screen_of_very_many_pieces_is_drawn_in_slices() {
    let browser = Browser::start(Hosting::Large).await;
    browser
        .open("9/package/cockpit/diff/SOURCES/dense.c?context=all")
        .await;
    wait_for_rows(&browser, 50).await;
    browser.evaluate(WATCH_ELEMENTS).await;
    browser
        .evaluate("(() => { const lines = document.querySelector('.diff-scroller'); lines.scrollTop = lines.scrollHeight / 2; })()")
        .await;
    browser
        .wait_until(
            "window.elementsOfTasks.filter(elements => elements > 0).length > 1",
            "another screen was drawn in slices",
        )
        .await;
    wait_for_rows(&browser, 60).await;
    let most = browser
        .evaluate("Math.max(...window.elementsOfTasks)")
        .await;
    assert!(most.as_i64().unwrap() <= 1_600, "{most}");
}
