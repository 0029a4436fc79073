//! One report in which changes, origins and binary interfaces are configured together, over real data.

use super::support::{FIRST, World, package, real_data, unpacked};
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{
    AbiNotComparedName, CauseName, NotComparedName, Package, PackageOnArchitecture, PresenceName,
    VerdictName,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The pairs of autopatch whose packages both sides have, with the version and release of their texts.
const PAIRS: [(&str, &str, &str); 2] = [
    ("libdnf", "libdnf-a9", "0.69.0-12.el9"),
    ("systemd", "systemd", "252-46.el9.2"),
];

/// The rows of a list for x86_64 that have a dist tag: the NEVRA of a package, and what the list says of its source.
fn rows_of(list: &Path, dist_tag: &str) -> Vec<(String, String)> {
    let text = unpacked(list);
    let mut rows = text.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let header = rows.next().expect("the names of the columns");
    let column = |name: &str| header.iter().position(|found| *found == name);
    let needed = ["name", "version", "release", "arch"].map(|name| column(name).expect(name));
    let source = column("srpm");
    rows.filter_map(|row| {
        let [name, version, release, architecture] = needed.map(|at| row[at]);
        let is_read = release.contains(dist_tag) && ["x86_64", "noarch"].contains(&architecture);
        let nevra = format!("{name}-{version}-{release}.{architecture}");
        // Where a list has no sources, the package that bears its source's name stands for it.
        let source = source.map_or_else(
            || format!("{name}-{version}-{release}"),
            |at| row[at].to_owned(),
        );
        is_read.then_some((nevra, source))
    })
    .collect()
}

/// Writes the packages of a list that have a dist tag as a repository.
fn write_origin(world: &World, relative: &str, list: &Path, dist_tag: &str) {
    let mut packages = BTreeMap::new();
    for (nevra, source) in rows_of(list, dist_tag) {
        let source = source
            .trim_end_matches(".rpm")
            .trim_end_matches(".src")
            .replace("-0:", "-");
        if !source.is_empty() && !source.contains(':') {
            packages.insert(nevra.clone(), package(&nevra, &source));
        }
    }
    let packages: Vec<_> = packages.into_values().collect();
    world.repository(relative, &packages, WrittenCompression::Gzip);
}

/// Writes the sources of a pair as a folder of source texts, and its configuration beside them.
fn write_pair(world: &World, data: &Path, (name, folder, evr): (&str, &str, &str)) {
    let pair = data.join("autopatch").join(folder);
    let text = |file: &str| fs::read_to_string(pair.join(file)).unwrap();
    world.write(
        &format!("autopatch/{name}/config.yaml"),
        text("config.yaml"),
    );
    for (side, word) in [("before", "upstream"), ("after", "almalinux")] {
        let path = format!("sources/{name}/{side}/SPECS/{name}.spec");
        world.write(&path, text(&format!("{name}.{word}.spec")));
    }
    world.write(
        &format!("sources/{name}/package.toml"),
        format!("reference = \"{evr}\"\ndistribution = \"{evr}.alma.1\"\n"),
    );
}

fn configured(data: &Path) -> World {
    let world = World::new();
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
location = "{0}/mirror/almalinux/9.8-image/$arch/os"
complete = false
records_epochs = false
[[release.distribution]]
name = "CentOS 8"
location = "provides/$arch"
[[release.reference]]
name = "seen"
location = "{0}/mirror/rhel/9-seen-2026-08/$arch/os"
complete = false
[[release.reference]]
name = "CentOS 8"
location = "provides/$arch"
[[release.origin]]
role = "stream"
name = "CentOS Stream"
location = "stream"
records_epochs = false
[[release.origin]]
role = "ubi"
name = "UBI"
location = "ubi"
records_epochs = false
[[release.sources]]
folder = "sources"
[[release.autopatch]]
folder = "autopatch"
[[release.kernel_lists]]
reference = "{0}/kabi"
distribution = "{0}/kabi"
"#,
            data.display()
        ),
    );
    let lists = data.join("lists");
    write_origin(
        &world,
        "stream",
        &lists.join("kubevirt-centos-stream-rpms.csv.gz"),
        ".el9",
    );
    write_origin(
        &world,
        "ubi",
        &lists.join("claircore-ubi-rpms.csv.gz"),
        ".el9",
    );
    let primary = data.join("repodata/centos8-primary-598pkgs-bazeldnf.xml.gz");
    world.primary("provides/x86_64", &unpacked(&primary));
    for pair in PAIRS {
        write_pair(&world, data, pair);
    }
    world
}

