//! The security clock as a page shows it: the sentence, the distributions of lags, the table, one advisory's timeline.

pub mod filter;
pub mod fixed_packages;
pub mod package_advisories;
pub mod patch_names;
pub mod release_lines;
pub mod testing_failures;
pub mod timeline;
pub mod words;

use crate::analysis::{LagStatistics, MEDIAN_COUNT_MIN};
use crate::domain::{
    AdvisoryClock, AdvisoryKind, FixState, Lag, NoLag, Severity, Timestamp, lag_of,
};
use crate::presentation::number::{count, counted};
use crate::report::Security;
use words::no_lag_sentence;

/// The clocks of a release, as rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRows {
    /// The rows, sorted by the day of the reference's advisory, the newest first.
    pub rows: Vec<SecurityRow>,
}

/// One advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRow {
    /// Its clock.
    pub clock: AdvisoryClock,
    /// The time from the reference's advisory to the distribution's, or why it is not computed.
    pub lag: Result<Lag, NoLag>,
    /// The quarter of the reference's advisory; of the distribution's where that is not known.
    pub quarter: Option<Quarter>,
    /// What the search looks through, in lower case.
    search: String,
}

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// The year.
    pub year: i32,
    /// From 1 to 4.
    pub number: u8,
}

/// The lags of some advisories together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LagGroup {
    /// What they have in common, such as `2026 Q3`.
    pub label: String,
    /// The value that chooses them in the address.
    pub key: String,
    /// What the lags come to; `None` where none is known.
    pub statistics: Option<LagStatistics>,
    /// How many lags are in each of [`BUCKETS`].
    pub buckets: [u32; BUCKETS.len()],
    /// How many advisories there are, those without a known lag among them.
    pub advisories: u32,
}

/// How long a lag is, in words, and its greatest number of days.
pub const BUCKETS: [(&str, i64); 5] = [
    ("lead or same day", 0),
    ("1 to 3 days", 3),
    ("4 to 7 days", 7),
    ("8 to 30 days", 30),
    ("more than 30 days", i64::MAX),
];

impl Quarter {
    /// The quarter of a day since 1970-01-01.
    pub fn of_day(day: i64) -> Option<Self> {
        let (year, month, _) = Timestamp::from_unix_days(day)?.year_month_day();
        Some(Self {
            year,
            number: (month - 1) / 3 + 1,
        })
    }

    /// As it stands in addresses: `2026Q3`.
    pub fn key(self) -> String {
        format!("{}Q{}", self.year, self.number)
    }

    /// As a label: `2026 Q3`.
    pub fn label(self) -> String {
        format!("{}\u{a0}Q{}", self.year, self.number)
    }
}

impl SecurityRows {
    /// The rows of a document.
    pub fn of(document: &Security) -> Self {
        let mut rows: Vec<SecurityRow> = document.clocks().into_iter().map(row_of).collect();
        rows.sort_by(|left, right| {
            let day = |row: &SecurityRow| {
                row.clock
                    .reference
                    .or(row.clock.distribution)
                    .map(|fact| fact.day)
            };
            day(right)
                .cmp(&day(left))
                .then_with(|| right.clock.id.cmp(&left.clock.id))
        });
        Self { rows }
    }

    /// The security advisories that the figures are of: all that the distribution does not count on its own.
    pub fn counted(&self) -> impl Iterator<Item = &SecurityRow> {
        self.rows.iter().filter(|row| row.is_counted())
    }

    /// What all their lags come to.
    pub fn statistics(&self) -> Option<LagStatistics> {
        LagStatistics::of(self.counted().filter_map(|row| row.lag.ok()))
    }

    /// The lags by quarter, the newest first; a quarter between two others is there even where it has none.
    pub fn by_quarter(&self) -> Vec<LagGroup> {
        let quarters = || self.counted().filter_map(|row| row.quarter);
        let (Some(first), Some(last)) = (quarters().min(), quarters().max()) else {
            return Vec::new();
        };
        let mut groups = Vec::new();
        let mut quarter = last;
        while quarter >= first {
            let own = self.counted().filter(|row| row.quarter == Some(quarter));
            groups.push(group(quarter.label(), quarter.key(), own));
            quarter = match quarter.number {
                1 => Quarter {
                    year: quarter.year - 1,
                    number: 4,
                },
                number => Quarter {
                    number: number - 1,
                    ..quarter
                },
            };
        }
        groups
    }

    /// The lags by severity, the worst first; severities of no advisory are left out.
    pub fn by_severity(&self) -> Vec<LagGroup> {
        let groups = Severity::ALL.into_iter().map(|severity| {
            let own = self.counted().filter(|row| row.clock.severity == severity);
            group(
                words::severity_label(severity).to_owned(),
                words::severity_key(severity).to_owned(),
                own,
            )
        });
        groups.filter(|group| group.advisories > 0).collect()
    }

    /// The first sentence. `distribution` and `reference` are the sides' names with their releases.
    pub fn headline(&self, distribution: &str, reference: &str) -> String {
        let Some(statistics) = self.statistics() else {
            return if self.counted().next().is_none() {
                format!("This report has no security advisory of {distribution}.")
            } else {
                format!("How long security fixes take to reach {distribution} is not known.")
            };
        };
        let known = count(statistics.counted());
        if statistics.counted() < MEDIAN_COUNT_MIN {
            return format!(
                "How long security fixes take to reach {distribution} is not known: the days of {known} are, which is too few for a median."
            );
        }
        let when = words::distance(statistics.median_days, statistics.upper_bounds > 0);
        format!(
            "Half of the {known} security fixes whose days are known came to {distribution} {when} {reference}’s advisory."
        )
    }

