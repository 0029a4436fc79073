//! What the snapshots so far tell of the distribution's advisories, for the snapshots after them.
//!
//! An index lists the newest snapshots alone. What the others told is handed on from one security clock to the next.

use super::DayRecord;
use crate::analysis::Arrival;
use crate::domain::{AdvisoryId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What snapshots tell of advisories and the table of a security clock does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct EarlierAdvisories {
    /// Between which snapshots advisories of the distribution came, by name, where snapshots tell it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arrivals: BTreeMap<String, ArrivalRecord>,
    /// The advisories that an earlier snapshot had and this one has no more, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub departed: BTreeMap<String, DepartedAdvisory>,
}

/// Between which snapshots an advisory came. Days are counted from 1970-01-01, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ArrivalRecord {
    /// The day of the last snapshot before the first that had it.
    pub last_without: i32,
    /// The day of the first snapshot that had it.
    pub first_with: i32,
}

/// What was known of an advisory when the distribution had it last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct DepartedAdvisory {
    /// When the distribution published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<DayRecord>,
    /// When the repository of packages in testing had the fixing build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub testing: Option<DayRecord>,
}

impl EarlierAdvisories {
    /// Whether they tell nothing.
    pub fn is_empty(&self) -> bool {
        self.arrivals.is_empty() && self.departed.is_empty()
    }

    /// The names in it.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.arrivals.keys().chain(self.departed.keys())
    }

    /// Between which days advisories came; names and days that cannot be are left out.
    pub fn arrivals(&self) -> impl Iterator<Item = (AdvisoryId, Arrival)> + '_ {
        self.arrivals.iter().filter_map(|(name, record)| {
            let arrival = Arrival {
                last_without: Timestamp::from_unix_days(record.last_without.into())?,
                first_with: Timestamp::from_unix_days(record.first_with.into())?,
            };
            Some((name.parse().ok()?, arrival))
        })
    }
}

impl TryFrom<Arrival> for ArrivalRecord {
    type Error = std::num::TryFromIntError;

    fn try_from(arrival: Arrival) -> Result<Self, Self::Error> {
        Ok(Self {
            last_without: arrival.last_without.unix_days().try_into()?,
            first_with: arrival.first_with.unix_days().try_into()?,
        })
    }
}
