//! Whether the documents of one snapshot agree with each other and with the index.

use super::builds::agrees_with;
use super::documents::Documents;
use super::set::Totals;
use crate::domain::{AbiTotals, Shares, Verdict};
use crate::publish::compile::{BuildsBuilder, FacetsBuilder, lag_record};
use crate::publish::output::Folder;
use crate::report::{
    BuildDays, Builds, Compatibility, Digest, Directory, Facets, Fixes, Index, LevelSharesRecord,
    Names, OutcomeRecord, Package, PackageTable, ROWS_PER_DIRECTORY, ReleaseEntry, Repositories,
    Security, SharesRecord, SideName, SnapshotEntry, SourceFailure, SourceFileSide, dates_of,
};
use std::collections::BTreeMap;

/// Holds a snapshot against its documents.
pub fn verify_snapshot(
    documents: &mut Documents,
    totals: &mut Totals,
    release: &ReleaseEntry,
    snapshot: &SnapshotEntry,
) {
    let path = Folder::Compatibility.path(&snapshot.report);
    let Some(report) = documents.named::<Compatibility>(Folder::Compatibility, &snapshot.report)
    else {
        return;
    };
    for cause in disagreements(&report, release, snapshot) {
        documents.fault(&path, cause);
    }
    let mut abi = vec![AbiTotals::default(); report.architectures.len()];
    let mut levels: BTreeMap<u8, Vec<Verdict>> = BTreeMap::new();
    let mut facets = FacetsBuilder::default();
    let mut builds = BuildsBuilder::default();
    let mut rows_read = 0;
    for (index, digest) in report.directories.iter().enumerate() {
        let Some(directory) = documents.named::<Directory>(Folder::Directories, digest) else {
            continue;
        };
        let rows = index * ROWS_PER_DIRECTORY
            ..((index + 1) * ROWS_PER_DIRECTORY).min(report.packages.names.len());
        if directory.packages.len() != rows.len() {
            let (found, expected) = (directory.packages.len(), rows.len());
            let cause =
                format!("it has {found} packages, and the table has {expected} rows for it");
            documents.fault(&Folder::Directories.path(digest), cause);
        }
        for (row, digest) in rows.zip(&directory.packages) {
            if let Some(package) = verify_package(documents, totals, &report, row, digest) {
                add_abi(&mut abi, &report, &package);
                // The lowest number of a package's binaries counts; they stand in that order.
                if let Some(record) = package.levels.first() {
                    let verdict = verdict_of(&report.packages, row);
                    levels.entry(record.level).or_default().push(verdict);
                }
                facets.add(&package);
                builds.add(&package.name, &package.builds);
                rows_read += 1;
            }
        }
    }
    for (record, totals) in report.architectures.iter().zip(abi) {
        if record
            .abi
            .as_ref()
            .is_some_and(|found| *found != totals.into())
        {
            let name = &record.name;
            let cause =
                format!("the totals of binary interfaces of {name} are not those of its packages");
            documents.fault(&path, cause);
        }
    }
    let levels = levels
        .into_iter()
        .map(|(level, verdicts)| LevelSharesRecord {
            level,
            shares: Shares::count(verdicts).into(),
        });
    if !levels.eq(report.levels.iter().copied()) {
        let cause =
            "the shares of the levels of the package manifest are not those of its packages";
        documents.fault(&path, cause);
    }
    if let Some(build_days) = documents.named::<BuildDays>(Folder::BuildDays, &report.build_days)
        && build_days.days.len() != report.packages.names.len()
    {
        documents.fault(
            &Folder::BuildDays.path(&report.build_days),
            "it does not have one day for each row of the table",
        );
    }
    if let Some(digest) = &report.facets
        && let Some(found) = documents.named::<Facets>(Folder::Facets, digest)
        // A document that lacks is a fault of its own, and shifts the rows of the others.
        && rows_read == report.packages.names.len()
        && found != as_told_by(&found, facets.finish())
    {
        documents.fault(
            &Folder::Facets.path(digest),
            "it does not say of the packages what their documents say",
        );
    }
    if let Some(digest) = &report.builds
        && let Some(found) = documents.named::<Builds>(Folder::Builds, digest)
    {
        let path = Folder::Builds.path(digest);
        if snapshot.builds != Some(found.entry()) {
            documents.fault(&path, "what its builds come to is not what the index says");
        }
        if rows_read == report.packages.names.len()
            && !agrees_with(&found, builds.finish(Vec::new(), Vec::new()))
        {
            documents.fault(
                &path,
                "it does not say of builds what the documents of their packages say",
            );
        }
    }
    if let Some(digest) = &report.repositories {
        let boards = documents.named::<Repositories>(Folder::Repositories, digest);
        let faults = boards.map(|boards| board_disagreements(&boards, &report, snapshot));
        for cause in faults.unwrap_or_default() {
            documents.fault(&Folder::Repositories.path(digest), cause);
        }
    }
    verify_security(documents, &report, snapshot);
    if let Some(names) = documents.named::<Names>(Folder::Names, &report.names) {
        let rows = report.packages.names.len();
        let sound =
            names.rows.iter().all(|&row| (row as usize) < rows) && names.binaries.is_sorted();
        if !sound {
            documents.fault(
                &Folder::Names.path(&report.names),
                "it is not sorted, or names rows that are not there",
            );
        }
    }
}

