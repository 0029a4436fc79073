//! Packages that are really built, by rpmbuild and createrepo_c, are compared as expected.

use super::support::{FIRST, World, rows};
use almanac::report::AbiVerdictName;
use std::fs;
use std::path::Path;
use std::process::Command;

/// One spec file and which sides build it, with the version and release of each.
struct Built {
    name: &'static str,
    /// What stands in the preamble beside name, version and release.
    preamble: &'static str,
    /// What stands behind the preamble: the other sections.
    sections: &'static str,
    reference: Option<(&'static str, &'static str)>,
    distribution: Option<(&'static str, &'static str)>,
}

const EMPTY: &str = "%description\nx\n%files\n";

const LIBRARY: &str = r#"%description
x
%package devel
Summary: x
%description devel
x
%prep
cat > almanac.c <<'C'
int almanac_day(void) { return 1; }
int almanac_month(void) { return 2; }
C
cat > almanac.map <<'MAP'
ALMANAC_1.0 { global: almanac_day; local: *; };
ALMANAC_1.1 { global: almanac_month; } ALMANAC_1.0;
MAP
%build
cc -shared -fPIC -Wl,--version-script=almanac.map -Wl,-soname,libalmanac.so.1 -o libalmanac.so.1 almanac.c
%install
mkdir -p %{buildroot}/usr/lib64
cp libalmanac.so.1 %{buildroot}/usr/lib64/
%files
/usr/lib64/libalmanac.so.1
%files devel
"#;

const WITH_SUBPACKAGES: &str = r#"%description
x
%package libs
Summary: x
%description libs
x
%package Errno
Summary: x
Epoch: 0
Version: 1.30
%description Errno
x
%files
%files libs
%files Errno
"#;

const PACKAGES: [Built; 11] = [
    Built {
        name: "libalmanac",
        preamble: "",
        sections: LIBRARY,
        reference: Some(("1.1", "1.el9")),
        distribution: Some(("1.1", "1.el9")),
    },
    Built {
        name: "noarchkit",
        preamble: "BuildArch: noarch",
        sections: EMPTY,
        reference: Some(("5.1", "3.el9_6")),
        distribution: Some(("5.1", "3.el9_6")),
    },
    Built {
        name: "patchedkit",
        preamble: "",
        sections: EMPTY,
        reference: Some(("4.14.0", "25.el9")),
        distribution: Some(("4.14.0", "25.el9.alma.1")),
    },
    Built {
        name: "epochkit",
        preamble: "Epoch: 32",
        sections: EMPTY,
        reference: Some(("9.16.23", "31.el9_6")),
        distribution: Some(("9.16.23", "31.el9")),
    },
    Built {
        name: "perlkit",
        preamble: "Epoch: 4",
        sections: WITH_SUBPACKAGES,
        reference: Some(("5.32.1", "481.el9")),
        distribution: Some(("5.32.1", "481.el9")),
    },
    Built {
        name: "tildekit",
        preamble: "",
        sections: EMPTY,
        reference: Some(("1.0", "1.el9")),
        distribution: Some(("1.0~rc1", "1.el9")),
    },
    Built {
        name: "caretkit",
        preamble: "",
        sections: EMPTY,
        reference: Some(("1.0", "1.el9")),
        distribution: Some(("1.0^git20260801", "1.el9")),
    },
    Built {
        name: "modulekit",
        preamble: "BuildArch: noarch",
        sections: EMPTY,
        reference: Some(("2", "1.module+el8.10.0+22196+d82931da.2")),
        distribution: Some(("2", "1.module_el8.10.0+4185+0955a0d7.2")),
    },
    Built {
        name: "redhat-logokit",
        preamble: "BuildArch: noarch",
        sections: EMPTY,
        reference: Some(("90.4", "1.el9")),
        distribution: None,
    },
    Built {
        name: "almalinux-logokit",
        preamble: "BuildArch: noarch",
        sections: EMPTY,
        reference: None,
        distribution: Some(("90.4", "1.el9")),
    },
    Built {
        name: "referencekit",
        preamble: "",
        sections: EMPTY,
        reference: Some(("1", "1.el9")),
        distribution: None,
    },
];

