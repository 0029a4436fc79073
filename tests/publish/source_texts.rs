//! Source texts: what is published of them, what they prove, and what is refused.

use super::support::{FIRST, World, rows};
use almanac::report::EvidenceName;
use std::fs;

fn with_texts() -> World {
    let world = World::new();
    world.configure("[[release.sources]]\nfolder = \"sources\"");
    world.write(
        "sources/dnf/package.toml",
        "reference = \"4.14.0-25.el9\"\ndistribution = \"4.14.0-25.el9.alma.1\"\nreference_label = \"c9s\"\n\
         [[change]]\nclass = \"feature\"\nsummary = \"Adds a plugin\"\norigin = \"https://a.example/1\"\nfiles = [\"SPECS/dnf.spec\"]\n",
    );
    world.write("sources/dnf/before/SPECS/dnf.spec", "Release: 25\n");
    world.write("sources/dnf/after/SPECS/dnf.spec", "Release: 25.alma.1\n");
    world.write("sources/dnf/before/SOURCES/logo.png", b"\x89PNG\0\0");
    world.write("sources/dnf/after/SOURCES/extra.conf", "+x\n");
    world
}

#[test]
fn texts_are_published_and_prove_a_modification() {
    let world = with_texts();
    world.publish_at(FIRST).unwrap();
    let package = world.package("9", "dnf");
    let texts = package.texts.as_ref().unwrap();
    let shown: Vec<String> = texts
        .files
        .iter()
        .map(|file| {
            let side = |side: &Option<almanac::report::SourceFileSide>| {
                side.as_ref().map_or("-".to_owned(), |side| {
                    format!("{} {}", side.bytes, side.published)
                })
            };
            format!(
                "{}: {} | {}",
                file.path,
                side(&file.reference),
                side(&file.distribution)
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "SOURCES/extra.conf: - | 3 true",
            "SOURCES/logo.png: 6 false | -",
            "SPECS/dnf.spec: 12 true | 19 true"
        ]
    );
    assert!(texts.current && !texts.complete);
    assert_eq!(
        (
            texts.reference_label.as_str(),
            texts.distribution_label.as_str()
        ),
        ("c9s", "AlmaLinux")
    );
    assert_eq!(package.changes[0].files, ["SPECS/dnf.spec"]);
    let digest = &texts.files[2].distribution.as_ref().unwrap().digest;
    let published = fs::read(world.output().join(format!("texts/{digest}.txt"))).unwrap();
    assert_eq!(published, b"Release: 25.alma.1\n");
    let report = world.report("9");
    assert_eq!(
        rows(&report.packages)[1],
        "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging feature"
    );
    assert_eq!(report.packages.reasons.len(), 1);
    assert_eq!(
        (
            report.packages.reasons[0].row,
            report.packages.reasons[0].text.as_str()
        ),
        (1, "Adds a plugin")
    );
}

#[test]
fn a_source_that_lacks_what_its_spec_declares_is_not_complete() {
    let check = |archive: &str, evidence: EvidenceName, lacking: &[&str]| {
        let world = World::new();
        world.configure("[[release.sources]]\nfolder = \"sources\"");
        world.write(
            "sources/bash/package.toml",
            "reference = \"5.1.8-9.el9\"\ndistribution = \"5.1.8-9.el9\"\ncomplete = true\n",
        );
        for side in ["before", "after"] {
            let folder = format!("sources/bash/{side}");
            let spec = "Name: bash\nVersion: 5.1.8\nSource0: %{name}-%{version}.tar.gz\n";
            world.write(&format!("{folder}/SPECS/bash.spec"), spec);
            world.write(&format!("{folder}/SOURCES/{archive}"), "x");
        }
        world.publish_at(FIRST).unwrap();
        let told = lacking.iter().map(|side| {
            format!(
                "bash: package.toml says that the source is complete, and {side} lacks bash-5.1.8.tar.gz, which its spec declares: it \
                 does not count as complete."
            )
        });
        assert_eq!(world.report("9").warnings, told.collect::<Vec<_>>());
        let package = world.package("9", "bash");
        assert_eq!(package.texts.unwrap().complete, lacking.is_empty());
        let found = package.architectures[0].outcome.evidence;
        assert_eq!(found, Some(evidence), "{archive}");
    };
    check("bash-5.1.8.tar.gz", EvidenceName::Proven, &[]);
    let inferred = EvidenceName::Inferred;
    check("bash-5.1.7.tar.gz", inferred, &["after", "before"]);
}

#[test]
fn what_rpmautospec_writes_into_a_spec_is_no_modification() {
    let check = |package: &str, [before, after]: [&str; 2], mark: &str, expected: &str| {
        let world = World::new();
        world.configure("[[release.sources]]\nfolder = \"sources\"");
        let spec = "Name: x\nRelease: %autorelease\n\n%changelog\n";
        let packed = format!(
            "## START: Set by rpmautospec\n## (rpmautospec version 0.6.5)\n## RPMAUTOSPEC: autorelease, autochangelog\n\
             %define autorelease(e:s:pb:n) %{{?-p:0.}}%{{lua:\n    release_number = 9;\n    \
             base_release_number = tonumber(rpm.expand(\"%{{?-b*}}%{{!?-b:1}}\"));\n    \
             print(release_number + base_release_number - 1);\n}}%{{?-e:.%{{-e*}}}}%{{?-s:.%{{-s*}}}}%{{!?-n:%{{?dist}}}}{mark}\n\
             ## END: Set by rpmautospec\n\n{spec}## START: Generated by rpmautospec\n* Ada\n- x\n## END: Generated by rpmautospec\n"
        );
        let folder = format!("sources/{package}");
        world.write(
            &format!("{folder}/before/x.spec"),
            format!("{spec}%autochangelog\n"),
        );
        world.write(&format!("{folder}/after/x.spec"), packed);
        world.write(
            &format!("{folder}/package.toml"),
            format!("reference = \"{before}\"\ndistribution = \"{after}\"\ncomplete = true\n"),
        );
        world.publish_at(FIRST).unwrap();
        let rows = rows(&world.report("9").packages);
        let row = rows.iter().find(|row| row.starts_with(package));
        assert_eq!(row.map(String::as_str), Some(expected));
        let outcome = world.package("9", package).architectures[0].outcome;
        assert_eq!(outcome.evidence, Some(EvidenceName::Proven));
    };
    let bash = "5.1.8-9.el9";
    let expected = "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | matched";
    check("bash", [bash, bash], "", expected);
    let dnf = ["4.14.0-25.el9", "4.14.0-25.el9.alma.1"];
    let expected = "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | patched";
    check("dnf", dnf, ".alma.1", expected);
}

#[test]
fn the_package_file_in_the_readme_is_sound() {
    let readme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let mut blocks = readme
        .split("```toml\n")
        .filter_map(|rest| rest.split_once("```"))
        .map(|(block, _)| block)
        .filter(|block| block.contains("reference_label"));
    let (Some(block), None) = (blocks.next(), blocks.next()) else {
        panic!("there is one example");
    };
    let world = with_texts();
    for side in ["before", "after"] {
        fs::remove_dir_all(world.path(&format!("sources/dnf/{side}/SOURCES"))).unwrap();
    }
    world.write("sources/dnf/package.toml", block);
    world.publish_at(FIRST).unwrap();
    let package = world.package("9", "dnf");
    let texts = package.texts.unwrap();
    assert!(texts.current && texts.complete);
    assert_eq!(
        [&texts.reference_label, &texts.distribution_label],
        ["CentOS Stream c9s 1f0c2ab", "AlmaLinux a9 77be901"]
    );
    let [change] = &package.changes[..] else {
        panic!("there is one change");
    };
    assert_eq!(change.files, ["SPECS/dnf.spec"]);
    assert_eq!(
        change.origin.as_deref(),
        Some("https://git.almalinux.org/rpms/dnf")
    );
    // Each key of the file stands in the example, and no other.
    let keys = |text: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.split_once(" = "));
        let mut keys: Vec<String> = lines.map(|(key, _)| key.to_owned()).collect();
        keys.sort();
        keys
    };
    assert_eq!(
        keys(block),
        [
            "class",
            "complete",
            "distribution",
            "distribution_label",
            "files",
            "origin",
            "reference",
            "reference_label",
            "summary"
        ]
    );
    assert_eq!(world.report("9").warnings, [""; 0]);
}

