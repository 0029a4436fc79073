mod source_texts;

use super::super::ToldBy;
use super::*;
use crate::domain::{AbiCounts, AbiList, AbiVerdict, Cause, Evidence, Evr, SourceAbi, SourceState};

fn list(packages: &[(&str, &str)]) -> SourceList {
    packages
        .iter()
        .map(|&(name, evr)| {
            let package = SourcePackage {
                name: name.to_owned(),
                evr: Evr::parse(evr).unwrap(),
                epoch_known: true,
                repository: "BaseOS".to_owned(),
                built: None,
                binaries: vec![name.to_owned()],
                abi: SourceAbi::default(),
                versions_beside: vec![],
            };
            (name.to_owned(), package)
        })
        .collect()
}

/// Lists that are complete, and read with their epochs.
pub fn lists(
    architecture: Architecture,
    distribution: SourceList,
    reference: Option<SourceList>,
) -> ArchitectureLists {
    ArchitectureLists {
        architecture,
        distribution,
        reference,
        distribution_complete: true,
        reference_complete: true,
        distribution_unreadable: BTreeSet::new(),
        reference_unreadable: BTreeSet::new(),
        epochs_recorded: true,
        abi_read: false,
        origins: vec![],
    }
}

fn minors(reference: &str, distribution: &str) -> (MinorRelease, MinorRelease) {
    (reference.parse().unwrap(), distribution.parse().unwrap())
}

#[test]
fn a_package_is_as_its_least_favourable_architecture() {
    let both = [("bash", "5-1.el9"), ("shim", "15-1.el9")];
    let behind = [("bash", "4-1.el9")];
    let release = [
        lists(Architecture::X86_64, list(&both), Some(list(&both))),
        lists(Architecture::S390x, list(&behind), Some(list(&both[..1]))),
        lists(Architecture::I686, list(&both), None),
    ];
    let (packages, warnings) = compare_release(
        &release,
        minors("9.6", "9.6"),
        &BTreeMap::new(),
        &Rules::default(),
    );
    assert_eq!(warnings, []);
    let shown: Vec<_> = packages
        .iter()
        .map(|package| (package.name.as_str(), package.verdict()))
        .collect();
    assert_eq!(
        shown,
        [("bash", Verdict::Diverging), ("shim", Verdict::Matched)]
    );
    assert_eq!(packages[1].cells[1], None);
    let on_i686 = packages[1].cells[2].as_ref().unwrap().outcome;
    assert_eq!(
        on_i686.not_compared,
        Some(NotComparedReason::NoReferenceArchitecture)
    );
}

/// Source packages of one binary package each, with the libraries that it has.
fn libraries(packages: &[(&str, &[&str])]) -> SourceList {
    let names: Vec<(&str, &str)> = packages
        .iter()
        .map(|(name, _)| (*name, "5-1.el9"))
        .collect();
    let mut list = list(&names);
    for (name, entries) in packages {
        let entries = AbiList::of_lines(entries.iter().copied());
        list.get_mut(*name).unwrap().abi.binaries = vec![Some(entries)];
    }
    list
}

