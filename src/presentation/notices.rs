//! What must be read before any figure of the releases that a page shows.

use super::route::Route;
use super::source_failures::old_sources_notice;
use crate::report::{Index, ReleaseEntry, SnapshotEntry};

/// The notices of a release at one of its snapshots.
pub fn notices_at(index: &Index, release: &str, snapshot: &SnapshotEntry) -> Vec<String> {
    let old = old_sources_notice(index, release, snapshot.taken);
    old.into_iter()
        .chain(snapshot.notices.iter().cloned())
        .collect()
}

/// The notices of the releases on a page that is about no single one, each with whose it is. `chosen` is the release that the
/// query names. The first page has its own beside each release.
pub fn notices_across(index: &Index, route: &Route, chosen: Option<&str>) -> Vec<String> {
    let is_chosen = |release: &&ReleaseEntry| chosen.is_none_or(|chosen| chosen == release.id);
    let shown_most = match route {
        Route::Deviations => usize::MAX,
        Route::Progress => 1,
        _ => 0,
    };
    let releases = index.releases.iter().filter(is_chosen).take(shown_most);
    let notices = releases.flat_map(|release| {
        let of_latest = release.latest().map(|latest| {
            let whose = format!("{} {}", index.distribution.name, latest.distribution_minor);
            let notices = notices_at(index, &release.id, latest).into_iter();
            notices.map(move |notice| format!("{whose}: {notice}"))
        });
        of_latest.into_iter().flatten()
    });
    notices.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Digest, FormatVersion, Party, PointInTime, SharesRecord};

    fn index() -> Index {
        let taken = PointInTime("2026-11-20T04:10:00Z".parse().unwrap());
        let party = |name: &str| Party {
            name: name.to_owned(),
            tracker: None,
        };
        let release = |id: &str, minors: (&str, &str), notices: &[&str]| ReleaseEntry {
            lost: Vec::new(),
            coverages: Vec::new(),
            id: id.to_owned(),
            architectures: Vec::new(),
            snapshots: vec![SnapshotEntry {
                id: "20261120T041000Z".to_owned(),
                taken,
                report: Digest::try_from("0".repeat(64)).unwrap(),
                distribution_minor: minors.0.to_owned(),
                reference_minor: minors.1.to_owned(),
                distribution_dated: None,
                distribution_dated_from: None,
                reference_dated: None,
                reference_dated_from: None,
                shares: SharesRecord {
                    matched: 1,
                    patched: 0,
                    diverging: 0,
                    not_compared: 0,
                },
                notices: notices.iter().map(|notice| (*notice).to_owned()).collect(),
                security: None,
                builds: None,
            }],
            years: Vec::new(),
            ledger: None,
            sources: Vec::new(),
        };
        Index {
            format: FormatVersion::CURRENT,
            generator: String::new(),
            generated: taken,
            sample: false,
            distribution: party("AlmaLinux"),
            reference: party("RHEL"),
            promise: None,
            change_rules: Vec::new(),
            releases: vec![
                release("10", ("10.0", "10.2"), &["This compares 10.0 with 10.2."]),
                release("9", ("9.6", "9.6"), &[]),
                release("8", ("8.10", "8.10"), &["One architecture is left out."]),
            ],
            failures: Vec::new(),
            advisory_failures: Vec::new(),
            input_failures: Vec::new(),
        }
    }

    #[test]
    fn a_page_across_releases_has_the_notices_of_those_that_it_shows() {
        let check = |route: Route, chosen: Option<&str>, expected: &[&str]| {
            assert_eq!(
                notices_across(&index(), &route, chosen),
                expected,
                "{route:?} {chosen:?}"
            );
        };
        let ten = "AlmaLinux 10.0: This compares 10.0 with 10.2.";
        let eight = "AlmaLinux 8.10: One architecture is left out.";
        check(Route::Deviations, None, &[ten, eight]);
        check(Route::Deviations, Some("9"), &[]);
        check(Route::Deviations, Some("8"), &[eight]);
        check(Route::Progress, None, &[ten]);
        check(Route::Progress, Some("8"), &[eight]);
        check(Route::Progress, Some("7"), &[]);
        check(Route::Overview, None, &[]);
        check(Route::Method, None, &[]);
    }
}
