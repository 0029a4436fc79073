use super::*;
use crate::domain::Nvr;

fn check(packages: &[(&str, &str)], expected: &[&str]) {
    let mut collector = SourceCollector::new(Architecture::X86_64);
    for (nevra, source) in packages {
        collector.add(
            "BaseOS",
            BinaryPackage {
                nevra: nevra.parse().unwrap(),
                source: source.parse::<Nvr>().unwrap(),
                built: None,
                abi: None,
            },
        );
    }
    let shown: Vec<String> = collector
        .into_sources()
        .into_values()
        .map(|package| {
            let binaries = package.binaries.join(",");
            format!("{} {} [{binaries}]", package.name, package.evr)
        })
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn what_others_collected_comes_after() {
    let collected = |repository: &str, nevra: &str, abi: Option<&str>| {
        let mut collector = SourceCollector::new(Architecture::X86_64);
        let package = BinaryPackage {
            nevra: nevra.parse().unwrap(),
            source: "bash-5-1".parse::<Nvr>().unwrap(),
            built: None,
            abi: abi.map(|line| AbiList::of_lines([line])),
        };
        assert!(collector.add(repository, package));
        collector
    };
    let mut first = collected("BaseOS", "bash-5-1.x86_64", None);
    first.merge(collected("CRB", "bash-5-1.x86_64", Some("liba.so")));
    first.merge(collected("CRB", "bash-a-5-1.x86_64", None));
    let sources = first.into_sources();
    let package = &sources["bash"];
    assert_eq!(package.repository, "BaseOS");
    assert_eq!(package.binaries, ["bash", "bash-a"]);
    let known: Vec<bool> = package.abi.binaries.iter().map(Option::is_some).collect();
    assert_eq!(known, [true, false]);
}

#[test]
fn groups_and_keeps_the_newest() {
    check(
        &[
            ("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9"),
            ("bash-5.1.8-10.el9.x86_64", "bash-5.1.8-10.el9"),
            ("bash-doc-5.1.8-10.el9.noarch", "bash-5.1.8-10.el9"),
            ("glibc-2.34-1.el9.i686", "glibc-2.34-1.el9"),
        ],
        &["bash 5.1.8-10.el9 [bash,bash-doc]"],
    );
}

#[test]
fn a_subpackage_with_a_version_of_its_own_does_not_lend_its_epoch() {
    check(
        &[
            ("perl-libs-4:5.32.1-481.el9.x86_64", "perl-5.32.1-481.el9"),
            ("perl-Errno-0:1.30-481.el9.x86_64", "perl-5.32.1-481.el9"),
            ("perl-CPAN-9:2.28-481.el9.noarch", "perl-5.32.1-481.el9"),
        ],
        &["perl 4:5.32.1-481.el9 [perl-CPAN,perl-Errno,perl-libs]"],
    );
    check(
        &[
            ("bind-libs-33:9.16-1.el9.x86_64", "bind-9.16-1.el9"),
            ("bind-32:9.16-1.el9.x86_64", "bind-9.16-1.el9"),
        ],
        &["bind 32:9.16-1.el9 [bind,bind-libs]"],
    );
}

#[test]
fn an_epoch_that_no_binary_package_tells_is_not_known() {
    let check = |packages: &[(&str, &str)], expected: (&str, bool)| {
        let mut collector = SourceCollector::new(Architecture::X86_64);
        for (nevra, source) in packages {
            let package = BinaryPackage {
                nevra: nevra.parse().unwrap(),
                source: source.parse::<Nvr>().unwrap(),
                built: None,
                abi: None,
            };
            collector.add("BaseOS", package);
        }
        let sources = collector.into_sources();
        let package = &sources["perl"];
        let found = (package.evr.to_string(), package.epoch_known);
        assert_eq!(found, (expected.0.to_owned(), expected.1), "{packages:?}");
    };
    let of_its_own = ("perl-Errno-9:1.38-512.el10.x86_64", "perl-5.40-512.el10");
    check(&[of_its_own], ("5.40-512.el10", false));
    check(
        &[
            of_its_own,
            ("perl-libs-4:5.40-512.el10.x86_64", "perl-5.40-512.el10"),
        ],
        ("4:5.40-512.el10", true),
    );
    let older = ("perl-libs-4:5.40-511.el10.x86_64", "perl-5.40-511.el10");
    check(&[older, of_its_own], ("5.40-512.el10", false));
    let newer = ("perl-libs-4:5.40-513.el10.x86_64", "perl-5.40-513.el10");
    check(&[newer, of_its_own], ("4:5.40-513.el10", true));
}

#[test]
fn a_multilib_package_of_another_version_is_there_and_tells_nothing() {
    let mut collector = SourceCollector::new(Architecture::X86_64);
    for (nevra, source) in [
        ("zlib-1-2.el9.x86_64", "zlib-1-2.el9"),
        ("zlib-1-1.el9.i686", "zlib-1-1.el9"),
    ] {
        let package = BinaryPackage {
            nevra: nevra.parse().unwrap(),
            source: source.parse::<Nvr>().unwrap(),
            built: None,
            abi: Some(AbiList::of_lines(["libz.so.1"])),
        };
        collector.add("BaseOS", package);
    }
    let sources = collector.into_sources();
    assert_eq!(
        sources["zlib"].abi.multilib,
        [("zlib.i686".to_owned(), None)]
    );
}

#[test]
fn multilib_packages_are_part_of_the_binary_interface_alone() {
    let mut collector = SourceCollector::new(Architecture::X86_64);
    for (nevra, source) in [
        ("zlib-1-2.el9.i686", "zlib-1-2.el9"),
        ("zlib-1-1.el9.i686", "zlib-1-1.el9"),
        ("zlib-1-2.el9.x86_64", "zlib-1-2.el9"),
        ("zlib-1-2.el9.i686", "zlib-1-2.el9"),
        ("wine-1-1.el9.i686", "wine-1-1.el9"),
    ] {
        let package = BinaryPackage {
            nevra: nevra.parse().unwrap(),
            source: source.parse::<Nvr>().unwrap(),
            built: None,
            abi: Some(AbiList::of_lines(["libz.so.1"])),
        };
        let counts = collector.add("BaseOS", package);
        assert_eq!(counts, nevra.ends_with(".x86_64"), "{nevra}");
    }
    let alone = [(Architecture::I686, vec!["wine"])];
    assert_eq!(collector.of_other_architectures(), alone);
    let sources = collector.into_sources();
    assert_eq!(sources.keys().collect::<Vec<_>>(), ["zlib"]);
    let package = &sources["zlib"];
    assert_eq!(package.binaries, ["zlib"]);
    let multilib = package.abi.multilib.iter().map(|(name, _)| name.as_str());
    assert_eq!(multilib.collect::<Vec<_>>(), ["zlib.i686"]);
}

#[test]
fn what_is_there_for_another_architecture_alone_is_known() {
    let of = |packages: &[&str]| {
        let mut collector = SourceCollector::new(Architecture::X86_64);
        for nevra in packages {
            let package = BinaryPackage {
                nevra: nevra.parse().unwrap(),
                source: "zlib-1-2.el9".parse::<Nvr>().unwrap(),
                built: None,
                abi: None,
            };
            collector.add("BaseOS", package);
        }
        collector
    };
    let check = |packages: &[&str], expected: &[(Architecture, Vec<&str>)]| {
        assert_eq!(of(packages).of_other_architectures(), expected);
        let mut merged = of(&[]);
        merged.merge(of(packages));
        assert_eq!(merged.of_other_architectures(), expected);
    };
    let (own, second) = ("zlib-1-2.el9.x86_64", "zlib-1-2.el9.x86_64_v2");
    check(&[own], &[]);
    check(&[own, second, "zlib-1-2.el9.i686"], &[]);
    check(&[second], &[(Architecture::X86_64V2, vec!["zlib"])]);
    check(
        &[second, "zlib-1-2.el9.i686"],
        &[
            (Architecture::I686, vec!["zlib"]),
            (Architecture::X86_64V2, vec!["zlib"]),
        ],
    );
}

#[test]
fn other_versions_are_kept_where_any_is_a_module() {
    let check = |versions: &[&str], expected: &[&str]| {
        let mut collector = SourceCollector::new(Architecture::X86_64);
        for version in versions {
            let package = BinaryPackage {
                nevra: format!("pg-{version}.x86_64").parse().unwrap(),
                source: format!("pg-{version}").parse::<Nvr>().unwrap(),
                built: None,
                abi: None,
            };
            collector.add("AppStream", package);
        }
        let sources = collector.into_sources();
        let beside = sources["pg"].versions_beside.iter();
        let beside: Vec<String> = beside.map(Evr::to_string).collect();
        assert_eq!(beside, expected, "{versions:?}");
    };
    check(&["16-1.el9", "15-1.el9"], &[]);
    check(&["16-1.module+el9.4.0+1+a"], &[]);
    check(
        &[
            "13-1.el9",
            "16-1.module+el9.4.0+1+a",
            "15-1.module+el9.4.0+2+b",
        ],
        &["15-1.module+el9.4.0+2+b", "13-1.el9"],
    );
    check(
        &["15-1.module+el9.4.0+2+b", "16-1.el9"],
        &["15-1.module+el9.4.0+2+b"],
    );
}

#[test]
fn an_epoch_outranks_a_version_when_the_newest_is_chosen() {
    check(
        &[
            ("dbus-1:1.12-1.el9.x86_64", "dbus-1.12-1.el9"),
            ("dbus-1.14-1.el9.x86_64", "dbus-1.14-1.el9"),
        ],
        &["dbus 1:1.12-1.el9 [dbus]"],
    );
}
