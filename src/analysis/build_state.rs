//! Which architectures a package fails to build on, since which build, and when it was last built on each.

mod lines;

use crate::domain::{BuildProgress, Evr, Timestamp};
use lines::{end_lines, lines_of};
use std::collections::{BTreeMap, BTreeSet};

/// One build, as far as it is about one source package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildTry<'a> {
    /// When it was ordered; one of which that is not known stands where its number puts it.
    pub ordered: Option<Timestamp>,
    /// The build system's number of it, which grows.
    pub id: u64,
    /// The line of development of its source; see [`crate::domain::line_of`]. Empty where it is not known.
    pub line: &'a str,
    /// Whether the source names that line; elsewhere the platform that it was built for has it.
    pub names_line: bool,
    /// The version and release that its source states.
    pub version: Option<Evr>,
    /// Whether its packages were released.
    pub released: bool,
    /// How far it is on each architecture.
    pub progress: Vec<(&'a str, BuildProgress)>,
    /// Whether builds of the package may have followed that nobody read.
    pub unread_after: bool,
}

/// How the builds of a package stand on one line of development.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineBuilds<'a> {
    /// The line.
    pub line: &'a str,
    /// The last build, by its position among those given.
    pub last: usize,
    /// The architectures that any of them was for, sorted.
    pub architectures: Vec<ArchitectureBuilds<'a>>,
}

/// How the builds of a package stand on one architecture. Builds are named by their positions among those given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArchitectureBuilds<'a> {
    /// The architecture.
    pub architecture: &'a str,
    /// The last build that was for it.
    pub last: usize,
    /// How far that is.
    pub progress: BuildProgress,
    /// The last build that ended well.
    pub succeeded: Option<usize>,
    /// The last build that ended well, failed, or left the architecture out.
    pub decided: Option<usize>,
    /// Since when it fails, if it does: if the build that decided failed, and of each after it is known how far it is.
    pub failing: Option<Failing>,
    /// The last build of which that is not known, or after which builds may not have been read, unless one ended well since.
    pub unknown: Option<usize>,
    /// The last build since the last success after which builds may not have been read: that success may not be the last.
    pub unread: Option<usize>,
    /// Where the build that decided failed: the first such build from that one on, or the first that ended and was not for the
    /// architecture: whether it fails still is not known. That build itself where its line is not known.
    pub unknown_since: Option<usize>,
}

impl ArchitectureBuilds<'_> {
    /// The last build that failed, where it fails and another build that was for it came after.
    pub fn failure_before_last(&self) -> Option<usize> {
        let decided = self.decided.filter(|_| self.failing.is_some());
        decided.filter(|decided| *decided != self.last)
    }
}

/// Since when a package fails to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failing {
    /// The first build that failed after the last success, and after the last of which it is not known how it ended.
    pub since: usize,
    /// Whether it may have failed before: no success is known, or not how all builds since then ended.
    pub at_least: bool,
}

/// How the builds of a package stand, for each line of development, sorted by line. The order of the builds given does not matter.
/// A beta that was released since, with no architecture open, has ended, and is no line.
///
/// A build that was stopped or is under way changes nothing: what failed before it fails until a build succeeds, or leaves the
/// architecture out. Of one that is in a state which is not known neither can be told, nor after one that was not for the
/// architecture: nobody tried there what others build. Nor can it be told after builds that nobody read.
pub fn build_states<'a>(tries: &[BuildTry<'a>]) -> Vec<LineBuilds<'a>> {
    let mut lines: BTreeMap<&str, (usize, BTreeMap<&str, Fold<'a>>)> = BTreeMap::new();
    let (order, line_of_try) = (in_order_of_time(tries), lines_of(tries));
    for &position in &order {
        let tried = &tries[position];
        let (last, architectures) = lines
            .entry(line_of_try[position])
            .or_insert_with(|| (position, BTreeMap::new()));
        *last = position;
        let progress = greatest(&tried.progress);
        let ended = |progress: &BuildProgress| {
            matches!(progress, BuildProgress::Succeeded | BuildProgress::Failed)
        };
        if progress.values().any(ended) {
            for (architecture, fold) in architectures.iter_mut() {
                if !progress.contains_key(architecture) {
                    fold.pass_over(position);
                }
            }
        }
        for (architecture, progress) in progress {
            architectures
                .entry(architecture)
                .or_insert_with(|| Fold::new(architecture, position))
                .add(position, progress);
        }
        if tries[position].unread_after {
            let folds = lines.values_mut().flat_map(|(_, folds)| folds.values_mut());
            folds.for_each(|fold| fold.lose(position));
        }
    }
    let mut lines: Vec<LineBuilds<'a>> = lines
        .into_iter()
        .map(|(line, (last, architectures))| LineBuilds {
            line,
            last,
            architectures: architectures.into_values().map(Fold::finish).collect(),
        })
        .collect();
    end_lines(&mut lines, tries, &order, &line_of_try);
    lines
}

