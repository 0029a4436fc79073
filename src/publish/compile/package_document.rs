//! Makes the detailed document of one source package.

use super::expected_binaries::BinaryExpectations;
use super::knowledge::Knowledge;
use super::lists::ReleaseLists;
use super::manifest::levels_of;
use crate::analysis::{Cell, PackageComparison, Pair};
use crate::domain::{Architecture, NotComparedReason, SourcePackage};
use crate::publish::configuration::Role;
use crate::report::{
    AbiRecord, BuildRecord, ChangeRecord, ElsewhereRecord, FormatVersion, HunkRecord, Package,
    PackageOnArchitecture, PointInTime, SideName, SourceTextsRecord, VersionsBesideRecord,
};
use std::collections::BTreeSet;

/// The document of a package.
pub fn package_document(
    release: &str,
    package: &PackageComparison,
    lists: &ReleaseLists,
    knowledge: &Knowledge,
    expectations: &BinaryExpectations<'_>,
) -> Package {
    let known = knowledge.packages.get(&package.name);
    let cells = || package.cells.iter().flatten();
    let sides = cells()
        .flat_map(|cell| [&cell.reference, &cell.distribution])
        .flatten();
    let binaries: BTreeSet<&str> = sides
        .flat_map(|side| side.binaries.iter().map(String::as_str))
        .collect();
    let reference_name = cells()
        .find_map(|cell| cell.reference.as_ref())
        .map(|reference| reference.name.clone())
        .filter(|name| *name != package.name);
    Package {
        format: FormatVersion::CURRENT,
        release: release.to_owned(),
        name: package.name.clone(),
        reference_name,
        architectures: lists
            .architectures
            .iter()
            .zip(&package.cells)
            .filter_map(|(list, cell)| {
                let architecture = list.architecture;
                Some(on_architecture(
                    architecture,
                    package,
                    cell.as_ref()?,
                    lists,
                ))
            })
            .collect(),
        versions_beside: versions_beside(package),
        binaries: binaries.iter().copied().map(str::to_owned).collect(),
        expectation: knowledge
            .expectations
            .get(&package.name)
            .filter(|_| is_as_expected(package))
            .cloned(),
        expected_binaries: expectations.of_package(package, &lists.architectures),
        changes: known
            .into_iter()
            .flat_map(|known| &known.changes)
            .map(|change| ChangeRecord {
                class: change.class.into(),
                summary: change.summary.clone(),
                origin: change.origin.clone(),
                files: change.files.clone(),
                hunks: change.hunks.iter().map(HunkRecord::from).collect(),
            })
            .collect(),
        levels: levels_of(binaries.iter().copied(), &knowledge.levels),
        statements: knowledge
            .statements
            .get(&package.name)
            .cloned()
            .unwrap_or_default(),
        builds: knowledge
            .builds
            .get(&package.name)
            .cloned()
            .unwrap_or_default(),
        unexplained: knowledge
            .unexplained
            .get(&package.name)
            .cloned()
            .unwrap_or_default(),
        patches: knowledge
            .patches
            .get(&package.name)
            .cloned()
            .unwrap_or_default(),
        texts: knowledge
            .texts
            .get(&package.name)
            .map(|record| SourceTextsRecord {
                current: cells().any(|cell| texts_are_of(cell, package, knowledge)),
                ..record.clone()
            }),
        advisories: knowledge
            .advisories
            .get(&package.name)
            .cloned()
            .unwrap_or_default(),
        tool_reports: knowledge
            .tool_reports
            .get(&package.name)
            .cloned()
            .unwrap_or_default(),
    }
}

/// What each side has beside the versions that are compared, if it has any.
fn versions_beside(package: &PackageComparison) -> Vec<VersionsBesideRecord> {
    let sides = [SideName::Reference, SideName::Distribution].into_iter();
    let records = sides
        .zip(package.versions_beside())
        .filter_map(|(side, versions)| {
            Some(VersionsBesideRecord {
                side,
                count: versions.len() as u32,
                newest: versions.last()?.to_string(),
            })
        });
    records.collect()
}

/// Whether a list that announces the package's presence applies on any architecture.
pub fn is_as_expected(package: &PackageComparison) -> bool {
    package.cells.iter().flatten().any(|cell| {
        matches!(
            cell.outcome.not_compared,
            Some(NotComparedReason::AddedOnPurpose | NotComparedReason::RemovedOnPurpose)
        )
    })
}

fn texts_are_of(cell: &Cell, package: &PackageComparison, knowledge: &Knowledge) -> bool {
    let texts = knowledge
        .packages
        .get(&package.name)
        .and_then(|known| known.texts.as_ref());
    match (texts, &cell.reference, &cell.distribution) {
        (Some(texts), Some(reference), Some(distribution)) => texts.are_of(Pair::Both {
            reference,
            distribution,
        }),
        _ => false,
    }
}

fn on_architecture(
    architecture: Architecture,
    package: &PackageComparison,
    cell: &Cell,
    lists: &ReleaseLists,
) -> PackageOnArchitecture {
    let build = |package: &SourcePackage| BuildRecord {
        evr: package.evr.to_string(),
        repository: package.repository.clone(),
        built: package.built.map(PointInTime),
    };
    let further = lists
        .further
        .iter()
        .filter(|((_, own), _)| *own == architecture);
    PackageOnArchitecture {
        architecture: architecture.name().to_owned(),
        elsewhere: further
            .filter_map(|((role, _), list)| {
                Some(ElsewhereRecord {
                    side: Role::Further(*role).into(),
                    build: build(list.get(&package.name)?),
                })
            })
            .collect(),
        outcome: cell.outcome.into(),
        reference: cell.reference.as_ref().map(build),
        distribution: cell.distribution.as_ref().map(build),
        origin: cell
            .origin
            .as_ref()
            .and_then(|found| lists.origins.get(found.origin))
            .cloned(),
        origin_evr: cell.origin.as_ref().map(|found| found.evr.to_string()),
        origin_changed: cell.origin.as_ref().is_some_and(|found| found.is_changed),
        abi: cell.abi.as_ref().map(AbiRecord::from),
        reference_alone: cell.binaries_alone.reference.clone(),
        distribution_alone: cell.binaries_alone.distribution.clone(),
    }
}
