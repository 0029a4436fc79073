//! The shown deviations as CSV.

use super::{DeviationRow, Versions};
use crate::domain::Cause;
use crate::presentation::words::{cause_key, ending_key};
use crate::report::{DEVIATION_COLUMNS, endings_field, evr_field, write_csv_line};

/// Rows as CSV, one line for each deviation.
pub fn deviations_csv(rows: &[&DeviationRow]) -> String {
    let mut text = String::new();
    write_csv_line(&mut text, DEVIATION_COLUMNS.map(str::to_owned));
    for row in rows {
        let ending = row.ending.as_ref();
        let evr = |versions: &Versions| {
            let sides = [
                (&versions.distribution, versions.distribution_untold),
                (&versions.reference, versions.reference_untold),
            ];
            sides.map(|(evr, untold)| evr_field(evr, untold))
        };
        let [distribution, reference] = evr(&row.versions);
        let [distribution_since, reference_since] = ending
            .map(|ending| evr(&ending.versions))
            .unwrap_or_default();
        let links: Vec<&str> = row.links.iter().map(|(_, url)| url.as_str()).collect();
        let fields = [
            row.release.clone(),
            row.package.clone(),
            row.architectures.join(" "),
            row.opened.0.to_string(),
            row.opened_after
                .map_or_else(|| "not known".to_owned(), |after| after.0.to_string()),
            row.days_open.at_least.to_string(),
            row.days_open
                .at_most
                .map_or_else(|| "not known".to_owned(), |days| days.to_string()),
            causes_field(&row.causes),
            row.evidence_words().unwrap_or_default().to_owned(),
            distribution,
            reference,
            row.said.join(" / "),
            links.join(" "),
            ending
                .map(|ending| ending.at.0.to_string())
                .unwrap_or_default(),
            ending
                .map(|ending| ending_key(ending.how).to_owned())
                .unwrap_or_default(),
            distribution_since,
            reference_since,
            row.last_seen
                .map(|seen| seen.0.to_string())
                .unwrap_or_default(),
            row.reports_lost.to_string(),
            row.open_on.join(" "),
            endings_field(&row.endings, |how| ending_key(how.into()).to_owned()),
        ];
        write_csv_line(&mut text, fields);
    }
    text
}

/// Causes as the published file names them.
fn causes_field(causes: &[Cause]) -> String {
    let names = causes.iter().map(|cause| match cause {
        Cause::MissingUnexpectedly => "missing-unexpectedly",
        other => cause_key(*other),
    });
    names.collect::<Vec<_>>().join(" ")
}
