//! A table of what becomes of binary interfaces.

use super::*;
use crate::domain::{AbiList, Evr, SourceAbi};
use proptest::prelude::*;

const WHOLE: Completeness = Completeness {
    reference: true,
    distribution: true,
};

/// A source package of its binary packages, each `name: entry, entry`, or `name?` where nothing is recorded; those of another
/// architecture are called `name.i686`.
fn package(binaries: &[&str]) -> SourcePackage {
    let of_binary = |text: &&str| match text.split_once(": ") {
        Some((name, entries)) => {
            let entries = entries.split(", ").filter(|entry| !entry.is_empty());
            (name.to_owned(), Some(AbiList::of_lines(entries)))
        }
        None => (text.trim_end_matches('?').to_owned(), None),
    };
    let binaries = binaries.iter().map(of_binary);
    let (multilib, binaries): (Vec<_>, Vec<_>) =
        binaries.partition(|(name, _)| name.ends_with(".i686"));
    let (binaries, lists) = binaries.into_iter().unzip();
    SourcePackage {
        name: "x".to_owned(),
        evr: Evr::new(0, "1", "1"),
        epoch_known: true,
        repository: "BaseOS".to_owned(),
        built: None,
        binaries,
        abi: SourceAbi {
            binaries: lists,
            multilib,
            kernel_list: None,
        },
        versions_beside: vec![],
    }
}

/// The comparison in words: the verdict, `kept/of what the reference exports`, and the differences.
fn shown(comparison: &AbiComparison) -> String {
    let mut words = vec![format!("{:?}", comparison.verdict)];
    let kinds = [comparison.symbol_versions, comparison.kernel_symbols];
    for counts in kinds.into_iter().flatten() {
        if counts != AbiCounts::default() {
            words.push(format!("{}/{}", counts.kept, counts.reference()));
        }
    }
    let differences = &comparison.differences;
    let one_sided = [("-", &differences.missing), ("+", &differences.added)];
    for (sign, list) in one_sided {
        let list = list.iter();
        words.extend(list.map(|found| format!("{sign}{}:{}", found.package, found.entry)));
    }
    for change in &differences.changed {
        words.push(format!(
            "!{}:{} {:#x} {:#x}",
            change.package, change.entry, change.reference, change.distribution
        ));
    }
    for moved in &differences.moved {
        words.push(format!("{}>{}:{}", moved.from, moved.to, moved.entry));
    }
    if comparison.entries_not_compared > 0 {
        words.push(format!("?{}", comparison.entries_not_compared));
    }
    words.join(" ")
}

fn check(reference: &[&str], distribution: &[&str], expected: &str) {
    check_lists(reference, distribution, WHOLE, expected);
}

fn check_lists(
    reference: &[&str],
    distribution: &[&str],
    completeness: Completeness,
    expected: &str,
) {
    let (reference, distribution) = (package(reference), package(distribution));
    let pair = Pair::Both {
        reference: &reference,
        distribution: &distribution,
    };
    let found = shown(&compare_abi(pair, completeness));
    assert_eq!(found, expected);
}

#[test]
fn symbol_versions_are_kept_added_dropped_and_renamed() {
    let libraries = "libs: liba.so.1, liba.so.1(A_1)";
    check(&[libraries], &[libraries], "Kept 2/2");
    check(
        &[libraries],
        &["libs: liba.so.1, liba.so.1(A_1), liba.so.1(A_2)"],
        "Extended 2/2 +libs:liba.so.1(A_2)",
    );
    check(
        &[libraries],
        &["libs: liba.so.1"],
        "Broken 1/2 -libs:liba.so.1(A_1)",
    );
    check(
        &[libraries],
        &["libs: liba.so.1, liba.so.1(A_9)"],
        "Broken 1/2 -libs:liba.so.1(A_1) +libs:liba.so.1(A_9)",
    );
    check(
        &["libs: liba.so.1()(64bit)"],
        &["libs: liba.so.1"],
        "Broken 0/1 -libs:liba.so.1()(64bit) +libs:liba.so.1",
    );
    check(
        &["tool: ", libraries],
        &["tool: "],
        "Broken 0/2 -libs:liba.so.1 -libs:liba.so.1(A_1)",
    );
    check(
        &["tool: "],
        &["tool: ", libraries],
        "Extended 0/0 +libs:liba.so.1 +libs:liba.so.1(A_1)",
    );
}

