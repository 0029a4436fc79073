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
    /// `/9/builds`
    Builds {
        /// The release's name in addresses.
        release: String,
    },
    /// `/9/repositories`
    Repositories {
        /// The release's name in addresses.
        release: String,
    },
    /// `/9/repositories/testing`
    RepositoryBoard {
        /// The release's name in addresses.
        release: String,
        /// Which of the boards.
        board: Board,
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
    /// `/9/security`
    Security {
        /// The release's name in addresses.
        release: String,
    },
    /// `/9/security/ALSA-2024-1234` or `/9/security/CVE-2024-1234`
    Advisory {
        /// The release's name in addresses.
        release: String,
        /// The name of an advisory of either side, or of a vulnerability.
        id: String,
    },
    /// `/deviations`
    Deviations,
    /// `/progress`
    Progress,
    /// `/synergy`, which leads to that board of a release
    Synergy,
    /// `/9/package/bash/patch/1`
    Patch {
        /// The release's name in addresses.
        release: String,
        /// The package's name.
        name: String,
        /// The patch's number, from 1 in the order of the package's patches.
        number: usize,
    },
    /// `/method`
    Method,
    /// Anything else.
    NotFound {
        /// The path.
        path: String,
    },
}

/// A board of repositories that are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Board {
    /// What waits before it is published.
    Testing,
    /// What the distribution adds until others have it.
    Synergy,
}

impl Board {
    const ALL: [Board; 2] = [Self::Testing, Self::Synergy];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Testing => "Testing",
            Self::Synergy => "Synergy",
        }
    }

    fn of_segment(segment: &str) -> Option<Self> {
        let mut boards = Self::ALL.into_iter();
        boards.find(|board| board.segment() == segment)
    }

    fn segment(self) -> &'static str {
        match self {
            Self::Testing => "testing",
            Self::Synergy => "synergy",
        }
    }
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
            ["deviations"] => Self::Deviations,
            ["progress"] => Self::Progress,
            ["synergy"] => Self::Synergy,
            ["method"] => Self::Method,
            [first, ..] if !is_release(first) => not_found(),
            [release] => Self::Release {
                release: owned(release),
            },
            [release, "packages"] => Self::Packages {
                release: owned(release),
            },
            [release, "builds"] => Self::Builds {
                release: owned(release),
            },
            [release, "repositories"] => Self::Repositories {
                release: owned(release),
            },
            [release, "repositories", board] => match Board::of_segment(board) {
                Some(board) => Self::RepositoryBoard {
                    release: owned(release),
                    board,
                },
                None => not_found(),
            },
            [release, "changes"] => Self::Changes {
                release: owned(release),
            },
            [release, "security"] => Self::Security {
                release: owned(release),
            },
            [release, "security", id] if !id.is_empty() => Self::Advisory {
                release: owned(release),
                id: owned(id),
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
            [release, "package", name, "patch", number] if !name.is_empty() => {
                match patch_number(number) {
                    Some(number) => Self::Patch {
                        release: owned(release),
                        name: owned(name),
                        number,
                    },
                    None => not_found(),
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
            Self::Builds { release } => format!("/{}/builds", encode(release)),
            Self::Repositories { release } => format!("/{}/repositories", encode(release)),
            Self::RepositoryBoard { release, board } => {
                format!("/{}/repositories/{}", encode(release), board.segment())
            }
            Self::Changes { release } => format!("/{}/changes", encode(release)),
            Self::Security { release } => format!("/{}/security", encode(release)),
            // A colon would be escaped; the name is read with a dash as well.
            Self::Advisory { release, id } => {
                format!(
                    "/{}/security/{}",
                    encode(release),
                    encode(&id.replace(':', "-"))
                )
            }
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
            Self::Deviations => "/deviations".to_owned(),
            Self::Progress => "/progress".to_owned(),
            Self::Synergy => "/synergy".to_owned(),
            Self::Patch {
                release,
                name,
                number,
            } => format!(
                "/{}/package/{}/patch/{number}",
                encode(release),
                encode(name)
            ),
            Self::Method => "/method".to_owned(),
            Self::NotFound { path } => path.clone(),
        }
    }

    /// The release that the page is about.
    pub fn release(&self) -> Option<&str> {
        match self {
            Self::Release { release }
            | Self::Packages { release }
            | Self::Builds { release }
            | Self::Repositories { release }
            | Self::RepositoryBoard { release, .. }
            | Self::Changes { release }
            | Self::Security { release }
            | Self::Advisory { release, .. }
            | Self::Package { release, .. }
            | Self::Diff { release, .. }
            | Self::Patch { release, .. } => Some(release),
            Self::Overview
            | Self::Deviations
            | Self::Progress
            | Self::Synergy
            | Self::Method
            | Self::NotFound { .. } => None,
        }
    }

    /// The same page of another release; for pages about none, that release's own.
    pub fn in_release(&self, other: &str) -> Self {
        let release = other.to_owned();
        match self.clone() {
            Self::Packages { .. } => Self::Packages { release },
            Self::Builds { .. } => Self::Builds { release },
            Self::Repositories { .. } => Self::Repositories { release },
            Self::RepositoryBoard { board, .. } => Self::RepositoryBoard { release, board },
            Self::Synergy => Self::RepositoryBoard {
                release,
                board: Board::Synergy,
            },
            Self::Changes { .. } => Self::Changes { release },
            Self::Security { .. } => Self::Security { release },
            Self::Advisory { id, .. } => Self::Advisory { release, id },
            // Another release numbers its patches otherwise.
            Self::Package { name, .. } | Self::Patch { name, .. } => {
                Self::Package { release, name }
            }
            Self::Diff { name, file, .. } => Self::Diff {
                release,
                name,
                file,
            },
            _ => Self::Release { release },
        }
    }
}

