//! What a security clock says of fixes in testing where that could not be read.

use crate::domain::FixState;
use crate::presentation::date::moment;
use crate::presentation::hidden_characters::visible;
use crate::report::SourceFailure;

/// What of the packages in testing could not be read, in sentences, and what that means for the states of fixes.
pub fn testing_failure_sentences(failures: &[SourceFailure], distribution: &str) -> Vec<String> {
    let sentences = failures.iter().map(|failure| {
        format!(
            "{distribution}’s {} for {} could not be read since {}: a fix that is told as being in Testing was there before, and one that is told as not yet there may be in it.",
            visible(&failure.name),
            visible(&failure.architecture),
            moment(failure.since.0)
        )
    });
    sentences.collect()
}

/// Whether a state would be another if something else were in testing.
pub fn depends_on_testing(state: FixState) -> bool {
    matches!(state, FixState::InTesting | FixState::Open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{PointInTime, SideName, SourceStanding};

    #[test]
    fn what_could_not_be_read_of_testing_is_told_with_what_it_means() {
        let failure = SourceFailure {
            release: "9".to_owned(),
            side: SideName::Testing,
            name: "Testing".to_owned(),
            architecture: "aarch64".to_owned(),
            location: "https://testing.example/aarch64".to_owned(),
            state: SourceStanding::Absent,
            last_read: None,
            since: PointInTime("2026-11-20T04:10:00Z".parse().unwrap()),
            cause: "the server answered 404".to_owned(),
        };
        let check = |failures: &[SourceFailure], expected: &[&str]| {
            let sentences = testing_failure_sentences(failures, "AlmaLinux");
            let plain: Vec<_> = sentences
                .iter()
                .map(|text| text.replace('\u{a0}', " "))
                .collect();
            assert_eq!(plain, expected);
        };
        check(&[], &[]);
        check(
            &[failure],
            &[
                "AlmaLinux’s Testing for aarch64 could not be read since 20 Nov 2026, 04:10 UTC: a fix that is told as being in Testing was there before, and one that is told as not yet there may be in it.",
            ],
        );
    }
}
