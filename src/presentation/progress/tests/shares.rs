//! What is said of the difference of two shares.

use super::*;
use crate::presentation::progress::share::{Difference, points_between};

#[test]
fn the_sentence_says_what_became_of_the_share() {
    let check = |points: &[ProgressPoint], expected: &str| {
        let found = progress_sentence(points, "AlmaLinux 9.6", "RHEL 9.6");
        assert_eq!(plain(&found), expected);
    };
    check(&[], "No report of AlmaLinux 9.6 with a share yet");
    let now = point("2026-11-20", 989, 11, None);
    check(
        std::slice::from_ref(&now),
        "98.9 % of AlmaLinux 9.6 matches RHEL 9.6",
    );
    let old = point("2025-11-20", 985, 15, None);
    let older = point("2025-11-01", 900, 100, None);
    let later = point("2025-11-21", 950, 50, None);
    check(
        &[older, old.clone(), later.clone(), now.clone()],
        "98.9 % of AlmaLinux 9.6 matches RHEL 9.6, +0.4 points since 20 Nov 2025",
    );
    check(
        &[later, now],
        "98.9 % of AlmaLinux 9.6 matches RHEL 9.6, +3.9 points since 21 Nov 2025",
    );
    // Whatever it was in between.
    let between = point("2026-03-01", 100, 900, None);
    check(
        &[old.clone(), between, point("2026-11-20", 985, 15, None)],
        "98.5 % of AlmaLinux 9.6 matches RHEL 9.6, the same as on 20 Nov 2025",
    );
    let nothing = point("2026-11-20", 0, 0, None);
    check(
        &[old, nothing.clone()],
        "Nothing of AlmaLinux 9.6 could be compared with RHEL 9.6",
    );
    check(
        &[nothing, point("2026-11-21", 1, 1, None)],
        "50.0 % of AlmaLinux 9.6 matches RHEL 9.6",
    );
}

#[test]
fn a_small_change_is_never_none() {
    let check = |then: (u32, u32), now: (u32, u32), expected: Option<&str>| {
        let shares = |(matched, diverging)| Shares {
            matched,
            diverging,
            ..Shares::default()
        };
        let found =
            points_between(&shares(then), &shares(now)).map(|difference| match difference {
                Difference::None => "none".to_owned(),
                Difference::Of(points) => plain(&points),
            });
        assert_eq!(found.as_deref(), expected);
    };
    check((1, 1), (1, 1), Some("none"));
    check((1, 1), (2, 2), Some("none"));
    check((9_999, 10_001), (1, 1), Some("up by less than 0.1 points"));
    check(
        (1, 1),
        (9_999, 10_001),
        Some("down by less than 0.1 points"),
    );
    check((1, 1), (1, 3), Some("−25.0 points"));
    check((0, 0), (1, 3), None);
}

#[test]
fn shares_of_other_things_are_not_subtracted() {
    let at = |day: &str, compared: u32, minors: [&str; 2]| ProgressPoint {
        distribution_minor: minors[0].to_owned(),
        reference_minor: minors[1].to_owned(),
        ..point(day, compared / 2, compared - compared / 2, None)
    };
    let check = |then: ProgressPoint, now: ProgressPoint, expected: [&str; 2]| {
        let points = [then, now];
        let sentence = progress_sentence(&points, "AlmaLinux", "RHEL");
        let number = share_number("10", &points, ("AlmaLinux", "RHEL")).unwrap();
        assert_eq!(
            plain(&sentence),
            format!("50.0 % of AlmaLinux matches RHEL{}", expected[0])
        );
        let formula = plain(&number.formula);
        assert!(formula.starts_with(expected[1]), "{formula}");
        assert_eq!(
            number.value == "not comparable",
            expected[0].contains("not comparable")
        );
    };
    let (then, now) = ("2025-12-31", "2026-09-06");
    let formula = "Matched and patched of all compared source packages: ";
    check(
        at(then, 62, ["10.0", "10.1"]),
        at(now, 310, ["10.0", "10.2"]),
        [
            ", not comparable with 31 Dec 2025",
            "RHEL went from 10.1 to 10.2, and AlmaLinux stayed at 10.0; the packages compared went from 62 to 310. Matched",
        ],
    );
    check(
        at(then, 300, ["10.0", "10.1"]),
        at(now, 300, ["10.0", "10.2"]),
        [
            ", not comparable with 31 Dec 2025",
            "RHEL went from 10.1 to 10.2, and AlmaLinux stayed at 10.0. Matched",
        ],
    );
    check(
        at(then, 200, ["10.0", "10.1"]),
        at(now, 300, ["10.0", "10.1"]),
        [
            ", not comparable with 31 Dec 2025",
            "The packages compared went from 200 to 300. Matched",
        ],
    );
    let on = |point: ProgressPoint, names: &[&str]| ProgressPoint {
        architectures: names.iter().map(|name| (*name).to_owned()).collect(),
        ..point
    };
    let same = ["10.1", "10.1"];
    check(
        on(at(then, 300, same), &["x86_64"]),
        on(at(now, 300, same), &["x86_64", "aarch64"]),
        [
            ", not comparable with 31 Dec 2025",
            "The architectures went from x86_64 to x86_64, aarch64. Matched",
        ],
    );
    check(
        on(at(then, 300, same), &["aarch64", "x86_64"]),
        on(at(now, 300, same), &["x86_64", "aarch64"]),
        [", the same as on 31 Dec 2025", formula],
    );
    // Where both go from one minor release to the next, they are as far from each other as before.
    check(
        at(then, 300, ["10.1", "10.1"]),
        at(now, 310, ["10.2", "10.2"]),
        [", the same as on 31 Dec 2025", formula],
    );
}
