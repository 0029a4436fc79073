//! Where a package's source comes from: the first origin that has it in the same version.

use super::normalisation::{normalise_release, reduce_dist_tag};
use super::pairing::SourceList;
use super::rules::Rules;
use crate::domain::{Evr, SourcePackage};

/// The index of the first list that has the package's source in the same version, both releases normalised and without
/// their minor release, since CentOS Stream names none. `None` is not known.
pub fn origin_of<'a>(
    package: &SourcePackage,
    origins: impl IntoIterator<Item = &'a SourceList>,
    rules: &Rules,
) -> Option<usize> {
    let reduced = |evr: &Evr| {
        let (release, _) = normalise_release(&evr.release, &rules.marks);
        Evr::new(0, evr.version.clone(), reduce_dist_tag(&release))
    };
    let wanted = reduced(&package.evr);
    origins.into_iter().position(|origin| {
        origin
            .get(&package.name)
            .is_some_and(|candidate| reduced(&candidate.evr) == wanted)
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
        let list = |evr: &str| SourceList::from([("sudo".to_owned(), package(evr))]);
        let origins = [list("1.9-2.el9"), list("1.9-3.el9"), list("1.9-3.el9_6")];
        let check = |evr: &str, expected| {
            assert_eq!(
                origin_of(&package(evr), &origins, &Rules::default()),
                expected
            );
        };
        check("1.9-3.el9_6", Some(1));
        check("1.9-2.el9.alma.1", Some(0));
        check("1.9-4.el9", None);
    }
}