/// Holds the security clock against the release and the figures in the index. It may be older than the snapshot: where an input
/// could not be read, the one before stays.
fn verify_security(documents: &mut Documents, report: &Compatibility, snapshot: &SnapshotEntry) {
    let Some(entry) = &snapshot.security else {
        return;
    };
    let Some(document) = documents.named::<Security>(Folder::Security, &entry.document) else {
        return;
    };
    let path = Folder::Security.path(&entry.document);
    if document.release != report.release || document.taken > report.taken {
        documents.fault(
            &path,
            "it is not of this release, or is newer than the snapshot",
        );
    }
    if entry.as_of.is_some_and(|as_of| as_of != document.taken) {
        documents.fault(&path, "it was not made when the index says");
    }
    let fixes = documents.named::<Fixes>(Folder::Fixes, &document.fixes);
    if fixes.is_some_and(|fixes| !fixes.fit(&document)) {
        documents.fault(
            &Folder::Fixes.path(&document.fixes),
            "it does not have a version for each package of the advisories",
        );
    }
    if lag_record(&document) != entry.lag {
        documents.fault(&path, "what its lags come to is not what the index says");
    }
}

/// What boards say that their report does not.
fn board_disagreements(
    boards: &Repositories,
    report: &Compatibility,
    snapshot: &SnapshotEntry,
) -> Vec<String> {
    let was_read = |side| report.sources.iter().any(|source| source.side == side);
    let mut causes = Vec::new();
    let told = [
        (boards.testing.is_some(), SideName::Testing),
        (boards.synergy.is_some(), SideName::Synergy),
    ];
    for (is_there, side) in told {
        if is_there != (was_read(side) || boards.kept.contains(&side)) {
            causes.push(format!(
                "whether it has a board of {side} is not whether such a repository was read"
            ));
        }
    }
    let records = boards.testing.iter().flatten();
    let mut standings = records.flat_map(|record| &record.standings);
    let is_of_this_run = !boards.kept.contains(&SideName::Testing);
    if is_of_this_run
        && standings.any(|standing| standing.advisories.is_some() != snapshot.security.is_some())
    {
        causes.push(
            "whether it has the advisories whose fixes wait is not whether the snapshot has advisories"
                .to_owned(),
        );
    }
    let since = boards.testing.iter().flatten().map(|record| record.since);
    let due = boards
        .synergy
        .iter()
        .flatten()
        .filter_map(|record| record.due);
    if since
        .chain(due)
        .any(|seen| seen.at_the_latest > report.taken)
    {
        causes.push("something is so since after the snapshot".to_owned());
    }
    causes
}

/// The facets that packages give, as one that may be of an older Almanac tells them.
fn as_told_by(found: &Facets, expected: Facets) -> Facets {
    Facets {
        format: found.format,
        patch_cves: expected.patch_cves.filter(|_| found.patch_cves.is_some()),
        ..expected
    }
}

