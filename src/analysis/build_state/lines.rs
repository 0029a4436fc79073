//! Which line of development a build belongs to, and which lines have ended.

use super::{ArchitectureBuilds, BuildTry, LineBuilds, greatest};
use crate::domain::BuildProgress;

/// The line of each build. One whose source names none is of the line that its platform builds, unless others of the package are of
/// module streams there: then it may be of any of these, and its line is not known.
pub fn lines_of<'a>(tries: &[BuildTry<'a>]) -> Vec<&'a str> {
    let has_streams = |line: &str| {
        tries.iter().any(|tried| {
            let rest = tried.line.strip_prefix(line);
            rest.is_some_and(|rest| rest.starts_with("-stream-"))
        })
    };
    let line = |tried: &BuildTry<'a>| match tried.names_line || !has_streams(tried.line) {
        true => tried.line,
        false => "",
    };
    tries.iter().map(line).collect()
}

/// Ends lines that others take up: a beta when the release, and builds whose line is not known when any line, has released the same
/// or a newer version. What failed fails no more where that was built. Where it was not, or such builds failed and nothing is known
/// to take them up, it is not known whether it still fails. A line of which nothing is open then is left out.
pub fn end_lines<'a>(
    lines: &mut Vec<LineBuilds<'a>>,
    tries: &[BuildTry<'a>],
    order: &[usize],
    line_of_try: &[&str],
) {
    lines.retain_mut(|line| {
        if !(line.line.is_empty() || line.line.ends_with("-beta")) {
            return true;
        }
        let followers = followers_of(line, tries, order, line_of_try);
        for state in &mut line.architectures {
            let has_failed = state.failing.is_some() || state.unknown_since.is_some();
            if !has_failed {
                continue;
            }
            let built = followers.iter().rev().find(|follower| {
                let progress = greatest(&tries[**follower].progress);
                progress.get(state.architecture) == Some(&BuildProgress::Succeeded)
            });
            if let Some(&built) = built {
                // What decided stays the failure, without which there would be no state of the architecture here.
                *state = ArchitectureBuilds {
                    last: built,
                    progress: BuildProgress::Succeeded,
                    succeeded: Some(built),
                    failing: None,
                    unknown: None,
                    unread: None,
                    unknown_since: None,
                    ..*state
                };
            } else if state.failing.is_some() {
                let itself = state.decided.filter(|_| line.line.is_empty());
                if let Some(since) = followers.last().copied().or(itself) {
                    (state.failing, state.unknown_since) = (None, Some(since));
                }
            }
        }
        let is_open = |state: &ArchitectureBuilds<'_>| state.unknown_since.is_some();
        followers.is_empty() || line.architectures.iter().any(is_open)
    });
}

