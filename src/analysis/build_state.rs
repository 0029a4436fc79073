//! Which architectures a package fails to build on, since which build, and when it was last built on each.

use crate::domain::{BuildProgress, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// One build, as far as it is about one source package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildTry<'a> {
    /// When it was ordered; one of which that is not known stands where its number puts it.
    pub ordered: Option<Timestamp>,
    /// The build system's number of it, which grows.
    pub id: u64,
    /// The line of development of its source; see [`crate::domain::line_of`].
    pub line: &'a str,
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
    /// architecture: whether it fails still is not known.
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
///
/// A build that was stopped or is under way changes nothing: what failed before it fails until a build succeeds, or leaves the
/// architecture out. Of one that is in a state which is not known neither can be told, nor after one that was not for the
/// architecture: nobody tried there what others build. Nor can it be told after builds that nobody read.
pub fn build_states<'a>(tries: &[BuildTry<'a>]) -> Vec<LineBuilds<'a>> {
    let mut lines: BTreeMap<&str, (usize, BTreeMap<&str, Fold<'a>>)> = BTreeMap::new();
    for position in in_order_of_time(tries) {
        let tried = &tries[position];
        let (last, architectures) = lines
            .entry(tried.line)
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
    lines
        .into_iter()
        .map(|(line, (last, architectures))| LineBuilds {
            line,
            last,
            architectures: architectures.into_values().map(Fold::finish).collect(),
        })
        .collect()
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A build by its number, its line, and one letter for each architecture: `+` succeeded, `x` failed, `-` left out, `/`
    /// stopped, `?` not known, `.` under way, blank: no task. A `…` at the end: others may have followed that nobody read.
    fn tries<'a>(builds: &[(u64, &'a str, &str)]) -> Vec<BuildTry<'a>> {
        let of = |letter: char| match letter {
            '+' => Some(BuildProgress::Succeeded),
            'x' => Some(BuildProgress::Failed),
            '-' => Some(BuildProgress::LeftOut),
            '/' => Some(BuildProgress::Stopped),
            '?' => Some(BuildProgress::Unknown),
            '.' => Some(BuildProgress::Underway),
            _ => None,
        };
        builds
            .iter()
            .map(|&(id, line, letters)| BuildTry {
                ordered: Timestamp::from_unix_days(id as i64),
                id,
                line,
                progress: ["aarch64", "x86_64"]
                    .into_iter()
                    .zip(letters.chars())
                    .filter_map(|(architecture, letter)| Some((architecture, of(letter)?)))
                    .collect(),
                unread_after: letters.ends_with('…'),
            })
            .collect()
    }

    fn told(tries: &[BuildTry<'_>]) -> Vec<String> {
        let id = |position: usize| tries[position].id;
        let states = build_states(tries);
        let lines = states.iter().flat_map(|line| {
            line.architectures.iter().map(move |state| {
                let succeeded = state.succeeded.map(id);
                let failing = state.failing.map(|failing| {
                    let sign = if failing.at_least { "≤" } else { "" };
                    format!(", fails since {sign}{}", id(failing.since))
                });
                let unknown = state
                    .unknown_since
                    .map(|since| format!(", not known since {}", id(since)));
                let of_read = if state.unread.is_some() {
                    " of those read"
                } else {
                    ""
                };
                format!(
                    "{} {}: {:?} in {}, last success {}{of_read}{}{}",
                    line.line,
                    state.architecture,
                    state.progress,
                    id(state.last),
                    succeeded.map_or("none".to_owned(), |id| id.to_string()),
                    failing.unwrap_or_default(),
                    unknown.unwrap_or_default()
                )
            })
        });
        lines.collect()
    }

    fn check(builds: &[(u64, &str, &str)], expected: &[&str]) {
        assert_eq!(told(&tries(builds)), expected, "{builds:?}");
    }

    #[test]
    fn it_fails_since_the_first_failure_after_the_last_success() {
        check(
            &[
                (4, "9", "xx"),
                (1, "9", "x+"),
                (3, "9", "x+"),
                (2, "9", "+x"),
            ],
            &[
                "9 aarch64: Failed in 4, last success 2, fails since 3",
                "9 x86_64: Failed in 4, last success 3, fails since 4",
            ],
        );
        check(
            &[(1, "9", "x+"), (2, "9", "x")],
            &[
                "9 aarch64: Failed in 2, last success none, fails since ≤1",
                "9 x86_64: Succeeded in 1, last success 1",
            ],
        );
    }

    #[test]
    fn what_did_not_end_changes_nothing() {
        check(
            &[(1, "9", "+x"), (2, "9", "x."), (3, "9", "/.")],
            &[
                "9 aarch64: Stopped in 3, last success 1, fails since 2",
                "9 x86_64: Underway in 3, last success none, fails since ≤1",
            ],
        );
    }

    #[test]
    fn after_a_state_that_is_not_known_it_is_not_known_whether_it_fails() {
        let check = |letters: &str, expected: &str| {
            let letters: Vec<String> = letters.chars().map(String::from).collect();
            let builds = (1..).zip(&letters);
            let builds: Vec<_> = builds
                .map(|(id, letter)| (id, "9", letter.as_str()))
                .collect();
            check(&builds, &[&format!("9 aarch64: {expected}")]);
        };
        check("+x?", "Unknown in 3, last success 1, not known since 3");
        check(
            "xx?/?.",
            "Underway in 6, last success none, not known since 3",
        );
        check("+x?+", "Succeeded in 4, last success 4");
        check("+x?-", "LeftOut in 4, last success 1");
        // It may have succeeded in between, and may have failed before.
        check("+x?x", "Failed in 4, last success 1, fails since ≤4");
        check("+?xx", "Failed in 4, last success 1, fails since ≤3");
        // Nothing is known to have failed.
        check("+?", "Unknown in 2, last success 1");
        check("+x-?", "Unknown in 4, last success 1");
    }

    #[test]
    fn what_nobody_read_may_have_ended_in_any_way() {
        let check = |letters: &str, expected: &str| {
            let letters: Vec<&str> = letters.split(' ').collect();
            let builds = (1..).zip(&letters);
            let builds: Vec<_> = builds.map(|(id, letters)| (id, "9", *letters)).collect();
            check(&builds, &[&format!("9 aarch64: {expected}")]);
        };
        // It may have succeeded in between.
        check(
            "+ x… x",
            "Failed in 3, last success 1 of those read, fails since ≤3",
        );
        check(
            "+… x x",
            "Failed in 3, last success 1 of those read, fails since ≤2",
        );
        check(
            "+ x…",
            "Failed in 2, last success 1 of those read, not known since 2",
        );
        check("+…", "Succeeded in 1, last success 1 of those read");
        check("+ x… +", "Succeeded in 3, last success 3");
        check("+ x… + x", "Failed in 4, last success 3, fails since 4");
        check("x… -", "LeftOut in 2, last success none");
        // What follows on one line of development is not known of the others either.
        let both = [(1, "8", "x"), (2, "9", "+…")];
        let of_other = "8 aarch64: Failed in 1, last success none, not known since 2";
        assert_eq!(told(&tries(&both))[0], of_other);
    }

    #[test]
    fn an_architecture_that_is_left_out_does_not_fail() {
        check(
            &[(1, "9", "+"), (2, "9", "x"), (3, "9", "-")],
            &["9 aarch64: LeftOut in 3, last success 1"],
        );
    }

    #[test]
    fn a_success_of_another_line_is_none_of_this() {
        check(
            &[(1, "8-stream-1", "x"), (2, "8-stream-2", "+")],
            &[
                "8-stream-1 aarch64: Failed in 1, last success none, fails since ≤1",
                "8-stream-2 aarch64: Succeeded in 2, last success 2",
            ],
        );
    }

    #[test]
    fn an_architecture_that_a_newer_build_is_not_for_is_not_known_to_fail_still() {
        let check = |builds: &[(u64, &str, &str)], expected: &str| {
            let told = told(&tries(builds));
            assert_eq!(told[0], format!("9 aarch64: {expected}"), "{builds:?}");
        };
        let left_out = "Failed in 2, last success 1, not known since 3";
        check(&[(1, "9", "++"), (2, "9", "xx"), (3, "9", " +")], left_out);
        check(
            &[
                (1, "9", "++"),
                (2, "9", "xx"),
                (3, "9", " x"),
                (4, "9", " +"),
            ],
            left_out,
        );
        // A build that did not end tells nothing, nor does one of another line.
        let fails = "Failed in 2, last success 1, fails since 2";
        for other in [(3, "9", " ."), (3, "9", " /"), (3, "9-beta", " +")] {
            check(&[(1, "9", "++"), (2, "9", "xx"), other], fails);
        }
        // Nothing built it in between.
        check(
            &[(1, "9", "+"), (2, "9", "x"), (3, "9", " +"), (4, "9", "x")],
            "Failed in 4, last success 1, fails since 2",
        );
        check(
            &[(1, "9", "+"), (2, "9", "x"), (3, "9", " +"), (4, "9", "+")],
            "Succeeded in 4, last success 4",
        );
        check(
            &[(1, "9", "++"), (2, "9", " x")],
            "Succeeded in 1, last success 1",
        );
    }

    #[test]
    fn one_whose_time_is_not_known_stands_where_its_number_puts_it() {
        let check = |undated: &[usize], letters: [&str; 3], expected: &str| {
            let builds = [1, 2, 3].into_iter().zip(letters);
            let builds: Vec<_> = builds.map(|(id, letter)| (id, "9", letter)).collect();
            let mut given = tries(&builds);
            for position in undated {
                given[*position].ordered = None;
            }
            assert_eq!(told(&given), [format!("9 aarch64: {expected}")]);
        };
        let fails = "Failed in 3, last success 2, fails since 3";
        for undated in [&[0][..], &[1], &[2], &[0, 1], &[1, 2], &[0, 1, 2]] {
            check(undated, ["x", "+", "x"], fails);
        }
        check(
            &[1],
            ["+", "x", "x"],
            "Failed in 3, last success 1, fails since 2",
        );
    }

    #[test]
    fn the_worst_of_several_tasks_counts() {
        let mut both = tries(&[(1, "9", "+")]);
        both[0].progress.push(("aarch64", BuildProgress::Failed));
        assert_eq!(
            told(&both),
            ["9 aarch64: Failed in 1, last success none, fails since ≤1"]
        );
        check(&[], &[]);
    }

    proptest! {
        #[test]
        fn neither_order_nor_what_is_not_needed_matters(
            builds in proptest::collection::vec(("[89]", "[-+x/?. ]{2}…?"), 0..12),
            shuffled in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let builds: Vec<(u64, &str, &str)> = builds
                .iter()
                .enumerate()
                .map(|(id, (line, letters))| (id as u64, line.as_str(), letters.as_str()))
                .collect();
            let given = tries(&builds);
            let order = shuffled.iter().filter(|&&position| position < given.len());
            let other: Vec<BuildTry<'_>> = order.map(|&position| given[position].clone()).collect();
            prop_assert_eq!(told(&given), told(&other));
            let positions = needed(&build_states(&given));
            let kept: Vec<BuildTry<'_>> = positions.iter().map(|&position| given[position].clone()).collect();
            prop_assert_eq!(told(&given), told(&kept));
        }
    }
}
