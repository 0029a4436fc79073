//! Compiles one release: reads what it is made from, compares, and puts all its documents into the published set.

use super::availability::{Availability, Readings, availability_of};
use super::builds::BuildsBuilder;
use super::contradictions::contradictions;
use super::expected_binaries::BinaryExpectations;
use super::facets::FacetsBuilder;
use super::input_failures::input_failures;
use super::knowledge::{Knowledge, knowledge_of};
use super::lists::{ReleaseLists, lists_of};
use super::manifest::shares_by_level;
use super::package_document::{is_as_expected, package_document};
use super::reading::read_repositories;
use super::repositories::{BoardInputs, repositories_of};
use super::security::{PublishedClock, lag_record, security_of};
use super::table::TableBuilder;
use crate::analysis::{PackageComparison, Warning, compare_release};
use crate::domain::{AbiTotals, AdvisoryClock, Shares, Timestamp, Verdict};
use crate::publish::Error;
use crate::publish::configuration::{Configuration, ReleaseSetting};
use crate::publish::fetch::Fetcher;
use crate::publish::output::{Folder, Staging};
use crate::publish::progress::Progress;
use crate::publish::published_set::PublishedSet;
use crate::report::{
    AdvisoryFailure, ArchitectureEntry, ArchitectureRecord, BuildDays, Builds, Compatibility,
    Digest, Directory, Facets, FormatVersion, Index, InputFailure, Names, PointInTime,
    ROWS_PER_DIRECTORY, SecurityEntry, SideName, SnapshotEntry, SourceFailure, SourceRecord,
    dates_of,
};
use std::collections::BTreeSet;

/// Of what and when a snapshot is taken.
pub struct Occasion<'a> {
    /// The configuration.
    pub configuration: &'a Configuration,
    /// When it is taken.
    pub taken: Timestamp,
    /// What was published before.
    pub published: Option<&'a Index>,
    /// Where that is.
    pub published_set: &'a PublishedSet,
    /// What fetches over http(s).
    pub fetcher: &'a Fetcher,
    /// How many repositories are read at a time.
    pub threads: usize,
    /// What is told meanwhile.
    pub progress: &'a Progress,
}

/// A release as the index lists it, and what is told of it in the end.
#[derive(Clone, Debug)]
pub struct CompiledRelease {
    /// Its name in addresses.
    pub id: String,
    /// Its snapshot.
    pub snapshot: SnapshotEntry,
    /// Its architectures, with the shares of each.
    pub architectures: Vec<ArchitectureRecord>,
    /// What it was made from.
    pub sources: Vec<SourceRecord>,
    /// Doubts about single packages and their metadata.
    pub warnings: Vec<String>,
    /// The inputs of its security clock that could not be read.
    pub advisory_failures: Vec<AdvisoryFailure>,
    /// What else could not be read.
    pub input_failures: Vec<InputFailure>,
}

/// What came of a release.
pub struct ReleaseOutcome {
    /// The release, where it is published anew.
    pub compiled: Option<CompiledRelease>,
    /// What could not be read.
    pub failures: Vec<SourceFailure>,
    /// The error of the first of them.
    pub error: Option<Error>,
}

/// Reads a release and compiles what can be compared of it.
pub fn compile_release(
    release: &ReleaseSetting,
    occasion: &Occasion<'_>,
    staging: &mut Staging,
) -> Result<ReleaseOutcome, Error> {
    let mut entries = occasion
        .published
        .into_iter()
        .flat_map(|index| &index.releases);
    let attempts = read_repositories(
        release,
        entries.find(|entry| entry.id == release.id),
        occasion.configuration,
        occasion.fetcher,
        occasion.threads,
        occasion.progress,
    )?;
    let Availability {
        comparable,
        failures,
        error,
    } = availability_of(release, attempts, occasion.published, occasion.taken);
    let compiled = comparable
        .map(|(release, readings)| compile(&release, readings, &failures, occasion, staging))
        .transpose()?;
    Ok(ReleaseOutcome {
        compiled,
        failures,
        error,
    })
}

/// The CVEs of an advisory where the reference has one for them.
fn advised_cves(clock: &AdvisoryClock) -> &[String] {
    match clock.reference.is_some() || clock.counterpart.is_some() {
        true => &clock.cves,
        false => &[],
    }
}

