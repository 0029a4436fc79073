//! What configurations of autopatch tell of packages, in a published report and over real pairs.

use super::support::{FIRST, World, real_data, rows};
use almanac::analysis::Rules;
use almanac::domain::ChangeClass;
use almanac::publish::autopatch::{
    Action, Autopatch, Bearings, Explanation, FileContent, FilePair, changes_of, explain,
    read_autopatch_file,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The reference's and the distribution's text of each file.
type Files = BTreeMap<String, [Option<Vec<u8>>; 2]>;

/// Both sides of the files of one pair: `NAME.upstream.spec` and `NAME.almalinux.spec`, `FILE.upstream` and `FILE.almalinux`.
fn read_pair(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        for (side, word) in [".upstream", ".almalinux"].into_iter().enumerate() {
            if let Some((start, end)) = name.rsplit_once(word)
                && (end.is_empty() || end == ".spec")
            {
                let file = files.entry(format!("{start}{end}")).or_default();
                file[side] = Some(fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn explain_files(autopatch: &Autopatch, files: &Files) -> Explanation {
    let differing = files.iter().filter(|(_, [before, after])| before != after);
    let pairs: Vec<FilePair<'_>> = differing
        .map(|(path, [before, after])| FilePair {
            path,
            before: before.as_deref().map(FileContent::Text),
            after: after.as_deref().map(FileContent::Text),
        })
        .collect();
    explain(autopatch, &pairs)
}

fn packages(data: &Path) -> Vec<(String, Autopatch, Files)> {
    let mut folders: Vec<_> = fs::read_dir(data.join("autopatch"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    let read = folders.iter().map(|folder| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let autopatch = read_autopatch_file(&folder.join("config.yaml")).unwrap();
        (name, autopatch, read_pair(folder))
    });
    read.collect()
}

#[test]
fn real_configurations_explain_what_differs() {
    let Some(data) = real_data() else { return };
    let packages = packages(&data);
    let (mut explained, mut all) = (0, 0);
    let mut classes: BTreeMap<ChangeClass, usize> = BTreeMap::new();
    for (name, autopatch, files) in &packages {
        let explanation = explain_files(autopatch, files);
        explained += explanation.explained.len();
        all += explanation.explained.len() + explanation.unexplained.len();
        for warning in &autopatch.warnings {
            println!("{name}: {warning}");
        }
        for hunk in &explanation.unexplained {
            let (lines, reason) = (&hunk.lines, &hunk.reason);
            println!(
                "{name}: {} line {}: {reason}",
                lines.file,
                lines.after.start + 1
            );
        }
        for index in &explanation.idle {
            let entry = &autopatch.entries[*index];
            println!(
                "{name}: config.yaml line {} finds nothing to change",
                entry.line
            );
        }
        let rules = Rules::default().change_rules;
        let bearings = Bearings {
            package: name,
            rules: &rules,
            headers: &BTreeMap::new(),
            reference_texts: "",
            origin: None,
        };
        for change in changes_of(autopatch, &explanation, &bearings) {
            *classes.entry(change.class).or_default() += 1;
            if change.class == ChangeClass::Unknown {
                println!("{name}: unknown: {}", change.summary);
            }
        }
    }
    println!(
        "{explained} of {all} hunks in {} packages are explained",
        packages.len()
    );
    println!("{classes:?}");
    assert_eq!((packages.len(), explained, all), (47, 326, 326));
}

/// Nothing is explained by chance: without one of the changes that explain a hunk alone, or with one line more in the hunk, it is
/// not explained any more.
#[test]
fn a_hunk_without_its_change_is_not_explained() {
    let Some(data) = real_data() else { return };
    for (name, autopatch, files) in packages(&data) {
        let explanation = explain_files(&autopatch, &files);
        for (index, entry) in autopatch.entries.iter().enumerate() {
            let mut without = autopatch.clone();
            // An action that edits nothing keeps the others' numbers.
            without.entries[index].action = Action::Unknown {
                name: "nothing".to_owned(),
            };
            let left = explain_files(&without, &files);
            let alone = explanation
                .explained
                .iter()
                .filter(|(_, changes)| *changes == [index]);
            for (lines, _) in alone {
                let still = left.explained.iter().any(|(other, _)| other == lines);
                assert!(
                    !still,
                    "{name}: {:?} is explained without {:?}",
                    lines, entry.action
                );
            }
        }
        for (lines, _) in &explanation.explained {
            let mut files = files.clone();
            let [Some(_), Some(after)] = files.get_mut(&lines.file).unwrap() else {
                continue;
            };
            let mut text: Vec<&[u8]> = after.split_inclusive(|byte| *byte == b'\n').collect();
            text.insert(lines.after.end, b"something else\n");
            *after = text.concat();
            let left = explain_files(&autopatch, &files);
            assert_ne!(left.unexplained, [], "{name}: {lines:?}");
        }
    }
}

const CONFIGURATION: &str = "actions:\n  - replace: [{target: spec, find: O = Red Hat, replace: O = AlmaLinux}]\n  - add_files: [{type: patch, name: fix.patch, number: 2001}]\n  - modify_release: [{suffix: .alma.1}]\n";

fn with_configuration(actions: &str) -> World {
    let world = World::new();
    world.configure(
        "[[release.sources]]\nfolder = \"sources\"\n[[release.autopatch]]\nfolder = \"autopatch\"\nurl = \"https://a.example/{package}\"",
    );
    world.write("autopatch/dnf/config.yaml", actions);
    world.write(
        "sources/dnf/package.toml",
        "reference = \"4.14.0-25.el9\"\ndistribution = \"4.14.0-25.el9.alma.1\"\n",
    );
    world.write(
        "sources/dnf/before/SPECS/dnf.spec",
        "Release: 25\nPatch1: a.patch\n\nO = Red Hat\n",
    );
    world.write(
        "sources/dnf/after/SPECS/dnf.spec",
        "Release: 25.alma.1\nPatch1: a.patch\nPatch2001: fix.patch\n\nO = AlmaLinux\n",
    );
    world.write(
        "sources/dnf/after/SOURCES/fix.patch",
        "From: A <a@b>\nSubject: [PATCH] Keep it\nOrigin: vendor\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
    );
    world
}

/// The package's row, then a line for each change, each hunk without one and each patch.
fn told(world: &World) -> Vec<String> {
    world.publish_at(FIRST).unwrap();
    let package = world.package("9", "dnf");
    let mut told = vec![rows(&world.report("9").packages)[1].clone()];
    told.extend(package.changes.iter().map(|change| {
        let hunks: Vec<String> = change
            .hunks
            .iter()
            .map(|hunk| format!("{} {}", hunk.file, hunk.after_line))
            .collect();
        let class = ChangeClass::from(change.class);
        format!("{class}: {}: {}", change.summary, hunks.join(", "))
    }));
    let unexplained = package.unexplained.iter();
    told.extend(unexplained.map(|record| format!("{}: {}", record.hunk.file, record.reason)));
    let patches = package.patches.iter();
    told.extend(patches.map(|patch| {
        format!(
            "{} by {:?}: {:?}",
            patch.path, patch.author, patch.origin_state
        )
    }));
    told
}

#[test]
fn changes_come_from_the_configuration() {
    let world = with_configuration(CONFIGURATION);
    assert_eq!(
        told(&world),
        [
            "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging hardware",
            "branding: Replaces “O = Red Hat” by “O = AlmaLinux” in the spec: SPECS/dnf.spec 5",
            "hardware kept: Adds the patch fix.patch: Keep it: SOURCES/fix.patch 1, SPECS/dnf.spec 3",
            "release mechanics: Appends .alma.1 to the release: SPECS/dnf.spec 1",
            "SOURCES/fix.patch by Some(\"A\"): Stated",
        ]
    );
    let origin = world.package("9", "dnf").changes[0].origin.clone();
    assert_eq!(origin.as_deref(), Some("https://a.example/dnf"));
    assert_eq!(world.report("9").warnings, [""; 0]);
    assert_eq!(
        world.index().change_rules.len(),
        Rules::default().change_rules.len()
    );
}

#[test]
fn what_the_configuration_does_not_explain_is_unexplained() {
    let world = with_configuration("actions:\n  - modify_release: [{suffix: .alma.1}]\n");
    let told = told(&world);
    assert_eq!(
        told[0],
        "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging unexplained"
    );
    assert_eq!(
        told[2..5],
        [
            "SOURCES/fix.patch: no action of the configuration touches this",
            "SPECS/dnf.spec: no action of the configuration touches this",
            "SPECS/dnf.spec: no action of the configuration touches this",
        ]
    );
    assert_eq!(
        world.report("9").warnings,
        ["dnf: 3 hunks of the source texts are explained by no action of autopatch."]
    );
}

#[test]
fn a_build_without_the_mark_was_not_made_with_the_configuration() {
    let world = with_configuration(CONFIGURATION);
    let configuration = CONFIGURATION.replace("dnf", "bash");
    world.write("autopatch/bash/config.yaml", configuration);
    world.publish_at(FIRST).unwrap();
    assert_eq!(world.package("9", "bash").changes, []);
    assert_eq!(
        world.report("9").warnings,
        [
            "bash: the configuration of autopatch marks what it builds, and the published release bears no mark: its changes are left out."
        ]
    );
}

#[test]
fn the_table_of_rules_is_the_configurations() {
    let world = with_configuration(CONFIGURATION);
    let rule = "[[rules.changes]]\nclass = \"feature\"\nactions = [\"add patch\"]\npackages = [\"dnf\"]\nbecause = \"we say so\"\n";
    world.configure(rule);
    let told = told(&world);
    assert_eq!(
        told[0],
        "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging unexplained"
    );
    assert!(told[2].starts_with("feature: Adds the patch"), "{told:?}");
    assert_eq!(
        world.index().change_rules[0].conditions,
        "add patch; of dnf"
    );
}

#[test]
fn faults_of_a_configuration() {
    let check = |spoil: fn(&World), expected: &[&str]| {
        with_configuration(CONFIGURATION).check_fault(spoil, expected);
    };
    check(
        |world| world.write("autopatch/dnf/config.yaml", "actions:\n  - replace: a: b\n"),
        &[
            "autopatch/dnf/config.yaml: line 2",
            "remedy: correct that line",
        ],
    );
    check(
        |world| fs::remove_file(world.path("autopatch/dnf/config.yaml")).unwrap(),
        &["autopatch/dnf/config.yaml"],
    );
    check(
        |world| world.write("autopatch/README", "x"),
        &["autopatch/README: this is no folder of a source package"],
    );
    check(
        |world| world.configure("[[rules.changes]]\nclass = \"x\"\nbecause = \"y\"\n"),
        &["an entry of rules.changes: “x” is no class of change"],
    );
}
