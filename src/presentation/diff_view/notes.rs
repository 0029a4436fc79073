//! Says in sentences what the lines of a diff do not show.

use super::document::clamped;
use super::drawn_part::CHARACTERS_MAX;
use super::facts::{DiffFacts, SideFacts};
use super::{DiffFile, DiffRequest};
use crate::diff::{Space, TextComparison, WordLimit};
use crate::presentation::number::{count, counted};
use crate::syntax::{HIGHLIGHTED_BYTES_MAX, Language};
use std::sync::Arc;

/// The notes on a compared file, the most telling first.
pub(super) fn notes(
    file: &DiffFile,
    comparison: &TextComparison,
    facts: &DiffFacts,
) -> Vec<String> {
    let labels = [
        file.reference_label.as_str(),
        file.distribution_label.as_str(),
    ];
    let mut notes = file.remarks.clone();
    if file.is_alone {
        let is_empty = is_empty(&file.distribution);
        notes.extend(is_empty.then(|| "The file is empty.".to_owned()));
    } else {
        notes.extend(presence(file, labels));
        notes.extend(equality(file, comparison));
    }
    notes.extend(line_ends(file, comparison, facts, labels));
    // Both sides of a text that is shown for itself are that text.
    let sides = facts.sides.iter().zip(labels);
    for (side, label) in sides.skip(usize::from(file.is_alone)) {
        notes.extend(side.has_directional.then(|| {
            format!("{label} has characters that change the direction of text, shown as ⟨U+202E⟩ and the like.")
        }));
        notes.extend(side.has_stray_bytes.then(|| {
            format!("{label} is not all UTF-8: other bytes are shown as ⟨0xE9⟩ and the like, and a patch of them can be saved, but not copied.")
        }));
    }
    for limit in [WordLimit::Hunk, WordLimit::Text] {
        notes.extend(unmarked_words(comparison, limit));
        notes.extend(marked_extents(comparison, limit));
    }
    notes.extend(long_lines(file, facts));
    notes.extend(half_coloured_lines(file, comparison, facts));
    notes.extend(skipped_moves(comparison));
    notes
}

fn presence(file: &DiffFile, labels: [&str; 2]) -> Option<String> {
    let sides = [&file.reference, &file.distribution];
    let only = |side: usize| {
        let also = match is_empty(sides[side]) {
            true => ", and it is empty",
            false => "",
        };
        Some(format!("Only {} has this file{also}.", labels[side]))
    };
    let empty = |side: usize| Some(format!("The file of {} is empty.", labels[side]));
    match (sides.map(Option::is_some), sides.map(is_empty)) {
        ([false, false], _) => Some("Neither side has this file.".to_owned()),
        ([false, true], _) => only(1),
        ([true, false], _) => only(0),
        ([true, true], [true, false]) => empty(0),
        ([true, true], [false, true]) => empty(1),
        ([true, true], _) => None,
    }
}

/// Whether a side has the file, and nothing in it.
fn is_empty(side: &Option<Arc<Vec<u8>>>) -> bool {
    side.as_ref().is_some_and(|bytes| bytes.is_empty())
}

fn equality(file: &DiffFile, comparison: &TextComparison) -> Option<String> {
    let both = file.reference.is_some() && file.distribution.is_some();
    if !both || comparison.changes().next().is_some() {
        return None;
    }
    let sentence = if is_empty(&file.reference) && is_empty(&file.distribution) {
        "Both sides are the same: the file is empty."
    } else if comparison.before == comparison.after {
        "Both sides are the same."
    } else if comparison.space == Space::IgnoreTrailing {
        "The sides differ only in white space at the end of lines, which is ignored."
    } else if comparison.space == Space::IgnoreBlankLines {
        "The sides differ only in blank lines, which are ignored."
    } else {
        "The sides differ only in white space, which is ignored."
    };
    Some(sentence.to_owned())
}

/// How lines end, where that is not as one would think or not the same on both sides.
fn line_ends(
    file: &DiffFile,
    comparison: &TextComparison,
    facts: &DiffFacts,
    labels: [&str; 2],
) -> Option<String> {
    let [before, after] = facts.sides.each_ref().map(line_end_name);
    if file.is_alone || file.reference.is_none() || file.distribution.is_none() {
        return match before.or(after)? {
            "LF" => None,
            ends => Some(format!("Its lines end with {ends}.")),
        };
    }
    let has_changes = comparison.changes().next().is_some() && comparison.space.counts_line_ends();
    let same_otherwise = has_changes && facts.same_but_for_line_ends;
    let texts = [comparison.before.bytes(), comparison.after.bytes()];
    match (before, after) {
        (Some(one), Some(other)) if one != other && has_changes => {
            let only = if same_otherwise {
                "Only the line ends differ"
            } else {
                "The line ends differ"
            };
            Some(format!(
                "{only}: {one} in {}, {other} in {}.",
                labels[0], labels[1]
            ))
        }
        _ if same_otherwise && differ_in_last_newline(texts) => {
            Some("Only the newline at the end of the file differs.".to_owned())
        }
        (Some("LF and CRLF"), Some("LF and CRLF")) if same_otherwise => Some(
            "Only the line ends differ: both sides have LF and CRLF, but not in the same lines."
                .to_owned(),
        ),
        (Some(one), Some(other)) if one == other && one != "LF" => {
            Some(format!("Lines end with {one} on both sides."))
        }
        _ => None,
    }
}