#[test]
fn a_library_that_moved_to_another_source_is_kept_elsewhere() {
    let check = |reference: &[(&str, &[&str])],
                 distribution: &[(&str, &[&str])],
                 expected: (AbiVerdict, &[&str], &[&str])| {
        let (reference, distribution) = (libraries(reference), libraries(distribution));
        let release = [ArchitectureLists {
            abi_read: true,
            ..lists(Architecture::X86_64, distribution, Some(reference))
        }];
        let nothing_known = BTreeMap::new();
        let rules = Rules::default();
        let (packages, _) = compare_release(&release, minors("9.6", "9.6"), &nothing_known, &rules);
        let cell = packages[0].cells[0].as_ref().unwrap();
        let abi = cell.abi.as_ref().unwrap();
        let missing: Vec<&str> = abi.missing_libraries().collect();
        let moved: Vec<String> = abi
            .differences
            .moved
            .iter()
            .map(|moved| format!("{} > {}", moved.entry, moved.to))
            .collect();
        assert_eq!(abi.verdict, expected.0);
        assert_eq!(missing, expected.1);
        assert_eq!(moved, expected.2);
        let AbiCounts { kept, missing, .. } = abi.symbol_versions.unwrap();
        assert_eq!((kept, missing), (2 - missing, expected.1.len() as u32));
    };
    let (library, version) = ("liba.so.1()(64bit)", "liba.so.1(A_1)(64bit)");
    let before: (&str, &[&str]) = ("a", &[library, version]);
    let emptied: (&str, &[&str]) = ("a", &[]);
    check(
        &[before, ("b", &[]), ("c", &[])],
        &[
            emptied,
            ("c", &[library, version]),
            ("b", &[library, version]),
        ],
        (
            AbiVerdict::Kept,
            &[],
            &["liba.so.1()(64bit) > b", "liba.so.1(A_1)(64bit) > b"],
        ),
    );
    check(
        &[before],
        &[emptied, ("b", &[library])],
        (AbiVerdict::Broken, &[version], &["liba.so.1()(64bit) > b"]),
    );
    // The loader finds the symbol versions of a library in that library alone.
    check(
        &[before],
        &[emptied, ("b", &[library]), ("c", &[version])],
        (AbiVerdict::Broken, &[version], &["liba.so.1()(64bit) > b"]),
    );
    // A copy elsewhere does not stand for what the library lost that stays where it was.
    check(
        &[before],
        &[("a", &[library]), ("b", &[library, version])],
        (AbiVerdict::Broken, &[version], &[]),
    );
    // A copy that was there before does not stand for the one that went.
    check(
        &[before, ("b", &[library, version])],
        &[emptied, ("b", &[library, version])],
        (AbiVerdict::Broken, &[library, version], &[]),
    );
    check(
        &[before],
        &[emptied, ("b", &["liba.so.1", "liba.so.1(A_1)"])],
        (AbiVerdict::Broken, &[library, version], &[]),
    );
}

#[test]
fn a_copy_in_a_renamed_package_does_not_stand_for_the_one_that_went() {
    let library: &[&str] = &["liba.so.1"];
    let mut reference = libraries(&[("a", library), ("b", library)]);
    reference.get_mut("b").unwrap().binaries = vec!["b-libs".to_owned()];
    let distribution = libraries(&[("a", &[]), ("b", library)]);
    let release = [ArchitectureLists {
        abi_read: true,
        ..lists(Architecture::X86_64, distribution, Some(reference))
    }];
    let nothing_known = BTreeMap::new();
    let rules = Rules::default();
    let (packages, _) = compare_release(&release, minors("9.6", "9.6"), &nothing_known, &rules);
    let verdicts = packages.iter().map(|package| {
        let abi = package.cells[0].as_ref().unwrap().abi.as_ref();
        abi.map(|abi| abi.verdict)
    });
    let expected = [Some(AbiVerdict::Broken), Some(AbiVerdict::Kept)];
    assert_eq!(verdicts.collect::<Vec<_>>(), expected);
}

#[test]
fn whether_a_library_moved_is_not_known_where_the_list_of_the_reference_is_not_complete() {
    let check = |reference_complete, elsewhere: &str, expected| {
        let distribution = libraries(&[("a", &[]), ("b", &[elsewhere])]);
        let release = [ArchitectureLists {
            abi_read: true,
            reference_complete,
            ..lists(
                Architecture::X86_64,
                distribution,
                Some(libraries(&[("a", &["liba.so.1"])])),
            )
        }];
        let (packages, _) = compare_release(
            &release,
            minors("9.6", "9.6"),
            &BTreeMap::new(),
            &Rules::default(),
        );
        let abi = packages[0].cells[0].as_ref().unwrap().abi.as_ref().unwrap();
        assert_eq!(abi.verdict, expected);
        assert_eq!(
            abi.differences.moved.is_empty(),
            expected != AbiVerdict::Kept
        );
    };
    let not_known = AbiVerdict::NotCompared(AbiNotComparedReason::ReferenceIncomplete);
    check(true, "liba.so.1", AbiVerdict::Kept);
    check(false, "liba.so.1", not_known);
    check(false, "libb.so.1", AbiVerdict::Broken);
}

