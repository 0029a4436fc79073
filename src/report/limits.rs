//! The limits of the format: a writer never exceeds them, a reader refuses what does.

/// Bytes of an index.
pub const INDEX_BYTES: usize = 4 << 20;
/// Bytes of a compatibility report.
pub const COMPATIBILITY_BYTES: usize = 16 << 20;
/// Bytes of a directory.
pub const DIRECTORY_BYTES: usize = 1 << 20;
/// Bytes of a year of a release's history.
pub const YEAR_BYTES: usize = 4 << 20;
/// Bytes of a month of a release's history.
pub const MONTH_BYTES: usize = 64 << 20;
/// Bytes of a ledger, or of the deviations that ended in one quarter.
pub const LEDGER_BYTES: usize = 32 << 20;
/// Bytes of the days of builds.
pub const BUILD_DAYS_BYTES: usize = 1 << 20;
/// Bytes of the facets of packages.
pub const FACETS_BYTES: usize = 4 << 20;
/// Bytes of how builds stand.
pub const BUILDS_BYTES: usize = 16 << 20;
/// Bytes of the boards of repositories.
pub const REPOSITORIES_BYTES: usize = 16 << 20;
/// Bytes of the names of binary packages.
pub const NAMES_BYTES: usize = 16 << 20;
/// Bytes of a package document.
pub const PACKAGE_BYTES: usize = 4 << 20;
/// Bytes of a source text.
pub const TEXT_BYTES: usize = 32 << 20;
/// Bytes of the security clock of a release, and of the versions that fix its packages.
pub const SECURITY_BYTES: usize = 16 << 20;
/// Advisories of a release.
pub const ADVISORIES: usize = 60_000;
/// Vulnerabilities of an advisory.
pub const CVES: usize = 4096;
/// Releases in an index.
pub const RELEASES: usize = 64;
/// Snapshots in one document.
pub const SNAPSHOTS: usize = 4096;
/// Snapshots that the index itself lists of a release; the years of its history have all.
pub const SNAPSHOTS_LISTED: usize = 32;
/// Years of a release's history.
pub const YEARS: usize = 200;
/// Transitions of one snapshot.
pub const TRANSITIONS: usize = 200_000;
/// Architectures that any snapshot of a year has.
pub const HISTORY_ARCHITECTURES: usize = 64;
/// Architectures of a release.
pub const ARCHITECTURES: usize = 16;
/// Source packages of a release.
pub const PACKAGES: usize = 60_000;
/// Binary packages of a release.
pub const BINARIES: usize = 400_000;
/// Levels of the reference's package manifest.
pub const LEVELS: usize = 16;
/// Statements of people on a package.
pub const STATEMENTS: usize = 64;
/// Builds of a package.
pub const BUILD_RUNS: usize = 64;
/// Logs of one task of a build.
pub const BUILD_LOGS: usize = 3;
/// Changes, or source files, of a package.
pub const FILES: usize = 4096;
/// Hunks of a package that changes explain, or that none does.
pub const HUNKS: usize = 20_000;
/// Lines of the table by which changes are classed.
pub const CHANGE_RULES: usize = 256;
/// Characters of a name, version, path or label.
pub const NAME_CHARACTERS: usize = 512;
/// Repositories, origins, sources or warnings in a report.
pub const ENTRIES: usize = 20_000;

/// Entries in each list of differences between two binary interfaces.
pub const ABI_DIFFERENCES: usize = 500;
/// So many of them at least are listed where there are more.
pub const ABI_DIFFERENCES_LISTED: usize = 200;
/// Bytes of what the packages of one repository provide of binary interfaces.
pub const ABI_BYTES: usize = 256 << 20;
/// Reports of tools on one package.
pub const TOOL_REPORTS: usize = 64;
/// Lines of one report of a tool.
pub const TOOL_REPORT_LINES: usize = 40;
/// Bytes of a report of a tool, or of a list of kernel symbols, once it is unpacked.
pub const TOOL_REPORT_BYTES: usize = 32 << 20;

/// An error that says which count exceeds its limit.
pub fn within(what: &str, count: usize, limit: usize) -> Result<(), String> {
    if count <= limit {
        Ok(())
    } else {
        Err(format!("{count} {what}, and the format allows {limit}"))
    }
}
