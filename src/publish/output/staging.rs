//! Puts a published set in place: everything is written beside it first, then moved in, the index last.
//!
//! Until the index is replaced, readers see what was published before; whatever fails before leaves that as it was.

use super::folder::{Folder, digest_of};
use crate::publish::published_set::PublishedSet;
use crate::publish::{Cause, Error, schema};
use crate::report::{Digest, Document, INDEX_PATH, Index, limits};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

const STAGING_PREFIX: &str = ".almanac-staging-";

/// What is being published into a folder, which is locked meanwhile.
pub struct Staging {
    output: PathBuf,
    output_was_there: bool,
    folder: PathBuf,
    added: BTreeSet<(Folder, Digest)>,
    counts: Counts,
    /// Held for the lock on the output folder.
    _lock: File,
}

/// How many documents were new, and how many there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Written by this run.
    pub added: usize,
    /// There already with the same bytes.
    pub unchanged: usize,
}

const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

impl Staging {
    /// Makes and locks the output folder, and removes what a run that was killed left in it.
    pub fn open(output: &Path) -> Result<Self, Error> {
        let io = |error| Error::io(output, error);
        let output_was_there = output.exists();
        fs::create_dir_all(output).map_err(io)?;
        let lock = File::open(output).map_err(io)?;
        // A program that was being started when the last run ended holds its lock for a moment more.
        let mut tries = 0;
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if tries < LOCK_TRIES => {
                    tries += 1;
                    std::thread::sleep(LOCK_PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::at(output.display(), Cause::Busy));
                }
                Err(TryLockError::Error(error)) => return Err(io(error)),
            }
        }
        // Nobody else holds the lock, so that whatever stands there was left behind.
        for entry in fs::read_dir(output).map_err(io)? {
            let path = entry.map_err(io)?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            if name.is_some_and(|name| name.starts_with(STAGING_PREFIX)) {
                fs::remove_dir_all(&path).map_err(|error| Error::io(&path, error))?;
            }
        }
        let folder = output.join(format!("{STAGING_PREFIX}{}", std::process::id()));
        let staging = Self {
            output: output.to_owned(),
            output_was_there,
            folder,
            added: BTreeSet::new(),
            counts: Counts::default(),
            _lock: lock,
        };
        fs::create_dir(&staging.folder).map_err(|error| Error::io(&staging.folder, error))?;
        for folder in Folder::ALL {
            let path = staging.folder.join(folder.name());
            fs::create_dir(&path).map_err(|error| Error::io(&path, error))?;
        }
        Ok(staging)
    }

    /// Adds a document, which must keep the limits of the format.
    pub fn add<T: Document>(&mut self, folder: Folder, document: &T) -> Result<Digest, Error> {
        let bytes = bytes_of(document, false).map_err(|cause| Error::at(folder.name(), cause))?;
        let digest = digest_of(&bytes);
        self.add_bytes(folder, &digest, &bytes)?;
        Ok(digest)
    }

    /// Adds a source text.
    pub fn add_text(&mut self, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
        self.add_bytes(Folder::Texts, digest, bytes)
    }

    fn add_bytes(&mut self, folder: Folder, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
        let path = folder.path(digest);
        let published = fs::metadata(self.output.join(&path));
        // Another length under this name was damaged; its bytes are written again.
        if published.is_ok_and(|file| file.is_file() && file.len() == bytes.len() as u64) {
            self.counts.unchanged += 1;
        } else if self.added.insert((folder, digest.clone())) {
            write(&self.folder.join(&path), bytes)?;
            self.counts.added += 1;
        }
        Ok(())
    }

    /// The set as it will be: what was added, then what is there already.
    pub fn set(&self) -> PublishedSet {
        PublishedSet::of_folders(vec![self.folder.clone(), self.output.clone()])
    }

    /// Adds bytes under the digest of a document, or of a text, that another set has.
    pub fn adopt(&mut self, folder: Folder, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
        self.add_bytes(folder, digest, bytes)
    }

    /// Moves everything in place, the feeds and then the index last. On an error all that was moved is taken back.
    pub fn commit(mut self, index: &Index, feeds: Vec<(String, Vec<u8>)>) -> Result<Counts, Error> {
        let place = self.output.join(INDEX_PATH);
        let bytes = bytes_of(index, true).map_err(|cause| Error::at(place.display(), cause))?;
        let mut files: Vec<(String, Vec<u8>)> = schema::schemas();
        files.extend(feeds);
        files.push((INDEX_PATH.to_owned(), bytes));
        let mut moved = Moved::default();
        let result = self.move_in(&files, &mut moved);
        if let Err(error) = result {
            moved.take_back(&self.output, &self.folder);
            return Err(error);
        }
        self.output_was_there = true;
        Ok(self.counts)
    }

    fn move_in(&self, files: &[(String, Vec<u8>)], moved: &mut Moved) -> Result<(), Error> {
        // What has a fixed name is written first, so that a full disk is met before anything is moved.
        for (path, bytes) in files {
            write(&self.folder.join("new").join(path), bytes)?;
        }
        for (folder, digest) in &self.added {
            moved.folder(&self.output.join(folder.name()))?;
            let path = folder.path(digest);
            moved.file(&self.folder.join(&path), &self.output.join(&path))?;
        }
        for folder in Folder::ALL {
            sync_folder(&self.output.join(folder.name()))?;
        }
        for (path, bytes) in files {
            let target = self.output.join(path);
            if fs::read(&target).is_ok_and(|published| published == *bytes) {
                continue;
            }
            if let Some(parent) = target.parent().filter(|parent| *parent != self.output) {
                moved.folder(parent)?;
            }
            if target.exists() {
                let old = self.folder.join("old").join(path);
                copy(&target, &old)?;
                moved.replaced.push((old, target.clone()));
            } else {
                moved.files.push(target.clone());
            }
            rename(&self.folder.join("new").join(path), &target)?;
        }
        sync_folder(&self.output)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing can be told from here; the next run removes what could not be removed now.
        let _ = fs::remove_dir_all(&self.folder);
        if !self.output_was_there {
            let _ = fs::remove_dir(&self.output);
        }
    }
}

