//! What two sides' source texts prove of a package's source, if they are those of the versions compared.

use super::pairing::Pair;
use crate::domain::{Evidence, Evr, SourceState};

/// What is known of a folder pair of source texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTexts {
    /// The EVR that the reference's side was taken from, where it is recorded.
    pub reference: Option<Evr>,
    /// The EVR that the distribution's side was taken from, where it is recorded.
    pub distribution: Option<Evr>,
    /// Whether the folders hold every file of the source, so that equal folders mean an equal source.
    pub complete: bool,
    /// Whether the two folders hold the same files with the same bytes.
    pub identical: bool,
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
    /// Whether the texts are those of the versions that the pair compares; the epoch is no part of a source's text.
    pub fn are_of(&self, pair: Pair<'_>) -> bool {
        let same = |recorded: &Option<Evr>, published: &Evr| {
            recorded
                .as_ref()
                .is_some_and(|evr| evr.without_epoch() == published.without_epoch())
        };
        match pair {
            Pair::Both {
                reference,
                distribution,
            } => {
                same(&self.reference, &reference.evr) && same(&self.distribution, &distribution.evr)
            }
            Pair::ReferenceOnly(_) | Pair::DistributionOnly(_) => false,
        }
    }
}

/// What the build system recorded of the source of one version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceTag {
    /// The version that was built, without its epoch, which no tag names.
    pub evr: Evr,
    /// Whether the source was taken as it is, or a modified one.
    pub state: SourceState,
}

/// What the tags say of a pair: those of the distribution's very version, if they agree.
pub fn finding_of_tags(tags: &[SourceTag], pair: Pair<'_>) -> Option<SourceFinding> {
    let Pair::Both { distribution, .. } = pair else {
        return None;
    };
    let mut states = tags
        .iter()
        .filter(|tag| tag.evr.without_epoch() == distribution.evr.without_epoch())
        .map(|tag| tag.state);
    let state = states.next()?;
    states.all(|other| other == state).then_some(SourceFinding {
        state,
        evidence: Evidence::Tagged,
    })
}

/// What the texts prove of a pair. Texts of other versions prove nothing, nor do equal texts of an incomplete source.
pub fn finding_of_texts(texts: &SourceTexts, pair: Pair<'_>) -> Option<SourceFinding> {
    let state = match (texts.identical, texts.complete) {
        (false, _) => SourceState::Modified,
        (true, true) => SourceState::Unmodified,
        (true, false) => return None,
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
        identical: bool,
        complete: bool,
        before: &str,
        after: &str,
        expected: Option<SourceState>,
    ) {
        let package = |evr: &str| SourcePackage {
            name: "bash".to_owned(),
            evr: Evr::parse(evr).unwrap(),
            repository: String::new(),
            built: None,
            binaries: vec![],
            abi: SourceAbi::default(),
        };
        let (reference, distribution) = (package("1:5-1.el9"), package("5-1.el9.alma.1"));
        let texts = SourceTexts {
            reference: Evr::parse(before),
            distribution: Evr::parse(after),
            complete,
            identical,
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
            repository: String::new(),
            built: None,
            binaries: vec![],
            abi: SourceAbi::default(),
        };
        let (reference, distribution) = (package("5-1.el9"), package("5-1.el9"));
        let pair = Pair::Both {
            reference: &reference,
            distribution: &distribution,
        };
        let tagged = |tags: &[(&str, SourceState)]| {
            let tags: Vec<SourceTag> = tags
                .iter()
                .map(|&(evr, state)| SourceTag {
                    evr: Evr::parse(evr).unwrap(),
                    state,
                })
                .collect();
            finding_of_tags(&tags, pair).map(|finding| (finding.state, finding.evidence))
        };
        let (older, compared) = ("4-9.el9", "5-1.el9");
        assert_eq!(tagged(&[(older, Modified)]), None);
        assert_eq!(
            tagged(&[(older, Unmodified), (compared, Modified)]),
            Some((Modified, Evidence::Tagged))
        );
        assert_eq!(
            tagged(&[(compared, Unmodified), (compared, Unmodified)]),
            Some((Unmodified, Evidence::Tagged))
        );
        assert_eq!(
            tagged(&[(compared, Unmodified), (compared, Modified)]),
            None
        );
    }

    #[test]
    fn only_texts_of_the_versions_compared_prove_anything() {
        let (before, after) = ("5-1.el9", "5-1.el9.alma.1");
        check(false, false, before, after, Some(SourceState::Modified));
        check(true, true, before, after, Some(SourceState::Unmodified));
        check(true, false, before, after, None);
        check(false, false, before, "5-2.el9.alma.1", None);
        check(false, false, "4-1.el9", after, None);
        check(false, false, "", after, None);
    }
}