#[test]
fn a_library_may_move_between_binary_packages() {
    check(
        &["tool: liba.so.1", "libs: "],
        &["tool: ", "libs: liba.so.1"],
        "Kept 1/1 tool>libs:liba.so.1",
    );
    check(
        &["compat: liba.so.1", "libs: liba.so.1"],
        &["libs: liba.so.1"],
        "Kept 2/2 compat>libs:liba.so.1",
    );
    check(
        &["libs: liba.so.1"],
        &["compat: liba.so.1", "libs: liba.so.1"],
        "Kept 1/1",
    );
}

#[test]
fn symbol_versions_move_with_their_library_alone() {
    let whole = "libs: liba.so.1, liba.so.1(A_1)";
    check(
        &[whole, "tool: "],
        &["libs: ", "tool: liba.so.1, liba.so.1(A_1)"],
        "Kept 2/2 libs>tool:liba.so.1 libs>tool:liba.so.1(A_1)",
    );
    let broken = "Broken 1/2 -libs:liba.so.1(A_1)";
    for tool in ["tool: liba.so.1(A_1)", "tool: liba.so.1, liba.so.1(A_1)"] {
        check(&[whole, "tool: "], &["libs: liba.so.1", tool], broken);
    }
    check(
        &[whole, "compat: ", "tool: "],
        &["libs: ", "compat: liba.so.1(A_1)", "tool: liba.so.1"],
        "Broken 1/2 -libs:liba.so.1(A_1) libs>tool:liba.so.1",
    );
}

#[test]
fn kernel_symbols_belong_to_one_kernel_of_several() {
    let core = "core: kernel(a) = 0x1, kernel(b) = 0x2";
    check(&[core], &[core], "Kept 2/2");
    check(
        &[core],
        &["core: kernel(a) = 0x1, kernel(b) = 0x3"],
        "Broken 1/2 !core:kernel(b) 0x2 0x3",
    );
    check(
        &[core, "debug: kernel(a) = 0x9"],
        &["core: kernel(b) = 0x2", "debug: kernel(a) = 0x9"],
        "Broken 2/3 -core:kernel(a) = 0x00000001",
    );
    check(
        &["kernel: kernel(a) = 0x1", "core: "],
        &["kernel: ", "core: kernel(a) = 0x1"],
        "Kept 1/1 kernel>core:kernel(a) = 0x00000001",
    );
    check(
        &["kernel: kernel(a) = 0x1", "core: "],
        &["kernel: ", "core: kernel(a) = 0x4"],
        "Broken 0/1 !kernel:kernel(a) 0x1 0x4",
    );
    check(
        &[core],
        &[core, "debug: kernel(a) = 0x1"],
        "Extended 2/2 +debug:kernel(a)",
    );
    check(
        &["core: kernel(a) = 0x1, ksym(a) = 0x1"],
        &["core: kernel(a) = 0x1"],
        "Broken 1/2 -core:ksym(a) = 0x00000001",
    );
}

#[test]
fn what_is_not_known_is_not_kept() {
    let libraries = "libs: liba.so.1, liba.so.1(A_1)";
    check(&["libs?"], &[libraries], "NotCompared(ReferenceUnrecorded)");
    check(
        &[libraries, "tool?"],
        &[libraries, "tool: "],
        "NotCompared(ReferenceUnrecorded) ?2",
    );
    check(
        &[libraries],
        &["libs?"],
        "NotCompared(DistributionUnrecorded) ?2",
    );
    check(&["libs: "], &["libs: "], "NotCompared(NothingExported)");
    let core = "core: kernel(a) = 0x1";
    check(&[core], &["core: kernel(a)"], "NotCompared(CrcUnknown) ?1");
    check(
        &["core: kernel(a)"],
        &["core: kernel(a)"],
        "NotCompared(CrcUnknown) ?1",
    );
    check(
        &[core, libraries],
        &["core: kernel(a)", "libs: liba.so.1"],
        "Broken 1/2 -libs:liba.so.1(A_1) ?1",
    );
}

