//! What waits in testing, since when, for what, and whether the reference has it meanwhile.

use super::{
    BoardChoice, BoardRow, BoardSources, BoardView, packages_do, packages_of, since_in_words,
};
use crate::domain::{ReferenceStanding, Severity};
use crate::presentation::date::{day, moment};
use crate::presentation::hidden_characters::visible;
use crate::presentation::key_figures::KeyFigure;
use crate::presentation::number::count;
use crate::presentation::route::{Board, Route};
use crate::presentation::security::words::severity_label;
use crate::report::{
    AwaitedAdvisoryRecord, FixesRecord, SideName, WaitingRecord, WaitingStandingRecord,
};

/// The answer: how much waits, and how much of it the reference has.
pub fn testing_headline(sources: &BoardSources<'_>) -> String {
    let Some(records) = sources.boards.and_then(|boards| boards.testing.as_ref()) else {
        return sources.nothing_known("What waits in Testing", SideName::Testing);
    };
    let known = known_to_wait(records);
    let waits = match known.len() as u32 {
        0 if !records.is_empty() => return "Nothing is known to wait in Testing".to_owned(),
        0 => return "Nothing waits in Testing".to_owned(),
        number => packages_do(number, "waits", "wait"),
    };
    let has = reference_has(&known, sources);
    format!("{waits} in Testing; {has}")
}

/// How many packages wait; absent where that is not known.
pub fn waiting_figure(sources: &BoardSources<'_>) -> Option<KeyFigure> {
    let records = sources.boards.and_then(|boards| boards.testing.as_ref())?;
    let known = known_to_wait(records);
    let report = sources.report;
    let mut formula = vec![format!(
        "Testing has them, and {} is known not to have them on some architecture.",
        sources.distribution
    )];
    if !known.is_empty() {
        formula.push(format!("{}.", reference_has(&known, sources)));
    }
    formula.extend(left_out(records, sources.distribution));
    formula.extend(sources.failure_notes(SideName::Testing));
    formula.push(format!("Report of {}.", day(report.taken.0)));
    Some(KeyFigure {
        value: count(known.len() as u32),
        what: match known.len() {
            1 => "package waits in Testing".to_owned(),
            _ => "packages wait in Testing".to_owned(),
        },
        formula: formula.join(" "),
        evidence: (
            Route::RepositoryBoard {
                release: report.release.clone(),
                board: Board::Testing,
            },
            String::new(),
        ),
    })
}

fn known_to_wait(records: &[WaitingRecord]) -> Vec<&WaitingRecord> {
    records.iter().filter(|record| waits(record)).collect()
}

/// How many of what waits the reference has meanwhile.
fn reference_has(known: &[&WaitingRecord], sources: &BoardSources<'_>) -> String {
    let rows = rows_of(known.iter().copied(), sources);
    let has = packages_of(
        rows.iter()
            .filter(|row| row.choices.contains(&BoardChoice::ReferenceHas)),
    );
    match (has, known.len()) {
        (0, _) => format!("{} is known to have none of it", sources.reference),
        (1, 1) => format!("{} has it meanwhile", sources.reference),
        (has, _) => format!("{} has {} of them meanwhile", sources.reference, count(has)),
    }
}

/// Whether it is known to wait: on some architecture the distribution is known not to have it.
fn waits(record: &WaitingRecord) -> bool {
    let mut standings = record.standings.iter();
    standings.any(|standing| !standing.distribution_untold)
}

/// What the first line leaves out.
fn left_out(records: &[WaitingRecord], distribution: &str) -> Option<String> {
    let number = records.iter().filter(|record| !waits(record)).count() as u32;
    let (packages, is, it) = match number {
        0 => return None,
        1 => ("1 package".to_owned(), "is", "it"),
        number => (format!("{} packages", count(number)), "are", "them"),
    };
    let they = if number == 1 { "it" } else { "they" };
    Some(format!(
        "{packages} in Testing {is} not counted: {distribution}’s list, which is not complete or could not be read, does not have {it}, so that {they} may be there already."
    ))
}

/// The board.
pub fn testing_board(sources: &BoardSources<'_>) -> BoardView {
    let records = sources.boards.and_then(|boards| boards.testing.as_ref());
    let rows = records.map(|records| rows_of(records, sources));
    let mut notes = sources.failure_notes(SideName::Testing);
    notes.extend(sources.kept_note(SideName::Testing));
    notes.extend(records.and_then(|records| left_out(records, sources.distribution)));
    let as_of = sources.advisories_as_of.filter(|_| records.is_some());
    notes.extend(as_of.map(|made| {
        format!(
            "The advisories of this board are as of {}: what came later could not be read.",
            moment(made.0)
        )
    }));
    let column = |class, head: &str| (class, head.to_owned());
    BoardView {
        title: testing_headline(sources),
        notes,
        columns: vec![
            column("cell-package", "Package"),
            column("cell-architectures", "Architectures"),
            column("cell-evr", "Waits"),
            column("cell-evr", sources.distribution),
            column("cell-since", "Since"),
            column("cell-reference", sources.reference),
            column("cell-fixes", "Fixes"),
        ],
        choices: vec![
            BoardChoice::ReferenceHas,
            BoardChoice::ReferenceLacks,
            BoardChoice::ReferenceUnknown,
        ],
        rows: rows.unwrap_or_default(),
    }
}

