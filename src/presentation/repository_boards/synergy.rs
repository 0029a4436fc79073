//! What the distribution adds until others have it: what is due for removal since when, and what takes the place of packages that it
//! must not.

use super::{BoardChoice, BoardRow, BoardSources, BoardView, packages_do, since_in_words};
use crate::domain::ClaimKind;
use crate::presentation::number::count;
use crate::report::{AdditionRecord, SideName};

/// The answer: how much of it is due for removal, and whether any of it replaces a package.
pub fn synergy_headline(sources: &BoardSources<'_>) -> String {
    let Some(records) = sources.boards.and_then(|boards| boards.synergy.as_ref()) else {
        return sources.nothing_known("What Synergy has", SideName::Synergy);
    };
    let number =
        |is: fn(&AdditionRecord) -> bool| records.iter().filter(|record| is(record)).count() as u32;
    let due = number(|record| record.due.is_some());
    let replacing = number(replaces);
    // What a list that does not tell all lacks may be there.
    let known = match holders_are_told(sources) {
        true => "",
        false => "known to be ",
    };
    let due = match (records.len() as u32, due) {
        (0, _) => return "Synergy has no package".to_owned(),
        (1, due) => format!(
            "The one package in Synergy is {}{known}due for removal",
            if due == 0 { "not " } else { "" }
        ),
        (all, 0) => format!(
            "None of {} packages in Synergy is {known}due for removal",
            count(all)
        ),
        (all, 1) => format!(
            "1 of {} packages in Synergy is {known}due for removal",
            count(all)
        ),
        (all, due) => format!(
            "{} of {} packages in Synergy are {known}due for removal",
            count(due),
            count(all)
        ),
    };
    match replacing {
        0 if sources.tells_all(SideName::Reference) => format!("{due}; none replaces another"),
        0 => format!("{due}; none is known to replace another"),
        number => format!(
            "{due}; {} another that it must not",
            packages_do(number, "replaces", "replace")
        ),
    }
}

/// The board.
pub fn synergy_board(sources: &BoardSources<'_>) -> BoardView {
    let records = sources.boards.and_then(|boards| boards.synergy.as_ref());
    let rows = records.into_iter().flatten();
    let rows = rows.map(|record| row_of(record, sources)).collect();
    let mut notes = sources.failure_notes(SideName::Synergy);
    notes.extend(sources.failure_notes(SideName::Epel));
    notes.extend(sources.kept_note(SideName::Synergy));
    let is_kept = sources.is_kept(SideName::Synergy);
    if records.is_some() && !is_kept && !sources.was_read(SideName::Epel) {
        notes.push("EPEL was not read: whether it has these packages is not known.".to_owned());
    }
    let reference_is_complete = sources
        .report
        .sources
        .iter()
        .filter(|source| source.side == SideName::Reference)
        .all(|source| source.complete);
    if records.is_some() && !reference_is_complete {
        notes.push(format!(
            "The list of {}’s packages is not complete: it may have some of these packages and not say so.",
            sources.reference
        ));
    }
    let column = |class, head: String| (class, head);
    BoardView {
        title: synergy_headline(sources),
        notes,
        columns: vec![
            column("cell-package", "Package".to_owned()),
            column("cell-architectures", "Architectures".to_owned()),
            column("cell-evr", "Version".to_owned()),
            column("cell-holders", format!("EPEL, {}", sources.reference)),
            column("cell-since", "Due for removal since".to_owned()),
            column("cell-replaced", "Replaces".to_owned()),
        ],
        choices: vec![BoardChoice::Due, BoardChoice::Replaces],
        rows,
    }
}

fn row_of(record: &AdditionRecord, sources: &BoardSources<'_>) -> BoardRow {
    let holders = record.holders.iter().map(|holder| {
        let who = name_of(holder.side, sources);
        // What is so everywhere needs no list of where.
        let place = match holder.architectures == record.architectures {
            true => String::new(),
            false => format!(" on {}", holder.architectures.join(", ")),
        };
        format!("{who} has {}{place}", holder.build.evr)
    });
    let holders: Vec<String> = holders.collect();
    let replaced = record.replaced.iter().map(|other| {
        let how = match ClaimKind::from(other.kind) {
            ClaimKind::SameName => "bears the name of",
            ClaimKind::Provides => "provides the name of",
            ClaimKind::Obsoletes => "obsoletes",
        };
        let who = name_of(other.side, sources);
        format!("{} {how} {who}’s {}", other.by, other.name)
    });
    let mut replaced: Vec<String> = replaced.collect();
    let or = |texts: &[String], none: &str| match texts {
        [] => none.to_owned(),
        texts => texts.join("; "),
    };
    let choices = [
        record.due.map(|_| BoardChoice::Due),
        replaces(record).then_some(BoardChoice::Replaces),
    ];
    let (unheld, not_due) = match holders_are_told(sources) {
        true => ("neither has it", "not due"),
        false => ("not known", "not known"),
    };
    let unreplaced = match sources.tells_all(SideName::Reference) {
        true => "nothing",
        false => "nothing that is known",
    };
    if !replaces(record) {
        replaced.insert(0, unreplaced.to_owned());
    }
    BoardRow {
        package: record.package.clone(),
        has_page: sources.table().row_of(&record.package).is_some(),
        cells: vec![
            record.architectures.join(" "),
            record.evr.clone(),
            or(&holders, unheld),
            record
                .due
                .map_or_else(|| not_due.to_owned(), since_in_words),
            replaced.join("; "),
        ],
        choices: choices.into_iter().flatten().collect(),
    }
}

/// Whether it takes the place of a package, which providing its name alone does not.
fn replaces(record: &AdditionRecord) -> bool {
    let mut others = record.replaced.iter();
    others.any(|other| ClaimKind::from(other.kind).replaces())
}

/// Whether it is known of every package who else has it.
fn holders_are_told(sources: &BoardSources<'_>) -> bool {
    sources.tells_all(SideName::Epel) && sources.tells_all(SideName::Reference)
}

fn name_of(side: SideName, sources: &BoardSources<'_>) -> String {
    match side {
        SideName::Distribution => sources.distribution.to_owned(),
        SideName::Reference => sources.reference.to_owned(),
        other => other.to_string(),
    }
}
