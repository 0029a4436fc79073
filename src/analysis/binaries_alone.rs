//! Finds the binary packages that one side alone has of a source package that both have.

use super::comparison::ArchitectureLists;
use super::pairing::SourceList;
use super::rules::{Rename, Rules};
use crate::domain::SourcePackage;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

/// The names of binary packages that one side alone has, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BinariesAlone {
    /// Those of the reference.
    pub reference: Vec<String>,
    /// Those of the distribution.
    pub distribution: Vec<String>,
}

/// What of binary packages is on both sides of one architecture, whatever source package they were built from.
pub struct BinaryNames<'a> {
    /// The names in the reference, and the distribution's names for them.
    reference: HashSet<Cow<'a, str>>,
    distribution: HashSet<&'a str>,
    lists: &'a ArchitectureLists,
    rules: &'a Rules,
}

impl<'a> BinaryNames<'a> {
    /// Those of an architecture.
    pub fn new(lists: &'a ArchitectureLists, rules: &'a Rules) -> Self {
        let own = lists.reference.iter().flat_map(names);
        let renamed = own
            .clone()
            .flat_map(|name| names_in_distribution(name, rules));
        Self {
            reference: own
                .map(Cow::Borrowed)
                .chain(renamed.map(Cow::Owned))
                .collect(),
            distribution: names(&lists.distribution).collect(),
            lists,
            rules,
        }
    }

    /// Those that one side alone has of a source package. Where a list is not complete, or an entry of that name could not be read,
    /// the other side may have it; where no binary package of a side is known, its list is one of sources.
    pub fn alone(&self, reference: &SourcePackage, distribution: &SourcePackage) -> BinariesAlone {
        if reference.binaries.is_empty() || distribution.binaries.is_empty() {
            return BinariesAlone::default();
        }
        let in_distribution = |name: &str| {
            self.distribution.contains(name) || self.lists.distribution_unreadable.contains(name)
        };
        let is_missing = |name: &&String| {
            let mut renamed = names_in_distribution(name, self.rules);
            !in_distribution(name) && !renamed.any(|name| in_distribution(&name))
        };
        let is_extra = |name: &&String| {
            !self.reference.contains(name.as_str())
                && !self.lists.reference_unreadable.contains(*name)
        };
        let chosen = |package: &SourcePackage, is_chosen: &dyn Fn(&&String) -> bool| {
            let names: BTreeSet<&String> = package.binaries.iter().filter(is_chosen).collect();
            names.into_iter().cloned().collect()
        };
        BinariesAlone {
            reference: match self.lists.distribution_complete {
                true => chosen(reference, &is_missing),
                false => Vec::new(),
            },
            distribution: match self.lists.reference_complete {
                true => chosen(distribution, &is_extra),
                false => Vec::new(),
            },
        }
    }
}

fn names(list: &SourceList) -> impl Iterator<Item = &str> + Clone {
    list.values()
        .flat_map(|package| package.binaries.iter().map(String::as_str))
}

/// The names that a binary package of the reference may bear in the distribution beside its own.
fn names_in_distribution<'a>(name: &'a str, rules: &'a Rules) -> impl Iterator<Item = String> + 'a {
    let renamed = |rename: &Rename| rename.of_reference(name);
    rules.renames.iter().filter_map(renamed)
}

#[cfg(test)]
mod tests {
    use super::super::comparison::tests::lists;
    use super::*;
    use crate::domain::{Architecture, Evr, SourceAbi};

    fn list(sources: &[(&str, &[&str])]) -> SourceList {
        let package = |&(name, binaries): &(&str, &[&str])| {
            let package = SourcePackage {
                name: name.to_owned(),
                evr: Evr::parse("1-1.el9").unwrap(),
                epoch_known: true,
                repository: "BaseOS".to_owned(),
                built: None,
                binaries: binaries.iter().map(|&name| name.to_owned()).collect(),
                abi: SourceAbi::default(),
                versions_beside: vec![],
            };
            (name.to_owned(), package)
        };
        sources.iter().map(package).collect()
    }

    /// What is alone of the first source package of both lists.
    fn check(
        reference: &[(&str, &[&str])],
        distribution: &[(&str, &[&str])],
        adapt: impl Fn(&mut ArchitectureLists),
        expected: [&[&str]; 2],
    ) {
        let (before, after) = (list(reference), list(distribution));
        let mut lists = lists(Architecture::X86_64, after, Some(before));
        adapt(&mut lists);
        let rules = Rules::default();
        let first = |list: &SourceList, of: &[(&str, &[&str])]| list[of[0].0].clone();
        let before = first(lists.reference.as_ref().unwrap(), reference);
        let after = first(&lists.distribution, distribution);
        let found = BinaryNames::new(&lists, &rules).alone(&before, &after);
        assert_eq!([found.reference, found.distribution], expected);
    }

    const TOOLS: &[(&str, &[&str])] = &[("tools", &["tools", "tools-extra", "tools-icons"])];

    #[test]
    fn one_side_alone_has_what_the_other_has_of_no_source_package() {
        let fewer: &[(&str, &[&str])] = &[("tools", &["tools", "tools-doc"])];
        check(
            TOOLS,
            fewer,
            |_| (),
            [&["tools-extra", "tools-icons"], &["tools-doc"]],
        );
        let moved: &[(&str, &[&str])] = &[("tools", &["tools"]), ("icons", &["tools-icons"])];
        check(TOOLS, moved, |_| (), [&["tools-extra"], &[]]);
        check(TOOLS, TOOLS, |_| (), [&[], &[]]);
    }

    #[test]
    fn what_is_renamed_is_there() {
        let reference: &[(&str, &[&str])] = &[("logos", &["redhat-logos", "redhat-backgrounds"])];
        let distribution: &[(&str, &[&str])] = &[("logos", &["almalinux-logos", "redhat-extra"])];
        let expected: [&[&str]; 2] = [&["redhat-backgrounds"], &["redhat-extra"]];
        check(reference, distribution, |_| (), expected);
    }

    #[test]
    fn absence_means_nothing_where_a_package_may_be_there_all_the_same() {
        let fewer: &[(&str, &[&str])] = &[("tools", &["tools", "tools-doc"])];
        let unreadable = |lists: &mut ArchitectureLists| {
            lists
                .distribution_unreadable
                .insert("tools-icons".to_owned());
            lists.reference_unreadable.insert("tools-doc".to_owned());
        };
        check(TOOLS, fewer, unreadable, [&["tools-extra"], &[]]);
        let incomplete = |lists: &mut ArchitectureLists| lists.distribution_complete = false;
        check(TOOLS, fewer, incomplete, [&[], &["tools-doc"]]);
        let incomplete = |lists: &mut ArchitectureLists| lists.reference_complete = false;
        check(
            TOOLS,
            fewer,
            incomplete,
            [&["tools-extra", "tools-icons"], &[]],
        );
        check(TOOLS, &[("tools", &[])], |_| (), [&[], &[]]);
    }
}
