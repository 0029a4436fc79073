//! What a configuration can have wrong.

use super::support::World;
use almanac::publish::configuration::{
    FurtherRole, OriginRole, ReleaseSetting, RepositorySetting, Role, read_configuration,
};
use almanac::publish::repository::Location;

fn check(from: &str, to: &str, expected: &[&str]) {
    World::new().check_fault(|world| world.reconfigure(from, to), expected);
}

fn check_added(addition: &str, expected: &[&str]) {
    World::new().check_fault(|world| world.configure(addition), expected);
}

#[test]
fn keys_that_do_not_exist_are_named_with_their_place_and_the_nearest() {
    check(
        "distribution_minor",
        "distribution_miner",
        &[
            "almanac.toml: line 8, column 1: there is no key release.9.distribution_miner",
            "remedy: write distribution_minor instead",
        ],
    );
    check(
        "[distribution]",
        "smaple = true\n[distribution]",
        &[
            "line 2, column 1: there is no key smaple",
            "write sample instead",
        ],
    );
    check(
        "location = \"reference/$arch\"",
        "location = \"reference/$arch\"\nexcludes = []",
        &[
            "line 18, column 1: there is no key release.9.reference.BaseOS.excludes",
            "write exclude instead",
        ],
    );
    check(
        "[reference]",
        "[reference]\nzzz = 1",
        &[
            "there is no key reference.zzz",
            "take the line out; there are name, tracker",
        ],
    );
    check(
        "[reference]",
        "[rules]\nmarks = [{ sufix = \"x\" }]\n[reference]",
        &["rules.marks.1.sufix", "write suffix instead"],
    );
}

#[test]
fn what_is_there_twice_is_told_in_plain_words() {
    let remedy = "remedy: keep one of the two, and take the other out";
    check(
        "distribution_minor",
        "id = \"8\"\ndistribution_minor",
        &["almanac.toml: line 8, column 1: id is there twice", remedy],
    );
    check(
        "[reference]",
        "[distribution]\n[reference]",
        &["column 2: distribution is there twice", remedy],
    );
}

#[test]
fn mirrors_and_certificates() {
    check(
        "location = \"reference/$arch\"",
        "location = \"reference/$arch\"\nmirrors = [\"https://a.example/\"]",
        &["BaseOS is a folder of this machine, and has mirrors"],
    );
    check(
        "location = \"reference/$arch\"",
        "location = \"https://a.example/\"\nmirrors = [\"mirror/9\"]",
        &["a mirror of BaseOS, “mirror/9”, is no http(s) address"],
    );
    check(
        "location = \"reference/$arch\"",
        "location = \"reference/$arch\"\nmirors = []",
        &["reference.BaseOS.mirors", "write mirrors instead"],
    );
    check_added(
        "[[client]]\nprefix = \"http://a.example/\"",
        &["the prefix of a [[client]]: “http://a.example/” does not start with https://"],
    );
    check(
        "[distribution]",
        "on_failure = \"ignore\"\n[distribution]",
        &["unknown variant `ignore`, expected `continue` or `stop`"],
    );
}

/// All that there is where nothing is left out.
const ROLES: [Role; 10] = [
    Role::Distribution,
    Role::Reference,
    Role::Origin(OriginRole::Stream),
    Role::Origin(OriginRole::Ubi),
    Role::Origin(OriginRole::Oracle),
    Role::Further(FurtherRole::Testing),
    Role::Further(FurtherRole::Synergy),
    Role::Further(FurtherRole::Epel),
    Role::Further(FurtherRole::Extras),
    Role::Further(FurtherRole::Devel),
];

fn has(release: &ReleaseSetting, role: Role) -> bool {
    let mut own = release.repositories.iter();
    own.any(|setting| setting.role == role)
}

#[test]
fn the_configuration_in_the_documentation_is_sound() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/almalinux.toml");
    let configuration = read_configuration(&path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(configuration.clients.len(), 1);
    let ids: Vec<&str> = configuration
        .releases
        .iter()
        .map(|release| release.id.as_str())
        .collect();
    assert_eq!(ids, ["10", "9"]);
    for release in &configuration.releases {
        let is_remote = |location: &Location| matches!(location, Location::Address(_));
        let repositories = &release.repositories;
        assert!(
            repositories
                .iter()
                .all(|setting| is_remote(&setting.location))
        );
        // Oracle Linux alone is not for all architectures.
        let is_of_oracle =
            |setting: &&RepositorySetting| setting.role == Role::Origin(OriginRole::Oracle);
        let of_oracle = repositories.iter().filter(is_of_oracle).count();
        let others = repositories.len() - of_oracle;
        assert_eq!(others, release.architectures.len() * 17);
        assert!(ROLES.into_iter().all(|role| has(release, role)));
    }
}

