//! Binary interfaces, from metadata, lists of kernel symbols and reports of other tools to the published documents.

use super::support::{FIRST, World, package, real_data, unpacked};
use almanac::domain::{Architecture, Evr, SourceAbi, SourcePackage};
use almanac::publish::abi_reports::kernel_list_of;
use almanac::publish::sample::{WrittenCompression, WrittenPackage};
use almanac::publish::verification::verify;
use almanac::report::{
    AbiNotComparedName, AbiRecord, AbiTotalsRecord, AbiVerdictName, ToolStatusName,
};
use std::fs;
use std::path::Path;

/// A package that provides itself and these entries.
fn providing(nevra: &str, source: &str, entries: &[&str]) -> WrittenPackage {
    let mut package = package(nevra, source);
    let own = format!("<rpm:entry name=\"{}\"/>", package.nevra.name);
    let element = |entry: &&str| match entry.split_once(" = ") {
        Some((name, value)) => format!("<rpm:entry name=\"{name}\" flags=\"EQ\" ver=\"{value}\"/>"),
        None => format!("<rpm:entry name=\"{entry}\"/>"),
    };
    package.provides = own + &entries.iter().map(element).collect::<String>();
    package
}

/// What became of a package's binary interface on one architecture.
fn abi_of(world: &World, name: &str) -> AbiRecord {
    let package = world.package("9", name);
    package.architectures[0].abi.clone().expect("a comparison")
}

/// The totals in words.
fn shown(totals: &AbiTotalsRecord) -> String {
    let not_compared: Vec<String> = totals
        .not_compared
        .iter()
        .map(|count| format!("{:?} {}", count.reason, count.packages))
        .collect();
    format!(
        "{} kept, {} extended, {} broken, not compared: {}",
        totals.kept,
        totals.extended,
        totals.broken,
        not_compared.join(", ")
    )
}

#[test]
fn differences_are_named_and_counted() {
    let world = World::new();
    let write = |side: &str, packages: &[WrittenPackage]| {
        world.repository(
            &format!("{side}/x86_64"),
            packages,
            WrittenCompression::Gzip,
        );
    };
    write(
        "reference",
        &[
            providing(
                "zlib-1.2-1.el9.x86_64",
                "zlib-1.2-1.el9",
                &["libz.so.1()(64bit)"],
            ),
            providing(
                "openssl-libs-1:3-1.el9.x86_64",
                "openssl-3-1.el9",
                &["libssl.so.3()(64bit)", "libssl.so.3(OPENSSL_3.0.0)(64bit)"],
            ),
            providing(
                "kernel-core-5.14-1.el9.x86_64",
                "kernel-5.14-1.el9",
                &["kernel(printk) = 0x92997ed8", "kernel(kfree) = 0x037a0cba"],
            ),
            package("bash-5-1.el9.x86_64", "bash-5-1.el9"),
            providing("sed-4-1.el9.x86_64", "sed-4-1.el9", &[]),
            providing(
                "acl-2-1.el9.x86_64",
                "acl-2-1.el9",
                &["libacl.so.1()(64bit)"],
            ),
        ],
    );
    write(
        "distribution",
        &[
            providing(
                "zlib-1.2-1.el9.x86_64",
                "zlib-1.2-1.el9",
                &["libz.so.1()(64bit)", "libz.so.1(ZLIB_1.3)(64bit)"],
            ),
            providing(
                "openssl-libs-1:3-1.el9.x86_64",
                "openssl-3-1.el9",
                &["libssl.so.3()(64bit)"],
            ),
            providing(
                "kernel-core-5.14-1.el9.x86_64",
                "kernel-5.14-1.el9",
                &["kernel(printk) = 0x92997ed8", "kernel(kfree) = 0x12345678"],
            ),
            providing(
                "bash-5-1.el9.x86_64",
                "bash-5-1.el9",
                &["libbash.so.1()(64bit)"],
            ),
            providing("sed-4-1.el9.x86_64", "sed-4-1.el9", &[]),
        ],
    );
    let publication = world.publish_at(FIRST).unwrap();
    let openssl = abi_of(&world, "openssl");
    assert_eq!(openssl.outcome.verdict, AbiVerdictName::Broken);
    assert_eq!(
        openssl.missing[0].entry,
        "libssl.so.3(OPENSSL_3.0.0)(64bit)"
    );
    assert_eq!(openssl.missing[0].package, "openssl-libs");
    let kernel = abi_of(&world, "kernel");
    let change = &kernel.changed[0];
    assert_eq!(
        [&change.entry, &change.reference, &change.distribution],
        ["kernel(kfree)", "0x037a0cba", "0x12345678"]
    );
    assert_eq!(
        abi_of(&world, "zlib").added[0].entry,
        "libz.so.1(ZLIB_1.3)(64bit)"
    );
    let totals = world.report("9").architectures[0].abi.clone().unwrap();
    assert_eq!(
        shown(&totals),
        "0 kept, 1 extended, 2 broken, not compared: NothingExported 1, NotInDistribution 1, ReferenceUnrecorded 1"
    );
    let (symbols, kernel) = (totals.symbol_versions, totals.kernel_symbols);
    assert_eq!([symbols.kept, symbols.missing, symbols.added], [2, 1, 1]);
    assert_eq!([kernel.kept, kernel.changed], [1, 1]);
    assert_eq!(totals.entries_not_compared, 1);
    assert_eq!(verify(&world.output()).faults, []);
    let told = almanac::publish::summary(&publication);
    let line = "ABI x86_64: 2 of 3 symbol versions and 1 of 2 kernel symbols kept, 1 known export not compared; packages: 0 kept, 1 extended, 2 broken, 1 without exports, 2 not compared";
    assert!(told.contains(line), "{told}");
}