/// What was moved in place, so that it can be taken back.
#[derive(Default)]
struct Moved {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    replaced: Vec<(PathBuf, PathBuf)>,
}

impl Moved {
    fn folder(&mut self, path: &Path) -> Result<(), Error> {
        if path.is_dir() {
            return Ok(());
        }
        fs::create_dir(path).map_err(|error| Error::io(path, error))?;
        self.folders.push(path.to_owned());
        Ok(())
    }

    fn file(&mut self, from: &Path, to: &Path) -> Result<(), Error> {
        rename(from, to)?;
        self.files.push(to.to_owned());
        Ok(())
    }

    fn take_back(&self, output: &Path, staging: &Path) {
        // The error that led here is the one to tell; what cannot be taken back harms no reader, since the old index
        // does not refer to it.
        for (old, target) in self.replaced.iter().rev() {
            let _ = fs::rename(old, target);
        }
        for file in self.files.iter().rev() {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        let _ = fs::remove_dir_all(staging);
        let _ = sync_folder(output);
    }
}

/// A document as it is published; `pretty` for the one that people look at.
fn bytes_of<T: Document>(document: &T, pretty: bool) -> Result<Vec<u8>, Cause> {
    document.check().map_err(Cause::Limit)?;
    let json = if pretty {
        serde_json::to_vec_pretty(document)
    } else {
        serde_json::to_vec(document)
    };
    let mut bytes = json.map_err(|error| Cause::Io(io::Error::other(error)))?;
    bytes.push(b'\n');

    limits::within(
        &format!("bytes in a document of the kind {}", T::KIND),
        bytes.len(),
        T::BYTES_MAX,
    )
    .map_err(Cause::Limit)?;
    Ok(bytes)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let io = |error| Error::io(path, error);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(io)?;
    }
    let mut file = File::create(path).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    file.sync_all().map_err(io)
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let bytes = fs::read(from).map_err(|error| Error::io(from, error))?;
    write(to, &bytes)
}

fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(|error| Error::io(to, error))
}

/// Makes the moves in a folder last through a loss of power.
fn sync_folder(path: &Path) -> Result<(), Error> {
    if !path.exists() {
        return Ok(());
    }
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| Error::io(path, error))
}