#[test]
fn doubts_are_told_once() {
    let marked = [("bash", "5-1.el9.alma.1")];
    let reference = [("bash", "5-1.el9")];
    let architectures = [Architecture::X86_64, Architecture::Aarch64];
    let release = architectures
        .map(|architecture| lists(architecture, list(&marked), Some(list(&reference))));
    let identical_although_changed = |changes: &[Change]| {
        let side = || list(&reference);
        let known = PackageKnowledge {
            texts: Some(SourceTexts {
                reference: Evr::parse("5-1.el9"),
                distribution: Evr::parse("5-1.el9"),
                complete: true,
                differing: BTreeMap::new(),
            }),
            changes: changes.to_vec(),
            ..PackageKnowledge::default()
        };
        let release = [lists(Architecture::X86_64, side(), Some(side()))];
        let knowledge = BTreeMap::from([("bash".to_owned(), known)]);
        let rules = Rules::default();
        compare_release(&release, minors("9.6", "9.6"), &knowledge, &rules).1
    };
    assert_eq!(identical_although_changed(&[]), []);
    let change = Change {
        class: ChangeClass::Feature,
        summary: "Adds SPICE".to_owned(),
        origin: None,
        files: vec![],
        hunks: vec![],
    };
    assert_eq!(
        identical_although_changed(&[change]),
        [Warning::MarkedButIdentical {
            package: "bash".to_owned(),
            told_by: ToldBy::Change,
        }]
    );
    let check = |texts: SourceTexts, expected: &[Warning]| {
        let known = PackageKnowledge {
            texts: Some(texts),
            ..PackageKnowledge::default()
        };
        let knowledge = BTreeMap::from([("bash".to_owned(), known)]);
        let (_, warnings) = compare_release(
            &release,
            minors("9.6", "9.6"),
            &knowledge,
            &Rules::default(),
        );
        assert_eq!(warnings, expected);
    };
    let texts = |distribution: &str| SourceTexts {
        reference: Evr::parse("5-1.el9"),
        distribution: Evr::parse(distribution),
        complete: true,
        differing: BTreeMap::new(),
    };
    let package = || "bash".to_owned();
    check(
        texts("5-1.el9.alma.1"),
        &[Warning::MarkedButIdentical {
            package: package(),
            told_by: ToldBy::Release,
        }],
    );
    check(
        texts("4-1.el9.alma.1"),
        &[Warning::TextsOfOtherVersion { package: package() }],
    );
}

#[test]
fn a_known_change_of_what_was_imported_is_a_doubt() {
    let side = || list(&[("bash", "5-1.el9")]);
    let release = [lists(Architecture::X86_64, side(), Some(side()))];
    let known = PackageKnowledge {
        tags: vec![SourceTag {
            evr: Evr::parse("5-1.el9").unwrap(),
            architecture: Architecture::X86_64,
            released: true,
            state: SourceState::Unmodified,
        }],
        changes: vec![Change {
            class: ChangeClass::Feature,
            summary: "Adds SPICE".to_owned(),
            origin: None,
            files: vec![],
            hunks: vec![],
        }],
        ..PackageKnowledge::default()
    };
    let knowledge = BTreeMap::from([("bash".to_owned(), known)]);
    let rules = Rules::default();
    let (packages, warnings) = compare_release(&release, minors("9.6", "9.6"), &knowledge, &rules);
    let outcome = packages[0].cells[0].as_ref().unwrap().outcome;
    assert_eq!(
        (outcome.verdict, outcome.evidence),
        (Verdict::Matched, Some(Evidence::Tagged))
    );
    let package = "bash".to_owned();
    let told_by = ToldBy::Change;
    assert_eq!(
        warnings,
        [Warning::ModifiedButImported { package, told_by }]
    );
}

#[test]
fn different_minors_are_told() {
    let (_, warnings) = compare_release(
        &[],
        minors("10.2", "10.0"),
        &BTreeMap::new(),
        &Rules::default(),
    );
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0]
            .to_string()
            .starts_with("This report compares 10.0 with 10.2")
    );
}

#[test]
fn metadata_of_another_minor_release_than_the_configuration_says_are_told() {
    let check = |reference: (&str, &str), distribution: (&str, &str), stated, expected: &[&str]| {
        let of = |architecture| {
            lists(
                architecture,
                list(&[distribution]),
                Some(list(&[reference])),
            )
        };
        let release = [of(Architecture::X86_64), of(Architecture::Aarch64)];
        let (_, warnings) = compare_release(&release, stated, &BTreeMap::new(), &Rules::default());
        let told: Vec<String> = warnings
            .iter()
            .filter(|warning| warning.is_of_the_whole())
            .map(Warning::to_string)
            .collect();
        assert_eq!(told, expected, "{reference:?} {distribution:?}");
    };
    let redhat = |version| ("redhat-release", version);
    let almalinux = |version| ("almalinux-release", version);
    let stated = || minors("9.8", "9.8");
    check(redhat("9.8-1.0.el9"), almalinux("9.8-1.el9"), stated(), &[]);
    check(
        redhat("9.9-1.0.el9"),
        almalinux("9.8-1.el9"),
        stated(),
        &[
            "The configuration says that the reference is 9.8, and its metadata for x86_64, aarch64 have redhat-release 9.9: packages that look behind or ahead may only belong to another minor release.",
        ],
    );
    check(
        redhat("9.8-1.0.el9"),
        almalinux("9.7-1.el9"),
        stated(),
        &[
            "The configuration says that the distribution is 9.8, and its metadata for x86_64, aarch64 have almalinux-release 9.7: packages that look behind or ahead may only belong to another minor release.",
        ],
    );
    check(
        redhat("9-1.0.el9"),
        almalinux("9.7-1.el9"),
        minors("9", "9"),
        &[],
    );
    check(
        ("centos-stream-release", "9.0-1.el9"),
        ("bash", "9.0-1.el9"),
        stated(),
        &[],
    );
}

