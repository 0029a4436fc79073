//! The architectures that packages are built for.

use std::fmt;
use std::str::FromStr;

/// An architecture in rpm's spelling, with the two that name no machine: `noarch` and `src`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Architecture {
    /// 64-bit x86; RHEL 9 builds it for x86-64-v2, RHEL 10 for x86-64-v3.
    X86_64,
    /// 64-bit x86 for older processors, which AlmaLinux 10 keeps.
    X86_64V2,
    /// 64-bit ARM.
    Aarch64,
    /// 64-bit POWER, little endian.
    Ppc64le,
    /// IBM Z.
    S390x,
    /// 32-bit x86.
    I686,
    /// 64-bit RISC-V.
    Riscv64,
    /// Runs on every architecture.
    Noarch,
    /// A source package.
    Src,
}

/// An architecture's name that is none of those known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownArchitecture(pub String);

impl Architecture {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Architecture; 9] = [
        Self::X86_64,
        Self::X86_64V2,
        Self::Aarch64,
        Self::Ppc64le,
        Self::S390x,
        Self::I686,
        Self::Riscv64,
        Self::Noarch,
        Self::Src,
    ];

    /// The name as rpm writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::X86_64V2 => "x86_64_v2",
            Self::Aarch64 => "aarch64",
            Self::Ppc64le => "ppc64le",
            Self::S390x => "s390x",
            Self::I686 => "i686",
            Self::Riscv64 => "riscv64",
            Self::Noarch => "noarch",
            Self::Src => "src",
        }
    }

    /// The architecture whose libraries stand beside this machine's own in its repositories, for programs of that kind.
    pub fn multilib(self) -> Option<Architecture> {
        match self {
            Self::X86_64 | Self::X86_64V2 => Some(Self::I686),
            _ => None,
        }
    }

    /// Whether a package of architecture `package` counts as one of this machine's: its own, or `noarch`.
    pub fn runs(self, package: Architecture) -> bool {
        package == self || package == Self::Noarch
    }
}

impl FromStr for Architecture {
    type Err = UnknownArchitecture;

    fn from_str(name: &str) -> Result<Self, UnknownArchitecture> {
        Self::ALL
            .into_iter()
            .find(|architecture| architecture.name() == name)
            // rpm marks a source package that may not carry its sources as `nosrc`.
            .or((name == "nosrc").then_some(Self::Src))
            .ok_or_else(|| UnknownArchitecture(name.to_owned()))
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl fmt::Display for UnknownArchitecture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "“{}” is no known architecture", self.0)
    }
}

impl std::error::Error for UnknownArchitecture {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for architecture in Architecture::ALL {
            assert_eq!(architecture.to_string().parse(), Ok(architecture));
        }
        assert_eq!("nosrc".parse(), Ok(Architecture::Src));
        assert_eq!(
            "sparc".parse::<Architecture>(),
            Err(UnknownArchitecture("sparc".to_owned()))
        );
    }

    #[test]
    fn noarch_counts_everywhere_and_multilib_does_not() {
        assert!(Architecture::S390x.runs(Architecture::Noarch));
        assert!(!Architecture::X86_64.runs(Architecture::I686));
    }
}
