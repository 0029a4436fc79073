//! Epoch, version and release, and rpm's order over them.

use std::cmp::Ordering;
use std::fmt;

/// Epoch, version and release of a package. No epoch is epoch 0, as rpm has it.
///
/// Equality and order are rpm's: `1.0` and `1.00` are equal. Two values that print differently can be equal.
#[derive(Clone, Debug)]
pub struct Evr {
    /// The epoch, which outranks the version.
    pub epoch: u32,
    /// The upstream version.
    pub version: String,
    /// The packager's release, dist tag included.
    pub release: String,
}

/// rpm's `rpmvercmp`: the order of two versions, or of two releases.
pub fn compare_versions(left: &str, right: &str) -> Ordering {
    evr_key("0", left, "").cmp(&evr_key("0", right, ""))
}

impl Evr {
    /// An EVR of its three parts.
    pub fn new(epoch: u32, version: impl Into<String>, release: impl Into<String>) -> Self {
        Self {
            epoch,
            version: version.into(),
            release: release.into(),
        }
    }

    /// Reads `[epoch:]version-release`; `None` unless version and release are both there and the epoch is a number.
    pub fn parse(text: &str) -> Option<Self> {
        let (epoch, rest) = match text.split_once(':') {
            Some((epoch, rest)) => (epoch.parse().ok()?, rest),
            None => (0, text),
        };
        let (version, release) = rest.rsplit_once('-')?;
        let is_foreign = |byte| matches!(byte, b'-' | b':' | b'/' | b' ');
        let malformed = |part: &str| part.is_empty() || part.bytes().any(is_foreign);
        if malformed(version) || malformed(release) {
            return None;
        }
        Some(Self::new(epoch, version, release))
    }

    /// The same version and release without its epoch, for lists that do not record epochs.
    pub fn without_epoch(&self) -> Self {
        Self::new(0, self.version.clone(), self.release.clone())
    }
}

impl fmt::Display for Evr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.epoch != 0 {
            write!(formatter, "{}:", self.epoch)?;
        }
        write!(formatter, "{}-{}", self.version, self.release)
    }
}

impl Ord for Evr {
    fn cmp(&self, other: &Self) -> Ordering {
        let rest = || {
            evr_key("0", &self.version, &self.release).cmp(&evr_key(
                "0",
                &other.version,
                &other.release,
            ))
        };
        self.epoch.cmp(&other.epoch).then_with(rest)
    }
}

impl PartialOrd for Evr {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Evr {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Evr {}

fn evr_key<'a>(epoch: &'a str, version: &'a str, release: &'a str) -> rpm_version::Evr<'a> {
    rpm_version::Evr::new(epoch, version, release)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<(u32, &str, &str)>) {
        let read = Evr::parse(text).map(|evr| (evr.epoch, evr.version, evr.release));
        let expected = expected.map(|(e, v, r)| (e, v.to_owned(), r.to_owned()));
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn reads_and_refuses() {
        check("1.54.3-4.el9_8", Some((0, "1.54.3", "4.el9_8")));
        check("32:9.16.23-29.el9", Some((32, "9.16.23", "29.el9")));
        check("0:1-2", Some((0, "1", "2")));
        check("1", None);
        check("-1", None);
        check("1-", None);
        check("x:1-2", None);
        check("1-2-3", None);
        check("", None);
    }

    #[test]
    fn epoch_outranks_version() {
        assert!(Evr::new(1, "1", "1") > Evr::new(0, "9", "9"));
        assert_eq!(Evr::new(0, "1.0", "1"), Evr::new(0, "1.00", "1"));
        assert_eq!(Evr::new(0, "1.0", "1").to_string(), "1.0-1");
        assert_eq!(Evr::new(2, "1.0", "1").to_string(), "2:1.0-1");
    }

    #[test]
    fn tilde_sorts_before_everything_and_caret_after_the_bare_version() {
        assert_eq!(compare_versions("1.0~rc1", "1.0"), Ordering::Less);
        assert_eq!(compare_versions("1.0^git1", "1.0"), Ordering::Greater);
        assert_eq!(compare_versions("1.0^git1", "1.0.1"), Ordering::Less);
        assert_eq!(compare_versions("1.0a", "1.01"), Ordering::Less);
    }

    fn version() -> impl Strategy<Value = String> {
        "[0-9a-z.~^_+]{1,12}"
    }

    proptest! {
        #[test]
        fn order_is_total(a in version(), b in version(), c in version()) {
            prop_assert_eq!(compare_versions(&a, &a), Ordering::Equal);
            prop_assert_eq!(compare_versions(&a, &b), compare_versions(&b, &a).reverse());
            let mut three = [a, b, c];
            three.sort_by(|x, y| compare_versions(x, y));
            prop_assert!(compare_versions(&three[0], &three[2]) != Ordering::Greater);
            if compare_versions(&three[0], &three[2]) == Ordering::Equal {
                prop_assert_eq!(compare_versions(&three[0], &three[1]), Ordering::Equal);
            }
        }

        #[test]
        fn printed_evr_is_read_back(epoch in 0u32..40, version in version(), release in version()) {
            let evr = Evr::new(epoch, version, release);
            let read = Evr::parse(&evr.to_string()).unwrap();
            prop_assert_eq!(read.to_string(), evr.to_string());
        }
    }
}
