//! What shows the changes of a package: lines that differ, and what patches say of themselves.

use crate::domain::ChangedLines;
use serde::{Deserialize, Serialize};

/// Lines of a source file that differ between the two sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct HunkRecord {
    /// The file's path in the source package.
    pub file: String,
    /// The first line of the reference's side, from 1; where there is none, the line before the place.
    pub before_line: u32,
    /// How many lines of the reference's side.
    pub before_lines: u32,
    /// The first line of the distribution's side, from 1; where there is none, the line before the place.
    pub after_line: u32,
    /// How many lines of the distribution's side.
    pub after_lines: u32,
}

/// Lines that none of the changes explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct UnexplainedRecord {
    /// The lines.
    pub hunk: HunkRecord,
    /// Why not, in words.
    pub reason: String,
}

/// What a patch says of itself, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct PatchRecord {
    /// Its path in the source package.
    pub path: String,
    /// Its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Who wrote it, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was written, as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Whether anything in it says where it comes from.
    pub origin_state: PatchOriginName,
    /// Where it comes from, as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Whether and where it was sent upstream, as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<String>,
    /// What of it upstream has, as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_upstream: Option<String>,
    /// When its header was last written, as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_update: Option<String>,
    /// http(s) addresses of commits that it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commit_links: Vec<String>,
    /// The CVEs that its header or the name of its file names, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cves: Vec<String>,
    /// The bugs that it names, sorted: addresses or numbers with their tracker.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bugs: Vec<String>,
    /// How many files it changes, and how many lines it adds and removes; absent where it cannot be read as a patch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<PatchSize>,
    /// Why it cannot be read as a patch, with the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// Whether a patch says where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PatchOriginName {
    /// It does: by a field, a commit or an address.
    Stated,
    /// It does not.
    Missing,
}

/// What a patch changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct PatchSize {
    /// Files, binary ones included.
    pub files: u32,
    /// Files among them that are binary, so that no lines can be counted.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub binary_files: u32,
    /// Lines added.
    pub added: u32,
    /// Lines removed.
    pub removed: u32,
}

/// One line of the table by which changes are classed; the first that fits counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ChangeRuleRecord {
    /// The class that it gives.
    pub class: super::ChangeClassName,
    /// What must hold, in words.
    pub conditions: String,
    /// Why that makes it this class, in one sentence.
    pub because: String,
}

impl From<&ChangedLines> for HunkRecord {
    fn from(lines: &ChangedLines) -> Self {
        let side = |range: crate::domain::LineRange| {
            let count = range.end.saturating_sub(range.start);
            let first = if count == 0 {
                range.start
            } else {
                range.start + 1
            };
            (saturated(first), saturated(count))
        };
        let ((before_line, before_lines), (after_line, after_lines)) =
            (side(lines.before), side(lines.after));
        Self {
            file: lines.file.clone(),
            before_line,
            before_lines,
            after_line,
            after_lines,
        }
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Texts have fewer lines than that by far.
fn saturated(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