fn rows_of<'a>(
    records: impl IntoIterator<Item = &'a WaitingRecord>,
    sources: &BoardSources<'_>,
) -> Vec<BoardRow> {
    let rows = records.into_iter().flat_map(|record| {
        let standings = record.standings.iter();
        standings.map(move |standing| row_of(record, standing, sources))
    });
    rows.collect()
}

fn row_of(
    record: &WaitingRecord,
    standing: &WaitingStandingRecord,
    sources: &BoardSources<'_>,
) -> BoardRow {
    let reference = sources.reference;
    let listed = standing.reference.as_deref().unwrap_or("nothing of it");
    let (choice, meanwhile) = match ReferenceStanding::from(standing.standing) {
        ReferenceStanding::Has => (BoardChoice::ReferenceHas, format!("has it: {listed}")),
        ReferenceStanding::Older => (BoardChoice::ReferenceLacks, format!("older: {listed}")),
        ReferenceStanding::Lacks => (
            BoardChoice::ReferenceLacks,
            "does not have the package".to_owned(),
        ),
        ReferenceStanding::Unknown => (
            BoardChoice::ReferenceUnknown,
            format!("not known; its list, not complete, has {listed}"),
        ),
        ReferenceStanding::NoArchitecture => (
            BoardChoice::ReferenceUnknown,
            format!("{reference} does not have the architecture"),
        ),
    };
    let built = record
        .built
        .map(|built| format!("; built {}", day(built.0)));
    let distribution = standing.distribution.as_deref();
    BoardRow {
        package: record.package.clone(),
        has_page: sources.table().row_of(&record.package).is_some(),
        cells: vec![
            standing.architectures.join(" "),
            standing.testing.clone(),
            match distribution {
                None if standing.distribution_untold => "not known".to_owned(),
                evr => evr.unwrap_or("not there").to_owned(),
            },
            format!(
                "{}{}",
                since_in_words(standing.since.unwrap_or(record.since)),
                built.unwrap_or_default()
            ),
            meanwhile,
            fixes_in_words(
                record.fixes.as_ref(),
                // Where nothing is published, no version tells which fixes are awaited.
                standing
                    .advisories
                    .as_deref()
                    .filter(|_| distribution.is_some()),
                sources,
            ),
        ],
        choices: vec![choice],
    }
}

/// What a version fixes: by the advisories that name it or one before it, and by its source.
fn fixes_in_words(
    fixes: Option<&FixesRecord>,
    advisories: Option<&[AwaitedAdvisoryRecord]>,
    sources: &BoardSources<'_>,
) -> String {
    let mut parts: Vec<String> = match (advisories, fixes) {
        (None, None) => return "not known".to_owned(),
        (Some([]), _) => vec!["no security advisory in this report names it".to_owned()],
        (advisories, _) => {
            let advisories = advisories.unwrap_or_default().iter();
            advisories
                .map(|record| advisory_in_words(record, sources))
                .collect()
        }
    };
    parts.extend(fixes.map(source_in_words));
    parts.join("; ")
}

/// An advisory whose fix waits, and how that is known.
fn advisory_in_words(record: &AwaitedAdvisoryRecord, sources: &BoardSources<'_>) -> String {
    let whose = match record.side {
        SideName::Distribution => sources.distribution,
        _ => sources.reference,
    };
    let severity = Severity::from(record.severity);
    let rated = (severity != Severity::Unrated).then(|| severity_label(severity).to_owned());
    let facts: Vec<String> = record.cves.iter().cloned().chain(rated).collect();
    let facts = match facts.is_empty() {
        true => String::new(),
        false => format!(": {}", facts.join(", ")),
    };
    format!(
        "fixes {}{facts} ({whose}’s advisory names {})",
        visible(&record.id),
        visible(&record.evr)
    )
}

fn source_in_words(fixes: &FixesRecord) -> String {
    let named: Vec<String> = fixes
        .cves
        .iter()
        .chain(&fixes.changes)
        .map(|text| visible(text))
        .collect();
    if named.is_empty() {
        return "its source names no fix".to_owned();
    }
    format!("its source names {}", named.join("; "))
}
