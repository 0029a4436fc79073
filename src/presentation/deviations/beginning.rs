//! When a package began to deviate, in a sentence for its own page.

use super::{gap_sentence, row_of};
use crate::presentation::date::day;
use crate::report::{Ledger, PointInTime};

/// Since when a package deviates that does so in the report taken at a moment, in words that say how well that is known; `None`
/// where the ledger of its release does not tell.
pub fn beginning_sentence(ledger: &Ledger, package: &str, taken: PointInTime) -> Option<String> {
    let record = ledger.open.iter().find(|record| {
        record.package == package
            && record.opened <= taken
            && record.last_seen.is_none_or(|seen| taken <= seen)
    })?;
    let words = row_of(record, ledger).opened_words();
    let began = match record.opened_after {
        Some(_) if words.starts_with("between") => format!("Began to deviate {words}."),
        Some(_) => format!("Deviates since {words}."),
        None if record.opened == ledger.first_taken => format!(
            "Deviated already in the first report, of {}.",
            day(record.opened.0)
        ),
        None => format!("Deviates since {words}; how it stood before is not known."),
    };
    let sentences: Vec<String> = [began]
        .into_iter()
        .chain(gap_sentence(record.reports_lost))
        .collect();
    Some(sentences.join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, ledger, record};
    use super::*;

    fn check(opened: &str, after: Option<&str>, taken: &str, expected: Option<&str>) {
        let ledger = ledger(vec![
            record("a", "2026-01-01", None),
            record("b", opened, after),
        ]);
        let sentence = beginning_sentence(&ledger, "b", at(taken));
        let sentence = sentence.map(|text| text.replace('\u{a0}', " "));
        assert_eq!(sentence.as_deref(), expected);
    }

    #[test]
    fn says_how_well_the_day_is_known() {
        let newest = "2026-11-20";
        check(
            "2026-03-08",
            Some("2026-03-07"),
            newest,
            Some("Deviates since 8 Mar 2026."),
        );
        check(
            "2026-03-08",
            Some("2026-03-01"),
            newest,
            Some("Began to deviate between 1 Mar 2026 and 8 Mar 2026."),
        );
        check(
            "2026-01-01",
            None,
            newest,
            Some("Deviated already in the first report, of 1 Jan 2026."),
        );
        check(
            "2026-03-08",
            None,
            newest,
            Some("Deviates since 8 Mar 2026 at the latest; how it stood before is not known."),
        );
    }

    #[test]
    fn an_older_report_tells_nothing_of_what_came_later() {
        check(
            "2026-03-08",
            Some("2026-03-07"),
            "2026-03-08",
            Some("Deviates since 8 Mar 2026."),
        );
        check("2026-03-08", Some("2026-03-07"), "2026-03-07", None);
    }

    #[test]
    fn a_report_that_was_lost_meanwhile_is_told() {
        let mut gap = record("b", "2026-03-08", Some("2026-03-07"));
        gap.reports_lost = 1;
        let sentence = beginning_sentence(&ledger(vec![gap]), "b", at("2026-11-20"));
        assert_eq!(
            sentence.unwrap().replace('\u{a0}', " "),
            "Deviates since 8 Mar 2026. 1 report was lost in between: whether it deviated then is not known."
        );
    }

    #[test]
    fn what_newer_reports_do_not_have_is_not_told_of_them() {
        let mut seen = record("b", "2026-03-08", None);
        seen.last_seen = Some(at("2026-05-01"));
        let ledger = ledger(vec![seen]);
        assert!(beginning_sentence(&ledger, "b", at("2026-05-01")).is_some());
        assert!(beginning_sentence(&ledger, "b", at("2026-05-02")).is_none());
        assert!(beginning_sentence(&ledger, "c", at("2026-05-01")).is_none());
    }
}
