//! From transitions and reasons to the ledger: deviations with beginning, reason and end, quarter by quarter.

use super::names::keep_names;
use crate::analysis::{Observation, deviations, nearest_rank};
use crate::domain::{Deviation, Ending, Standing, Timestamp};
use crate::publish::Error;
use crate::publish::output::{Folder, Staging};
use crate::report::{
    ArchitectureEndingRecord, CauseName, Compatibility, DeviationRecord, Digest, EndedDeviations,
    EndingRecord, FormatVersion, HistorySnapshot, Ledger, PointInTime, QuarterRecord, ReasonRecord,
};
use std::collections::BTreeMap;
use std::rc::Rc;

type Quarter = (i32, u8);

/// By architecture the newest report that has it, as far as these can be read.
pub type NewestReports = BTreeMap<String, Rc<Compatibility>>;

/// The documents of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerDocuments {
    /// The ledger, without the digests of the others.
    pub ledger: Ledger,
    /// The deviations that ended, by quarter.
    pub ended: Vec<EndedDeviations>,
}

impl LedgerDocuments {
    /// The ledger of a release; `None` where no snapshot is known of it. `lost` are the times of snapshots whose reports were lost;
    /// `told` are the snapshots in which reasons changed, oldest first; `newest` has for each architecture the newest report that
    /// has it, as far as these can be read; `published` are the deviations of the ledgers that were published before.
    pub fn new(
        release: &str,
        observations: &[Observation],
        lost: &[Timestamp],
        told: &[&HistorySnapshot],
        newest: &NewestReports,
        published: &[DeviationRecord],
    ) -> Option<Self> {
        let (first, last) = (observations.first()?, observations.last()?);
        let mut found = deviations(observations);
        for deviation in found.iter_mut().filter(|found| found.ending.is_none()) {
            stand_as_now(deviation, newest);
        }
        let records = found.iter().map(|deviation| DeviationRecord {
            reports_lost: lost_while_it_lasted(deviation, lost),
            ..record_of(deviation, reason_of(deviation, told), last.taken)
        });
        let mut records: Vec<DeviationRecord> = records.collect();
        keep_names(&mut records, published);
        let (mut open, mut ended) = (Vec::new(), BTreeMap::<Quarter, Vec<DeviationRecord>>::new());
        for record in records {
            match &record.ending {
                None => open.push(record),
                Some(end) => ended.entry(quarter_of(end.at.0)).or_default().push(record),
            }
        }
        let quarters = quarters_between(quarter_of(first.taken), quarter_of(last.taken));
        let ledger = Ledger {
            format: FormatVersion::CURRENT,
            release: release.to_owned(),
            taken: PointInTime(last.taken),
            first_taken: PointInTime(first.taken),
            open,
            quarters: quarters
                .map(|quarter| quarter_record(quarter, observations, &found))
                .collect(),
        };
        let end = |record: &DeviationRecord| record.ending.as_ref().map(|ending| ending.at);
        let ended = ended.into_iter().map(|((year, quarter), mut deviations)| {
            deviations.sort_by(|left, right| {
                (end(left), &left.package).cmp(&(end(right), &right.package))
            });
            EndedDeviations {
                format: FormatVersion::CURRENT,
                release: release.to_owned(),
                year,
                quarter,
                deviations,
            }
        });
        Some(Self {
            ledger,
            ended: ended.collect(),
        })
    }

    /// Writes them.
    pub fn write(mut self, staging: &mut Staging) -> Result<Digest, Error> {
        for document in &self.ended {
            let digest = staging.add(Folder::Ended, document)?;
            let mut quarters = self.ledger.quarters.iter_mut();
            let of_document = quarters
                .find(|record| (record.year, record.quarter) == (document.year, document.quarter));
            if let Some(record) = of_document {
                record.ended = Some(digest);
            }
        }
        staging.add(Folder::Ledgers, &self.ledger)
    }
}

/// Takes the standings of an open deviation from the newest reports: of versions that change while it lasts no transition tells.
/// Without the report the versions are not known.
fn stand_as_now(deviation: &mut Deviation, newest: &NewestReports) {
    for (architecture, standing) in &mut deviation.standings {
        match newest.get(architecture) {
            Some(report) => {
                let now = report.standings(&deviation.package, &[architecture.as_str()]);
                let now = now.on.into_iter().map(|(_, standing)| standing);
                if let Some(now) = now.into_iter().find(Standing::diverges) {
                    *standing = now;
                }
            }
            None => {
                for evr in [&mut standing.distribution, &mut standing.reference] {
                    *evr = evr.take().map(|_| String::new());
                }
            }
        }
    }
}

