//! Where a package's source comes from: the first origin that has it in the same version.

use super::normalisation::{normalise_release, reduce_dist_tag};
use super::rules::Rules;
use crate::domain::{Evr, SourcePackage};
use std::collections::BTreeMap;

/// Every version that an origin has of each source package, by name. What a source was taken from need not be the newest there.
pub type SourceVersions = BTreeMap<String, Vec<Evr>>;

/// The index of the first list that has the package's source in the same version, both releases normalised. Where the origin's
/// names no minor release, as CentOS Stream's do not, that of the package does not count. `None` is not known.
pub fn origin_of<'a>(
    package: &SourcePackage,
    origins: impl IntoIterator<Item = &'a SourceVersions>,
    rules: &Rules,
) -> Option<usize> {
    let normalised = |evr: &Evr| normalise_release(&evr.release, &rules.marks).0;
    let wanted = normalised(&package.evr);
    let without_minor = reduce_dist_tag(&wanted);
    let is_same = |candidate: &Evr| {
        let release = normalised(candidate);
        candidate.version == package.evr.version && (release == wanted || release == without_minor)
    };
    origins.into_iter().position(|origin| {
        origin
            .get(&package.name)
            .is_some_and(|versions| versions.iter().any(is_same))
    })
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

    #[test]
    fn takes_the_first_origin_with_the_same_version() {
        let list = |evrs: &[&str]| {
            let evrs = evrs.iter().map(|evr| Evr::parse(evr).unwrap());
            SourceVersions::from([("sudo".to_owned(), evrs.collect())])
        };
        let origins = [
            list(&["1.9-2.el9", "1.9-5.el9"]),
            list(&["1.9-3.el9"]),
            list(&["1.9-3.el9_6", "1.9-6.el9_5"]),
        ];
        let check = |evr: &str, expected| {
            assert_eq!(
                origin_of(&package(evr), &origins, &Rules::default()),
                expected
            );
        };
        check("1.9-3.el9_6", Some(1));
        check("1:1.9-2.el9.alma.1", Some(0));
        check("1.9-5.el9_6", Some(0));
        check("1.9-6.el9_5", Some(2));
        check("1.9-6.el9_6", None);
        check("1.9-6.el9", None);
        check("1.9-4.el9", None);
        check("1.8-3.el9", None);
    }
}
