//! What configurations of autopatch tell of packages, in a published report and over real pairs.

use super::support::{FIRST, World, package, real_data, rows};
use almanac::analysis::Rules;
use almanac::diff::{PatchHeader, cves_in, read_patch_headers};
use almanac::domain::{ChangeClass, ChangedLines};
use almanac::publish::autopatch::{
    Action, Autopatch, Bearings, Explanation, FileContent, FilePair, changes_of, explain,
    read_autopatch, read_autopatch_file,
};
use almanac::publish::sample::WrittenCompression;
use std::collections::{BTreeMap, BTreeSet};
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
    let pairs: Vec<FilePair<'_>> = files
        .iter()
        .map(|(path, [before, after])| FilePair {
            path,
            before: before.as_deref().map(FileContent::Text),
            after: after.as_deref().map(FileContent::Text),
        })
        .collect();
    explain(autopatch, &pairs, false)
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
    let (mut explained, mut all, mut with_header) = (0, 0, 0);
    let mut classes: BTreeMap<ChangeClass, usize> = BTreeMap::new();
    let mut unexplained: BTreeSet<&str> = BTreeSet::new();
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
        let package = package_of(files).unwrap_or(name);
        let reference_cves = reference_cves(files);
        let headers = headers_of(&data.join("autopatch").join(name));
        with_header += headers
            .values()
            .flatten()
            .filter(|header| header.subject.is_some())
            .count();
        let bearings = Bearings {
            package,
            rules: &rules,
            headers: &headers,
            reference_cves: Some(&reference_cves),
            reference_cves_are_complete: true,
            advised_cves: &BTreeSet::new(),
            texts_are_compared: true,
            origin: None,
        };
        if !explanation.unexplained.is_empty() {
            unexplained.insert(name);
        }
        for change in changes_of(autopatch, &explanation, &bearings) {
            *classes.entry(change.class).or_default() += 1;
            println!("{name}: {}: {}", change.class, change.summary);
            if change.class == ChangeClass::Unknown {
                unexplained.insert(name);
            }
        }
    }
    println!(
        "{explained} of {all} hunks in {} packages are explained",
        packages.len()
    );
    println!("{classes:?}");
    println!("{with_header} headers of patches at hand have a subject");
    println!(
        "{} packages are unexplained: {unexplained:?}",
        unexplained.len()
    );
    assert_eq!((packages.len(), explained, all), (47, 326, 326));
    assert_eq!(
        (classes[&ChangeClass::Unknown], unexplained.len()),
        (63, 24)
    );
}

/// What the patches in the folder of a pair say of themselves, by name.
fn headers_of(folder: &Path) -> BTreeMap<String, Vec<PatchHeader>> {
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    paths
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".patch") || name.ends_with(".patch.almalinux")
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let headers = read_patch_headers(&fs::read(&path).unwrap());
            (name.trim_end_matches(".almalinux").to_owned(), headers)
        })
        .collect()
}

/// The source package that a pair is of, which its folder may call otherwise.
fn package_of(files: &Files) -> Option<&str> {
    files.keys().find_map(|path| path.strip_suffix(".spec"))
}

/// The CVEs that the reference's spec names.
fn reference_cves(files: &Files) -> BTreeSet<String> {
    let specs = files.iter().filter(|(path, _)| path.ends_with(".spec"));
    let texts = specs.filter_map(|(_, [before, _])| before.as_deref());
    texts
        .flat_map(|text| {
            let text = String::from_utf8_lossy(text).into_owned();
            text.lines().flat_map(cves_in).collect::<Vec<_>>()
        })
        .collect()
}

