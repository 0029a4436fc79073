//! Reads the list of a kernel's stable symbols, Module.kabi: a checksum, a symbol, its module and its kind of export a line.

use super::report_file::{refused, text_of};
use crate::domain::{AbiEntry, AbiList, Architecture, SourcePackage};
use crate::publish::{Cause, Error};
use std::path::Path;

/// The list of a kernel's version, `NAME-VERSION-RELEASE.ARCHITECTURE` with or without `.gz` in a folder; `None` where that
/// has none.
pub fn kernel_list_of(
    folder: &Path,
    package: &SourcePackage,
    architecture: Architecture,
) -> Result<Option<AbiList>, Error> {
    // A folder that is misspelt would look like one that has no list of this version.
    if !folder.is_dir() {
        return Err(Error::at(folder.display(), Cause::NoFolder));
    }
    let (name, evr) = (&package.name, &package.evr);
    let file = format!("{name}-{}-{}.{architecture}", evr.version, evr.release);
    for path in [folder.join(format!("{file}.gz")), folder.join(file)] {
        if let Some(text) = text_of(&path)? {
            return kernel_list(&text)
                .map(Some)
                .map_err(|cause| refused(&path, cause));
        }
    }
    Ok(None)
}

fn kernel_list(text: &str) -> Result<AbiList, String> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let mut words = line.split_whitespace();
        let entry = match (words.next(), words.next()) {
            (None, _) => continue,
            (Some(crc), Some(symbol)) => AbiEntry::of_provide(&format!("kernel({symbol})"), crc)
                .filter(|entry| entry.crc().is_some())
                .map(|entry| entry.to_string()),
            _ => None,
        };
        match entry {
            Some(entry) => lines.push(entry),
            None => {
                return Err(format!(
                    "line {number} is no checksum and symbol of a kernel"
                ));
            }
        }
    }
    if lines.is_empty() {
        return Err("it lists no symbol".to_owned());
    }
    Ok(AbiList::of_lines(lines.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_checksums_and_symbols() {
        let text = "0x8ab32967\t__alloc_pages\tvmlinux\tEXPORT_SYMBOL\n\n0x75d19f57\t__alloc_disk\tvmlinux\tEXPORT_SYMBOL_GPL\n";
        assert_eq!(
            &**kernel_list(text).unwrap().text(),
            "kernel(__alloc_disk) = 0x75d19f57\nkernel(__alloc_pages) = 0x8ab32967"
        );
        for (text, cause) in [
            ("", "no symbol"),
            ("0x1\ta\n0x2\n", "line 2"),
            ("a\tb\n", "line 1"),
            ("<html> <body>", "line 1"),
        ] {
            let error = kernel_list(text).unwrap_err();
            assert!(error.contains(cause), "{text}: {error}");
        }
    }
}