/// What the index says of sources that could not be read, and its releases do not.
pub fn failure_disagreements(index: &Index) -> Vec<String> {
    let agrees = |failure: &SourceFailure| {
        let mut releases = index.releases.iter();
        let release = releases.find(|release| release.id == failure.release);
        let source = release.and_then(|release| {
            release.sources.iter().find(|source| {
                source.side == failure.side
                    && source.name == failure.name
                    && source.architecture == failure.architecture
            })
        });
        let published = source.and(release).and_then(ReleaseEntry::latest);
        failure.last_read == published.map(|snapshot| snapshot.taken)
    };
    let wrong = index.failures.iter().filter(|failure| !agrees(failure));
    wrong
        .map(|failure| {
            format!(
                "when the source {} of release {} was read last is not what the release says",
                failure.name, failure.release
            )
        })
        .collect()
}

fn disagreements(
    report: &Compatibility,
    release: &ReleaseEntry,
    snapshot: &SnapshotEntry,
) -> Vec<String> {
    let mut causes = Vec::new();
    let mut check = |agrees: bool, what: &str| {
        if !agrees {
            causes.push(format!(
                "{what} is not what the index says of release {} at {}",
                release.id, snapshot.id
            ));
        }
    };
    check(report.release == release.id, "the release");
    check(report.snapshot == snapshot.id, "the snapshot");
    check(report.taken == snapshot.taken, "the time");
    check(report.shares == snapshot.shares, "the share");
    check(
        report.notices == snapshot.notices,
        "what must be read before the shares",
    );
    let minors = (&report.distribution_minor, &report.reference_minor);
    check(
        minors == (&snapshot.distribution_minor, &snapshot.reference_minor),
        "the minor release",
    );
    let dates = [
        (
            SideName::Distribution,
            (
                snapshot.distribution_dated,
                snapshot.distribution_dated_from,
            ),
        ),
        (
            SideName::Reference,
            (snapshot.reference_dated, snapshot.reference_dated_from),
        ),
    ];
    for (side, stated) in dates {
        check(
            dates_of(&report.sources, side) == stated,
            "the date of its sources",
        );
    }
    if release.latest() == Some(snapshot) {
        let entries = release
            .architectures
            .iter()
            .map(|entry| (&entry.name, &entry.compared_with));
        let records = report
            .architectures
            .iter()
            .map(|record| (&record.name, &record.compared_with));
        check(entries.eq(records), "the list of architectures");
        check(report.sources == release.sources, "what it was made from");
    }
    let (by_package, by_architecture) = shares_of(&report.packages, report.architectures.len());
    if by_package != report.shares {
        causes.push("the share over all packages is not that of its table".to_owned());
    }
    for (record, shares) in report.architectures.iter().zip(by_architecture) {
        if record.shares != shares {
            causes.push(format!(
                "the share of {} is not that of its table",
                record.name
            ));
        }
    }
    causes
}

/// The shares as the table has them: over all packages, and on each architecture.
fn shares_of(table: &PackageTable, architectures: usize) -> (SharesRecord, Vec<SharesRecord>) {
    let rows: Vec<Vec<Option<Verdict>>> = (0..table.names.len())
        .map(|row| verdicts_of(table, row).collect())
        .collect();
    let by_package = (0..rows.len()).map(|row| verdict_of(table, row));
    let on = |index: usize| Shares::count(rows.iter().filter_map(|row| *row.get(index)?)).into();
    (
        Shares::count(by_package).into(),
        (0..architectures).map(on).collect(),
    )
}

/// The verdicts of a row of the table, one for each architecture.
fn verdicts_of(table: &PackageTable, row: usize) -> impl Iterator<Item = Option<Verdict>> {
    table
        .outcomes_of(row)
        .map(|outcome| outcome.map(|outcome| outcome.verdict.into()))
}

/// The verdict by which a row counts: the least favourable.
fn verdict_of(table: &PackageTable, row: usize) -> Verdict {
    let worst = verdicts_of(table, row).flatten().max();
    worst.unwrap_or(Verdict::NotCompared)
}

