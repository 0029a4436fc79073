//! What people say of a package. It is shown as that, and never overrules what was measured.

use serde::{Deserialize, Serialize};

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct StatementRecord {
    /// Who says it, such as “AlmaLinux’s list of modified packages”.
    pub who: String,
    /// What is said of its source, where that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<StatedSource>,
    /// What is said in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where more is said, an http(s) address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Since when it holds, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

/// What somebody says of a package's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StatedSource {
    /// It is modified.
    Modified,
    /// It is not modified.
    Unmodified,
    /// It is going to be modified.
    ToBeModified,
    /// It was modified, or was going to be, and need not be any longer.
    NoLongerRequired,
}
