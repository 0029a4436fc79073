//! Where the symbols of a kernel are known from: what its packages provide, or a list of the stable ones.

use crate::domain::{AbiEntry, AbiList, AbiNotComparedReason, SourcePackage};

/// What the kernel's symbols of both sides are compared by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KernelSymbols {
    /// What the packages provide; neither side may have any.
    Provided,
    /// The lists of both sides.
    Listed,
    /// Nothing that both sides have.
    NotCompared(AbiNotComparedReason),
}

impl KernelSymbols {
    /// Provides where both sides have them, else lists where both have them. One side's list is never held against the other's
    /// provides: a list has only the stable symbols of one kernel, provides have all symbols of each kernel of the source.
    pub(super) fn of(reference: &SourcePackage, distribution: &SourcePackage) -> Self {
        let sides = [reference, distribution];
        let is_provided = sides.map(|side| {
            let mut lists = side.abi.binaries.iter().flatten();
            is_recorded(side) && lists.any(AbiList::has_kernel_symbols)
        });
        let is_listed = sides.map(|side| side.abi.kernel_list.is_some());
        match (is_provided, is_listed) {
            ([true, true], _) | ([false, false], [false, false]) => Self::Provided,
            (_, [true, true]) => Self::Listed,
            ([false, _], [false, _]) => {
                Self::NotCompared(AbiNotComparedReason::ReferenceKernelUnknown)
            }
            ([_, false], [_, false]) => {
                Self::NotCompared(AbiNotComparedReason::DistributionKernelUnknown)
            }
            _ => Self::NotCompared(AbiNotComparedReason::KernelSourcesDiffer),
        }
    }
}

/// Whether it is recorded of all binary packages what they provide.
pub(super) fn is_recorded(package: &SourcePackage) -> bool {
    package.abi.binaries.iter().all(Option::is_some)
}

/// What the packages provide, as far as it is recorded, each entry with its binary package.
pub(super) fn provided(package: &SourcePackage) -> impl Iterator<Item = (&str, AbiEntry<'_>)> {
    let binaries = package.binaries.iter().zip(&package.abi.binaries);
    binaries.flat_map(|(binary, list)| {
        let entries = list.iter().flat_map(|list| list.entries());
        entries.map(move |entry| (binary.as_str(), entry))
    })
}

/// What the packages of another architecture beside them provide, each entry with its package.
pub(super) fn provided_beside(
    package: &SourcePackage,
) -> impl Iterator<Item = (&str, AbiEntry<'_>)> {
    package.abi.multilib.iter().flat_map(|(name, list)| {
        let entries = list.iter().flat_map(|list| list.entries());
        entries.map(move |entry| (name.as_str(), entry))
    })
}

/// The entries of the list of kernel symbols.
pub(super) fn listed(package: &SourcePackage) -> impl Iterator<Item = AbiEntry<'_>> {
    package
        .abi
        .kernel_list
        .iter()
        .flat_map(|list| list.entries())
}

/// How many kernel symbols are known of a package: those that it provides, else those of its list.
pub(super) fn kernel_entries(package: &SourcePackage) -> usize {
    let of_kernel = provided(package).filter(|(_, entry)| entry.is_of_kernel());
    match of_kernel.count() {
        0 => listed(package).count(),
        provided => provided,
    }
}
