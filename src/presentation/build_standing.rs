//! How the builds of a package stand on one architecture: the last try beside the last success.

use super::builds::{BuildMark, built_mark, status_mark, task_mark};
use super::date::day;
use super::hidden_characters::visible;
use crate::analysis::build_states;
use crate::domain::BuildProgress;
use crate::report::{
    ArchitectureBuildsRecord, BuildLogRecord, BuildPointRecord, BuildRunRecord, BuildStatus,
    is_http_address,
};

/// How builds stand on one architecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildStanding {
    /// The architecture, or what else is made.
    pub architecture: String,
    /// The architecture as the build system names it.
    pub key: String,
    /// Since when it fails; `None` where it does not.
    pub failing: Option<FailingSince>,
    /// The first build after a failure of which it is not known how it stands, or that was not for the architecture, or after which
    /// builds were not read, and so whether it still fails; `None` elsewhere.
    pub unknown_since: Option<BuildLink>,
    /// Whether the last try waits or runs.
    pub is_running: bool,
    /// How far the last try is.
    pub mark: BuildMark,
    /// The last try.
    pub tried: BuildLink,
    /// The last success; `None` where none is among the builds that were read.
    pub succeeded: Option<BuildLink>,
    /// Whether there may be a later success: builds that followed were not read.
    pub succeeded_of_read: bool,
    /// The logs of the last try or, where it fails, of the last build that failed.
    pub logs: Vec<LogLink>,
    /// That build, where it is not the last try.
    pub logs_of: Option<BuildLink>,
}

/// Since which build a package fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailingSince {
    /// The first build that is known to have failed.
    pub build: BuildLink,
    /// Whether it may have failed before.
    pub at_least: bool,
}

/// A build that can be opened where its page is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildLink {
    /// Its number.
    pub number: String,
    /// Its day; `None` where that is not recorded.
    pub day: Option<String>,
    /// Its page.
    pub url: Option<String>,
}

/// A log that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLink {
    /// What it is of.
    pub label: String,
    /// Where it is.
    pub url: String,
}

/// How the builds of a package stand on one line of its development.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineStandings {
    /// The line, where it is not the release's main one.
    pub line: Option<String>,
    /// The architectures, sorted.
    pub standings: Vec<BuildStanding>,
}

impl BuildStanding {
    /// As it is recorded of an architecture that the last build of a package did not build. Of builds before the number
    /// `unread_before` some were not read.
    pub fn of_record(
        record: &ArchitectureBuildsRecord,
        last: &BuildPointRecord,
        unread_before: Option<u64>,
    ) -> Self {
        Self {
            architecture: architecture_label(&record.architecture),
            key: record.architecture.clone(),
            failing: record.failing_since.as_ref().map(|since| FailingSince {
                build: BuildLink::of(since),
                at_least: record.succeeded.is_none() || record.may_fail_longer,
            }),
            unknown_since: record.unknown_since.as_ref().map(BuildLink::of),
            is_running: BuildProgress::from(record.status) == BuildProgress::Underway,
            mark: built_mark(status_mark(record.status), record.status_number),
            tried: BuildLink::of(record.tried.as_ref().unwrap_or(last)),
            succeeded: record.succeeded.as_ref().map(BuildLink::of),
            succeeded_of_read: record
                .succeeded
                .as_ref()
                .is_some_and(|point| is_of_read(point, unread_before)),
            logs: match &record.failure {
                Some(failure) => LogLink::of(&failure.logs),
                // An older Almanac recorded those of the last try alone, which tell nothing of the failure before it.
                None if record.failing_since.is_some() && record.status != BuildStatus::Failed => {
                    Vec::new()
                }
                None => LogLink::of(&record.logs),
            },
            logs_of: record
                .failure
                .as_ref()
                .map(|failure| BuildLink::of(&failure.build)),
        }
    }

    /// Whether it neither fails nor runs, or may fail.
    pub fn is_undecided(&self) -> bool {
        self.unknown_since.is_some() || self.failing.is_none() && !self.is_running
    }

    /// Whether it fails, or failed and may do so still.
    pub fn has_failed(&self) -> bool {
        self.failing.is_some() || self.unknown_since.is_some()
    }
}

/// How the builds of a package stand, by line of development and architecture.
pub fn standings_of(runs: &[BuildRunRecord]) -> Vec<LineStandings> {
    let tries: Vec<_> = runs.iter().map(BuildRunRecord::as_try).collect();
    let link = |position: usize| BuildLink::of(&runs[position].point());
    let lines = build_states(&tries).into_iter().map(|line| LineStandings {
        line: line_label(line.line),
        standings: line
            .architectures
            .iter()
            .filter_map(|state| {
                let task = runs[state.last].task_for(state.architecture)?;
                let failure = state.failure_before_last();
                let with_logs = failure.map_or(Some(task), |position| {
                    runs[position].task_for(state.architecture)
                })?;
                Some(BuildStanding {
                    architecture: architecture_label(state.architecture),
                    key: state.architecture.to_owned(),
                    failing: state.failing.map(|failing| FailingSince {
                        build: link(failing.since),
                        at_least: failing.at_least,
                    }),
                    unknown_since: state.unknown_since.map(link),
                    is_running: state.progress == BuildProgress::Underway,
                    mark: task_mark(task),
                    tried: link(state.last),
                    succeeded: state.succeeded.map(link),
                    succeeded_of_read: state.succeeded.is_some() && state.unread.is_some(),
                    logs: LogLink::of(&with_logs.logs),
                    logs_of: failure.map(link),
                })
            })
            .collect(),
    });
    lines.collect()
}

/// Whether builds that followed one were not read.
pub fn is_of_read(point: &BuildPointRecord, unread_before: Option<u64>) -> bool {
    unread_before.is_some_and(|before| point.id < before)
}

impl BuildLink {
    /// A build as it is shown.
    pub fn of(point: &BuildPointRecord) -> Self {
        Self {
            number: point.id.to_string(),
            day: point.at.map(|at| day(at.0)),
            url: point.url.clone().filter(|url| is_http_address(url)),
        }
    }
}

impl LogLink {
    /// Logs as they are shown; those without an address that can be opened are not.
    pub fn of(logs: &[BuildLogRecord]) -> Vec<Self> {
        let kinds = [
            ("mock_build.", "build"),
            ("mock_root.", "set-up"),
            ("albs.", "system"),
        ];
        let logs = logs.iter().filter(|log| is_http_address(&log.url));
        logs.map(|log| {
            let kind = kinds.iter().find(|(start, _)| log.name.starts_with(start));
            Self {
                label: kind.map_or_else(|| visible(&log.name), |(_, label)| (*label).to_owned()),
                url: log.url.clone(),
            }
        })
        .collect()
    }
}

/// Which line of development is meant, where it is not the release's main one.
pub fn line_label(line: &str) -> Option<String> {
    let rest = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    match (rest.strip_prefix("-stream-"), rest.strip_prefix('-')) {
        _ if line.is_empty() => Some("line of development not known".to_owned()),
        _ if rest.is_empty() => None,
        (Some(stream), _) => Some(format!("stream {}", visible(stream))),
        (None, Some(rest)) => Some(visible(rest)),
        (None, None) => Some(visible(line)),
    }
}

/// The architecture as the reader knows it.
pub fn architecture_label(architecture: &str) -> String {
    match architecture {
        "src" => "source package".to_owned(),
        other => visible(other),
    }
}

#[cfg(test)]
mod tests;
