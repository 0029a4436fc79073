//! The pages and their paths.

/// A page, with what its path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Overview,
    /// `/9`
    Release {
        /// The release's name in addresses.
        release: String,
    },
    /// `/9/packages`
    Packages {
        /// The release's name in addresses.
        release: String,
    },
    /// `/9/changes`
    Changes {
        /// The release's name in addresses.
        release: String,
    },
    /// `/9/package/bash`
    Package {
        /// The release's name in addresses.
        release: String,
        /// The package's name.
        name: String,
    },
    /// `/9/package/bash/diff/SPECS/bash.spec`
    Diff {
        /// The release's name in addresses.
        release: String,
        /// The package's name.
        name: String,
        /// The file's path in the source package.
        file: String,
    },
    /// `/method`
    Method,
    /// Anything else.
    NotFound {
        /// The path.
        path: String,
    },
}

impl Route {
    /// Reads the path of an address, without the base that the app is hosted under.
    pub fn parse(path: &str) -> Self {
        let not_found = || Self::NotFound {
            path: path.to_owned(),
        };
        let trimmed = path.trim_matches('/');
        let decoded: Option<Vec<String>> = trimmed.split('/').map(decode).collect();
        let Some(segments) = decoded else {
            return not_found();
        };
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let owned = |text: &str| text.to_owned();
        match segments[..] {
            [""] => Self::Overview,
            ["method"] => Self::Method,
            [first, ..] if !is_release(first) => not_found(),
            [release] => Self::Release {
                release: owned(release),
            },
            [release, "packages"] => Self::Packages {
                release: owned(release),
            },
            [release, "changes"] => Self::Changes {
                release: owned(release),
            },
            [release, "package", name] if !name.is_empty() => Self::Package {
                release: owned(release),
                name: owned(name),
            },
            [release, "package", name, "diff", ref file @ ..]
                if !name.is_empty() && !file.is_empty() =>
            {
                Self::Diff {
                    release: owned(release),
                    name: owned(name),
                    file: file.join("/"),
                }
            }
            _ => not_found(),
        }
    }

    /// The path of the page, encoded, starting with `/`.
    pub fn path(&self) -> String {
        match self {
            Self::Overview => "/".to_owned(),
            Self::Release { release } => format!("/{}", encode(release)),
            Self::Packages { release } => format!("/{}/packages", encode(release)),
            Self::Changes { release } => format!("/{}/changes", encode(release)),
            Self::Package { release, name } => {
                format!("/{}/package/{}", encode(release), encode(name))
            }
            Self::Diff {
                release,
                name,
                file,
            } => {
                let file: Vec<String> = file.split('/').map(encode).collect();
                format!(
                    "/{}/package/{}/diff/{}",
                    encode(release),
                    encode(name),
                    file.join("/")
                )
            }
            Self::Method => "/method".to_owned(),
            Self::NotFound { path } => path.clone(),
        }
    }

    /// The release that the page is about.
    pub fn release(&self) -> Option<&str> {
        match self {
            Self::Release { release }
            | Self::Packages { release }
            | Self::Changes { release }
            | Self::Package { release, .. }
            | Self::Diff { release, .. } => Some(release),
            Self::Overview | Self::Method | Self::NotFound { .. } => None,
        }
    }

    /// The same page of another release; for pages about none, that release's own.
    pub fn in_release(&self, other: &str) -> Self {
        let release = other.to_owned();
        match self.clone() {
            Self::Packages { .. } => Self::Packages { release },
            Self::Changes { .. } => Self::Changes { release },
            Self::Package { name, .. } => Self::Package { release, name },
            Self::Diff { name, file, .. } => Self::Diff {
                release,
                name,
                file,
            },
            _ => Self::Release { release },
        }
    }
}

/// Encodes one segment of a path, or one value of a query: all but unreserved characters and `+`, which names of
/// packages hold and which means itself in a path.
pub fn encode(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Decodes percent encoding; `None` where it is malformed or no UTF-8.
pub fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// A query, without its question mark, that keeps a page on a snapshot, or on the newest where none is named.
pub fn with_snapshot(query: &str, snapshot: Option<&str>) -> String {
    let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some("snapshot");
    let kept = query.split('&').filter(is_other).map(str::to_owned);
    let frozen = snapshot.map(|snapshot| format!("snapshot={}", encode(snapshot)));
    kept.chain(frozen).collect::<Vec<_>>().join("&")
}

/// A release's name starts with a digit, so that it never stands in the way of a page's name.
fn is_release(segment: &str) -> bool {
    segment.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(path: &str, expected: Route) {
        assert_eq!(Route::parse(path), expected, "{path}");
    }

    #[test]
    fn every_route_is_read_and_written() {
        let (release, name) = (|| "9".to_owned(), || "libstdc++".to_owned());
        let file = || "SPECS/a b.spec".to_owned();
        check("/", Route::Overview);
        check("", Route::Overview);
        check("/9", Route::Release { release: release() });
        check("/9/", Route::Release { release: release() });
        check("/9/packages", Route::Packages { release: release() });
        check("/9/changes", Route::Changes { release: release() });
        check(
            "/9/package/libstdc++",
            Route::Package {
                release: release(),
                name: name(),
            },
        );
        let diff = Route::Diff {
            release: release(),
            name: name(),
            file: file(),
        };
        check("/9/package/libstdc++/diff/SPECS/a%20b.spec", diff.clone());
        assert_eq!(diff.path(), "/9/package/libstdc++/diff/SPECS/a%20b.spec");
        check("/method", Route::Method);
    }

    #[test]
    fn anything_else_is_not_found() {
        for path in [
            "/nine",
            "/9/package",
            "/9/package/",
            "/9/x",
            "/method/x",
            "/9/package/a/diff",
            "/%zz",
            "/%ff",
        ] {
            check(
                path,
                Route::NotFound {
                    path: path.to_owned(),
                },
            );
        }
    }

    #[test]
    fn a_reader_stays_on_the_page_when_the_release_changes() {
        let packages = Route::Packages {
            release: "9".to_owned(),
        };
        assert_eq!(packages.in_release("10").path(), "/10/packages");
        assert_eq!(Route::Method.in_release("10").path(), "/10");
    }

    #[test]
    fn a_snapshot_is_put_into_a_query_and_taken_out() {
        for (query, snapshot, expected) in [
            ("", None, ""),
            ("", Some("2026-11-20"), "snapshot=2026-11-20"),
            ("q=bash&snapshot=old", Some("a b"), "q=bash&snapshot=a%20b"),
            ("snapshot=old&q=bash", None, "q=bash"),
            ("snapshots=3", None, "snapshots=3"),
        ] {
            assert_eq!(with_snapshot(query, snapshot), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn written_paths_are_read_back(name in "[^/]{1,20}", file in "[^/]{1,9}(/[^/]{1,9}){0,2}") {
            let route = Route::Diff { release: "9".to_owned(), name, file };
            prop_assert_eq!(Route::parse(&route.path()), route);
        }

        #[test]
        fn any_path_is_read_without_panic(path in ".{0,40}") {
            let _ = Route::parse(&path);
        }
    }
}
