//! The index of a published set: what there is, and where.

use super::change_evidence::ChangeRuleRecord;
use super::compatibility::{SharesRecord, SourceRecord};
use super::document::{Document, FormatVersion};
use super::limits;
use super::vocabulary::SideName;
use super::{
    AdvisoryFailure, BuildsEntry, Digest, InputFailure, PointInTime, SecurityEntry, SourceFailure,
};
use serde::{Deserialize, Serialize};

/// The one document with a fixed name; it is written last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Index {
    /// The version of the format.
    pub format: FormatVersion,
    /// The program that wrote it, with its version.
    pub generator: String,
    /// When the newest snapshot was taken.
    pub generated: PointInTime,
    /// Whether all of it is invented, to show what the dashboard does.
    #[serde(default)]
    pub sample: bool,
    /// The distribution that is compared.
    pub distribution: Party,
    /// What it is compared with.
    pub reference: Party,
    /// What the distribution once promised, to compare with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// The table by which changes are classed, as it was for the newest snapshot; the first line that fits counts. Where none
    /// fits and the changelog of the configuration says one thing alone, the lines for any action are held against that. What
    /// fits no line is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub change_rules: Vec<ChangeRuleRecord>,
    /// The releases, newest first.
    pub releases: Vec<ReleaseEntry>,
    /// The repositories that could not be read when they were last tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<SourceFailure>,
    /// The inputs of security clocks that could not be read when they were last tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advisory_failures: Vec<AdvisoryFailure>,
    /// The other inputs that could not be read when they were last tried: build systems, and what git repositories and source
    /// packages tell of a package.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub input_failures: Vec<InputFailure>,
}

/// One side of the comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Where to report a bug so that it is corrected on this side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracker: Option<Tracker>,
}

/// A bug tracker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Tracker {
    /// What it is called, such as “CentOS Stream”.
    pub name: String,
    /// Its http(s) address.
    pub url: String,
}

/// Shares that the distribution once announced, in percent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Promise {
    /// What it is called, such as “Promise of 2023”.
    pub label: String,
    /// Percent matched.
    pub matched: f64,
    /// Percent patched.
    pub patched: f64,
    /// Percent diverging.
    pub diverging: f64,
    /// Where it was announced, an http(s) address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// One release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ReleaseEntry {
    /// Its name in addresses, such as `9`.
    pub id: String,
    /// Its architectures, as of the newest snapshot.
    pub architectures: Vec<ArchitectureEntry>,
    /// Its newest snapshots, at most [`limits::SNAPSHOTS_LISTED`], oldest first; never empty.
    pub snapshots: Vec<SnapshotEntry>,
    /// When snapshots after the first of these were taken whose reports were lost, oldest first: what was so then is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<PointInTime>,
    /// All of its snapshots by year, oldest first; none in an index of format 1.0, which lists every snapshot itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<YearEntry>,
    /// Its ledger of deviations; absent in an index of format 1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<Digest>,
    /// What the newest snapshot was made from.
    pub sources: Vec<SourceRecord>,
}

/// One year of a release's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct YearEntry {
    /// The year, in UTC.
    pub year: i32,
    /// How many snapshots it has.
    pub snapshots: u32,
    /// The document of the year.
    pub digest: Digest,
}

/// One architecture of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ArchitectureEntry {
    /// Its name.
    pub name: String,
    /// The reference's architecture that it is compared with; absent where the reference has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared_with: Option<String>,
}

/// One snapshot of a release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SnapshotEntry {
    /// Its name in addresses.
    pub id: String,
    /// When it was taken.
    pub taken: PointInTime,
    /// The compatibility report.
    pub report: Digest,
    /// The distribution's minor release.
    pub distribution_minor: String,
    /// The reference's minor release.
    pub reference_minor: String,
    /// The newest date in the distribution's metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution_dated: Option<PointInTime>,
    /// The oldest date in the distribution's metadata, where its repositories are of different days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution_dated_from: Option<PointInTime>,
    /// The newest date in the reference's metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_dated: Option<PointInTime>,
    /// The oldest date in the reference's metadata, where its repositories are of different days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_dated_from: Option<PointInTime>,
    /// The shares over all packages.
    pub shares: SharesRecord,
    /// What must be read before the shares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// When the fixes of its advisories came where; absent where no advisories were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<SecurityEntry>,
    /// How the builds of its packages stand; absent where no builds were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub builds: Option<BuildsEntry>,
}

