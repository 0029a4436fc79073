//! What two sides' source texts prove of a package's source, if they are those of the versions compared.

use super::pairing::Pair;
use crate::domain::{Architecture, Evidence, Evr, SourceState};
use std::collections::BTreeMap;

/// What is known of a folder pair of source texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTexts {
    /// The EVR that the reference's side was taken from, where it is recorded.
    pub reference: Option<Evr>,
    /// The EVR that the distribution's side was taken from, where it is recorded.
    pub distribution: Option<Evr>,
    /// Whether the folders hold every file of the source, so that equal folders mean an equal source.
    pub complete: bool,
    /// The files that are not the same on both sides, by path.
    pub differing: BTreeMap<String, FileDifference>,
}

/// How a file of one side's texts differs from the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDifference {
    /// In nothing but what every rebuild writes of itself: a spec's release and its changelog.
    Rebuild,
    /// In more than that.
    Content,
    /// The reference's side does not have it.
    ReferenceLacks,
    /// The distribution's side does not have it.
    DistributionLacks,
}

/// What is known of the source, and how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFinding {
    /// Modified or not.
    pub state: SourceState,
    /// The grade of that.
    pub evidence: Evidence,
}

impl SourceTexts {
    /// The files whose difference tells something: what is not among the files of an incomplete source may be in it all the same.
    fn telling(&self) -> impl Iterator<Item = (&str, FileDifference)> {
        let differing = self.differing.iter();
        let differing = differing.map(|(path, difference)| (path.as_str(), *difference));
        differing.filter(|(_, difference)| self.complete || !difference.is_absence())
    }

    /// The paths of the files that differ in more than what every rebuild writes of itself, as far as that can be told.
    pub fn changed_beyond_rebuild(&self) -> impl Iterator<Item = &str> {
        let beyond = self.telling();
        let beyond = beyond.filter(|(_, difference)| *difference != FileDifference::Rebuild);
        beyond.map(|(path, _)| path)
    }

    /// The paths of the files that one side lacks, which tells nothing, since the source is not complete.
    pub fn absent_without_meaning(&self, absence: FileDifference) -> Vec<&str> {
        let lacked = self.differing.iter();
        let lacked = lacked.filter(|(_, difference)| !self.complete && **difference == absence);
        lacked.map(|(path, _)| path.as_str()).collect()
    }

    /// Whether the texts are those of the versions that the pair compares.
    pub fn are_of(&self, pair: Pair<'_>) -> bool {
        self.sides_are_of(pair) == [Some(true); 2]
    }

    /// Whether the reference's texts, and the distribution's, are those of the version that the pair compares; `None` where it is not
    /// recorded of which version they are. The epoch is no part of a source's text.
    pub fn sides_are_of(&self, pair: Pair<'_>) -> [Option<bool>; 2] {
        let same = |recorded: &Option<Evr>, published: &Evr| {
            let recorded = recorded.as_ref()?;
            Some(recorded.without_epoch() == published.without_epoch())
        };
        match pair {
            Pair::Both {
                reference,
                distribution,
            } => [
                same(&self.reference, &reference.evr),
                same(&self.distribution, &distribution.evr),
            ],
            Pair::ReferenceOnly(_) | Pair::DistributionOnly(_) => [None; 2],
        }
    }
}

impl FileDifference {
    fn is_absence(self) -> bool {
        matches!(self, Self::ReferenceLacks | Self::DistributionLacks)
    }
}

/// What the build system recorded of the source of one version that it built for one architecture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceTag {
    /// The version of the packages that were built, without its epoch, which no tag names.
    pub evr: Evr,
    /// The architecture that it was built for.
    pub architecture: Architecture,
    /// Whether what was built was released.
    pub released: bool,
    /// Whether the source was taken as it is, or a modified one.
    pub state: SourceState,
}

/// What the tags say of a pair on an architecture: those of the distribution's very version, if they agree. What was never
/// released tells nothing of what was published.
pub fn finding_of_tags(
    tags: &[SourceTag],
    architecture: Architecture,
    pair: Pair<'_>,
) -> Option<SourceFinding> {
    let mut states = tags_of(tags, architecture, pair)
        .filter(|tag| tag.released)
        .map(|tag| tag.state);
    let state = states.next()?;
    states.all(|other| other == state).then_some(SourceFinding {
        state,
        evidence: Evidence::Tagged,
    })
}

/// Whether the tags of the distribution's very version contradict each other, whether what they are of was released or not.
pub fn tags_disagree(tags: &[SourceTag], architecture: Architecture, pair: Pair<'_>) -> bool {
    let mut states = tags_of(tags, architecture, pair).map(|tag| tag.state);
    let first = states.next();
    states.any(|other| Some(other) != first)
}

/// The tags of the distribution's very version on an architecture.
fn tags_of<'a>(
    tags: &'a [SourceTag],
    architecture: Architecture,
    pair: Pair<'_>,
) -> impl Iterator<Item = &'a SourceTag> + use<'a> {
    let published = match pair {
        Pair::Both { distribution, .. } => Some(distribution.evr.without_epoch()),
        Pair::ReferenceOnly(_) | Pair::DistributionOnly(_) => None,
    };
    tags.iter()
        .filter(move |tag| tag.architecture == architecture && Some(&tag.evr) == published.as_ref())
}

