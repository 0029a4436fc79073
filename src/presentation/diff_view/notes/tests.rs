use super::*;

fn check(reference: Option<&[u8]>, distribution: Option<&[u8]>, space: Space, expected: &[&str]) {
    let file = DiffFile {
        path: "a".to_owned(),
        reference_label: "Stream".to_owned(),
        distribution_label: "Alma".to_owned(),
        reference: reference.map(|bytes| bytes.to_vec().into()),
        distribution: distribution.map(|bytes| bytes.to_vec().into()),
        ..DiffFile::default()
    };
    let [before, after] = file.texts();
    let comparison = TextComparison::new(before, after, space);
    let facts = DiffFacts::of(&comparison);
    assert_eq!(notes(&file, &comparison, &facts), expected);
}

#[test]
fn says_which_side_has_the_file() {
    check(None, None, Space::Exact, &["Neither side has this file."]);
    check(
        None,
        Some(b"a"),
        Space::Exact,
        &["Only Alma has this file."],
    );
    check(
        Some(b""),
        None,
        Space::Exact,
        &["Only Stream has this file, and it is empty."],
    );
    check(
        Some(b"a"),
        None,
        Space::Exact,
        &["Only Stream has this file."],
    );
}

#[test]
fn says_that_a_file_is_empty() {
    check(
        Some(b""),
        Some(b""),
        Space::Exact,
        &["Both sides are the same: the file is empty."],
    );
    check(
        Some(b""),
        Some(b"a\n"),
        Space::Exact,
        &["The file of Stream is empty."],
    );
    check(
        Some(b"a\n"),
        Some(b""),
        Space::Exact,
        &["The file of Alma is empty."],
    );
    let empty = Arc::new(Vec::new());
    let file = DiffFile {
        reference: Some(Arc::clone(&empty)),
        distribution: Some(empty),
        is_alone: true,
        ..DiffFile::default()
    };
    let [before, after] = file.texts();
    let comparison = TextComparison::new(before, after, Space::Exact);
    let facts = DiffFacts::of(&comparison);
    assert_eq!(notes(&file, &comparison, &facts), ["The file is empty."]);
}

#[test]
fn a_text_that_is_shown_for_itself_is_not_compared() {
    let bytes = std::sync::Arc::new("a\u{202e}\n".as_bytes().to_vec());
    let file = DiffFile {
        distribution_label: "Alma".to_owned(),
        reference: Some(std::sync::Arc::clone(&bytes)),
        distribution: Some(bytes),
        remarks: vec!["First of all.".to_owned()],
        is_alone: true,
        ..DiffFile::default()
    };
    let [before, after] = file.texts();
    let comparison = TextComparison::new(before, after, Space::Exact);
    let facts = DiffFacts::of(&comparison);
    let directional =
        "Alma has characters that change the direction of text, shown as ⟨U+202E⟩ and the like.";
    assert_eq!(
        notes(&file, &comparison, &facts),
        ["First of all.", directional]
    );
}

#[test]
fn says_when_nothing_is_seen_to_differ() {
    check(
        Some(b"a\n"),
        Some(b"a\n"),
        Space::Exact,
        &["Both sides are the same."],
    );
    let ignored = "The sides differ only in white space, which is ignored.";
    check(Some(b"a\n"), Some(b"a \n"), Space::IgnoreAll, &[ignored]);
    check(
        Some(b"a\n"),
        Some(b"a\n\n"),
        Space::IgnoreBlankLines,
        &["The sides differ only in blank lines, which are ignored."],
    );
    check(Some(b"a\n"), Some(b"b\n"), Space::Exact, &[]);
}

