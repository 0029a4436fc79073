//! Which packages each entry of source texts or of configurations is read for.

use crate::publish::Error;
use crate::publish::configuration::PackageChoice;
use std::collections::BTreeSet;

/// What an entry says of the packages that it is read for.
pub enum Wanted<'a> {
    /// All that its folder has.
    InFolder(Vec<String>),
    /// Names and patterns.
    Chosen(&'a PackageChoice),
}

impl Wanted<'_> {
    /// The packages that are called by their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let (in_folder, chosen) = match self {
            Self::InFolder(names) => (Some(names), None),
            Self::Chosen(choice) => (None, Some(&choice.names)),
        };
        let in_folder = in_folder.into_iter().flatten();
        in_folder
            .chain(chosen.into_iter().flatten())
            .map(String::as_str)
    }
}

/// A package that an entry is read for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenPackage {
    /// Its name.
    pub name: String,
    /// Whether a pattern alone chose it, so that it is no fault where nothing is there of it.
    pub is_by_pattern: bool,
}

/// For each entry of a release the packages that it is read for, sorted. Patterns choose among `known`, and neither what any
/// entry names nor what the pattern of an earlier one chose.
pub fn chosen_packages(
    release: &str,
    entries: &[Wanted<'_>],
    known: &BTreeSet<&str>,
) -> Result<Vec<Vec<ChosenPackage>>, Error> {
    let names = entries.iter().flat_map(Wanted::names);
    let mut taken: BTreeSet<String> = names.map(str::to_owned).collect();
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        let package = |name, is_by_pattern| ChosenPackage {
            name,
            is_by_pattern,
        };
        let mut own: Vec<_> = entry
            .names()
            .map(|name| package(name.to_owned(), false))
            .collect();
        if let Wanted::Chosen(choice) = entry {
            let chosen = choice.by_pattern(known).map_err(|(what, remedy)| {
                Error::configuration(format_args!("release {release}"), what, remedy)
            })?;
            let free = chosen
                .into_iter()
                .filter(|name| taken.insert((*name).to_owned()));
            own.extend(free.map(|name| package(name.to_owned(), true)));
        }
        own.sort_by(|left, right| left.name.cmp(&right.name));
        all.push(own);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_before_patterns_and_earlier_patterns_before_later_ones() {
        let choice = |entries: &[&str]| {
            let entries = entries.iter().map(|&entry| entry.to_owned()).collect();
            PackageChoice::parse(entries).unwrap()
        };
        let (first, second) = (choice(&["b*", "kernel"]), choice(&["*", "bash"]));
        let entries = [
            Wanted::Chosen(&first),
            Wanted::Chosen(&second),
            Wanted::InFolder(vec!["zlib".to_owned()]),
        ];
        let known = BTreeSet::from(["bash", "bind", "kernel", "sed", "zlib"]);
        let chosen = chosen_packages("9", &entries, &known).unwrap();
        let told: Vec<Vec<String>> = chosen
            .iter()
            .map(|packages| {
                let told = packages.iter().map(|package| {
                    let mark = if package.is_by_pattern { "~" } else { "" };
                    format!("{mark}{}", package.name)
                });
                told.collect()
            })
            .collect();
        assert_eq!(
            told,
            [vec!["~bind", "kernel"], vec!["bash", "~sed"], vec!["zlib"]]
        );
    }
}
