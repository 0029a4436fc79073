//! What a binary package says of other packages: that it stands for one of them, or takes its place.

use super::evr::{Evr, compare_versions};
use std::cmp::Ordering;

/// One thing that a binary package says of a package of another name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The binary package that says it.
    pub binary: String,
    /// What it says.
    pub kind: ClaimKind,
    /// The other package's name.
    pub name: String,
    /// Which versions of the other it is said of; `None` is all.
    pub versions: Option<VersionRange>,
}

/// How one binary package stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// It bears the same name.
    SameName,
    /// It provides the name, which removes nothing: both can be installed.
    Provides,
    /// It obsoletes the name.
    Obsoletes,
}

impl ClaimKind {
    /// Whether a package takes the place of the other by it.
    pub fn replaces(self) -> bool {
        self != Self::Provides
    }
}

/// The versions that a dependency is about, such as `< 1.0`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VersionRange {
    bound: Bound,
    epoch: u32,
    version: String,
    release: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bound {
    Less,
    LessOrEqual,
    Equal,
    GreaterOrEqual,
    Greater,
}

impl VersionRange {
    /// Of the attributes of an `rpm:entry`; `None` where they name no versions. An epoch that is not there is 0, as rpm has it.
    pub fn new(flags: &str, epoch: &str, version: &str, release: &str) -> Option<Self> {
        let bound = match flags {
            "LT" => Bound::Less,
            "LE" => Bound::LessOrEqual,
            "EQ" => Bound::Equal,
            "GE" => Bound::GreaterOrEqual,
            "GT" => Bound::Greater,
            _ => return None,
        };
        (!version.is_empty()).then(|| Self {
            bound,
            epoch: epoch.parse().unwrap_or(0),
            version: version.to_owned(),
            release: (!release.is_empty()).then(|| release.to_owned()),
        })
    }

    /// Whether a version is one of them, by rpm's rules: a range without a release is about every release of its version. Epochs
    /// count where they are known.
    pub fn has(&self, evr: &Evr, epochs_known: bool) -> bool {
        let of_epochs = match epochs_known {
            true => evr.epoch.cmp(&self.epoch),
            false => Ordering::Equal,
        };
        let of_releases = || {
            let release = self.release.as_ref();
            release.map_or(Ordering::Equal, |own| compare_versions(&evr.release, own))
        };
        let order = of_epochs
            .then_with(|| compare_versions(&evr.version, &self.version))
            .then_with(of_releases);
        match self.bound {
            Bound::Less => order.is_lt(),
            Bound::LessOrEqual => order.is_le(),
            Bound::Equal => order.is_eq(),
            Bound::GreaterOrEqual => order.is_ge(),
            Bound::Greater => order.is_gt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_of_a_range_as_rpm_has_it() {
        let check = |[flags, epoch, version, release]: [&str; 4], evr: &str, expected: bool| {
            let range = VersionRange::new(flags, epoch, version, release).unwrap();
            let evr = Evr::parse(evr).unwrap();
            assert_eq!(range.has(&evr, true), expected, "{flags} {range:?} {evr}");
        };
        check(["LT", "0", "1.0", "1"], "2.0-1", false);
        check(["LT", "0", "1.0", "1"], "0.9-7", true);
        check(["LT", "0", "1.0", "2"], "1.0-1", true);
        check(["LT", "0", "1.0", ""], "1.0-1", false);
        check(["LE", "0", "1.0", ""], "1.0-99", true);
        check(["LE", "0", "1.0", "1"], "1.0-99", false);
        check(["EQ", "", "1.0", ""], "1.0-1", true);
        check(["EQ", "0", "1.0", ""], "1:1.0-1", false);
        check(["LT", "1", "1.0", ""], "9-1", true);
        check(["LT", "", "9", ""], "1:1.0-1", false);
        check(["GE", "0", "1.0", ""], "1.0-1", true);
        check(["GT", "0", "1.0", ""], "1.0-1", false);
        check(["GT", "0", "1.0~rc1", ""], "1.0-1", true);
    }

    #[test]
    fn epochs_that_are_not_known_do_not_count() {
        let range = VersionRange::new("LT", "1", "5", "").unwrap();
        assert!(!range.has(&Evr::new(0, "6", "1"), false));
        assert!(range.has(&Evr::new(0, "4", "1"), false));
    }

    #[test]
    fn what_names_no_versions_is_no_range() {
        assert_eq!(VersionRange::new("", "", "", ""), None);
        assert_eq!(VersionRange::new("", "0", "1", ""), None);
        assert_eq!(VersionRange::new("LT", "0", "", ""), None);
    }
}
