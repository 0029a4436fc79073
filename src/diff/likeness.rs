//! Finds how much the lines of a hunk have in common.

use super::hunks::indices;
use super::tokens::Token;
use imara_diff::{Algorithm, Diff, InternedInput};

/// How much two lines of a hunk have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SharedText {
    /// The line's index among the hunk's lines of the first text.
    pub(super) before: usize,
    /// The line's index among the hunk's lines of the second text.
    pub(super) after: usize,
    /// The bytes in common, space left out.
    pub(super) bytes: usize,
}

/// A token with the index of its line.
type PlacedToken<'tokens, 'text> = (usize, &'tokens Token<'text>);

/// Which lines share text, found by comparing all words of a hunk at once: from one entry to the next neither index
/// falls. The lines are given as their tokens.
pub(super) fn shared_text(before: &[Vec<Token<'_>>], after: &[Vec<Token<'_>>]) -> Vec<SharedText> {
    let (before, after) = (placed(before), placed(after));
    let mut input = InternedInput::default();
    input.update_before(before.iter().map(|(_, token)| token.bytes));
    input.update_after(after.iter().map(|(_, token)| token.bytes));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut shared = Vec::new();
    let mut next = (0, 0);
    for hunk in diff.hunks() {
        let (gone, come) = (indices(&hunk.before), indices(&hunk.after));
        add_run(
            &mut shared,
            &before[next.0..gone.start],
            &after[next.1..come.start],
        );
        next = (gone.end, come.end);
    }
    add_run(&mut shared, &before[next.0..], &after[next.1..]);
    shared
}

fn placed<'tokens, 'text>(lines: &'tokens [Vec<Token<'text>>]) -> Vec<PlacedToken<'tokens, 'text>> {
    let lines = lines.iter().enumerate();
    lines
        .flat_map(|(index, tokens)| tokens.iter().map(move |token| (index, token)))
        .collect()
}

/// Adds a run of equal tokens.
fn add_run(
    shared: &mut Vec<SharedText>,
    before: &[PlacedToken<'_, '_>],
    after: &[PlacedToken<'_, '_>],
) {
    for ((before, token), (after, _)) in before.iter().zip(after) {
        match shared.last_mut() {
            Some(last) if (last.before, last.after) == (*before, *after) => {
                last.bytes += token.weight()
            }
            _ => shared.push(SharedText {
                before: *before,
                after: *after,
                bytes: token.weight(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::space::Space;
    use super::super::text::Line;
    use super::super::tokens::compared_tokens;
    use super::*;

    fn check(before: &[&'static str], after: &[&'static str], expected: &[(usize, usize, usize)]) {
        let tokens = |lines: &[&'static str]| -> Vec<Vec<Token<'static>>> {
            let lines = lines.iter().map(|line| Line::split(line.as_bytes()));
            lines
                .map(|line| compared_tokens(&line, Space::Exact))
                .collect()
        };
        let found: Vec<(usize, usize, usize)> = shared_text(&tokens(before), &tokens(after))
            .iter()
            .map(|shared| (shared.before, shared.after, shared.bytes))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn counts_the_bytes_in_common() {
        check(&["a"], &["b"], &[]);
        check(&["Release: 1"], &["Release: 2"], &[(0, 0, 8)]);
        check(&["one two"], &["one", "two"], &[(0, 0, 3), (0, 1, 3)]);
    }
}
