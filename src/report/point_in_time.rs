//! A point in time as the format writes it.

use crate::domain::Timestamp;
use serde::{Deserialize, Serialize};

/// RFC 3339 in UTC to the second, `2026-11-20T04:10:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PointInTime(pub Timestamp);

impl TryFrom<String> for PointInTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map(Self)
            .map_err(|error: crate::domain::MalformedTimestamp| error.to_string())
    }
}

impl From<PointInTime> for String {
    fn from(moment: PointInTime) -> Self {
        moment.0.to_string()
    }
}

#[cfg(feature = "publish")]
impl schemars::JsonSchema for PointInTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PointInTime".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$",
            "description": "RFC 3339, in UTC, to the second"
        })
    }
}