#[test]
fn a_library_that_moved_to_another_source_and_a_package_that_was_dropped_are_named() {
    let world = World::new();
    let zlib = "zlib-1.2-1.el9";
    let ssl = ["libssl.so.3()(64bit)"];
    let zlib_64 = || providing("zlib-1.2-1.el9.x86_64", zlib, &["libz.so.1()(64bit)"]);
    let openssl =
        |entries: &[&str]| providing("openssl-libs-3-1.el9.x86_64", "openssl-3-1.el9", entries);
    let reference = [
        zlib_64(),
        providing("zlib-1.2-1.el9.i686", zlib, &["libz.so.1"]),
        openssl(&ssl[..]),
    ];
    let distribution = [
        zlib_64(),
        openssl(&[]),
        providing("compat-ssl-3-1.el9.x86_64", "compat-ssl-3-1.el9", &ssl),
    ];
    for (side, packages) in [("reference", &reference), ("distribution", &distribution)] {
        let repository = format!("{side}/x86_64");
        world.repository(&repository, packages, WrittenCompression::Gzip);
    }
    world.publish_at(FIRST).unwrap();
    let openssl = abi_of(&world, "openssl");
    assert_eq!(openssl.outcome.verdict, AbiVerdictName::Kept);
    let moved = &openssl.moved[0];
    assert_eq!(
        [&moved.entry, &moved.from, &moved.to],
        [ssl[0], "openssl-libs", "compat-ssl"]
    );
    let zlib = abi_of(&world, "zlib");
    assert_eq!(zlib.outcome.verdict, AbiVerdictName::Kept);
    assert_eq!(zlib.absent_beside, ["zlib.i686"]);
    assert_eq!(zlib.entries_not_compared, 1);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn kernel_lists_stand_in_for_provides_of_both_sides_alone() {
    let kernel = "kernel-core-5.14-1.el9.x86_64";
    let world_of = |reference: &[&str], distribution: &[&str], lists: [Option<&str>; 2]| {
        let world = World::new();
        let sides = ["reference", "distribution"];
        for (side, (entries, list)) in sides
            .iter()
            .zip([reference, distribution].iter().zip(lists))
        {
            world.repository(
                &format!("{side}/x86_64"),
                &[providing(kernel, "kernel-5.14-1.el9", entries)],
                WrittenCompression::Gzip,
            );
            world.write(&format!("lists/{side}/README"), "");
            if let Some(list) = list {
                world.write(&format!("lists/{side}/kernel-5.14-1.el9.x86_64"), list);
            }
        }
        world.configure(
            "[[release.kernel_lists]]\nreference = \"lists/reference\"\ndistribution = \"lists/distribution\"",
        );
        world.publish_at(FIRST).unwrap();
        world
    };
    let provides = ["kernel(printk) = 0x92997ed8", "kernel(kfree) = 0x037a0cba"];
    let told = |side: &str| {
        format!(
            "kernel lists of the {side}: README: its name begins with that of no kernel, so it is read for no \
             architecture; name it NAME-VERSION-RELEASE.ARCHITECTURE, or take it out."
        )
    };
    let changed = ["kernel(printk) = 0x92997ed8", "kernel(kfree) = 0x12345678"];
    let list = Some("0x92997ed8\tprintk\tvmlinux\tEXPORT_SYMBOL\n");
    let world = world_of(&provides, &changed, [list, list]);
    let warnings = world.report("9").warnings;
    assert_eq!(warnings, ["distribution", "reference"].map(told));
    assert_eq!(abi_of(&world, "kernel").changed[0].entry, "kernel(kfree)");
    let reason_of = |world: &World| abi_of(world, "kernel").outcome.not_compared;
    let world = world_of(&provides, &[], [None, list]);
    assert_eq!(
        reason_of(&world),
        Some(AbiNotComparedName::KernelSourcesDiffer)
    );
    let world = world_of(&[], &[], [list, None]);
    assert_eq!(
        reason_of(&world),
        Some(AbiNotComparedName::DistributionKernelUnknown)
    );
    let totals = world.report("9").architectures[0].abi.clone().unwrap();
    assert_eq!(totals.entries_not_compared, 1);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn without_the_wish_nothing_is_said_of_binary_interfaces() {
    let world = World::new();
    world.reconfigure("id = \"9\"", "id = \"9\"\nabi = false");
    world.publish_at(FIRST).unwrap();
    let report = world.report("9");
    assert!(report.packages.abi.is_empty());
    assert_eq!(report.architectures[0].abi, None);
    assert_eq!(world.package("9", "bash").architectures[0].abi, None);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn reports_of_tools_stand_with_the_package() {
    let world = World::new();
    world.configure("[[release.tool_reports]]\nfolder = \"reports\"");
    world.write(
        "reports/bash/x86_64/abipkgdiff.txt",
        "  Removed binaries:\n",
    );
    world.write("reports/bash/x86_64/abipkgdiff.status", "12\n");
    world.write(
        "reports/bash/rpminspect.json",
        r#"{"abidiff": [{"result": "OK"}]}"#,
    );
    world.write("reports/bush/abipkgdiff.txt", "");
    world.write("reports/bash/i686/abipkgdiff.txt", "");
    world.write("reports/bash/s390x/abipkgdiff.txt", "");
    world.write("reports/bash/x86-64/abipkgdiff.txt", "");
    world.publish_at(FIRST).unwrap();
    let reports = world.package("9", "bash").tool_reports;
    let shown: Vec<_> = reports
        .iter()
        .map(|report| {
            (
                report.architecture.as_deref(),
                report.status,
                report.said.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (None, ToolStatusName::Unchanged, Some("OK")),
            (
                Some("x86_64"),
                ToolStatusName::Incompatible,
                Some("exit status 12")
            ),
            (Some("s390x"), ToolStatusName::Unchanged, None),
            (Some("i686"), ToolStatusName::Unchanged, None),
        ]
    );
    let told = |folder: &str, what: &str| {
        let path = world.path(&format!("reports/bash/{folder}"));
        format!(
            "bash: {} {what}: rename it to one of x86_64, or take it out.",
            path.display()
        )
    };
    assert_eq!(
        world.report("9").warnings,
        [
            &*told(
                "s390x",
                "is of an architecture that the release does not have"
            ),
            &*told(
                "x86-64",
                "is named for no architecture, so that no report in it is read"
            ),
            "bush: changes, source texts or reports of it are at hand, yet no list that was read has this package."
        ]
    );
}

#[test]
fn a_report_that_is_none_is_told_and_costs_no_other() {
    let world = World::new();
    world.configure("[[release.tool_reports]]\nfolder = \"reports\"");
    world.write("reports/bash/abipkgdiff.txt", "");
    world.write("reports/bash/abipkgdiff.status", "exit 4");
    world.write("reports/bash/x86_64/rpminspect.json", "{\"abidiff\": [");
    world.write("reports/dnf/abipkgdiff.txt", "");
    world.publish_at(FIRST).unwrap();
    assert_eq!(world.package("9", "bash").tool_reports, []);
    assert_eq!(world.package("9", "dnf").tool_reports.len(), 1);
    let warnings = world.report("9").warnings;
    let check = |index: usize, file: &str, cause: &str| {
        let start = format!("bash: {}: {cause}", world.path(file).display());
        let end =
            ", so that the report is left out: let the tool write the file again, or take it out.";
        let told: &String = &warnings[index];
        assert!(told.starts_with(&start) && told.ends_with(end), "{told}");
    };
    check(
        0,
        "reports/bash/abipkgdiff.status",
        "this is no exit status, a number from 0 to 255",
    );
    check(
        1,
        "reports/bash/x86_64/rpminspect.json",
        "it is no report of rpminspect: EOF while parsing",
    );
    assert_eq!(warnings.len(), 2);
}

#[test]
fn folders_of_reports_that_are_none_are_told() {
    let check = |file: &str, text: &str, expected: &str| {
        let world = World::new();
        world.publish_at(FIRST).unwrap();
        world.check_fault(
            |world| {
                world.configure("[[release.tool_reports]]\nfolder = \"reports\"");
                world.write(&format!("reports/{file}"), text);
            },
            &[expected, "remedy: "],
        );
    };
    check(
        "bash/notes.txt",
        "x",
        "it holds neither abipkgdiff.txt nor rpminspect.json",
    );
    check("notes.txt", "x", "this is no folder of a source package");
    World::new().check_fault(
        |world| world.configure("[[release.tool_reports]]\nfolder = \"nowhere\""),
        &["there is no such file or folder"],
    );
}

/// Real lists of two kernels, compared on one architecture: kept, missing, changed, added.
fn kernels(data: &Path, reference: &str, distribution: &str, architecture: &str) -> [u32; 4] {
    let world = World::new();
    for (side, version) in [("reference", reference), ("distribution", distribution)] {
        let kernel = format!("kernel-{version}");
        world.repository(
            &format!("{side}/{architecture}"),
            &[package(&format!("{kernel}.{architecture}"), &kernel)],
            WrittenCompression::Gzip,
        );
    }
    world.reconfigure("name = \"x86_64\"", &format!("name = \"{architecture}\""));
    let folder = data.join("kabi");
    world.configure(&format!(
        "[[release.kernel_lists]]\nreference = \"{0}\"\ndistribution = \"{0}\"",
        folder.display()
    ));
    world.publish_at(FIRST).unwrap();
    let abi = abi_of(&world, "kernel");
    assert_eq!(abi.symbol_versions, None);
    let counts = abi.kernel_symbols.unwrap();
    [counts.kept, counts.missing, counts.changed, counts.added]
}

#[test]
fn real_lists_of_kernel_symbols() {
    let Some(data) = real_data() else { return };
    let [old, first, later] = ["477.27.1.el8_8", "513.5.1.el8_9", "513.18.1.el8_9"]
        .map(|release| format!("4.18.0-{release}"));
    for (architecture, entries) in [
        ("x86_64", 796),
        ("aarch64", 728),
        ("ppc64le", 718),
        ("s390x", 677),
    ] {
        let z_stream = kernels(&data, &first, &later, architecture);
        assert_eq!(z_stream, [entries, 0, 0, 0], "{architecture}");
    }
    assert_eq!(kernels(&data, &old, &first, "x86_64"), [756, 0, 0, 40]);
    assert_eq!(kernels(&data, &first, &old, "x86_64"), [756, 40, 0, 0]);
    let nowhere = SourcePackage {
        name: "kernel".to_owned(),
        evr: Evr::new(0, "1", "1"),
        epoch_known: true,
        repository: String::new(),
        built: None,
        binaries: vec![],
        abi: SourceAbi::default(),
        versions_beside: vec![],
    };
    let list = kernel_list_of(&data.join("kabi"), &nowhere, Architecture::X86_64).unwrap();
    assert_eq!(list, None);
}

#[test]
fn real_packages_of_centos_8_against_themselves_and_with_sonames_removed() {
    let Some(data) = real_data() else { return };
    let text = unpacked(&data.join("repodata/centos8-primary-598pkgs-bazeldnf.xml.gz"));
    let world = World::new();
    world.primary("reference/x86_64", &text);
    world.primary("distribution/x86_64", &text);
    world.publish_at(FIRST).unwrap();
    let totals = world.report("9").architectures[0].abi.clone().unwrap();
    println!(
        "against itself: {}, {:?}",
        shown(&totals),
        totals.symbol_versions
    );
    let (exported, counts) = (totals.symbol_versions.kept, totals.symbol_versions);
    // As an independent script counts the newest builds: 93 sources, of which 74 have libraries.
    assert_eq!((totals.kept, exported), (74, 707));
    assert_eq!([totals.extended, totals.broken], [0, 0]);
    assert_eq!([counts.missing, counts.added], [0, 0]);

    let removed = [
        "libz.so.1(ZLIB_1.2.9)(64bit)",
        "libpng16.so.16()(64bit)",
        "libacl.so.1(ACL_1.1)(64bit)",
    ];
    let (mut cut, mut in_provides, mut taken) = (String::new(), false, Vec::new());
    for line in text.split_inclusive('\n') {
        in_provides = (in_provides || line.contains("<provides>")) && !line.contains("</provides>");
        let entry = removed
            .iter()
            .find(|name| line.contains(&format!("\"{name}\"")));
        match entry.filter(|_| in_provides) {
            Some(name) => taken.push(*name),
            None => cut.push_str(line),
        }
    }
    println!("removed: {taken:?}");
    assert!(taken.len() >= 2);
    world.primary("distribution/x86_64", &cut);
    world.publish_at(super::support::SECOND).unwrap();
    let report = world.report("9");
    let mut missing = Vec::new();
    for name in &report.packages.names {
        let abi = abi_of(&world, name);
        assert_eq!(
            abi.outcome.verdict == AbiVerdictName::Broken,
            !abi.missing.is_empty()
        );
        missing.extend(abi.missing.into_iter().map(|found| found.entry));
    }
    taken.sort_unstable();
    missing.sort_unstable();
    assert_eq!(missing, taken);
    let totals = report.architectures[0].abi.clone().unwrap();
    assert_eq!(totals.symbol_versions.missing as usize, taken.len());
    assert_eq!(
        totals.symbol_versions.kept as usize,
        exported as usize - taken.len()
    );
}

#[test]
fn a_folder_of_kernel_lists_that_is_not_there_is_refused() {
    let world = World::new();
    let kernel = [package("kernel-5-1.el9.x86_64", "kernel-5-1.el9")];
    for side in ["reference", "distribution"] {
        world.repository(&format!("{side}/x86_64"), &kernel, WrittenCompression::Gzip);
    }
    world.check_fault(
        |world| {
            world.configure(
                "[[release.kernel_lists]]\nreference = \"lists\"\ndistribution = \"lists\"",
            );
        },
        &["lists: there is no such folder"],
    );
}

#[test]
fn real_reports_of_tools() {
    let Some(data) = real_data() else { return };
    let world = World::new();
    world.configure("[[release.tool_reports]]\nfolder = \"reports\"");
    let lines_of = |name: &str, file: &str, source: &Path| {
        let text = fs::read_to_string(source).unwrap();
        world.write(&format!("reports/{name}/{file}"), &text);
    };
    let abi = data.join("abi");
    lines_of(
        "bash",
        "abipkgdiff.txt",
        &abi.join("spice-server-0.12.4-19.el7.x86_64-0.12.8-1.el7.x86_64-report-0.txt"),
    );
    lines_of(
        "openssl",
        "abipkgdiff.txt",
        &abi.join("gmp-4.3.1-7.el6_2.2.ppc64--gmp-4.3.1-10.el6.ppc64-report-0.txt"),
    );
    lines_of(
        "openssl",
        "rpminspect.json",
        &data.join("rpminspect/mu-1.0.3-5.fc34.result.json"),
    );
    world.publish_at(FIRST).unwrap();
    let spice = &world.package("9", "bash").tool_reports[0];
    assert_eq!(spice.status, ToolStatusName::Incompatible);
    assert_eq!(
        spice.lines[..2],
        [
            "changes of 'libspice-server.so.1.8.0'",
            "Functions changes summary: 1 Removed, 1 Changed (78 filtered out), 8 Added functions",
        ]
    );
    let [gmp, mu] = &world.package("9", "openssl").tool_reports[..] else {
        panic!("two reports");
    };
    assert_eq!(
        (gmp.status, gmp.lines.len()),
        (ToolStatusName::Unchanged, 0)
    );
    assert_eq!(mu.status, ToolStatusName::Unchanged);
    assert_eq!(mu.lines[1..], ["abidiff: OK", "kmidiff: OK"]);
}
