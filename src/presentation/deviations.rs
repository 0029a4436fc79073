//! The ledger of deviations, ready to print: rows, what the reader chose of them, and the sentence that sums them up.

mod beginning;
mod file;
mod filter;

pub use beginning::beginning_sentence;
pub use file::deviations_csv;
pub use filter::{DeviationFilter, Period, Quarter};

use super::date::day;
use super::hidden_characters::visible;
use super::number::{count, counted};
use super::words::{UNLISTED, cause_label, ending_label, evidence_label};
use crate::domain::{Cause, DaysOpen, Ending, Evidence, Verdict};
use crate::report::{
    ArchitectureEndingRecord, DeviationRecord, EndedDeviations, Ledger, PointInTime, ReasonRecord,
    is_http_address,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One deviation of one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviationRow {
    /// The release's name in addresses.
    pub release: String,
    /// The source package.
    pub package: String,
    /// The architectures on which it deviated.
    pub architectures: Vec<String>,
    /// Why, on any architecture.
    pub causes: Vec<Cause>,
    /// The weakest grade of evidence of that.
    pub evidence: Option<Evidence>,
    /// The versions while it deviated.
    pub versions: Versions,
    /// The first snapshot that shows it.
    pub opened: PointInTime,
    /// The snapshot before; `None` where it may be older.
    pub opened_after: Option<PointInTime>,
    /// How many days it lasted, or has lasted so far.
    pub days_open: DaysOpen,
    /// What is said of why, in sentences.
    pub said: Vec<String>,
    /// Where more is said: label and http(s) address.
    pub links: Vec<(String, String)>,
    /// The newest snapshot that has one of its architectures, where it is not the newest.
    pub last_seen: Option<PointInTime>,
    /// How many reports were lost between the first that shows it and the last.
    pub reports_lost: u32,
    /// The architectures on which it is open.
    pub open_on: Vec<String>,
    /// When and how it ended on each architecture where it did.
    pub endings: Vec<ArchitectureEndingRecord>,
    /// How it ended.
    pub ending: Option<EndingRow>,
}

/// How a deviation ended, ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingRow {
    /// The first snapshot that does not show it.
    pub at: PointInTime,
    /// How.
    pub how: Ending,
    /// What the package is since.
    pub verdict: Option<Verdict>,
    /// The versions since.
    pub versions: Versions,
}

/// The EVRs of both sides; `None` where a side does not have the package, empty where the version is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The distribution's.
    pub distribution: Option<String>,
    /// The reference's.
    pub reference: Option<String>,
    /// Whether the distribution may have it although its list at hand has it not.
    pub distribution_untold: bool,
    /// Likewise of the reference.
    pub reference_untold: bool,
}

impl Versions {
    /// The versions in words; both sides are named.
    pub fn words(&self, distribution: &str, reference: &str) -> String {
        let side = |name: &str, evr: &Option<String>, untold: bool| match evr.as_deref() {
            None if untold => format!("{name} {UNLISTED}"),
            None => format!("{name} has none"),
            Some("") => format!("{name} in a version not recorded here"),
            Some(evr) => format!("{name} {evr}"),
        };
        format!(
            "{}, {}",
            side(distribution, &self.distribution, self.distribution_untold),
            side(reference, &self.reference, self.reference_untold)
        )
    }
}

/// The rows of ledgers and of what ended, the newest event first.
pub fn deviation_rows(
    ledgers: &[Arc<Ledger>],
    ended: &[Arc<EndedDeviations>],
) -> Vec<DeviationRow> {
    let mut rows = Vec::new();
    for ledger in ledgers {
        let of_release = ended.iter().filter(|ended| ended.release == ledger.release);
        let deviations = of_release.flat_map(|ended| &ended.deviations);
        rows.extend(
            ledger
                .open
                .iter()
                .chain(deviations)
                .map(|deviation| row_of(deviation, ledger)),
        );
    }
    rows.sort_by(|left, right| {
        let event = |row: &DeviationRow| row.ending.as_ref().map_or(row.opened, |end| end.at);
        (Reverse(event(left)), &left.package, &left.release).cmp(&(
            Reverse(event(right)),
            &right.package,
            &right.release,
        ))
    });
    rows
}

fn row_of(record: &DeviationRecord, ledger: &Ledger) -> DeviationRow {
    let (said, links) = record.reason.as_ref().map(reason_words).unwrap_or_default();
    DeviationRow {
        release: ledger.release.clone(),
        package: record.package.clone(),
        architectures: record.architectures.clone(),
        causes: record.causes.iter().map(|cause| (*cause).into()).collect(),
        evidence: record.evidence.map(Into::into),
        versions: Versions {
            distribution: record.distribution.clone(),
            reference: record.reference.clone(),
            ..Versions::default()
        },
        opened: record.opened,
        opened_after: record.opened_after,
        days_open: record.days_open(ledger.taken),
        said,
        links,
        last_seen: record.last_seen,
        reports_lost: record.reports_lost,
        open_on: record.open_on().into_iter().map(str::to_owned).collect(),
        endings: record.endings(),
        ending: record.ending.as_ref().map(|ending| EndingRow {
            at: ending.at,
            how: ending.how.into(),
            verdict: ending.verdict.map(Into::into),
            versions: Versions {
                distribution: ending.distribution.clone(),
                reference: ending.reference.clone(),
                distribution_untold: ending.distribution_untold,
                reference_untold: ending.reference_untold,
            },
        }),
    }
}

