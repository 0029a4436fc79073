//! Reads the list of a kernel's stable symbols, Module.kabi: a checksum, a symbol, its module and its kind of export a line.

use super::report_file::{refused, text_of};
use crate::domain::{AbiEntry, AbiList, Architecture, SourcePackage};
use crate::publish::{Cause, Error};
use std::fs;
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

/// The files of a folder whose names are of no kernel's list, so that they are read for no architecture: each with what is wrong,
/// sorted.
pub fn misnamed_kernel_lists(
    folder: &Path,
    kernels: &[String],
) -> Result<Vec<(String, &'static str)>, Error> {
    let io = |error| Error::io(folder, error);
    let mut misnamed = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let name = entry.map_err(io)?.file_name();
        let name = name.to_string_lossy();
        if let Some(fault) = fault_of_name(&name, kernels) {
            misnamed.push((name.into_owned(), fault));
        }
    }
    misnamed.sort();
    Ok(misnamed)
}

/// What is wrong with the name of a list; `None` where it names a kernel's version and an architecture.
fn fault_of_name(name: &str, kernels: &[String]) -> Option<&'static str> {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let of_kernel = kernels
        .iter()
        .filter_map(|kernel| name.strip_prefix(kernel.as_str())?.strip_prefix('-'));
    let Some(rest) = of_kernel.min_by_key(|rest| rest.len()) else {
        return Some("its name begins with that of no kernel");
    };
    let (version_release, architecture) = rest.rsplit_once('.').unwrap_or((rest, ""));
    let is_known = architecture
        .parse::<Architecture>()
        .is_ok_and(|known| !matches!(known, Architecture::Noarch | Architecture::Src));
    if !is_known {
        return Some("its name ends in no architecture that is known");
    }
    let is_version = version_release
        .split_once('-')
        .is_some_and(|(version, release)| {
            !version.is_empty() && !release.is_empty() && !release.contains('-')
        });
    (!is_version).then_some("its name has no version and release")
}

/// The list of a text; lines that begin with `#` are comments.
fn kernel_list(text: &str) -> Result<AbiList, String> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with('#') {
            continue;
        }
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
    fn a_name_that_is_of_no_kernels_list_is_found() {
        let kernels = ["kernel".to_owned(), "kernel-rt".to_owned()];
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(fault_of_name(name, &kernels), expected, "{name}");
        };
        check("kernel-5.14.0-1.el9.x86_64", None);
        check("kernel-5.14.0-1.el9.aarch64.gz", None);
        check("kernel-rt-5.14.0-1.el9.x86_64", None);
        let no_architecture = Some("its name ends in no architecture that is known");
        check("kernel-5.14.0-1.el9", no_architecture);
        check("kernel-5.14.0-1.el9.x86-64", no_architecture);
        check("kernel-5.14.0-1.el9.sparc64.gz", no_architecture);
        check("kernel-5.14.0-1.el9.noarch", no_architecture);
        let no_version = Some("its name has no version and release");
        check("kernel-5.14.0.x86_64", no_version);
        check("kernel-x86_64", no_architecture);
        check("kernel-uek-5.15-1.el9.x86_64", no_version);
        let no_kernel = Some("its name begins with that of no kernel");
        check("README", no_kernel);
        check("Module.kabi_x86_64", no_kernel);
        check("5.14.0-1.el9.x86_64", no_kernel);
    }

    #[test]
    fn reads_checksums_and_symbols() {
        let text = "0x8ab32967\t__alloc_pages\tvmlinux\tEXPORT_SYMBOL\n\n0x75d19f57\t__alloc_disk\tvmlinux\tEXPORT_SYMBOL_GPL\n";
        assert_eq!(
            &**kernel_list(text).unwrap().text(),
            "kernel(__alloc_disk) = 0x75d19f57\nkernel(__alloc_pages) = 0x8ab32967"
        );
        let with_comments = "# of RHEL 9.8\n0x1\ta\n # b\n";
        let list = kernel_list(with_comments).unwrap();
        assert_eq!(&**list.text(), "kernel(a) = 0x00000001");
        for (text, cause) in [
            ("", "no symbol"),
            ("# 0x1 a\n", "no symbol"),
            ("0x1\ta\n0x2\n", "line 2"),
            ("a\tb\n", "line 1"),
            ("<html> <body>", "line 1"),
        ] {
            let error = kernel_list(text).unwrap_err();
            assert!(error.contains(cause), "{text}: {error}");
        }
    }
}