#[test]
fn lists_that_are_not_complete_prove_less() {
    let libraries = "libs: liba.so.1, liba.so.1(A_1)";
    let partial = |reference, distribution| Completeness {
        reference,
        distribution,
    };
    let lacking = partial(true, false);
    check_lists(&[libraries], &[libraries], lacking, "Kept 2/2");
    check_lists(
        &[libraries, "tool: "],
        &["tool: "],
        lacking,
        "NotCompared(DistributionIncomplete) ?2",
    );
    check_lists(
        &[libraries],
        &["libs: liba.so.1"],
        lacking,
        "Broken 1/2 -libs:liba.so.1(A_1)",
    );
    let unlisted = partial(false, true);
    check_lists(&[libraries], &[libraries, "devel: "], unlisted, "Kept 2/2");
    check_lists(
        &["tool: "],
        &[libraries, "tool: "],
        unlisted,
        "NotCompared(ReferenceIncomplete)",
    );
    check_lists(
        &["libs: liba.so.1"],
        &[libraries],
        unlisted,
        "Extended 1/1 +libs:liba.so.1(A_1)",
    );
}

#[test]
fn a_package_of_one_side_is_not_compared() {
    let there = package(&["libs: liba.so.1"]);
    let check = |pair, completeness, expected: &str| {
        assert_eq!(shown(&compare_abi(pair, completeness)), expected);
    };
    let (of_reference, of_distribution) =
        (Pair::ReferenceOnly(&there), Pair::DistributionOnly(&there));
    check(of_reference, WHOLE, "NotCompared(NotInDistribution) ?1");
    check(of_distribution, WHOLE, "NotCompared(NotInReference)");
    // What a list lacks that is not complete may be there.
    let parts = Completeness {
        reference: false,
        distribution: false,
    };
    check(
        of_reference,
        parts,
        "NotCompared(DistributionIncomplete) ?1",
    );
    check(of_distribution, parts, "NotCompared(ReferenceIncomplete)");
}

#[test]
fn kernel_symbols_are_compared_by_provides_else_by_lists_of_both() {
    let check =
        |reference: (&str, Option<&str>), distribution: (&str, Option<&str>), expected: &str| {
            let sides = [reference, distribution].map(|(binary, list)| {
                let mut side = package(&[binary, "libs: liba.so.1"]);
                side.abi.kernel_list = list.map(|list| AbiList::of_lines(list.split(", ")));
                side
            });
            let pair = Pair::Both {
                reference: &sides[0],
                distribution: &sides[1],
            };
            assert_eq!(shown(&compare_abi(pair, WHOLE)), expected);
        };
    let list = Some("kernel(a) = 0x1, kernel(b) = 0x2");
    let shorter = Some("kernel(a) = 0x1");
    let (unrecorded, bare) = ("core?", "core: ");
    let provides = "core: kernel(a) = 0x1, kernel(b) = 0x2, kernel(c) = 0x3";
    let changed = "core: kernel(a) = 0x1, kernel(b) = 0x2, kernel(c) = 0x9";
    // Provides count before lists, which may lack what changed.
    check(
        (provides, list),
        (changed, list),
        "Broken 1/1 2/3 !core:kernel(c) 0x3 0x9",
    );
    check(
        (provides, list),
        (changed, None),
        "Broken 1/1 2/3 !core:kernel(c) 0x3 0x9",
    );
    check((unrecorded, list), (unrecorded, list), "Kept 2/2");
    check((bare, list), (bare, list), "Kept 1/1 2/2");
    check((unrecorded, list), (provides, list), "Kept 2/2");
    check(
        (bare, list),
        (provides, shorter),
        "Broken 1/1 1/2 -x:kernel(b) = 0x00000002",
    );
    // A list has not all that provides have, so that neither proves anything of the other.
    let differ = "NotCompared(KernelSourcesDiffer)";
    check((provides, None), (bare, list), &format!("{differ} ?4"));
    check((bare, list), (provides, None), &format!("{differ} ?3"));
    check(
        (unrecorded, list),
        (provides, None),
        &format!("{differ} ?3"),
    );
    // What one side has, and nothing of the other.
    check(
        (bare, None),
        (provides, None),
        "NotCompared(ReferenceKernelUnknown) ?1",
    );
    check(
        (bare, None),
        (bare, list),
        "NotCompared(ReferenceKernelUnknown) ?1",
    );
    check(
        (provides, None),
        (bare, None),
        "NotCompared(DistributionKernelUnknown) ?4",
    );
    check(
        (unrecorded, list),
        (unrecorded, None),
        "NotCompared(DistributionKernelUnknown) ?3",
    );
    check(
        (unrecorded, None),
        (provides, None),
        "NotCompared(ReferenceUnrecorded) ?1",
    );
}