/// Whether one text is the other with a newline at its end.
fn differ_in_last_newline([one, other]: [&[u8]; 2]) -> bool {
    let ends = [&b"\n"[..], b"\r\n"];
    let is_other_with_end = |longer: &[u8], shorter: &[u8]| {
        let mut rests = ends.iter().filter_map(|end| longer.strip_suffix(*end));
        rests.any(|rest| rest == shorter)
    };
    is_other_with_end(one, other) || is_other_with_end(other, one)
}

/// The kind of line ends of a text; nothing where it has none.
fn line_end_name(side: &SideFacts) -> Option<&'static str> {
    match (side.has_line_feeds, side.has_windows_ends) {
        (true, true) => Some("LF and CRLF"),
        (true, false) => Some("LF"),
        (false, true) => Some("CRLF"),
        (false, false) => None,
    }
}

/// The changes whose words are not compared for a limit, with marks or without.
fn uncompared(comparison: &TextComparison, limit: WordLimit, has_marks: bool) -> usize {
    let uncompared = comparison.hunks.iter().filter(|compared| {
        let mut before = compared.hunk.before.clone();
        let mut after = compared.hunk.after.clone();
        let is_marked = before.any(|line| !compared.before_marks(line).is_empty())
            || after.any(|line| !compared.after_marks(line).is_empty());
        compared.word_limit == Some(limit) && is_marked == has_marks
    });
    uncompared.count()
}

fn marked_extents(comparison: &TextComparison, limit: WordLimit) -> Option<String> {
    let number = uncompared(comparison, limit, true);
    (number > 0).then(|| {
        let why = match limit {
            WordLimit::Hunk => {
                let lines = counted(clamped(number), "line is", "lines are");
                format!("{lines} too long for comparing words")
            }
            WordLimit::Text => {
                let lines = counted(clamped(number), "line", "lines");
                format!("Words are not compared in {lines}, as too much changed in all")
            }
        };
        format!("{why}: all from the first difference to the last is marked.")
    })
}

fn unmarked_words(comparison: &TextComparison, limit: WordLimit) -> Option<String> {
    let number = uncompared(comparison, limit, false);
    (number > 0).then(|| match limit {
        WordLimit::Hunk => {
            let changes = counted(
                clamped(number),
                "change that is too large",
                "changes that are too large",
            );
            format!("Words are not marked in {changes} for it.")
        }
        WordLimit::Text => {
            let changes = counted(clamped(number), "change", "changes");
            format!("Words are not marked in {changes}, as too much changed in all.")
        }
    })
}

fn skipped_moves(comparison: &TextComparison) -> Option<String> {
    let number = comparison.moves.skipped_lines;
    (number > 0).then(|| {
        let lines = counted(clamped(number), "line", "lines");
        format!("Whether {lines} moved was not looked for: the same changed in too many places.")
    })
}

fn long_lines(file: &DiffFile, facts: &DiffFacts) -> Option<String> {
    let sides = facts.sides.iter().skip(usize::from(file.is_alone));
    let long: usize = sides.map(|side| side.long_lines).sum();
    (long > 0).then(|| {
        let lines = counted(clamped(long), "line is", "lines are");
        let limit = count(clamped(CHARACTERS_MAX));
        format!("{lines} longer than {limit} characters, of which as many are shown, around the first change. A copied patch has everything.")
    })
}

fn half_coloured_lines(
    file: &DiffFile,
    comparison: &TextComparison,
    facts: &DiffFacts,
) -> Option<String> {
    let languages = DiffRequest::of(file, comparison.space).languages;
    let sides = std::iter::zip(&facts.sides, languages).skip(usize::from(file.is_alone));
    let coloured = sides.filter(|(_, language)| *language != Language::Plain);
    let lines: usize = coloured.map(|(side, _)| side.half_coloured_lines).sum();
    (lines > 0).then(|| {
        let lines = counted(clamped(lines), "line has", "lines have");
        let limit = count(clamped(HIGHLIGHTED_BYTES_MAX));
        format!("{lines} colours only in the first {limit} bytes.")
    })
}

#[cfg(test)]
mod tests;
