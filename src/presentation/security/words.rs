//! Severities, states, days and reasons in the reader's words.

use super::filter::Series;
use super::{LagGroup, SecurityRow};
use crate::analysis::LagStatistics;
use crate::domain::{
    DateGrade, DateSource, DatedFact, FixState, Lag, NoLag, Severity, Timestamp, UnknownFix,
};
use crate::presentation::date::{day, moment};
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted};
use crate::presentation::words::Mark;
use crate::report::{AdvisoryFormatName, AdvisoryInputRecord, PointInTime};

/// The figures of a group of lags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupFigures {
    /// The median, `≤` before it where lags behind it are upper bounds.
    pub median: String,
    /// The ninth decile likewise.
    pub p90: String,
    /// How many lags are known, of how many advisories.
    pub counted: String,
}

/// A severity as it stands in addresses.
pub fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Important => "important",
        Severity::Moderate => "moderate",
        Severity::Low => "low",
        Severity::Unrated => "unrated",
    }
}

/// A severity as a label.
pub fn severity_label(severity: Severity) -> &'static str {
    match severity {
        Severity::Unrated => "not rated",
        other => severity_key(other),
    }
}

/// What a filter can choose of states.
pub const STATES: [(&str, &str); 5] = [
    ("announced", "● advisory"),
    ("no-advisory", "◐ fixed, no advisory"),
    ("testing", "◔ in Testing"),
    ("open", "▲ not yet"),
    ("unknown", "– not known"),
];

/// A state as it stands in addresses.
pub fn state_key(state: FixState) -> &'static str {
    match state {
        FixState::Announced => STATES[0].0,
        FixState::FixedWithoutAdvisory => STATES[1].0,
        FixState::InTesting => STATES[2].0,
        FixState::Open => STATES[3].0,
        FixState::Unknown(_) => STATES[4].0,
    }
}

/// How a state is marked.
pub fn state_mark(state: FixState) -> Mark {
    let (word, glyph, class) = match state {
        FixState::Announced => ("advisory", "●", "matched"),
        FixState::FixedWithoutAdvisory => ("fixed, no advisory", "◐", "patched"),
        FixState::InTesting => ("in Testing", "◔", "patched"),
        FixState::Open => ("not yet", "▲", "diverging"),
        FixState::Unknown(_) => ("not known", "–", "not-compared"),
    };
    Mark { word, glyph, class }
}

/// What must be read before a security clock that is older than the snapshot which it is shown for.
pub fn as_of_sentence(made: PointInTime) -> String {
    format!(
        "As of {}: what came later could not be read.",
        moment(made.0)
    )
}

/// A state in one sentence.
pub fn state_sentence(state: FixState, distribution: &str, reference: &str) -> String {
    match state {
        FixState::Announced => format!("{distribution} has an advisory of this fix."),
        FixState::FixedWithoutAdvisory => format!(
            "{distribution}’s repositories have the version that {reference}’s advisory names, or a newer one; {distribution} has no advisory of it."
        ),
        FixState::InTesting => format!(
            "{distribution}’s repository of packages in testing has the fix; its other repositories do not have it yet."
        ),
        FixState::Open => format!("{distribution}’s repositories have an older version."),
        FixState::Unknown(UnknownFix::NoSuchPackage) => format!(
            "{distribution} has no advisory of it, and none of its packages is in the repositories that were read: nothing can be said."
        ),
        FixState::Unknown(UnknownFix::MissingPackages) => format!(
            "{distribution} has no advisory of it. Its repositories have the fix of some of the packages that {reference}’s names, and do not have the others: whether all of it is fixed cannot be told."
        ),
        FixState::Unknown(UnknownFix::IncompleteLists) => format!(
            "{distribution} has no advisory of it. What the lists of its repositories have of it is fixed; they are not complete, and lack some of it, of which nothing can be said."
        ),
        FixState::Unknown(UnknownFix::ModuleStream) => format!(
            "{distribution} has no advisory of it. It is of a module stream, of which repositories have several beside each other: versions alone do not tell whether the fix is there."
        ),
        FixState::Unknown(UnknownFix::SeveralVersions) => format!(
            "{distribution} has no advisory of it. {reference}’s names several versions for one source package: it cannot be told which of them to compare."
        ),
        FixState::Unknown(UnknownFix::NoEpochs) => format!(
            "{distribution} has no advisory of it, and the lists of its repositories do not record the epochs by which versions are ordered."
        ),
    }
}

/// A number of days: `1 day`, `13 days`.
pub fn days(number: i64) -> String {
    let text = u32::try_from(number).map_or_else(|_| number.to_string(), count);
    let unit = if number == 1 { "day" } else { "days" };
    format!("{text}\u{a0}{unit}")
}