/// The later builds by which others have released the version of a line's last build, or a newer one; the oldest first.
fn followers_of(
    line: &LineBuilds<'_>,
    tries: &[BuildTry<'_>],
    order: &[usize],
    line_of_try: &[&str],
) -> Vec<usize> {
    let Some(version) = &tries[line.last].version else {
        return Vec::new();
    };
    let takes_up = |other: &str| match line.line.strip_suffix("-beta") {
        Some(released) => other == released,
        None => !other.is_empty(),
    };
    let later = order.iter().copied();
    let later = later.skip_while(|position| *position != line.last).skip(1);
    later
        .filter(|&position| {
            let tried = &tries[position];
            let is_as_new = tried.version.as_ref().is_some_and(|of| of >= version);
            tried.released && is_as_new && takes_up(line_of_try[position])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{build_states, needed};
    use crate::domain::Evr;
    use proptest::prelude::*;

    /// Builds in the order of time, each by its line, a star before it where the platform alone tells that, its version, `!` where it
    /// was released, and a letter for each of two architectures: `+` succeeded, `x` failed.
    fn tries(builds: &[String]) -> Vec<BuildTry<'_>> {
        builds
            .iter()
            .enumerate()
            .map(|(id, text)| {
                let mut words = text.split(' ');
                let mut word = || words.next().unwrap_or_default();
                let (line, version, letters) = (word(), word(), word());
                let number = version.trim_end_matches('!');
                BuildTry {
                    ordered: None,
                    id: id as u64,
                    line: line.trim_start_matches('*'),
                    names_line: !line.starts_with('*'),
                    version: (number != "-").then(|| Evr::new(0, number, "1")),
                    released: version.ends_with('!'),
                    progress: ["aarch64", "x86_64"]
                        .into_iter()
                        .zip(letters.chars())
                        .filter_map(|(architecture, letter)| match letter {
                            '+' => Some((architecture, BuildProgress::Succeeded)),
                            'x' => Some((architecture, BuildProgress::Failed)),
                            _ => None,
                        })
                        .collect(),
                    unread_after: false,
                }
            })
            .collect()
    }

    fn told(tries: &[BuildTry<'_>]) -> Vec<String> {
        let id = |position: usize| tries[position].id;
        let lines = build_states(tries).into_iter().flat_map(|line| {
            line.architectures.into_iter().map(move |state| {
                let how = match (state.failing, state.unknown_since) {
                    (Some(failing), _) => format!("fails since {}", id(failing.since)),
                    (None, Some(since)) => format!("not known since {}", id(since)),
                    (None, None) => format!("{:?} in {}", state.progress, id(state.last)),
                };
                format!("{} {} {how}", line.line, state.architecture)
            })
        });
        lines.collect()
    }

    fn check(builds: &[&str], expected: &[&str]) {
        let builds: Vec<String> = builds.iter().map(|build| (*build).to_owned()).collect();
        assert_eq!(told(&tries(&builds)), expected, "{builds:?}");
    }

    #[test]
    fn a_build_of_no_named_line_is_of_that_of_its_platform() {
        check(&["*9 - x", "9 2! +"], &["9 aarch64 Succeeded in 1"]);
        check(&["9 2! +", "*9 - x"], &["9 aarch64 fails since 1"]);
        check(&["*9 - x"], &["9 aarch64 fails since 0"]);
    }

    #[test]
    fn of_a_build_of_no_known_line_it_is_not_known_whether_it_still_fails() {
        check(
            &["* - x", "9 2! +"],
            &[" aarch64 not known since 0", "9 aarch64 Succeeded in 1"],
        );
        check(&["* 2 x", "9 2! +"], &["9 aarch64 Succeeded in 1"]);
        let open = [" aarch64 not known since 0", "9 aarch64 Succeeded in 1"];
        for other in ["9 1! +", "9 2 +"] {
            check(&["* 2 x", other], &open);
        }
        // It may be of any stream.
        let of_stream = "8-stream-1 aarch64 Succeeded in 1";
        check(
            &["*8 - x", "8-stream-1 2! +"],
            &[" aarch64 not known since 0", of_stream],
        );
    }

    #[test]
    fn a_beta_ends_with_the_release_of_its_version_or_a_newer_one() {
        for version in ["2!", "3!"] {
            let release = format!("9 {version} +");
            check(&["9-beta 2 x", &release], &["9 aarch64 Succeeded in 1"]);
        }
        let fails = "9-beta aarch64 fails since 0";
        for other in ["9 1! +", "9 2 +"] {
            let release = "9 aarch64 Succeeded in 1";
            check(&["9-beta 2 x", other], &[release, fails]);
        }
        check(
            &["9 2! +", "9-beta 2 x"],
            &["9 aarch64 Succeeded in 0", "9-beta aarch64 fails since 1"],
        );
        check(
            &["9-beta 2 x+", "9 2! .+"],
            &[
                "9 x86_64 Succeeded in 1",
                "9-beta aarch64 not known since 1",
                "9-beta x86_64 Succeeded in 0",
            ],
        );
        check(
            &["9-beta 2 x", "9 2! x"],
            &[
                "9 aarch64 fails since 1",
                "9-beta aarch64 not known since 1",
            ],
        );
    }

    proptest! {
        #[test]
        fn what_is_not_needed_does_not_matter(
            builds in proptest::collection::vec("[*]?(8|8-beta|8-stream-1|) [123-]!? [+x.]{2}", 0..10),
        ) {
            let given = tries(&builds);
            let positions = needed(&build_states(&given));
            let kept: Vec<BuildTry<'_>> = positions.iter().map(|&position| given[position].clone()).collect();
            prop_assert_eq!(told(&given), told(&kept));
        }
    }
}
