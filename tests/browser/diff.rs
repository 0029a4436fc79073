//! The diff: layouts, folds, lines in the address, and keys.

use crate::support::{Browser, Hosting, View};

const PATH: &str = "9/package/cockpit/diff/SPECS/cockpit.spec";

async fn open(suffix: &str) -> Browser {
    let browser = Browser::start(Hosting::Root).await;
    browser.open(&format!("{PATH}{suffix}")).await;
    browser.wait_for(".diff").await;
    browser.wait_for_text(".diff", ".alma.1").await;
    browser
}

async fn press(browser: &Browser, label: &str) {
    let expression = format!(
        "[...document.querySelectorAll('.diff button')].find(button => button.textContent.includes('{label}')).click()"
    );
    browser.evaluate(&expression).await;
}

/// Opens the menu with the copies and the files to save.
async fn open_menu(browser: &Browser) {
    browser.click(".diff-more summary").await;
    browser.wait_for(".diff-menu button").await;
}

/// Presses a key where the reader is not writing.
async fn press_key(browser: &Browser, key: &str) {
    let expression = format!(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
    );
    browser.evaluate(&expression).await;
}

#[tokio::test]
async fn the_layout_goes_into_the_address_and_keeps_the_linked_lines() {
    let browser = open("#R13").await;
    press(&browser, "Unified").await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(browser.path().await, format!("{PATH}?view=unified#R13"));
    browser.evaluate("history.back()").await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(browser.path().await, format!("{PATH}#R13"));
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_link_opens_the_fold_over_its_line() {
    let browser = open("#R60").await;
    browser.wait_for(".diff a[href$='#R60']").await;
    browser.assert_accessible().await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn a_link_is_brought_into_sight_where_lines_run_on() {
    // The line is seen among the lines without a step of theirs, but below the window, and rows after the first ones come later.
    for line in ["R26", "R28", "R30"] {
        let browser = open(&format!("?context=all&wrap=on#{line}")).await;
        let is_seen = "(() => { const line = document.querySelector('.diff-number.diff-linked')?.getBoundingClientRect(); return line !== undefined && line.top >= 0 && line.bottom <= innerHeight; })()";
        browser.wait_until(is_seen, line).await;
    }
}

#[tokio::test]
async fn where_a_change_comes_from_stays_in_sight_beside_a_long_explanation() {
    let browser = open("").await;
    browser
        .open("9/package/kernel/diff/SPECS/kernel.spec")
        .await;
    browser.wait_for(".diff-heading a").await;
    let is_in_sight = "[...document.querySelectorAll('.diff-heading')].every(heading => { const right = heading.getBoundingClientRect().right; return [...heading.querySelectorAll('a')].every(link => link.getBoundingClientRect().right <= right); })";
    browser
        .wait_until(is_in_sight, "the origins are seen")
        .await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn folds_open() {
    let browser = open("").await;
    assert_eq!(browser.count_of(".diff a[href$='#R2']").await, 0);
    press(&browser, "9 lines unchanged").await;
    browser.wait_for(".diff a[href$='#R2']").await;
}

#[tokio::test]
async fn a_narrow_window_shows_one_column() {
    let browser = open("").await;
    let columns =
        "document.querySelectorAll(\".diff a[href$='#L13'], .diff a[href$='#R13']\").length";
    assert_eq!(browser.evaluate(columns).await, 2);
    browser.set_view(View::TELEPHONE).await;
    browser.open(PATH).await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(
        browser
            .evaluate(
                "document.querySelector('.diff button[aria-pressed=true]')?.textContent ?? ''"
            )
            .await,
        "Unified"
    );
}

#[tokio::test]
async fn folds_open_by_twenty_lines_and_whole() {
    let browser = open("").await;
    let drawn = "[...document.querySelectorAll(\".diff a[href^='#R']\")].length";
    let before = browser.evaluate(drawn).await.as_i64().unwrap();
    browser
        .click(".diff-fold button[aria-label='Show the first 20 of these lines']")
        .await;
    browser.wait_for(".diff a[href='#R36']").await;
    assert_eq!(browser.count_of(".diff a[href='#R37']").await, 0);
    assert_eq!(browser.evaluate(drawn).await.as_i64().unwrap(), before + 20);
    browser
        .click(".diff-fold button[aria-label='Show the last 20 of these lines']")
        .await;
    browser.wait_for(".diff a[href='#R110']").await;
    open_menu(&browser).await;
    press(&browser, "Whole file").await;
    browser.wait_until_gone(".diff-fold").await;
    assert_eq!(browser.path().await, format!("{PATH}?context=all"));
    browser.assert_clean().await;
}

#[tokio::test]
async fn white_space_is_ignored_and_shown_as_the_address_says() {
    let browser = open("").await;
    browser
        .evaluate(
            "(() => { const list = document.querySelector('.diff select[aria-label=\"White space\"]'); list.value = 'blank';
                list.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(browser.path().await, format!("{PATH}?space=blank"));
    browser.open(&format!("{PATH}?show=space")).await;
    browser.wait_for_text(".diff-stand-in", "·").await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn pieces_of_the_text_have_colours() {
    let browser = open("").await;
    browser
        .wait_for_text(".diff .syntax-name", "Release:")
        .await;
    browser
        .wait_for_text(".diff .syntax-macro", "%{?dist}")
        .await;
    browser
        .wait_for_text(".diff .syntax-section", "%changelog")
        .await;
    browser.assert_accessible().await;
    browser.set_view(View::WIDE.dark()).await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn the_search_finds_folded_lines() {
    let browser = open("").await;
    assert_eq!(browser.count_of(".diff a[href='#R60']").await, 0);
    press_key(&browser, "f").await;
    browser
        .type_into(".diff-search input", "nowhere at all")
        .await;
    browser.wait_for_text(".diff-search", "nothing found").await;
    browser.evaluate("(() => { const field = document.querySelector('.diff-search input'); field.value = 'BUILDrequires'; field.dispatchEvent(new Event('input', { bubbles: true })); })()").await;
    browser.wait_for_text(".diff-search", "lines").await;
    browser.evaluate("document.querySelector('.diff-search input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))").await;
    browser.wait_for_text(".diff-search", "1 of").await;
    // Only the line that the search is at is marked so.
    browser.wait_for(".diff-found-at .diff-found").await;
    assert_eq!(browser.count_of(".diff-text.diff-found-at").await, 1);
    browser.assert_accessible().await;
}

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

#[tokio::test]
async fn keys_lead_through_changes_and_files_and_are_listed() {
    let browser = open("").await;
    press_key(&browser, "j").await;
    browser
        .wait_for_text(".diff-changes", "Change 1 of 2")
        .await;
    browser.wait_for(".diff-scroller:focus").await;
    press_key(&browser, "j").await;
    browser
        .wait_for_text(".diff-changes", "Change 2 of 2")
        .await;
    press_key(&browser, "j").await;
    browser
        .wait_for_text(".diff-about [role=status]", "No change follows.")
        .await;
    press_key(&browser, "k").await;
    browser
        .wait_for_text(".diff-changes", "Change 1 of 2")
        .await;
    assert_eq!(browser.text_of(".diff-about [role=status]").await, "");
    press_key(&browser, "?").await;
    browser.wait_for("dialog[open]").await;
    browser.assert_accessible().await;
    // The page behind the list stays where it is.
    press_key(&browser, "j").await;
    assert!(
        browser
            .text_of(".diff-changes")
            .await
            .contains("Change 1 of 2")
    );
    browser.click("dialog[open] button").await;
    browser.wait_until_gone("dialog[open]").await;
    press(&browser, "Unified").await;
    for (name, file) in [
        ("p", "SOURCES/logo.png"),
        ("p", "SOURCES/branding.css"),
        ("n", "SOURCES/logo.png"),
        ("n", "SPECS/cockpit.spec"),
    ] {
        press_key(&browser, name).await;
        browser.wait_for_text("main h1", file).await;
    }
    browser
        .wait_for_text(".diff-about", "SPECS/cockpit.spec")
        .await;
    // What the reader chose goes along.
    assert_eq!(browser.path().await, format!("{PATH}?view=unified"));
    let listed = browser
        .evaluate("document.querySelector('.changed-files a').getAttribute('href')")
        .await;
    assert!(
        listed.as_str().unwrap().ends_with("?view=unified"),
        "{listed}"
    );
    press_key(&browser, "n").await;
    browser
        .wait_for_text(".diff-missed", "No changed file follows.")
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn changes_are_counted_from_where_the_reader_is() {
    let browser = open("#R60").await;
    browser.wait_for(".diff-linked a[href='#R60']").await;
    press_key(&browser, "j").await;
    browser
        .wait_for_text(".diff-changes", "Change 2 of 2")
        .await;
    browser.click(".diff-more summary").await;
    browser
        .wait_for_text(".diff-menu", "Copy change 2 as a patch")
        .await;
    browser.evaluate("document.querySelector('.diff-menu button').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))").await;
    browser
        .wait_for(".diff-more:not([open]) summary:focus")
        .await;
}

#[tokio::test]
async fn a_range_is_unfolded_on_an_open_page_and_one_past_the_end_is_told() {
    let browser = open("").await;
    browser.evaluate("location.hash = '#R14-R60'").await;
    browser
        .wait_until(
            "document.querySelectorAll('.diff-number.diff-linked').length === 47",
            "each of the lines is marked",
        )
        .await;
    browser.evaluate("location.hash = '#R99999'").await;
    browser
        .wait_for_text(".diff-notes", "The link is to line 99,999, and AlmaLinux")
        .await;
    browser.evaluate("location.hash = '#R10-L12'").await;
    browser
        .wait_for_text(".diff-notes", "The link names no lines of this file.")
        .await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn each_change_says_what_explains_it() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/package/nginx/diff/SPECS/nginx.spec").await;
    browser.wait_for(".diff-heading").await;
    let headings = browser.texts_of(".diff-heading").await;
    assert!(
        headings
            .iter()
            .any(|text| text.contains("release mechanics")),
        "{headings:?}"
    );
    browser.assert_accessible().await;
    // Of a change that names the file and no lines, no more is said than that.
    for (path, expected) in [
        (
            "9/package/firefox/diff/SPECS/firefox.spec",
            "not told of these lines, but of the file: branding: ",
        ),
        (PATH, "but of the file: branding: "),
    ] {
        browser.open(path).await;
        browser
            .wait_for_text(".diff-heading.diff-unexplained", expected)
            .await;
    }
}

#[tokio::test]
async fn a_binary_file_tells_its_sizes_and_digests() {
    let browser = open("").await;
    browser
        .wait_for_text(".changed-files", "binary, 60 bytes → 60 bytes")
        .await;
    browser
        .open("9/package/cockpit/diff/SOURCES/logo.png")
        .await;
    browser.wait_for_text("main", "the SHA-256 ").await;
    assert_eq!(browser.count_of(".note").await, 2);
    browser.assert_accessible().await;
}

#[tokio::test]
async fn keys_lead_on_where_no_lines_are_drawn() {
    let browser = open("").await;
    browser
        .click(".changed-files a[href$='SOURCES/logo.png']")
        .await;
    browser.wait_for_text("main", "the SHA-256 ").await;
    press_key(&browser, "?").await;
    browser.wait_for("dialog[open]").await;
    browser.assert_accessible().await;
    browser.click("dialog[open] button").await;
    browser.wait_until_gone("dialog[open]").await;
    press_key(&browser, "n").await;
    browser.wait_for_text("main h1", "SPECS/cockpit.spec").await;
    browser
        .open("9/package/cockpit/diff/SOURCES/logo.png?from=reference:7")
        .await;
    browser
        .wait_for_text("main .note", "No report of release 7 is published.")
        .await;
    press_key(&browser, "p").await;
    browser
        .wait_for_text("main h1", "SOURCES/branding.css")
        .await;
    // The other file is looked at in the same way, which is not at hand either.
    browser
        .wait_for_text("main .note", "No report of release 7 is published.")
        .await;
    press_key(&browser, "p").await;
    browser
        .wait_for_text(".diff-missed", "No changed file comes before.")
        .await;
    browser.assert_clean().await;
}

#[tokio::test]
async fn the_changed_files_are_listed_with_their_counts() {
    let browser = open("").await;
    let files = browser.texts_of(".changed-files li").await;
    assert_eq!(files.len(), 3, "{files:?}");
    assert!(
        files[0].contains("SOURCES/branding.css") && files[0].contains("+2 −2"),
        "{files:?}"
    );
    assert_eq!(
        browser.text_of(".changed-files [aria-current=page]").await,
        "SPECS/cockpit.spec"
    );
}

#[tokio::test]
async fn the_focus_is_on_the_file_that_the_reader_went_to() {
    let browser = open("").await;
    let check = async |how: &str, file: &str| {
        browser.evaluate(how).await;
        browser.wait_for_text("main h1:focus", file).await;
    };
    let key = |key: &str| {
        format!(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
        )
    };
    let from_lines = format!(
        "document.querySelector('.diff-scroller').focus(); {}",
        key("p")
    );
    check(&from_lines, "SOURCES/logo.png").await;
    check(&key("p"), "SOURCES/branding.css").await;
    check(&key("n"), "SOURCES/logo.png").await;
    let link = "(() => { const link = document.querySelector(\".changed-files a[href$='cockpit.spec']\"); link.focus(); link.click(); })()";
    check(link, "SPECS/cockpit.spec").await;
    browser.wait_for(".diff-row").await;
    assert_eq!(browser.count_of("main h1:focus").await, 1);
    browser.assert_accessible().await;
}

#[tokio::test]
async fn the_focus_stays_where_something_is_tried_again() {
    let press = "(() => { const button = document.querySelector('.failed button'); button.focus(); button.click(); })()";
    for broken in ["diff-worker.js", "reports/texts/"] {
        let browser = Browser::start(Hosting::Root).await;
        browser.inject_fault(broken, crate::support::Fault::NotFound);
        browser.open(PATH).await;
        browser.wait_for(".failed button").await;
        let asked = browser.request_count(broken);
        browser.evaluate(press).await;
        // Until it failed again.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        browser.wait_for(".failed button:focus").await;
        assert!(browser.request_count(broken) > asked, "{broken}");
        browser.mend(broken);
        browser.evaluate(press).await;
        browser.wait_for(".diff-scroller:focus").await;
    }
}

#[tokio::test]
async fn a_worker_that_is_slow_is_told_and_waited_for() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("diff-worker-", crate::support::Fault::NeverAnswers);
    browser.open(PATH).await;
    browser
        .wait_for_text(".diff-slow", "still waited for")
        .await;
    browser.assert_accessible().await;
    browser.mend("diff-worker-");
    browser
        .evaluate("(() => { const button = document.querySelector('.diff-slow button'); button.focus(); button.click(); })()")
        .await;
    browser.wait_for(".diff-scroller:focus").await;
    browser.wait_until_gone(".diff-slow").await;
    // A browser that has no program of the worker yet.
    let browser = Browser::start(Hosting::Root).await;
    let late = std::time::Duration::from_secs(13);
    browser.inject_fault("diff-worker-", crate::support::Fault::Delayed(late));
    browser.open(PATH).await;
    browser.wait_for(".diff-slow").await;
    browser.wait_for(".diff-row").await;
    browser.wait_until_gone(".diff-slow").await;
}

#[tokio::test]
async fn a_worker_that_does_not_come_is_told_and_tried_again() {
    let browser = Browser::start(Hosting::Root).await;
    browser.inject_fault("diff-worker.js", crate::support::Fault::NotFound);
    browser.open(PATH).await;
    browser.wait_for_text(".failed", "worker").await;
    browser.assert_accessible().await;
    browser.mend("diff-worker.js");
    browser.click(".failed button").await;
    browser.wait_for_text(".diff", ".alma.1").await;
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

#[tokio::test]
async fn who_has_no_mouse_gets_past_the_lines() {
    let browser = open("").await;
    browser
        .evaluate("document.querySelector('.diff-skip').focus()")
        .await;
    assert_eq!(
        browser
            .evaluate("document.querySelector('.diff-skip').getBoundingClientRect().height > 10")
            .await,
        true
    );
    browser
        .evaluate("document.querySelector('.diff-skip').click()")
        .await;
    assert_eq!(
        browser.evaluate("document.activeElement.textContent").await,
        "End of the lines"
    );
    let follows = "!!(document.activeElement.compareDocumentPosition(document.querySelector('.diff-scroller')) & Node.DOCUMENT_POSITION_PRECEDING)";
    assert_eq!(browser.evaluate(follows).await, true);
    browser.assert_accessible().await;
}

#[tokio::test]
async fn lines_and_ranges_are_linked_on_either_side() {
    let browser = open("").await;
    let click = |line: &str, keys: &str| {
        format!(
            "document.querySelector(\".diff a[href='#{line}']\").dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true{keys} }}))"
        )
    };
    for (line, keys, expected) in [
        ("L13", "", "#L13"),
        ("L15", ", shiftKey: true", "#L13-L15"),
        ("R13", "", "#R13"),
        ("R14", ", shiftKey: true", "#R13-R14"),
    ] {
        browser.evaluate(&click(line, keys)).await;
        assert_eq!(browser.path().await, format!("{PATH}{expected}"));
    }
    assert_eq!(browser.count_of(".diff-number.diff-linked").await, 2);
}

#[tokio::test]
async fn long_lines_are_continued_or_run_on() {
    let browser = open("").await;
    let is_pressed = "document.querySelector('.diff button[title^=Continue]').ariaPressed";
    assert_eq!(browser.evaluate(is_pressed).await, "false");
    browser.set_view(View::TELEPHONE).await;
    browser.open(PATH).await;
    browser.wait_for_text(".diff", ".alma.1").await;
    assert_eq!(browser.evaluate(is_pressed).await, "true");
    let is_wide = "(() => { const lines = document.querySelector('.diff-scroller'); return lines.scrollWidth > lines.clientWidth + 1; })()";
    let continued = "[...document.querySelectorAll('.diff-row .diff-text code')].filter(code => !code.closest('.diff-row').querySelector('a')).length";
    browser
        .wait_until(&format!("{continued} > 0"), "a line is continued")
        .await;
    assert_eq!(browser.evaluate(is_wide).await, false);
    browser.assert_accessible().await;
    press(&browser, "Wrap").await;
    assert_eq!(browser.path().await, format!("{PATH}?wrap=off"));
    browser
        .wait_until(is_wide, "the lines are wider than the window")
        .await;
    assert_eq!(browser.evaluate(continued).await, 0);
    browser.assert_clean().await;
}

#[tokio::test]
async fn any_two_sides_of_the_reports_are_compared() {
    let browser = Browser::start(Hosting::Root).await;
    let path = "9/package/kernel/diff/SPECS/kernel.spec";
    browser.open(path).await;
    browser.wait_for(".diff-row").await;
    browser
        .evaluate("(list => { list.focus(); list.value = 'distribution:10:20261120T041000Z'; list.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('.diff-choice select[aria-label=From]'))")
        .await;
    browser
        .wait_until(
            "document.querySelector('.diff-number a')?.ariaLabel.includes('a10')",
            "the other release’s side is drawn",
        )
        .await;
    assert_eq!(
        browser.path().await,
        format!("{path}?from=distribution:10:20261120T041000Z")
    );
    // From there the keyboard leads on to the next entry.
    let focus = "document.activeElement.ariaLabel + ' ' + document.activeElement.value";
    assert_eq!(
        browser.evaluate(focus).await,
        "From distribution:10:20261120T041000Z"
    );
    browser.evaluate("history.back()").await;
    browser
        .wait_until(
            "document.querySelector('.diff-choice select[aria-label=From]').value === 'reference'",
            "the list shows the side that the address names again",
        )
        .await;
    browser.assert_accessible().await;
    browser
        .open("9/package/nginx/diff/SPECS/nginx.spec?from=reference:9:20261020T041000Z")
        .await;
    browser
        .wait_for_text(
            ".diff-notes",
            "is told only between the two sides of one report",
        )
        .await;
    assert_eq!(browser.count_of(".diff-heading").await, 0);
    browser
        .open("9/package/nginx/diff/SPECS/nginx.spec?from=reference:9:20261020T041000Z&to=distribution:9:20261020T041000Z")
        .await;
    browser.wait_for(".diff-heading").await;
    for (query, sentence) in [
        ("from=reference:7", "No report of release 7 is published."),
        (
            "from=reference:9:never",
            "The report never of release 9 is not published.",
        ),
    ] {
        browser.open(&format!("{path}?{query}")).await;
        browser.wait_for_text("main .note", sentence).await;
        browser.wait_for(".diff-choice select").await;
        browser.assert_accessible().await;
    }
    browser
        .open("9/package/cockpit/diff/SPECS/cockpit.spec?from=distribution&to=distribution")
        .await;
    browser
        .wait_for_text(".diff-notes", "Both sides are the same.")
        .await;
    browser.assert_clean().await;
}

/// The worker's program, compressed with brotli.
const WORKER_BYTES_MAX: u64 = 60_000;

#[tokio::test]
async fn the_worker_is_small_and_comes_only_with_a_difference() {
    let browser = Browser::start(Hosting::Root).await;
    browser.open("9/packages").await;
    browser.wait_for("tr[data-row]").await;
    assert_eq!(browser.request_count("/diff-worker"), 0);
    browser.open(PATH).await;
    browser.wait_for_text(".diff", ".alma.1").await;
    let script = browser
        .evaluate("fetch('diff-worker.js').catch(() => null) && fetch(new URL('diff-worker.js', document.querySelector('script[data-js]').src)).then(answer => answer.text())")
        .await;
    let script = script.as_str().unwrap().to_owned();
    let (_, rest) = script.split_once("./diff-worker-").unwrap();
    let hash = rest.split('.').next().unwrap();
    let mut total = 0;
    for name in [
        format!("diff-worker-{hash}.js"),
        format!("diff-worker-{hash}_bg.wasm"),
    ] {
        let expression = format!(
            "fetch(new URL('{name}', document.querySelector('script[data-js]').src), {{ cache: 'reload' }}).then(answer => Number(answer.headers.get('content-length')))"
        );
        total += browser.evaluate(&expression).await.as_u64().unwrap();
    }
    println!("worker: {total} bytes of {WORKER_BYTES_MAX}");
    assert!(total > 0 && total <= WORKER_BYTES_MAX, "{total}");
}