#[test]
fn changes_of_marked_builds_do_not_count_where_the_release_bears_no_mark() {
    let reference = || Some(list(&[("bash", "5-1.el9")]));
    let published = |evr| list(&[("bash", evr)]);
    let release = [
        lists(
            Architecture::X86_64,
            published("5-1.el9.alma.1"),
            reference(),
        ),
        lists(Architecture::Aarch64, published("5-1.el9"), reference()),
    ];
    let change = |class| Change {
        class,
        summary: "Does something".to_owned(),
        origin: None,
        files: vec![],
        hunks: vec![],
    };
    let check = |changes: &[ChangeClass], of_marked_builds, expected: [Option<Verdict>; 2]| {
        let known = PackageKnowledge {
            changes: changes.iter().copied().map(change).collect(),
            changes_of_marked_builds: of_marked_builds,
            ..PackageKnowledge::default()
        };
        let knowledge = BTreeMap::from([("bash".to_owned(), known)]);
        let rules = Rules::default();
        let (packages, _) = compare_release(&release, minors("9.6", "9.6"), &knowledge, &rules);
        let cells = packages[0].cells.iter();
        let verdicts = cells.map(|cell| cell.as_ref().map(|cell| cell.outcome.verdict));
        assert_eq!(verdicts.collect::<Vec<_>>(), expected);
    };
    use ChangeClass::{Branding, Feature};
    let [matched, patched, diverging] =
        [Verdict::Matched, Verdict::Patched, Verdict::Diverging].map(Some);
    check(&[Feature], 1, [diverging, matched]);
    check(&[Feature], 0, [diverging, diverging]);
    check(&[Branding, Feature], 1, [diverging, patched]);
}

#[test]
fn changes_of_a_build_count_where_its_mark_stands() {
    let check = |evr: &str, expected: usize| {
        let known = PackageKnowledge {
            changes: vec![Change {
                class: ChangeClass::Feature,
                summary: "Does something".to_owned(),
                origin: None,
                files: vec![],
                hunks: vec![],
            }],
            changes_of_marked_builds: 1,
            build_mark: BuildMark::Suffix(".alma.2".to_owned()),
            ..PackageKnowledge::default()
        };
        let published = list(&[("bash", evr)]);
        let changes = known.changes_in(published.get("bash"), &Rules::default());
        assert_eq!(changes.len(), expected, "{evr}");
    };
    check("5-1.el9.alma.2", 1);
    check("5-1.el9.alma.1", 0);
    check("5-1.el9", 0);
}

#[test]
fn what_says_that_a_package_is_modified_is_named() {
    let check = |name: &str, evr: &str, expected: &str| {
        let reference = list(&[("lorax-templates-rhel", "9-1.el9")]);
        let release = [lists(
            Architecture::X86_64,
            list(&[(name, evr)]),
            Some(reference),
        )];
        let known = PackageKnowledge {
            texts: Some(SourceTexts {
                reference: Evr::parse("9-1.el9"),
                distribution: Evr::parse(evr),
                complete: true,
                differing: BTreeMap::new(),
            }),
            ..PackageKnowledge::default()
        };
        let knowledge = BTreeMap::from([(name.to_owned(), known)]);
        let rules = Rules::default();
        let (_, warnings) = compare_release(&release, minors("9.6", "9.6"), &knowledge, &rules);
        let told: Vec<String> = warnings.iter().map(Warning::to_string).collect();
        let expected = format!(
            "{name}: {expected} says that it is modified, yet both sides’ source texts are the same."
        );
        assert_eq!(told, [expected]);
    };
    let renamed = "lorax-templates-almalinux";
    check(
        renamed,
        "9-1.el9",
        "its name, which is not the reference’s,",
    );
    check(renamed, "9-1.el9.alma.1", "its release");
}
