//! Reads JSON files of others' making: bounded, and with the file named where it is none.

use super::{Cause, Error};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};

/// What one such file may have.
pub const BYTES_MAX: u64 = 64 << 20;

/// Every `*.json` of a folder, sorted.
pub fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let io = |error| Error::io(folder, error);
    let mut files = fs::read_dir(folder)
        .map_err(io)?
        .map(|entry| Ok(entry.map_err(io)?.path()))
        .collect::<Result<Vec<_>, Error>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    Ok(files)
}

/// Reads a file of at most [`BYTES_MAX`]; `cause` says what it is not, where it is not.
pub fn read_json<T: DeserializeOwned>(file: &Path, cause: fn(String) -> Cause) -> Result<T, Error> {
    let io = |error| Error::io(file, error);
    if fs::metadata(file).map_err(io)?.len() > BYTES_MAX {
        let cause = Cause::TooLong {
            limit: BYTES_MAX,
            stated: false,
        };
        return Err(Error::at(file.display(), cause));
    }
    parse_json(
        &fs::read(file).map_err(io)?,
        &file.display().to_string(),
        cause,
    )
}

/// Reads bytes that are called `place` in messages.
pub fn parse_json<T: DeserializeOwned>(
    bytes: &[u8],
    place: &str,
    cause: fn(String) -> Cause,
) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::at(place, cause(error.to_string())))
}
