//! What the tags of sources tell of the packages that the build system built from them.

use super::document::{Artifact, Task, task_status};
use crate::analysis::{SourceTag, reduce_module_tag};
use crate::domain::{BuildSource, Evr, Nvr, without_mail_addresses};
use crate::publish::repository::without_credentials;
use crate::report::BuildStatus;
use std::collections::BTreeSet;

/// Where the repositories are whose tags say what AlmaLinux changed: in a fork or elsewhere a tag may say anything.
const REPOSITORIES: &str = "https://git.almalinux.org/rpms/";

/// What a tag tells by the tasks of one build: for each architecture whose task completed, the versions of the packages that it
/// left. A task that names neither its repository nor its packages tells nothing, as all that the build system answers do so.
///
/// Gives back the repository as well that is none of the package's, where something was built from one.
pub fn tags_of(
    source: &BuildSource,
    tasks: &[&Task],
    released: bool,
) -> (BTreeSet<SourceTag>, Option<String>) {
    let (mut tags, mut foreign) = (BTreeSet::new(), None);
    let completed = |task: &&&Task| {
        task.arch != "src" && task.status.map(task_status) == Some(BuildStatus::Completed)
    };
    for task in tasks.iter().filter(completed) {
        let Ok(architecture) = task.arch.parse() else {
            continue;
        };
        let url = without_credentials(task.source.url.as_deref().unwrap_or_default());
        if !is_repository_of(&url, &source.nvr.name) {
            foreign = Some(match url.as_str() {
                "" => "a repository that is not named".to_owned(),
                url => without_mail_addresses(url),
            });
            continue;
        }
        tags.extend(
            versions_built(&task.artifacts, &source.nvr).map(|evr| SourceTag {
                evr,
                architecture,
                released,
                state: source.state,
            }),
        );
    }
    (tags, foreign)
}

/// Whether an address is that of a package's own repository. Git hosts spell a plus in a name in other ways.
pub fn is_repository_of(url: &str, package: &str) -> bool {
    let name = url.strip_prefix(REPOSITORIES);
    name.map(|name| name.strip_suffix(".git").unwrap_or(name))
        .is_some_and(|name| name == package || (package.contains('+') && !name.contains('/')))
}

/// The versions that packages were built in which are the tag's, as far as it can name them: each build has a module tag of its own.
fn versions_built<'a>(
    artifacts: &'a [Artifact],
    tagged: &'a Nvr,
) -> impl Iterator<Item = Evr> + 'a {
    let packages = artifacts.iter().filter(|artifact| artifact.kind == "rpm");
    packages.filter_map(|artifact| {
        let (nvr, _architecture) = artifact.name.strip_suffix(".rpm")?.rsplit_once('.')?;
        let built: Nvr = nvr.parse().ok()?;
        let is_of_tag = built.version == tagged.version
            && reduce_module_tag(&built.release) == reduce_module_tag(&tagged.release);
        is_of_tag.then(|| Evr::new(0, built.version, built.release))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const OWN: &str = "https://git.almalinux.org/rpms/bash.git";

    /// What the tag tells by one task: `VERSION-RELEASE ARCHITECTURE`, or the repository that is a foreign one.
    fn check(tag: &str, arch: &str, status: u32, url: Option<&str>, rpms: &[&str], expected: &str) {
        let artifacts: Vec<_> = rpms
            .iter()
            .map(|name| json!({ "name": name, "type": "rpm" }))
            .collect();
        let task: Task = serde_json::from_value(json!({
            "arch": arch, "status": status, "ref": { "url": url, "git_ref": tag }, "artifacts": artifacts,
        }))
        .unwrap();
        let source = BuildSource::parse(tag).unwrap();
        let (tags, foreign) = tags_of(&source, &[&task], true);
        let told = tags.iter().map(|tag| {
            let Evr {
                version, release, ..
            } = &tag.evr;
            format!("{version}-{release} {}", tag.architecture.name())
        });
        let told: Vec<String> = told.chain(foreign).collect();
        assert_eq!(told.join(", "), expected, "{tag} {arch} {url:?} {rpms:?}");
    }

    #[test]
    fn a_tag_tells_of_what_a_completed_task_of_the_own_repository_left() {
        let tag = "imports/c9/bash-5-1.el9";
        let rpms = ["bash-5-1.el9.src.rpm", "bash-doc-5-1.el9.noarch.rpm"];
        let all = |arch, status, url, expected| check(tag, arch, status, url, &rpms, expected);
        all("x86_64", 2, Some(OWN), "5-1.el9 x86_64");
        all("x86_64_v2", 2, Some(OWN), "5-1.el9 x86_64_v2");
        for status in [0, 1, 3, 4, 5, 42] {
            all("x86_64", status, Some(OWN), "");
        }
        all("vax", 2, Some(OWN), "");
        all("src", 2, Some(OWN), "");
        let unnamed = "a repository that is not named";
        all("x86_64", 2, None, unnamed);
        for foreign in [
            "https://git.example.org/rpms/bash.git",
            "https://git.almalinux.org/somebody/bash.git",
            "https://git.almalinux.org/rpms/zsh.git",
            "https://git.almalinux.org.example.org/rpms/bash.git",
            "https://example.org/bash-5-1.el9.src.rpm",
        ] {
            all("x86_64", 2, Some(foreign), foreign);
        }
        let with_password = "https://jane%40x.org:secret@git.almalinux.org/rpms/bash.git";
        all("x86_64", 2, Some(with_password), "5-1.el9 x86_64");
        all("x86_64", 2, Some("jane@x.org:git/bash.git"), "…/bash.git");
        let plus = "https://git.almalinux.org/rpms/dvd-plus-rw-tools.git";
        let tag = "imports/c9/dvd+rw-tools-7-1.el9";
        let rpm = ["dvd+rw-tools-7-1.el9.x86_64.rpm"];
        check(tag, "x86_64", 2, Some(plus), &rpm, "7-1.el9 x86_64");
    }

    #[test]
    fn the_packages_name_the_version_that_was_built() {
        let check = |tag: &str, rpms: &[&str], expected: &str| {
            let tag = format!("imports/c9/bash-{tag}");
            check(&tag, "x86_64", 2, Some(OWN), rpms, expected);
        };
        check("5-1.el9", &[], "");
        check("5-1.el9", &["bash-5-2.el9.x86_64.rpm", "x.rpm"], "");
        check(
            "5-1.module+el9.1.0+22196+d82931da.2",
            &[
                "bash-5-1.module_el9.1.0+4185+0955a0d7.2.x86_64.rpm",
                "bash-5-1.module_el9.1.0+4185+0955a0d7.3.x86_64.rpm",
            ],
            "5-1.module_el9.1.0+4185+0955a0d7.2 x86_64",
        );
    }
}
