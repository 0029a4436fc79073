//! Reads a file that another tool wrote, and cuts its lines to what is published.

use crate::publish::{Cause, Error};
use crate::report::limits;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Characters of a line that are published.
const LINE_CHARACTERS: usize = 300;

/// The text of a file, unpacked where its name ends in `.gz`; bytes that are no UTF-8 are replaced. `None` where it is not
/// there.
pub fn text_of(path: &Path) -> Result<Option<String>, Error> {
    let io = |error| Error::io(path, error);
    let file = match File::open(path) {
        Ok(file) => BufReader::new(file),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    let limit = limits::TOOL_REPORT_BYTES as u64;
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::bufread::MultiGzDecoder::new(file)
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refused(path, format!("it cannot be unpacked: {error}")))?;
    } else {
        file.take(limit + 1).read_to_end(&mut bytes).map_err(io)?;
    }
    if bytes.len() as u64 > limit {
        let cause = Cause::TooLong {
            limit,
            stated: false,
        };
        return Err(Error::at(path.display(), cause));
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// An error of a file that is not what such a tool writes.
pub fn refused(path: &Path, cause: impl Into<String>) -> Error {
    Error::at(path.display(), Cause::ToolReport(cause.into()))
}

/// The lines that are published, and how many more there are.
pub fn listed(lines: impl IntoIterator<Item = String>) -> (Vec<String>, u32) {
    let mut lines = lines.into_iter();
    let listed: Vec<String> = lines
        .by_ref()
        .take(limits::TOOL_REPORT_LINES)
        .map(|line| shortened(&line))
        .collect();
    (listed, lines.count() as u32)
}

fn shortened(line: &str) -> String {
    let shown = |character: char| {
        if character.is_control() {
            ' '
        } else {
            character
        }
    };
    let mut text: String = line.chars().take(LINE_CHARACTERS).map(shown).collect();
    if line.chars().nth(LINE_CHARACTERS).is_some() {
        text.push('…');
    }
    text
}
