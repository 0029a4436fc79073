//! The boards of repositories that are not compared: what waits in testing, and what is due for removal from what the distribution
//! adds.

mod filter;
mod repositories;
mod synergy;
mod testing;
#[cfg(test)]
mod tests;

pub use filter::{BoardChoice, BoardFilter};
pub use repositories::{RepositoryLine, packages_counted, repository_lines};
pub use synergy::{synergy_board, synergy_headline};
pub use testing::{testing_board, testing_headline, waiting_figure};

use super::date::{day, moment};
use super::hidden_characters::visible;
use super::number::counted;
use crate::report::{
    Compatibility, Index, PackageTable, PointInTime, ReleaseEntry, Repositories, SeenRecord,
    SideName, SourceFailure,
};

/// The newest release whose report says what the distribution adds, or the newest of all where none does.
pub fn release_with_synergy(index: &Index) -> Option<&str> {
    let says = |release: &&ReleaseEntry| {
        let mut sources = release.sources.iter();
        sources.any(|source| source.side == SideName::Synergy)
    };
    let mut releases = index.releases.iter();
    let release = releases.find(says).or(index.releases.first())?;
    Some(&release.id)
}

/// A board as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardView {
    /// The answer, a sentence without its full stop.
    pub title: String,
    /// What must be known beside it, in sentences.
    pub notes: Vec<String>,
    /// The heads of the columns, each with the class of its cells; the first is the package's.
    pub columns: Vec<(&'static str, String)>,
    /// What can be chosen.
    pub choices: Vec<BoardChoice>,
    /// The rows, sorted by package.
    pub rows: Vec<BoardRow>,
}

/// One package, or some of its architectures where they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRow {
    /// The source package.
    pub package: String,
    /// Whether the release has it, so that it has a page.
    pub has_page: bool,
    /// What stands in the other columns.
    pub cells: Vec<String>,
    /// By what it can be chosen.
    pub choices: Vec<BoardChoice>,
}

/// What a board is made from.
#[derive(Clone, Copy)]
pub struct BoardSources<'a> {
    /// The report; its sources say what was read.
    pub report: &'a Compatibility,
    /// The boards; `None` where the report has none.
    pub boards: Option<&'a Repositories>,
    /// The distribution's name.
    pub distribution: &'a str,
    /// The reference's name.
    pub reference: &'a str,
    /// When its advisories were read, where that is before the report.
    pub advisories_as_of: Option<PointInTime>,
}

impl BoardView {
    /// The rows that a choice shows.
    pub fn shown(&self, filter: &BoardFilter) -> Vec<BoardRow> {
        let rows = self.rows.iter().filter(|row| filter.admits(row));
        rows.cloned().collect()
    }

    /// How many packages each choice shows, the text kept.
    pub fn counts(&self, filter: &BoardFilter) -> Vec<u32> {
        let counts = self.choices.iter().map(|&choice| {
            let chosen = BoardFilter {
                choice: Some(choice),
                ..filter.clone()
            };
            packages_of(self.rows.iter().filter(|row| chosen.admits(row)))
        });
        counts.collect()
    }
}

/// How many packages rows are of; those of one package follow each other.
fn packages_of<'a>(rows: impl Iterator<Item = &'a BoardRow>) -> u32 {
    let mut names: Vec<&str> = rows.map(|row| row.package.as_str()).collect();
    names.dedup();
    names.len() as u32
}

impl BoardSources<'_> {
    /// Whether a repository of a side was read.
    fn was_read(&self, side: SideName) -> bool {
        let mut sources = self.report.sources.iter();
        sources.any(|source| source.side == side)
    }

    /// Whether what a side's lists do not have, the side does not have: some were read, none failed, and all are complete.
    fn tells_all(&self, side: SideName) -> bool {
        let mut sources = self.report.sources.iter();
        let are_complete = sources.all(|source| source.side != side || source.complete);
        self.was_read(side) && are_complete && self.failures(side).next().is_none()
    }

    /// The repositories of a side that could not be read.
    fn failures(&self, side: SideName) -> impl Iterator<Item = &SourceFailure> {
        let failures = self.boards.into_iter().flat_map(|boards| &boards.failures);
        failures.filter(move |failure| failure.side == side)
    }

    /// Why nothing is known of a side, or of a part of it; one sentence for each repository that could not be read.
    fn failure_notes(&self, side: SideName) -> Vec<String> {
        let notes = self.failures(side).map(|failure| {
            format!(
                "{} for {} could not be read since {}: {}. What it has is not known.",
                failure.name,
                failure.architecture,
                day(failure.since.0),
                visible(failure.cause.trim_end_matches('.'))
            )
        });
        notes.collect()
    }

    /// Whether the board of a side is what an earlier run of the same snapshot read.
    fn is_kept(&self, side: SideName) -> bool {
        self.boards
            .is_some_and(|boards| boards.kept.contains(&side))
    }

    /// That the board of a side is older than what could be read last, where it is.
    fn kept_note(&self, side: SideName) -> Option<String> {
        self.is_kept(side).then(|| {
            format!(
                "An earlier run for the report of {} read what stands here; the last run could not read all of it.",
                moment(self.report.taken.0)
            )
        })
    }

    /// What a board says whose repository was not read.
    fn nothing_known(&self, what: &str, side: SideName) -> String {
        match self.failures(side).next() {
            Some(_) => format!("{what} is not known: the repository could not be read"),
            None => format!("{what} is not known: no such repository is read for this report"),
        }
    }

    fn table(&self) -> &PackageTable {
        &self.report.packages
    }
}

/// Since when something is so, as far as it is known.
fn since_in_words(seen: SeenRecord) -> String {
    let at_the_latest = day(seen.at_the_latest.0);
    match seen.not_before {
        Some(before) => format!("between {} and {at_the_latest}", day(before.0)),
        None => format!("{at_the_latest} at the latest"),
    }
}

/// A number of packages with their verb: `1 package waits`, `3 packages wait`.
fn packages_do(number: u32, one: &str, several: &str) -> String {
    let verb = if number == 1 { one } else { several };
    format!("{} {verb}", counted(number, "package", "packages"))
}
