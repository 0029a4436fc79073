use super::*;
use proptest::prelude::*;

/// A build by its number, its line, and one letter for each architecture: `+` succeeded, `x` failed, `-` left out, `/`
/// stopped, `?` not known, `.` under way, blank: no task. A `…` at the end: others may have followed that nobody read.
fn tries<'a>(builds: &[(u64, &'a str, &str)]) -> Vec<BuildTry<'a>> {
    let of = |letter: char| match letter {
        '+' => Some(BuildProgress::Succeeded),
        'x' => Some(BuildProgress::Failed),
        '-' => Some(BuildProgress::LeftOut),
        '/' => Some(BuildProgress::Stopped),
        '?' => Some(BuildProgress::Unknown),
        '.' => Some(BuildProgress::Underway),
        _ => None,
    };
    builds
        .iter()
        .map(|&(id, line, letters)| BuildTry {
            ordered: Timestamp::from_unix_days(id as i64),
            id,
            line,
            names_line: true,
            version: None,
            released: false,
            progress: ["aarch64", "x86_64"]
                .into_iter()
                .zip(letters.chars())
                .filter_map(|(architecture, letter)| Some((architecture, of(letter)?)))
                .collect(),
            unread_after: letters.ends_with('…'),
        })
        .collect()
}

fn told(tries: &[BuildTry<'_>]) -> Vec<String> {
    let id = |position: usize| tries[position].id;
    let states = build_states(tries);
    let lines = states.iter().flat_map(|line| {
        line.architectures.iter().map(move |state| {
            let succeeded = state.succeeded.map(id);
            let failing = state.failing.map(|failing| {
                let sign = if failing.at_least { "≤" } else { "" };
                format!(", fails since {sign}{}", id(failing.since))
            });
            let unknown = state
                .unknown_since
                .map(|since| format!(", not known since {}", id(since)));
            let of_read = if state.unread.is_some() {
                " of those read"
            } else {
                ""
            };
            format!(
                "{} {}: {:?} in {}, last success {}{of_read}{}{}",
                line.line,
                state.architecture,
                state.progress,
                id(state.last),
                succeeded.map_or("none".to_owned(), |id| id.to_string()),
                failing.unwrap_or_default(),
                unknown.unwrap_or_default()
            )
        })
    });
    lines.collect()
}

fn check(builds: &[(u64, &str, &str)], expected: &[&str]) {
    assert_eq!(told(&tries(builds)), expected, "{builds:?}");
}

#[test]
fn it_fails_since_the_first_failure_after_the_last_success() {
    check(
        &[
            (4, "9", "xx"),
            (1, "9", "x+"),
            (3, "9", "x+"),
            (2, "9", "+x"),
        ],
        &[
            "9 aarch64: Failed in 4, last success 2, fails since 3",
            "9 x86_64: Failed in 4, last success 3, fails since 4",
        ],
    );
    check(
        &[(1, "9", "x+"), (2, "9", "x")],
        &[
            "9 aarch64: Failed in 2, last success none, fails since ≤1",
            "9 x86_64: Succeeded in 1, last success 1",
        ],
    );
}

#[test]
fn what_did_not_end_changes_nothing() {
    check(
        &[(1, "9", "+x"), (2, "9", "x."), (3, "9", "/.")],
        &[
            "9 aarch64: Stopped in 3, last success 1, fails since 2",
            "9 x86_64: Underway in 3, last success none, fails since ≤1",
        ],
    );
}

#[test]
fn after_a_state_that_is_not_known_it_is_not_known_whether_it_fails() {
    let check = |letters: &str, expected: &str| {
        let letters: Vec<String> = letters.chars().map(String::from).collect();
        let builds = (1..).zip(&letters);
        let builds: Vec<_> = builds
            .map(|(id, letter)| (id, "9", letter.as_str()))
            .collect();
        check(&builds, &[&format!("9 aarch64: {expected}")]);
    };
    check("+x?", "Unknown in 3, last success 1, not known since 3");
    check(
        "xx?/?.",
        "Underway in 6, last success none, not known since 3",
    );
    check("+x?+", "Succeeded in 4, last success 4");
    check("+x?-", "LeftOut in 4, last success 1");
    // It may have succeeded in between, and may have failed before.
    check("+x?x", "Failed in 4, last success 1, fails since ≤4");
    check("+?xx", "Failed in 4, last success 1, fails since ≤3");
    // Nothing is known to have failed.
    check("+?", "Unknown in 2, last success 1");
    check("+x-?", "Unknown in 4, last success 1");
}

#[test]
fn what_nobody_read_may_have_ended_in_any_way() {
    let check = |letters: &str, expected: &str| {
        let letters: Vec<&str> = letters.split(' ').collect();
        let builds = (1..).zip(&letters);
        let builds: Vec<_> = builds.map(|(id, letters)| (id, "9", *letters)).collect();
        check(&builds, &[&format!("9 aarch64: {expected}")]);
    };
    // It may have succeeded in between.
    check(
        "+ x… x",
        "Failed in 3, last success 1 of those read, fails since ≤3",
    );
    check(
        "+… x x",
        "Failed in 3, last success 1 of those read, fails since ≤2",
    );
    check(
        "+ x…",
        "Failed in 2, last success 1 of those read, not known since 2",
    );
    check("+…", "Succeeded in 1, last success 1 of those read");
    check("+ x… +", "Succeeded in 3, last success 3");
    check("+ x… + x", "Failed in 4, last success 3, fails since 4");
    check("x… -", "LeftOut in 2, last success none");
    // What follows on one line of development is not known of the others either.
    let both = [(1, "8", "x"), (2, "9", "+…")];
    let of_other = "8 aarch64: Failed in 1, last success none, not known since 2";
    assert_eq!(told(&tries(&both))[0], of_other);
}

#[test]
fn an_architecture_that_is_left_out_does_not_fail() {
    check(
        &[(1, "9", "+"), (2, "9", "x"), (3, "9", "-")],
        &["9 aarch64: LeftOut in 3, last success 1"],
    );
}

#[test]
fn a_success_of_another_line_is_none_of_this() {
    check(
        &[(1, "8-stream-1", "x"), (2, "8-stream-2", "+")],
        &[
            "8-stream-1 aarch64: Failed in 1, last success none, fails since ≤1",
            "8-stream-2 aarch64: Succeeded in 2, last success 2",
        ],
    );
}

#[test]
fn an_architecture_that_a_newer_build_is_not_for_is_not_known_to_fail_still() {
    let check = |builds: &[(u64, &str, &str)], expected: &str| {
        let told = told(&tries(builds));
        assert_eq!(told[0], format!("9 aarch64: {expected}"), "{builds:?}");
    };
    let left_out = "Failed in 2, last success 1, not known since 3";
    check(&[(1, "9", "++"), (2, "9", "xx"), (3, "9", " +")], left_out);
    check(
        &[
            (1, "9", "++"),
            (2, "9", "xx"),
            (3, "9", " x"),
            (4, "9", " +"),
        ],
        left_out,
    );
    // A build that did not end tells nothing, nor does one of another line.
    let fails = "Failed in 2, last success 1, fails since 2";
    for other in [(3, "9", " ."), (3, "9", " /"), (3, "9-beta", " +")] {
        check(&[(1, "9", "++"), (2, "9", "xx"), other], fails);
    }
    // Nothing built it in between.
    check(
        &[(1, "9", "+"), (2, "9", "x"), (3, "9", " +"), (4, "9", "x")],
        "Failed in 4, last success 1, fails since 2",
    );
    check(
        &[(1, "9", "+"), (2, "9", "x"), (3, "9", " +"), (4, "9", "+")],
        "Succeeded in 4, last success 4",
    );
    check(
        &[(1, "9", "++"), (2, "9", " x")],
        "Succeeded in 1, last success 1",
    );
}

#[test]
fn one_whose_time_is_not_known_stands_where_its_number_puts_it() {
    let check = |undated: &[usize], letters: [&str; 3], expected: &str| {
        let builds = [1, 2, 3].into_iter().zip(letters);
        let builds: Vec<_> = builds.map(|(id, letter)| (id, "9", letter)).collect();
        let mut given = tries(&builds);
        for position in undated {
            given[*position].ordered = None;
        }
        assert_eq!(told(&given), [format!("9 aarch64: {expected}")]);
    };
    let fails = "Failed in 3, last success 2, fails since 3";
    for undated in [&[0][..], &[1], &[2], &[0, 1], &[1, 2], &[0, 1, 2]] {
        check(undated, ["x", "+", "x"], fails);
    }
    check(
        &[1],
        ["+", "x", "x"],
        "Failed in 3, last success 1, fails since 2",
    );
}

#[test]
fn the_worst_of_several_tasks_counts() {
    let mut both = tries(&[(1, "9", "+")]);
    both[0].progress.push(("aarch64", BuildProgress::Failed));
    assert_eq!(
        told(&both),
        ["9 aarch64: Failed in 1, last success none, fails since ≤1"]
    );
    check(&[], &[]);
}

proptest! {
    #[test]
    fn neither_order_nor_what_is_not_needed_matters(
        builds in proptest::collection::vec(("[89]", "[-+x/?. ]{2}…?"), 0..12),
        shuffled in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let builds: Vec<(u64, &str, &str)> = builds
            .iter()
            .enumerate()
            .map(|(id, (line, letters))| (id as u64, line.as_str(), letters.as_str()))
            .collect();
        let given = tries(&builds);
        let order = shuffled.iter().filter(|&&position| position < given.len());
        let other: Vec<BuildTry<'_>> = order.map(|&position| given[position].clone()).collect();
        prop_assert_eq!(told(&given), told(&other));
        let positions = needed(&build_states(&given));
        let kept: Vec<BuildTry<'_>> = positions.iter().map(|&position| given[position].clone()).collect();
        prop_assert_eq!(told(&given), told(&kept));
    }
}