/// How often each value occurs among the packages that both sides have.
fn counted(packages: &[Package], value: impl Fn(&PackageOnArchitecture) -> String) -> Vec<String> {
    let mut counts = BTreeMap::<String, usize>::new();
    let on = packages.iter().map(|package| &package.architectures[0]);
    for on in on.filter(|on| on.outcome.presence == PresenceName::Both) {
        *counts.entry(value(on)).or_default() += 1;
    }
    let lines = counts
        .into_iter()
        .map(|(value, count)| format!("{value}: {count}"));
    lines.collect()
}

/// The class of each change, with how many places of the texts show it.
fn changes(package: &Package) -> Vec<String> {
    let changes = package.changes.iter();
    let told = changes.map(|change| format!("{:?} {}", change.class, change.hunks.len()));
    told.collect()
}

/// Release 9 of an image, against what lock files list of RHEL 9. What the inputs do not allow:
///
/// - Both lists are incomplete, so that what only one of them has is not called missing or extra; the image's has no epochs.
/// - The texts of autopatch's pairs are of older versions than those compared: they show what the changes do, and prove nothing of the
///   source that is compared. Signatures and archives are not at hand, so no evidence is better than inferred.
/// - The list of Stream names no sources, so that only packages named as their source is are found there; neither it nor UBI's has an
///   end, and a version that none of them lists has no known origin.
/// - Neither list of release 9 records what packages provide. Those of CentOS 8 do, which stand on both sides here, so that only
///   packages that release 9 does not have, or has in no newer version, are compared by their binary interfaces.
/// - The release package has versions of its own, so that it alone of those in both lists has no evidence.
/// - The lists of kernel symbols are of EL 8 kernels, and the image has no kernel: nothing is compared with them.
#[test]
fn changes_origins_and_binary_interfaces_stand_in_one_report() {
    let Some(data) = real_data() else { return };
    let world = configured(&data);
    assert!(world.publish_at(FIRST).unwrap().is_of_all());
    assert_eq!(verify(&world.output()).faults, []);
    let names = world.report("9").packages.names;
    let packages: Vec<Package> = names.iter().map(|name| world.package("9", name)).collect();
    let named = |name: &str| world.package("9", name);

    let evidence = counted(&packages, |on| format!("{:?}", on.outcome.evidence));
    assert_eq!(evidence, ["None: 1", "Some(Inferred): 128"]);
    let origins = counted(&packages, |on| format!("{:?}", on.origin));
    assert_eq!(
        origins,
        [
            "None: 51",
            "Some(\"CentOS Stream\"): 62",
            "Some(\"UBI\"): 16"
        ]
    );
    let interfaces = counted(&packages, |on| match &on.abi {
        Some(abi) => format!("{:?} {:?}", abi.outcome.verdict, abi.outcome.not_compared),
        None => "none".to_owned(),
    });
    assert_eq!(
        interfaces,
        [
            "Kept None: 4",
            "NotCompared Some(NothingExported): 3",
            "NotCompared Some(ReferenceUnrecorded): 122"
        ]
    );
    let numactl = named("numactl").architectures[0].abi.clone().unwrap();
    assert_eq!(numactl.symbol_versions.unwrap().kept, 5);

    let libdnf = named("libdnf");
    assert_eq!(
        changes(&libdnf),
        ["ReleaseMechanics 1", "ReleaseMechanics 1", "Branding 1"]
    );
    assert_eq!(
        libdnf.architectures[0].outcome.verdict,
        VerdictName::Patched
    );
    let systemd = named("systemd");
    assert_eq!(
        changes(&systemd),
        [
            "Branding 1",
            "Branding 1",
            "Unknown 1",
            "ReleaseMechanics 1",
            "ReleaseMechanics 1"
        ]
    );
    assert_eq!(
        systemd.architectures[0].outcome.cause,
        Some(CauseName::Unexplained)
    );
    for package in [libdnf, systemd] {
        assert!(!package.texts.unwrap().current);
        let on = &package.architectures[0];
        assert_eq!(on.origin, None);
        let why = on.abi.as_ref().unwrap().outcome.not_compared;
        assert_eq!(why, Some(AbiNotComparedName::ReferenceUnrecorded));
    }
    let kernel = named("kernel").architectures[0].clone();
    assert_eq!(
        kernel.outcome.not_compared,
        Some(NotComparedName::DistributionIncomplete)
    );
    assert_eq!(kernel.abi.unwrap().kernel_symbols, None);
}

