//! Where a package's source comes from: the first origin that has it in the same version.

use super::normalisation::{normalise_release, reduce_dist_tag};
use super::rules::Rules;
use crate::domain::{Evr, SourcePackage};
use std::collections::BTreeMap;

/// Every version that an origin has of each source package, by name. What a source was taken from need not be the newest there.
pub type SourceVersions = BTreeMap<String, Vec<Evr>>;

/// What an origin has for one architecture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its source packages, as far as they could be read.
    pub versions: SourceVersions,
    /// Whether all of its repositories could be read.
    pub is_whole: bool,
    /// Whether its dist tags name no minor release, as those of CentOS Stream do not: then that of the package does not count.
    pub is_without_minors: bool,
    /// Whether its metadata record epochs.
    pub epochs_recorded: bool,
}

/// The origin of a source, and what was found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginFinding {
    /// The index of the origin in the order of preference.
    pub origin: usize,
    /// The EVR that it has there.
    pub evr: Evr,
}

/// The first origin that has the package's source in the same version, both releases normalised. `None` is not known: none has
/// it, or one that would be preferred could not be read. `epochs_recorded` says whether the package's epoch is known.
pub fn origin_of(
    package: &SourcePackage,
    epochs_recorded: bool,
    origins: &[Origin],
    rules: &Rules,
) -> Option<OriginFinding> {
    let normalised = |evr: &Evr| normalise_release(&evr.release, &rules.marks).0;
    let wanted = normalised(&package.evr);
    let without_minor = reduce_dist_tag(&wanted);
    for (index, origin) in origins.iter().enumerate() {
        let is_same = |candidate: &&Evr| {
            let release = normalised(candidate);
            let same_epoch = candidate.epoch == package.evr.epoch
                || !(epochs_recorded && origin.epochs_recorded);
            let same_release =
                release == wanted || (origin.is_without_minors && release == without_minor);
            same_epoch && candidate.version == package.evr.version && same_release
        };
        let mut versions = origin.versions.get(&package.name).into_iter().flatten();
        if let Some(evr) = versions.find(is_same) {
            return Some(OriginFinding {
                origin: index,
                evr: evr.clone(),
            });
        }
        if !origin.is_whole {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SourceAbi;

    fn package(evr: &str) -> SourcePackage {
        SourcePackage {
            name: "sudo".to_owned(),
            evr: Evr::parse(evr).unwrap(),
            repository: String::new(),
            built: None,
            binaries: vec![],
            abi: SourceAbi::default(),
        }
    }

    fn origin(evrs: &[&str]) -> Origin {
        let evrs = evrs.iter().map(|evr| Evr::parse(evr).unwrap());
        Origin {
            versions: SourceVersions::from([("sudo".to_owned(), evrs.collect())]),
            is_whole: true,
            is_without_minors: false,
            epochs_recorded: true,
        }
    }

    fn check(origins: &[Origin], evr: &str, expected: Option<(usize, &str)>) {
        let found = origin_of(&package(evr), true, origins, &Rules::default());
        let found = found.map(|found| (found.origin, found.evr.to_string()));
        let found = found.as_ref().map(|(origin, evr)| (*origin, evr.as_str()));
        assert_eq!(found, expected, "{evr}");
    }

    #[test]
    fn takes_the_first_origin_with_the_same_version() {
        let stream = Origin {
            is_without_minors: true,
            ..origin(&["1:1.9-2.el9", "1.9-5.el9"])
        };
        let others = [
            stream,
            origin(&["1.9-3.el9"]),
            origin(&["1.9-3.el9_6", "1.9-6.el9_5"]),
        ];
        check(&others, "1.9-3.el9_6", Some((2, "1.9-3.el9_6")));
        check(&others, "1.9-3.el9", Some((1, "1.9-3.el9")));
        check(&others, "1:1.9-2.el9.alma.1", Some((0, "1:1.9-2.el9")));
        check(&others, "1.9-2.el9.alma.1", None);
        check(&others, "1.9-5.el9_6", Some((0, "1.9-5.el9")));
        check(&others, "1.9-6.el9_5", Some((2, "1.9-6.el9_5")));
        for evr in ["1.9-6.el9_6", "1.9-6.el9", "1.9-4.el9", "1.8-3.el9"] {
            check(&others, evr, None);
        }
    }

    #[test]
    fn what_could_not_be_read_may_be_the_origin() {
        let partly = Origin {
            is_whole: false,
            ..origin(&["1.9-2.el9"])
        };
        let origins = [partly, origin(&["1.9-3.el9"])];
        check(&origins, "1.9-2.el9", Some((0, "1.9-2.el9")));
        check(&origins, "1.9-3.el9", None);
    }

    #[test]
    fn an_epoch_that_is_not_recorded_does_not_count() {
        let without_epochs = Origin {
            epochs_recorded: false,
            ..origin(&["1.9-2.el9"])
        };
        check(&[without_epochs], "2:1.9-2.el9", Some((0, "1.9-2.el9")));
    }
}