#[test]
fn the_order_of_a_list_of_archives_and_what_no_spec_declares_decide_nothing() {
    let check = |before: &str, after: &str, files: &[&str]| {
        let world = World::new();
        world.configure("[[release.sources]]\nfolder = \"sources\"");
        world.write(
            "sources/bash/package.toml",
            "reference = \"5.1.8-9.el9\"\ndistribution = \"5.1.8-9.el9\"\ncomplete = true\n",
        );
        for (side, list) in [("before", before), ("after", after)] {
            let spec = "Source0: bash.tar.gz\nSource1: extra.tar.gz\n";
            world.write(&format!("sources/bash/{side}/bash.spec"), spec);
            let lines: String = list
                .chars()
                .map(|letter| match letter {
                    'b' => "0123456789abcdef0123456789abcdef bash.tar.gz\n",
                    'e' => "fedcba9876543210fedcba9876543210 extra.tar.gz\n",
                    _ => "fedcba9876543210fedcba9876543210 other.tar.gz\n",
                })
                .collect();
            world.write(&format!("sources/bash/{side}/sources"), lines);
        }
        world.publish_at(FIRST).unwrap();
        let package = world.package("9", "bash");
        let paths: Vec<String> = package
            .texts
            .unwrap()
            .files
            .into_iter()
            .map(|file| file.path)
            .collect();
        assert_eq!(paths, files, "{before} {after}");
        let row = rows(&world.report("9").packages)[0].clone();
        let is_matched = row.ends_with("matched");
        assert_eq!(is_matched, files.len() == 1, "{before} {after}: {row}");
    };
    check("be", "eb", &["bash.spec"]);
    check("be", "xeb", &["bash.spec"]);
    check("be", "b", &["bash.spec", "sources"]);
}

