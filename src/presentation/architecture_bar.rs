//! One architecture's shares as a bar, and the same in words.

use super::number::{count, percent};
use crate::domain::Shares;

/// The shares of one architecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchitectureBar {
    /// Its name, such as `x86_64`.
    pub name: String,
    /// What must be known to read the bar, such as “compared with x86_64”, or why there is none.
    pub note: Option<String>,
    /// Source packages by verdict.
    pub shares: Shares,
    /// The packages that are counted here, a path within the dashboard.
    pub href: String,
}

impl ArchitectureBar {
    /// The share that matches, in percent; `None` where nothing was compared.
    pub fn share(&self) -> Option<String> {
        let shares = self.shares;
        (shares.compared() > 0).then(|| percent(shares.matching(), shares.compared()))
    }

    /// Matched, patched, diverging and not compared, for the table.
    pub fn counts(&self) -> [String; 4] {
        let shares = self.shares;
        [
            shares.matched,
            shares.patched,
            shares.diverging,
            shares.not_compared,
        ]
        .map(count)
    }

    /// The exact counts in a line.
    pub fn caption(&self) -> String {
        let Shares {
            matched,
            patched,
            diverging,
            not_compared,
        } = self.shares;
        let mut caption = if self.shares.compared() == 0 {
            format!("{}: nothing was compared", self.name)
        } else {
            format!(
                "{}: {} matched, {} patched, {} diverging of {} compared",
                self.name,
                count(matched),
                count(patched),
                count(diverging),
                count(self.shares.compared())
            )
        };
        if not_compared > 0 {
            caption += &format!("; {} not compared", count(not_compared));
        }
        caption
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shares: [u32; 4], expected: &str) {
        let [matched, patched, diverging, not_compared] = shares;
        let bar = ArchitectureBar {
            name: "s390x".to_owned(),
            note: None,
            shares: Shares {
                matched,
                patched,
                diverging,
                not_compared,
            },
            href: String::new(),
        };
        assert_eq!(bar.caption(), expected);
        assert_eq!(bar.share().is_some(), bar.shares.compared() > 0);
    }

    #[test]
    fn says_the_bar_in_words() {
        check(
            [2016, 639, 29, 0],
            "s390x: 2,016 matched, 639 patched, 29 diverging of 2,684 compared",
        );
        check(
            [1, 0, 0, 12],
            "s390x: 1 matched, 0 patched, 0 diverging of 1 compared; 12 not compared",
        );
        check(
            [0, 0, 0, 1200],
            "s390x: nothing was compared; 1,200 not compared",
        );
    }
}
