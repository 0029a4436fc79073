use super::*;

fn record(before: (u32, u32), after: (u32, u32)) -> HunkRecord {
    HunkRecord {
        file: "a.spec".to_owned(),
        before_line: before.0,
        before_lines: before.1,
        after_line: after.0,
        after_lines: after.1,
    }
}

fn explained(text: &str) -> Known {
    Known {
        text: text.to_owned(),
        origins: Vec::new(),
        is_explained: true,
    }
}

fn explanations(of_file: Option<Known>) -> FileExplanations {
    let open = Known {
        text: "not explained: no action fits".to_owned(),
        ..Known::default()
    };
    FileExplanations {
        entries: vec![
            (record((3, 1), (3, 1)), explained("branding: Renames it.")),
            (
                record((4, 0), (5, 2)),
                explained("release mechanics: Marks it."),
            ),
            (record((9, 2), (11, 0)), open),
        ],
        of_file: of_file.into_iter().collect(),
        are_exchanged: false,
    }
}

fn check(hunk: Hunk, of_file: Option<Known>, expected: &str, is_explained: bool) {
    let found = explanations(of_file).of_hunk(&hunk, std::slice::from_ref(&hunk));
    assert_eq!(
        (found.text().as_str(), found.is_explained()),
        (expected, is_explained)
    );
}

#[test]
fn lines_are_explained_by_what_names_them() {
    let hunk = |before, after| Hunk { before, after };
    check(hunk(2..3, 2..3), None, "branding: Renames it.", true);
    check(
        hunk(2..4, 2..6),
        None,
        "branding: Renames it. (line 3) · release mechanics: Marks it. (lines 5–6) · not explained (line 4)",
        false,
    );
    check(
        hunk(9..10, 11..11),
        None,
        "not explained: no action fits",
        false,
    );
    check(hunk(20..21, 20..21), None, "not explained", false);
    let of_file = Known {
        text: "branding: Replaces the file.".to_owned(),
        origins: Vec::new(),
        is_explained: true,
    };
    let (whole, other) = (Some(of_file.clone()), Some(of_file));
    check(
        hunk(20..21, 20..21),
        whole,
        "not told of these lines, but of the file: branding: Replaces the file.",
        false,
    );
    check(hunk(2..3, 2..3), other, "branding: Renames it.", true);
}

#[test]
fn a_hunk_of_which_one_line_is_explained_says_so_of_that_line() {
    let hunk = |before, after| Hunk { before, after };
    let check = |lines: Hunk, explained: &str, unexplained: &str| {
        let found = explanations(None).of_hunk(&lines, std::slice::from_ref(&lines));
        let found = (found.explained.as_str(), found.unexplained.as_str());
        assert_eq!(found, (explained, unexplained));
    };
    let branding = "branding: Renames it. (line 3)";
    check(hunk(2..6, 2..4), branding, "not explained (line 4)");
    check(
        hunk(2..6, 2..3),
        branding,
        "not explained (removed lines 4–6)",
    );
    check(
        hunk(6..10, 9..10),
        "",
        "not explained: no action fits (removed lines 9–10) · not explained (line 10)",
    );
}

#[test]
fn lines_that_are_equal_need_no_explanation() {
    let hunk = |before, after| Hunk { before, after };
    let exact = [hunk(2..3, 2..3), hunk(4..4, 4..6)];
    let found = explanations(None).of_hunk(&hunk(2..4, 2..6), &exact);
    let expected = "branding: Renames it. · release mechanics: Marks it.";
    assert_eq!(
        (found.text().as_str(), found.is_explained()),
        (expected, true)
    );
}

#[test]
fn of_lines_that_are_equal_where_all_space_counts_nothing_is_told() {
    let hunk = Hunk {
        before: 20..21,
        after: 20..21,
    };
    let exact = Hunk {
        before: 30..31,
        after: 30..31,
    };
    let found = explanations(None).of_hunk(&hunk, &[exact]);
    assert_eq!(
        found.text(),
        "not told of these lines where space is ignored"
    );
}

#[test]
fn lines_are_explained_where_the_sides_are_exchanged() {
    let check = |before, after, expected: &str| {
        let hunk = Hunk { before, after };
        let explanations = explanations(None).exchanged();
        let found = explanations.of_hunk(&hunk, std::slice::from_ref(&hunk));
        assert_eq!(found.text(), expected);
    };
    check(4..6, 4..4, "release mechanics: Marks it.");
    check(11..11, 8..10, "not explained: no action fits");
}

#[test]
fn each_change_that_explains_lines_has_its_origin() {
    let explained = |text: &str, address: &str| Known {
        text: text.to_owned(),
        origins: vec![ChangeOrigin {
            address: address.to_owned(),
            of: text.to_owned(),
        }],
        is_explained: true,
    };
    let changes = [
        ("branding: A", "https://one"),
        ("backport: B", "https://two"),
        ("build: C", "https://one"),
    ];
    let changes = changes.map(|(text, address)| explained(text, address));
    let hunk = Hunk {
        before: 2..3,
        after: 2..3,
    };
    let of_lines = |change: &Known| (record((3, 1), (3, 1)), change.clone());
    for known in [
        FileExplanations {
            entries: changes.iter().map(of_lines).collect(),
            ..FileExplanations::default()
        },
        FileExplanations {
            of_file: changes.to_vec(),
            ..FileExplanations::default()
        },
    ] {
        let origins = known
            .of_hunk(&hunk, std::slice::from_ref(&hunk))
            .origins
            .into_iter();
        let origins: Vec<_> = origins.map(|origin| (origin.address, origin.of)).collect();
        let expected = [
            ("https://one", "branding: A · build: C"),
            ("https://two", "backport: B"),
        ];
        let expected = expected.map(|(address, of)| (address.to_owned(), of.to_owned()));
        assert_eq!(origins, expected);
    }
}

#[test]
fn a_change_that_names_no_lines_is_told_of_the_file() {
    let mut package = crate::presentation::package_summary::tests::package(&[]);
    let known = |package: &Package, path: &str| {
        let hunk = Hunk {
            before: 0..1,
            after: 0..1,
        };
        FileExplanations::of(package, path)
            .of_hunk(&hunk, std::slice::from_ref(&hunk))
            .text()
    };
    assert_eq!(known(&package, "a.spec"), "not explained");
    package.changes = vec![crate::report::ChangeRecord {
        files: vec!["a.spec".to_owned()],
        class: crate::report::ChangeClassName::Branding,
        summary: "Replaces the name".to_owned(),
        origin: None,
        hunks: Vec::new(),
    }];
    let expected = [
        "not told of these lines, but of the file: branding: Replaces the name",
        "not explained",
    ];
    assert_eq!(["a.spec", "b"].map(|path| known(&package, path)), expected);
    let of_other = FileExplanations::of(&package, "b");
    assert_eq!(of_other, FileExplanations::default());
}
