//! Which advisories name a version as the fix that waits in testing, or one before it, while what is published is older.

use super::normalisation::normalise_release;
use super::rules::Mark;
use crate::domain::{AdvisoryClock, Evr, FixState};
use std::collections::BTreeMap;

/// An advisory with the version that it names for one package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFix<'a> {
    /// The advisory.
    pub clock: &'a AdvisoryClock,
    /// The version of the package that fixes it.
    pub evr: Evr,
}

/// The versions that advisories name, by package.
#[derive(Clone, Debug, Default)]
pub struct NamedFixes<'a> {
    by_package: BTreeMap<&'a str, Vec<NamedFix<'a>>>,
}

impl<'a> NamedFixes<'a> {
    /// Adds what an advisory names for a package.
    pub fn add(&mut self, package: &'a str, fix: NamedFix<'a>) {
        self.by_package.entry(package).or_default().push(fix);
    }

    /// The fixes of a package that come with the version that waits, in the order in which they were added. Epochs count where
    /// `epochs_recorded`.
    ///
    /// The reference names its own versions, so that marks are taken off; the distribution names those that wait. Left out is
    /// what versions cannot tell: fixes of module streams, several of which stand beside each other, and of advisories that name
    /// several versions for the package.
    pub fn awaited(
        &self,
        package: &str,
        published: &Evr,
        waiting: &Evr,
        epochs_recorded: bool,
        marks: &[Mark],
    ) -> Vec<&NamedFix<'a>> {
        let fixes = self.by_package.get(package).map_or(&[][..], Vec::as_slice);
        let is_alone = |fix: &NamedFix<'_>| {
            let same = fixes.iter().filter(|other| other.clock.id == fix.clock.id);
            same.count() == 1
        };
        let is_awaited = |fix: &&NamedFix<'_>| {
            let compared = |evr: &Evr| {
                let release = match fix.clock.state {
                    FixState::Announced => evr.release.clone(),
                    _ => normalise_release(&evr.release, marks).0,
                };
                let epoch = if epochs_recorded { evr.epoch } else { 0 };
                Evr::new(epoch, evr.version.clone(), release)
            };
            let named = compared(&fix.evr);
            let can_be_told = epochs_recorded || fix.evr.epoch == 0;
            can_be_told
                && !fix.evr.release.contains(".module")
                && compared(published) < named
                && named <= compared(waiting)
                && is_alone(fix)
        };
        fixes.iter().filter(is_awaited).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Rules;
    use crate::domain::Severity;

    fn clock(id: &str) -> AdvisoryClock {
        let id: crate::domain::AdvisoryId = id.parse().unwrap();
        AdvisoryClock {
            severity: Severity::Important,
            state: match id.vendor.as_str() {
                "AL" => FixState::Announced,
                _ => FixState::InTesting,
            },
            id,
            counterpart: None,
            disclosed: None,
            reference: None,
            testing: None,
            distribution: None,
            in_repositories: None,
            cves: Vec::new(),
            packages: Vec::new(),
        }
    }

    /// Of advisories that each name a version of bash, those that come when `waiting` takes the place of `published`.
    fn check(named: &[(&str, &str)], published: &str, waiting: &str, expected: &[&str]) {
        let clocks: Vec<AdvisoryClock> = named.iter().map(|(id, _)| clock(id)).collect();
        let mut fixes = NamedFixes::default();
        for (clock, (_, evr)) in clocks.iter().zip(named) {
            let evr = Evr::parse(evr).unwrap();
            fixes.add("bash", NamedFix { clock, evr });
        }
        let (published, waiting) = (Evr::parse(published).unwrap(), Evr::parse(waiting).unwrap());
        let marks = Rules::default().marks;
        let of = |package: &str| -> Vec<String> {
            let found = fixes.awaited(package, &published, &waiting, true, &marks);
            found.iter().map(|fix| fix.clock.id.to_string()).collect()
        };
        assert_eq!(of("bash"), expected, "{named:?}");
        assert_eq!(of("zsh"), [""; 0]);
    }

    #[test]
    fn a_fix_is_awaited_that_is_newer_than_what_is_published() {
        let named = [
            ("RHSA-2026:0001", "5-1.el9"),
            ("RHSA-2026:0002", "5-2.el9"),
            ("RHSA-2026:0003", "5-3.el9"),
            ("RHSA-2026:0004", "5-4.el9"),
        ];
        let both = ["RHSA-2026:0002", "RHSA-2026:0003"];
        check(&named, "5-1.el9", "5-3.el9", &both);
        check(&named, "5-1.el9.alma.1", "5-3.el9.alma.1", &both);
        check(&named, "5-4.el9", "5-5.el9", &[]);
    }

    #[test]
    fn the_distribution_names_its_own_versions() {
        let named = [("ALSA-2026:0001", "5-1.el9.alma.1")];
        check(&named, "5-1.el9", "5-1.el9.alma.1", &["ALSA-2026:0001"]);
        check(&named, "5-1.el9.alma.1", "5-1.el9.alma.2", &[]);
    }

    #[test]
    fn what_versions_cannot_tell_is_left_out() {
        let several = [("RHSA-2026:0001", "5-2.el9"), ("RHSA-2026:0001", "4-9.el9")];
        check(&several, "5-1.el9", "5-2.el9", &[]);
        let module = [("RHSA-2026:0001", "5-2.module+el9.6.0+1+a")];
        check(&module, "5-1.el9", "6-1.el9", &[]);
        let clock = clock("RHSA-2026:0001");
        let mut fixes = NamedFixes::default();
        let evr = Evr::parse("1:5-2.el9").unwrap();
        fixes.add("bash", NamedFix { clock: &clock, evr });
        let versions = ["5-1.el9", "5-2.el9"].map(|evr| Evr::parse(evr).unwrap());
        let found = fixes.awaited("bash", &versions[0], &versions[1], false, &[]);
        assert_eq!(found, Vec::<&NamedFix<'_>>::new());
    }
}
