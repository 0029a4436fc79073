//! Where the reader is when rows are laid out anew.

use super::open;
use crate::support::View;

#[tokio::test]
async fn the_change_that_the_reader_is_at_stays_in_sight_when_all_is_shown() {
    let browser = open("").await;
    let press = |key: &str| {
        format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
        )
    };
    for change in 1..=9 {
        browser.evaluate(&press("j")).await;
        browser
            .wait_for_text(".diff-changes", &format!("Change {change} of 400"))
            .await;
    }
    browser.evaluate(&press("w")).await;
    let is_in_sight = "(() => {
        const [lines, at] = ['.diff-scroller', '.diff-at'].map(part => document.querySelector(part)?.getBoundingClientRect());
        const rows = Number(document.querySelector('.diff-sheet').getAttribute('aria-rowcount'));
        return rows > 100000 && at !== undefined && at.top >= lines.top && at.bottom <= lines.bottom; })()";
    browser
        .wait_until(is_in_sight, "the change is in sight among all lines")
        .await;
    browser.evaluate(&press("j")).await;
    browser
        .wait_for_text(".diff-changes", "Change 10 of 400")
        .await;
}

/// The number of the reference's line that is seen on top of the lines, once what was asked for is drawn.
const TOP_LINE: &str = "(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const top = document.querySelector('.diff-scroller').getBoundingClientRect().top;
    const seen = [...document.querySelectorAll('.diff-rows a[href^=\"#L\"]')].find(number => number.getBoundingClientRect().bottom > top + 1);
    return Number(seen.textContent);
})()";

#[tokio::test]
async fn the_lines_on_top_stay_there_when_rows_are_laid_out_anew() {
    let browser = open("?context=all").await;
    browser
        .evaluate("document.querySelector('.diff-scroller').scrollTop = 60000 * document.querySelector('.diff-row').clientHeight")
        .await;
    let top = browser.evaluate(TOP_LINE).await.as_i64().unwrap();
    assert!((59_000..61_000).contains(&top), "{top}");
    let is_kept = format!("{TOP_LINE}.then(line => line === {top})");
    for (button, sign) in [
        (".diff-views .button:last-child", ".diff-unified"),
        (
            ".diff button[title^='Continue']",
            "[title^='Continue'][aria-pressed='true']",
        ),
        (".diff-views .button:first-child", ".diff-split"),
    ] {
        browser.click(button).await;
        browser.wait_for(sign).await;
        browser.wait_until(&is_kept, button).await;
    }
    for view in [View::TELEPHONE, View::WIDE] {
        browser.set_view(view).await;
        browser.wait_until(&is_kept, "the window is another").await;
    }
    browser.assert_clean().await;
}

/// Whether the change that the reader went to is seen among the lines and in the window, once what was asked for is drawn.
const SEES_CHANGE: &str = "(async () => {
    for (let frame = 0; frame < 8; frame += 1) await new Promise(requestAnimationFrame);
    const [lines, at] = ['.diff-scroller', '.diff-at'].map(part => document.querySelector(part)?.getBoundingClientRect());
    return at !== undefined && at.top >= Math.max(lines.top - 1, 0) && at.bottom <= Math.min(lines.bottom + 1, innerHeight);
})()";

#[tokio::test]
async fn the_change_that_the_reader_is_at_stays_in_a_window_of_another_size() {
    let turned = View {
        width: View::TELEPHONE.height,
        height: View::TELEPHONE.width,
        ..View::TELEPHONE
    };
    let low = View {
        height: 420,
        ..View::WIDE
    };
    for (begin, others) in [
        (View::WIDE, [View::TELEPHONE, View::WIDE, low]),
        (View::TELEPHONE, [turned, View::TELEPHONE, turned]),
        (turned, [View::TELEPHONE, turned, View::WIDE]),
    ] {
        let browser = open("").await;
        browser.set_view(begin).await;
        for change in 1..=12 {
            browser
                .evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))")
                .await;
            browser
                .wait_for_text(".diff-changes", &format!("Change {change} of 400"))
                .await;
        }
        browser
            .wait_until(SEES_CHANGE, "the change is in sight")
            .await;
        for view in others {
            browser.set_view(view).await;
            browser
                .wait_until(SEES_CHANGE, &format!("in sight in {view:?}"))
                .await;
        }
        browser.assert_clean().await;
    }
}