/// Encodes one segment of a path: all but unreserved characters and `+`, which names of
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

/// Encodes one value of a query, where a plus would be read as a space.
pub fn encode_value(value: &str) -> String {
    encode(value).replace('+', "%2B")
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

/// A patch's number: decimal, without a sign or leading zeros, not 0.
fn patch_number(text: &str) -> Option<usize> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    is_number.then(|| text.parse().ok())?
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
        check("/9/builds", Route::Builds { release: release() });
        check(
            "/9/repositories",
            Route::Repositories { release: release() },
        );
        for board in Board::ALL {
            let route = Route::RepositoryBoard {
                release: release(),
                board,
            };
            check(&route.path(), route.clone());
            assert_eq!(route.in_release("10").release(), Some("10"));
        }
        check("/9/changes", Route::Changes { release: release() });
        check("/9/security", Route::Security { release: release() });
        let advisory = |id: &str| Route::Advisory {
            release: release(),
            id: id.to_owned(),
        };
        check("/9/security/CVE-2024-1234", advisory("CVE-2024-1234"));
        check("/9/security/ALSA-2024%3A1234", advisory("ALSA-2024:1234"));
        assert_eq!(
            advisory("ALSA-2024:1234").path(),
            "/9/security/ALSA-2024-1234"
        );
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
        check("/deviations", Route::Deviations);
        check("/progress", Route::Progress);
        check("/synergy", Route::Synergy);
        assert_eq!(
            Route::Synergy.in_release("10").path(),
            "/10/repositories/synergy"
        );
        let patch = Route::Patch {
            release: release(),
            name: name(),
            number: 2,
        };
        check("/9/package/libstdc++/patch/2", patch.clone());
        assert_eq!(patch.path(), "/9/package/libstdc++/patch/2");
        assert_eq!(patch.in_release("10").path(), "/10/package/libstdc++");
        check("/method", Route::Method);
    }

    #[test]
    fn anything_else_is_not_found() {
        for path in [
            "/nine",
            "/9/package",
            "/9/package/",
            "/9/x",
            "/9/security/a/b",
            "/9/repositories/epel",
            "/method/x",
            "/9/package/a/diff",
            "/9/package/a/patch",
            "/9/package/a/patch/0",
            "/9/package/a/patch/+1",
            "/9/package/a/patch/1/x",
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
        let builds = Route::Builds {
            release: "9".to_owned(),
        };
        assert_eq!(builds.in_release("10").path(), "/10/builds");
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
