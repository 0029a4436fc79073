//! Where the text that a configuration comes to differs from the one that stands there, and at which hunks of the two sides that is.

use super::super::traced_text::{ChangeIndex, TracedText};
use super::UnexplainedReason;
use crate::diff::Hunk;

/// How far apart the same difference may stand in two comparisons, for equal lines beside it.
const SLIDE_LINES: usize = 3;

/// The texts that are held against each other, line by line.
pub(super) struct Texts<'a> {
    /// The reference's.
    pub(super) before: Vec<&'a str>,
    /// The distribution's.
    pub(super) after: Vec<&'a str>,
    /// What the configuration makes of the reference's.
    pub(super) made: &'a TracedText,
    /// The lines of that.
    pub(super) made_lines: Vec<&'a str>,
}

/// A place where the configuration comes to another text than the one that stands there.
pub(super) struct Difference {
    /// The lines that it comes to, and those that stand there.
    pub(super) hunk: Hunk,
    /// The changes that explain it all the same; otherwise why none does.
    pub(super) verdict: Result<Vec<ChangeIndex>, UnexplainedReason>,
}

/// For each hunk the differences that stand at its lines, and those that stand at none. Of several equal lines either comparison
/// may have taken another, so a difference may stand where it could be moved to.
pub(super) fn shared_out(
    differences: &[Difference],
    hunks: &[Hunk],
    texts: &Texts<'_>,
) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut near = vec![Vec::new(); hunks.len()];
    let mut elsewhere = Vec::new();
    let own: Vec<(Vec<Hunk>, Vec<ChangeIndex>)> = hunks
        .iter()
        .map(|hunk| {
            let places = places_of(hunk, &texts.before, &texts.after);
            (places, own_changes(hunk, differences, texts))
        })
        .collect();
    for (index, difference) in differences.iter().enumerate() {
        let places = places_of(&difference.hunk, &texts.made_lines, &texts.after);
        let found_at = |of_difference: &[Hunk], hunks_move: bool| -> Vec<usize> {
            let stands = |(places, changes): &(Vec<Hunk>, Vec<ChangeIndex>)| {
                let of_hunk = if hunks_move { places } else { &places[..1] };
                of_hunk.iter().any(|hunk| {
                    let mut of_difference = of_difference.iter();
                    of_difference.any(|place| stands_at(place, hunk, changes, texts.made))
                })
            };
            let hunks = own.iter().enumerate();
            hunks
                .filter(|(_, own)| stands(own))
                .map(|(at, _)| at)
                .collect()
        };
        let mut found = found_at(&places[..1], false);
        if found.is_empty() {
            found = found_at(&places, true);
        }
        match found.is_empty() {
            true => elsewhere.push(index),
            false => found.into_iter().for_each(|at| near[at].push(index)),
        }
    }
    (near, elsewhere)
}

/// Whether a difference stands at a hunk: at its lines, or beside them and in the place of the same lines of the reference's.
fn stands_at(
    difference: &Hunk,
    hunk: &Hunk,
    own_changes: &[ChangeIndex],
    made: &TracedText,
) -> bool {
    let (one, other) = (&difference.after, &hunk.after);
    if one.start < other.end && other.start < one.end {
        return true;
    }
    let touch = one.start <= other.end && other.start <= one.end;
    let is_of_hunk = |index| made.is_of(index, &hunk.before, own_changes);
    touch && difference.before.clone().any(is_of_hunk)
}

/// Where a hunk could stand as well, since the lines beside it are equal to its own: first where it stands.
fn places_of(hunk: &Hunk, before: &[&str], after: &[&str]) -> Vec<Hunk> {
    let mut places = vec![hunk.clone()];
    let (lines, range) = match (hunk.before.is_empty(), hunk.after.is_empty()) {
        (true, false) => (after, &hunk.after),
        (false, true) => (before, &hunk.before),
        _ => return places,
    };
    let room_above = hunk.before.start.min(hunk.after.start).min(SLIDE_LINES);
    let room_below = (before.len() - hunk.before.end)
        .min(after.len() - hunk.after.end)
        .min(SLIDE_LINES);
    let up = (1..=room_above).take_while(|by| lines[range.start - by] == lines[range.end - by]);
    let down =
        (1..=room_below).take_while(|by| lines[range.start + by - 1] == lines[range.end + by - 1]);
    places.extend(up.map(|by| Hunk {
        before: hunk.before.start - by..hunk.before.end - by,
        after: hunk.after.start - by..hunk.after.end - by,
    }));
    places.extend(down.map(|by| Hunk {
        before: hunk.before.start + by..hunk.before.end + by,
        after: hunk.after.start + by..hunk.after.end + by,
    }));
    places
}

