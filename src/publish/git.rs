//! Branches of git repositories, fetched by the command `git` into the cache: one commit, without its history.

mod words;

use super::fetch::{Fetcher, Stop};
use super::output::digest_of;
use super::repository::Location;
use super::{Cause, Error};
use crate::domain::Timestamp;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};
use words::{asks_for_login, cause_told, failure_of_network, tells_absence};

/// How long one call of git may take.
const PATIENCE: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(20);
/// Bytes that a branch may take on disk, what git keeps of it included.
const BYTES_MAX: u64 = 512 << 20;
/// Bytes that are read of the list of a repository's branches and tags.
const REFERENCES_BYTES_MAX: u64 = 4 << 20;
/// Digits of a commit that are shown.
const SHORT_DIGITS: usize = 7;
/// The branches of a repository.
const ALL_BRANCHES: &str = "refs/heads/*";

/// A branch that was checked out.
pub struct Checkout {
    /// Its files, without what git keeps.
    pub folder: PathBuf,
    /// The first digits of its commit.
    pub commit: String,
    /// The name-version-release in the tags `imports/BRANCH/NVR` and `changed/BRANCH/NVR` of this very commit.
    pub tagged: BTreeSet<String>,
    /// Why the repository could not be asked whether the branch has moved on; `None` where it was.
    pub unasked: Option<Unasked>,
}

/// Why a repository could not be asked, and when it last was.
pub struct Unasked {
    /// Why.
    pub cause: String,
    /// When it was asked last; `None` where that is not known.
    pub asked: Option<Timestamp>,
}

/// The commit of a branch that is tagged with the first of the name-version-releases that any is tagged with, else the newest.
/// Nothing is written but in the cache. What the network makes fail is tried again as what is fetched over http(s) is.
///
/// `None` only where there was never one that was fetched before, and it is certain that the branch is not there: the repository
/// names its branches, and this is none of them, a host answers with status 404, or a folder of this machine is not there. All
/// else is an error, and where a commit was fetched before, that one stands in, unless the repository names its branches and this
/// one no longer. An error with [`Cause::GitLogin`] is of a host
/// that asks for a login: many answer so for what is not there, too, and from that alone it is not known which of the two it is.
pub fn checkout(
    repository: &Location,
    branch: &str,
    wanted: &[String],
    fetcher: &Fetcher,
) -> Result<Option<Checkout>, Error> {
    let cache = fetcher.cache_folder().ok_or_else(|| {
        Error::configuration(
            repository,
            "there is no folder to keep what is fetched",
            "name one with --cache, or set XDG_CACHE_HOME or HOME",
        )
    })?;
    let address = match repository {
        Location::Address(address) => address.clone(),
        // Of a plain path git would take the whole history.
        Location::Path(path) => {
            let whole = std::path::absolute(path).map_err(|error| Error::io(path, error))?;
            format!("file://{}", whole.display())
        }
    };
    let key = digest_of(format!("{address}\n{branch}").as_bytes());
    let kept = cache.join("git").join(key.to_string());
    fs::create_dir_all(&kept).map_err(|error| Error::io(&kept, error))?;
    let scratch = tempfile::Builder::new()
        .prefix("partial-")
        .tempdir_in(&kept)
        .map_err(|error| Error::io(&kept, error))?;
    let git = Git {
        repository,
        scratch: scratch.path(),
        fetcher,
    };
    let branch_reference = format!("refs/heads/{branch}");
    let tags = ["imports", "changed"].map(|kind| format!("refs/tags/{kind}/{branch}/"));
    let patterns = tags.each_ref().map(|tag| format!("{tag}*"));
    let asked = git.patiently(|| {
        git.run(&[
            "ls-remote",
            "--",
            &address,
            ALL_BRANCHES,
            &patterns[0],
            &patterns[1],
        ])
    });
    let list = kept.join("references");
    let asked = match asked {
        Ok(None) if !list.is_file() => return Ok(None),
        Ok(None) => Err(git.error("the repository, which was there before, is not there")),
        Ok(Some(text)) if is_doubtful(&text, repository) => Err(git.error(
            "the answer names no branch at all, as that of a host which is no git host may",
        )),
        Ok(Some(text)) => Ok(text),
        Err(error) => Err(error),
    };
    let (text, unasked) = match asked {
        Ok(text) => (text, None),
        Err(error) => match fs::read_to_string(&list) {
            Ok(text) if !error.is_of_this_machine() => {
                let cause = error.cause.to_string();
                let asked = modified(&list);
                (text, Some(Unasked { cause, asked }))
            }
            _ => return Err(error),
        },
    };
    let references = || text.lines().filter_map(|line| line.split_once('\t'));
    let Some(newest) = references().find(|(_, name)| *name == branch_reference) else {
        if !list.is_file() {
            return Ok(None);
        }
        // What is lost stays told, and the commit of before stands for nothing: it is certain that the branch is not there.
        if unasked.is_none() {
            fs::write(&list, &text).map_err(|error| Error::io(&list, error))?;
        }
        return Err(git.error(&format!(
            "the branch {branch}, which was there before, is not there any more; where that is meant, remove the folder git of the \
             cache"
        )));
    };
    let tagged_with = |nvr: &String| {
        let names = tags.each_ref().map(|tag| format!("{tag}{nvr}"));
        // The commit of an annotated tag stands behind the tag's own.
        let mut own = references().filter(|(_, name)| {
            let name = name.strip_suffix("^{}").unwrap_or(name);
            names.iter().any(|tag| tag == name)
        });
        own.next_back()
    };
    let (commit, reference) = wanted.iter().find_map(tagged_with).unwrap_or(newest);
    if !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) || commit.len() < SHORT_DIGITS {
        return Err(git.error("git answers with no commit"));
    }
    let folder = kept.join(commit);
    if !folder.is_dir() {
        if let Some(unasked) = unasked {
            return Err(git.error(&unasked.cause));
        }
        let reference = reference.strip_suffix("^{}").unwrap_or(reference);
        let tree = git.patiently(|| git.fetch(&address, reference, commit))?;
        forget_older(&kept, scratch.path())?;
        fs::rename(&tree, &folder).map_err(|error| Error::io(&folder, error))?;
    }
    if unasked.is_none() {
        fs::write(&list, &text).map_err(|error| Error::io(&list, error))?;
    }
    let tagged = references()
        .filter(|(tagged, _)| *tagged == commit)
        .filter_map(|(_, name)| tags.iter().find_map(|tag| name.strip_prefix(tag.as_str())))
        // The commit of an annotated tag stands beside the tag's own.
        .map(|nvr| nvr.trim_end_matches("^{}").to_owned())
        .collect();
    Ok(Some(Checkout {
        commit: commit[..SHORT_DIGITS].to_owned(),
        tagged,
        unasked,
        folder,
    }))
}