#[test]
fn what_decides_nothing_makes_no_difference() {
    let published = |complete: bool, before: &[(&str, &str)], after: &[(&str, &str)]| {
        let world = World::new();
        world.configure("[[release.sources]]\nfolder = \"sources\"");
        let evr = "5.1.8-9.el9";
        world.write(
            "sources/bash/package.toml",
            format!("reference = \"{evr}\"\ndistribution = \"{evr}\"\ncomplete = {complete}\n"),
        );
        for (side, files) in [("before", before), ("after", after)] {
            fs::create_dir_all(world.path(&format!("sources/bash/{side}"))).unwrap();
            for (path, text) in files {
                world.write(&format!("sources/bash/{side}/{path}"), *text);
            }
        }
        world.publish_at(FIRST).unwrap();
        let outcome = world.package("9", "bash").architectures[0].outcome;
        (
            rows(&world.report("9").packages)[0].clone(),
            outcome.evidence,
            world.report("9").warnings,
        )
    };
    let matched = "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | matched";
    let check = |complete, before: &[(&str, &str)], after: &[(&str, &str)], lacking: &str| {
        let evidence = match complete {
            true => EvidenceName::Proven,
            false => EvidenceName::Inferred,
        };
        let warnings = match lacking {
            "" => Vec::new(),
            _ => vec![format!(
                "bash: the source texts are not known to be complete, so it proves nothing that the distribution’s lack {lacking}."
            )],
        };
        let expected = (matched.to_owned(), Some(evidence), warnings);
        assert_eq!(published(complete, before, after), expected);
    };
    let spec = ("bash.spec", "Name: bash\nPatch1: fix.patch\n");
    let patch = ("fix.patch", "--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n");
    let of_packages = [("SPECS/bash.spec", spec.1), ("SOURCES/fix.patch", patch.1)];
    check(
        true,
        &[spec, patch, (".gitignore", "1"), ("tests/t", "1")],
        &[spec, patch, (".gitignore", "2")],
        "",
    );
    check(true, &[spec, patch], &of_packages, "");
    check(true, &of_packages, &[spec, patch], "");
    check(false, &[spec, patch], &[spec], "fix.patch");
    check(false, &[spec, patch], &[], "bash.spec and 1 more");
    check(false, &[spec], &[spec, ("tests/t", "1")], "");
}

#[test]
fn a_change_explains_the_files_that_it_names() {
    let check = |files: &str, paths: [&str; 2], verdict: &str, lacking: &str| {
        let world = World::new();
        world.configure("[[release.sources]]\nfolder = \"sources\"");
        let evr = "5.1.8-9.el9";
        world.write(
            "sources/bash/package.toml",
            format!(
                "reference = \"{evr}\"\ndistribution = \"{evr}\"\n[[change]]\nclass = \"branding\"\nsummary = \"Renames it\"\nfiles = [{files}]\n"
            ),
        );
        let sides = [("before", "1"), ("after", "2")];
        for ((side, text), spec) in sides.into_iter().zip(paths) {
            let spec = format!("sources/bash/{side}/{spec}");
            world.write(&spec, format!("Name: bash\n# {text}\n"));
            world.write(&format!("sources/bash/{side}/tests/t"), text);
            let folder = if spec.contains("SPECS") {
                "SOURCES/"
            } else {
                ""
            };
            world.write(&format!("sources/bash/{side}/{folder}logo"), text);
        }
        world.publish_at(FIRST).unwrap();
        let report = world.report("9");
        let row = format!("bash | {evr} | {evr} | {verdict}");
        assert_eq!(rows(&report.packages)[0], row, "{files} {paths:?}");
        let told = (!lacking.is_empty()).then(|| {
            format!(
                "bash: the source texts differ in {lacking}, and no known change says that it is seen there: a change explains the \
                 files that it names."
            )
        });
        assert_eq!(report.warnings, told.into_iter().collect::<Vec<_>>());
    };
    let flat = ["bash.spec"; 2];
    let unexplained = "diverging unexplained";
    check("\"bash.spec\", \"logo\"", flat, "patched", "");
    check("\"bash.spec\"", flat, unexplained, "logo");
    check("", flat, unexplained, "bash.spec and 1 more");
    // In the layout of a source package they are the same files.
    let mixed = ["bash.spec", "SPECS/bash.spec"];
    check("\"bash.spec\", \"SOURCES/logo\"", mixed, "patched", "");
    check("\"SPECS/bash.spec\"", mixed, unexplained, "SOURCES/logo");
}

