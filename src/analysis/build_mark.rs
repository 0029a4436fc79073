//! By what a build that was made with some changes is known from others.

use super::normalisation::normalise_release;
use super::rules::Mark;

/// What the release of such a build bears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BuildMark {
    /// Any mark of the distribution's: the number in it counts the builds, or is not known.
    #[default]
    Any,
    /// These characters at its end.
    Suffix(String),
    /// It is this very release.
    Release(String),
}

impl BuildMark {
    /// Whether a release bears it.
    pub fn is_on(&self, release: &str, marks: &[Mark]) -> bool {
        match self {
            Self::Any => normalise_release(release, marks).1,
            Self::Suffix(suffix) => release.ends_with(suffix),
            Self::Release(own) => own == release,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Rules;

    #[test]
    fn builds_are_known_by_their_releases() {
        let check = |mark: BuildMark, release: &str, expected: bool| {
            let marks = Rules::default().marks;
            assert_eq!(mark.is_on(release, &marks), expected, "{mark:?} {release}");
        };
        let suffix = |suffix: &str| BuildMark::Suffix(suffix.to_owned());
        check(BuildMark::Any, "1.el9.alma.3", true);
        check(BuildMark::Any, "1.el9", false);
        check(suffix(".alma.1"), "1.el9_8.4.alma.1", true);
        check(
            suffix(".alma.1"),
            "1.module_el8.10.0+4185+0955a0d7.alma.1",
            true,
        );
        check(suffix(".alma.1"), "1.el9.alma.11", false);
        check(suffix(".alma"), "1.el9.alma.1", false);
        check(suffix(".alma.2"), "1.el9", false);
        let release = || BuildMark::Release("1.el9.alma.1".to_owned());
        check(release(), "1.el9.alma.1", true);
        check(release(), "11.el9.alma.1", false);
    }
}