/// The newest date of one side's sources, and the oldest where that is another day; `None` where none is recorded.
pub fn dates_of(
    sources: &[SourceRecord],
    side: SideName,
) -> (Option<PointInTime>, Option<PointInTime>) {
    let dates = || {
        let of_side = sources.iter().filter(|source| source.side == side);
        of_side.filter_map(|source| source.dated)
    };
    let newest = dates().max();
    let day = |moment: PointInTime| moment.0.unix_days();
    let oldest = dates()
        .min()
        .filter(|oldest| newest.is_some_and(|newest| day(*oldest) != day(newest)));
    (newest, oldest)
}

impl ReleaseEntry {
    /// The newest snapshot; `None` only in an index that [`Document::check`] refuses.
    pub fn latest(&self) -> Option<&SnapshotEntry> {
        self.snapshots.last()
    }

    /// How many snapshots it has, those that the index does not list included.
    pub fn snapshot_count(&self) -> u32 {
        let in_years = self.years.iter().map(|year| year.snapshots).sum::<u32>();
        in_years.max(u32::try_from(self.snapshots.len()).unwrap_or(u32::MAX))
    }
}

/// Whether an address may be linked to: http or https, a host, and no sign that an address does not have (RFC 3987, section 2.2), such as
/// a space. Braces may stand in it, since a pattern like `https://example.org/{id}` becomes an address only later.
pub fn is_http_address(address: &str) -> bool {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let is_foreign =
        |sign: char| sign.is_whitespace() || sign.is_control() || "\"<>\\^`|".contains(sign);
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with(['/', '?', '#']) && !rest.contains(is_foreign)
    })
}

impl Document for Index {
    const KIND: &'static str = "index";
    const BYTES_MAX: usize = limits::INDEX_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within(
            "rules of changes",
            self.change_rules.len(),
            limits::CHANGE_RULES,
        )?;
        limits::within("releases", self.releases.len(), limits::RELEASES)?;
        let addresses = [&self.distribution, &self.reference]
            .into_iter()
            .filter_map(|party| party.tracker.as_ref())
            .map(|tracker| &tracker.url)
            .chain(
                self.promise
                    .iter()
                    .filter_map(|promise| promise.url.as_ref()),
            );
        for address in addresses {
            if !is_http_address(address) {
                return Err(format!("“{address}” is no http(s) address"));
            }
        }
        limits::within("failures", self.failures.len(), limits::ENTRIES)?;
        self.failures.iter().try_for_each(SourceFailure::check)?;
        limits::within("failures", self.advisory_failures.len(), limits::ENTRIES)?;
        limits::within("failures", self.input_failures.len(), limits::ENTRIES)?;
        for release in &self.releases {
            let id = &release.id;
            limits::within("snapshots", release.snapshots.len(), limits::SNAPSHOTS)?;
            limits::within("lost snapshots", release.lost.len(), limits::SNAPSHOTS)?;
            limits::within(
                "architectures",
                release.architectures.len(),
                limits::ARCHITECTURES,
            )?;
            limits::within("sources", release.sources.len(), limits::ENTRIES)?;
            limits::within("years", release.years.len(), limits::YEARS)?;
            if !release
                .years
                .is_sorted_by(|left, right| left.year < right.year)
            {
                return Err(format!("the years of release {id} are not in order"));
            }
            if release.snapshots.is_empty() {
                return Err(format!("release {id} has no snapshot"));
            }
            if !release
                .snapshots
                .is_sorted_by(|left, right| left.taken < right.taken)
            {
                return Err(format!("the snapshots of release {id} are not in order"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_http_address;

    #[track_caller]
    fn check(address: &str, expected: bool) {
        assert_eq!(is_http_address(address), expected, "{address}");
    }

    #[test]
    fn what_may_be_linked_to() {
        check("https://errata.almalinux.org/9/ALSA-2024-1234.html", true);
        check("http://bücher.example/?q=%20#x", true);
        check("https://example.org/{id}", true);
        check("https://", false);
        check("https:///path", false);
        check("ftp://example.org", false);
        check("javascript:alert(1)", false);
        check("https://example.org/a b", false);
        check("https://example.org/a\tb", false);
        check("https://example.org/\"x\"", false);
    }
}
