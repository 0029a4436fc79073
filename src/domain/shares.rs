//! Shares: how many packages came to each verdict.

use super::Verdict;

/// Counts of source packages by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Matched packages.
    pub matched: u32,
    /// Patched packages.
    pub patched: u32,
    /// Diverging packages.
    pub diverging: u32,
    /// Packages that were not compared; never part of a share.
    pub not_compared: u32,
}

impl Shares {
    /// Counts verdicts.
    pub fn count(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut shares = Self::default();
        for verdict in verdicts {
            *match verdict {
                Verdict::Matched => &mut shares.matched,
                Verdict::Patched => &mut shares.patched,
                Verdict::Diverging => &mut shares.diverging,
                Verdict::NotCompared => &mut shares.not_compared,
            } += 1;
        }
        shares
    }

    /// The count of one verdict.
    pub fn of(&self, verdict: Verdict) -> u32 {
        match verdict {
            Verdict::Matched => self.matched,
            Verdict::Patched => self.patched,
            Verdict::Diverging => self.diverging,
            Verdict::NotCompared => self.not_compared,
        }
    }

    /// The numerator of the headline share, “matches”: matched plus patched, as the AlmaLinux OS Foundation counts it.
    pub fn matching(&self) -> u32 {
        self.matched + self.patched
    }

    /// The denominator of every share: all that was compared.
    pub fn compared(&self) -> u32 {
        self.matching() + self.diverging
    }

    /// All packages, compared or not.
    pub fn total(&self) -> u32 {
        self.compared() + self.not_compared
    }
}

/// A share in tenths of a percent, rounded to the nearest; `None` of nothing.
///
/// It is never 1,000 of what is not all, nor 0 of what is not none.
pub fn permille(numerator: u32, denominator: u32) -> Option<u64> {
    let (part, whole) = (u64::from(numerator), u64::from(denominator));
    let rounded = (part * 2_000 + whole).checked_div(2 * whole)?;
    Some(match rounded {
        1_000.. if part < whole => 999,
        0 if part > 0 => 1,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_leaves_out_what_was_not_compared() {
        use Verdict::*;
        let shares = Shares::count([Matched, Matched, Patched, Diverging, NotCompared]);
        assert_eq!(
            (shares.matching(), shares.compared(), shares.total()),
            (3, 4, 5)
        );
        assert_eq!(Verdict::ALL.map(|verdict| shares.of(verdict)), [2, 1, 1, 1]);
    }
}