fn record_of(
    deviation: &Deviation,
    reason: Option<ReasonRecord>,
    newest: Timestamp,
) -> DeviationRecord {
    let outcomes = || {
        let standings = deviation.standings.iter();
        standings.filter_map(|(_, standing)| standing.outcome)
    };
    let causes = outcomes().filter_map(|outcome| outcome.cause);
    let mut causes: Vec<CauseName> = causes.map(CauseName::from).collect();
    causes.sort();
    causes.dedup();
    let reason = reason.and_then(|reason| of_causes(reason, &causes));
    let first = deviation.standings.first().map(|(_, standing)| standing);
    let is_open = deviation.ending.is_none();
    DeviationRecord {
        package: deviation.package.clone(),
        architectures: deviation.architectures.clone(),
        opened: PointInTime(deviation.opened),
        opened_after: deviation.opened_after.map(PointInTime),
        causes,
        evidence: outcomes()
            .filter_map(|outcome| outcome.evidence)
            .min()
            .map(Into::into),
        distribution: first.and_then(|standing| standing.distribution.clone()),
        reference: first.and_then(|standing| standing.reference.clone()),
        reason,
        last_seen: (is_open && deviation.seen < newest).then_some(PointInTime(deviation.seen)),
        reports_lost: 0,
        first_opened: None,
        number: None,
        ended_on: ended_apart(deviation),
        ending: deviation.ending.as_ref().map(|end| EndingRecord {
            after: PointInTime(end.after),
            at: PointInTime(end.at),
            how: end.ending.into(),
            verdict: end.standing.outcome.map(|outcome| outcome.verdict.into()),
            distribution: end.standing.distribution.clone(),
            reference: end.standing.reference.clone(),
            distribution_untold: end.standing.distribution_untold,
            reference_untold: end.standing.reference_untold,
        }),
    }
}

/// The architectures on which a deviation ended at another time, or otherwise, than on the last.
fn ended_apart(deviation: &Deviation) -> Vec<ArchitectureEndingRecord> {
    let last = deviation.ending.as_ref().map(|end| (end.at, end.ending));
    let apart = deviation
        .over
        .iter()
        .filter(|(_, at, ending)| Some((*at, *ending)) != last);
    apart
        .map(|(architecture, at, ending)| ArchitectureEndingRecord {
            architecture: architecture.clone(),
            at: PointInTime(*at),
            how: (*ending).into(),
        })
        .collect()
}

/// How many of the lost reports are between the first report that shows a deviation and the last.
fn lost_while_it_lasted(deviation: &Deviation, lost: &[Timestamp]) -> u32 {
    let ending = deviation.ending.as_ref();
    let last = ending.map_or(deviation.seen, |ending| ending.after);
    let between = lost
        .iter()
        .filter(|lost| deviation.opened < **lost && **lost < last);
    between.count() as u32
}

/// What was said last of the package while it deviated.
fn reason_of(deviation: &Deviation, told: &[&HistorySnapshot]) -> Option<ReasonRecord> {
    let end = deviation.ending.as_ref().map(|end| end.at);
    let while_it_lasted = told.iter().rev().filter(|snapshot| {
        let taken = snapshot.entry.taken.0;
        deviation.opened <= taken && end.is_none_or(|end| taken < end)
    });
    let mut said = while_it_lasted
        .flat_map(|snapshot| &snapshot.reasons)
        .filter(|reason| reason.package == deviation.package);
    said.next().cloned()
}

/// What of a reason may be one for these causes; `None` where nothing is.
fn of_causes(mut reason: ReasonRecord, causes: &[CauseName]) -> Option<ReasonRecord> {
    let only_waits = causes == [CauseName::UpdatePending];
    let statements = &mut reason.statements;
    statements.retain(|statement| statement.is_reason(only_waits));
    let says_something =
        reason.text.is_some() || !reason.statements.is_empty() || !reason.changes.is_empty();
    says_something.then_some(reason)
}