/// The pairs of autopatch of release 10 whose texts name their version, none of them the one that is published.
const PAIRS_OF_10: [(&str, &str, &str); 2] = [
    ("gcc", "gcc-a10s", "14.2.1-6.el10"),
    ("glibc", "glibc-a10s", "2.39-32.el10"),
];

/// AlmaLinux 10.0 as it was published, against what lock files list of RHEL 10. What the inputs do not allow:
///
/// - The reference's list is of later minor releases and not complete: what it lacks is not called extra, and most is behind.
/// - It does not record what packages provide, so that no binary interface is compared, although AlmaLinux's are recorded.
/// - The list of Stream names no sources, so that only packages named as their source is are found there, and of UBI 10 nothing is
///   listed. The pairs of autopatch are of Stream's versions (a10s): they show what the changes do, and prove nothing.
#[test]
fn changes_and_origins_of_release_10() {
    let Some(data) = real_data() else { return };
    let world = World::new();
    let repositories = ["BaseOS", "AppStream", "CRB", "devel"].map(|name| {
        let location = data.join(format!("mirror/almalinux/10.0/{name}/$arch/os"));
        format!(
            "[[release.distribution]]\nname = \"{name}\"\nlocation = \"{}\"\n",
            location.display()
        )
    });
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
{}
[[release.reference]]
name = "seen"
location = "{}/mirror/rhel/10-seen-2026-08/$arch/os"
complete = false
[[release.origin]]
role = "stream"
name = "CentOS Stream"
location = "stream"
records_epochs = false
[[release.sources]]
folder = "sources"
[[release.autopatch]]
folder = "autopatch"
"#,
            repositories.concat(),
            data.display()
        ),
    );
    let list = data.join("lists/kubevirt-centos-stream-rpms.csv.gz");
    write_origin(&world, "stream", &list, ".el10");
    for pair in PAIRS_OF_10 {
        write_pair(&world, &data, pair);
    }
    assert!(world.publish_at(FIRST).unwrap().is_of_all());
    assert_eq!(verify(&world.output()).faults, []);
    let table = world.report("10").packages;
    let mut counts = BTreeMap::<String, usize>::new();
    for row in 0..table.names.len() {
        let outcome = table.outcomes_of(row).next().flatten();
        if outcome.is_none_or(|outcome| outcome.presence != PresenceName::Both) {
            continue;
        }
        let origin = table.origin[row].map(|index| table.origins[index as usize].as_str());
        let abi = table.abi_outcomes_of(row).next().flatten();
        let abi = abi.map(|abi| (abi.verdict, abi.not_compared));
        *counts.entry(format!("from {origin:?}")).or_default() += 1;
        *counts.entry(format!("{abi:?}")).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .into_iter()
        .map(|(what, count)| format!("{what}: {count}"))
        .collect();
    let told = PAIRS_OF_10.map(|(name, ..)| {
        let package = world.package("10", name);
        assert!(!package.texts.as_ref().unwrap().current);
        let outcome = package.architectures[0].outcome;
        let told = changes(&package).join(", ");
        format!("{name}: {:?} {:?}: {told}", outcome.verdict, outcome.cause)
    });
    assert_eq!(
        counts,
        [
            "Some((NotCompared, Some(ReferenceUnrecorded))): 309",
            "from None: 274",
            "from Some(\"CentOS Stream\"): 35"
        ]
    );
    assert_eq!(
        told,
        [
            "gcc: Diverging Some(UpdatePending): Branding 3, Architecture 1, ReleaseMechanics 1, ReleaseMechanics 1",
            "glibc: Diverging Some(UpdatePending): Architecture 1, ReleaseMechanics 1, ReleaseMechanics 1, ReleaseMechanics 1, Unknown 1"
        ]
    );
}