#[test]
fn says_how_line_ends_differ() {
    check(
        Some(b"a\nb"),
        Some(b"a\r\nb"),
        Space::Exact,
        &["Only the line ends differ: LF in Stream, CRLF in Alma."],
    );
    check(
        Some(b"a\n"),
        Some(b"b\r\nc\n"),
        Space::Exact,
        &["The line ends differ: LF in Stream, LF and CRLF in Alma."],
    );
    // Blank lines are ignored, but how the others end is not.
    check(
        Some(b"a\nb"),
        Some(b"a\r\nb"),
        Space::IgnoreBlankLines,
        &["Only the line ends differ: LF in Stream, CRLF in Alma."],
    );
    check(
        Some(b"a\n"),
        Some(b"a"),
        Space::IgnoreBlankLines,
        &["Only the newline at the end of the file differs."],
    );
    check(
        Some(b"a\nb\n"),
        Some(b"a\nb"),
        Space::Exact,
        &["Only the newline at the end of the file differs."],
    );
    check(
        Some(b"a\nb\n"),
        Some(b"a\r\nb\n"),
        Space::Exact,
        &["Only the line ends differ: LF in Stream, LF and CRLF in Alma."],
    );
    check(
        Some(b"a\r\nb\nc\r\n"),
        Some(b"a\nb\r\nc\r\n"),
        Space::Exact,
        &["Only the line ends differ: both sides have LF and CRLF, but not in the same lines."],
    );
    check(
        Some(b"a\r\n"),
        Some(b"b\r\n"),
        Space::Exact,
        &["Lines end with CRLF on both sides."],
    );
    check(
        None,
        Some(b"b\r\n"),
        Space::Exact,
        &["Only Alma has this file.", "Its lines end with CRLF."],
    );
}

#[test]
fn says_what_would_not_be_seen() {
    check(
        Some(b"a\n"),
        Some("a\u{202e}\n".as_bytes()),
        Space::Exact,
        &["Alma has characters that change the direction of text, shown as ⟨U+202E⟩ and the like."],
    );
    check(
        Some(b"caf\xe9\n"),
        Some(b"caf\n"),
        Space::Exact,
        &[
            "Stream is not all UTF-8: other bytes are shown as ⟨0xE9⟩ and the like, and a patch of them can be saved, but not copied.",
        ],
    );
}

#[test]
fn says_what_was_too_large() {
    let long = "a,".repeat(crate::diff::HUNK_TOKENS_MAX);
    check(
        Some(long.as_bytes()),
        Some(b"b"),
        Space::Exact,
        &[
            "Words are not marked in 1 change that is too large for it.",
            "1 line is longer than 5,000 characters, of which as many are shown, around the first change. A copied patch has everything.",
        ],
    );
    check(
        Some(long.as_bytes()),
        Some(format!("{long}b").as_bytes()),
        Space::Exact,
        &[
            "1 line is too long for comparing words: all from the first difference to the last is marked.",
            "2 lines are longer than 5,000 characters, of which as many are shown, around the first change. A copied patch has everything.",
        ],
    );
}

#[test]
fn says_that_too_much_changed_in_all() {
    let line = |number: usize, end: &str| format!("{number} {}{end}\n\n", "a,".repeat(3_000));
    let text = |end: &str| -> String {
        let same = (0..60).map(|number| line(number, end));
        same.chain([format!("{}\n", end.repeat(3_000))]).collect()
    };
    let (before, after) = (text("b."), text("c;"));
    check(
        Some(before.as_bytes()),
        Some(after.as_bytes()),
        Space::Exact,
        &[
            "Words are not marked in 1 change, as too much changed in all.",
            "Words are not compared in 11 lines, as too much changed in all: all from the first difference to the last is marked.",
            "122 lines are longer than 5,000 characters, of which as many are shown, around the first change. A copied patch has everything.",
        ],
    );
}

#[test]
fn says_that_colours_end() {
    let check = |path: &str, bytes: usize, expected: usize| {
        let text = format!("x{}\n", " ".repeat(bytes - 1)).into_bytes();
        let file = DiffFile {
            path: path.to_owned(),
            reference: Some(text.clone().into()),
            distribution: Some(text.into()),
            ..DiffFile::default()
        };
        let [before, after] = file.texts();
        let comparison = TextComparison::new(before, after, Space::Exact);
        let notes = notes(&file, &comparison, &DiffFacts::of(&comparison));
        let told = "2 lines have colours only in the first 20,000 bytes.";
        let told = notes.iter().filter(|note| *note == told).count();
        assert_eq!(told, expected, "{path}");
    };
    check("a.sh", HIGHLIGHTED_BYTES_MAX, 0);
    check("a.sh", HIGHLIGHTED_BYTES_MAX + 1, 1);
    check("a.txt", HIGHLIGHTED_BYTES_MAX + 1, 0);
}

#[test]
fn says_that_moves_were_not_looked_for() {
    let rest: String = (0..40).map(|line| format!("{line}\n")).collect();
    let block = "  nop();\n".repeat(20);
    check(
        Some(format!("{block}{rest}").as_bytes()),
        Some(format!("{rest}{block}").as_bytes()),
        Space::Exact,
        &["Whether 20 lines moved was not looked for: the same changed in too many places."],
    );
}