pub fn run(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {told}");
}

fn build(folder: &Path, package: &Built, (version, release): (&str, &str), target: &Path) {
    let spec = format!(
        "%global debug_package %{{nil}}\nName: {}\nVersion: {version}\nRelease: {release}\nSummary: x\nLicense: MIT\n{}\n{}",
        package.name, package.preamble, package.sections
    );
    build_spec(folder, package.name, &spec, target);
}

/// Builds the binary packages of a spec file into a folder.
pub fn build_spec(folder: &Path, name: &str, spec: &str, target: &Path) {
    let path = folder.join(format!("{name}.spec"));
    fs::write(&path, spec).unwrap();
    run(Command::new("rpmbuild")
        .args(["-bb", "--quiet", "--define"])
        .arg(format!("_topdir {}", folder.display()))
        .arg("--define")
        .arg(format!("_rpmdir {}", target.display()))
        .args(["--define", "_build_id_links none"])
        .arg(&path));
}

#[test]
fn packages_that_were_really_built_are_compared_as_expected() {
    let world = World::new();
    let folder = world.path("build");
    for side in ["distribution", "reference"] {
        let target = world.path(&format!("{side}/{}", std::env::consts::ARCH));
        if target.exists() {
            fs::remove_dir_all(&target).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(&target).unwrap();
        for package in &PACKAGES {
            let version = if side == "reference" {
                package.reference
            } else {
                package.distribution
            };
            if let Some(version) = version {
                build(&folder, package, version, &target);
            }
        }
        // Of the day before the report: 2026-11-19T00:00:00Z.
        let dated = ["--revision=1795046400", "--set-timestamp-to-revision"];
        run(Command::new("createrepo_c")
            .arg("--quiet")
            .args(dated)
            .arg(&target));
    }
    world.reconfigure(
        "name = \"x86_64\"",
        &format!("name = \"{}\"", std::env::consts::ARCH),
    );
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        rows(&world.report("9").packages),
        [
            "almalinux-logokit | 90.4-1.el9 | 90.4-1.el9 | not-compared own-versions",
            "caretkit | 1.0^git20260801-1.el9 | 1.0-1.el9 | diverging unexplained",
            "epochkit | 32:9.16.23-31.el9 | 32:9.16.23-31.el9_6 | diverging update-pending",
            "libalmanac | 1.1-1.el9 | 1.1-1.el9 | matched",
            "modulekit | 2-1.module_el8.10.0+4185+0955a0d7.2 | 2-1.module+el8.10.0+22196+d82931da.2 | matched",
            "noarchkit | 5.1-3.el9_6 | 5.1-3.el9_6 | matched",
            "patchedkit | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | patched",
            "perlkit | 4:5.32.1-481.el9 | 4:5.32.1-481.el9 | matched",
            "referencekit |  | 1-1.el9 | diverging missing-unexpectedly",
            "tildekit | 1.0~rc1-1.el9 | 1.0-1.el9 | diverging update-pending",
        ]
    );
    assert_eq!(
        world.package("9", "perlkit").binaries,
        ["perlkit", "perlkit-Errno", "perlkit-libs"]
    );
    assert_eq!(
        world.package("9", "libalmanac").binaries,
        ["libalmanac", "libalmanac-devel"]
    );
    let kept = &world.package("9", "libalmanac").architectures[0];
    let kept = kept.abi.as_ref().unwrap();
    assert_eq!(kept.outcome.verdict, AbiVerdictName::Kept);
    assert_eq!(kept.symbol_versions.map(|counts| counts.kept), Some(3));
    assert_eq!(world.report("9").warnings, [""; 0]);
}