/// The positions of builds in the order of time, the oldest first. One of which it is not known when it was ordered follows all
/// of smaller numbers, since numbers grow.
pub fn in_order_of_time(tries: &[BuildTry<'_>]) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..tries.len()).collect();
    positions.sort_by(|&left, &right| {
        let key = |position: usize| {
            let BuildTry {
                id, line, progress, ..
            } = &tries[position];
            (*id, *line, progress)
        };
        key(left).cmp(&key(right))
    });
    let mut newest = None;
    let mut placed: Vec<(Option<Timestamp>, usize)> = positions
        .into_iter()
        .map(|position| {
            let ordered = tries[position].ordered;
            newest = newest.max(ordered);
            (ordered.or(newest), position)
        })
        .collect();
    // Stable, so that of one time the smaller number comes first.
    placed.sort_by_key(|(time, _)| *time);
    placed.into_iter().map(|(_, position)| position).collect()
}

/// The builds that the states name: with these alone the states are the same.
pub fn needed(states: &[LineBuilds<'_>]) -> BTreeSet<usize> {
    let mut positions = BTreeSet::new();
    for line in states {
        positions.insert(line.last);
        for state in &line.architectures {
            positions.insert(state.last);
            positions.extend(state.succeeded);
            positions.extend(state.decided);
            positions.extend(state.failing.map(|failing| failing.since));
            positions.extend(state.unknown);
            positions.extend(state.unread);
            positions.extend(state.unknown_since);
        }
    }
    positions
}

/// What the builds so far come to on one architecture.
struct Fold<'a> {
    state: ArchitectureBuilds<'a>,
    /// The first failure after the last success or state that is not known, whatever came after it.
    first_failure: Option<Failing>,
}

impl<'a> Fold<'a> {
    fn new(architecture: &'a str, position: usize) -> Self {
        Self {
            state: ArchitectureBuilds {
                architecture,
                last: position,
                progress: BuildProgress::Unknown,
                succeeded: None,
                decided: None,
                failing: None,
                unknown: None,
                unread: None,
                unknown_since: None,
            },
            first_failure: None,
        }
    }

    fn add(&mut self, position: usize, progress: BuildProgress) {
        let state = &mut self.state;
        (state.last, state.progress) = (position, progress);
        match progress {
            BuildProgress::Succeeded => {
                state.succeeded = Some(position);
                (state.failing, self.first_failure) = (None, None);
                (state.unknown, state.unread) = (None, None);
            }
            BuildProgress::LeftOut => state.failing = None,
            BuildProgress::Failed => {
                let at_least = state.succeeded.is_none() || state.unknown.is_some();
                let failing = Failing {
                    since: position,
                    at_least,
                };
                state.failing = Some(*self.first_failure.get_or_insert(failing));
            }
            BuildProgress::Unknown => return self.doubt(position),
            BuildProgress::Underway | BuildProgress::Stopped => return,
        }
        state.decided = Some(position);
        state.unknown_since = None;
    }

    /// Of what comes after this build it is not known how it ended, or of this build itself.
    fn doubt(&mut self, position: usize) {
        self.pass_over(position);
        (self.state.unknown, self.first_failure) = (Some(position), None);
    }

    /// Notes that builds after this one may not have been read.
    fn lose(&mut self, position: usize) {
        self.doubt(position);
        self.state.unread = self.state.succeeded.and(Some(position));
    }

    /// Adds a build that ended and was not for the architecture.
    fn pass_over(&mut self, position: usize) {
        if self.state.failing.take().is_some() {
            self.state.unknown_since = Some(position);
        }
    }

    fn finish(self) -> ArchitectureBuilds<'a> {
        self.state
    }
}

fn greatest<'a>(progress: &[(&'a str, BuildProgress)]) -> BTreeMap<&'a str, BuildProgress> {
    let mut greatest = BTreeMap::new();
    for &(architecture, progress) in progress {
        let known = greatest.entry(architecture).or_insert(progress);
        *known = progress.max(*known);
    }
    greatest
}

#[cfg(test)]
mod tests;