fn compile(
    release: &ReleaseSetting,
    readings: Readings,
    failures: &[SourceFailure],
    occasion: &Occasion<'_>,
    staging: &mut Staging,
) -> Result<CompiledRelease, Error> {
    let configuration = occasion.configuration;
    let lists = lists_of(release, readings, configuration, occasion.taken)?;
    let security = security_of(release, &lists, failures, occasion, staging)?;
    let clocks = security.clock.as_ref().map(|clock| clock.document.clocks());
    let advised_cves = clocks.iter().flatten().flat_map(advised_cves).cloned();
    let mut knowledge = knowledge_of(release, &lists, advised_cves.collect(), occasion, staging)?;
    let mut failed = std::mem::take(&mut knowledge.failed);
    failed.extend(lists.failed.iter().cloned());
    let input_failures = input_failures(&release.id, failed, occasion);
    knowledge.add_expectations(release, &lists)?;
    knowledge.forget_unbuilt(&lists.architectures, &configuration.rules);
    let minors = (release.reference_minor, release.distribution_minor);
    let (packages, doubts) = compare_release(
        &lists.architectures,
        minors,
        &knowledge.packages,
        &configuration.rules,
    );
    let (mut notices, mut warnings) = told(doubts);
    let (architectures_left_out, further_left_out) = left_out(failures, configuration);
    // Packages of an architecture that is left out may well be there.
    if architectures_left_out.is_empty() {
        let binaries = BinaryExpectations::new(&release.expected);
        let met = binaries.met(&packages, &lists.architectures);
        warnings.extend(unused(&packages, &knowledge, &met));
    }
    notices.extend(architectures_left_out);
    warnings.extend(further_left_out);
    warnings.extend(contradictions(&packages, &knowledge, &configuration.rules));
    warnings.extend(knowledge.warnings.iter().cloned());
    warnings.extend(lists.warnings.iter().cloned());
    warnings.extend(security.warnings);
    let clock = security.clock.as_ref();
    let advisories = clock
        .zip(clocks.as_ref())
        .map(|(clock, clocks)| clock.named_fixes(clocks));
    let (repositories, doubts) = repositories_of(&BoardInputs {
        release,
        lists: &lists,
        knowledge: &knowledge,
        failures,
        advisories: advisories.as_ref(),
        occasion,
    });
    warnings.extend(doubts);
    warnings.sort();
    let security_digest = match (security.kept, &security.clock) {
        (None, Some(clock)) => Some(staging.add(Folder::Security, &clock.document)?),
        (kept, _) => kept,
    };
    knowledge.advisories = security
        .clock
        .as_ref()
        .map(|clock| clock.document.by_package(&clock.fixes))
        .unwrap_or_default();
    let (directories, facets) = add_packages(release, &packages, &lists, &knowledge, staging)?;
    let builds = builds_of(release, &knowledge);
    let compatibility = Compatibility {
        format: FormatVersion::CURRENT,
        release: release.id.clone(),
        snapshot: snapshot_id(occasion.taken),
        taken: PointInTime(occasion.taken),
        distribution_minor: release.distribution_minor.to_string(),
        reference_minor: release.reference_minor.to_string(),
        notices: notices.clone(),
        warnings: warnings.clone(),
        shares: Shares::count(packages.iter().map(PackageComparison::verdict)).into(),
        architectures: architectures_of(release, &packages),
        sources: lists.sources.clone(),
        levels: shares_by_level(&packages, &knowledge.levels),
        packages: table_of(&packages, &lists, &knowledge),
        directories,
        names: staging.add(Folder::Names, &names_of(&packages))?,
        build_days: staging.add(Folder::BuildDays, &build_days_of(&packages))?,
        facets: Some(staging.add(Folder::Facets, &facets)?),
        builds: builds
            .as_ref()
            .map(|builds| staging.add(Folder::Builds, builds))
            .transpose()?,
        repositories: repositories
            .map(|boards| staging.add(Folder::Repositories, &boards))
            .transpose()?,
    };
    let report = staging.add(Folder::Compatibility, &compatibility)?;
    let (distribution_dated, distribution_dated_from) =
        dates_of(&lists.sources, SideName::Distribution);
    let (reference_dated, reference_dated_from) = dates_of(&lists.sources, SideName::Reference);
    Ok(CompiledRelease {
        id: release.id.clone(),
        snapshot: SnapshotEntry {
            id: compatibility.snapshot,
            taken: compatibility.taken,
            report,
            distribution_minor: compatibility.distribution_minor,
            reference_minor: compatibility.reference_minor,
            distribution_dated,
            distribution_dated_from,
            reference_dated,
            reference_dated_from,
            shares: compatibility.shares,
            notices,
            security: security_digest.zip(security.clock.as_ref()).map(
                |(
                    document,
                    PublishedClock {
                        document: clock, ..
                    },
                )| SecurityEntry {
                    document,
                    as_of: (clock.taken != compatibility.taken).then_some(clock.taken),
                    lag: lag_record(clock),
                },
            ),
            builds: builds.as_ref().map(Builds::entry),
        },
        architectures: compatibility.architectures,
        sources: lists.sources,
        warnings,
        advisory_failures: security.failures,
        input_failures,
    })
}