/// What is said of why, and where more is said.
fn reason_words(reason: &ReasonRecord) -> (Vec<String>, Vec<(String, String)>) {
    let mut said: Vec<String> = reason.text.iter().map(|text| visible(text)).collect();
    let mut links: Vec<(String, String)> = Vec::new();
    let mut link = |label: String, url: &Option<String>| {
        if let Some(url) = url.as_ref().filter(|url| is_http_address(url))
            && links.iter().all(|(_, known)| known != url)
        {
            links.push((label, url.clone()));
        }
    };
    for statement in &reason.statements {
        let who = visible(&statement.who);
        if let Some(text) = &statement.text {
            said.push(format!("{who}: {}", visible(text)));
        }
        link(who, &statement.url);
    }
    for change in &reason.changes {
        let summary = visible(&change.summary);
        if said.iter().all(|known| !known.contains(&summary)) {
            said.push(summary.clone());
        }
        link("Origin of the change".to_owned(), &change.origin);
    }
    (said, links)
}

impl DeviationRow {
    /// Its causes in words.
    pub fn cause_words(&self) -> String {
        let causes: Vec<&str> = self
            .causes
            .iter()
            .map(|cause| cause_label(*cause))
            .collect();
        causes.join(", ")
    }

    /// The grade of evidence in words.
    pub fn evidence_words(&self) -> Option<&'static str> {
        self.evidence.map(evidence_label)
    }

    /// When it began, in words that say how well that is known.
    pub fn opened_words(&self) -> String {
        match self.opened_after {
            Some(after) if self.opened.0.unix_days() - after.0.unix_days() > 1 => {
                format!("between {} and {}", day(after.0), day(self.opened.0))
            }
            Some(_) => day(self.opened.0),
            None => format!("{} at the latest", day(self.opened.0)),
        }
    }

    /// How long it has been open, or was, in words that say how well that is known.
    pub fn length_words(&self) -> String {
        self.days_open.in_words(|days| counted(days, "day", "days"))
    }

    /// What is not known of it that is known of others, in sentences.
    pub fn doubt(&self) -> Option<String> {
        let seen = self.last_seen.map(|seen| {
            format!(
                "Last seen {}: newer reports say nothing of {}, so that whether it is still there is not known.",
                day(seen.0),
                self.open_on.join(", ")
            )
        });
        let doubts: Vec<String> = seen
            .into_iter()
            .chain(gap_sentence(self.reports_lost))
            .collect();
        (!doubts.is_empty()).then(|| doubts.join(" "))
    }

    /// When and how it ended on the architectures where that was not when and how it ended as a whole, a line for each day and
    /// way.
    pub fn endings_elsewhere(&self, distribution: &str, reference: &str) -> Vec<String> {
        let ending = self.ending.as_ref();
        let mut others: BTreeMap<(PointInTime, String), Vec<&str>> = BTreeMap::new();
        for other in &self.endings {
            let how = Ending::from(other.how);
            if ending.is_none_or(|ending| (ending.at, ending.how) != (other.at, how)) {
                let key = (other.at, ending_label(how, distribution, reference));
                others.entry(key).or_default().push(&other.architecture);
            }
        }
        let lines = others.into_iter();
        lines
            .map(|((at, label), on)| format!("{}: {label}, {}", on.join(", "), day(at.0)))
            .collect()
    }

    /// Whether the distribution re-synced it within so many days up to a moment.
    fn was_resynced_within(&self, days: i64, up_to: PointInTime) -> bool {
        self.ending.as_ref().is_some_and(|ending| {
            let age = up_to.0.unix_days() - ending.at.0.unix_days();
            ending.how == Ending::Resynced && age <= days
        })
    }
}

/// That so many reports were lost while a deviation lasted; `None` where none was.
fn gap_sentence(reports_lost: u32) -> Option<String> {
    let lost = counted(reports_lost, "report was", "reports were");
    (reports_lost > 0)
        .then(|| format!("{lost} lost in between: whether it deviated then is not known."))
}

/// How far back the sentence on top counts what was re-synced: never further than the quarter before the newest.
const RECENT_DAYS: i64 = 90;

/// The sentence that answers the page's question, whatever else is chosen. `rows` are those of the chosen releases, of which there is
/// one or more; `newest` is the newest report of all releases.
pub fn ledger_sentence(rows: &[DeviationRow], releases: &[&str], newest: PointInTime) -> String {
    let number = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
    let (open_rows, not_known): (Vec<_>, Vec<_>) = rows
        .iter()
        .filter(|row| row.ending.is_none())
        .partition(|row| row.last_seen.is_none());
    let open = number(open_rows.len());
    // One package can deviate in several releases.
    let packages: BTreeSet<&str> = open_rows.iter().map(|row| row.package.as_str()).collect();
    let packages = counted(number(packages.len()), "package", "packages");
    let resynced = number(
        rows.iter()
            .filter(|row| row.was_resynced_within(RECENT_DAYS, newest))
            .count(),
    );
    let of_release = match releases {
        [release] => format!(" of release {}", visible(release)),
        _ => String::new(),
    };
    let deviate = match (open, releases.len()) {
        (0, _) => format!("No package{of_release} deviates"),
        (1, _) => format!("1 package{of_release} deviates"),
        (open, 0 | 1) => format!("{} packages{of_release} deviate", count(open)),
        (open, releases) => {
            format!(
                "{} deviations of {packages} are open in {releases} releases",
                count(open)
            )
        }
    };
    let not_known = match not_known.len() {
        0 => String::new(),
        others => format!(
            "; of {} more it is not known, since newer reports say nothing of their architectures",
            count(number(others))
        ),
    };
    let back = if resynced == 1 {
        "1 was".to_owned()
    } else {
        format!("{} were", count(resynced))
    };
    format!(
        "{deviate}{not_known}; {back} re-synced in the {RECENT_DAYS} days up to {}",
        day(newest.0)
    )
}

#[cfg(test)]
mod tests;
