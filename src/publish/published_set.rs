//! Reads single documents of a published set.

use super::output::{Folder, digest_of};
use super::{Cause, Error};
use crate::report::{
    self, Builds, Compatibility, Digest, Directory, Document, EndedDeviations, Fixes, HistoryMonth,
    HistoryYear, INDEX_PATH, Index, Ledger, Names, Package, ROWS_PER_DIRECTORY, ReleaseEntry,
    Repositories, Security, SnapshotEntry,
};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A published set on this machine.
pub struct PublishedSet {
    /// The folders that documents are looked for in, in this order; the last is the set's own.
    folders: Vec<PathBuf>,
}

/// The snapshots of a release, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Snapshots {
    /// Those that can be opened.
    pub kept: Vec<SnapshotEntry>,
    /// Those whose reports were lost: gaps.
    pub lost: Vec<SnapshotEntry>,
}

impl PublishedSet {
    /// The set in a folder.
    pub fn new(folder: &Path) -> Self {
        Self::of_folders(vec![folder.to_owned()])
    }

    /// One set whose documents are looked for in several folders, in this order.
    pub fn of_folders(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// Its index.
    pub fn index(&self) -> Result<Index, Error> {
        self.read(INDEX_PATH, None)
    }

    /// The report of a snapshot.
    pub fn report(&self, digest: &Digest) -> Result<Compatibility, Error> {
        self.named(Folder::Compatibility, digest)
    }

    /// The names of the binary packages of a report.
    pub fn names(&self, report: &Compatibility) -> Result<Names, Error> {
        self.named(Folder::Names, &report.names)
    }

    /// A directory of package documents.
    pub fn directory(&self, digest: &Digest) -> Result<Directory, Error> {
        self.named(Folder::Directories, digest)
    }

    /// A package document.
    pub fn package_named(&self, digest: &Digest) -> Result<Package, Error> {
        self.named(Folder::Packages, digest)
    }

    /// How builds stand in a report; `None` where no build system was read for it.
    pub fn builds(&self, report: &Compatibility) -> Result<Option<Builds>, Error> {
        let digest = report.builds.as_ref();
        digest
            .map(|digest| self.named(Folder::Builds, digest))
            .transpose()
    }

    /// A year of a release's history.
    pub fn year(&self, digest: &Digest) -> Result<HistoryYear, Error> {
        self.named(Folder::Years, digest)
    }

    /// A month of a release's history.
    pub fn month(&self, digest: &Digest) -> Result<HistoryMonth, Error> {
        self.named(Folder::Months, digest)
    }

    /// The ledger of a release.
    pub fn ledger(&self, digest: &Digest) -> Result<Ledger, Error> {
        self.named(Folder::Ledgers, digest)
    }

    /// The deviations that ended in a quarter.
    pub fn ended(&self, digest: &Digest) -> Result<EndedDeviations, Error> {
        self.named(Folder::Ended, digest)
    }

    /// The snapshots that were taken of a release. The index of format 1.0 does not tell those that were lost.
    pub fn snapshots(&self, release: &ReleaseEntry) -> Result<Snapshots, Error> {
        let mut snapshots = Snapshots::default();
        if release.years.is_empty() {
            snapshots.kept = release.snapshots.clone();
        }
        for year in &release.years {
            for month in &self.year(&year.digest)?.months {
                for snapshot in self.month(&month.digest)?.snapshots {
                    let list = match snapshot.is_lost() {
                        true => &mut snapshots.lost,
                        false => &mut snapshots.kept,
                    };
                    list.push(snapshot.entry);
                }
            }
        }
        Ok(snapshots)
    }

    /// A security clock.
    pub fn security(&self, digest: &Digest) -> Result<Security, Error> {
        self.named(Folder::Security, digest)
    }

    /// The versions that fix the packages of a security clock.
    pub fn fixes(&self, security: &Security) -> Result<Fixes, Error> {
        let fixes: Fixes = self.named(Folder::Fixes, &security.fixes)?;
        if fixes.fit(security) {
            return Ok(fixes);
        }
        let path = self.own_folder().join(Folder::Fixes.path(&security.fixes));
        let cause = "it does not have a version for each package of the advisories".to_owned();
        let cause = Cause::Published(report::ReadError::Inconsistent(cause));
        Err(Error::at(path.display(), cause))
    }

    /// The report of a snapshot with its boards; `None` where it has none.
    pub fn repositories(
        &self,
        digest: &Digest,
    ) -> Result<Option<(Compatibility, Repositories)>, Error> {
        let report = self.report(digest)?;
        let Some(digest) = &report.repositories else {
            return Ok(None);
        };
        let boards = self.read(&Folder::Repositories.path(digest), Some(digest))?;
        Ok(Some((report, boards)))
    }

    /// The document of a package; `None` where the report has no package of that name.
    pub fn package(&self, report: &Compatibility, name: &str) -> Result<Option<Package>, Error> {
        let Some(row) = report.packages.row_of(name) else {
            return Ok(None);
        };
        let lacking = |what: &str| {
            let cause = report::ReadError::Inconsistent(format!("it has no {what} of {name}"));
            Error::at(self.own_folder().display(), Cause::Published(cause))
        };
        let digest = report
            .directories
            .get(row / ROWS_PER_DIRECTORY)
            .ok_or_else(|| lacking("directory"))?;
        let directory = self.directory(digest)?;
        let digest = directory
            .packages
            .get(row % ROWS_PER_DIRECTORY)
            .ok_or_else(|| lacking("document"))?;
        self.package_named(digest).map(Some)
    }

    fn named<T: Document>(&self, folder: Folder, digest: &Digest) -> Result<T, Error> {
        self.read(&folder.path(digest), Some(digest))
    }

    fn own_folder(&self) -> &Path {
        self.folders.last().map_or(Path::new(""), PathBuf::as_path)
    }

    /// Reads a document and holds it against its name, if that is its digest.
    fn read<T: Document>(&self, path: &str, digest: Option<&Digest>) -> Result<T, Error> {
        let cause = match digest {
            None => Cause::NotPublished,
            Some(_) => Cause::Published(report::ReadError::Inconsistent(
                "the set names this document, and it is not there".to_owned(),
            )),
        };
        let mut found = Err(Error::at(self.own_folder().join(path).display(), cause));
        for folder in &self.folders {
            let file = folder.join(path);
            match fs::read(&file) {
                Ok(bytes) => {
                    found = Ok((file, bytes));
                    break;
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Error::io(&file, error)),
            }
        }
        let (file, bytes) = found?;
        if digest.is_some_and(|digest| digest_of(&bytes) != *digest) {
            let cause = report::ReadError::Inconsistent("its digest is not its name".to_owned());
            return Err(Error::at(file.display(), Cause::Published(cause)));
        }
        report::read(&bytes)
            .map(|(document, _)| document)
            .map_err(|error| Error::at(file.display(), Cause::Published(error)))
    }
}
