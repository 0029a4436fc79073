//! What is said of what was read, and of what does not count.

use super::*;

#[test]
fn each_range_of_numbers_that_pages_leave_out_is_told() {
    let check = |after: &[u64], older: Option<u64>, expected: &str| {
        let range = |after: u64| UnreadBuildsRecord {
            after,
            before: after + 5,
        };
        let source = BuildsSourceRecord {
            unread_ranges: after.iter().copied().map(range).collect(),
            unread: older.map(range),
            ..BuildsSourceRecord::default()
        };
        let sentences = extent_in_sentences(&[source], &BTreeSet::new(), 3).join("");
        let expected = format!("No build was read.{expected}");
        assert_eq!(sentences.replace('\u{a0}', " "), expected);
    };
    check(&[], None, "");
    let none_is_said_to_be_there = ": their builds were not read, or are not there.";
    let numbers = " The pages that were read leave out numbers";
    let both = format!("{numbers} between 10 and 15, between 30 and 35{none_is_said_to_be_there}");
    check(&[10, 30], None, &both);
    let one = format!("{numbers} between 10 and 15{none_is_said_to_be_there}");
    check(&[], Some(10), &one);
    let many: Vec<u64> = (0..10).map(|number| number * 10).collect();
    let named = many[2..].iter();
    let named = named.map(|after| format!("between {after} and {}", after + 5));
    let named = named.collect::<Vec<_>>().join(", ");
    let told = format!("{numbers} {named}, and in 2 ranges before{none_is_said_to_be_there}");
    check(&many, None, &told);
}

#[test]
fn builds_that_count_for_no_package_are_told() {
    let check = |foreign: Option<u32>, unnamed: u32, expected: &str| {
        let source = BuildsSourceRecord {
            foreign: foreign.map(|builds| ForeignBuildsRecord {
                builds,
                repository: "https://example.org/bash.git".to_owned(),
            }),
            unnamed,
            ..BuildsSourceRecord::default()
        };
        let sentences = extent_in_sentences(&[source], &BTreeSet::new(), 3).join("");
        let expected = format!("No build was read.{expected}");
        assert_eq!(sentences.replace('\u{a0}', " "), expected);
    };
    check(None, 0, "");
    let foreign =
        "of repositories that are none of AlmaLinux’s own, such as https://example.org/bash.git,";
    check(Some(1), 0, &format!(" 1 build {foreign} is left out."));
    let both = format!(
        " 2 builds {foreign} are left out. 3 builds of sources that name no package are left out."
    );
    check(Some(2), 3, &both);
}

#[test]
fn an_architecture_that_the_release_does_not_have_makes_no_package_failing() {
    let fails = |name: &str| architecture(name, BuildStatus::Failed, Some(3), Some(4));
    let check = |own: &[&str], on: &str, is_counted: bool| {
        let mut document = document(vec![package("a", 0, vec![fails(on)])]);
        document.architectures = own.iter().map(|name| (*name).to_owned()).collect();
        let board = BuildsBoard::of(&document, &table(&["a"]));
        let counts = board.counts(&BuildsFilter::default());
        let failing = u32::from(is_counted);
        assert_eq!(counts, [failing, 0, 0, 1 - failing], "{own:?} {on}");
        assert_eq!(document.entry().failing, failing);
        let there = board.shown(&query(&format!("arch={on}")));
        assert_eq!(told(&there.failing).len(), 1);
        let beside = "1 package fails on architectures that this release does not have, which is not counted: ";
        let sentence = board
            .extent
            .last()
            .is_some_and(|text| text.starts_with(beside));
        assert_eq!(sentence, !is_counted);
        let done = board.shown(&BuildsFilter::default()).done;
        let fails_beside: Vec<&String> = done.iter().flat_map(|done| &done.fails_beside).collect();
        assert_eq!(fails_beside.len(), usize::from(!is_counted));
    };
    check(&[], "riscv64", true);
    check(&["aarch64"], "riscv64", false);
    check(&["riscv64"], "riscv64", true);
    check(&["aarch64"], "src", true);
    check(&["x86_64"], "i686", true);
    check(&["aarch64"], "i686", false);
}

#[test]
fn what_was_read_and_what_was_not_is_said() {
    let board = board();
    assert_eq!(
        board
            .extent
            .iter()
            .map(|text| text.replace('\u{a0}', " "))
            .collect::<Vec<_>>(),
        [
            "7 builds were read, from 1 of 1 Nov 2026 to 9 of 9 Nov 2026.",
            "1 of the 3 source packages of this release have no build among them.",
        ]
    );
    assert_eq!(
        board.why_nothing(&query("q=zsh")),
        "zsh is a package of this release, and no build of it is among those that were read."
    );
    assert!(
        board
            .why_nothing(&query("q=zs"))
            .starts_with("No build fits")
    );
    let failed = BuildsSourceRecord {
        failure: Some("page 1 of x could not be read: it is not there.".to_owned()),
        ..BuildsSourceRecord::default()
    };
    assert_eq!(
        extent_in_sentences(&[failed], &BTreeSet::new(), 3),
        [
            "No build was read. Then reading ended: page 1 of x could not be read: it is not there. What other builds there are is not known."
        ]
    );
    let old = BuildsSourceRecord {
        builds: 1,
        oldest: Some(point(1)),
        newest: Some(point(1)),
        old_answers: Some(OldAnswersRecord {
            oldest: PointInTime("2026-11-20T04:10:00Z".parse().unwrap()),
            cause: "page 1 of x could not be read: it is not there".to_owned(),
        }),
        ..BuildsSourceRecord::default()
    };
    let sentences = extent_in_sentences(&[old], &BTreeSet::new(), 3).join("");
    assert_eq!(
        sentences.replace('\u{a0}', " "),
        "1 build was read: 1 of 1 Nov 2026. Answers of 20 Nov 2026, 04:10 UTC or later stand in for some that did not come: \
         page 1 of x could not be read: it is not there."
    );
}
