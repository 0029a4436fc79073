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

impl StatementRecord {
    /// Whether it may say why a package diverges that is behind the reference and nothing else (`only_waits`) or diverges for
    /// other causes, too. That it is modified is no reason for what waits, and what is said of a source that is not modified, or
    /// need not be, is none at all; a note that says nothing of the source is about the package as it is.
    pub fn is_reason(&self, only_waits: bool) -> bool {
        match self.source {
            None => true,
            Some(StatedSource::Modified) => !only_waits,
            Some(
                StatedSource::Unmodified
                | StatedSource::ToBeModified
                | StatedSource::NoLongerRequired,
            ) => false,
        }
    }
}
