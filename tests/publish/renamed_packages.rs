//! A package that the distribution has under another name: what is known of it under the reference's name is told of it.

use super::support::{FIRST, World, package, rows};
use almanac::publish::sample::WrittenCompression;

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