/// With the real texts of a pair, a vulnerability that the reference's changelog names is corrected there, and one that it does not
/// name is not.
#[test]
fn vulnerabilities_are_looked_up_in_the_real_texts() {
    let Some(data) = real_data() else { return };
    let rules = Rules::default().change_rules;
    let mut tried = 0;
    for (name, _, files) in packages(&data) {
        let known = reference_cves(&files);
        let class_of = |cve: &str| {
            let text = format!("actions:\n  - add_files: [{{type: patch, name: {cve}.patch}}]\n");
            let autopatch = read_autopatch(&text).unwrap();
            let bearings = Bearings {
                package: &name,
                rules: &rules,
                headers: &BTreeMap::new(),
                reference_cves: Some(&known),
                reference_cves_are_complete: true,
                advised_cves: &BTreeSet::new(),
                texts_are_compared: false,
                origin: None,
            };
            changes_of(&autopatch, &Explanation::default(), &bearings)[0].class
        };
        for cve in known.iter().take(5) {
            tried += 1;
            assert_eq!(class_of(cve), ChangeClass::BackportedFix, "{name}: {cve}");
            let longer = format!("{cve}0");
            assert_eq!(class_of(&longer), ChangeClass::SecurityFixAhead, "{name}");
        }
    }
    println!("{tried} vulnerabilities of real changelogs are looked up");
    assert!(tried > 20, "{tried}");
}

/// Nothing is explained by chance: without one of the changes that explain a hunk alone, with one line more in the hunk, with a byte
/// that is no UTF-8 in the line below it, or with another end of that line, something is not explained any more.
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
            let whole = after.clone();
            let text: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
            let (above, below) = text.split_at(lines.after.end);
            let line = below.first().copied().unwrap_or_default();
            let content = line.strip_suffix(b"\n").unwrap_or(line);
            for spoilt in [
                [b"something else\n", line].concat(),
                [content, b"\xe9\n"].concat(),
                [content, b"\r\n"].concat(),
            ] {
                let rest = below.get(1..).unwrap_or_default();
                let after = files.get_mut(&lines.file).unwrap()[1].as_mut().unwrap();
                *after = [&above.concat(), &spoilt, &rest.concat()]
                    .map(Vec::as_slice)
                    .concat();
                let left = explain_files(&autopatch, &files);
                assert_ne!(left.unexplained, [], "{name}: {lines:?} {spoilt:?}");
            }
        }
    }
}

