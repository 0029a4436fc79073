//! Libraries that are really built with symbol versions, by gcc and rpmbuild: dropped, added and renamed versions get the
//! expected verdicts, and abipkgdiff agrees.

use super::built_packages::{build_spec, run};
use super::support::{FIRST, World};
use almanac::publish::abi_reports::read_tool_reports;
use almanac::report::{AbiVerdictName, ToolStatusName};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A library by its symbol versions on either side; each has one function, which bears the lower-case name.
struct Library {
    name: &'static str,
    reference: &'static [&'static str],
    distribution: &'static [&'static str],
    verdict: AbiVerdictName,
    missing: &'static [&'static str],
    added: &'static [&'static str],
    abipkgdiff: ToolStatusName,
}

const LIBRARIES: [Library; 4] = [
    Library {
        name: "libkept",
        reference: &["DAY_1", "MONTH_2"],
        distribution: &["DAY_1", "MONTH_2"],
        verdict: AbiVerdictName::Kept,
        missing: &[],
        added: &[],
        abipkgdiff: ToolStatusName::Unchanged,
    },
    Library {
        name: "libadded",
        reference: &["DAY_1"],
        distribution: &["DAY_1", "MONTH_2"],
        verdict: AbiVerdictName::Extended,
        missing: &[],
        added: &["MONTH_2"],
        abipkgdiff: ToolStatusName::Changed,
    },
    Library {
        name: "libdropped",
        reference: &["DAY_1", "MONTH_2"],
        distribution: &["DAY_1"],
        verdict: AbiVerdictName::Broken,
        missing: &["MONTH_2"],
        added: &[],
        abipkgdiff: ToolStatusName::Incompatible,
    },
    Library {
        name: "librenamed",
        reference: &["DAY_1", "MONTH_2"],
        distribution: &["DAY_1", "MONTH_3"],
        verdict: AbiVerdictName::Broken,
        missing: &["MONTH_2"],
        added: &["MONTH_3"],
        abipkgdiff: ToolStatusName::Incompatible,
    },
];

fn spec(name: &str, versions: &[&str]) -> String {
    let function = |version: &str| version.split('_').next().unwrap_or_default().to_lowercase();
    let code: String = versions
        .iter()
        .map(|version| {
            format!(
                "int {0}(void) {{ return {1}; }}\n",
                function(version),
                version.len()
            )
        })
        .collect();
    let map: String = versions
        .iter()
        .map(|version| format!("{version} {{ global: {}; }};\n", function(version)))
        .collect();
    format!(
        "%global debug_package %{{nil}}\nName: {name}\nVersion: 1\nRelease: 1.el9\nSummary: x\nLicense: MIT\n\
         %description\nx\n%prep\ncat > x.c <<'C'\n{code}C\ncat > x.map <<'MAP'\n{map}MAP\n%build\n\
         cc -g -shared -fPIC -Wl,--version-script=x.map -Wl,-soname,{name}.so.1 -o {name}.so.1 x.c\n%install\n\
         mkdir -p %{{buildroot}}/usr/lib64\ncp {name}.so.1 %{{buildroot}}/usr/lib64/\n%files\n/usr/lib64/{name}.so.1\n"
    )
}

fn rpm_of(folder: &Path, name: &str) -> PathBuf {
    let architecture = std::env::consts::ARCH;
    folder.join(format!("{architecture}/{name}-1-1.el9.{architecture}.rpm"))
}

/// Lets abipkgdiff compare a library, where it is installed, and keeps what it says as a report.
fn compare_by_abipkgdiff(world: &World, name: &str) -> bool {
    let [reference, distribution] = ["reference", "distribution"]
        .map(|side| rpm_of(&world.path(&format!("{side}/built")), name));
    let run = Command::new("abipkgdiff")
        .arg("--no-default-suppression")
        .args([&reference, &distribution])
        .output();
    let Ok(output) = run else {
        println!("skipped: abipkgdiff is not installed");
        return false;
    };
    let status = output.status.code().expect("an exit status");
    world.write(&format!("texts/{name}/abipkgdiff.txt"), &output.stdout);
    world.write(&format!("reports/{name}/abipkgdiff.txt"), output.stdout);
    world.write(
        &format!("reports/{name}/abipkgdiff.status"),
        status.to_string(),
    );
    true
}

#[test]
fn symbol_versions_of_built_libraries() {
    let world = World::new();
    let architecture = std::env::consts::ARCH;
    let folder = world.path("build");
    fs::create_dir_all(&folder).unwrap();
    for side in ["reference", "distribution"] {
        let target = world.path(&format!("{side}/built"));
        for library in &LIBRARIES {
            let versions = if side == "reference" {
                library.reference
            } else {
                library.distribution
            };
            build_spec(
                &folder,
                library.name,
                &spec(library.name, versions),
                &target,
            );
        }
        run(Command::new("createrepo_c").arg("--quiet").arg(&target));
        world.reconfigure(&format!("{side}/$arch"), &format!("{side}/built"));
    }
    world.reconfigure("name = \"x86_64\"", &format!("name = \"{architecture}\""));
    let has_abipkgdiff = LIBRARIES
        .iter()
        .all(|library| compare_by_abipkgdiff(&world, library.name));
    if has_abipkgdiff {
        world.configure("[[release.tool_reports]]\nfolder = \"reports\"");
        let from_texts = read_tool_reports(&world.path("texts"), &[], &mut Vec::new()).unwrap();
        for library in &LIBRARIES {
            let report = &from_texts[library.name][0];
            assert_eq!(
                report.status, library.abipkgdiff,
                "the text alone: {report:?}"
            );
        }
    }
    world.publish_at(FIRST).unwrap();
    for library in &LIBRARIES {
        let name = library.name;
        let package = world.package("9", name);
        let abi = package.architectures[0].abi.as_ref().unwrap();
        assert_eq!(abi.outcome.verdict, library.verdict, "{name}");
        let entry = |version: &&str| format!("{name}.so.1({version})(64bit)");
        let expected = |versions: &[&str]| versions.iter().map(entry).collect::<Vec<_>>();
        let missing = abi.missing.iter().map(|found| found.entry.clone());
        let added = abi.added.iter().map(|found| found.entry.clone());
        assert_eq!(
            missing.collect::<Vec<_>>(),
            expected(library.missing),
            "{name}"
        );
        assert_eq!(added.collect::<Vec<_>>(), expected(library.added), "{name}");
        if has_abipkgdiff {
            let report = &package.tool_reports[0];
            assert_eq!(report.status, library.abipkgdiff, "{name}: {report:?}");
        }
    }
}
