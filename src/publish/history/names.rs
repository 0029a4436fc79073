//! What deviations are called in feeds: by their beginning as it was first published, so that an earlier report that is filled in
//! later renames none of them.

use crate::publish::published_set::PublishedSet;
use crate::report::{DeviationRecord, Digest, PointInTime};

/// The deviations of a published ledger, as far as its documents can be read: what is lost of them is named anew.
pub fn published_deviations(ledger: Option<&Digest>, set: &PublishedSet) -> Vec<DeviationRecord> {
    let Some(ledger) = ledger.and_then(|digest| set.ledger(digest).ok()) else {
        return Vec::new();
    };
    let quarters = ledger.quarters.iter();
    let ended = quarters.filter_map(|quarter| set.ended(quarter.ended.as_ref()?).ok());
    let ended = ended.flat_map(|ended| ended.deviations);
    ledger.open.into_iter().chain(ended).collect()
}

/// Gives deviations of one release, in the order of time, the names under which they were published: first where one begins as the
/// name says, then where one begins when the published one did, then where both lasted at one time.
pub fn keep_names(records: &mut [DeviationRecord], published: &[DeviationRecord]) {
    type Fits = fn(&DeviationRecord, &DeviationRecord) -> bool;
    let ways: [Fits; 3] = [
        |record, published| record.opened == published.named_for(),
        |record, published| record.opened == published.opened,
        |record, published| {
            may_show(record, published.opened) && may_show(published, record.opened)
        },
    ];
    let mut free: Vec<&DeviationRecord> = published.iter().collect();
    let mut unnamed: Vec<&mut DeviationRecord> = records.iter_mut().collect();
    for fits in ways {
        unnamed.retain_mut(|record| {
            let found = free
                .iter()
                .position(|known| known.package == record.package && fits(record, known));
            let Some(found) = found else { return true };
            let known = free.remove(found);
            let name = known.named_for();
            record.first_opened = (name != record.opened).then_some(name);
            record.number = known.number;
            false
        });
    }
}

/// Whether a deviation was not over at a time.
fn may_show(record: &DeviationRecord, taken: PointInTime) -> bool {
    let ending = record.ending.as_ref();
    ending.is_none_or(|ending| taken <= ending.after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{CauseName, EndingName, EndingRecord};

    fn at(day: u32) -> PointInTime {
        PointInTime(format!("2026-11-{day:02}").parse().unwrap())
    }

    /// Deviations of one package, each from one day to another, or open; with the day that it is named for.
    fn records(spans: &[(u32, Option<u32>, Option<u32>)]) -> Vec<DeviationRecord> {
        let spans = spans.iter();
        let records = spans.map(|(opened, last, named_for)| DeviationRecord {
            package: "bash".to_owned(),
            architectures: vec!["x86_64".to_owned()],
            opened: at(*opened),
            opened_after: None,
            causes: vec![CauseName::UpdatePending],
            evidence: None,
            distribution: None,
            reference: None,
            reason: None,
            last_seen: None,
            reports_lost: 0,
            first_opened: named_for.map(at),
            number: None,
            ended_on: Vec::new(),
            ending: last.map(|last| EndingRecord {
                after: at(last),
                at: at(last + 1),
                how: EndingName::Resynced,
                verdict: None,
                distribution: None,
                reference: None,
                distribution_untold: false,
                reference_untold: false,
            }),
        });
        records.collect()
    }

    type Span = (u32, Option<u32>, Option<u32>);

    fn check(published: &[Span], now: &[(u32, Option<u32>)], expected: &[u32]) {
        let now: Vec<Span> = now
            .iter()
            .map(|(opened, last)| (*opened, *last, None))
            .collect();
        let mut found = records(&now);
        keep_names(&mut found, &records(published));
        let names: Vec<PointInTime> = found.iter().map(DeviationRecord::named_for).collect();
        let expected: Vec<PointInTime> = expected.iter().copied().map(at).collect();
        assert_eq!(names, expected, "{published:?} {now:?}");
        // What is published now names them likewise.
        let mut again = records(&now);
        keep_names(&mut again, &found);
        assert_eq!(again, found);
    }

    #[test]
    fn a_correction_keeps_the_name_that_was_published() {
        check(&[], &[(3, Some(4)), (7, None)], &[3, 7]);
        check(&[(3, None, None)], &[(3, Some(4)), (7, None)], &[3, 7]);
        // An earlier report has another one before, or the same one.
        check(&[(5, None, None)], &[(2, Some(3)), (5, None)], &[2, 5]);
        check(&[(5, None, None)], &[(4, None)], &[5]);
        check(&[(4, None, Some(5))], &[(2, Some(8))], &[5]);
        // It was broken in between.
        check(&[(3, None, None)], &[(3, Some(4)), (6, None)], &[3, 6]);
        check(&[(4, None, Some(6))], &[(4, Some(4)), (6, None)], &[4, 6]);
        check(&[(3, Some(4), None), (6, None, None)], &[(3, None)], &[3]);
    }

    #[test]
    fn the_number_of_an_older_almanac_stays() {
        let mut published = records(&[(5, None, None)]);
        published[0].number = Some(1);
        let mut found = records(&[(2, Some(3), None), (5, None, None)]);
        keep_names(&mut found, &published);
        assert_eq!([found[0].number, found[1].number], [None, Some(1)]);
    }
}
