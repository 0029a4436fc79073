//! What is copied of a difference, and saved.

use super::{PATH, open, open_menu, press};
use crate::support::{Browser, Hosting, View};

/// Selects from the text of one line to that of another, as with a mouse that is pressed on the first, and gives what would be copied.
async fn selected(browser: &Browser, from: &str, to: &str) -> String {
    let expression = format!(
        "(() => {{ const text = (line) => document.querySelector(`.diff a[href='#${{line}}']`).parentElement.nextElementSibling;
            const [from, to] = [text('{from}'), text('{to}')];
            from.dispatchEvent(new MouseEvent('mousedown', {{ bubbles: true }}));
            getSelection().setBaseAndExtent(from, 0, to, to.childNodes.length);
            return getSelection().toString(); }})()"
    );
    browser
        .evaluate(&expression)
        .await
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn what_is_selected_is_of_one_side_with_its_blank_lines() {
    let browser = open("?context=all").await;
    browser.wait_for(".diff a[href='#R17']").await;
    open_menu(&browser).await;
    let lines = browser
        .evaluate("fetch(document.querySelector('.diff-menu a[download]:last-of-type').href).then((answer) => answer.text())")
        .await;
    let lines: Vec<&str> = lines.as_str().unwrap().lines().collect();
    // The lines around the change of the release, and the blank one after them.
    let expected = lines[9..17].join("\n");
    assert!(
        expected.contains(".alma.1") && expected.contains("\n\n"),
        "{expected}"
    );
    assert_eq!(selected(&browser, "R10", "R17").await, expected);
    assert!(!selected(&browser, "L10", "L17").await.contains(".alma.1"));
}

/// Keeps what is copied and saved where the tests find it.
const KEEP: &str = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => { window.copied = text; return Promise.resolve(); } } });
    const make = URL.createObjectURL; URL.createObjectURL = blob => { blob.text().then(text => window.saved = text); return make.call(URL, blob); };";

#[tokio::test]
async fn a_line_a_change_and_the_whole_are_copied_and_saved() {
    let browser = Browser::start(Hosting::Root).await;
    browser.before_each_page(KEEP).await;
    browser.open(&format!("{PATH}#R13")).await;
    browser.wait_for_text(".diff", ".alma.1").await;
    open_menu(&browser).await;
    for (label, beginning, part) in [
        ("Copy line 13", "", "\n"),
        (
            "Copy change 1 as a patch",
            "diff --git a/SPECS/cockpit.spec",
            "\n@@ -",
        ),
        ("Copy patch", "diff --git a/SPECS/cockpit.spec", "\n+* "),
    ] {
        browser.evaluate("window.copied = null").await;
        press(&browser, label).await;
        browser
            .wait_until("window.copied !== null", "something was copied")
            .await;
        let copied = browser.evaluate("window.copied").await;
        let copied = copied.as_str().unwrap();
        assert!(
            copied.starts_with(beginning) && copied.contains(part),
            "{label}: {copied}"
        );
    }
    let whole = browser.evaluate("window.copied").await;
    press(&browser, "Save patch").await;
    browser
        .wait_until("window.saved !== undefined", "something was saved")
        .await;
    assert_eq!(browser.evaluate("window.saved").await, whole);
    let sides = "Promise.all([...document.querySelectorAll('.diff-menu a[download]')].map(link => fetch(link.href).then(answer => answer.text())))";
    let sides = browser.evaluate(sides).await;
    assert!(!sides[0].as_str().unwrap().contains(".alma.1"), "{sides}");
    assert!(sides[1].as_str().unwrap().contains(".alma.1"), "{sides}");
}

/// Selects all of these lines of the distribution, and copies that: what came to the clipboard, and the lines as published.
fn copying(first: usize, last: usize) -> String {
    format!(
        "(async () => {{
            const rows = [...document.querySelectorAll('.diff-rows .diff-row')];
            const at = line => rows.findIndex(row => row.querySelector(`a[href='#R${{line}}']`));
            const code = row => row.querySelector('.diff-text:last-child code');
            const [start, end] = [code(rows[at({first})]), code(rows[at({last} + 1) - 1])];
            end.dispatchEvent(new MouseEvent('mousedown', {{ bubbles: true }}));
            getSelection().setBaseAndExtent(start, 0, end, end.childNodes.length);
            let copied = null;
            window.addEventListener('copy', event => {{ copied = event.clipboardData.getData('text/plain'); }}, {{ once: true }});
            document.execCommand('copy');
            const published = await fetch([...document.querySelectorAll('.diff-menu a[download]')].pop().href);
            const lines = (await published.text()).split('\\n').slice({first} - 1, {last});
            return [copied, lines.join('\\n'), at({last} + 1) - at({first})];
        }})()"
    )
}

