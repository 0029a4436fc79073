//! Finds packages by a part of the name of a source or binary package.

use crate::domain::{AdvisoryId, is_cve};
use std::cmp::Reverse;

/// One package found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The source package, whose page is opened.
    pub source: String,
    /// The binary package whose name was found; `None` where it was the source's own.
    pub binary: Option<String>,
}

/// Up to `count` packages whose name contains `wanted`, without regard to case: whole names first, then beginnings, then
/// the rest, source packages before binary ones, short names before long ones. A source is found once.
pub fn search<'a>(
    wanted: &str,
    sources: impl IntoIterator<Item = &'a str>,
    binaries: impl IntoIterator<Item = (&'a str, &'a str)>,
    count: usize,
) -> Vec<Found> {
    let wanted = wanted.trim().to_ascii_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let rank = |name: &str| {
        let name = name.to_ascii_lowercase();
        let position = name.find(&wanted)?;
        Some((Reverse(name == wanted), Reverse(position == 0), name.len()))
    };
    let sources = sources.into_iter().filter_map(|name| {
        rank(name).map(|(whole, start, length)| ((whole, start, false, length, name), name, None))
    });
    let binaries = binaries.into_iter().filter_map(|(binary, source)| {
        rank(binary).map(|(whole, start, length)| {
            ((whole, start, true, length, binary), source, Some(binary))
        })
    });
    let mut found: Vec<_> = sources.chain(binaries).collect();
    found.sort();
    let mut results: Vec<Found> = Vec::new();
    for (_, source, binary) in found {
        if results.len() == count {
            break;
        }
        if results.iter().all(|result| result.source != source) {
            results.push(Found {
                source: source.to_owned(),
                binary: binary.map(str::to_owned),
            });
        }
    }
    results
}

/// The advisory or vulnerability that a text names as a whole, as its page's address has it.
pub fn named_advisory(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let id = text.parse().map(|id: AdvisoryId| id.to_string());
    id.ok().or_else(|| is_cve(&text).then_some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advisories_and_vulnerabilities_are_known_by_their_names() {
        for (text, expected) in [
            (" alsa-2024:1234", Some("ALSA-2024:1234")),
            ("RHSA-2024-1234", Some("RHSA-2024:1234")),
            ("cve-2024-12345 ", Some("CVE-2024-12345")),
            ("CVE-2024", None),
            ("bash", None),
        ] {
            assert_eq!(named_advisory(text).as_deref(), expected, "{text}");
        }
    }

    fn check(wanted: &str, expected: &[&str]) {
        let sources = ["dotnet8.0", "glibc", "net-snmp", "NetworkManager"];
        let binaries = [
            ("glibc-devel", "glibc"),
            ("libnm", "NetworkManager"),
            ("net-tools", "net-tools"),
        ];
        let shown: Vec<String> = search(wanted, sources, binaries, 3)
            .into_iter()
            .map(|found| match found.binary {
                Some(binary) => format!("{binary} of {}", found.source),
                None => found.source,
            })
            .collect();
        assert_eq!(shown, expected, "{wanted}");
    }

    #[test]
    fn ranks_whole_names_then_beginnings() {
        check("glibc", &["glibc"]);
        check("libn", &["libnm of NetworkManager"]);
        check(
            "net",
            &["net-snmp", "NetworkManager", "net-tools of net-tools"],
        );
        check("GLIBC-DEVEL", &["glibc-devel of glibc"]);
        check(" ", &[]);
        check("zzz", &[]);
    }
}