fn verify_package(
    documents: &mut Documents,
    totals: &mut Totals,
    report: &Compatibility,
    row: usize,
    digest: &Digest,
) -> Option<Package> {
    let path = Folder::Packages.path(digest);
    let is_new = !documents.seen.contains(&path);
    let package = documents.named::<Package>(Folder::Packages, digest)?;
    let name = &report.packages.names[row];
    totals
        .packages
        .insert((report.release.clone(), name.clone()));
    if package.name != *name || package.release != report.release {
        let cause = format!(
            "it is {} of release {}, where {name} belongs",
            package.name, package.release
        );
        documents.fault(&path, cause);
    }
    let found = package
        .architectures
        .iter()
        .map(|record| (record.architecture.as_str(), record.outcome));
    let expected = expected_outcomes(report, row);
    if !found.eq(expected) {
        documents.fault(
            &path,
            format!("its outcomes are not those of {name} in the table"),
        );
    }
    if report.packages.other_versions.is_some() && !versions_agree(report, row, &package) {
        documents.fault(
            &path,
            format!("its versions are not those of {name} in the table"),
        );
    }
    let found = package
        .architectures
        .iter()
        .filter_map(|record| Some((record.architecture.as_str(), record.abi.as_ref()?.outcome)));
    let outcomes = report.packages.abi_outcomes_of(row);
    let cells = report.architectures.iter().zip(outcomes);
    let expected =
        cells.filter_map(|(architecture, outcome)| Some((architecture.name.as_str(), *outcome?)));
    if !found.eq(expected) {
        documents.fault(
            &path,
            format!("what became of its binary interface is not that of {name} in the table"),
        );
    }
    if is_new {
        let files = package.texts.iter().flat_map(|texts| &texts.files);
        for side in files
            .flat_map(|file| [&file.reference, &file.distribution])
            .flatten()
        {
            verify_text(documents, totals, side);
        }
    }
    Some(package)
}

/// Whether the table has the versions of a package on each architecture.
fn versions_agree(report: &Compatibility, row: usize, package: &Package) -> bool {
    package.architectures.iter().all(|record| {
        let mut names = report.architecture_names();
        let position = names.position(|name| name == record.architecture);
        position.is_none_or(|position| {
            let sides = [&record.distribution, &record.reference];
            let mut evrs = sides
                .into_iter()
                .zip(report.packages.evrs_on(row, position));
            evrs.all(|(build, evr)| build.as_ref().is_none_or(|build| build.evr == evr))
        })
    })
}

fn add_abi(totals: &mut [AbiTotals], report: &Compatibility, package: &Package) {
    for record in &package.architectures {
        let own = report
            .architectures
            .iter()
            .position(|architecture| architecture.name == record.architecture);
        let totals = own.and_then(|index| totals.get_mut(index));
        if let (Some(totals), Some(abi)) = (totals, &record.abi) {
            totals.add(
                abi.outcome.into(),
                abi.symbol_versions.map(Into::into),
                abi.kernel_symbols.map(Into::into),
                abi.entries_not_compared,
            );
        }
    }
}

fn expected_outcomes(
    report: &Compatibility,
    row: usize,
) -> impl Iterator<Item = (&str, OutcomeRecord)> {
    let outcomes = report.packages.outcomes_of(row);
    let cells = report.architectures.iter().zip(outcomes);
    cells.filter_map(|(architecture, outcome)| Some((architecture.name.as_str(), *outcome?)))
}

fn verify_text(documents: &mut Documents, totals: &mut Totals, side: &SourceFileSide) {
    if !side.published || !totals.texts.insert(side.digest.clone()) {
        return;
    }
    if let Some(bytes) = documents.named_bytes(Folder::Texts, &side.digest)
        && bytes.len() as u64 != side.bytes
    {
        let cause = format!(
            "it has {} bytes, and a package says {}",
            bytes.len(),
            side.bytes
        );
        documents.fault(&Folder::Texts.path(&side.digest), cause);
    }
}
