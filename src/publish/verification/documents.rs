//! Reads documents of a published set and holds each against its name, its schema and its limits.

use super::set::Fault;
use crate::publish::output::{Folder, digest_of};
use crate::publish::published_set::PublishedSet;
use crate::publish::schema;
use crate::report::{self, Digest, Document};
use jsonschema::Validator;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A published set that is being read.
pub struct Documents {
    folder: PathBuf,
    schemas: BTreeMap<&'static str, Validator>,
    /// The paths read so far.
    pub seen: BTreeSet<String>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

impl Documents {
    /// A set in a folder.
    pub fn new(folder: &Path) -> Self {
        let mut faults = Vec::new();
        let mut schemas = BTreeMap::new();
        for (kind, schema) in schema::all() {
            match jsonschema::validator_for(&schema) {
                Ok(validator) => {
                    schemas.insert(kind, validator);
                }
                Err(error) => faults.push(Fault::new(schema::path_of(kind), error.to_string())),
            }
        }
        Self {
            folder: folder.to_owned(),
            schemas,
            seen: BTreeSet::new(),
            faults,
        }
    }

    /// The set, for what reads it as a whole.
    pub fn set(&self) -> PublishedSet {
        PublishedSet::new(&self.folder)
    }

    /// The bytes of a file; `None` and a fault where they cannot be read.
    pub fn bytes(&mut self, path: &str) -> Option<Vec<u8>> {
        self.seen.insert(path.to_owned());
        match fs::read(self.folder.join(path)) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.fault(path, format!("it cannot be read: {error}"));
                None
            }
        }
    }

    /// The bytes of a file whose name is their digest.
    pub fn named_bytes(&mut self, folder: Folder, digest: &Digest) -> Option<Vec<u8>> {
        let path = folder.path(digest);
        let bytes = self.bytes(&path)?;
        let found = digest_of(&bytes);
        if found == *digest {
            return Some(bytes);
        }
        self.fault(
            &path,
            format!("its SHA-256 is {found}: it is not what was published under this name"),
        );
        None
    }

    /// A document whose name is its digest.
    pub fn named<T: Document>(&mut self, folder: Folder, digest: &Digest) -> Option<T> {
        let bytes = self.named_bytes(folder, digest)?;
        self.document(&folder.path(digest), &bytes)
    }

    /// A document of its bytes.
    pub fn document<T: Document>(&mut self, path: &str, bytes: &[u8]) -> Option<T> {
        let document = match report::read::<T>(bytes) {
            Ok((document, _)) => document,
            Err(error) => {
                self.fault(path, error.to_string());
                return None;
            }
        };
        let validator = self.schemas.get(T::KIND)?;
        // It was read as this very JSON a moment ago.
        let value = serde_json::from_slice(bytes).ok()?;
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        for error in errors {
            self.fault(path, format!("it breaks its schema: {error:.300}"));
        }
        Some(document)
    }

    /// Notes what is wrong with a file.
    pub fn fault(&mut self, path: &str, cause: impl Into<String>) {
        self.faults.push(Fault::new(path, cause));
    }
}
