//! What the choices of the reader show.

use super::*;
use proptest::prelude::*;

#[test]
fn choices_narrow_what_is_shown() {
    let board = board();
    let check = |text: &str, expected: [usize; 4], counts: [u32; 4]| {
        let filter = query(text);
        let shown = board.shown(&filter);
        let found = [
            shown.failing.len(),
            shown.running.len(),
            shown.undecided.len(),
            shown.done.len(),
        ];
        assert_eq!(found, expected, "{text}");
        assert_eq!(board.counts(&filter), counts, "{text}");
    };
    check("", [3, 1, 3, 2], [2, 1, 2, 2]);
    check("status=failed", [3, 0, 0, 0], [2, 1, 2, 2]);
    check("status=running", [0, 1, 0, 0], [2, 1, 2, 2]);
    check("status=other", [0, 0, 3, 0], [2, 1, 2, 2]);
    check("status=done&q=BASH", [0, 0, 0, 1], [0, 0, 0, 1]);
    check("status=nonsense", [3, 1, 3, 2], [2, 1, 2, 2]);
    // What fails or runs elsewhere is built there.
    check("arch=x86_64", [1, 0, 1, 4], [1, 0, 1, 4]);
    check("arch=s390x", [1, 1, 1, 0], [1, 1, 1, 0]);
    check("arch=vax", [0; 4], [0; 4]);
    // What an older build built is built, and what was left out is told of its architecture.
    check("arch=aarch64", [1, 0, 1, 1], [1, 0, 1, 1]);
    check("arch=i686", [0, 0, 1, 0], [0, 0, 1, 0]);
}

#[test]
fn an_architecture_that_is_chosen_is_built_whatever_fails_on_others() {
    use BuildStatus::{Completed, Failed};
    let uncertain = ArchitectureBuildsRecord {
        unknown_since: Some(point(9)),
        tried: Some(point(8)),
        ..architecture("aarch64", Failed, None, None)
    };
    let packages = vec![
        package("a", 0, vec![architecture("riscv64", Failed, None, Some(9))]),
        package("b", 0, vec![uncertain]),
        package(
            "c",
            1,
            vec![
                architecture("ppc64le", Completed, Some(3), None),
                architecture("x86_64", Failed, None, Some(9)),
            ],
        ),
    ];
    let board = BuildsBoard::of(&document(packages), &table(&[]));
    let check = |text: &str, expected: &[&str]| {
        let shown = board.shown(&query(text)).done.into_iter().map(|done| {
            let architectures = done.architectures.join(",");
            format!(
                "{} {} {architectures} in {}",
                done.name.package, done.version, done.built.number
            )
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{text}");
    };
    check("", &[]);
    check(
        "arch=x86_64",
        &["a 1-2.el9 x86_64 in 9", "b 1-2.el9 x86_64 in 9"],
    );
    check(
        "arch=src",
        &["a 1-2.el9 x86_64 in 9", "b 1-2.el9 x86_64 in 9"],
    );
    check("arch=x86_64&q=a", &["a 1-2.el9 x86_64 in 9"]);
    check("arch=x86_64&status=failed", &[]);
    check("arch=riscv64", &[]);
    check("arch=ppc64le", &["c not told of older builds ppc64le in 3"]);
}

proptest! {
    #[test]
    fn a_choice_is_read_back_from_its_query(status in 0_usize..5, architecture in "[a-z0-9_]{0,8}", text in "[a-z+& %=]{0,8}") {
        let filter = BuildsFilter {
            status: BuildsStatus::ALL.get(status).copied(),
            architecture: (!architecture.is_empty()).then_some(architecture),
            text,
        };
        let written = filter.query();
        let decoded: Vec<(String, String)> = written
            .split('&')
            .filter_map(|pair| {
                let (key, value) = pair.split_once('=')?;
                Some((key.to_owned(), crate::presentation::route::decode(value)?))
            })
            .collect();
        let pairs = decoded.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        prop_assert_eq!(BuildsFilter::from_query(pairs), filter);
    }
}
