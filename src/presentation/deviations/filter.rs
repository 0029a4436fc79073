//! What a reader chose to see of the ledger, as it stands in the address.

use super::DeviationRow;
use crate::domain::{Cause, Ending};
use crate::presentation::route::encode_value;
use crate::presentation::words::{cause_key, ending_key};
use crate::report::{Ledger, PointInTime, QuarterRecord};

/// The reader's choice; the default shows what is open, and what ended lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviationFilter {
    /// The release; all where none is chosen.
    pub release: Option<String>,
    /// Only what is open, or only what ended.
    pub open: Option<bool>,
    /// The cause.
    pub cause: Option<Cause>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// What began or ended in this quarter: of the open ones those that began in it, of those that ended alone those that ended.
    pub quarter: Option<Quarter>,
    /// A part of the package's name.
    pub text: String,
    /// How far back what ended is shown.
    pub period: Period,
    /// How many rows are drawn; the rest is counted.
    pub shown: Option<usize>,
}

/// A quarter of a year, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i32,
    number: u8,
}

impl Quarter {
    fn of(moment: PointInTime) -> Self {
        let (year, month, _) = moment.0.year_month_day();
        let number = (month - 1) / 3 + 1;
        Self { year, number }
    }

    /// As it stands in addresses: `2026-q3`.
    pub fn key(self) -> String {
        format!("{}-q{}", self.year, self.number)
    }

    /// In words: “Q3 2026”.
    pub fn label(self) -> String {
        format!("Q{}\u{a0}{}", self.number, self.year)
    }

    fn of_key(key: &str) -> Option<Self> {
        let (year, number) = key.split_once("-q")?;
        let quarter = Self {
            year: year.parse().ok()?,
            number: number.parse().ok()?,
        };
        (quarter.key() == key && (1..=4).contains(&quarter.number)).then_some(quarter)
    }
}

impl From<&QuarterRecord> for Quarter {
    fn from(record: &QuarterRecord) -> Self {
        Self {
            year: record.year,
            number: record.quarter,
        }
    }
}

/// How far back what ended is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// This quarter and the one before.
    #[default]
    Recent,
    /// This quarter and the four before.
    Year,
    /// All quarters.
    All,
}

impl Period {
    /// All periods, the shortest first.
    pub const ALL: [Period; 3] = [Self::Recent, Self::Year, Self::All];

    /// As it stands in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Recent => "recent",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Recent => "Ended this quarter or the last",
            Self::Year => "Ended within a year",
            Self::All => "Ended at any time",
        }
    }

    /// The position of the first quarter of a ledger in it.
    fn first_quarter(self, ledger: &Ledger) -> usize {
        let wanted = match self {
            Self::Recent => 2,
            Self::Year => 5,
            Self::All => usize::MAX,
        };
        ledger.quarters.len().saturating_sub(wanted)
    }
}

/// Rows that are drawn at once.
pub const ROWS_SHOWN: usize = 200;

impl DeviationFilter {
    /// All that the ledger says of one package.
    pub fn of_package(release: &str, package: &str) -> Self {
        Self {
            release: Some(release.to_owned()),
            text: package.to_owned(),
            period: Period::All,
            ..Self::default()
        }
    }