/// What the texts prove of a pair. Texts of other versions prove nothing, nor do those of an incomplete source which differ in no file
/// that both sides have.
pub fn finding_of_texts(texts: &SourceTexts, pair: Pair<'_>) -> Option<SourceFinding> {
    let state = match (texts.telling().next(), texts.complete) {
        (Some(_), _) => SourceState::Modified,
        (None, true) => SourceState::Unmodified,
        (None, false) => return None,
    };
    texts.are_of(pair).then_some(SourceFinding {
        state,
        evidence: Evidence::Proven,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{SourceAbi, SourcePackage};

    fn check(
        differing: &[FileDifference],
        complete: bool,
        before: &str,
        after: &str,
        expected: Option<SourceState>,
    ) {
        let package = |evr: &str| SourcePackage {
            name: "bash".to_owned(),
            evr: Evr::parse(evr).unwrap(),
            epoch_known: true,
            repository: String::new(),
            built: None,
            binaries: vec![],
            abi: SourceAbi::default(),
            versions_beside: vec![],
        };
        let (reference, distribution) = (package("1:5-1.el9"), package("5-1.el9.alma.1"));
        let texts = SourceTexts {
            reference: Evr::parse(before),
            distribution: Evr::parse(after),
            complete,
            differing: differing
                .iter()
                .map(|difference| ("SOURCES/fix.patch".to_owned(), *difference))
                .collect(),
        };
        let pair = Pair::Both {
            reference: &reference,
            distribution: &distribution,
        };
        assert_eq!(
            finding_of_texts(&texts, pair).map(|finding| finding.state),
            expected
        );
        assert_eq!(
            finding_of_texts(&texts, Pair::ReferenceOnly(&reference)),
            None
        );
    }

    #[test]
    fn tags_of_the_version_compared_tell_if_they_agree() {
        use SourceState::{Modified, Unmodified};
        let package = |evr: &str| SourcePackage {
            name: "kernel".to_owned(),
            evr: Evr::parse(evr).unwrap(),
            epoch_known: true,
            repository: String::new(),
            built: None,
            binaries: vec![],
            abi: SourceAbi::default(),
            versions_beside: vec![],
        };
        let check_of = |published: &str,
                        tags: &[(&str, bool, SourceState)],
                        expected: Option<SourceState>,
                        disagree: bool| {
            let (reference, distribution) = (package(published), package(published));
            let pair = Pair::Both {
                reference: &reference,
                distribution: &distribution,
            };
            let of_tag = |&(evr, released, state): &(&str, bool, SourceState)| SourceTag {
                evr: Evr::parse(evr).unwrap(),
                architecture: Architecture::X86_64,
                released,
                state,
            };
            let tags: Vec<SourceTag> = tags.iter().map(of_tag).collect();
            let built = Architecture::X86_64;
            let finding = finding_of_tags(&tags, built, pair);
            let expected = expected.map(|state| SourceFinding {
                state,
                evidence: Evidence::Tagged,
            });
            assert_eq!(finding, expected, "{published} {tags:?}");
            assert_eq!(
                tags_disagree(&tags, built, pair),
                disagree,
                "{published} {tags:?}"
            );
            let other = Architecture::S390x;
            assert_eq!(finding_of_tags(&tags, other, pair), None);
            assert!(!tags_disagree(&tags, other, pair));
        };
        let (older, compared) = ("4-9.el9", "5-1.el9");
        let check = |tags: &[(&str, bool, SourceState)], expected, disagree| {
            check_of(compared, tags, expected, disagree);
        };
        check(&[(older, true, Modified)], None, false);
        check(
            &[(older, true, Unmodified), (compared, true, Modified)],
            Some(Modified),
            false,
        );
        check(
            &[(compared, false, Unmodified), (compared, false, Unmodified)],
            None,
            false,
        );
        check(
            &[(compared, true, Unmodified), (compared, true, Modified)],
            None,
            true,
        );
        check(
            &[(compared, false, Unmodified), (compared, false, Modified)],
            None,
            true,
        );
        check(
            &[(compared, false, Unmodified), (compared, true, Modified)],
            Some(Modified),
            true,
        );
        check_of(
            "1-5.module_el9.1.0+4185+0955a0d7.2",
            &[("1-5.module_el9.1.0+4186+0955a0d8.2", true, Unmodified)],
            None,
            false,
        );
        check_of(
            "5-1.el9.alma.1",
            &[(compared, true, Unmodified)],
            None,
            false,
        );
    }

    #[test]
    fn only_texts_of_the_versions_compared_prove_anything() {
        let (before, after) = ("5-1.el9", "5-1.el9.alma.1");
        let [content, none] = [&[FileDifference::Content][..], &[]];
        let modified = Some(SourceState::Modified);
        check(content, false, before, after, modified);
        check(none, true, before, after, Some(SourceState::Unmodified));
        check(none, false, before, after, None);
        check(content, false, before, "5-2.el9.alma.1", None);
        check(content, false, "4-1.el9", after, None);
        check(content, false, "", after, None);
    }

    #[test]
    fn absence_from_a_source_that_is_not_complete_proves_nothing() {
        use FileDifference::{DistributionLacks, ReferenceLacks};
        for absence in [ReferenceLacks, DistributionLacks] {
            let check = |complete, expected| {
                check(&[absence], complete, "5-1.el9", "5-1.el9.alma.1", expected);
            };
            check(false, None);
            check(true, Some(SourceState::Modified));
        }
    }
}