/// The changes that explain a hunk, or why none does; `None` where no reason is found either.
pub(super) fn outcome_of(
    hunk: &Hunk,
    differences: &[Difference],
    near: &[usize],
    texts: &Texts<'_>,
) -> Option<Result<Vec<ChangeIndex>, UnexplainedReason>> {
    let own = own_changes(hunk, differences, texts);
    let mut changes = Vec::new();
    for &index in near {
        match &differences[index].verdict {
            Ok(more) => changes.extend(more),
            Err(UnexplainedReason::NoAction(opaque)) if !own.is_empty() => {
                let Hunk { before, after } = &differences[index].hunk;
                let mut lines = texts.after[after.clone()]
                    .iter()
                    .chain(&texts.made_lines[before.clone()]);
                let line = lines.next().copied().unwrap_or_default().to_owned();
                let opaque = opaque.clone();
                return Some(Err(UnexplainedReason::NoActionOnLine { line, opaque }));
            }
            Err(reason) => return Some(Err(reason.clone())),
        }
    }
    changes.extend(own);
    // The configuration comes to these very lines here, so what it wrote is another of several equal lines.
    if changes.is_empty() {
        let places = places_of(hunk, &texts.before, &texts.after);
        let own = places
            .iter()
            .map(|place| own_changes(place, differences, texts));
        changes = own
            .into_iter()
            .find(|own| !own.is_empty())
            .unwrap_or_default();
    }
    changes.sort_unstable();
    changes.dedup();
    (!changes.is_empty()).then_some(Ok(changes))
}

/// What of the configuration is undone where a difference stands at no hunk: the reference's lines stand there, unchanged.
pub(super) fn undone(
    difference: &Difference,
    hunks: &[Hunk],
    made: &TracedText,
) -> Vec<ChangeIndex> {
    let mut changes = made.changes_that_wrote(difference.hunk.before.clone());
    for line in difference.hunk.after.clone() {
        let line = start_before(hunks.iter(), line);
        changes.extend(made.changes_that_touched(line..line + 1));
    }
    changes
}

/// The changes that wrote the lines of a hunk, or rewrote or deleted those that stood there.
fn own_changes(hunk: &Hunk, differences: &[Difference], texts: &Texts<'_>) -> Vec<ChangeIndex> {
    let differences = || differences.iter().map(|difference| &difference.hunk);
    let start = start_before(differences(), hunk.after.start);
    let end = match hunk.after.is_empty() {
        true => start,
        false => end_before(differences(), hunk.after.end).max(start),
    };
    let mut changes = texts.made.changes_that_wrote(start..end);
    changes.extend(texts.made.changes_that_touched(hunk.before.clone()));
    changes
}

/// The line before the hunks at which a line after them starts.
fn start_before<'a>(hunks: impl DoubleEndedIterator<Item = &'a Hunk>, line: usize) -> usize {
    match hunks.rev().find(|hunk| hunk.after.start <= line) {
        None => line,
        Some(hunk) if line < hunk.after.end => hunk.before.start,
        Some(hunk) => hunk.before.end + (line - hunk.after.end),
    }
}

/// The line before the hunks at which lines end that end at a line after them.
fn end_before<'a>(hunks: impl DoubleEndedIterator<Item = &'a Hunk>, line: usize) -> usize {
    match hunks.rev().find(|hunk| hunk.after.start < line) {
        None => line,
        Some(hunk) => hunk.before.end + line.saturating_sub(hunk.after.end),
    }
}