/// Calls git for one repository.
struct Git<'a> {
    repository: &'a Location,
    /// A folder that goes away.
    scratch: &'a Path,
    /// What has patience with the network.
    fetcher: &'a Fetcher,
}

impl Git<'_> {
    fn error(&self, cause: &str) -> Error {
        Error::at(self.repository, Cause::Git(cause.to_owned()))
    }

    /// Tries again what the network made fail.
    fn patiently<T>(&self, mut attempt: impl FnMut() -> Result<T, Stop>) -> Result<T, Error> {
        match self.repository {
            Location::Address(address) => self.fetcher.with_patience(address, attempt),
            Location::Path(_) => attempt().map_err(|stop| match stop {
                Stop::Error(error) => error,
                Stop::Cause(cause) => Error::at(self.repository, cause),
                Stop::Host(failure, _) => {
                    Error::at(self.repository, Cause::Fetch { failure, tries: 1 })
                }
            }),
        }
    }

    /// The files of a commit in a folder of the scratch.
    fn fetch(&self, address: &str, reference: &str, commit: &str) -> Result<PathBuf, Stop> {
        let run = |arguments: &[&str]| {
            let not_there = || Stop::Error(self.error("there is no such repository"));
            self.run(arguments)?.ok_or_else(not_there)
        };
        let tree = self.scratch.join("tree");
        // A try that broke off may have left a part of it.
        if tree.is_dir() {
            fs::remove_dir_all(&tree).map_err(|error| Stop::Error(Error::io(&tree, error)))?;
        }
        let own = tree.join(".git");
        run(&["init", "--quiet", "--template=", "tree"])?;
        // Attributes in the repository could have its files rewritten on their way.
        let information = own.join("info");
        fs::create_dir_all(&information)
            .and_then(|()| {
                fs::write(
                    information.join("attributes"),
                    "* -text -eol -ident -filter -working-tree-encoding\n",
                )
            })
            .map_err(|error| Stop::Error(Error::io(&information, error)))?;
        run(&[
            "-C",
            "tree",
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            "--no-recurse-submodules",
            "--",
            address,
            reference,
        ])?;
        // What was fetched may be a tag.
        let found = run(&["-C", "tree", "rev-parse", "--verify", "FETCH_HEAD^{commit}"])?;
        if found.trim() != commit {
            let cause = "the branch moved on while it was fetched";
            return Err(Stop::Error(self.error(cause)));
        }
        run(&["-C", "tree", "checkout", "--quiet", "--detach", commit])?;
        fs::remove_dir_all(&own).map_err(|error| Stop::Error(Error::io(&own, error)))?;
        Ok(tree)
    }

    /// What git prints; `None` where it is certain that there is no such repository.
    fn run(&self, arguments: &[&str]) -> Result<Option<String>, Stop> {
        let (output, errors) = (self.scratch.join("output"), self.scratch.join("errors"));
        let create =
            |path: &Path| File::create(path).map_err(|error| Stop::Error(Error::io(path, error)));
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        let mut child = command
            .current_dir(self.scratch)
            .envs([
                ("LC_ALL", "C"),
                ("GIT_TERMINAL_PROMPT", "0"),
                ("GIT_CONFIG_NOSYSTEM", "1"),
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_ALLOW_PROTOCOL", self.protocols()),
            ])
            .args([
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "core.symlinks=false",
            ])
            .args(["-c", "gc.auto=0", "-c", "maintenance.auto=false"])
            // A host that sends next to nothing is given up by git itself, which then says so.
            .args([
                "-c",
                "http.lowSpeedLimit=1000",
                "-c",
                "http.lowSpeedTime=30",
            ])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(create(&output)?)
            .stderr(create(&errors)?)
            .spawn()
            .map_err(|error| {
                Stop::Error(Error::configuration(
                    self.repository,
                    format!("the command git cannot be run: {error}"),
                    "install git, or name a folder instead",
                ))
            })?;
        let start = Instant::now();
        let io = |error| Stop::Error(Error::io(self.scratch, error));
        let status = loop {
            let ended = child.try_wait().map_err(io)?;
            let excess = if bytes_below(self.scratch) > BYTES_MAX {
                Some("it takes more than 512 MiB, the most that is fetched")
            } else if start.elapsed() > PATIENCE {
                Some("git took longer than 2 minutes")
            } else {
                None
            };
            if let Some(excess) = excess {
                // It may have ended by itself.
                let _ = child.kill();
                child.wait().map_err(io)?;
                return Err(Stop::Error(self.error(excess)));
            }
            match ended {
                Some(status) => break status,
                None => sleep(POLL),
            }
        };
        if status.success() {
            let too_much = || Stop::Error(self.error("git answers too much, or no text"));
            return read_limited(&output).ok_or_else(too_much).map(Some);
        }
        let told = read_limited(&errors).unwrap_or_default();
        match self.repository {
            Location::Address(_) if tells_absence(&told) => Ok(None),
            Location::Address(_) if asks_for_login(&told) => {
                Err(Stop::Error(Error::at(self.repository, Cause::GitLogin)))
            }
            Location::Address(_) => Err(match failure_of_network(&told) {
                Some(failure) => failure.into(),
                None => Stop::Error(self.error(&cause_told(&told))),
            }),
            Location::Path(path) if matches!(path.try_exists(), Ok(false)) => Ok(None),
            Location::Path(_) => Err(Stop::Error(self.error(&cause_told(&told)))),
        }
    }

    fn protocols(&self) -> &'static str {
        match self.repository {
            Location::Address(_) => "https:http",
            Location::Path(_) => "file",
        }
    }
}

/// Whether a list of references may be no answer of a git host: one without any branch is also what git makes of a page.
fn is_doubtful(references: &str, repository: &Location) -> bool {
    matches!(repository, Location::Address(_)) && !references.contains("\trefs/heads/")
}

/// When a file was written last.
fn modified(path: &Path) -> Option<Timestamp> {
    let time = fs::metadata(path).and_then(|metadata| metadata.modified());
    let elapsed = time.ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Timestamp::from_unix_seconds(elapsed.as_secs().try_into().ok()?)
}

fn read_limited(path: &Path) -> Option<String> {
    let bytes = fs::metadata(path).ok()?.len();
    (bytes <= REFERENCES_BYTES_MAX).then(|| fs::read_to_string(path).ok())?
}

/// Bytes of the files below a folder; those that vanish meanwhile do not count.
fn bytes_below(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => bytes_below(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

/// Removes the commits that a branch had before.
fn forget_older(kept: &Path, scratch: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(kept).map_err(|error| Error::io(kept, error))? {
        let path = entry.map_err(|error| Error::io(kept, error))?.path();
        if path.is_dir() && path != scratch {
            fs::remove_dir_all(&path).map_err(|error| Error::io(&path, error))?;
        }
    }
    Ok(())
}
