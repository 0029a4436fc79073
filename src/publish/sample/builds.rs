//! Writes the builds that the invented build system knows of at one snapshot.

use crate::domain::Timestamp;
use crate::publish::json_file::{json_files, read_json};
use crate::publish::{Cause, Error};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Writes the files of builds of a release, each with the builds that were ordered before the snapshot, into the folder `builds`
/// of `target`. A release that has no such files gets no folder.
pub fn write_builds(files: &Path, target: &Path, snapshot: Timestamp) -> Result<(), Error> {
    if !files.is_dir() {
        return Ok(());
    }
    let folder = target.join("builds");
    fs::create_dir_all(&folder).map_err(|error| Error::io(&folder, error))?;
    for file in json_files(files)? {
        let mut answer: Value = read_json(&file, Cause::Builds)?;
        if let Some(builds) = answer.get_mut("builds").and_then(Value::as_array_mut) {
            builds.retain(|build| is_ordered_before(build, snapshot));
        }
        let path = folder.join(file.file_name().unwrap_or_default());
        let text = format!("{answer:#}\n");
        fs::write(&path, text).map_err(|error| Error::io(&path, error))?;
    }
    Ok(())
}

fn is_ordered_before(build: &Value, snapshot: Timestamp) -> bool {
    let ordered = build.get("created_at").and_then(Value::as_str);
    // Both are written alike up to the second, so that their order is that of the texts.
    ordered.is_some_and(|ordered| *ordered < *snapshot.to_string())
}
