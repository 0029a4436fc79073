//! What was read of build systems, and what was not, in sentences.

use crate::presentation::date::{day, moment};
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted};
use crate::report::{BuildPointRecord, Builds, BuildsSourceRecord};
use std::collections::BTreeSet;

/// Ranges of numbers that are named, the last ones; where there are more, the others are counted.
const RANGES_NAMED: usize = 8;

/// One sentence for each build system, and one for the packages of a release of so many that no build is of.
pub(super) fn extent_in_sentences(
    sources: &[BuildsSourceRecord],
    without_builds: &BTreeSet<String>,
    packages: usize,
) -> Vec<String> {
    let point = |point: &BuildPointRecord| match point.at {
        Some(at) => format!("{} of {}", point.id, day(at.0)),
        None => format!("{} (date not known, placed by its number)", point.id),
    };
    let mut sentences: Vec<String> = sources
        .iter()
        .map(|source| {
            let mut text = match (&source.oldest, &source.newest) {
                (Some(oldest), Some(newest)) if oldest.id == newest.id => {
                    format!("1 build was read: {}.", point(newest))
                }
                (Some(oldest), Some(newest)) => format!(
                    "{} were read, from {} to {}.",
                    counted(source.builds, "build", "builds"),
                    point(oldest),
                    point(newest)
                ),
                _ => "No build was read.".to_owned(),
            };
            if let Some(old) = &source.old_answers {
                text.push_str(&format!(
                    " Answers of {} or later stand in for some that did not come: {}.",
                    moment(old.oldest.0),
                    visible(old.cause.trim_end_matches('.'))
                ));
            }
            text.push_str(&unread_in_words(source));
            text.push_str(&left_out_in_words(source));
            if let Some(failure) = &source.failure {
                text.push_str(&format!(
                    " Then reading ended: {}. What other builds there are is not known.",
                    visible(failure.trim_end_matches('.'))
                ));
            }
            text
        })
        .collect();
    if !without_builds.is_empty() {
        let without = without_builds.len() as u32;
        sentences.push(format!(
            "{} of the {} have no build among them.",
            count(without),
            counted(
                packages as u32,
                "source package of this release",
                "source packages of this release"
            )
        ));
    }
    sentences
}

/// The numbers that pages do not reach, as a sentence; empty where there are none. A build system may skip a number, so that no
/// build is said to be there.
fn unread_in_words(source: &BuildsSourceRecord) -> String {
    let ranges: Vec<String> = source
        .unread()
        .map(|range| format!("between {} and {}", range.after, range.before))
        .collect();
    if ranges.is_empty() {
        return String::new();
    }
    let (others, named) = ranges.split_at(ranges.len().saturating_sub(RANGES_NAMED));
    let others = match others.len() as u32 {
        0 => String::new(),
        number => format!(", and in {} before", counted(number, "range", "ranges")),
    };
    format!(
        " The pages that were read leave out numbers {}{others}: their builds were not read, or are not there.",
        named.join(", ")
    )
}

/// The builds that count for no package, in sentences; empty where there are none.
fn left_out_in_words(source: &BuildsSourceRecord) -> String {
    let left_out = |number: u32, of: &str| match number {
        1 => format!(" 1 build of {of} is left out."),
        _ => format!(" {} builds of {of} are left out.", count(number)),
    };
    let foreign = source.foreign.as_ref().map(|foreign| {
        let repository = visible(&foreign.repository);
        let of = format!("repositories that are none of AlmaLinux’s own, such as {repository},");
        left_out(foreign.builds, &of)
    });
    let unnamed =
        (source.unnamed > 0).then(|| left_out(source.unnamed, "sources that name no package"));
    foreign.into_iter().chain(unnamed).collect()
}

/// What is said of packages that fail on architectures which the release does not have; `None` where none does.
pub(super) fn failures_beside_in_words(builds: &Builds) -> Option<String> {
    let (mut packages, mut names) = (0, BTreeSet::new());
    for record in &builds.packages {
        let others = record.others.iter();
        let beside = others
            .filter(|other| other.failing_since.is_some() && !builds.counts(&other.architecture));
        let beside: Vec<String> = beside.map(|other| visible(&other.architecture)).collect();
        packages += u32::from(!beside.is_empty());
        names.extend(beside);
    }
    let names: Vec<String> = names.into_iter().collect();
    let fails = match packages {
        0 => return None,
        1 => "1 package fails".to_owned(),
        several => format!("{} packages fail", count(several)),
    };
    Some(format!(
        "{fails} on architectures that this release does not have, which is not counted: {}.",
        names.join(", ")
    ))
}