#[test]
fn texts_of_another_version_prove_nothing() {
    let world = with_texts();
    world.write(
        "sources/dnf/package.toml",
        "reference = \"4.14.0-24.el9\"\ndistribution = \"4.14.0-25.el9.alma.1\"\n",
    );
    world.publish_at(FIRST).unwrap();
    assert!(!world.package("9", "dnf").texts.unwrap().current);
    assert_eq!(
        world.report("9").warnings,
        ["dnf: the source texts at hand are those of another version, so they prove nothing here."]
    );
}

#[test]
fn the_order_of_the_disk_does_not_matter() {
    let published = |names: &[&str]| {
        let world = with_texts();
        for name in names {
            world.write(&format!("sources/dnf/after/SOURCES/{name}"), name);
        }
        world.publish_at(FIRST).unwrap();
        world.package("9", "dnf")
    };
    assert_eq!(
        published(&["b", "a", "B", "ä"]),
        published(&["ä", "B", "a", "b"])
    );
}

fn check(spoil: impl FnOnce(&World), expected: &[&str]) {
    with_texts().check_fault(spoil, expected);
}

#[test]
fn what_could_lead_out_is_refused() {
    check(
        |world| {
            std::os::unix::fs::symlink("/etc/passwd", world.path("sources/dnf/after/SOURCES/link"))
                .unwrap()
        },
        &[
            "sources/dnf/after/SOURCES/link: this is a symbolic link, which is not followed",
            "remedy: take the file out",
        ],
    );
    check(
        |world| std::os::unix::fs::symlink("/etc", world.path("sources/dnf/before/etc")).unwrap(),
        &["sources/dnf/before/etc: this is a symbolic link"],
    );
    check(
        |world| {
            std::os::unix::fs::symlink(world.path("sources/dnf"), world.path("sources/other"))
                .unwrap()
        },
        &["sources/other: this is a symbolic link"],
    );
}

#[test]
fn what_cannot_be_named_or_compared_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    check(
        |world| {
            let name = std::ffi::OsStr::from_bytes(b"caf\xe9");
            fs::write(world.path("sources/dnf/after").join(name), "x").unwrap();
        },
        &[
            "sources/dnf/after/caf",
            "is not written in UTF-8",
            "remedy: take the file out of the source texts, or rename it",
        ],
    );
    check(
        |world| fs::remove_dir_all(world.path("sources/dnf/after")).unwrap(),
        &["sources/dnf: the folder after is lacking"],
    );
    check(
        |world| world.write("sources/README", "x"),
        &["sources/README: this is no folder of a source package"],
    );
    check(
        |world| world.write("sources/dnf/package.toml", "refrence = \"1-1\""),
        &[
            "sources/dnf/package.toml: line 1, column 1: there is no key refrence",
            "write reference instead",
        ],
    );
    check(
        |world| {
            world.write(
                "sources/dnf/package.toml",
                "[[change]]\nclass = \"decoration\"\nsummary = \"x\"",
            )
        },
        &["line 2, column 9: change.1.class: “decoration” is no class of change (known: branding,"],
    );
    check(
        |world| {
            world.write(
                "sources/dnf/package.toml",
                "[[change]]\nclass = \"branding\"\nsummary = \"x\"\norigin = \"file:///x\"",
            );
        },
        &[
            "package.toml: line 4",
            "the origin “file:///x” is no http(s) address",
        ],
    );
    check(
        |world| {
            world.write("sources/dnf/package.toml", "complete = true");
            world.write("sources/dnf/before/README", "no spec file");
            std::fs::remove_file(world.path("sources/dnf/before/SPECS/dnf.spec")).unwrap();
        },
        &["sources/dnf", "said to be complete", "has no spec file"],
    );
    check(
        |world| fs::create_dir_all(world.path("sources/bash")).unwrap(),
        &[
            "sources/bash: it has neither package.toml nor the folders before and after",
            "remedy: put them there, or take the folder out",
        ],
    );
    check(
        |world| {
            (0..4_200)
                .for_each(|number| world.write(&format!("sources/dnf/after/many/{number}"), "x"))
        },
        &[
            "sources/dnf/after",
            "it breaks a limit of the format: 4097 source files, and the format allows 4096",
        ],
    );
}