fn quarter_record(
    quarter: Quarter,
    observations: &[Observation],
    found: &[Deviation],
) -> QuarterRecord {
    let opened = || {
        let opened = found.iter();
        opened.filter(|deviation| quarter_of(deviation.opened) == quarter)
    };
    let begun = opened()
        .filter(|deviation| deviation.opened_after.is_some())
        .count();
    let resolved: Vec<(&Deviation, Timestamp, Ending)> = found
        .iter()
        .filter_map(|deviation| {
            let end = deviation.ending.as_ref()?;
            let is_of_quarter = quarter_of(end.at) == quarter && end.ending.is_resolution();
            is_of_quarter.then_some((deviation, end.at, end.ending))
        })
        .collect();
    let mut days: Vec<i64> = resolved
        .iter()
        .filter(|(deviation, _, _)| deviation.opened_after.is_some())
        .map(|(deviation, at, _)| (at.unix_seconds() - deviation.opened.unix_seconds()) / 86_400)
        .collect();
    days.sort_unstable();
    let snapshots = observations
        .iter()
        .filter(|observation| quarter_of(observation.taken) == quarter);
    QuarterRecord {
        year: quarter.0,
        quarter: quarter.1,
        snapshots: snapshots.count() as u32,
        opened: begun as u32,
        found_at_first: (opened().count() - begun) as u32,
        resolved: resolved.len() as u32,
        resynced: resolved
            .iter()
            .filter(|(_, _, ending)| *ending == Ending::Resynced)
            .count() as u32,
        median_days_open: nearest_rank(&days, 50).and_then(|days| days.try_into().ok()),
        median_of: days.len() as u32,
        ended: None,
    }
}

fn quarter_of(moment: Timestamp) -> Quarter {
    let (year, month, _) = moment.year_month_day();
    (year, (month - 1) / 3 + 1)
}

fn quarters_between(first: Quarter, last: Quarter) -> impl Iterator<Item = Quarter> {
    let number = |(year, quarter): Quarter| year * 4 + i32::from(quarter) - 1;
    (number(first)..=number(last)).map(|number| {
        let quarter = number.rem_euclid(4) as u8 + 1;
        (number.div_euclid(4), quarter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EndOfDeviation;
    use crate::report::{StatedSource, StatementRecord};

    #[test]
    fn the_median_of_a_quarter_is_by_nearest_rank() {
        let at = |day: i64| Timestamp::from_unix_days(day).unwrap();
        let lasted = |days: i64| Deviation {
            package: "bash".to_owned(),
            architectures: Vec::new(),
            opened: at(20_000),
            opened_after: Some(at(19_999)),
            standings: Vec::new(),
            seen: at(20_000),
            over: Vec::new(),
            ending: Some(EndOfDeviation {
                after: at(20_000),
                at: at(20_000 + days),
                ending: Ending::Resynced,
                standing: Standing::default(),
            }),
        };
        let check = |days: &[i64], expected: Option<u32>| {
            let found: Vec<Deviation> = days.iter().copied().map(lasted).collect();
            let record = quarter_record((2024, 4), &[], &found);
            assert_eq!(record.median_days_open, expected, "{days:?}");
        };
        check(&[], None);
        check(&[3], Some(3));
        check(&[1, 4], Some(1));
        check(&[0, 2, 50], Some(2));
    }

    #[test]
    fn a_reason_is_what_says_that_the_package_is_modified_here_and_not_merely_late() {
        let statement = |source| StatementRecord {
            who: "A list".to_owned(),
            source,
            text: Some("Debranded".to_owned()),
            url: None,
            since: None,
        };
        let check = |source, causes: &[CauseName], is_reason: bool| {
            let reason = ReasonRecord {
                statements: vec![statement(source)],
                ..ReasonRecord::default()
            };
            let found = of_causes(reason, causes);
            assert_eq!(found.is_some(), is_reason, "{source:?} {causes:?}");
        };
        let (waits, changed) = (CauseName::UpdatePending, CauseName::Feature);
        check(Some(StatedSource::Modified), &[changed], true);
        check(Some(StatedSource::Modified), &[changed, waits], true);
        check(Some(StatedSource::Modified), &[waits], false);
        for source in [
            StatedSource::Unmodified,
            StatedSource::ToBeModified,
            StatedSource::NoLongerRequired,
        ] {
            check(Some(source), &[changed], false);
            check(Some(source), &[waits], false);
        }
        // A note of our own says of this very package why.
        check(None, &[changed], true);
        check(None, &[waits], true);
    }

    #[test]
    fn quarters() {
        let check = |first, last, expected: &[Quarter]| {
            assert_eq!(quarters_between(first, last).collect::<Vec<_>>(), expected);
        };
        check((2026, 3), (2026, 3), &[(2026, 3)]);
        check((2025, 4), (2026, 2), &[(2025, 4), (2026, 1), (2026, 2)]);
        let of = |day: &str| quarter_of(day.parse().unwrap());
        assert_eq!(of("2026-03-31T23:59:59Z"), (2026, 1));
        assert_eq!(of("2026-10-01"), (2026, 4));
    }
}
