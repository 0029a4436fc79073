//! Builds of source packages by a build system.

use super::{Nvr, SourceState};

/// How far the build of a package for one architecture is, as far as that tells whether it can be built. Where one build has
/// several tasks for an architecture, the greatest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuildProgress {
    /// It ended well.
    Succeeded,
    /// The architecture was left out on purpose.
    LeftOut,
    /// It was stopped.
    Stopped,
    /// How far it is, or how it ended, is not known.
    Unknown,
    /// It waits or runs.
    Underway,
    /// It failed.
    Failed,
}

/// What a build was made from, as AlmaLinux names its sources: `imports/BRANCH/NVR`, taken as it is, or `changed/BRANCH/NVR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildSource {
    /// Whether it was modified.
    pub state: SourceState,
    /// The name, version and release.
    pub nvr: Nvr,
}

impl BuildSource {
    /// Reads the name of a tag; `None` where it names no version, as a branch does not.
    pub fn parse(git_ref: &str) -> Option<Self> {
        let (kind, rest) = git_ref.split_once('/')?;
        let state = match kind {
            "imports" => SourceState::Unmodified,
            "changed" => SourceState::Modified,
            _ => return None,
        };
        let (_branch, nvr) = rest.rsplit_once('/')?;
        Some(Self {
            state,
            nvr: nvr.parse().ok()?,
        })
    }
}

/// The name, version and release of the SRPM that a build was made from, by its address; `None` where that is none of an SRPM.
pub fn srpm_of(address: &str) -> Option<Nvr> {
    let file = address.rsplit('/').next()?;
    file.strip_suffix(".src.rpm")?.parse().ok()
}

/// The name, version and release that a source states, be it a tag or the address of an SRPM; `None` where it states none.
pub fn stated_nvr(source: &str) -> Option<Nvr> {
    let tagged = BuildSource::parse(source).map(|source| source.nvr);
    tagged.or_else(|| srpm_of(source))
}

/// The line of development that a tag, or a branch of a release, belongs to: its branch without the letter of the side, so that
/// `c9`, from where a source comes, and `a9`, where it is changed, are one: `9`, `9-beta`, `8-stream-1.24`. A build of one line says
/// nothing of another. `None` of a commit, of somebody's own branch and of an SRPM, which name none.
pub fn line_of(git_ref: &str) -> Option<&str> {
    let tagged = ["imports/", "changed/"]
        .iter()
        .find_map(|kind| git_ref.strip_prefix(kind)?.rsplit_once('/'));
    match tagged {
        Some((branch, _)) => Some(numbered(branch).unwrap_or(branch)),
        None => numbered(git_ref).filter(|line| is_line_of_release(line)),
    }
}

/// A branch without the letter of its side, where a number follows that.
fn numbered(branch: &str) -> Option<&str> {
    let line = branch.strip_prefix(['a', 'c'])?;
    line.starts_with(|first: char| first.is_ascii_digit())
        .then_some(line)
}

/// Whether a line is named as those of releases are: the number of a major release, `s` where it is of CentOS Stream, and which
/// beta or module stream.
pub fn is_line_of_release(line: &str) -> bool {
    let named = line.trim_start_matches(|character: char| character.is_ascii_digit());
    let named = named.strip_prefix('s').unwrap_or(named);
    named.is_empty() || named == "-beta" || named.starts_with("-stream-")
}

/// The line of development that a platform of the build system builds where a source names none: `9` of `AlmaLinux-9`, and `10s` of
/// `AlmaLinux-Kitten-10`, which is built from CentOS Stream; `None` of others.
pub fn line_of_platform(platform: &str) -> Option<String> {
    let platform = platform.strip_prefix("AlmaLinux-")?;
    let (major, stream) = match platform.strip_prefix("Kitten-") {
        Some(major) => (major, "s"),
        None => (platform, ""),
    };
    let is_number = !major.is_empty() && major.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{major}{stream}"))
}

/// The major release that the branch of a tag is of: 9 of `imports/c9/NVR`, `c9s`, `a9-beta` and `a9-stream-1.24`; `None` where
/// its name begins with none.
pub fn major_release_of(git_ref: &str) -> Option<u32> {
    let line = line_of(git_ref)?;
    let end = line.find(|character: char| !character.is_ascii_digit());
    line[..end.unwrap_or(line.len())].parse().ok()
}

