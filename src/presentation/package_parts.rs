//! The parts of a package page that have an address of their own, as far as the package has them.

use super::changed_files::is_changed;
use super::number::count;
use crate::report::Package;

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackagePart {
    /// What differs between both sides' source files.
    Source,
    /// The distribution's patches.
    Patches,
    /// The binary interface.
    Abi,
    /// The last builds.
    Builds,
    /// The advisories that fix the package.
    Advisories,
}

impl PackagePart {
    /// All of them, in the order of the links to them.
    const ALL: [Self; 5] = [
        Self::Source,
        Self::Patches,
        Self::Abi,
        Self::Builds,
        Self::Advisories,
    ];

    /// Its name in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Patches => "patches",
            Self::Abi => "abi",
            Self::Builds => "builds",
            Self::Advisories => "advisories",
        }
    }

    /// What a link to it says, without the number of its entries.
    fn title(self) -> &'static str {
        match self {
            Self::Source => "Changes to the source",
            Self::Patches => "Patches",
            Self::Abi => "ABI",
            Self::Builds => "Builds",
            Self::Advisories => "Advisories",
        }
    }

    /// How many entries it has; `None` where it is no list, and then whether it is there.
    fn entries(self, package: &Package) -> (usize, bool) {
        let listed = |length: usize| (length, true);
        match self {
            Self::Source => {
                let files = package.texts.iter().flat_map(|texts| &texts.files);
                listed(files.filter(|file| is_changed(file)).count())
            }
            Self::Patches => listed(package.patches.len()),
            Self::Abi => {
                let measured = package.architectures.iter().filter(|on| on.abi.is_some());
                (measured.count() + package.tool_reports.len(), false)
            }
            Self::Builds => listed(package.builds.len()),
            Self::Advisories => listed(package.advisories.len()),
        }
    }
}

/// The parts that a package has, each with what a link to it says: `Patches 3`.
pub fn package_parts(package: &Package) -> Vec<(PackagePart, String)> {
    let parts = PackagePart::ALL.into_iter().filter_map(|part| {
        let (entries, is_list) = part.entries(package);
        let number =
            is_list.then(|| format!(" {}", count(u32::try_from(entries).unwrap_or(u32::MAX))));
        (entries > 0).then(|| {
            (
                part,
                format!("{}{}", part.title(), number.unwrap_or_default()),
            )
        })
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_there_are_linked_with_their_numbers() {
        let empty = crate::presentation::package_summary::tests::package(&[]);
        assert_eq!(package_parts(&empty), []);
        let package = crate::presentation::changed_files::tests::package();
        let expected = [(PackagePart::Source, "Changes to the source 3".to_owned())];
        assert_eq!(package_parts(&package), expected);
    }
}
