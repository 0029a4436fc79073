//! The diff: layouts, folds, and lines in the address.

mod copying;
mod keys;
mod worker;

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
    // The keyboard comes to what does not fit.
    let text = ".diff-heading-text[tabindex='0']";
    assert_eq!(
        browser.count_of(text).await,
        browser.count_of(".diff-heading").await
    );
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
    let is_heard = "[...document.querySelectorAll('.diff-number .visually-hidden')].some(said => /^\\d+ continued, /.test(said.textContent))";
    assert_eq!(browser.evaluate(is_heard).await, true);
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
    for query in [
        "from=reference:9:20261020T041000Z&to=distribution:9:20261020T041000Z",
        "to=distribution:9",
    ] {
        browser
            .open(&format!("9/package/nginx/diff/SPECS/nginx.spec?{query}"))
            .await;
        browser.wait_for(".diff-heading").await;
    }
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
