//! Where a package's source comes from: the first origin that has it in the same version.

use super::normalisation::{normalise_release, reduce_dist_tag};
use super::rules::{Mark, Rules};
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
    /// How its own releases of packages that it changed are marked.
    pub marks: Vec<Mark>,
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
    /// Whether the origin's mark in it says that the source was changed there.
    pub is_changed: bool,
}

/// The first origin that has the package's source in the same version, both releases normalised, each by the marks of whose it
/// is. A source that the origin left as it is comes before one that it changed. `None` is not known: none has it, or one that
/// would be preferred could not be read. `epochs_recorded` says whether the package's epoch is known, and `reference_name` what
/// the reference calls the package where that is another name: an origin may have it under either.
pub fn origin_of(
    package: &SourcePackage,
    reference_name: Option<&str>,
    epochs_recorded: bool,
    origins: &[Origin],
    rules: &Rules,
) -> Option<OriginFinding> {
    let wanted = normalise_release(&package.evr.release, &rules.marks).0;
    let without_minor = reduce_dist_tag(&wanted);
    for (index, origin) in origins.iter().enumerate() {
        let with_marks_off = |marks: &[Mark]| {
            let is_same = |candidate: &&Evr| {
                let release = normalise_release(&candidate.release, marks).0;
                let same_epoch = candidate.epoch == package.evr.epoch
                    || !(epochs_recorded && package.epoch_known && origin.epochs_recorded);
                let same_release =
                    release == wanted || (origin.is_without_minors && release == without_minor);
                same_epoch && candidate.version == package.evr.version && same_release
            };
            let names = [package.name.as_str()].into_iter().chain(reference_name);
            let mut versions =
                names.flat_map(|name| origin.versions.get(name).into_iter().flatten());
            versions.find(is_same)
        };
        let found = |(evr, is_changed): (&Evr, bool)| OriginFinding {
            origin: index,
            evr: evr.clone(),
            is_changed,
        };
        let unchanged = with_marks_off(&[]).map(|evr| (evr, false));
        let same = unchanged.or_else(|| with_marks_off(&origin.marks).map(|evr| (evr, true)));
        if let Some(same) = same {
            return Some(found(same));
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
            epoch_known: true,
            repository: String::new(),
            built: None,
            binaries: vec![],
            abi: SourceAbi::default(),
            versions_beside: vec![],
        }
    }

    fn origin(evrs: &[&str]) -> Origin {
        let evrs = evrs.iter().map(|evr| Evr::parse(evr).unwrap());
        Origin {
            versions: SourceVersions::from([("sudo".to_owned(), evrs.collect())]),
            marks: vec![],
            is_whole: true,
            is_without_minors: false,
            epochs_recorded: true,
        }
    }

    fn check(origins: &[Origin], evr: &str, expected: Option<(usize, &str)>) {
        let found = origin_of(&package(evr), None, true, origins, &Rules::default());
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
        let module = "1.9-4.module_el9+666+132dc76f";
        let stream = Origin {
            is_without_minors: true,
            ..origin(&[module])
        };
        let of_module = "1.9-4.module_el9.3.0+50+f932b372";
        check(&[stream], of_module, Some((0, module)));
        check(&[origin(&[module])], of_module, None);
    }

    #[test]
    fn the_marks_of_an_origin_are_taken_off_and_told() {
        let check = |evrs: &[&str], evr: &str, expected: Option<(&str, bool)>| {
            let oracle = Origin {
                marks: vec![Mark::BeforeDistTag],
                ..origin(evrs)
            };
            let found = origin_of(&package(evr), None, true, &[oracle], &Rules::default());
            let found = found.map(|found| (found.evr.to_string(), found.is_changed));
            let found = found
                .as_ref()
                .map(|(evr, changed)| (evr.as_str(), *changed));
            assert_eq!(found, expected, "{evrs:?} {evr}");
        };
        let changed = ["1-1.0.1.el9"];
        check(&changed, "1-1.el9", Some(("1-1.0.1.el9", true)));
        check(&changed, "1-1.el9.alma.1", Some(("1-1.0.1.el9", true)));
        check(&changed, "1-1.el9_6", None);
        // What looks like the mark may be the number of the release.
        check(&changed, "1-1.0.1.el9", Some(("1-1.0.1.el9", false)));
        check(
            &["1-1.0.1.el9", "1-1.el9"],
            "1-1.el9",
            Some(("1-1.el9", false)),
        );
        check(
            &["1-1.0.2.module+el9.4.0+90182+ab12"],
            "1-1.module_el9.4.0+90+cd34",
            Some(("1-1.0.2.module+el9.4.0+90182+ab12", true)),
        );
    }

    #[test]
    fn an_origin_may_have_a_renamed_package_under_either_name() {
        let renamed = SourcePackage {
            name: "sudo-almalinux".to_owned(),
            ..package("1.9-2.el9.alma.1")
        };
        let check = |reference_name, expected: Option<usize>| {
            let origins = [origin(&["1.9-2.el9"])];
            let found = origin_of(&renamed, reference_name, true, &origins, &Rules::default());
            assert_eq!(found.map(|found| found.origin), expected);
        };
        check(Some("sudo"), Some(0));
        check(None, None);
        check(Some("su"), None);
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
