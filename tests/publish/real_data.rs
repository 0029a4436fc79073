//! Real repositories, compared: the counts are those of an independent script over the same files.

use super::support::{FIRST, World, package, real_data};
use almanac::domain::SourceState;
use almanac::publish::Progress;
use almanac::publish::albs::read_builds;
use almanac::publish::configuration::{BuildsSetting, BuildsSource};
use almanac::publish::fetch::{FetchSettings, Fetcher};
use almanac::publish::sample::WrittenCompression;
use almanac::report::{
    AbiNotComparedName, BuildStatus, OutcomeRecord, PackageTable, PresenceName, SourceStateName,
    VersionRelationName,
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
    };
    let fetcher = Fetcher::new(FetchSettings::default(), &[], Progress::hidden());
    let fetcher = fetcher.unwrap_or_else(|error| panic!("{error}"));
    let (packages, warnings) =
        read_builds(&setting, &fetcher).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(warnings, [""; 0]);
    let builds = &packages["nginx"];
    let tags: Vec<_> = builds
        .tags
        .iter()
        .map(|tag| (tag.evr.to_string(), tag.state))
        .collect();
    assert_eq!(
        tags,
        [("1.20.1-16.el9_4.1".to_owned(), SourceState::Unmodified)]
    );
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
