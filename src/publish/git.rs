//! Branches of git repositories, fetched by the command `git` into the cache: one commit, without its history.

use super::output::digest_of;
use super::repository::Location;
use super::{Cause, Error};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long one call of git may take.
const PATIENCE: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(20);
/// Bytes that a branch may take on disk, what git keeps of it included.
const BYTES_MAX: u64 = 512 << 20;
/// Bytes that are read of the list of a repository's branches and tags.
const REFERENCES_BYTES_MAX: u64 = 4 << 20;
/// Digits of a commit that are shown.
const SHORT_DIGITS: usize = 7;

/// A branch that was checked out.
pub struct Checkout {
    /// Its files, without what git keeps.
    pub folder: PathBuf,
    /// The first digits of its commit.
    pub commit: String,
    /// The name-version-release in the tags `imports/BRANCH/NVR` and `changed/BRANCH/NVR` of this very commit.
    pub tagged: BTreeSet<String>,
    /// Why the repository could not be asked whether the branch has moved on; `None` where it was.
    pub unasked: Option<String>,
}

/// The commit of a branch that is tagged with the first of the name-version-releases that any is tagged with, else the newest.
/// `None` where the repository or the branch is not there; nothing is written but in `cache`.
pub fn checkout(
    repository: &Location,
    branch: &str,
    wanted: &[String],
    cache: Option<&Path>,
) -> Result<Option<Checkout>, Error> {
    let cache = cache.ok_or_else(|| {
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
    };
    let branch_reference = format!("refs/heads/{branch}");
    let tags = ["imports", "changed"].map(|kind| format!("refs/tags/{kind}/{branch}/"));
    let asked = git.run(&[
        "ls-remote",
        "--",
        &address,
        &branch_reference,
        &format!("{}*", tags[0]),
        &format!("{}*", tags[1]),
    ]);
    let list = kept.join("references");
    let (text, unasked) = match asked {
        Ok(text) => (text, None),
        Err(Failure::NotThere) => return Ok(None),
        Err(Failure::Other(error)) => match fs::read_to_string(&list) {
            Ok(text) if !error.is_of_this_machine() => (text, Some(error.cause.to_string())),
            _ => return Err(error),
        },
    };
    let references = || text.lines().filter_map(|line| line.split_once('\t'));
    let Some(newest) = references().find(|(_, name)| *name == branch_reference) else {
        return Ok(None);
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
        if let Some(cause) = unasked {
            return Err(git.error(&cause));
        }
        let reference = reference.strip_suffix("^{}").unwrap_or(reference);
        let tree = git.fetch(&address, reference, commit)?;
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
}

enum Failure {
    /// There is no such repository.
    NotThere,
    Other(Error),
}

impl From<Failure> for Cause {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotThere => Self::Git("there is no such repository".to_owned()),
            Failure::Other(error) => error.cause,
        }
    }
}

impl Git<'_> {
    fn error(&self, cause: &str) -> Error {
        Error::at(self.repository, Cause::Git(cause.to_owned()))
    }

    /// The files of a commit in a folder of the scratch.
    fn fetch(&self, address: &str, reference: &str, commit: &str) -> Result<PathBuf, Error> {
        let run = |arguments: &[&str]| {
            self.run(arguments)
                .map_err(|failure| Error::at(self.repository, failure.into()))
        };
        let tree = self.scratch.join("tree");
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
            .map_err(|error| Error::io(&information, error))?;
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
            return Err(self.error("the branch moved on while it was fetched"));
        }
        run(&["-C", "tree", "checkout", "--quiet", "--detach", commit])?;
        fs::remove_dir_all(&own).map_err(|error| Error::io(&own, error))?;
        Ok(tree)
    }

    /// What git prints.
    fn run(&self, arguments: &[&str]) -> Result<String, Failure> {
        let (output, errors) = (self.scratch.join("output"), self.scratch.join("errors"));
        let create = |path: &Path| {
            File::create(path).map_err(|error| Failure::Other(Error::io(path, error)))
        };
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
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(create(&output)?)
            .stderr(create(&errors)?)
            .spawn()
            .map_err(|error| {
                Failure::Other(Error::configuration(
                    self.repository,
                    format!("the command git cannot be run: {error}"),
                    "install git, or name a folder instead",
                ))
            })?;
        let start = Instant::now();
        let io = |error| Failure::Other(Error::io(self.scratch, error));
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
                return Err(Failure::Other(self.error(excess)));
            }
            match ended {
                Some(status) => break status,
                None => sleep(POLL),
            }
        };
        if status.success() {
            return read_limited(&output)
                .ok_or_else(|| Failure::Other(self.error("git answers too much, or no text")));
        }
        let told = read_limited(&errors).unwrap_or_default();
        let absent = [
            "not found",
            "does not exist",
            "does not appear to be a git repository",
        ];
        if absent.iter().any(|words| told.contains(words)) {
            return Err(Failure::NotThere);
        }
        // The address in git's words may have a password; what follows the last colon tells the cause.
        let line = told.lines().find(|line| line.starts_with("fatal: "));
        let cause = line.and_then(|line| line.rsplit(": ").next());
        let cause = cause
            .unwrap_or("it does not say why")
            .replace(char::is_control, " ");
        Err(Failure::Other(self.error(&format!("git failed: {cause}"))))
    }

    fn protocols(&self) -> &'static str {
        match self.repository {
            Location::Address(_) => "https:http",
            Location::Path(_) => "file",
        }
    }
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
