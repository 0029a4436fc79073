//! Repositories and other inputs that could not be read, in the reader's words.

use super::date::moment;
use super::hidden_characters::visible;
use super::number::counted;
use crate::report::{AdvisoryFailure, Index, InputFailure, PointInTime, SideName, SourceFailure};

/// What must be read before the figures of a release's snapshot when it is shown because newer sources could not be read;
/// `None` when it is not. (An architecture that is left out is told by the snapshot's own notices.)
pub fn old_sources_notice(index: &Index, release: &str, taken: PointInTime) -> Option<String> {
    let old: Vec<&SourceFailure> = index
        .failures
        .iter()
        .filter(|failure| failure.release == release && failure.last_read == Some(taken))
        .collect();
    let since = old.iter().map(|failure| failure.since.0).min()?;
    let which = counted(old.len() as u32, "repository", "repositories");
    Some(format!(
        "Out of date: {which} could not be read since {}, so that this release stays as it was. “How this is made” says which and why.",
        moment(since)
    ))
}

/// What happened to one repository, as a sentence.
pub fn failure_sentence(failure: &SourceFailure, index: &Index) -> String {
    let whose = match failure.side {
        SideName::Distribution => index.distribution.name.clone(),
        SideName::Reference => index.reference.name.clone(),
        side => side.to_string(),
    };
    let state = match failure.last_read {
        Some(read) => format!("old, as of {}", moment(read.0)),
        None => failure.absent_words().to_owned(),
    };
    let SourceFailure {
        release,
        name,
        architecture,
        cause,
        ..
    } = failure;
    let since = moment(failure.since.0);
    format!(
        "Release {release}, {name} ({whose}) for {architecture}: {state}. It could not be read since {since}: {cause}."
    )
}

/// What happened to one input of a security clock, as a sentence.
pub fn advisory_failure_sentence(failure: &AdvisoryFailure) -> String {
    let words = advisory_failure_words(failure);
    format!("{words}: {}.", visible(&failure.cause))
}

/// That without why, and without the full stop.
fn advisory_failure_words(failure: &AdvisoryFailure) -> String {
    let state = match failure.last_read {
        Some(read) => format!("old, as of {}", moment(read.0)),
        None => "absent, never read".to_owned(),
    };
    format!(
        "{} is {state}. It could not be read since {}",
        visible(&failure.name),
        moment(failure.since.0)
    )
}

/// What of the inputs of a release's security clock is old or absent, in sentences. On a page that is kept as it was at the moment
/// `frozen`: what was so then, without the cause, which is that of the last try.
pub fn advisory_failure_sentences(
    index: &Index,
    release: &str,
    frozen: Option<PointInTime>,
) -> Vec<String> {
    let failures = index.advisory_failures.iter();
    let of_release = failures.filter(|failure| failure.release == release);
    match frozen {
        None => of_release.map(advisory_failure_sentence).collect(),
        Some(taken) => of_release
            .filter(|failure| failure.since <= taken)
            .map(|failure| format!("{}.", advisory_failure_words(failure)))
            .collect(),
    }
}

