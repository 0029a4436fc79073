//! What a reader chose to see of the ledger, as it stands in the address.

use super::DeviationRow;
use crate::domain::{Cause, Ending};
use crate::presentation::route::encode;
use crate::presentation::words::{cause_key, ending_key};
use crate::report::{Ledger, QuarterRecord};

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
    /// A part of the package's name.
    pub text: String,
    /// How far back what ended is shown.
    pub period: Period,
    /// How many rows are drawn; the rest is counted.
    pub shown: Option<usize>,
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

    /// The quarters of a ledger in it.
    pub fn quarters(self, ledger: &Ledger) -> &[QuarterRecord] {
        let wanted = match self {
            Self::Recent => 2,
            Self::Year => 5,
            Self::All => usize::MAX,
        };
        let quarters = &ledger.quarters;
        &quarters[quarters.len().saturating_sub(wanted)..]
    }
}

/// Rows that are drawn at once.
pub const ROWS_SHOWN: usize = 200;

impl DeviationFilter {
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
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
            (
                "period",
                (self.period != Period::default()).then(|| self.period.key().to_owned()),
            ),
            ("shown", self.shown.map(|shown| shown.to_string())),
        ];
        let said: Vec<String> = pairs
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", encode(&value?))))
            .collect();
        said.join("&")
    }

    /// Whether a row is shown.
    pub fn admits(&self, row: &DeviationRow) -> bool {
        let text = self.text.trim().to_lowercase();
        self.open.is_none_or(|open| row.ending.is_none() == open) && self.admits_kind(row, &text)
    }

    /// How many rows are open and how many ended, the other choices kept.
    pub fn open_counts(&self, rows: &[DeviationRow]) -> [u32; 2] {
        let text = self.text.trim().to_lowercase();
        let mut counts = [0; 2];
        for row in rows.iter().filter(|row| self.admits_kind(row, &text)) {
            counts[usize::from(row.ending.is_some())] += 1;
        }
        counts
    }

    fn admits_kind(&self, row: &DeviationRow, text: &str) -> bool {
        let ending = row.ending.as_ref().map(|ending| ending.how);
        self.release
            .as_ref()
            .is_none_or(|release| *release == row.release)
            && self.cause.is_none_or(|cause| row.causes.contains(&cause))
            && self.ending.is_none_or(|wanted| ending == Some(wanted))
            && row.package.to_lowercase().contains(text)
    }

    /// How many rows are drawn.
    pub fn rows_shown(&self) -> usize {
        self.shown.unwrap_or(ROWS_SHOWN)
    }
}