/// With one hunk undone, as if its change had not been made, the others are explained by their own changes as before.
#[test]
fn a_change_that_was_not_made_is_of_no_other_hunk() {
    let Some(data) = real_data() else { return };
    let mut compared = 0;
    for (name, autopatch, files) in packages(&data) {
        let explained = explain_files(&autopatch, &files).explained;
        for (undone, its_changes) in &explained {
            let mut files = files.clone();
            let [Some(before), Some(after)] = files.get_mut(&undone.file).unwrap() else {
                continue;
            };
            let lines = |text: &[u8]| -> Vec<Vec<u8>> {
                let lines = text.split_inclusive(|byte| *byte == b'\n');
                lines.map(<[u8]>::to_vec).collect()
            };
            let mut mutated = lines(after);
            let original = lines(before)[undone.before.start..undone.before.end].to_vec();
            mutated.splice(undone.after.start..undone.after.end, original);
            *after = mutated.concat();
            let left = explain_files(&autopatch, &files).explained;
            let is_other = |changes: &[usize]| changes.iter().all(|own| !its_changes.contains(own));
            for (lines, changes) in explained.iter().filter(|(_, changes)| is_other(changes)) {
                let is_same = |(other, _): &&(ChangedLines, Vec<usize>)| {
                    other.file == lines.file && other.before == lines.before
                };
                let still = left.iter().find(is_same).map(|(_, changes)| changes);
                assert_eq!(still, Some(changes), "{name}: {lines:?} without {undone:?}");
                compared += 1;
            }
        }
    }
    println!("{compared} hunks are explained alike beside one that is undone");
    assert!(compared > 2_000, "{compared}");
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
        "From: A <a@b>\nSubject: [PATCH] Keep the driver\nOrigin: vendor\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
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
            "hardware kept: Adds the patch fix.patch: Keep the driver: SOURCES/fix.patch 1, SPECS/dnf.spec 3",
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
fn a_change_that_the_texts_do_not_show_is_left_out() {
    let with_ghost = CONFIGURATION.replace(
        "number: 2001}",
        "number: 2001}, {type: patch, name: ghost.patch, number: 2002}",
    );
    let told_with = told(&with_configuration(CONFIGURATION));
    let world = with_configuration(&with_ghost);
    assert_eq!(told(&world), told_with);
    assert_eq!(
        world.report("9").warnings,
        [
            "dnf: config.yaml of autopatch: line 3: what the action add patch would change is not so in the source texts, and the change is left out."
        ]
    );
    let world = with_configuration(&with_ghost);
    world.write(
        "sources/dnf/package.toml",
        "reference = \"4.14.0-24.el9\"\ndistribution = \"4.14.0-25.el9.alma.1\"\n",
    );
    let told = told(&world);
    let ghost = "unknown: Adds the patch ghost.patch: ".to_owned();
    assert!(told.contains(&ghost), "{told:?}");
}

/// The configuration is ahead of what is published, which bears `.alma.1`.
#[test]
fn of_a_configuration_of_another_build_what_the_texts_show_counts() {
    let ahead = CONFIGURATION
        .replace(
            "number: 2001}",
            "number: 2001}, {type: patch, name: ghost.patch, number: 2002}",
        )
        .replace(".alma.1}", ".alma.2}");
    let ahead =
        format!("{ahead}  - changelog_entry: [{{name: A, email: a@b, line: [Add a ghost]}}]\n");
    let changelog = "Release: 25.alma.1\nPatch1: a.patch\nPatch2001: fix.patch\n\nO = AlmaLinux\n%changelog\n* now\n- Debrand\n";
    let with_texts = |after: &str| {
        let world = with_configuration(&ahead);
        world.write(
            "sources/dnf/before/SPECS/dnf.spec",
            "Release: 25\nPatch1: a.patch\n\nO = Red Hat\n%changelog\n",
        );
        world.write("sources/dnf/after/SPECS/dnf.spec", after);
        world
    };
    let of_other_build = "dnf: the configuration of autopatch appends .alma.2 to its release, and the published one is 25.el9.alma.1: it is of another build, and those of its changes alone count that the source texts show.";
    let shown = [
        "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging hardware",
        "branding: Replaces “O = Red Hat” by “O = AlmaLinux” in the spec: SPECS/dnf.spec 5",
        "hardware kept: Adds the patch fix.patch: Keep the driver: SOURCES/fix.patch 1, SPECS/dnf.spec 3",
        "SOURCES/fix.patch by Some(\"A\"): Stated",
    ];
    let world = with_texts(changelog);
    assert_eq!(told(&world), shown);
    assert_eq!(world.report("9").warnings, [of_other_build]);
    // What neither a rebuild nor the configuration writes stays unexplained.
    let world = with_texts(&changelog.replace("O = AlmaLinux\n", "O = AlmaLinux\nX = y\n"));
    let told = told(&world);
    assert!(told[0].ends_with("diverging unexplained"), "{told:?}");
    assert!(
        world
            .report("9")
            .warnings
            .contains(&of_other_build.to_owned())
    );
}

#[test]
fn without_its_texts_nothing_counts_of_a_configuration_of_another_build() {
    let check = |mark: &str, expected: &str, changes: usize, warnings: &[&str]| {
        let world = with_configuration(&CONFIGURATION.replace("suffix: .alma.1", mark));
        fs::remove_dir_all(world.path("sources/dnf")).unwrap();
        world.write(
            "autopatch/dnf/files/fix.patch",
            "From: A <a@b>\nSubject: [PATCH] Keep the driver\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        );
        let told = told(&world);
        let expected = format!("dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | {expected}");
        assert_eq!((&told[0], told.len() - 1), (&expected, changes), "{mark}");
        assert_eq!(world.report("9").warnings, warnings, "{mark}");
    };
    check("suffix: .alma.1", "diverging hardware", 3, &[]);
    check(
        "suffix: .alma.2, auto_increment: true",
        "diverging hardware",
        3,
        &[],
    );
    check(
        "suffix: .alma.2",
        "patched",
        0,
        &[
            "dnf: the configuration of autopatch marks what it builds with .alma.2, and the published release does not bear that: its changes are left out.",
        ],
    );
}

#[test]
fn a_configuration_whose_result_goes_to_another_branch_is_left_out() {
    let check = |branch: &str, changes: usize, warnings: &[&str]| {
        let parameters = format!("parameters:\n  custom_target_branch: {branch}\n{CONFIGURATION}");
        let world = with_configuration(&parameters);
        fs::remove_dir_all(world.path("sources/dnf")).unwrap();
        assert_eq!(told(&world).len() - 1, changes, "{branch}");
        assert_eq!(world.report("9").warnings, warnings, "{branch}");
    };
    check("a9", 3, &[]);
    check("", 3, &[]);
    check(
        "a9-plus",
        0,
        &[
            "dnf: config.yaml of autopatch: its result goes to the branch a9-plus, not to a9: it is left out.",
        ],
    );
}

#[test]
fn an_action_with_a_key_that_is_not_known_is_not_believed() {
    let actions =
        "actions:\n  - replace:\n    - {target: spec, find: Red Hat, fnd: x, replace: AlmaLinux}\n";
    let world = with_configuration(actions);
    let told = told(&world);
    let unknown = "line 3: replace, entry 1: there is no key fnd; what it does is not known";
    let warnings = world.report("9").warnings;
    assert!(
        warnings.contains(&format!("dnf: config.yaml of autopatch: {unknown}.")),
        "{warnings:?}"
    );
    assert!(
        !told.iter().any(|line| line.starts_with("branding")),
        "{told:?}"
    );
}

#[test]
fn a_vulnerability_is_fixed_ahead_only_of_texts_that_are_known() {
    let actions = CONFIGURATION.replace(
        "name: fix.patch, number: 2001",
        "name: CVE-2020-1111.patch, number: 1000",
    );
    let check = |prepare: fn(&World), expected: &str| {
        let world = with_configuration(&actions);
        world.write(
            "sources/dnf/after/SPECS/dnf.spec",
            "Release: 25.alma.1\nPatch1: a.patch\nPatch1000: CVE-2020-1111.patch\n\nO = AlmaLinux\n",
        );
        world.write("sources/dnf/after/SOURCES/CVE-2020-1111.patch", "x\n");
        let complete = "reference = \"4.14.0-25.el9\"\ndistribution = \"4.14.0-25.el9.alma.1\"\ncomplete = true\n";
        world.write("sources/dnf/package.toml", complete);
        for side in ["before", "after"] {
            world.write(&format!("sources/dnf/{side}/SOURCES/a.patch"), "x\n");
        }
        prepare(&world);
        let told = told(&world);
        assert!(
            told.iter().any(|line| line.starts_with(expected)),
            "{expected}: {told:?}"
        );
    };
    check(|_| (), "security fix ahead: Adds the patch CVE-2020-1111");
    check(
        |world| {
            let changelog =
                "Release: 25\nPatch1: a.patch\n\nO = Red Hat\n%changelog\n- CVE-2020-11110\n";
            world.write("sources/dnf/before/SPECS/dnf.spec", changelog);
        },
        "security fix ahead: Adds the patch CVE-2020-1111",
    );
    check(
        |world| {
            let patch = "Subject: parser: check the length (CVE-2020-1111)\n\n--- a\n+++ b\n";
            world.write("sources/dnf/before/SOURCES/a.patch", patch);
        },
        "backported fix: Adds the patch CVE-2020-1111",
    );
    check(
        |world| {
            let diff =
                "---\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n-- \n2.43.0\n\n";
            let mail = |text: &str| {
                format!(
                    "From 0123 Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: [PATCH] {text}\n{diff}"
                )
            };
            let two = mail("One") + &mail("Two\n\nFixes CVE-2020-1111");
            world.write("sources/dnf/before/SOURCES/two.patch", two);
        },
        "backported fix: Adds the patch CVE-2020-1111",
    );
    check(
        |world| {
            let other = "reference = \"4.14.0-25.el9\"\ndistribution = \"4.14.0-25.el9.alma.1\"\n";
            world.write("sources/dnf/package.toml", other);
        },
        "unknown: Adds the patch CVE-2020-1111",
    );
    check(
        |world| {
            let other = "reference = \"4.14.0-24.el9\"\ndistribution = \"4.14.0-25.el9.alma.1\"\ncomplete = true\n";
            world.write("sources/dnf/package.toml", other);
        },
        "unknown: Adds the patch CVE-2020-1111",
    );
    check(
        |world| fs::remove_dir_all(world.path("sources/dnf")).unwrap(),
        "unknown: Adds the patch CVE-2020-1111",
    );
}

#[test]
fn a_fix_is_ahead_of_a_reference_whose_advisories_do_not_announce_it() {
    let check = |announced: &str, row: &str, change: &str| {
        let actions = CONFIGURATION.replace("fix.patch, number: 2001", "CVE-2026-1001.patch");
        let world = with_configuration(&actions);
        for side in ["before", "after"] {
            let path = format!("sources/dnf/{side}/SPECS/dnf.spec");
            let spec = fs::read_to_string(world.path(&path)).unwrap();
            world.write(&path, spec.replace("fix.patch", "CVE-2026-1001.patch"));
            world.write(&format!("sources/dnf/{side}/SOURCES/a.patch"), "x\n");
        }
        let package = "sources/dnf/package.toml";
        let texts = fs::read_to_string(world.path(package)).unwrap();
        world.write(package, texts + "complete = true\n");
        let folder = world.path("sources/dnf/after/SOURCES");
        fs::rename(folder.join("fix.patch"), folder.join("CVE-2026-1001.patch")).unwrap();
        world.configure(
            "[[release.advisories]]\nside = \"reference\"\nformat = \"osv\"\nname = \"reference\"\nlocation = \"osv\"",
        );
        world.write(
            "osv/1.json",
            format!(
                r#"{{"id": "RHSA-2026:0001", "published": "2026-11-03T10:00:00Z", "related": ["{announced}"],
                    "affected": [{{"package": {{"ecosystem": "Red Hat:enterprise_linux:9::baseos", "name": "dnf"}},
                        "ranges": [{{"events": [{{"fixed": "4.14.0-26.el9"}}]}}]}}]}}"#
            ),
        );
        let told = told(&world);
        let expected = [
            format!("dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging {row}"),
            format!(
                "{change}: Adds the patch CVE-2026-1001.patch: Keep the driver: SOURCES/CVE-2026-1001.patch 1, SPECS/dnf.spec 3"
            ),
        ];
        assert_eq!([&told[0], &told[2]], [&expected[0], &expected[1]]);
    };
    check("CVE-2026-1001", "unexplained", "unknown");
    check("CVE-2026-1002", "security-fix-ahead", "security fix ahead");
}

