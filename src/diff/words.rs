//! Finds the words that differ between two lines.

use super::hunks::indices;
use super::text::Line;
use super::tokens::Token;
use imara_diff::{Algorithm, Diff, InternedInput};
use std::ops::Range;

/// A line is one that changed in parts when at least one byte in this many stayed, space left out.
const STAYED_ONE_IN: usize = 4;

/// The byte ranges of each of two lines that are not in the other; none for lines that have next to nothing in common
/// and so changed as a whole. The lines are given with their tokens.
pub(super) fn mark_words(
    before: (&Line<'_>, &[Token<'_>]),
    after: (&Line<'_>, &[Token<'_>]),
) -> [Vec<Range<usize>>; 2] {
    let mut input = InternedInput::default();
    input.update_before(before.1.iter().map(|token| token.bytes));
    input.update_after(after.1.iter().map(|token| token.bytes));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    let hunks: Vec<[Range<usize>; 2]> = diff
        .hunks()
        .map(|hunk| [indices(&hunk.before), indices(&hunk.after)])
        .collect();
    let changed_as_a_whole = |tokens: &[Token<'_>], side: usize| {
        let weight = |tokens: &[Token<'_>]| tokens.iter().map(Token::weight).sum::<usize>();
        let changed: usize = hunks
            .iter()
            .map(|hunk| weight(&tokens[hunk[side].clone()]))
            .sum();
        let total = weight(tokens);
        (total - changed) * STAYED_ONE_IN < total
    };
    if changed_as_a_whole(before.1, 0) && changed_as_a_whole(after.1, 1) {
        return [Vec::new(), Vec::new()];
    }
    [
        marks(before, hunks.iter().map(|[gone, _]| gone)),
        marks(after, hunks.iter().map(|[_, come]| come)),
    ]
}

/// Of each of two lines the byte range from where they begin to differ to where they end to, which costs a look at each byte alone;
/// none for lines that have next to nothing in common.
pub(super) fn mark_extent(before: &Line<'_>, after: &Line<'_>) -> [Vec<Range<usize>>; 2] {
    let (one, other) = (before.content, after.content);
    let shorter = one.len().min(other.len());
    let start = first_difference(one, other);
    let mut end = same_end(one, other).min(shorter - start);
    while !is_boundary(one, one.len() - end) {
        end -= 1;
    }
    if (start + end) * STAYED_ONE_IN < shorter {
        return [Vec::new(), Vec::new()];
    }
    [one, other].map(|line| {
        let mark = start..line.len() - end;
        Vec::from_iter((!mark.is_empty()).then_some(mark))
    })
}

/// The byte at which two lines begin to differ; it begins a character.
pub(super) fn first_difference(one: &[u8], other: &[u8]) -> usize {
    let mut start = same_start(one, other);
    while !is_boundary(one, start) || !is_boundary(other, start) {
        start -= 1;
    }
    start
}

/// Whether a character may begin at a byte.
fn is_boundary(line: &[u8], at: usize) -> bool {
    line.get(at).is_none_or(|byte| byte & 0xc0 != 0x80)
}

/// How many bytes at the start of both are the same; looked at eight at a time.
fn same_start(one: &[u8], other: &[u8]) -> usize {
    let [(eights, _), (other_eights, _)] = [one, other].map(<[u8]>::as_chunks::<8>);
    let pairs = std::iter::zip(eights, other_eights);
    let same = 8 * pairs.take_while(|(left, right)| left == right).count();
    let rest = std::iter::zip(&one[same..], &other[same..]);
    same + rest.take_while(|(left, right)| left == right).count()
}

/// How many bytes at the end of both are the same; looked at eight at a time.
fn same_end(one: &[u8], other: &[u8]) -> usize {
    let [(_, eights), (_, other_eights)] = [one, other].map(<[u8]>::as_rchunks::<8>);
    let pairs = std::iter::zip(eights.iter().rev(), other_eights.iter().rev());
    let same = 8 * pairs.take_while(|(left, right)| left == right).count();
    let rest = std::iter::zip(
        one[..one.len() - same].iter().rev(),
        other[..other.len() - same].iter().rev(),
    );
    same + rest.take_while(|(left, right)| left == right).count()
}

/// The byte ranges of runs of tokens. Space between two of them joins them: marks read better when they are not torn
/// apart by it.
fn marks<'runs>(
    (line, tokens): (&Line<'_>, &[Token<'_>]),
    runs: impl Iterator<Item = &'runs Range<usize>>,
) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for run in runs {
        let (Some(first), Some(last)) = (tokens[run.clone()].first(), tokens[run.clone()].last())
        else {
            continue;
        };
        let mark = first.range.start..last.range.end;
        match marks.last_mut() {
            Some(previous)
                if line.content[previous.end..mark.start]
                    .trim_ascii()
                    .is_empty() =>
            {
                previous.end = mark.end;
            }
            _ => marks.push(mark),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::super::space::Space;
    use super::super::tokens::compared_tokens;
    use super::*;
    use proptest::prelude::*;

    /// Checks the marks, which are shown in brackets.
    fn check(before: &str, after: &str, space: Space, expected: [&str; 2]) {
        let [before, after] = [before, after].map(|line| Line::split(line.as_bytes()));
        let (old, new) = (
            compared_tokens(&before, space),
            compared_tokens(&after, space),
        );
        let [gone, come] = mark_words((&before, &old), (&after, &new));
        assert_eq!([shown(&before, &gone), shown(&after, &come)], expected);
    }

    fn shown(line: &Line<'_>, marks: &[Range<usize>]) -> String {
        let mut shown = String::from_utf8(line.content.to_vec()).unwrap();
        for mark in marks.iter().rev() {
            shown.insert(mark.end, ']');
            shown.insert(mark.start, '[');
        }
        shown
    }

    #[test]
    fn marks_the_words_that_differ() {
        check(
            "Release: 1%{?dist}",
            "Release: 1%{?dist}.alma.1",
            Space::Exact,
            ["Release: 1%{?dist}", "Release: 1%{?dist}[.alma.1]"],
        );
        check(
            "with-branding=redhat",
            "with-branding=almalinux",
            Space::Exact,
            ["with-branding=[redhat]", "with-branding=[almalinux]"],
        );
        check(
            "名前 = 変更文件的名称",
            "名前 = 変更文档的名称",
            Space::Exact,
            ["名前 = 変更文[件]的名称", "名前 = 変更文[档]的名称"],
        );
    }

    #[test]
    fn marks_from_the_first_difference_to_the_last() {
        let check = |before: &str, after: &str, expected: [&str; 2]| {
            let [before, after] = [before, after].map(|line| Line::split(line.as_bytes()));
            let [gone, come] = mark_extent(&before, &after);
            assert_eq!([shown(&before, &gone), shown(&after, &come)], expected);
        };
        check("red hat 9", "red cap 9", ["red [hat] 9", "red [cap] 9"]);
        check("one two", "one alma two", ["one two", "one [alma ]two"]);
        check("aaaa", "aaaaa", ["aaaa", "aaaa[a]"]);
        check("größe: ä", "größe: ö", ["größe: [ä]", "größe: [ö]"]);
        check("one thing", "another", ["one thing", "another"]);
    }

    #[test]
    fn lines_with_nothing_in_common_changed_as_a_whole() {
        check(
            "Summary: old words",
            "%patch7 -p1",
            Space::Exact,
            ["Summary: old words", "%patch7 -p1"],
        );
    }

    #[test]
    fn space_between_two_marks_belongs_to_them() {
        check(
            "keep red hat keep",
            "keep alma linux keep",
            Space::Exact,
            ["keep [red hat] keep", "keep [alma linux] keep"],
        );
    }

    #[test]
    fn ignored_space_is_not_marked() {
        check("a =  1", "a = 2", Space::IgnoreAll, ["a =  [1]", "a = [2]"]);
        check(
            "name = a  ",
            "name = b",
            Space::IgnoreTrailing,
            ["name = [a]  ", "name = [b]"],
        );
        check("a b", "a \u{c}b", Space::IgnoreAll, ["a b", "a[ \u{c}]b"]);
    }

    proptest! {
        #[test]
        fn bytes_are_the_same_up_to_the_first_that_is_not(
            one in proptest::collection::vec(0..2_u8, 0..40),
            other in proptest::collection::vec(0..2_u8, 0..40),
            shared in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let same = |one: &[u8], other: &[u8]| std::iter::zip(one, other).take_while(|(left, right)| left == right).count();
            let reversed = |line: &[u8]| line.iter().rev().copied().collect::<Vec<u8>>();
            let [left, right] = [&one, &other].map(|line| [&shared[..], line].concat());
            prop_assert_eq!(same_start(&left, &right), same(&left, &right));
            let [left, right] = [&one, &other].map(|line| [&line[..], &shared].concat());
            prop_assert_eq!(same_end(&left, &right), same(&reversed(&left), &reversed(&right)));
        }
    }
}