/// How far something is from the reference's advisory, before its name; of an upper bound the greatest distance.
pub fn distance(number: i64, is_upper_bound: bool) -> String {
    match (number, is_upper_bound) {
        (..=-1, true) => format!("at least {} before", days(-number)),
        (..=-1, false) => format!("{} before", days(-number)),
        (0, true) => "on the day of or before".to_owned(),
        (0, false) => "on the day of".to_owned(),
        (_, true) => format!("within at most {} of", days(number)),
        (_, false) => format!("within {} of", days(number)),
    }
}

/// A lag with its sign in words: `≤ 3 days later`, `same day`, `2 days earlier`.
pub fn lag_text(lag: Lag) -> String {
    let bound = match lag.grade {
        DateGrade::Exact | DateGrade::Copied => "",
        DateGrade::UpperBound => "≤\u{a0}",
    };
    match lag.days {
        ..=-1 => {
            let bound = bound.replace('≤', "≥");
            format!("{bound}{} earlier", days(-lag.days))
        }
        0 if lag.grade == DateGrade::UpperBound => "same day or earlier".to_owned(),
        0 => "same day".to_owned(),
        later => format!("{bound}{} later", days(later)),
    }
}

/// Why no lag is computed, in few words.
pub fn no_lag_text(reason: NoLag) -> &'static str {
    match reason {
        NoLag::NotAnnounced => "–",
        NoLag::NoCounterpart => "nothing to measure against",
        NoLag::ReferenceDayUnknown | NoLag::DistributionDayUnknown => "not known",
    }
}

/// Why no lag of so many advisories is computed.
pub fn no_lag_sentence(reason: NoLag, number: u32, distribution: &str, reference: &str) -> String {
    let many = count(number);
    match reason {
        NoLag::NotAnnounced => format!(
            "{many}: {reference} has an advisory, and {distribution} has none that it could be measured by."
        ),
        NoLag::NoCounterpart => {
            format!("{many}: no advisory of {reference} is known that it belongs to.")
        }
        NoLag::ReferenceDayUnknown => {
            format!("{many}: the day of {reference}’s advisory is in none of the inputs.")
        }
        NoLag::DistributionDayUnknown => format!(
            "{many}: {distribution}’s own day is not known. Its advisory has {reference}’s date or none, and nothing later shows when it was there."
        ),
    }
}

/// A day, `by` before it where it is an upper bound, with a word where it is a copy; “not known” of none.
pub fn fact_text(fact: Option<DatedFact>) -> String {
    let Some(moment) = fact.and_then(|fact| Timestamp::from_unix_days(fact.day)) else {
        return "not known".to_owned();
    };
    match fact.map(DatedFact::grade) {
        Some(DateGrade::UpperBound) => format!("by\u{a0}{}", day(moment)),
        Some(DateGrade::Copied) => format!("{}\u{a0}(copy)", day(moment)),
        _ => day(moment),
    }
}

/// Where a day is known from, as a sentence.
pub fn source_sentence(source: DateSource) -> &'static str {
    match source {
        DateSource::Issued => "The advisory’s own date of issue.",
        DateSource::ListedIssue => "A list of dates of issue.",
        DateSource::CopiedIssue => {
            "A copy: the distribution’s OSV data has it as the reference’s date of issue; none of the inputs has the reference’s own."
        }
        DateSource::Disclosed => {
            "The day on which the first of its vulnerabilities became public, as the reference’s advisory says."
        }
        DateSource::Updated => {
            "An upper bound: the advisory was changed on that day, or had it as its date of issue before it was changed, so that it was there by then."
        }
        DateSource::FirstAppearance => {
            "An upper bound: a copy of it is in an archive from that day on."
        }
        DateSource::SnapshotAgainstDate => {
            "An upper bound: the first snapshot that had it. The advisory’s own date contradicts the snapshots, since one that is later than that date did not have it, and does not count."
        }
        DateSource::Snapshot => {
            "An upper bound: the first snapshot that had it. The last one before it whose advisories were read did not."
        }
    }
}

/// Where the day of a build in repositories is known from, as a sentence: the snapshot before may have had the build as well, or
/// there was none.
pub fn holding_sentence(source: DateSource) -> &'static str {
    match source {
        DateSource::Snapshot => "An upper bound: the snapshot of that day had it.",
        other => source_sentence(other),
    }
}

/// The class that draws the part of a bar for one of [`super::BUCKETS`].
pub fn bucket_class(bucket: usize) -> &'static str {
    ["lag-0", "lag-1", "lag-2", "lag-3", "lag-4"][bucket.min(4)]
}

/// Days with their sign, `≤` before them where lags behind them are upper bounds.
pub fn bounded(number: i64, upper_bounds: u32) -> String {
    let sign = if upper_bounds > 0 { "≤\u{a0}" } else { "" };
    match number {
        ..=-1 => format!("{sign}−{}", days(-number)),
        _ => format!("{sign}{}", days(number)),
    }
}