#[test]
fn every_configuration_in_the_readme_is_sound() {
    let readme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let blocks: Vec<&str> = readme
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .filter(|block| block.contains("[[release]]"))
        .collect();
    assert!(!blocks.is_empty());
    let world = World::new();
    for block in blocks {
        world.write("almanac.toml", block);
        let configuration = read_configuration(&world.path("almanac.toml"))
            .unwrap_or_else(|error| panic!("{error}\n{block}"));
        let releases = &configuration.releases;
        let ids: Vec<&str> = releases.iter().map(|release| release.id.as_str()).collect();
        assert_eq!(ids, ["10", "9"]);
        for release in releases {
            let mut roles = ROLES.into_iter();
            // What else there is in one release is there in the other.
            assert!(roles.all(|role| has(release, role) || release.id == "9"));
            for role in [FurtherRole::Epel, FurtherRole::Extras, FurtherRole::Devel] {
                assert!(has(release, Role::Further(role)), "{role:?}");
            }
            let is_remote = |location: &Location| matches!(location, Location::Address(_));
            let mut locations = release.repositories.iter().map(|setting| &setting.location);
            assert!(locations.all(is_remote));
        }
    }
}

#[test]
fn values_of_the_wrong_type() {
    check(
        "id = \"9\"",
        "id = 9",
        &[
            "almanac.toml: line 7, column 6: release.1.id: invalid type: integer `9`, expected a string",
            "remedy: correct that line",
        ],
    );
    check(
        "id = \"9\"",
        "id = \"9",
        &["almanac.toml: line 7, column ", "remedy: correct that line"],
    );
    check("id = \"9\"", "", &["missing field `id`"]);
}

#[test]
fn releases_that_cannot_be() {
    let copy = super::support::CONFIGURATION
        .split_once("[[release]]")
        .unwrap()
        .1;
    check_added(
        &format!("[[release]]{copy}"),
        &["almanac.toml: release 9 is there twice", "an id of its own"],
    );
    for id in ["method", "", "a/b", ".."] {
        check(
            "id = \"9\"",
            &format!("id = \"{id}\""),
            &["cannot be the id of a release", "remedy: use letters"],
        );
    }
    check(
        "distribution_minor = \"9.6\"",
        "distribution_minor = \"nine\"",
        &["release 9: “nine” is no release number"],
    );
    check(
        "name = \"x86_64\"",
        "name = \"sparc\"",
        &[
            "release 9: “sparc” is no known architecture",
            "write one of x86_64",
        ],
    );
    check(
        "name = \"x86_64\"",
        "name = \"noarch\"",
        &["“noarch” is no known architecture"],
    );
    check(
        "[[release.architecture]]",
        "[[release.architecture]]\nname = \"x86_64\"\n[[release.architecture]]",
        &["architecture x86_64 is there twice"],
    );
}

#[test]
fn repositories_that_cannot_be() {
    check(
        "reference/$arch",
        "reference-lost",
        &[
            "reference-lost: there is no such folder",
            "an address starts with https://",
        ],
    );
    check(
        "reference/$arch",
        "ftp://a.example/9",
        &[
            "the location of BaseOS: ftp:// is not read",
            "remedy: write a folder",
        ],
    );
    check(
        "[[release.reference]]",
        "[[release.origin]]\nrole = \"other\"",
        &[
            "the reference has no repository for x86_64",
            "compared_with = \"none\"",
        ],
    );
    check(
        "[[release.distribution]]",
        "[[release.origin]]\nrole = \"other\"",
        &["the distribution has no repository for x86_64"],
    );
    check(
        "location = \"reference/$arch\"",
        "location = \"reference/$arch\"\narchitectures = [\"s390x\"]",
        &["s390x is none of its architectures"],
    );
}

#[test]
fn addresses_rules_and_expectations_that_cannot_be() {
    check(
        "name = \"RHEL\"",
        "name = \"RHEL\"\ntracker = { name = \"x\", url = \"javascript:alert(1)\" }",
        &["reference.tracker.url “javascript:alert(1)” is no http(s) address"],
    );
    check(
        "[reference]",
        "[promise]\nlabel = \"x\"\nmatched = 1\npatched = 2\ndiverging = 3\n[reference]",
        &["the percentages of promise do not add up to 100"],
    );
    check(
        "[reference]",
        "[rules]\nmarks = [{ numbers = 1 }]\n[reference]",
        &["neither a suffix nor before_dist_tag"],
    );
    check(
        "[reference]",
        "[rules.origin_marks]\nfedora = []\n[reference]",
        &[
            "unknown variant `fedora`, expected one of `stream`, `ubi`, `upstream`, `oracle`, `other`",
        ],
    );
    check(
        "[reference]",
        "[rules]\nrenames = [{ reference = \"a\" }]\n[reference]",
        &["neither two prefixes nor two packages"],
    );
    let list = |presence: &str| {
        format!(
            "[[release.expected]]\npresence = \"{presence}\"\npackages = [\"bash\"]\nreason = \"x\"\n"
        )
    };
    check_added(
        &(list("missing") + &list("extra")),
        &[
            "release 9: bash is expected to be missing and to be extra on x86_64",
            "take it out of one of the two lists",
        ],
    );
    check_added(
        &list("gone"),
        &["unknown variant `gone`, expected `missing` or `extra`"],
    );
}

#[test]
fn files_that_are_not_there_or_not_text() {
    let world = World::new();
    world.check_fault(
        |world| world.write("almanac.toml", [0xff, 0xfe]),
        &["almanac.toml: it is not written in UTF-8"],
    );
    world.check_fault(
        |world| std::fs::remove_file(world.path("almanac.toml")).unwrap(),
        &[
            "almanac.toml: there is no such file or folder",
            "remedy: correct the path",
        ],
    );
}