#[tokio::test]
async fn what_is_selected_is_copied_as_it_is_published() {
    let browser = Browser::start(Hosting::Root).await;
    for (view, suffix, is_continued) in [
        (View::WIDE, "", false),
        (View::WIDE, "?show=space", false),
        (View::TELEPHONE, "?show=space", true),
    ] {
        browser.set_view(view).await;
        browser.open(&format!("{PATH}{suffix}")).await;
        browser.wait_for_text(".diff", ".alma.1").await;
        open_menu(&browser).await;
        let found = browser.evaluate(&copying(13, 15)).await;
        let rows = found[2].as_u64().unwrap();
        assert_eq!(found[0], found[1], "{suffix} in {rows} rows");
        assert_eq!(rows > 3, is_continued, "{found}");
    }
}

/// Selects from one place to another, and tells what a copy puts into the clipboard, or null where that is left to the browser,
/// and what the first and the last of the drawn lines show.
async fn copied(browser: &Browser, selection: &str) -> [serde_json::Value; 3] {
    let expression = format!(
        "(() => {{
            const codes = [...document.querySelectorAll('.diff-rows .diff-text:last-child code')];
            const [first, last] = [codes[0], codes[codes.length - 1]];
            getSelection().setBaseAndExtent({selection});
            const copy = new ClipboardEvent('copy', {{ clipboardData: new DataTransfer(), bubbles: true, cancelable: true }});
            document.activeElement.dispatchEvent(copy);
            return [copy.defaultPrevented ? copy.clipboardData.getData('text/plain') : null, first.textContent, last.textContent];
        }})()"
    );
    let mut told = browser.evaluate(&expression).await;
    [0, 1, 2].map(|index| told[index].take())
}

#[tokio::test]
async fn only_a_selection_that_begins_among_the_lines_is_copied_as_lines() {
    let browser = open("?context=all&show=space").await;
    browser.wait_for(".diff a[href='#R17']").await;
    let spelled = |shown: serde_json::Value| {
        let shown = shown.as_str().unwrap().to_owned();
        assert!(shown.contains('·'), "{shown}");
        shown.replace('·', " ")
    };
    // A browser ends what a triple click selects of the last line where what follows begins.
    let to_the_footer = "last, 0, document.querySelector('footer'), 0";
    let [found, _, last] = copied(&browser, to_the_footer).await;
    assert_eq!(found, spelled(last));
    let to_the_heading = "first, first.childNodes.length, document.querySelector('h1'), 0";
    let [found, first, _] = copied(&browser, to_the_heading).await;
    assert_eq!(found, spelled(first));
    // A caret selects nothing, and what is in the clipboard stays.
    let all = "document.body, 0, document.body, document.body.childNodes.length";
    for left_alone in ["last, 0, last, 0", all] {
        let [found, _, _] = copied(&browser, left_alone).await;
        assert_eq!(found, serde_json::Value::Null, "{left_alone}");
    }
}

#[tokio::test]
async fn what_is_folded_away_between_selected_lines_is_copied() {
    let browser = open("").await;
    browser.wait_for(".diff-fold").await;
    let everything = "first, 0, last, last.childNodes.length";
    let [found, ..] = copied(&browser, everything).await;
    open_menu(&browser).await;
    let published = browser
        .evaluate(
            "(async () => {
                const numbers = [...document.querySelectorAll('.diff-rows a[href^=\"#R\"]')].map(link => Number(link.textContent));
                const published = await fetch([...document.querySelectorAll('.diff-menu a[download]')].pop().href);
                return (await published.text()).split('\\n').slice(numbers[0] - 1, numbers.at(-1)).join('\\n');
            })()",
        )
        .await;
    assert_eq!(found, published);
}
