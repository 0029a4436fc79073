//! The number of a release: major, and minor where it has one.

use std::fmt;
use std::str::FromStr;

/// A release's number such as 9.6; CentOS Stream and rolling lists have a major number alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MinorRelease {
    /// The major release.
    pub major: u32,
    /// The minor release, where there is one.
    pub minor: Option<u32>,
}

/// A text that is no release number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedMinorRelease(pub String);

impl FromStr for MinorRelease {
    type Err = MalformedMinorRelease;

    fn from_str(text: &str) -> Result<Self, MalformedMinorRelease> {
        let malformed = || MalformedMinorRelease(text.to_owned());
        let number = |part: &str| part.parse::<u32>().map_err(|_| malformed());
        match text.split_once('.') {
            Some((major, minor)) => Ok(Self {
                major: number(major)?,
                minor: Some(number(minor)?),
            }),
            None => Ok(Self {
                major: number(text)?,
                minor: None,
            }),
        }
    }
}

impl fmt::Display for MinorRelease {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.major)?;
        match self.minor {
            Some(minor) => write!(formatter, ".{minor}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for MalformedMinorRelease {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "“{}” is no release number such as 9.6", self.0)
    }
}

impl std::error::Error for MalformedMinorRelease {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for text in ["9.6", "10", "8.10"] {
            assert_eq!(text.parse::<MinorRelease>().unwrap().to_string(), text);
        }
        for text in ["", "9.", ".6", "nine", "9.6.1"] {
            assert!(text.parse::<MinorRelease>().is_err(), "{text}");
        }
        let minor = |text: &str| text.parse::<MinorRelease>().unwrap();
        assert!(minor("8.10") > minor("8.9"));
    }
}
