//! Writes the configuration that publishes one snapshot of the sample, and its files of changes.

use super::advisories::WrittenAdvisories;
use super::definition::{Definition, ReleaseTable};
use super::state::{changes_at, state_of};
use crate::domain::Timestamp;
use std::fmt::Write as _;
use std::path::Path;

/// The origins in the order of preference.
pub const ORIGINS: [&str; 4] = ["CentOS Stream", "UBI", "upstream", "Oracle Linux"];
/// What each of them is.
const ORIGIN_ROLES: [&str; 4] = ["stream", "ubi", "upstream", "oracle"];

/// Which repositories were written for a release: the names on either side, and of the origins.
#[derive(Default)]
pub struct WrittenRepositories {
    /// The distribution's repositories.
    pub distribution: Vec<WrittenRepository>,
    /// The reference's repositories.
    pub reference: Vec<WrittenRepository>,
    /// The origins.
    pub origins: Vec<WrittenRepository>,
    /// Which advisories were written.
    pub advisories: WrittenAdvisories,
    /// The tables of repositories that are not compared, as they stand in the configuration.
    pub further: String,
}

/// One repository that was written.
pub struct WrittenRepository {
    /// Its name.
    pub name: String,
    /// Its folder below the configuration's, with `$arch`.
    pub location: String,
    /// The distribution's architectures that it is read for.
    pub architectures: Vec<String>,
}

/// Where the invented build system would have its pages.
const BUILD_PAGE: &str = "https://build.example.org/build/{id}";
const BUILD_LOGS: &str = "https://build.example.org/logs/build-{id}/{log}";

const HEAD: &str = r#"sample = true

[distribution]
name = "AlmaLinux"
tracker = { name = "AlmaLinux", url = "https://bugs.almalinux.org" }

[reference]
name = "RHEL"
tracker = { name = "CentOS Stream", url = "https://issues.redhat.com/projects/RHEL" }

[promise]
label = "Promise of 2023"
matched = 75.0
patched = 24.0
diverging = 1.0
"#;

fn role_of(origin: &str) -> &'static str {
    let known = ORIGINS.iter().zip(ORIGIN_ROLES);
    known
        .filter(|(name, _)| **name == origin)
        .map(|(_, role)| role)
        .next()
        .unwrap_or("other")
}

