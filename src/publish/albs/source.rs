//! Which package the source of a task is of, and how it is named.

use super::document::Source;
use super::tags::is_repository_of;
use crate::domain::{BuildSource, srpm_of, without_mail_addresses};
use crate::publish::repository::without_credentials;
use crate::report::limits;

/// Why the build of a source counts for no package.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoPackage {
    /// It is of this repository, which is none of AlmaLinux's own: what stands there under a name may be anything.
    Foreign(String),
    /// Neither a tag nor an address names one.
    Unnamed,
}

/// The package that a source is of, and how the source is named: its tag, branch or commit, or the address of its SRPM.
pub fn source_of(source: &Source) -> Result<(String, String), NoPackage> {
    let url = without_credentials(source.url.as_deref().unwrap_or_default());
    if let Some(srpm) = srpm_of(&url) {
        return Ok((srpm.name, url));
    }
    let git_ref = source.git_ref.as_deref().unwrap_or_default();
    let package = BuildSource::parse(git_ref)
        .map(|source| source.nvr.name)
        .or_else(|| package_of_url(&url));
    let package = package.ok_or(NoPackage::Unnamed)?;
    if !url.is_empty() && !is_repository_of(&url, &package) {
        return Err(NoPackage::Foreign(without_mail_addresses(&url)));
    }
    Ok((package, git_ref.to_owned()))
}

/// The package that a repository is named for: `bash` of `https://git.almalinux.org/rpms/bash.git`.
fn package_of_url(url: &str) -> Option<String> {
    let (_, name) = url.rsplit_once('/')?;
    let name = name.strip_suffix(".git").unwrap_or(name);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte);
    let is_name = (1..=limits::NAME_CHARACTERS).contains(&name.len());
    (is_name && name.bytes().all(is_plain)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_named_for_its_package() {
        let check = |url: &str, expected: Option<&str>| {
            assert_eq!(package_of_url(url).as_deref(), expected);
        };
        check(
            "https://git.almalinux.org/rpms/libstdc++.git",
            Some("libstdc++"),
        );
        check("https://git.almalinux.org/rpms/bash", Some("bash"));
        check("https://example.org/.git", None);
        check("https://example.org/a b.git", None);
        check("", None);
    }

    #[test]
    fn a_source_is_of_a_package_by_its_srpm_its_tag_or_its_repository() {
        let check = |url: Option<&str>, git_ref: Option<&str>, expected: Result<&str, &str>| {
            let source = Source {
                url: url.map(str::to_owned),
                git_ref: git_ref.map(str::to_owned),
                git_commit_hash: None,
            };
            let found = match source_of(&source) {
                Ok((package, source)) => Ok(format!("{package} {source}")),
                Err(NoPackage::Foreign(repository)) => Err(repository),
                Err(NoPackage::Unnamed) => Err("unnamed".to_owned()),
            };
            let found = found.as_deref().map_err(String::as_str);
            assert_eq!(found, expected, "{url:?} {git_ref:?}");
        };
        let (own, tag) = ("https://git.almalinux.org/rpms/bash", "imports/c9/bash-5-1");
        let with_password = "https://jane:secret@example.org/x/bash-5-1.src.rpm?token=1";
        let srpm = Ok("bash https://example.org/x/bash-5-1.src.rpm");
        for git_ref in [None, Some("")] {
            check(Some(with_password), git_ref, srpm);
        }
        check(Some(own), Some(tag), Ok("bash imports/c9/bash-5-1"));
        check(Some(&format!("{own}.git")), Some("a9"), Ok("bash a9"));
        check(Some(own), None, Ok("bash "));
        check(None, Some(tag), Ok("bash imports/c9/bash-5-1"));
        check(None, Some("a9"), Err("unnamed"));
        check(None, None, Err("unnamed"));
        check(
            Some("https://example.org/x.src.rpm"),
            None,
            Err("https://example.org/x.src.rpm"),
        );
        for foreign in [
            "https://git.example.org/rpms/bash.git",
            "https://git.almalinux.org/somebody/bash.git",
            "https://git.almalinux.org.example.org/rpms/bash.git",
        ] {
            check(Some(foreign), Some("main"), Err(foreign));
            check(Some(foreign), Some(tag), Err(foreign));
        }
        let of_another = "https://git.almalinux.org/rpms/zsh.git";
        check(Some(of_another), Some(tag), Err(of_another));
        check(
            Some("jane@x.org:git/bash.git"),
            Some("a9"),
            Err("…/bash.git"),
        );
    }
}
