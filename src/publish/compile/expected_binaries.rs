//! What lists of missing and extra packages say of binary packages that one side alone has.

use crate::analysis::{ArchitectureLists, Cell, Expectation, PackageComparison};
use crate::domain::{Architecture, SourcePackage};
use crate::publish::configuration::ExpectedList;
use crate::report::ExpectedBinaries;
use glob::Pattern;
use std::collections::{BTreeMap, BTreeSet};

/// The lists of a release, with their patterns read once.
pub struct BinaryExpectations<'a> {
    entries: Vec<(Meant<'a>, &'a ExpectedList)>,
}

/// Which names an entry of a list means.
pub enum Meant<'a> {
    /// Those that fit.
    Pattern(Pattern),
    /// This one.
    Name(&'a str),
}

impl<'a> Meant<'a> {
    /// What an entry means: a pattern where it has the signs of one.
    pub fn new(entry: &'a str) -> Self {
        match Pattern::new(entry) {
            Ok(pattern) if entry.contains(['*', '?', '[']) => Self::Pattern(pattern),
            _ => Self::Name(entry),
        }
    }

    /// Whether a name is meant.
    pub fn means(&self, name: &str) -> bool {
        match self {
            Self::Pattern(pattern) => pattern.matches(name),
            Self::Name(meant) => *meant == name,
        }
    }
}

impl<'a> BinaryExpectations<'a> {
    /// Those of a release's lists.
    pub fn new(lists: &'a [ExpectedList]) -> Self {
        let entries = lists.iter().flat_map(|list| {
            let names = list.packages.iter();
            names.map(move |entry| (Meant::new(entry), list))
        });
        Self {
            entries: entries.collect(),
        }
    }

    /// Why a binary package is missing or extra on an architecture.
    fn reasons<'b>(
        &'b self,
        (name, expectation): (&'b str, Expectation),
        architecture: Architecture,
    ) -> impl Iterator<Item = &'a str> + 'b {
        let apply = move |(meant, list): &&(Meant<'a>, &'a ExpectedList)| {
            list.expectation == expectation
                && list.architectures.contains(&architecture)
                && meant.means(name)
        };
        let entries = self.entries.iter().filter(apply);
        entries.map(|(_, list)| list.reason.as_str())
    }

    /// What they say of the binary packages of a source package that both sides have.
    pub fn of_package(
        &self,
        package: &PackageComparison,
        lists: &[ArchitectureLists],
    ) -> Vec<ExpectedBinaries> {
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (architecture, binary) in alone(package, lists) {
            for reason in self.reasons(binary, architecture) {
                found.entry(reason).or_default().insert(binary.0);
            }
        }
        let records = found
            .into_iter()
            .map(|(reason, binaries)| ExpectedBinaries {
                reason: reason.to_owned(),
                binaries: binaries.into_iter().map(str::to_owned).collect(),
            });
        records.collect()
    }

    /// The binary packages of all that are missing or extra as a list says, those of whole source packages included.
    pub fn met<'b>(
        &self,
        packages: &'b [PackageComparison],
        lists: &[ArchitectureLists],
    ) -> BTreeSet<&'b str> {
        let binaries = packages.iter().flat_map(|package| {
            let of_whole = of_whole(package, lists);
            alone(package, lists).chain(of_whole)
        });
        let is_met = |&(architecture, binary): &(Architecture, (&str, Expectation))| {
            self.reasons(binary, architecture).next().is_some()
        };
        binaries.filter(is_met).map(|(_, (name, _))| name).collect()
    }
}

/// The binary packages that one side alone has of a source package that both have, with their architectures.
fn alone<'a>(
    package: &'a PackageComparison,
    lists: &[ArchitectureLists],
) -> impl Iterator<Item = (Architecture, (&'a str, Expectation))> {
    one_sided(package, lists, |cell| {
        let alone = &cell.binaries_alone;
        [Some(&alone.reference), Some(&alone.distribution)]
    })
}

/// The binary packages of a source package that one side alone has.
fn of_whole<'a>(
    package: &'a PackageComparison,
    lists: &[ArchitectureLists],
) -> impl Iterator<Item = (Architecture, (&'a str, Expectation))> {
    one_sided(package, lists, |cell| {
        let of_side = |side: &'a Option<SourcePackage>, other: &Option<SourcePackage>| {
            let package = side.as_ref().filter(|_| other.is_none());
            package.map(|package| &package.binaries)
        };
        [
            of_side(&cell.reference, &cell.distribution),
            of_side(&cell.distribution, &cell.reference),
        ]
    })
}

/// What is chosen of each architecture's cell: what the reference alone has, and what the distribution alone has.
fn one_sided<'a>(
    package: &'a PackageComparison,
    lists: &[ArchitectureLists],
    chosen: impl Fn(&'a Cell) -> [Option<&'a Vec<String>>; 2],
) -> impl Iterator<Item = (Architecture, (&'a str, Expectation))> {
    let cells = package.cells.iter().zip(lists);
    cells.flat_map(move |(cell, list)| {
        let architecture = list.architecture;
        let sides = cell.as_ref().map(&chosen).unwrap_or_default();
        let expectations = [Expectation::Missing, Expectation::Extra];
        let sides = sides.into_iter().zip(expectations);
        sides.flat_map(move |(names, expectation)| {
            let names = names.into_iter().flatten();
            names.map(move |name| (architecture, (name.as_str(), expectation)))
        })
    })
}
