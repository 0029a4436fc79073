//! All of the real data that concerns time, in one configuration.

use super::support::{World, real_data};
use almanac::domain::{FixState, UnknownFix};
use almanac::publish::verification::verify;
use almanac::report::{
    BuildsEntry, EndedDeviations, EndingName, HistoryMonth, HistoryYear, LagRecord, Ledger,
    ReleaseEntry, Security,
};
use std::path::Path;

/// The days of the lists that the inputs have of RHEL 10.
const TAKEN: [&str; 2] = ["2025-12-31T04:10:00Z", "2026-09-06T04:10:00Z"];

/// Release 10, whose reference is known on two days, and release 9, of which there is a build.
fn configuration(data: &Path, seen: &str, reference_minor: &str) -> String {
    let advisories = |id: &str| {
        let input = |side: &str, format: &str, file: &str, more: &str| {
            let location = data.join(file);
            format!(
                "[[release.advisories]]\nside = \"{side}\"\nformat = \"{format}\"\nname = \"{file}\"\nlocation = {location:?}\n{more}\n"
            )
        };
        let ecosystem = format!("ecosystem = \"AlmaLinux:{id}\"");
        let first_appearances =
            "date_column = \"first_commit_in_osv_db\"\nbulk_column = \"bulk_import_commit\"";
        [
            input("distribution", "osv", "osv/osv-alsa-all.tar.gz", &ecosystem),
            input(
                "distribution",
                "dates",
                "advisory-dates/alsa_dates.csv",
                first_appearances,
            ),
            input("reference", "dates", "advisory-dates/rhsa_dates.csv", ""),
        ]
        .concat()
    };
    let mirror = data.join("mirror");
    format!(
        r#"
[distribution]
name = "AlmaLinux"
[reference]
name = "RHEL"

[[release]]
id = "10"
distribution_minor = "10.0"
reference_minor = "{reference_minor}"
[[release.architecture]]
name = "x86_64_v2"
compared_with = "x86_64"
[[release.distribution]]
name = "BaseOS"
location = "{0}/almalinux/10.0/BaseOS/$arch/os"
[[release.distribution]]
name = "AppStream"
location = "{0}/almalinux/10.0/AppStream/$arch/os"
[[release.reference]]
name = "seen"
location = "{0}/rhel/{seen}/$arch/os"
complete = false
{1}
[[release]]
id = "9"
distribution_minor = "9.8"
reference_minor = "9.8"
[[release.architecture]]
name = "x86_64"
[[release.distribution]]
name = "image"
location = "{0}/almalinux/9.8-image/$arch/os"
complete = false
records_epochs = false
[[release.reference]]
name = "seen"
location = "{0}/rhel/9-seen-2026-08/$arch/os"
complete = false
[[release.builds]]
folder = "{3}/albs"
platform = "AlmaLinux-9"
{2}
[[release.advisories]]
side = "distribution"
format = "updateinfo"
name = "updateinfo"
location = "{3}/errata/almalinux-9-baseos-updateinfo.sample.xml"
[[release.advisories]]
side = "reference"
format = "osv"
name = "one of Red Hat’s"
location = "{3}/errata/redhat-osv-RHSA-2024_8709.json"
ecosystem = "Red Hat:rhel_eus:9.2"
"#,
        mirror.display(),
        advisories("10"),
        advisories("9"),
        data.display()
    )
}

fn entry(world: &World, id: &str) -> ReleaseEntry {
    let mut releases = world.index().releases.into_iter();
    releases.find(|entry| entry.id == id).expect("the release")
}

/// How many advisories there are; those with the reference's day, with the distribution's, with one in testing; disclosures.
fn days(security: &Security) -> [usize; 5] {
    let table = &security.advisories;
    let known = |days: &[Option<i32>]| days.iter().flatten().count();
    [
        table.ids.len(),
        known(&table.reference.days),
        known(&table.distribution.days),
        known(&table.testing.days),
        known(&table.disclosed),
    ]
}

