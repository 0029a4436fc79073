//! Which packages the distribution has under other names than the reference. What others know of one, its configuration, its
//! sources, a list of packages, may be written under either name.

use crate::analysis::{ArchitectureLists, Pair, Rules, pair};
use std::collections::BTreeMap;

/// The distribution's names of packages, by the reference's names for them.
pub type RenamedPackages = BTreeMap<String, String>;

/// The packages that the distribution has under another name, and on no architecture under that of the reference.
pub fn renamed_in(architectures: &[ArchitectureLists], rules: &Rules) -> RenamedPackages {
    let mut renamed = RenamedPackages::new();
    for lists in architectures {
        let reference = lists.reference.iter();
        let pairs =
            reference.flat_map(|reference| pair(reference, &lists.distribution, &rules.renames));
        for found in pairs.filter(|pair| pair.is_renamed()) {
            if let Pair::Both {
                reference,
                distribution,
            } = found
            {
                renamed.insert(reference.name.clone(), distribution.name.clone());
            }
        }
    }
    renamed.retain(|name, _| {
        let mut lists = architectures.iter();
        !lists.any(|lists| lists.distribution.contains_key(name))
    });
    renamed
}

/// What is known of packages, by the names that the distribution gives them. What is known under that name counts first.
pub fn under_own_names<T>(
    mut known: BTreeMap<String, T>,
    renamed: &RenamedPackages,
) -> BTreeMap<String, T> {
    for (name, own) in renamed {
        if let Some(value) = known.remove(name) {
            known.entry(own.clone()).or_insert(value);
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bears_the_distributions_name_counts_before_what_bears_the_references() {
        let check = |names: &[&str], expected: &[(&str, &str)]| {
            let known = names.iter().map(|&name| (name.to_owned(), name.to_owned()));
            let renamed = RenamedPackages::from([("a-rhel".to_owned(), "a-alma".to_owned())]);
            let found = under_own_names(known.collect(), &renamed);
            let found: Vec<(&str, &str)> = found
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            assert_eq!(found, expected);
        };
        check(&["a-rhel", "b"], &[("a-alma", "a-rhel"), ("b", "b")]);
        check(&["a-alma", "a-rhel"], &[("a-alma", "a-alma")]);
    }
}
