//! Holds configurations that mark what they build against the releases that are published.

use super::knowledge::Knowledge;
use crate::analysis::{ArchitectureLists, BuildMark, Rules, normalise_release};

impl Knowledge {
    /// Forgets what the configurations of other builds tell. Where no release of a package bears the mark of its configuration, it was
    /// not built with that, and what that tells is forgotten; where some do, it tells of these alone.
    pub fn forget_unbuilt(&mut self, lists: &[ArchitectureLists], rules: &Rules) {
        for (name, (count, mark)) in std::mem::take(&mut self.marking) {
            let published = lists.iter().filter_map(|list| {
                let package = list.distribution.get(&name)?;
                Some((list.architecture.name(), package.evr.release.as_str()))
            });
            let (built, others): (Vec<_>, Vec<_>) =
                published.partition(|(_, release)| mark.is_on(release, &rules.marks));
            let Some(known) = self.packages.get_mut(&name).filter(|_| !others.is_empty()) else {
                continue;
            };
            let is_marked = |(_, release): &(_, &str)| normalise_release(release, &rules.marks).1;
            let (marks, lacks) = match &mark {
                BuildMark::Suffix(suffix) if others.iter().any(is_marked) => {
                    (format!(" with {suffix}"), "does not bear that")
                }
                _ => (String::new(), "bears no mark"),
            };
            let told =
                format!("{name}: the configuration of autopatch marks what it builds{marks}");
            if built.is_empty() {
                known
                    .changes
                    .truncate(known.changes.len().saturating_sub(count));
                known.has_unexplained_lines = false;
                self.unexplained.remove(&name);
                self.warnings.push(format!(
                    "{told}, and the published release {lacks}: its changes are left out."
                ));
            } else {
                known.changes_of_marked_builds = count;
                known.build_mark = mark;
                let others: Vec<&str> = others.into_iter().map(|(name, _)| name).collect();
                self.warnings.push(format!(
                    "{told}, and the release published for {} {lacks}: its changes do not count there.",
                    others.join(", ")
                ));
            }
        }
    }
}