/// The figures of a group; a dash where no lag is known.
pub fn group_figures(group: &LagGroup) -> GroupFigures {
    let none = || "–".to_owned();
    let figure = |of: fn(&LagStatistics) -> i64| {
        let statistics = group.statistics.as_ref();
        statistics.map_or_else(none, |known| bounded(of(known), known.upper_bounds))
    };
    let known = group.statistics.map_or(0, |known| known.counted());
    GroupFigures {
        median: figure(|known| known.median_days),
        p90: figure(|known| known.p90_days),
        counted: format!("{} of {}", count(known), count(group.advisories)),
    }
}

/// One input of a security clock, in words.
pub fn input_text(input: &AdvisoryInputRecord) -> String {
    let what = match input.format {
        AdvisoryFormatName::Dates => counted(input.entries, "date", "dates"),
        _ => counted(input.entries, "advisory", "advisories"),
    };
    format!("{}: {what}", visible(&input.name))
}

/// Which advisories are in the table, as a label.
pub fn series_label(series: Series, distribution: &str) -> String {
    match series {
        Series::Mirrored => "security".to_owned(),
        Series::Own => format!("{distribution}’s own"),
        Series::Bugfix => "bug fixes".to_owned(),
        Series::Enhancement => "enhancements".to_owned(),
    }
}

/// A lag, or why there is none.
pub fn lag_or_reason(lag: Result<Lag, NoLag>) -> String {
    lag.map_or_else(|reason| no_lag_text(reason).to_owned(), lag_text)
}

/// The names of packages in one line, each once; they are sorted.
pub fn packages_text(packages: &[String]) -> String {
    let mut names: Vec<&str> = packages.iter().map(String::as_str).collect();
    names.dedup();
    visible(&names.join(", "))
}

/// The first line of the page of an advisory or vulnerability: its lag, or how far the distribution is.
pub fn advisory_headline(
    name: &str,
    rows: &[&SecurityRow],
    distribution: &str,
    reference: &str,
) -> String {
    match rows {
        [row] => match (row.lag_of_fix(), row.clock.state) {
            (Ok(lag), _) if lag.days == 0 => {
                let bound = if lag.grade == DateGrade::Exact {
                    ""
                } else {
                    " or earlier"
                };
                format!(
                    "{name}: {distribution} had it on the day of {reference}’s advisory{bound}."
                )
            }
            (Ok(lag), _) => {
                let text = lag_text(lag);
                let (time, side) = match text.strip_suffix(" earlier") {
                    Some(time) => (time.replace('≥', "at least"), "before"),
                    None => (
                        text.trim_end_matches(" later").replace('≤', "at most"),
                        "after",
                    ),
                };
                format!("{name}: {distribution} had it {time} {side} {reference}’s advisory.")
            }
            (Err(_), FixState::Announced) => {
                format!("{name}: {distribution} has an advisory; how long it took is not known.")
            }
            (Err(_), state) => format!("{name}: {}.", state_mark(state).word),
        },
        _ => {
            let announced = rows.iter();
            let announced = announced.filter(|row| row.clock.state == FixState::Announced);
            format!(
                "{name} is corrected by {}, of which {distribution} has {}.",
                counted(rows.len() as u32, "advisory", "advisories"),
                count(announced.count() as u32)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lags_are_told_with_their_sign_and_grade() {
        let check = |days, grade, expected: &str| {
            let text = lag_text(Lag {
                days,
                grade,
                from_copy: false,
            });
            assert_eq!(text.replace('\u{a0}', " "), expected);
        };
        check(3, DateGrade::Exact, "3 days later");
        check(1, DateGrade::UpperBound, "≤ 1 day later");
        check(0, DateGrade::Exact, "same day");
        check(0, DateGrade::UpperBound, "same day or earlier");
        check(-2, DateGrade::Exact, "2 days earlier");
        check(-2, DateGrade::UpperBound, "≥ 2 days earlier");
        check(1_424, DateGrade::Exact, "1,424 days later");
    }

    #[test]
    fn nothing_is_said_of_a_snapshot_whose_advisories_were_not_read() {
        let told = source_sentence(DateSource::Snapshot);
        let expected = "The last one before it whose advisories were read did not.";
        assert!(told.ends_with(expected), "{told}");
    }

    #[test]
    fn days_are_told_with_their_grade() {
        let check = |fact: Option<(i64, DateSource)>, expected: &str| {
            let fact = fact.map(|(day, source)| DatedFact { day, source });
            assert_eq!(fact_text(fact).replace('\u{a0}', " "), expected);
        };
        check(Some((20_000, DateSource::Issued)), "4 Oct 2024");
        check(Some((20_000, DateSource::Updated)), "by 4 Oct 2024");
        check(Some((20_000, DateSource::CopiedIssue)), "4 Oct 2024 (copy)");
        check(Some((i64::MAX, DateSource::Issued)), "not known");
        check(None, "not known");
    }
}
