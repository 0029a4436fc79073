//! What the distribution changed in a source package, and to what end.

use std::fmt;
use std::str::FromStr;

/// What a change is for. Only some classes alter how software behaves on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeClass {
    /// Names, logos, addresses and identity of the distribution.
    Branding,
    /// What is needed to build the same software here.
    RebuildFix,
    /// A correction that upstream or CentOS Stream already has.
    BackportedFix,
    /// A security correction that RHEL does not have yet.
    SecurityFixAhead,
    /// Support for hardware that RHEL dropped.
    HardwareKept,
    /// Something that RHEL's package cannot do.
    Feature,
    /// What an architecture needs that RHEL does not have.
    Architecture,
}

/// One change to a source package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is for.
    pub class: ChangeClass,
    /// What it does, in one sentence.
    pub summary: String,
    /// Where it comes from, an http(s) address; `None` where the origin is not known.
    pub origin: Option<String>,
    /// The files of the source package that show it, as paths in its folder.
    pub files: Vec<String>,
}

impl ChangeClass {
    /// All classes, in the order in which they are shown.
    pub const ALL: [ChangeClass; 7] = [
        Self::Branding,
        Self::RebuildFix,
        Self::BackportedFix,
        Self::Architecture,
        Self::SecurityFixAhead,
        Self::HardwareKept,
        Self::Feature,
    ];

    /// The class in words, as it is written in configuration and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Branding => "branding",
            Self::RebuildFix => "rebuild fix",
            Self::BackportedFix => "backported fix",
            Self::SecurityFixAhead => "security fix ahead",
            Self::HardwareKept => "hardware kept",
            Self::Feature => "feature",
            Self::Architecture => "architecture",
        }
    }

    /// Whether such a change makes software behave otherwise than RHEL's on purpose.
    pub fn alters_behaviour(self) -> bool {
        matches!(
            self,
            Self::SecurityFixAhead | Self::HardwareKept | Self::Feature
        )
    }
}

impl FromStr for ChangeClass {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(ChangeClass::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|class| class.name() == name)
            .ok_or_else(|| format!("“{name}” is no class of change (known: {})", known()))
    }
}

impl fmt::Display for ChangeClass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_read_back() {
        for class in ChangeClass::ALL {
            assert_eq!(class.name().parse(), Ok(class));
        }
        assert!("decoration".parse::<ChangeClass>().is_err());
    }
}
