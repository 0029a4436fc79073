//! What source texts tell of a comparison.

use super::super::super::FileDifference;
use super::*;

#[test]
fn sources_that_differ_without_a_known_change_are_unexplained() {
    let side = || list(&[("bash", "5-1.el9")]);
    let release = [lists(Architecture::X86_64, side(), Some(side()))];
    let check = |complete, difference, changes: &[(ChangeClass, &str)], expected, warns: &str| {
        let change = |&(class, file): &(ChangeClass, &str)| Change {
            class,
            summary: "Does something".to_owned(),
            origin: None,
            files: file.split_whitespace().map(str::to_owned).collect(),
            hunks: vec![],
        };
        let differing = ["bash.spec", "logo.svg"].map(|path| (path.to_owned(), difference));
        let known = PackageKnowledge {
            texts: Some(SourceTexts {
                reference: Evr::parse("5-1.el9"),
                distribution: Evr::parse("5-1.el9"),
                complete,
                differing: BTreeMap::from(differing),
            }),
            changes: changes.iter().map(change).collect(),
            ..PackageKnowledge::default()
        };
        let knowledge = BTreeMap::from([("bash".to_owned(), known)]);
        let (packages, warnings) = compare_release(
            &release,
            minors("9.6", "9.6"),
            &knowledge,
            &Rules::default(),
        );
        let outcome = packages[0].cells[0].as_ref().map(|cell| cell.outcome);
        let told = outcome.map(|outcome| (outcome.verdict, outcome.cause, outcome.evidence));
        assert_eq!(told, Some(expected), "{difference:?} {changes:?}");
        let told: Vec<String> = warnings.iter().map(Warning::to_string).collect();
        assert_eq!(told.concat(), warns, "{difference:?} {changes:?}");
    };
    let proven = Some(Evidence::Proven);
    let unexplained = (Verdict::Diverging, Some(Cause::Unexplained), proven);
    let patched = (Verdict::Patched, None, proven);
    use ChangeClass::{Branding, ReleaseMechanics};
    use FileDifference::{Content, DistributionLacks, Rebuild, ReferenceLacks};
    let both = "bash.spec logo.svg";
    let told = |files: &str| {
        format!(
            "bash: the source texts differ in {files}, and no known change says that it is seen there: a change explains the files \
             that it names."
        )
    };
    check(true, Content, &[], unexplained, "");
    check(false, Content, &[], unexplained, "");
    check(true, DistributionLacks, &[], unexplained, "");
    check(true, ReferenceLacks, &[], unexplained, "");
    check(true, Rebuild, &[], patched, "");
    check(true, Content, &[(Branding, both)], patched, "");
    check(
        true,
        Content,
        &[(Branding, "bash.spec"), (Branding, "logo.svg")],
        patched,
        "",
    );
    check(
        true,
        Content,
        &[(Branding, "bash.spec")],
        unexplained,
        &told("logo.svg"),
    );
    let of_none = told("bash.spec and 1 more");
    check(true, Content, &[(Branding, "")], unexplained, &of_none);
    check(
        true,
        Content,
        &[(ReleaseMechanics, both)],
        unexplained,
        &of_none,
    );
    check(true, Rebuild, &[(ReleaseMechanics, "")], patched, "");
}

#[test]
fn what_an_incomplete_source_lacks_is_told_and_proves_nothing() {
    let side = || list(&[("bash", "5-1.el9")]);
    let release = [lists(Architecture::X86_64, side(), Some(side()))];
    let check = |differing: &[(&str, FileDifference)], expected, warns: &[&str]| {
        let differing = differing.iter();
        let known = PackageKnowledge {
            texts: Some(SourceTexts {
                reference: Evr::parse("5-1.el9"),
                distribution: Evr::parse("5-1.el9"),
                complete: false,
                differing: differing
                    .map(|(path, difference)| ((*path).to_owned(), *difference))
                    .collect(),
            }),
            ..PackageKnowledge::default()
        };
        let knowledge = BTreeMap::from([("bash".to_owned(), known)]);
        let rules = Rules::default();
        let (packages, warnings) =
            compare_release(&release, minors("9.6", "9.6"), &knowledge, &rules);
        let outcome = packages[0].cells[0].as_ref().map(|cell| cell.outcome);
        let told = outcome.map(|outcome| (outcome.verdict, outcome.evidence));
        assert_eq!(told, Some(expected), "{warns:?}");
        let told: Vec<String> = warnings.iter().map(Warning::to_string).collect();
        assert_eq!(told, warns);
    };
    use FileDifference::{Content, DistributionLacks, Rebuild, ReferenceLacks};
    let unknown = (Verdict::Matched, Some(Evidence::Inferred));
    let nothing = "bash: the source texts are not known to be complete, so it proves nothing that";
    let of_distribution = format!("{nothing} the distribution’s lack a.patch and 1 more.");
    let of_reference = format!("{nothing} the reference’s lack c.patch.");
    check(
        &[
            ("a.patch", DistributionLacks),
            ("b.patch", DistributionLacks),
            ("c.patch", ReferenceLacks),
        ],
        unknown,
        &[&of_distribution, &of_reference],
    );
    check(
        &[("bash.spec", Rebuild), ("c.patch", ReferenceLacks)],
        (Verdict::Patched, Some(Evidence::Proven)),
        &[&of_reference],
    );
    check(
        &[("bash.spec", Content), ("c.patch", ReferenceLacks)],
        (Verdict::Diverging, Some(Evidence::Proven)),
        &[],
    );
}

#[test]
fn texts_of_which_no_version_is_recorded_are_not_called_those_of_another() {
    let side = || list(&[("bash", "5-1.el9")]);
    let release = [lists(Architecture::X86_64, side(), Some(side()))];
    let check = |reference: &str, expected: Warning| {
        let known = PackageKnowledge {
            texts: Some(SourceTexts {
                reference: Evr::parse(reference),
                distribution: None,
                complete: true,
                differing: BTreeMap::new(),
            }),
            ..PackageKnowledge::default()
        };
        let knowledge = BTreeMap::from([("bash".to_owned(), known)]);
        let rules = Rules::default();
        let (_, warnings) = compare_release(&release, minors("9.6", "9.6"), &knowledge, &rules);
        assert_eq!(warnings, [expected]);
    };
    let package = || "bash".to_owned();
    check("", Warning::TextsOfNoRecordedVersion { package: package() });
    check(
        "4-1.el9",
        Warning::TextsOfOtherVersion { package: package() },
    );
    check(
        "5-1.el9",
        Warning::TextsOfUnrecordedSide {
            package: package(),
            of_reference: false,
        },
    );
}