#[test]
fn packages_of_another_architecture() {
    let own = "zlib: libz.so.1()(64bit), libz.so.1(Z_1)(64bit)";
    let check = |reference: &[&str], distribution: &[&str], expected| {
        let with_own = |beside: &[&str]| package(&[&[own], beside].concat());
        let (reference, distribution) = (with_own(reference), with_own(distribution));
        let pair = Pair::Both {
            reference: &reference,
            distribution: &distribution,
        };
        assert_eq!(shown(&compare_abi(pair, WHOLE)), expected);
    };
    let whole = "zlib.i686: libz.so.1, libz.so.1(Z_1)";
    check(&[whole], &[whole], "Kept 4/4");
    check(
        &[whole],
        &["zlib.i686: libz.so.1"],
        "Broken 3/4 -zlib.i686:libz.so.1(Z_1)",
    );
    check(
        &["zlib.i686: libz.so.1"],
        &[whole],
        "Extended 3/3 +zlib.i686:libz.so.1(Z_1)",
    );
    check(
        &[whole],
        &["compat.i686: libz.so.1, libz.so.1(Z_1)"],
        "Kept 4/4 zlib.i686>compat.i686:libz.so.1 zlib.i686>compat.i686:libz.so.1(Z_1)",
    );
    check(&[whole], &[], "Kept 2/2 ?2");
    check(&[whole], &["zlib.i686?"], "Kept 2/2 ?2");
    check(&[], &[whole], "Kept 2/2");
}

#[test]
fn libraries_that_break_are_told_without_kernel_symbols_to_compare() {
    check(
        &[
            "core: kernel(a) = 0x1, kernel(b) = 0x2",
            "libs: liba.so.1, liba.so.1(A_1)",
        ],
        &["core: ", "libs: liba.so.1"],
        "Broken 1/2 -libs:liba.so.1(A_1) ?2",
    );
}

proptest! {
    #[test]
    fn what_the_reference_exports_is_counted_once(
        reference in proptest::collection::vec("(libs|core): (lib[ab]\\.so\\.1|kernel\\([ab]\\) = 0x[12])(, kernel\\([abc]\\) = 0x[123]){0,3}", 1..3),
        distribution in proptest::collection::vec("(libs|core): (lib[ab]\\.so\\.1|kernel\\([ab]\\) = 0x[12])(, kernel\\([abc]\\) = 0x[123]){0,3}", 1..3),
    ) {
        let of = |side: &[String]| package(&side.iter().map(String::as_str).collect::<Vec<_>>());
        let (reference, distribution) = (of(&reference), of(&distribution));
        prop_assume!(reference.binaries.len() < 2 || reference.binaries[0] != reference.binaries[1]);
        let exported: usize = reference.abi.binaries.iter().flatten().map(|list| list.entries().count()).sum();
        let pair = Pair::Both { reference: &reference, distribution: &distribution };
        let found = compare_abi(pair, WHOLE);
        let counted: u32 = [found.symbol_versions, found.kernel_symbols].into_iter().flatten().map(AbiCounts::reference).sum();
        prop_assert_eq!((counted + found.entries_not_compared) as usize, exported);
        let itself = compare_abi(Pair::Both { reference: &reference, distribution: &reference }, WHOLE);
        prop_assert_eq!(itself.verdict, AbiVerdict::Kept);
        prop_assert_eq!(itself.differences, AbiDifferences::default());
    }
}

#[test]
fn a_package_of_another_architecture_that_was_dropped_is_named() {
    let check = |distribution: &[&str], completeness, expected: &[&str]| {
        let reference = package(&[
            "zlib: libz.so.1()(64bit)",
            "zlib.i686: libz.so.1",
            "doc.i686: ",
        ]);
        let distribution = package(distribution);
        let pair = Pair::Both {
            reference: &reference,
            distribution: &distribution,
        };
        let found = compare_abi(pair, completeness);
        assert_eq!(found.differences.absent_beside, expected);
    };
    let zlib = "zlib: libz.so.1()(64bit)";
    check(&[zlib], WHOLE, &["zlib.i686"]);
    check(&[zlib, "zlib.i686: libz.so.1"], WHOLE, &[]);
    check(&[zlib, "zlib.i686?"], WHOLE, &[]);
    let partial = Completeness {
        distribution: false,
        ..WHOLE
    };
    check(&[zlib], partial, &[]);
}
