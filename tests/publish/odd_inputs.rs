//! What others wrote and cannot be meant so is told and left out, and costs nothing beside it.

use super::support::{FIRST, World};

#[test]
fn what_is_odd_in_a_list_or_a_manifest_costs_nothing_else() {
    let world = World::new();
    world.configure(
        "[[release.statements]]\nfile = \"list.json\"\nwho = \"The list\"\n\
         [[release.manifest]]\nfolder = \"manifest\"",
    );
    world.write(
        "list.json",
        r#"[{"package": "bash", "releases": {"8": {"state": "odd"}, "9": {"state": "unmodified", "url": "wiki/bash"}}},
            {"package": "dnf", "releases": {"9": {"state": "rewritten"}}},
            {"package": "grub2", "table": "past", "releases": {"9": {"state": "modified"}}},
            {"releases": {}}]"#,
    );
    world.write(
        "manifest/packages.json",
        r#"{"major": 9, "packages": [{"package": "bash", "compatibility_level": 2}, {"package": "dnf", "compatibility_level": "5"},
            {"package": "openssl", "compatibility_level": 0}, {"compatibility_level": 1}]}"#,
    );
    world.publish_at(FIRST).unwrap();
    let bash = world.package("9", "bash");
    assert_eq!((bash.levels[0].level, bash.statements.len()), (2, 1));
    assert_eq!(bash.statements[0].url, None);
    assert_eq!(world.package("9", "dnf").statements, []);
    let left_out = |entry: &str, error: &str| {
        format!(
            "entry {entry} could not be read, so that it is left out: {error}: correct the entry, or take it out."
        )
    };
    let not_understood = |level: &str, name: &str| {
        format!(
            "the compatibility level “{level}” of {name} is not understood, so that none is recorded: write 1, 2, 3 or 4, or Not \
             Applicable where there is none."
        )
    };
    let manifest = world.path("manifest/packages.json").display().to_string();
    let list = world.path("list.json").display().to_string();
    let state = "unknown variant `rewritten`, expected one of `modified`, `unmodified`, `to-be-modified`, `no-longer-required`";
    let table = "unknown variant `past`, expected `current` or `no-longer-required`";
    assert_eq!(
        world.report("9").warnings,
        [
            format!("{list}: {}", left_out("4", "missing field `package`")),
            format!(
                "{manifest}: {}",
                left_out("4 of packages", "missing field `package`")
            ),
            format!("{manifest}: {}", not_understood("0", "openssl")),
            format!("{manifest}: {}", not_understood("5", "dnf")),
            format!(
                "bash: {list}: its link “wiki/bash” is no http(s) address, so that it is left out: correct the link."
            ),
            format!("dnf: {list}: {}", left_out("2", state)),
            format!("grub2: {list}: {}", left_out("3", table)),
        ]
    );
}

#[test]
fn a_day_of_a_note_may_be_written_without_quotes() {
    for since in ["\"2024-02-29\"", "2024-02-29"] {
        let world = World::new();
        world.configure("[[release.statements]]\nfile = \"notes.toml\"\nwho = \"Our notes\"");
        let note = format!("[[note]]\npackage = \"bash\"\nreason = \"x\"\nsince = {since}\n");
        world.write("notes.toml", note);
        world.publish_at(FIRST).unwrap();
        let said = &world.package("9", "bash").statements[0];
        assert_eq!(said.since.as_deref(), Some("2024-02-29"));
    }
}