/// What happened to one other input, as a sentence.
pub fn input_failure_sentence(failure: &InputFailure) -> String {
    let InputFailure {
        release,
        kind,
        name,
        cause,
        ..
    } = failure;
    let state = match failure.last_read {
        Some(read) => format!("old, as of {}", moment(read.0)),
        None => "absent".to_owned(),
    };
    format!(
        "Release {release}, {} ({kind}): {state}. It could not be read since {}: {}.",
        visible(name),
        moment(failure.since.0),
        visible(cause)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{FormatVersion, InputKind, Party, SourceStanding};

    fn index(last_read: &[Option<&str>]) -> Index {
        let at = |text: &str| PointInTime(text.parse().unwrap());
        let party = |name: &str| Party {
            name: name.to_owned(),
            tracker: None,
        };
        let failure = |last_read: &Option<&str>| SourceFailure {
            release: "9".to_owned(),
            side: SideName::Reference,
            name: "BaseOS".to_owned(),
            architecture: "aarch64".to_owned(),
            location: "https://a.example/".to_owned(),
            state: match last_read {
                Some(_) => SourceStanding::Old,
                None => SourceStanding::Absent,
            },
            last_read: last_read.map(at),
            since: at("2026-11-21T04:10:00Z"),
            cause: "the host answered with status 503".to_owned(),
        };
        Index {
            format: FormatVersion::CURRENT,
            generator: String::new(),
            generated: at("2026-11-20T04:10:00Z"),
            sample: false,
            distribution: party("AlmaLinux"),
            reference: party("RHEL"),
            promise: None,
            change_rules: vec![],
            releases: Vec::new(),
            failures: last_read.iter().map(failure).collect(),
            advisory_failures: vec![],
            input_failures: vec![],
        }
    }

    fn check(last_read: &[Option<&str>], release: &str, expected: Option<&str>) {
        let taken = PointInTime("2026-11-20T04:10:00Z".parse().unwrap());
        let notice = old_sources_notice(&index(last_read), release, taken);
        let notice = notice.map(|notice| notice.replace('\u{a0}', " "));
        assert_eq!(
            notice
                .as_deref()
                .and_then(|notice| notice.split_once(" could"))
                .map(|(start, _)| start),
            expected
        );
    }

    #[test]
    fn only_old_sources_of_the_release_are_told_before_its_figures() {
        let read = Some("2026-11-20T04:10:00Z");
        check(&[], "9", None);
        check(&[None], "9", None);
        check(&[read], "10", None);
        check(&[Some("2026-11-19T04:10:00Z")], "9", None);
        check(&[read, None], "9", Some("Out of date: 1 repository"));
        check(&[read, read], "9", Some("Out of date: 2 repositories"));
    }

    #[test]
    fn a_sentence_says_which_since_when_and_why() {
        let sentence = |last_read| {
            let index = index(&[last_read]);
            failure_sentence(&index.failures[0], &index).replace('\u{a0}', " ")
        };
        assert_eq!(
            sentence(Some("2026-11-20T04:10:00Z")),
            "Release 9, BaseOS (RHEL) for aarch64: old, as of 20 Nov 2026, 04:10 UTC. It could not be read since \
             21 Nov 2026, 04:10 UTC: the host answered with status 503."
        );
        assert!(sentence(None).contains(": absent, never read. It could"));
        let mut index = index(&[None]);
        index.failures[0].side = SideName::Testing;
        let of_testing = failure_sentence(&index.failures[0], &index);
        assert!(of_testing.contains(": absent. It could"));
    }

    #[test]
    fn a_page_that_is_kept_as_it_was_says_what_failed_then() {
        let at = |text: &str| PointInTime(text.parse().unwrap());
        let mut index = index(&[]);
        index.advisory_failures = vec![AdvisoryFailure {
            release: "9".to_owned(),
            name: "Errata".to_owned(),
            location: "https://a.example/errata.json".to_owned(),
            last_read: Some(at("2026-03-10T04:00:00Z")),
            since: at("2026-03-11T04:00:00Z"),
            cause: "the host answered with status 503".to_owned(),
        }];
        let check = |release: &str, frozen: Option<&str>, expected: &[&str]| {
            let said = advisory_failure_sentences(&index, release, frozen.map(at)).into_iter();
            let said: Vec<String> = said.map(|said| said.replace('\u{a0}', " ")).collect();
            assert_eq!(said, expected);
        };
        let failed = "Errata is old, as of 10 Mar 2026, 04:00 UTC. It could not be read since 11 Mar 2026, 04:00 UTC";
        let with_cause = format!("{failed}: the host answered with status 503.");
        check("9", None, &[&with_cause]);
        check("9", Some("2026-03-10T04:00:00Z"), &[]);
        let without_cause = format!("{failed}.");
        check("9", Some("2026-03-11T04:00:00Z"), &[&without_cause]);
        check("8", None, &[]);
    }

    #[test]
    fn a_sentence_says_what_stands_in_for_an_input() {
        let check = |kind: InputKind, last_read: Option<&str>, expected: &str| {
            let at = |text: &str| PointInTime(text.parse().unwrap());
            let sentence = input_failure_sentence(&InputFailure {
                release: "9".to_owned(),
                kind,
                name: "bash".to_owned(),
                location: "https://a.example/bash.git".to_owned(),
                last_read: last_read.map(at),
                since: at("2026-11-21T04:10:00Z"),
                cause: "https://a.example/bash.git: git failed: early EOF".to_owned(),
            });
            let sentence = sentence.replace('\u{a0}', " ");
            let end = " It could not be read since 21 Nov 2026, 04:10 UTC: https://a.example/bash.git: git failed: early EOF.";
            assert_eq!(sentence, format!("{expected}{end}"));
        };
        check(
            InputKind::SourceTexts,
            None,
            "Release 9, bash (source texts): absent.",
        );
        check(
            InputKind::Autopatch,
            Some("2026-11-20T04:10:00Z"),
            "Release 9, bash (configuration of autopatch): old, as of 20 Nov 2026, 04:10 UTC.",
        );
    }
}
