//! Where a repository is: a folder of this machine, or an http(s) address.

use std::fmt;
use std::path::{Path, PathBuf};

/// A place that files are read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// A folder or file of this machine.
    Path(PathBuf),
    /// An http(s) address, perhaps with credentials: print it with [`fmt::Display`], which leaves them out.
    Address(String),
}

impl Location {
    /// Reads a location as it is written in a configuration: an http(s) address, a `file://` address, or a path relative
    /// to `folder`. `Err` says what is wrong.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        match text.split_once("://") {
            Some(("http" | "https", rest)) if !rest.trim_start_matches('/').is_empty() => {
                Ok(Self::Address(text.to_owned()))
            }
            Some(("file", path)) if path.starts_with('/') => Ok(Self::Path(PathBuf::from(path))),
            Some(("file", _)) => {
                Err("a file:// address has three slashes and a whole path".to_owned())
            }
            Some((scheme, _)) => Err(format!(
                "{scheme}:// is not read, only http://, https:// and file://"
            )),
            None if text.is_empty() => Err("the location is empty".to_owned()),
            None => Ok(Self::Path(folder.join(text))),
        }
    }

    /// A file below it. `relative` has no `..` and is no whole path.
    pub fn file(&self, relative: &str) -> Self {
        match self {
            Self::Path(folder) => Self::Path(folder.join(relative)),
            Self::Address(address) => {
                let (base, query) = address.split_once('?').unwrap_or((address, ""));
                let mark = if query.is_empty() { "" } else { "?" };
                Self::Address(format!(
                    "{}/{relative}{mark}{query}",
                    base.trim_end_matches('/')
                ))
            }
        }
    }
}

/// Whether a path that metadata name is none of a file below the repository.
pub fn leads_out(path: &str) -> bool {
    path.is_empty()
        || path.starts_with('/')
        || path.contains("://")
        || path.split('/').any(|part| part == "..")
}

/// An address without user, password, query and fragment; anything else as it is.
pub fn without_credentials(location: &str) -> String {
    let Some((scheme, rest)) = location.split_once("://") else {
        return location.to_owned();
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(formatter),
            Self::Address(address) => formatter.write_str(&without_credentials(address)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, ()>) {
        let read =
            Location::parse(text, Path::new("/configuration")).map(|location| location.to_string());
        assert_eq!(read.map_err(drop), expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn reads_paths_and_addresses() {
        check("mirror/9", Ok("/configuration/mirror/9"));
        check("/mirror/9", Ok("/mirror/9"));
        check("file:///mirror/9", Ok("/mirror/9"));
        check("https://a.example/9/", Ok("https://a.example/9/"));
        check(
            "https://user:secret@a.example/9?token=1",
            Ok("https://a.example/9"),
        );
        check("file://mirror/9", Err(()));
        check("ftp://a.example/9", Err(()));
        check("https://", Err(()));
        check("", Err(()));
    }

    #[test]
    fn a_file_of_an_address_keeps_the_query_and_prints_without_it() {
        let repository = Location::Address("https://u:p@a.example/9/os/?token=1".to_owned());
        let file = repository.file("repodata/repomd.xml");
        assert_eq!(
            file,
            Location::Address("https://u:p@a.example/9/os/repodata/repomd.xml?token=1".to_owned())
        );
        assert_eq!(
            file.to_string(),
            "https://a.example/9/os/repodata/repomd.xml"
        );
        assert_eq!(
            without_credentials("https://u:p@a.example"),
            "https://a.example"
        );
    }
}
