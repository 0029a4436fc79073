//! The two sides of a file that are compared: those of the report on the page, or what the address names otherwise, such as
//! `from=distribution:9:20261020T041000Z&to=reference:10`.

mod choices;
mod side_of_file;

use super::diff_view::{FileExplanations, Side};
use super::hidden_characters::visible;
use super::route::{decode, encode};
use super::snapshot_name::{ArchivedSnapshot, month_of_snapshot, years_with};
use crate::report::{Digest, Index, Package, ReleaseEntry, SnapshotEntry};
pub use choices::{SideChoices, named_in_words, side_choices, side_in_words};
pub use side_of_file::SideOfFile;
use std::fmt::{self, Display, Formatter};

/// What is compared with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedSides {
    /// What stands on the left.
    pub from: NamedSide,
    /// What stands on the right.
    pub to: NamedSide,
}

/// A side of a package in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSide {
    /// Whose.
    pub side: Side,
    /// Of which release; none for that of the page.
    pub release: Option<String>,
    /// Of which snapshot; none for the newest of the release that is named, and for that of the page where none is.
    pub snapshot: Option<String>,
}

impl Default for ComparedSides {
    fn default() -> Self {
        Self {
            from: NamedSide::here(Side::Reference),
            to: NamedSide::here(Side::Distribution),
        }
    }
}

impl ComparedSides {
    /// Reads a query without its `?`. What is not known is left to others, and counts as not said.
    pub fn from_query(query: &str) -> Self {
        let mut sides = Self::default();
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let named = || NamedSide::parse(&decode(value)?);
            match key {
                "from" => sides.from = named().unwrap_or(sides.from),
                "to" => sides.to = named().unwrap_or(sides.to),
                _ => {}
            }
        }
        sides
    }

    /// Whether they are the two sides of the report on the page.
    pub fn are_those_of_the_page(&self) -> bool {
        *self == Self::default()
    }

    /// What explains the changes of a file between the sides, where they are those of one report, whichever stands on the left and
    /// however the address names them: `reports` are those that the sides were found in, and `package` is that of the first.
    /// Otherwise a sentence that tells why it is not known.
    pub fn explanations(
        &self,
        [from, to]: [&Digest; 2],
        package: &Package,
        path: &str,
    ) -> Result<FileExplanations, String> {
        let are_of_one_report = from == to;
        let explanations = || FileExplanations::of(package, path);
        match (self.from.side, self.to.side) {
            (Side::Reference, Side::Distribution) if are_of_one_report => Ok(explanations()),
            (Side::Distribution, Side::Reference) if are_of_one_report => Ok(explanations().exchanged()),
            _ => Err("What explains a change is told only between the two sides of one report, and so not here.".to_owned()),
        }
    }
}

/// The query, without `?`; empty for the sides of the page.
impl Display for ComparedSides {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let usual = Self::default();
        let pairs = [
            ("from", &self.from, &usual.from),
            ("to", &self.to, &usual.to),
        ];
        let pairs = pairs.into_iter().filter(|(_, side, usual)| side != usual);
        let pairs: Vec<String> = pairs
            .map(|(key, side, _)| format!("{key}={}", side.parts(encode)))
            .collect();
        formatter.write_str(&pairs.join("&"))
    }
}

impl NamedSide {
    /// A side of the report on the page.
    pub fn here(side: Side) -> Self {
        Self {
            side,
            release: None,
            snapshot: None,
        }
    }

    /// Reads `distribution`, `distribution:9` or `distribution:9:20261020T041000Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ':');
        let side = match parts.next()? {
            "reference" => Side::Reference,
            "distribution" => Side::Distribution,
            _ => return None,
        };
        let mut part = || match parts.next() {
            Some("") => Err(()),
            part => Ok(part.map(str::to_owned)),
        };
        Some(Self {
            side,
            release: part().ok()?,
            snapshot: part().ok()?,
        })
    }

    /// The snapshot that is meant; `frozen` is that of the page, and `archived` are those that were found in the history. A sentence
    /// where it is not published.
    pub fn snapshot<'known>(
        &self,
        index: &'known Index,
        page_release: &str,
        frozen: Option<&str>,
        archived: &'known [ArchivedSnapshot],
    ) -> Result<&'known SnapshotEntry, String> {
        let (id, wanted) = self.wanted(page_release, frozen);
        let release = release_of(index, id)
            .ok_or_else(|| format!("No report of release {} is published.", visible(id)))?;
        let snapshot = match wanted {
            Some(wanted) => listed(release, wanted).or_else(|| {
                let mut archived = archived.iter();
                let found = archived.find(|known| known.is(id, wanted));
                found.map(|found| &found.entry)
            }),
            None => release.latest(),
        };
        snapshot.ok_or_else(|| {
            let wanted = visible(wanted.unwrap_or_default());
            format!(
                "The report {wanted} of release {} is not published.",
                visible(id)
            )
        })
    }

    /// The snapshot that the side names itself and that the index does not list, with its release, where the history may have it.
    pub fn unlisted(&self, index: &Index, page_release: &str) -> Option<(ReleaseEntry, String)> {
        let (id, wanted) = self.wanted(page_release, None);
        let wanted = wanted.filter(|name| month_of_snapshot(name).is_some())?;
        let release = release_of(index, id)?;
        let may_be_there =
            listed(release, wanted).is_none() && years_with(release, wanted).is_some();
        may_be_there.then(|| (release.clone(), wanted.to_owned()))
    }

    /// The release that is meant, and the name of its snapshot; none for the newest.
    fn wanted<'a>(
        &'a self,
        page_release: &'a str,
        frozen: Option<&'a str>,
    ) -> (&'a str, Option<&'a str>) {
        let is_of_page = self.release.is_none();
        let id = self.release.as_deref().unwrap_or(page_release);
        (
            id,
            self.snapshot.as_deref().or(frozen.filter(|_| is_of_page)),
        )
    }

    fn parts(&self, write: fn(&str) -> String) -> String {
        let side = match self.side {
            Side::Reference => "reference",
            Side::Distribution => "distribution",
        };
        let named = [&self.release, &self.snapshot].into_iter().flatten();
        let named = named.map(|part| write(part));
        std::iter::once(side.to_owned())
            .chain(named)
            .collect::<Vec<_>>()
            .join(":")
    }
}

/// As [`NamedSide::parse`] reads it.
impl Display for NamedSide {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.parts(str::to_owned))
    }
}

fn release_of<'index>(index: &'index Index, id: &str) -> Option<&'index ReleaseEntry> {
    index.releases.iter().find(|release| release.id == id)
}

fn listed<'index>(release: &'index ReleaseEntry, id: &str) -> Option<&'index SnapshotEntry> {
    release.snapshots.iter().find(|snapshot| snapshot.id == id)
}

#[cfg(test)]
mod tests;