#[test]
fn a_patch_is_what_the_spec_calls_one_and_counts_for_the_distribution_if_it_is_its_own() {
    let world = with_configuration(CONFIGURATION);
    let header = "From: J <j@x>\nSubject: Its own\n\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n";
    for side in ["before", "after"] {
        let path = format!("sources/dnf/{side}/SPECS/dnf.spec");
        let spec = fs::read_to_string(world.path(&path)).unwrap();
        world.write(&path, spec.replace("a.patch", "dnf52-001"));
        world.write(&format!("sources/dnf/{side}/SOURCES/dnf52-001"), header);
    }
    let facets = |world: &World| {
        let digest = world.report("9").facets.unwrap();
        fs::read_to_string(world.output().join(format!("facets/{digest}.json"))).unwrap()
    };
    let told = told(&world);
    let patch = "SOURCES/dnf52-001 by Some(\"J\"): Missing".to_owned();
    assert!(told.contains(&patch), "{told:?}");
    assert!(!facets(&world).contains("origin_missing"));
    world.write(
        "sources/dnf/after/SOURCES/dnf52-001",
        header.replace("+b", "+c"),
    );
    world.publish_at(FIRST).unwrap();
    assert!(facets(&world).contains("origin_missing"));
}

#[test]
fn what_the_configuration_does_not_explain_is_unexplained() {
    let world = with_configuration("actions:\n  - modify_release: [{suffix: .alma.1}]\n");
    let told = told(&world);
    assert_eq!(
        told[0],
        "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging unexplained"
    );
    // Of texts that are not complete the reference's may only lack the patch.
    assert_eq!(
        told[2..4],
        [
            "SPECS/dnf.spec: no action of the configuration touches this",
            "SPECS/dnf.spec: no action of the configuration touches this",
        ]
    );
    assert_eq!(
        world.report("9").warnings,
        ["dnf: no action of autopatch explains 2 hunks of the source texts."]
    );
}