    /// Reads the pairs of a query; what is no choice is left out.
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (key, value) in pairs {
            match key {
                "release" if !value.is_empty() => filter.release = Some(value.to_owned()),
                "open" => {
                    filter.open = match value {
                        "yes" => Some(true),
                        "no" => Some(false),
                        _ => None,
                    }
                }
                "cause" => {
                    let mut all = Cause::ALL.into_iter();
                    filter.cause = all.find(|cause| cause_key(*cause) == value);
                }
                "ended" => {
                    let mut all = Ending::ALL.into_iter();
                    filter.ending = all.find(|ending| ending_key(*ending) == value);
                }
                "quarter" => filter.quarter = Quarter::of_key(value),
                "q" => filter.text = value.to_owned(),
                "period" => {
                    let mut all = Period::ALL.into_iter();
                    let found = all.find(|period| period.key() == value);
                    filter.period = found.unwrap_or_default();
                }
                "shown" => {
                    let number = value.parse().ok();
                    filter.shown = number.filter(|number| *number > ROWS_SHOWN);
                }
                _ => {}
            }
        }
        filter
    }

    /// The query that says it.
    pub fn query(&self) -> String {
        let pairs = [
            ("release", self.release.clone()),
            (
                "open",
                self.open
                    .map(|open| if open { "yes" } else { "no" }.to_owned()),
            ),
            ("cause", self.cause.map(|cause| cause_key(cause).to_owned())),
            (
                "ended",
                self.ending.map(|ending| ending_key(ending).to_owned()),
            ),
            ("quarter", self.quarter.map(Quarter::key)),
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
            (
                "period",
                (self.period != Period::default()).then(|| self.period.key().to_owned()),
            ),
            ("shown", self.shown.map(|shown| shown.to_string())),
        ];
        let said: Vec<String> = pairs
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", encode_value(&value?))))
            .collect();
        said.join("&")
    }

    /// The quarters of a ledger of which what ended is needed.
    pub fn quarters<'a>(&self, ledger: &'a Ledger) -> &'a [QuarterRecord] {
        let Some(quarter) = self.quarter else {
            return &ledger.quarters[self.period.first_quarter(ledger)..];
        };
        // What began in a quarter may have ended in any later one; the sentence on top counts what ended lately in any case.
        let earlier = |record: &QuarterRecord| Quarter::from(record) < quarter;
        let first = ledger.quarters.partition_point(earlier);
        &ledger.quarters[first.min(Period::Recent.first_quarter(ledger))..]
    }

    /// Whether a row is shown.
    pub fn admits(&self, row: &DeviationRow) -> bool {
        let text = self.text.trim().to_ascii_lowercase();
        self.admits_state(row, self.open, &text)
    }

    /// How many rows there are at all, how many open ones, and how many that ended, the other choices kept.
    pub fn open_counts(&self, rows: &[DeviationRow]) -> [u32; 3] {
        let text = self.text.trim().to_ascii_lowercase();
        [None, Some(true), Some(false)].map(|open| {
            let admitted = rows.iter();
            let admitted = admitted.filter(|row| self.admits_state(row, open, &text));
            u32::try_from(admitted.count()).unwrap_or(u32::MAX)
        })
    }

    fn admits_state(&self, row: &DeviationRow, open: Option<bool>, text: &str) -> bool {
        open.is_none_or(|open| row.ending.is_none() == open)
            && self.admits_quarter(row, open)
            && self.admits_kind(row, text)
    }

    fn admits_quarter(&self, row: &DeviationRow, open: Option<bool>) -> bool {
        let Some(quarter) = self.quarter else {
            return true;
        };
        // What the first report showed already is not counted as begun.
        let began = || row.opened_after.is_some() && Quarter::of(row.opened) == quarter;
        let mut ending = row.ending.iter();
        let mut ended = || ending.any(|ending| Quarter::of(ending.at) == quarter);
        match open {
            Some(true) => began(),
            Some(false) => ended(),
            None => began() || ended(),
        }
    }

    fn admits_kind(&self, row: &DeviationRow, text: &str) -> bool {
        let ending = row.ending.as_ref().map(|ending| ending.how);
        self.release
            .as_ref()
            .is_none_or(|release| *release == row.release)
            && self.cause.is_none_or(|cause| row.causes.contains(&cause))
            && self.ending.is_none_or(|wanted| ending == Some(wanted))
            && row.package.to_ascii_lowercase().contains(text)
    }

    /// How many rows are drawn.
    pub fn rows_shown(&self) -> usize {
        self.shown.unwrap_or(ROWS_SHOWN)
    }
}
