//! What was read of build systems, and what was not, in sentences.

use crate::presentation::date::{day, moment};
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted};
use crate::report::{BuildPointRecord, BuildsSourceRecord, UnreadBuildsRecord};
use std::collections::BTreeSet;

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
            if let Some(UnreadBuildsRecord { after, before }) = source.unread {
                text.push_str(&format!(
                    " Of the builds between {after} and {before} not all were read: more came than the pages had, and how those ended is not known."
                ));
            }
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