/// Whether the branch of a tag is of CentOS Stream, or of what is built from it: `c10s`, `a10s`. A release and its Stream may have
/// the same version of a package, each from a source of its own.
pub fn is_of_stream(git_ref: &str) -> bool {
    let Some(line) = line_of(git_ref) else {
        return false;
    };
    let named = line.trim_start_matches(|character: char| character.is_ascii_digit());
    named.len() < line.len() && (named == "s" || named.starts_with("s-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_tag_tells_whether_the_source_was_changed() {
        let check = |git_ref: &str, expected: Option<(SourceState, &str)>| {
            let found = BuildSource::parse(git_ref);
            let found = found.map(|BuildSource { state, nvr }| {
                let nvr = format!("{} {} {}", nvr.name, nvr.version, nvr.release);
                (state, nvr)
            });
            let expected = expected.map(|(state, nvr)| (state, nvr.to_owned()));
            assert_eq!(found, expected, "{git_ref}");
        };
        check(
            "imports/c9/nginx-1.20.1-16.el9_4.1",
            Some((SourceState::Unmodified, "nginx 1.20.1 16.el9_4.1")),
        );
        check(
            "changed/a8-stream-1.24/nginx-1.24.0-1.module_el8.10.0+3+d.alma.1",
            Some((
                SourceState::Modified,
                "nginx 1.24.0 1.module_el8.10.0+3+d.alma.1",
            )),
        );
        check("a9", None);
        check("refs/heads/x/y-1-2", None);
        check("imports/c9/nonsense", None);
    }

    #[test]
    fn a_source_states_its_version_by_its_tag_or_by_the_file_of_its_srpm() {
        let check = |source: &str, expected: Option<&str>| {
            let found = stated_nvr(source)
                .map(|nvr| format!("{} {} {}", nvr.name, nvr.version, nvr.release));
            assert_eq!(found.as_deref(), expected, "{source}");
        };
        let srpm = "https://example.org/SRPMS/gcc-toolset-14-1.2-3.el9.src.rpm";
        check(srpm, Some("gcc-toolset-14 1.2 3.el9"));
        check("imports/c9/bash-5.1-1.el9", Some("bash 5.1 1.el9"));
        check("https://example.org/bash.src.rpm", None);
        check("https://example.org/bash-5.1-1.x86_64.rpm", None);
        check("a9", None);
    }

    #[test]
    fn both_sides_of_a_branch_are_one_line() {
        let check = |git_ref: &str, expected: &str| {
            let expected = Some(expected).filter(|line| !line.is_empty());
            assert_eq!(line_of(git_ref), expected, "{git_ref}");
        };
        check("imports/c9/bash-5.1-1.el9", "9");
        check("changed/a9/bash-5.1-1.el9.alma.1", "9");
        check("a9", "9");
        check("changed/a10s/bash-5.1-1.el10", "10s");
        check("imports/c9-beta/bash-5.1-1.el9", "9-beta");
        check("changed/a8-stream-1.24/nginx-1.24.0-1.el8", "8-stream-1.24");
        check("a9-beta", "9-beta");
        check("a10s", "10s");
        check("a8-stream-1.24", "8-stream-1.24");
        check("imports/main/bash-1-1", "main");
    }

    #[test]
    fn a_commit_or_a_branch_of_somebodys_own_is_no_line() {
        for git_ref in [
            "0d5f6c1e7a9b4c2d8e3f1a0b9c8d7e6f5a4b3c2d",
            "a9-fix-build",
            "a9fix",
            "almalinux-9",
            "main",
            "a",
            "éa9",
            "imports/nonsense",
            "https://example.org/bash-5.1-1.el9.src.rpm",
            "",
        ] {
            assert_eq!(line_of(git_ref), None, "{git_ref}");
        }
    }

    #[test]
    fn a_platform_builds_one_line() {
        let check = |platform: &str, expected: Option<&str>| {
            assert_eq!(line_of_platform(platform).as_deref(), expected);
        };
        check("AlmaLinux-9", Some("9"));
        check("AlmaLinux-Kitten-10", Some("10s"));
        for other in ["AlmaLinux-", "AlmaLinux-9-beta", "CentOS-9", "9", ""] {
            check(other, None);
        }
    }

    #[test]
    fn a_branch_of_stream_is_told_by_its_letter() {
        let check = |branch: &str, expected: bool| {
            let tag = format!("changed/{branch}/bash-5.1-1");
            assert_eq!(is_of_stream(&tag), expected, "{branch}");
        };
        for branch in ["a10s", "c9s", "a10s-beta"] {
            check(branch, true);
        }
        for branch in ["a10", "c9", "a9-beta", "a8-stream-1.24", "s", "main"] {
            check(branch, false);
        }
    }

    #[test]
    fn a_branch_is_of_one_major_release() {
        let check = |branch: &str, expected: Option<u32>| {
            let tag = format!("imports/{branch}/bash-5.1-1");
            assert_eq!(major_release_of(&tag), expected, "{branch}");
        };
        for branch in ["c9", "a9", "c9s", "c9-beta", "a9-stream-1.24"] {
            check(branch, Some(9));
        }
        check("c10s", Some(10));
        check("a8-stream-9", Some(8));
        check("main", None);
        check("almalinux-9", None);
        check("c99999999999", None);
    }
}