/// What the pages of time show of real inputs, from two reports.
///
/// The inputs do not allow: two days of one of the distribution's repositories, so that no re-sync and no end by a change of its
/// own is seen; days on which Red Hat issued more than 232 of its advisories, so that most are the copies that OSV has, and no lag is exact,
/// since AlmaLinux's own day of issue is nowhere; a repository in testing, so that no fix waits; disclosures, which CSAF alone has,
/// of one advisory of another release; more than one build, so that nothing fails; a reference's list that is complete, so that
/// what is missing there means nothing.
#[test]
fn two_reports_of_everything_that_concerns_time() {
    let Some(data) = real_data() else { return };
    let world = World::new();
    let lists = [("10-seen-2025-12", "10.1"), ("10-seen-2026-08", "10.2")];
    for (taken, (seen, reference_minor)) in TAKEN.into_iter().zip(lists) {
        world.write("almanac.toml", configuration(&data, seen, reference_minor));
        world
            .publish_at(taken)
            .unwrap_or_else(|error| panic!("{error}"));
    }
    assert_eq!(verify(&world.output()).faults, []);
    let (ten, nine) = (entry(&world, "10"), entry(&world, "9"));

    // The history: one minor release of the reference began, and packages went another way.
    let year = |release: &ReleaseEntry, year: i32| -> HistoryYear {
        let mut years = release.years.iter();
        let entry = years.find(|entry| entry.year == year).expect("the year");
        world.named("years", &entry.digest)
    };
    let minors = |year: HistoryYear| {
        let minors = year.minors.into_iter();
        let words = minors.map(|minors| format!("{} {}", minors.distribution, minors.reference));
        words.collect::<Vec<_>>()
    };
    assert_eq!(minors(year(&ten, 2025)), ["10.0 10.1"]);
    assert_eq!(minors(year(&ten, 2026)), ["10.0 10.2"]);
    let transitions = |release: &ReleaseEntry| {
        let month = &year(release, 2026).months[0];
        let month: HistoryMonth = world.named("months", &month.digest);
        month.snapshots[0].transitions.len()
    };
    assert_eq!((transitions(&ten), transitions(&nine)), (278, 0));

    // The ledger: what began in between says so; what a list that is not complete lacks is not resolved.
    let ledger = |release: &ReleaseEntry| -> Ledger {
        world.named("ledgers", release.ledger.as_ref().expect("a ledger"))
    };
    let of_ten = ledger(&ten);
    let (begun, at_first): (Vec<_>, Vec<_>) = of_ten
        .open
        .iter()
        .partition(|deviation| deviation.opened_after.is_some());
    // Of 76 that deviate the reference's list of December had nothing: they can have deviated for long.
    assert_eq!((begun.len(), at_first.len()), (6, 97));
    let open = begun[0].days_open(of_ten.taken);
    assert_eq!((open.at_least, open.at_most), (0, Some(249)));
    let open = at_first[0].days_open(of_ten.taken);
    assert_eq!((open.at_least, open.at_most), (249, None));
    let newest = of_ten.quarters.last().expect("a quarter");
    assert_eq!(
        (
            newest.opened,
            newest.found_at_first,
            newest.resolved,
            newest.median_days_open
        ),
        (6, 76, 0, None)
    );
    let ended: EndedDeviations = world.named("ended", newest.ended.as_ref().expect("an end"));
    let ends: Vec<_> = ended
        .deviations
        .iter()
        .map(|deviation| {
            let ending = deviation.ending.as_ref().expect("an end");
            (deviation.package.as_str(), ending.how)
        })
        .collect();
    let how = EndingName::NoLongerCompared;
    assert_eq!(ends, [("curl", how), ("jq", how)]);
    assert_eq!(ledger(&nine).open.len(), 6);

    // The security clock: every lag that is known is an upper bound, and nearly all begin on a day that OSV copies.
    let security = |release: &ReleaseEntry| -> (Security, Option<LagRecord>) {
        let latest = release.latest().expect("a snapshot");
        let entry = latest.security.as_ref().expect("a clock");
        (world.named("security", &entry.document), entry.lag)
    };
    let bounds = |median_days, p90_days, upper_bounds, from_copies| {
        Some(LagRecord {
            median_days,
            p90_days,
            exact: 0,
            upper_bounds,
            from_copies,
        })
    };
    let (of_ten, lag) = security(&ten);
    assert_eq!(days(&of_ten), [660, 655, 660, 0, 0]);
    assert_eq!(lag, bounds(2, 25, 655, 653));
    let (of_nine, lag) = security(&nine);
    assert_eq!(days(&of_nine), [1_785, 1_779, 1_783, 0, 0]);
    assert_eq!(lag, bounds(3, 15, 1_775, 1_743));
    let clocks = of_nine.clocks();
    let unknown = clocks
        .iter()
        .filter(|clock| clock.state != FixState::Announced);
    let unknown: Vec<_> = unknown
        .map(|clock| (clock.id.to_string(), clock.state))
        .collect();
    let no_package = FixState::Unknown(UnknownFix::NoSuchPackage);
    assert_eq!(unknown, [("RHSA-2024:8709".to_owned(), no_package)]);

    // The builds: of one release, and of one package.
    let builds = |release: &ReleaseEntry| release.latest().and_then(|latest| latest.builds);
    let newest = "2024-09-03T13:30:53Z".parse().unwrap();
    let one = BuildsEntry {
        packages: 1,
        failing: 0,
        uncertain: 0,
        newest: Some(almanac::report::PointInTime(newest)),
    };
    assert_eq!((builds(&ten), builds(&nine)), (None, Some(one)));
    for release in ["10", "9"] {
        assert_eq!(world.report(release).repositories, None);
    }
}
