//! Full names of packages: name-version-release, and NEVRA with epoch and architecture.

use super::{Architecture, Evr, UnknownArchitecture};
use std::fmt;
use std::str::FromStr;

/// Name, version and release, as the file of a package is named. The epoch is not part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nvr {
    /// The package's name.
    pub name: String,
    /// The upstream version.
    pub version: String,
    /// The packager's release.
    pub release: String,
}

/// Name, epoch, version, release and architecture: what names one build of one package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nevra {
    /// The package's name.
    pub name: String,
    /// Epoch, version and release.
    pub evr: Evr,
    /// The architecture it was built for.
    pub architecture: Architecture,
}

/// Why a text is no name of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MalformedName {
    /// Name, version or release is lacking or empty.
    Parts(String),
    /// The epoch is no number.
    Epoch(String),
    /// The architecture is lacking or not known.
    Architecture(UnknownArchitecture),
}

impl Nvr {
    /// Reads the file name of a source package, `NAME-VERSION-RELEASE.src.rpm`, as `rpm:sourcerpm` holds it.
    pub fn of_source_file(file_name: &str) -> Result<Self, MalformedName> {
        file_name
            .strip_suffix(".src.rpm")
            .or_else(|| file_name.strip_suffix(".nosrc.rpm"))
            .ok_or_else(|| MalformedName::Parts(file_name.to_owned()))?
            .parse()
    }
}

impl FromStr for Nvr {
    type Err = MalformedName;

    /// Reads `NAME-VERSION-RELEASE`; the name may hold dashes, the others may not.
    fn from_str(text: &str) -> Result<Self, MalformedName> {
        let mut parts = text.rsplitn(3, '-');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(release), Some(version), Some(name))
                if ![name, version, release]
                    .iter()
                    .any(|part| is_malformed(part)) =>
            {
                Ok(Self {
                    name: name.to_owned(),
                    version: version.to_owned(),
                    release: release.to_owned(),
                })
            }
            _ => Err(MalformedName::Parts(text.to_owned())),
        }
    }
}

impl FromStr for Nevra {
    type Err = MalformedName;

    /// Reads `NAME-[EPOCH:]VERSION-RELEASE.ARCHITECTURE`, with or without `.rpm`, the epoch also in front of the name,
    /// as dnf, rpm and yum write it.
    fn from_str(text: &str) -> Result<Self, MalformedName> {
        let text = text.strip_suffix(".rpm").unwrap_or(text);
        let lacking = || MalformedName::Parts(text.to_owned());
        let (rest, architecture) = text.rsplit_once('.').ok_or_else(lacking)?;
        let architecture = architecture.parse().map_err(MalformedName::Architecture)?;
        let (leading_epoch, rest) = match rest.split_once(':') {
            Some((epoch, name)) if !epoch.contains('-') => (Some(epoch), name),
            _ => (None, rest),
        };
        let mut parts = rest.rsplitn(3, '-');
        let (Some(release), Some(version), Some(name)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(lacking());
        };
        let (epoch, version) = match version.split_once(':') {
            Some((epoch, version)) => (Some(epoch), version),
            None => (leading_epoch, version),
        };
        let epoch = match epoch {
            Some(epoch) => epoch
                .parse()
                .map_err(|_| MalformedName::Epoch(epoch.to_owned()))?,
            None => 0,
        };
        if [name, version, release]
            .iter()
            .any(|part| is_malformed(part))
        {
            return Err(lacking());
        }
        Ok(Self {
            name: name.to_owned(),
            evr: Evr::new(epoch, version, release),
            architecture,
        })
    }
}

impl fmt::Display for Nvr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}-{}", self.name, self.version, self.release)
    }
}

impl fmt::Display for Nevra {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}-{}.{}",
            self.name, self.evr, self.architecture
        )
    }
}

impl fmt::Display for MalformedName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parts(text) => write!(formatter, "“{text}” lacks a name, version or release"),
            Self::Epoch(text) => write!(formatter, "the epoch “{text}” is no number"),
            Self::Architecture(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for MalformedName {}

fn is_malformed(part: &str) -> bool {
    part.is_empty() || part.contains([':', '/', ' ', '\n', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<&str, ()>) {
        let printed = text.parse::<Nevra>().map(|nevra| nevra.to_string());
        assert_eq!(printed.map_err(drop), expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn reads_the_spellings_in_use_and_refuses_the_rest() {
        let network_manager = Ok("NetworkManager-libnm-1:1.54.3-4.el9_8.x86_64");
        check(
            "NetworkManager-libnm-1:1.54.3-4.el9_8.x86_64",
            network_manager,
        );
        check(
            "1:NetworkManager-libnm-1.54.3-4.el9_8.x86_64.rpm",
            network_manager,
        );
        check("bash-5.1.8-9.el9.aarch64", Ok("bash-5.1.8-9.el9.aarch64"));
        check("bash-0:5.1.8-9.el9.noarch", Ok("bash-5.1.8-9.el9.noarch"));
        check("bash-5.1.8-9.el9.sparc", Err(()));
        check("bash-5.1.8", Err(()));
        check("bash-x:5.1.8-9.el9.noarch", Err(()));
        check("--.noarch", Err(()));
        check("", Err(()));
    }

    #[test]
    fn reads_source_file_names() {
        let nvr = Nvr::of_source_file("java-17-openjdk-17.0.15.0.6-2.el9.src.rpm").unwrap();
        assert_eq!(nvr.name, "java-17-openjdk");
        assert_eq!(nvr.to_string(), "java-17-openjdk-17.0.15.0.6-2.el9");
        assert!(Nvr::of_source_file("bash-5.1.8-9.el9.x86_64.rpm").is_err());
        assert!(Nvr::of_source_file("bash.src.rpm").is_err());
        assert!(Nvr::of_source_file("").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_panic(text in ".{0,40}") {
            let _ = text.parse::<Nevra>();
            let _ = text.parse::<Nvr>();
        }

        #[test]
        fn printed_nevra_is_read_back(
            name in "[a-z][a-z0-9+_-]{0,12}[a-z0-9]", epoch in 0u32..9,
            version in "[0-9][0-9a-z.~^]{0,6}", release in "[0-9][0-9a-z._]{0,8}"
        ) {
            let nevra = Nevra { name, evr: Evr::new(epoch, version, release), architecture: Architecture::Aarch64 };
            prop_assert_eq!(nevra.to_string().parse::<Nevra>().unwrap().to_string(), nevra.to_string());
        }
    }
}
