//! Reads single documents of a published set.

use super::output::{Folder, digest_of};
use super::{Cause, Error};
use crate::report::{
    self, Compatibility, Digest, Directory, Document, INDEX_PATH, Index, Package,
    ROWS_PER_DIRECTORY,
};
use std::fs;
use std::path::{Path, PathBuf};

/// A published set on this machine.
pub struct PublishedSet {
    folder: PathBuf,
}

impl PublishedSet {
    /// The set in a folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Its index.
    pub fn index(&self) -> Result<Index, Error> {
        self.read(INDEX_PATH, None)
    }

    /// The report of a snapshot.
    pub fn report(&self, digest: &Digest) -> Result<Compatibility, Error> {
        self.read(&Folder::Compatibility.path(digest), Some(digest))
    }

    /// The document of a package; `None` where the report has no package of that name.
    pub fn package(&self, report: &Compatibility, name: &str) -> Result<Option<Package>, Error> {
        let Some(row) = report.packages.row_of(name) else {
            return Ok(None);
        };
        let lacking = |what: &str| {
            let cause = report::ReadError::Inconsistent(format!("it has no {what} of {name}"));
            Error::at(self.folder.display(), Cause::Published(cause))
        };
        let digest = report
            .directories
            .get(row / ROWS_PER_DIRECTORY)
            .ok_or_else(|| lacking("directory"))?;
        let directory: Directory = self.read(&Folder::Directories.path(digest), Some(digest))?;
        let digest = directory
            .packages
            .get(row % ROWS_PER_DIRECTORY)
            .ok_or_else(|| lacking("document"))?;
        self.read(&Folder::Packages.path(digest), Some(digest))
            .map(Some)
    }

    /// Reads a document and holds it against its name, if that is its digest.
    fn read<T: Document>(&self, path: &str, digest: Option<&Digest>) -> Result<T, Error> {
        let file = self.folder.join(path);
        let bytes = fs::read(&file).map_err(|error| Error::io(&file, error))?;
        if digest.is_some_and(|digest| digest_of(&bytes) != *digest) {
            let cause = report::ReadError::Inconsistent("its digest is not its name".to_owned());
            return Err(Error::at(file.display(), Cause::Published(cause)));
        }
        report::read(&bytes)
            .map(|(document, _)| document)
            .map_err(|error| Error::at(file.display(), Cause::Published(error)))
    }
}