impl CompiledRelease {
    /// Its architectures as the index lists them.
    pub fn architecture_entries(&self) -> Vec<ArchitectureEntry> {
        self.architectures
            .iter()
            .map(ArchitectureRecord::entry)
            .collect()
    }
}

/// The name of a snapshot in addresses: when it was taken, without the characters that addresses escape.
fn snapshot_id(taken: Timestamp) -> String {
    taken.to_string().replace(['-', ':'], "")
}

/// What must be read before any figure, and the doubts about single packages.
fn told(doubts: Vec<Warning>) -> (Vec<String>, Vec<String>) {
    let (notices, warnings): (Vec<_>, Vec<_>) =
        doubts.into_iter().partition(Warning::is_of_the_whole);
    let sentences = |doubts: Vec<Warning>| doubts.iter().map(Warning::to_string).collect();
    (sentences(notices), sentences(warnings))
}

/// What is not in the report because it could not be read, one sentence for each repository: first those without which an
/// architecture is not compared, then those that are not compared themselves.
fn left_out(
    failures: &[SourceFailure],
    configuration: &Configuration,
) -> (Vec<String>, Vec<String>) {
    let (mut architectures, mut further) = (Vec::new(), Vec::new());
    for failure in failures {
        let SourceFailure {
            architecture,
            name,
            since,
            cause,
            ..
        } = failure;
        let whose = match failure.side {
            SideName::Distribution => configuration.distribution.name.clone(),
            SideName::Reference => configuration.reference.name.clone(),
            side => {
                further.push(format!(
                    "{architecture}: the repository {name} ({side}) could not be read since {}: {cause}: what it has is not known.",
                    since.0
                ));
                continue;
            }
        };
        let since = since.0;
        architectures.push(format!("{architecture} is left out: its repository {name} ({whose}) could not be read since {since}: {cause}."));
    }
    (architectures, further)
}

/// Changes and texts of packages that neither side has: most likely a name was misspelt. `binaries_as_expected` are missing or extra
/// as a list says.
fn unused(
    packages: &[PackageComparison],
    knowledge: &Knowledge,
    binaries_as_expected: &BTreeSet<&str>,
) -> Vec<String> {
    let names: BTreeSet<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let as_expected: BTreeSet<&str> = packages
        .iter()
        .filter(|package| is_as_expected(package))
        .map(|package| package.name.as_str())
        .collect();
    let stale = knowledge
        .expectations
        .keys()
        .filter(|name| {
            !as_expected.contains(name.as_str()) && !binaries_as_expected.contains(name.as_str())
        })
        .map(|name| {
            format!(
                "{name}: a list expects it to be missing or extra, and it is so on no architecture."
            )
        });
    let unknown = |name: &&String| !names.contains(name.as_str());
    let said = knowledge.statements.keys().filter(unknown).map(|name| {
        format!("{name}: people say something of it, and no list that was read has this package.")
    });
    let unused = knowledge.described.iter().filter(unknown);
    unused
        .map(|name| format!("{name}: changes, source texts or reports of it are at hand, yet no list that was read has this package."))
        .chain(stale)
        .chain(said)
        .collect()
}

