//! What both sides have at one snapshot: the entries of the definition with the deviations that apply.

use super::definition::{
    ArchitectureTable, ChangeTable, Moment, PackageTable, ReleaseTable, SideWord,
};
use crate::domain::{Architecture, Evr, Timestamp};

/// One source package of one release on one architecture at one snapshot.
pub struct PackageState<'a> {
    /// Its entry.
    pub package: &'a PackageTable,
    /// The distribution's version; `None` where it does not have it.
    pub distribution: Option<Evr>,
    /// The reference's version.
    pub reference: Option<Evr>,
}

/// The state of a package; `None` where the entry does not know the release or the architecture. `architecture` is the
/// distribution's or, for the reference's repositories, the reference's.
pub fn state_of<'a>(
    package: &'a PackageTable,
    release: &ReleaseTable,
    architecture: &ArchitectureTable,
    snapshot: Timestamp,
) -> Option<PackageState<'a>> {
    let version = &package.versions.get(&release.id)?.0;
    let name = architecture.name.0;
    let counts_as = counted_as(architecture);
    let built_for = |allowed: &Vec<super::definition::ArchitectureName>| {
        allowed
            .iter()
            .any(|allowed| allowed.0 == name || allowed.0 == counts_as)
    };
    if package
        .architectures
        .as_ref()
        .is_some_and(|allowed| !built_for(allowed))
    {
        return None;
    }
    if architecture
        .packages
        .as_ref()
        .is_some_and(|names| !names.contains(&package.name))
    {
        return None;
    }
    let mut distribution = Some(version.clone());
    let mut reference = Some(version.clone());
    for deviation in &package.deviation {
        let applies = applies_to(deviation.releases.as_ref(), &release.id)
            && deviation
                .architectures
                .as_ref()
                .is_none_or(|names| names.iter().any(|allowed| allowed.0 == name))
            && is_within(snapshot, deviation.since, deviation.until);
        if !applies {
            continue;
        }
        if let Some(evr) = &deviation.distribution {
            distribution = Some(evr.0.clone());
        }
        if let Some(evr) = &deviation.reference {
            reference = Some(evr.0.clone());
        }
        if let (Some(suffix), Some(evr)) = (&deviation.suffix, &mut distribution) {
            evr.release.push_str(suffix);
        }
        match deviation.absent {
            Some(SideWord::Distribution) => distribution = None,
            Some(SideWord::Reference) => reference = None,
            None => {}
        }
    }
    Some(PackageState {
        package,
        distribution,
        reference,
    })
}

/// The changes of a package in a release at a snapshot.
pub fn changes_at<'a>(
    package: &'a PackageTable,
    release: &str,
    snapshot: Timestamp,
) -> impl Iterator<Item = &'a ChangeTable> {
    package.change.iter().filter(move |change| {
        applies_to(change.releases.as_ref(), release)
            && is_within(snapshot, change.since, change.until)
    })
}

/// The architecture by which a package's own list of architectures goes: the one that it is compared with.
fn counted_as(architecture: &ArchitectureTable) -> Architecture {
    let other = architecture
        .compared_with
        .as_deref()
        .and_then(|name| name.parse().ok());
    other.unwrap_or(architecture.name.0)
}

/// Whether something applies to a release.
pub fn applies_to(releases: Option<&Vec<String>>, release: &str) -> bool {
    releases.is_none_or(|releases| releases.iter().any(|id| id == release))
}

/// Whether a snapshot falls on the day `since` or later, and before the day `until`.
pub fn is_within(snapshot: Timestamp, since: Option<Moment>, until: Option<Moment>) -> bool {
    let day = snapshot.unix_days();
    since.is_none_or(|since| since.0.unix_days() <= day)
        && until.is_none_or(|until| day < until.0.unix_days())
}
