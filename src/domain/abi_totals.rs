//! What the comparisons of binary interfaces come to over all packages of an architecture.

use super::{AbiCounts, AbiNotComparedReason, AbiVerdict};
use std::collections::BTreeMap;

/// Counts of source packages by what became of their binary interface, and of the entries in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AbiTotals {
    /// Packages that keep all and add nothing.
    pub kept: u32,
    /// Packages that keep all and add something.
    pub extended: u32,
    /// Packages that miss or change something.
    pub broken: u32,
    /// Packages that were not compared, by the reason.
    pub not_compared: BTreeMap<AbiNotComparedReason, u32>,
    /// Libraries and their symbol versions, in the packages compared.
    pub symbol_versions: AbiCounts,
    /// Kernel symbols, in the packages compared.
    pub kernel_symbols: AbiCounts,
    /// Entries of the reference that were not compared.
    pub entries_not_compared: u32,
}

impl AbiTotals {
    /// Counts one package.
    pub fn add(
        &mut self,
        verdict: AbiVerdict,
        symbol_versions: Option<AbiCounts>,
        kernel_symbols: Option<AbiCounts>,
        entries_not_compared: u32,
    ) {
        *match verdict {
            AbiVerdict::Kept => &mut self.kept,
            AbiVerdict::Extended => &mut self.extended,
            AbiVerdict::Broken => &mut self.broken,
            AbiVerdict::NotCompared(reason) => self.not_compared.entry(reason).or_default(),
        } += 1;
        self.symbol_versions += symbol_versions.unwrap_or_default();
        self.kernel_symbols += kernel_symbols.unwrap_or_default();
        self.entries_not_compared += entries_not_compared;
    }
}