fn architectures_of(
    release: &ReleaseSetting,
    packages: &[PackageComparison],
) -> Vec<ArchitectureRecord> {
    let verdicts = |index: usize| -> Vec<Verdict> {
        let cells = packages
            .iter()
            .filter_map(|package| package.cells[index].as_ref());
        cells.map(|cell| cell.outcome.verdict).collect()
    };
    let settings = release.architectures.iter().enumerate();
    settings
        .map(|(index, setting)| ArchitectureRecord {
            name: setting.name.name().to_owned(),
            compared_with: setting
                .compared_with
                .map(|reference| reference.name().to_owned()),
            shares: Shares::count(verdicts(index)).into(),
            abi: release.abi.then(|| abi_totals(packages, index).into()),
        })
        .collect()
}

fn abi_totals(packages: &[PackageComparison], index: usize) -> AbiTotals {
    let mut totals = AbiTotals::default();
    let cells = packages.iter().flat_map(|package| &package.cells[index]);
    for abi in cells.flat_map(|cell| &cell.abi) {
        totals.add(
            abi.verdict,
            abi.symbol_versions,
            abi.kernel_symbols,
            abi.entries_not_compared,
        );
    }
    totals
}

fn table_of(
    packages: &[PackageComparison],
    lists: &ReleaseLists,
    knowledge: &Knowledge,
) -> crate::report::PackageTable {
    let mut table = TableBuilder::default();
    for package in packages {
        let known = knowledge.packages.get(&package.name);
        let changes = known.map_or(&[][..], |known| known.changes.as_slice());
        table.add(package, &lists.origins, changes);
    }
    table.finish()
}

fn add_packages(
    release: &ReleaseSetting,
    packages: &[PackageComparison],
    lists: &ReleaseLists,
    knowledge: &Knowledge,
    staging: &mut Staging,
) -> Result<(Vec<Digest>, Facets), Error> {
    let mut directories = Vec::new();
    let mut facets = FacetsBuilder::default();
    let expectations = BinaryExpectations::new(&release.expected);
    for packages in packages.chunks(ROWS_PER_DIRECTORY) {
        let mut digests = Vec::with_capacity(packages.len());
        for package in packages {
            let document = package_document(&release.id, package, lists, knowledge, &expectations);
            facets.add(&document);
            digests.push(staging.add(Folder::Packages, &document)?);
        }
        let directory = Directory {
            format: FormatVersion::CURRENT,
            packages: digests,
        };
        directories.push(staging.add(Folder::Directories, &directory)?);
    }
    Ok((directories, facets.finish()))
}

/// How builds stand, of packages that neither side has, too; `None` where no builds are read.
fn builds_of(release: &ReleaseSetting, knowledge: &Knowledge) -> Option<Builds> {
    let mut builder = BuildsBuilder::default();
    for (package, runs) in &knowledge.builds {
        builder.add(package, runs);
    }
    let sources = &knowledge.build_sources;
    let own = release.architectures.iter();
    let own = own.map(|setting| setting.name.name().to_owned());
    (!sources.is_empty()).then(|| builder.finish(sources.clone(), own.collect()))
}

fn names_of(packages: &[PackageComparison]) -> Names {
    let mut names = BTreeSet::new();
    for (row, package) in packages.iter().enumerate() {
        let sides = package
            .cells
            .iter()
            .flatten()
            .flat_map(|cell| [&cell.reference, &cell.distribution]);
        for binary in sides.flatten().flat_map(|side| &side.binaries) {
            if *binary != package.name {
                names.insert((binary.as_str(), row as u32));
            }
        }
    }
    Names {
        format: FormatVersion::CURRENT,
        binaries: names
            .iter()
            .map(|(binary, _)| (*binary).to_owned())
            .collect(),
        rows: names.iter().map(|(_, row)| *row).collect(),
    }
}

/// The day of the build that the table shows: that on the first architecture that the distribution has the package for.
fn build_days_of(packages: &[PackageComparison]) -> BuildDays {
    let day_of = |package: &PackageComparison| {
        let mut published = package.cells.iter().flatten();
        let shown = published.find_map(|cell| cell.distribution.as_ref())?;
        u32::try_from(shown.built?.unix_days()).ok()
    };
    BuildDays {
        format: FormatVersion::CURRENT,
        days: packages.iter().map(day_of).collect(),
    }
}
