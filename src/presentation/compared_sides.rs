//! The two sides of a file that are compared: those of the report on the page, or what the address names otherwise, such as
//! `from=distribution:9:20261020T041000Z&to=reference:10`.

use super::changed_files::why_no_text;
use super::date::day;
use super::diff_view::{FileExplanations, Side};
use super::hidden_characters::visible;
use super::number::size;
use super::route::{decode, encode};
use crate::report::{Digest, Index, Package, ReleaseEntry, SnapshotEntry};
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

/// Sides to choose from, of one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideChoices {
    /// The release.
    pub title: String,
    /// As they stand in an address, with their labels.
    pub sides: Vec<(NamedSide, String)>,
}

/// What a package has of a file on one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SideOfFile {
    /// Its text.
    Text(Digest),
    /// Nothing: the source of that side is at hand, and does not have the file.
    Absent,
    /// That is not known, or not published; in a sentence.
    NotAtHand(String),
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

    /// The snapshot that is meant; `frozen` is that of the page. A sentence where it is not published.
    pub fn snapshot<'index>(
        &self,
        index: &'index Index,
        page_release: &str,
        frozen: Option<&str>,
    ) -> Result<(&'index ReleaseEntry, &'index SnapshotEntry), String> {
        let id = self.release.as_deref().unwrap_or(page_release);
        let mut releases = index.releases.iter();
        let release = releases.find(|release| release.id == id);
        let release =
            release.ok_or_else(|| format!("No report of release {} is published.", visible(id)))?;
        let is_of_page = self.release.is_none();
        let wanted = self.snapshot.as_deref().or(frozen.filter(|_| is_of_page));
        let snapshot = match wanted {
            Some(wanted) => release.snapshots.iter().find(|known| known.id == wanted),
            None => release.latest(),
        };
        let snapshot = snapshot.ok_or_else(|| {
            let wanted = visible(wanted.unwrap_or_default());
            format!(
                "The report {wanted} of release {} is not published.",
                visible(id)
            )
        })?;
        Ok((release, snapshot))
    }

    /// What a package has of a file on this side; `who` is the side in words. A file that is there is of whoever its text is of,
    /// which is mostly not the reference itself.
    pub fn of_file(&self, package: &Package, path: &str, who: &str) -> SideOfFile {
        let Some(texts) = &package.texts else {
            let sentence = format!("The source texts of {who} are not at hand.");
            return SideOfFile::NotAtHand(sentence);
        };
        let known = texts.files.iter().find(|file| file.path == path);
        let side = known.map(|file| match self.side {
            Side::Reference => &file.reference,
            Side::Distribution => &file.distribution,
        });
        match side {
            Some(Some(side)) if side.published => SideOfFile::Text(side.digest.clone()),
            Some(Some(side)) => SideOfFile::NotAtHand(format!(
                "The file of {} is {}: it has {} and the SHA-256 {}.",
                self.label(package, who),
                why_no_text(side),
                size(side.bytes),
                side.digest
            )),
            Some(None) => SideOfFile::Absent,
            None if texts.complete => SideOfFile::Absent,
            None => SideOfFile::NotAtHand(format!(
                "The report does not have every file of {who}, and not this one: it is not known whether it is there."
            )),
        }
    }

    /// What the side is, such as `AlmaLinux a9 77be901 (AlmaLinux 9.6, 20 Nov 2026)`, without what is in brackets for a side of
    /// the page.
    pub fn label(&self, package: &Package, who: &str) -> String {
        let texts = package.texts.as_ref();
        let label = texts.map_or("", |texts| match self.side {
            Side::Reference => &texts.reference_label,
            Side::Distribution => &texts.distribution_label,
        });
        match (label.is_empty(), self.release.is_some()) {
            (true, _) => who.to_owned(),
            (false, true) if self.side == Side::Reference => {
                format!("{} (for {who})", visible(label))
            }
            (false, true) => format!("{} ({who})", visible(label)),
            (false, false) => visible(label),
        }
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

/// A side of a snapshot in words: `AlmaLinux 9.6, 20 Nov 2026`.
pub fn side_in_words(index: &Index, side: Side, snapshot: &SnapshotEntry) -> String {
    let (party, minor) = match side {
        Side::Reference => (&index.reference.name, &snapshot.reference_minor),
        Side::Distribution => (&index.distribution.name, &snapshot.distribution_minor),
    };
    visible(&format!("{party} {minor}, {}", day(snapshot.taken.0)))
}

/// All sides of all reports: first the release of the page, in it the newest report first. `shown` is the page's snapshot.
pub fn side_choices(index: &Index, page_release: &str, shown: &str) -> Vec<SideChoices> {
    let (own, others): (Vec<&ReleaseEntry>, Vec<_>) = index
        .releases
        .iter()
        .partition(|release| release.id == page_release);
    let of_release = |release: &ReleaseEntry| {
        let sides = release.snapshots.iter().rev().flat_map(|snapshot| {
            [Side::Reference, Side::Distribution].map(|side| {
                let is_shown = release.id == page_release && snapshot.id == shown;
                let named = NamedSide {
                    side,
                    release: (!is_shown).then(|| release.id.clone()),
                    snapshot: (!is_shown).then(|| snapshot.id.clone()),
                };
                let who = side_in_words(index, side, snapshot);
                // Whose text it is, is known once the report is there: mostly not the reference's own.
                let label = match side {
                    Side::Reference => format!("text for {who}"),
                    Side::Distribution => who,
                };
                (named, label)
            })
        });
        SideChoices {
            title: format!("Release {}", visible(&release.id)),
            sides: sides.collect(),
        }
    };
    own.into_iter().chain(others).map(of_release).collect()
}

#[cfg(test)]
mod tests;