    /// The formula behind it: the ninth decile, and how many lags of how many advisories.
    pub fn formula(&self, distribution: &str, reference: &str) -> Option<String> {
        let statistics = self.statistics()?;
        let nine_tenths = if statistics.counted() < MEDIAN_COUNT_MIN {
            format!(
                "Here a median is given from {MEDIAN_COUNT_MIN} fixes on; the tables below give those of fewer, each with its count."
            )
        } else {
            let when = words::distance(statistics.p90_days, statistics.upper_bounds > 0);
            format!("Nine in ten came {when} it.")
        };
        let copies = match statistics.from_copies {
            0 => String::new(),
            copies => format!(
                " For {} of them {reference}’s day is {distribution}’s copy of it.",
                count(copies)
            ),
        };
        Some(format!(
            "{nine_tenths} {} read of either side: {distribution} has {}, and of {} both days are known: {} to the day, {} as an upper bound.{copies}",
            counted(
                self.counted().count() as u32,
                "security advisory was",
                "security advisories were"
            ),
            count(self.announced()),
            count(statistics.counted()),
            count(statistics.exact),
            count(statistics.upper_bounds)
        ))
    }

    /// How many of them the distribution has an advisory of.
    fn announced(&self) -> u32 {
        let announced = self
            .counted()
            .filter(|row| row.clock.state == FixState::Announced);
        announced.count() as u32
    }

    /// What is not computed, and why, one sentence for each reason that there is.
    pub fn not_computed(&self, distribution: &str, reference: &str) -> Vec<String> {
        let sentences = NoLag::ALL.into_iter().filter_map(|reason| {
            let rows = self.counted().filter(|row| row.lag == Err(reason));
            let number = rows.count() as u32;
            (number > 0).then(|| no_lag_sentence(reason, number, distribution, reference))
        });
        let others = self.rows.iter();
        let others = others.filter(|row| row.clock.id.kind != AdvisoryKind::Security);
        let others = others.count() as u32;
        let others = (others > 0).then(|| {
            format!(
                "{} of bug fixes and enhancements are in no figure here.",
                counted(others, "advisory", "advisories")
            )
        });
        sentences.chain(others).collect()
    }

    /// The advisories that a name means: one of that name on either side, or all that correct a vulnerability.
    pub fn named(&self, name: &str) -> Vec<&SecurityRow> {
        let wanted = name.to_ascii_uppercase();
        let id = wanted.parse().ok();
        let fits = |row: &&SecurityRow| {
            let clock = &row.clock;
            let counterpart = clock.counterpart.as_ref().map(|known| &known.id);
            id.as_ref()
                .is_some_and(|id| *id == clock.id || Some(id) == counterpart)
                || clock.cves.contains(&wanted)
        };
        self.rows.iter().filter(fits).collect()
    }
}

impl SecurityRow {
    /// The time from the reference's advisory to the fix, which the distribution's repositories may have had before its advisory.
    pub fn lag_of_fix(&self) -> Result<Lag, NoLag> {
        let clock = &self.clock;
        let has_counterpart = clock.counterpart.is_some();
        let fix = clock.in_repositories;
        lag_of(clock.state, has_counterpart, clock.reference, fix).or(self.lag)
    }

    /// Whether it is in the figures.
    pub fn is_counted(&self) -> bool {
        self.clock.id.kind == AdvisoryKind::Security && !self.clock.id.is_own()
    }
}

fn row_of(clock: AdvisoryClock) -> SecurityRow {
    let day = clock.reference.or(clock.distribution);
    let counterpart = clock.counterpart.as_ref().map(|known| known.id.to_string());
    let names = clock.packages.iter().cloned();
    let mut search: Vec<String> = vec![clock.id.to_string()];
    search.extend(counterpart);
    search.extend(names);
    search.extend(clock.cves.iter().cloned());
    SecurityRow {
        lag: clock.lag(),
        quarter: day.and_then(|fact| Quarter::of_day(fact.day)),
        search: search.join("\n").to_ascii_lowercase(),
        clock,
    }
}

fn group<'a>(label: String, key: String, rows: impl Iterator<Item = &'a SecurityRow>) -> LagGroup {
    let mut advisories = 0;
    let mut buckets = [0; BUCKETS.len()];
    let mut lags = Vec::new();
    for row in rows {
        advisories += 1;
        if let Ok(lag) = row.lag {
            let bucket = BUCKETS.iter().position(|(_, most)| lag.days <= *most);
            buckets[bucket.unwrap_or(BUCKETS.len() - 1)] += 1;
            lags.push(lag);
        }
    }
    LagGroup {
        label,
        key,
        statistics: LagStatistics::of(lags),
        buckets,
        advisories,
    }
}

impl LagGroup {
    /// What the bar of its lags shows, in words.
    pub fn bar_text(&self) -> String {
        let parts = BUCKETS
            .iter()
            .zip(self.buckets)
            .filter(|(_, number)| *number > 0);
        let parts: Vec<String> = parts
            .map(|((label, _), number)| format!("{label}: {}", count(number)))
            .collect();
        if parts.is_empty() {
            "no lag is known".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

#[cfg(test)]
mod tests;
