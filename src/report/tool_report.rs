//! What another tool said of a package's binary interface.

use super::limits;
use super::vocabulary::{ToolName, ToolStatusName};
use serde::{Deserialize, Serialize};

/// The report of one run of a tool, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ToolReport {
    /// The tool.
    pub tool: ToolName,
    /// The distribution's architecture that it ran for; absent where that is not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<String>,
    /// What it found.
    pub status: ToolStatusName,
    /// How it said so: an exit status or a result in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// The lines that sum it up, at most [`limits::TOOL_REPORT_LINES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// How many more such lines there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lines_unlisted: u32,
}

impl ToolReport {
    /// Holds it against the limits.
    pub fn check(&self) -> Result<(), String> {
        limits::within(
            "lines of a tool's report",
            self.lines.len(),
            limits::TOOL_REPORT_LINES,
        )
    }
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
