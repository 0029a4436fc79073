//! A package that the distribution has under another name: what is known of it under the reference's name is told of it.

use super::support::{FIRST, World, git_in, package, rows};
use almanac::publish::sample::WrittenCompression;
use std::fs;

const OWN_NAME: &str = "lorax-templates-almalinux";

fn world() -> World {
    let world = World::new();
    let reference = "lorax-templates-rhel-9.0-38.el9";
    let distribution = format!("{OWN_NAME}-9.0-38.el9.alma.1");
    for (folder, source) in [
        ("reference/x86_64", reference),
        ("distribution/x86_64", &distribution),
        ("stream", reference),
    ] {
        let packages = [package(&format!("{source}.noarch"), source)];
        let bash = package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9");
        let all = packages.into_iter().chain([bash]).collect::<Vec<_>>();
        world.repository(folder, &all, WrittenCompression::Gzip);
    }
    world.configure(
        "[[release.origin]]\nrole = \"stream\"\nname = \"Stream\"\nlocation = \"stream\"",
    );
    world
}

#[test]
fn what_is_known_under_the_references_name_is_told_under_the_distributions() {
    let world = world();
    world.configure(
        "[[release.autopatch]]\nfolder = \"autopatch\"\nurl = \"https://a.example/{package}\"\n\
         [[release.statements]]\nfile = \"list.json\"\nwho = \"The list\"",
    );
    world.write(
        "autopatch/lorax-templates-rhel/config.yaml",
        "actions:\n  - replace: [{target: spec, find: Red Hat, replace: AlmaLinux}]\n",
    );
    world.write(
        "list.json",
        r#"[{"package": "lorax-templates-rhel", "releases": {"9": {"state": "unmodified", "url": null}}}]"#,
    );
    world.publish_at(FIRST).unwrap();
    let row = rows(&world.report("9").packages)
        .into_iter()
        .find(|row| row.starts_with(OWN_NAME));
    assert_eq!(
        row.as_deref(),
        Some("lorax-templates-almalinux | 9.0-38.el9.alma.1 | 9.0-38.el9 | patched")
    );
    assert_eq!(
        world.report("9").warnings,
        [
            "lorax-templates-almalinux: The list says that it is not modified; found was a modified source, by the release alone."
        ]
    );
    let told = world.package("9", OWN_NAME);
    assert_eq!(told.statements.len(), 1);
    assert_eq!(
        told.changes[0].origin.as_deref(),
        Some("https://a.example/lorax-templates-rhel")
    );
    assert_eq!(told.architectures[0].origin.as_deref(), Some("Stream"));
}

/// Makes a repository with a tagged commit on a branch.
fn repository(world: &World, name: &str, branch: &str, spec: &str, tag: &str) {
    let folder = world.path(&format!("repositories/{name}.git"));
    if !folder.exists() {
        fs::create_dir_all(&folder).unwrap();
        git_in(&folder, &["init", "--quiet"]);
    }
    git_in(&folder, &["checkout", "--quiet", "-B", branch]);
    world.write(&format!("repositories/{name}.git/SPECS/lorax.spec"), spec);
    git_in(&folder, &["add", "."]);
    git_in(&folder, &["commit", "--quiet", "-m", "import"]);
    git_in(&folder, &["tag", "-a", "-m", "import", tag]);
}

#[test]
fn each_side_is_read_from_the_repository_that_bears_its_name_else_from_the_other() {
    const REFERENCE: &str = "lorax-templates-rhel";
    let tags = [
        "imports/c9/lorax-templates-rhel-9.0-38.el9".to_owned(),
        format!("changed/a9/{OWN_NAME}-9.0-38.el9.alma.1"),
    ];
    let check = |[before, after]: [&str; 2], packages: &str, tags: [&str; 2], current: bool| {
        let world = world();
        world.configure(&format!(
            "[[release.sources]]\ngit = \"repositories/{{package}}.git\"\nbefore_branch = \"c9\"\n\
             after_branch = \"a9\"\npackages = {packages}"
        ));
        repository(&world, before, "c9", "Release: 38%{?dist}\n", tags[0]);
        repository(&world, after, "a9", "Release: 38%{?dist}.alma.1\n", tags[1]);
        world.publish_at(FIRST).unwrap();
        let texts = world.package("9", OWN_NAME).texts.unwrap();
        assert_eq!(texts.current, current, "{before} {after} {packages}");
        assert_eq!(texts.files.len(), 1);
        assert_eq!(world.index().input_failures, []);
    };
    let own_tags = tags.each_ref().map(String::as_str);
    for packages in [
        "[\"*\"]",
        "[\"lorax-templates-rhel\"]",
        "[\"lorax-templates-almalinux\"]",
    ] {
        check([REFERENCE, OWN_NAME], packages, own_tags, true);
    }
    check(
        [REFERENCE, OWN_NAME],
        "[\"lorax-templates-rhel\", \"*\"]",
        own_tags,
        true,
    );
    let in_reference = [
        own_tags[0],
        "changed/a9/lorax-templates-rhel-9.0-38.el9.alma.1",
    ];
    check([REFERENCE, REFERENCE], "[\"*\"]", in_reference, true);
    let in_own = [
        "imports/c9/lorax-templates-almalinux-9.0-38.el9",
        own_tags[1],
    ];
    check([OWN_NAME, OWN_NAME], "[\"*\"]", in_own, true);
    check([OWN_NAME, OWN_NAME], "[\"*\"]", own_tags, true);
    check([REFERENCE, REFERENCE], "[\"*\"]", own_tags, true);
    let of_another_package = [own_tags[0], "changed/a9/lorax-9.0-38.el9.alma.1"];
    check([OWN_NAME, OWN_NAME], "[\"*\"]", of_another_package, false);
}

#[test]
fn a_name_that_alone_says_that_a_package_is_modified_is_told_as_that() {
    let world = world();
    let source = format!("{OWN_NAME}-9.0-38.el9");
    let own = [package(&format!("{source}.noarch"), &source)];
    world.repository("distribution/x86_64", &own, WrittenCompression::Gzip);
    world.configure("[[release.statements]]\nfile = \"list.json\"\nwho = \"The list\"");
    world.write(
        "list.json",
        r#"[{"package": "lorax-templates-rhel", "releases": {"9": {"state": "unmodified", "url": null}}}]"#,
    );
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        world.report("9").warnings,
        [
            "lorax-templates-almalinux: The list says that it is not modified; found was a modified source, by its name alone."
        ]
    );
}
