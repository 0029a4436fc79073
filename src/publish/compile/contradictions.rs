//! Holds what people say of packages against what was measured.

use super::knowledge::Knowledge;
use crate::analysis::{PackageComparison, Pair, Rules, ToldBy};
use crate::domain::{Evidence, Presence, SourceState, Verdict};
use crate::report::{StatedSource, StatementRecord};

/// Statements that what was measured contradicts, a sentence each.
pub fn contradictions(
    packages: &[PackageComparison],
    knowledge: &Knowledge,
    rules: &Rules,
) -> Vec<String> {
    let mut sentences = Vec::new();
    for package in packages {
        let Some((state, evidence)) = measured(package) else {
            continue;
        };
        let told_by = told_by(package, knowledge, rules);
        for statement in knowledge
            .statements
            .get(&package.name)
            .into_iter()
            .flatten()
        {
            let said = match (stated_of(statement), state) {
                (Some(StatedSource::Modified), SourceState::Unmodified) => "is modified",
                (Some(StatedSource::Unmodified), SourceState::Modified) => "is not modified",
                (Some(StatedSource::NoLongerRequired), SourceState::Modified) => {
                    "need not be modified any longer"
                }
                _ => continue,
            };
            let found = match (state, evidence) {
                (SourceState::Modified, Evidence::Inferred) => match told_by {
                    Some(ToldBy::Release) => "a modified source, by the release alone",
                    Some(ToldBy::Change) => "a modified source, by a known change alone",
                    Some(ToldBy::Name) => "a modified source, by its name alone",
                    None => "a modified source",
                },
                (SourceState::Modified, Evidence::Tagged) => {
                    "a modified source, by what the build system recorded"
                }
                (SourceState::Modified, Evidence::Proven) => {
                    "a modified source, by comparing the sources"
                }
                (_, Evidence::Inferred) => {
                    "the same version with no mark of a change, by the version alone"
                }
                (_, Evidence::Tagged) => "an unmodified one, by what the build system recorded",
                (_, Evidence::Proven) => "an unmodified one, by comparing the sources",
            };
            sentences.push(format!(
                "{}: {} says that it {said}; found was {found}.",
                package.name, statement.who
            ));
        }
    }
    sentences
}

/// What says best that a package is modified, on any architecture.
fn told_by(package: &PackageComparison, knowledge: &Knowledge, rules: &Rules) -> Option<ToldBy> {
    let known = knowledge.packages.get(&package.name);
    let told = package.cells.iter().flatten().filter_map(|cell| {
        let (reference, distribution) = cell.reference.as_ref().zip(cell.distribution.as_ref())?;
        let pair = Pair::Both {
            reference,
            distribution,
        };
        let changes = known.map(|known| known.changes_in(Some(distribution), rules));
        ToldBy::of(pair, changes.unwrap_or_default(), rules)
    });
    told.min()
}

/// What a statement says of the source: a list by its mark, a note by its words alone, which count for nothing but a doubt.
fn stated_of(statement: &StatementRecord) -> Option<StatedSource> {
    let noted = statement
        .text
        .as_deref()
        .filter(|text| says_no_longer(text));
    statement
        .source
        .or(noted.map(|_| StatedSource::NoLongerRequired))
}

/// Whether a note says that the package need not be modified any longer, and nothing else but since when: what stands beside it might
/// deny it, or be about something else.
fn says_no_longer(text: &str) -> bool {
    const SUBJECTS: [&str; 20] = [
        "a",
        "almalinux",
        "and",
        "are",
        "change",
        "changes",
        "is",
        "it",
        "its",
        "modification",
        "modifications",
        "modified",
        "our",
        "package",
        "patch",
        "patched",
        "patches",
        "the",
        "these",
        "this",
    ];
    const STATES: [&str; 5] = ["modified", "necessary", "needed", "patched", "required"];
    const MOMENTS: [&str; 3] = ["as", "of", "since"];
    if text.contains('?') {
        return false;
    }
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|character: char| !(character.is_alphanumeric() || character == '.'))
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let Some(at) = words.windows(2).position(|words| words == ["no", "longer"]) else {
        return false;
    };
    let is_moment =
        |word: &&str| MOMENTS.contains(word) || word.bytes().any(|byte| byte.is_ascii_digit());
    match words[at + 2..] {
        [state, ref moment @ ..] => {
            words[..at].iter().all(|word| SUBJECTS.contains(word))
                && STATES.contains(&state)
                && moment.iter().all(is_moment)
        }
        [] => false,
    }
}

/// What the source was found to be where both sides have the package: modified on any architecture, or unmodified on some. That
/// of a match about which nothing but the versions is known counts as unmodified, by inference.
fn measured(package: &PackageComparison) -> Option<(SourceState, Evidence)> {
    let outcomes = package.cells.iter().flatten().map(|cell| cell.outcome);
    let found = outcomes.filter(|outcome| outcome.presence == Presence::Both);
    let known = found.filter_map(|outcome| {
        let state = match (outcome.source, outcome.verdict) {
            (SourceState::Unknown, Verdict::Matched) => SourceState::Unmodified,
            (SourceState::Unknown, _) => return None,
            (state, _) => state,
        };
        Some((state, outcome.evidence?))
    });
    known.max_by_key(|(state, evidence)| (*state == SourceState::Modified, *evidence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_unmistakably_that_a_change_is_past() {
        let check = |text: &str, expected: bool| {
            assert_eq!(says_no_longer(text), expected, "{text}");
        };
        for text in [
            "No longer needed since 9.4",
            "No longer needed",
            "No longer modified.",
            "The patch is no longer required as of 9.4.",
            "It is no longer patched",
        ] {
            check(text, true);
        }
        for text in [
            "Not true that it is no longer needed",
            "The workaround is no longer needed upstream, but we keep our patch",
            "The patch is no longer needed upstream",
            "No longer needed? See 12",
            "No longer",
            "Is it no longer needed?",
            "Watched",
        ] {
            check(text, false);
        }
    }
}
