//! Real repositories, compared: the counts are those of an independent script over the same files.

use super::support::{FIRST, World, moment, package, real_data};
use super::table_size::brotli_bytes;
use almanac::analysis::{ClockInputs, Holdings, Rules, security_clock};
use almanac::domain::{AdvisoryKind, DateGrade, DateSource, Severity, SourceState};
use almanac::publish::Progress;
use almanac::publish::advisories::{AdvisoryInput, read_advisories};
use almanac::publish::albs::{ReadBuilds, read_builds};
use almanac::publish::configuration::{
    AdvisoriesSetting, BuildsSetting, BuildsSource, DatesSetting,
};
use almanac::publish::fetch::{FetchSettings, Fetcher};
use almanac::publish::repository::Location;
use almanac::publish::sample::WrittenCompression;
use almanac::report::{
    AbiNotComparedName, AdvisoryFormatName, BuildStatus, Fixes, OutcomeRecord, PackageTable,
    PresenceName, Security, SideName, SourceStateName, VersionRelationName,
};

/// Of packages of the same name in both: same and not modified, same and modified, ahead, behind; then pairs under two names.
fn counts(world: &World, table: &PackageTable, release: &str) -> ([usize; 4], usize) {
    let mut counts = [0; 4];
    let mut renamed = 0;
    for (row, name) in table.names.iter().enumerate() {
        let Some(Some(OutcomeRecord {
            presence: PresenceName::Both,
            version,
            source,
            ..
        })) = table.outcomes_of(row).next()
        else {
            continue;
        };
        if world.package(release, name).reference_name.is_some() {
            renamed += 1;
            continue;
        }
        let modified = *source == SourceStateName::Modified;
        counts[match version {
            Some(VersionRelationName::Same) => usize::from(modified),
            Some(VersionRelationName::Ahead) => 2,
            _ => 3,
        }] += 1;
    }
    (counts, renamed)
}

#[test]
fn an_image_of_almalinux_9_8() {
    let Some(data) = real_data() else { return };
    let world = World::new();
    let mirror = data.join("mirror");
    world.write(
        "almanac.toml",
        format!(
            r#"
[distribution]
name = "AlmaLinux"
[reference]
name = "RHEL"
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
"#,
            mirror.display()
        ),
    );
    world.publish_at(FIRST).unwrap();
    let report = world.report("9");
    assert_eq!(counts(&world, &report.packages, "9").0, [95, 5, 6, 0]);
    assert_eq!(report.notices, [""; 0]);
}

#[test]
fn almalinux_10_0_against_a_later_minor_release() {
    let Some(data) = real_data() else { return };
    let world = World::new();
    let mirror = data.join("mirror");
    let repositories: String = ["BaseOS", "AppStream", "CRB", "devel"]
        .iter()
        .map(|name| {
            let location = mirror.join(format!("almalinux/10.0/{name}/$arch/os"));
            format!(
                "[[release.distribution]]\nname = \"{name}\"\nlocation = \"{}\"\n",
                location.display()
            )
        })
        .collect();
    world.write(
        "almanac.toml",
        format!(
            r#"
[distribution]
name = "AlmaLinux"
[reference]
name = "RHEL"
[[release]]
id = "10"
distribution_minor = "10.0"
reference_minor = "10.2"
[[release.architecture]]
name = "x86_64_v2"
compared_with = "x86_64"
{repositories}
[[release.reference]]
name = "seen"
location = "{}/rhel/10-seen-2026-08/$arch/os"
complete = false
"#,
            mirror.display()
        ),
    );
    let publication = world.publish_at(FIRST).unwrap();
    let report = world.report("10");
    let (same_name, renamed) = counts(&world, &report.packages, "10");
    assert_eq!(same_name, [204, 2, 0, 103]);
    println!("{renamed} pairs under two names");
    let abi = report.architectures[0].abi.as_ref().unwrap();
    assert_eq!([abi.kept, abi.extended, abi.broken], [0, 0, 0]);
    let unrecorded = abi
        .not_compared
        .iter()
        .find(|count| count.reason == AbiNotComparedName::ReferenceUnrecorded);
    assert_eq!(
        unrecorded.map(|count| count.packages as usize),
        Some(204 + 2 + 103 + renamed)
    );
    assert!(
        report.notices[0].starts_with("This report compares 10.0 with 10.2"),
        "{:?}",
        report.notices
    );
    let told = almanac::publish::summary(&publication);
    assert!(
        told.lines()
            .nth(1)
            .unwrap()
            .starts_with("notice: This report compares 10.0 with 10.2"),
        "{told}"
    );
}