/// The configuration. `sources` is the definition's folder of source texts.
pub fn configuration_text(
    definition: &Definition,
    sources: &Path,
    written: &[WrittenRepositories],
) -> String {
    let mut text = HEAD.to_owned();
    for (release, written) in definition.distribution.release.iter().zip(written) {
        let id = &release.id;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[[release]]\nid = {}\ndistribution_minor = {}\nreference_minor = {}\n",
            quoted(id),
            quoted(&release.distribution_minor),
            quoted(&release.reference_minor)
        );
        for architecture in &release.architectures {
            let _ = write!(
                text,
                "[[release.architecture]]\nname = {}\n",
                quoted(architecture.name.0.name())
            );
            if let Some(other) = &architecture.compared_with {
                let _ = writeln!(text, "compared_with = {}", quoted(other));
            }
        }
        let sides = [
            ("distribution", &written.distribution),
            ("reference", &written.reference),
            ("origin", &written.origins),
        ];
        for (key, repositories) in sides {
            for repository in repositories {
                let is_complete = |name: &&String| {
                    !release.architectures.iter().any(|architecture| {
                        architecture.name.0.name() == name.as_str()
                            && architecture.incomplete.as_deref() == Some(key)
                    })
                };
                let (complete, incomplete): (Vec<&String>, Vec<&String>) =
                    repository.architectures.iter().partition(is_complete);
                for (architectures, note) in [(complete, ""), (incomplete, "complete = false\n")] {
                    if architectures.is_empty() {
                        continue;
                    }
                    let role = if key == "origin" {
                        format!("role = \"{}\"\n", role_of(&repository.name))
                    } else {
                        String::new()
                    };
                    let _ = write!(
                        text,
                        "[[release.{key}]]\n{role}name = {}\nlocation = {}\narchitectures = {}\n{note}",
                        quoted(&repository.name),
                        quoted(&repository.location),
                        list(&architectures.into_iter().cloned().collect::<Vec<_>>())
                    );
                }
            }
        }
        text.push_str(&written.further);
        let added = written.distribution.iter();
        for repository in added.filter(|repository| repository.name == "synergy") {
            let _ = write!(
                text,
                "[[release.further]]\nrole = \"synergy\"\nname = \"synergy\"\nlocation = {}\narchitectures = {}\n",
                quoted(&repository.location),
                list(&repository.architectures)
            );
        }
        let folder = sources.join(id);
        if folder.is_dir() {
            let _ = write!(
                text,
                "[[release.sources]]\nfolder = {}\n",
                quoted(&folder.to_string_lossy())
            );
        }
        for (file, who) in [
            (
                "modified-packages.json",
                "AlmaLinux’s list of modified packages",
            ),
            ("notes.toml", "Almanac’s notes"),
        ] {
            let file = sources.with_file_name(file);
            let _ = write!(
                text,
                "[[release.statements]]\nfile = {}\nwho = {}\n",
                quoted(&file.to_string_lossy()),
                quoted(who)
            );
        }
        let _ = write!(
            text,
            "[[release.manifest]]\nfolder = {}\n",
            quoted(&sources.with_file_name("manifest").to_string_lossy())
        );
        if sources.with_file_name("builds").join(id).is_dir() {
            let _ = write!(
                text,
                "[[release.builds]]\nfolder = {}\nplatform = {}\npage = \"{BUILD_PAGE}\"\nlogs = \"{BUILD_LOGS}\"\n",
                quoted(&format!("{id}/builds")),
                quoted(&format!("AlmaLinux-{id}"))
            );
        }
        if written.advisories.own {
            let _ = write!(
                text,
                "[[release.advisories]]\nside = \"distribution\"\nformat = \"errata\"\nname = \"AlmaLinux’s errata\"\nlocation = {}\npage = {}\n",
                quoted(&format!("{id}/advisories/errata.full.json")),
                quoted(&format!(
                    "https://errata.example/{id}/{{id-with-dash}}.html"
                ))
            );
        }
        if written.advisories.own && written.advisories.reference {
            let _ = write!(
                text,
                "[[release.advisories]]\nside = \"reference\"\nformat = \"csaf\"\nname = \"Red Hat’s advisories\"\nlocation = {}\n",
                quoted(&format!("{id}/advisories/reference"))
            );
        }
        let autopatch = sources.with_file_name("autopatch").join(id);
        if autopatch.is_dir() {
            let _ = write!(
                text,
                "[[release.autopatch]]\nfolder = {}\nurl = {}\n",
                quoted(&autopatch.to_string_lossy()),
                quoted(&format!(
                    "https://git.almalinux.org/autopatch/{{package}}/src/branch/a{id}"
                ))
            );
        }
        let _ = write!(
            text,
            "[[release.changes]]\nfile = {}\n",
            quoted(&format!("{id}/changes.toml"))
        );
        text.push_str(&expected_text(definition, id));
    }
    text
}

/// The file of changes of one release at one snapshot: those of the packages that the distribution has.
pub fn changes_text(
    definition: &Definition,
    release: &ReleaseTable,
    sources: &Path,
    snapshot: Timestamp,
) -> String {
    let mut text = String::new();
    for package in &definition.packages {
        let is_there = release.architectures.iter().any(|architecture| {
            state_of(package, release, architecture, snapshot)
                .is_some_and(|state| state.distribution.is_some())
        });
        if !is_there {
            continue;
        }
        let name = package.renamed_to.as_ref().unwrap_or(&package.name);
        let texts = sources.join(&release.id).join(name);
        for change in changes_at(package, &release.id, snapshot) {
            let has = |path: &&String| {
                ["before", "after"]
                    .iter()
                    .any(|side| texts.join(side).join(path).is_file())
            };
            let files: Vec<String> = change.files.iter().filter(has).cloned().collect();
            let _ = write!(
                text,
                "[[change]]\npackage = {}\nclass = {}\nsummary = {}\n",
                quoted(name),
                quoted(&change.class),
                quoted(&change.summary)
            );
            if let Some(origin) = &change.origin {
                let origin = origin.replace("{release}", &release.id);
                let _ = writeln!(text, "origin = {}", quoted(&origin));
            }
            let _ = write!(text, "files = {}\n\n", list(&files));
        }
    }
    text
}

fn expected_text(definition: &Definition, release: &str) -> String {
    let mut text = String::new();
    for expected in &definition.expected {
        if expected
            .releases
            .as_ref()
            .is_some_and(|releases| !releases.iter().any(|id| id == release))
        {
            continue;
        }
        let _ = write!(
            text,
            "[[release.expected]]\npresence = {}\npackages = {}\nreason = {}\n",
            quoted(&expected.presence),
            list(&expected.packages),
            quoted(&expected.reason)
        );
        if let Some(architectures) = &expected.architectures {
            let _ = writeln!(text, "architectures = {}", list(architectures));
        }
    }
    text
}

fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

/// A basic string of TOML, whose escapes JSON's are among.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