#[test]
fn sources_that_differ_without_a_configuration_are_unexplained() {
    let check = |spec: &str, patch: bool, expected: &str| {
        let world = with_configuration(CONFIGURATION);
        fs::remove_dir_all(world.path("autopatch/dnf")).unwrap();
        fs::create_dir_all(world.path("autopatch")).unwrap();
        world.write("sources/dnf/after/SPECS/dnf.spec", spec);
        if !patch {
            fs::remove_file(world.path("sources/dnf/after/SOURCES/fix.patch")).unwrap();
        }
        let expected = format!("dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | {expected}");
        assert_eq!(told(&world)[0], expected, "{spec}");
    };
    let rebuilt = "Release: 25.alma.1\nPatch1: a.patch\n\nO = Red Hat\n%changelog\n- Rebuilt\n";
    check(rebuilt, false, "patched");
    // Of texts that are not complete the reference's may only lack it.
    check(rebuilt, true, "patched");
    let after_changelog = format!("{rebuilt}%files\n/x\n");
    check(&after_changelog, false, "diverging unexplained");
    let with_patches = rebuilt.replace("\n\n", "\nPatch1000: fix.patch\n\n");
    check(&with_patches, true, "diverging unexplained");
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
fn a_build_without_the_mark_on_one_architecture_was_not_made_with_the_configuration() {
    let world = with_configuration(CONFIGURATION);
    world.reconfigure(
        "name = \"x86_64\"\n",
        "name = \"x86_64\"\n[[release.architecture]]\nname = \"aarch64\"\n",
    );
    // Packed in two ways, so that the metadata of the sides are not the same.
    let sides = [
        ("distribution", WrittenCompression::Gzip),
        ("reference", WrittenCompression::Plain),
    ];
    for (side, compression) in sides {
        world.repository(
            &format!("{side}/aarch64"),
            &[package("dnf-4.14.0-25.el9.aarch64", "dnf-4.14.0-25.el9")],
            compression,
        );
    }
    assert_eq!(
        told(&world)[0],
        "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging hardware, matched"
    );
    assert_eq!(
        world.report("9").warnings,
        [
            "dnf: the configuration of autopatch marks what it builds, and the release published for aarch64 bears no mark: its changes do not count there.",
            "dnf: the source texts at hand are those of another version, so they prove nothing here.",
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
        |world| world.write("autopatch/dnf/config.yaml", "actions:\n"),
        &[
            "autopatch/dnf/config.yaml: it has no actions",
            "remedy: correct the file, or take the package out",
        ],
    );
    check(
        |world| world.configure("[[release.autopatch]]\nfolder = \"autopatch\""),
        &[
            "autopatch/dnf: another [[release.autopatch]] has a configuration of this package, too",
            "remedy: take dnf out of packages of one of the two",
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