#[test]
fn a_build_of_the_build_system_is_read_without_its_owner() {
    let Some(data) = real_data() else { return };
    let setting = BuildsSetting {
        source: BuildsSource::Folder(data.join("albs")),
        platform: Some("AlmaLinux-9".to_owned()),
        page: Some("https://build.almalinux.org/build/{id}".to_owned()),
        logs: Some(
            "https://build.almalinux.org/pulp/content/build_logs/build-{id}-build_log/{log}"
                .to_owned(),
        ),
    };
    let fetcher = Fetcher::new(FetchSettings::default(), &[], Progress::hidden());
    let fetcher = fetcher.unwrap_or_else(|error| panic!("{error}"));
    let ReadBuilds {
        packages,
        source,
        warnings,
        ..
    } = read_builds(&setting, 9, &fetcher, moment(FIRST)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(warnings, [""; 0]);
    assert_eq!(
        (source.builds, source.newest.map(|build| build.id)),
        (1, Some(17812))
    );
    let builds = &packages["nginx"];
    let tags: Vec<_> = builds
        .tags
        .iter()
        .map(|tag| (tag.evr.to_string(), tag.architecture.name(), tag.state))
        .collect();
    let tag = |architecture| {
        let version = "1.20.1-16.el9_4.1".to_owned();
        (version, architecture, SourceState::Unmodified)
    };
    assert_eq!(
        tags,
        ["x86_64", "aarch64", "ppc64le", "s390x", "i686"].map(tag)
    );
    assert!(builds.tags.iter().all(|tag| tag.released));
    let run = &builds.runs[0];
    assert_eq!(
        run.url.as_deref(),
        Some("https://build.almalinux.org/build/17812")
    );
    assert_eq!(
        run.created.map(|moment| moment.0.to_string()).as_deref(),
        Some("2024-09-03T13:17:19Z")
    );
    assert_eq!(
        (run.released, run.signing),
        (true, Some(BuildStatus::Completed))
    );
    let architectures: Vec<&str> = run
        .tasks
        .iter()
        .map(|task| task.architecture.as_str())
        .collect();
    assert_eq!(
        architectures,
        ["aarch64", "i686", "ppc64le", "s390x", "src", "x86_64"]
    );
    assert!(
        run.tasks
            .iter()
            .all(|task| task.status == BuildStatus::Completed)
    );
    let tested: Vec<u32> = run.tasks.iter().map(|task| task.tests.passed).collect();
    assert_eq!(tested[4], 0);
    assert!(
        tested.iter().filter(|&&passed| passed > 0).count() == 5,
        "{tested:?}"
    );
    let logs = |position: usize| -> Vec<&str> {
        let logs = run.tasks[position].logs.iter();
        logs.map(|log| log.url.as_str()).collect()
    };
    assert_eq!(
        logs(5),
        [
            "mock_build.188077.1725369998.log",
            "mock_root.188077.1725369998.log",
            "albs.188077.1725369770.log"
        ]
        .map(|name| format!(
            "https://build.almalinux.org/pulp/content/build_logs/build-17812-build_log/{name}"
        ))
    );
    assert!(logs(4)[0].contains("/mock_build.srpm."), "{:?}", logs(4));
    let published = serde_json::to_string(run).unwrap();
    assert!(
        !published.contains('@') && !published.contains("owner"),
        "{published}"
    );
}

#[test]
fn the_hand_kept_list_of_modified_packages_is_read() {
    let Some(data) = real_data() else { return };
    let world = World::new();
    let list = data.join("wiki/modified-packages.json");
    world.configure(&format!(
        "[[release.statements]]\nfile = {:?}\nwho = \"AlmaLinux’s list of modified packages\"",
        list
    ));
    world.publish_at(FIRST).unwrap();
    let dnf = world.package("9", "dnf").statements;
    assert_eq!(dnf.len(), 1, "{dnf:?}");
}

#[test]
fn the_package_manifest_gives_levels_and_a_share_of_each() {
    let Some(data) = real_data() else { return };
    let world = World::new();
    let folder = data.join("wiki/package-manifest");
    world.configure(&format!("[[release.manifest]]\nfolder = {folder:?}"));
    world.repository(
        "reference/x86_64",
        &[
            package("acl-1-1.el9.x86_64", "acl-1-1.el9"),
            package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9"),
        ],
        WrittenCompression::Gzip,
    );
    world.publish_at(FIRST).unwrap();
    let levels = world.package("9", "acl").levels;
    assert_eq!(levels.len(), 1, "{levels:?}");
    assert_eq!(levels[0].binaries, ["acl"]);
    let shares = world.report("9").levels;
    let level = shares.iter().find(|shares| shares.level == levels[0].level);
    assert_eq!(
        level.map(|level| level.shares.diverging),
        Some(1),
        "{shares:?}"
    );
}

/// The configuration of one input of advisories of the real data.
fn advisories(
    data: &std::path::Path,
    side: SideName,
    format: AdvisoryFormatName,
    file: &str,
    ecosystem: &str,
) -> AdvisoriesSetting {
    let location = data.join(file);
    AdvisoriesSetting {
        side,
        format,
        name: file.to_owned(),
        published_location: location.display().to_string(),
        location: Location::Path(location),
        ecosystem: ecosystem.to_owned(),
        page: None,
        dates: DatesSetting {
            date_column: "date".to_owned(),
            bulk_column: None,
            release: String::new(),
        },
    }
}

fn read(setting: &AdvisoriesSetting) -> AdvisoryInput {
    let fetcher = Fetcher::new(FetchSettings::default(), &[], Progress::hidden()).unwrap();
    read_advisories(setting, &fetcher).unwrap()
}

/// The counts are those of `tar -xzO`, `grep` and `sort | uniq -c` over the archive.
#[test]
fn all_advisories_of_almalinux() {
    let Some(data) = real_data() else { return };
    let archive = "osv/osv-alsa-all.tar.gz";
    let setting = |ecosystem: &str| {
        advisories(
            &data,
            SideName::Distribution,
            AdvisoryFormatName::Osv,
            archive,
            ecosystem,
        )
    };
    let all = read(&setting("AlmaLinux"));
    assert_eq!(all.warnings, [""; 0]);
    assert_eq!(all.advisories.len(), 5_680);
    let of_kind = |kind| {
        all.advisories
            .iter()
            .filter(|advisory| advisory.id.kind == kind)
            .count()
    };
    assert_eq!(
        [
            AdvisoryKind::Security,
            AdvisoryKind::Bugfix,
            AdvisoryKind::Enhancement
        ]
        .map(of_kind),
        [4_480, 978, 222]
    );
    let of_severity = |severity| {
        let own = all.advisories.iter().filter(|advisory| {
            advisory.id.kind == AdvisoryKind::Security && advisory.severity == severity
        });
        own.count()
    };
    assert_eq!(Severity::ALL.map(of_severity), [34, 2_384, 1_907, 154, 1]);
    assert_eq!(
        all.advisories
            .iter()
            .filter(|advisory| advisory.id.is_own())
            .count(),
        16
    );
    let packages = all
        .advisories
        .iter()
        .map(|advisory| advisory.packages.len());
    assert_eq!(packages.sum::<usize>(), 71_329);
    let of_release = |id: &str| read(&setting(&format!("AlmaLinux:{id}"))).advisories.len();
    assert_eq!(["8", "9", "10"].map(of_release), [3_277, 1_826, 675]);
}

/// Both distributions that `alsa_vs_rhsa_lag.csv` has of the pairs: from Red Hat's day to OSV's `published`, which is Red Hat's
/// date again, and to the day of the last change, which bounds the lag.
#[test]
fn the_lags_of_the_pairs_whose_red_hat_dates_are_known() {
    let Some(data) = real_data() else { return };
    let (osv, dates) = ("osv/osv-alsa-all.tar.gz", "advisory-dates/rhsa_dates.csv");
    let own = read(&advisories(
        &data,
        SideName::Distribution,
        AdvisoryFormatName::Osv,
        osv,
        "AlmaLinux",
    ));
    let reference = read(&advisories(
        &data,
        SideName::Reference,
        AdvisoryFormatName::Dates,
        dates,
        "",
    ));
    assert_eq!((reference.dates.len(), reference.warnings.len()), (232, 0));
    let table = std::fs::read_to_string(data.join("advisory-dates/alsa_vs_rhsa_lag.csv")).unwrap();
    let column = |index: usize| {
        let rows = table.lines().skip(1);
        let mut days: Vec<i64> = rows
            .map(|row| row.split(',').nth(index).unwrap().parse().unwrap())
            .collect();
        days.sort_unstable();
        days
    };
    let mut published: Vec<i64> = own
        .advisories
        .iter()
        .filter_map(|advisory| {
            let mut dates = reference.dates.iter();
            let (_, date) = dates.find(|(id, _)| id.mirrors(&advisory.id))?;
            Some(advisory.issued?.unix_days() - date.unix_days())
        })
        .collect();
    published.sort_unstable();
    assert_eq!(published, column(5));
    let marks = Rules::default().marks;
    let mut bounds = Vec::new();
    for major in [8, 9, 10] {
        let ecosystem = format!("AlmaLinux:{major}");
        let of_release = read(&advisories(
            &data,
            SideName::Distribution,
            AdvisoryFormatName::Osv,
            osv,
            &ecosystem,
        ));
        let clock = security_clock(&ClockInputs {
            arrivals: Default::default(),
            last_whole: None,
            major,
            own: of_release.advisories,
            first_appearances: Default::default(),
            reference: vec![],
            reference_dates: reference.dates.clone(),
            disclosures: Default::default(),
            holdings: Holdings::new(vec![], Default::default(), &marks),
            before: Default::default(),
            before_had_inputs: false,
            announced_before: Default::default(),
            held_before: Default::default(),
            held_since: Default::default(),
            taken: super::support::moment(FIRST),
        });
        // What the page fetches, compressed as it is hosted; the page's own program comes on top of it.
        let table = Security::tabled(&clock.advisories);
        let fixes = Fixes::of(&major.to_string(), &clock.fixed);
        let together = brotli_bytes(&(&table, &fixes.versions));
        let (list, versions) = (brotli_bytes(&table), brotli_bytes(&fixes));
        println!(
            "release {major}: {} advisories, {list} bytes and {versions} with their versions, {together} together",
            clock.advisories.len()
        );
        assert!(list < 50_000, "release {major}: {list} bytes");
        assert!(versions < 40_000, "release {major}: {versions} bytes");
        // Of the others the reference's day is the copy that OSV has.
        let listed = clock.advisories.iter().filter(|clock| {
            let reference = clock.reference.map(|fact| fact.source);
            reference == Some(DateSource::ListedIssue)
        });
        let lags = listed.filter_map(|clock| clock.lag().ok());
        bounds.extend(
            lags.inspect(|lag| assert_eq!(lag.grade, DateGrade::UpperBound))
                .map(|lag| lag.days),
        );
    }
    bounds.sort_unstable();
    assert_eq!(bounds, column(6));
}

#[test]
fn real_samples_of_every_format_of_advisories() {
    let Some(data) = real_data() else { return };
    let check = |side, format, file: &str, ecosystem: &str, expected: &[&str]| {
        let input = read(&advisories(&data, side, format, file, ecosystem));
        let ids: Vec<String> = input
            .advisories
            .iter()
            .map(|advisory| advisory.id.to_string())
            .collect();
        assert_eq!(ids, expected, "{file}");
        assert_eq!(input.warnings, [""; 0], "{file}");
    };
    use AdvisoryFormatName::{Csaf, Errata, Osv, Updateinfo};
    use SideName::{Distribution, Reference};
    check(
        Distribution,
        Errata,
        "errata/almalinux-errata.full.sample.json",
        "",
        &["ALBA-2021:3049", "ALSA-2019:3708"],
    );
    check(
        Distribution,
        Errata,
        "errata/almalinux-errata.sample.json",
        "",
        &[
            "ALSA-2021:3253",
            "ALBA-2021:3240",
            "ALSA-2021:3152",
            "ALSA-2020:0279",
        ],
    );
    check(
        Distribution,
        Updateinfo,
        "errata/almalinux-9-appstream-updateinfo.sample.xml",
        "",
        &["ALSA-2023:7549"],
    );
    check(
        Distribution,
        Updateinfo,
        "errata/almalinux-9-baseos-updateinfo.sample.xml",
        "",
        &["ALSA-2022:4940", "ALBA-2023:0123"],
    );
    check(
        Reference,
        Osv,
        "errata/redhat-osv-RHSA-2024_8709.json",
        "Red Hat:rhel_eus:9.2",
        &["RHSA-2024:8709"],
    );
    check(
        Reference,
        Osv,
        "errata/redhat-osv-RHSA-2024_8709.json",
        "Red Hat:enterprise_linux:9",
        &[],
    );
    check(
        Reference,
        Csaf,
        "errata/redhat-csaf-rhsa-2023_7435.json",
        "Red Hat:rhel_aus:8.2",
        &["RHSA-2023:7435"],
    );
}
