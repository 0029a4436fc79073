//! What is doubtful about a comparison: of single packages, and of metadata that seem not to record epochs.

use super::super::classification::ToldBy;
use super::super::pairing::{Pair, SourceList};
use super::super::rules::Rules;
use super::super::source_evidence::{
    FileDifference, SourceFinding, finding_of_tags, finding_of_texts, tags_disagree,
};
use super::super::warning::Warning;
use super::{ArchitectureLists, PackageKnowledge};
use crate::domain::{Architecture, Change, SourcePackage, SourceState};

/// Whether one side has no epochs at all where the other has them for the same versions.
pub(super) fn unrecorded_epochs(list: &ArchitectureLists) -> Option<Warning> {
    let reference = list.reference.as_ref().filter(|_| list.epochs_recorded)?;
    let has_none = |side: &SourceList| side.values().all(|package| package.evr.epoch == 0);
    let (in_reference, in_distribution) = (has_none(reference), has_none(&list.distribution));
    if in_reference == in_distribution {
        return None;
    }
    let differ_by_epoch = |package: &&SourcePackage| {
        let counterpart = list.distribution.get(&package.name);
        counterpart.is_some_and(|counterpart| {
            package.epoch_known
                && counterpart.epoch_known
                && counterpart.evr.epoch != package.evr.epoch
                && counterpart.evr.without_epoch() == package.evr.without_epoch()
        })
    };
    let names: Vec<String> = reference
        .values()
        .filter(differ_by_epoch)
        .map(|package| package.name.clone())
        .collect();
    (!names.is_empty()).then(|| Warning::EpochsLookUnrecorded {
        architecture: list.architecture,
        in_reference,
        count: names.len(),
        packages: names.into_iter().take(EPOCH_EXAMPLES).collect(),
    })
}

/// Packages that are named where epochs seem not to be recorded.
const EPOCH_EXAMPLES: usize = 5;

/// What is doubtful about a package on an architecture.
pub(super) fn doubts(
    pair: Pair<'_>,
    architecture: Architecture,
    known: &PackageKnowledge,
    changes: &[Change],
    rules: &Rules,
) -> Vec<Warning> {
    if !matches!(pair, Pair::Both { .. }) {
        return Vec::new();
    }
    let package = || pair.name().to_owned();
    let mut warnings = Vec::new();
    let proven = known
        .texts
        .as_ref()
        .and_then(|texts| finding_of_texts(texts, pair));
    let texts = known.texts.as_ref().map(|texts| texts.sides_are_of(pair));
    warnings.extend(match texts {
        None | Some([Some(true), Some(true)]) => None,
        Some([None, None]) => Some(Warning::TextsOfNoRecordedVersion { package: package() }),
        Some([None, Some(true)] | [Some(true), None]) => Some(Warning::TextsOfUnrecordedSide {
            package: package(),
            of_reference: texts.is_some_and(|[reference, _]| reference.is_none()),
        }),
        Some(_) => Some(Warning::TextsOfOtherVersion { package: package() }),
    });
    let is_explained_by_line = changes.is_empty() || known.has_unexplained_lines;
    if let (true, false, [file, others @ ..]) = (
        proven.is_some(),
        is_explained_by_line,
        &known.unexplained_files(changes)[..],
    ) {
        warnings.push(Warning::FilesOfNoChange {
            package: package(),
            file: (*file).to_owned(),
            others: others.len(),
        });
    }
    let compared = known.texts.as_ref().filter(|texts| texts.are_of(pair));
    let alike = compared.filter(|texts| texts.changed_beyond_rebuild().next().is_none());
    for (absence, in_reference) in [
        (FileDifference::ReferenceLacks, true),
        (FileDifference::DistributionLacks, false),
    ] {
        let lacked = alike.map(|texts| texts.absent_without_meaning(absence));
        if let Some([file, others @ ..]) = lacked.as_deref() {
            warnings.push(Warning::AbsenceProvesNothing {
                package: package(),
                in_reference,
                file: (*file).to_owned(),
                others: others.len(),
            });
        }
    }
    if tags_disagree(&known.tags, architecture, pair) {
        warnings.push(Warning::BuildsDisagree { package: package() });
    }
    let same = |finding: SourceFinding| finding.state == SourceState::Unmodified;
    let tagged = finding_of_tags(&known.tags, architecture, pair);
    match (proven, tagged, ToldBy::of(pair, changes, rules)) {
        (Some(texts), Some(tag), _) if texts.state != tag.state => {
            warnings.push(Warning::TextsAndBuildDisagree { package: package() });
        }
        (Some(texts), _, Some(told_by)) if same(texts) => {
            let package = package();
            warnings.push(Warning::MarkedButIdentical { package, told_by });
        }
        (None, Some(tag), Some(told_by)) if same(tag) => {
            let package = package();
            warnings.push(Warning::ModifiedButImported { package, told_by });
        }
        _ => {}
    }
    warnings
}
