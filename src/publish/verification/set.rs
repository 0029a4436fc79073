//! Verifies a whole published set, from the index on.

use super::consistency::{failure_disagreements, verify_snapshot};
use super::documents::Documents;
use super::history::{verify_feeds, verify_history, verify_superseded};
use crate::publish::numbers::counted;
use crate::publish::schema;
use crate::report::{Digest, INDEX_PATH, Index};
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path of the file in the set.
    pub path: String,
    /// What is wrong with it.
    pub cause: String,
}

/// What verifying found.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// What does not hold.
    pub faults: Vec<Fault>,
    /// What does no harm, and may be worth knowing.
    pub remarks: Vec<String>,
    /// What there is, in words: `3 releases, 21 snapshots, 742 packages, 96 texts`.
    pub contents: String,
}

/// What was met on the way.
#[derive(Default)]
pub struct Totals {
    /// Releases and names of packages.
    pub packages: BTreeSet<(String, String)>,
    /// Texts.
    pub texts: BTreeSet<Digest>,
}

/// Verifies the published set in a folder. It is never changed.
pub fn verify(folder: &Path) -> Verification {
    let mut documents = Documents::new(folder);
    let mut totals = Totals::default();
    let mut remarks = Vec::new();
    let index: Option<Index> = documents
        .bytes(INDEX_PATH)
        .and_then(|bytes| documents.document(INDEX_PATH, &bytes));
    let mut contents = String::new();
    let mut snapshots = 0;
    if let Some(index) = index {
        for release in &index.releases {
            let entries = verify_history(&mut documents, release);
            for snapshot in &entries {
                verify_snapshot(&mut documents, &mut totals, release, snapshot);
            }
            snapshots += entries.len();
        }
        verify_feeds(&mut documents, &index);
        for cause in failure_disagreements(&index) {
            documents.fault(INDEX_PATH, cause);
        }
        remarks.extend(schema_remarks(folder, &mut documents));
        verify_superseded(&mut documents, folder);
        remarks.extend(unreferenced(folder, &documents.seen));
        contents = [
            counted(index.releases.len(), "release", "releases"),
            counted(snapshots, "snapshot", "snapshots"),
            counted(totals.packages.len(), "package", "packages"),
            counted(totals.texts.len(), "text", "texts"),
        ]
        .join(", ");
    }
    Verification {
        faults: documents.faults,
        remarks,
        contents,
    }
}

/// Published schemas that are not those of this program: another version of it wrote them.
fn schema_remarks(folder: &Path, documents: &mut Documents) -> Vec<String> {
    let mut remarks = Vec::new();
    for (path, bytes) in schema::schemas() {
        documents.seen.insert(path.clone());
        match fs::read(folder.join(&path)) {
            Ok(published) if published == bytes => {}
            Ok(published) if schema::is_schema(&published) => remarks.push(format!(
                "{path}: another version of Almanac wrote this schema"
            )),
            Ok(_) => documents.fault(&path, "it is no JSON Schema of this format"),
            Err(error) => documents.fault(&path, format!("it cannot be read: {error}")),
        }
    }
    remarks
}

fn unreferenced(folder: &Path, seen: &BTreeSet<String>) -> Vec<String> {
    let mut paths = Vec::new();
    if let Err(error) = collect(folder, "", &mut paths) {
        return vec![format!("not every folder could be read: {error}")];
    }
    paths.retain(|path| !seen.contains(path));
    paths.sort();
    paths
        .into_iter()
        .map(|path| format!("{path}: nothing refers to it"))
        .collect()
}

fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

impl Fault {
    /// A fault of a file.
    pub fn new(path: impl Into<String>, cause: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            cause: cause.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.cause)
    }
}
