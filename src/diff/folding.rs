//! Divides two compared texts into changes and what stands between them, and says which lines of that are folded away.

use super::comparison::TextComparison;
use super::hunks::Hunk;
use std::ops::Range;

/// How many unchanged lines are shown around a hunk, as in the unified format.
pub const CONTEXT_LINES: usize = 3;

/// The fewest rows that are folded: a fold takes the room of one row itself.
const FOLDED_ROWS_MIN: usize = 2;

/// A stretch of two compared texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// What stands between two changes, or beside the first and the last.
    Unchanged(Unchanged),
    /// A change, by the position of its hunk.
    Change(usize),
}

/// Lines that are no change, as rows that count from 0: equal lines side by side, and blank ones that are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unchanged {
    /// Runs that follow one another. Where the ranges of one differ in length, its lines are blank.
    runs: Vec<Hunk>,
    /// How many rows at the start stay in sight.
    leading: usize,
    /// How many rows at the end stay in sight.
    trailing: usize,
}

/// Rows of what is unchanged, either seen or folded away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnchangedRows {
    /// The rows.
    pub rows: Range<usize>,
    /// Whether they are folded away.
    pub is_folded: bool,
}

/// The rows that the reader opened, as ranges of places that neither touch nor overlap. The place of a row is how many lines of
/// both texts stand before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenedLines {
    ranges: Vec<Range<usize>>,
}

/// All stretches of a comparison, in order.
pub fn stretches(comparison: &TextComparison) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut unchanged = Unchanged::default();
    let mut next = (0, 0);
    for (index, compared) in comparison.hunks.iter().enumerate() {
        let hunk = &compared.hunk;
        unchanged.push(next.0..hunk.before.start, next.1..hunk.after.start);
        next = (hunk.before.end, hunk.after.end);
        if !compared.counts {
            unchanged.push(hunk.before.clone(), hunk.after.clone());
            continue;
        }
        unchanged.trailing = CONTEXT_LINES;
        stretches.extend(std::mem::take(&mut unchanged).non_empty());
        stretches.push(Stretch::Change(index));
        unchanged.leading = CONTEXT_LINES;
    }
    let (before, after) = (&comparison.before, &comparison.after);
    unchanged.push(next.0..before.line_count(), next.1..after.line_count());
    stretches.extend(unchanged.non_empty());
    stretches
}

impl Unchanged {
    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.runs.iter().map(rows_of).sum()
    }

    /// All lines, of the first and the second text.
    pub fn ranges(&self) -> (Range<usize>, Range<usize>) {
        let ends = self.runs.first().zip(self.runs.last());
        ends.map_or((0..0, 0..0), |(first, last)| {
            (
                first.before.start..last.before.end,
                first.after.start..last.after.end,
            )
        })
    }

    /// The lines of a range of rows, of the first and the second text.
    pub fn lines(
        &self,
        rows: Range<usize>,
    ) -> impl Iterator<Item = (Option<usize>, Option<usize>)> + '_ {
        let mut start = 0;
        self.runs.iter().flat_map(move |run| {
            let count = rows_of(run);
            let of_run =
                rows.start.clamp(start, start + count)..rows.end.clamp(start, start + count);
            let line = move |range: &Range<usize>, row: usize| {
                let line = range.start + row - start;
                (line < range.end).then_some(line)
            };
            let lines = of_run.map(move |row| (line(&run.before, row), line(&run.after, row)));
            start += count;
            lines
        })
    }

    /// The rows that are seen and those that are folded away, in order.
    pub fn divided(&self, opened: &OpenedLines) -> Vec<UnchangedRows> {
        let count = self.row_count();
        let opened = opened.ranges.iter();
        let opened = opened.map(|range| self.row_at(range.start)..self.row_at(range.end));
        let mut seen: Vec<Range<usize>> = std::iter::once(0..self.leading.min(count))
            .chain(opened)
            .chain(std::iter::once(count.saturating_sub(self.trailing)..count))
            .filter(|rows| !rows.is_empty())
            .collect();
        seen.sort_by_key(|rows| rows.start);
        seen.push(count..count);
        let mut divided: Vec<UnchangedRows> = Vec::new();
        let mut add = |rows: Range<usize>, is_folded: bool| match divided.last_mut() {
            _ if rows.is_empty() => {}
            Some(last) if last.is_folded == is_folded => last.rows.end = rows.end,
            _ => divided.push(UnchangedRows { rows, is_folded }),
        };
        let mut next = 0;
        for rows in seen {
            let gap = next..rows.start.max(next);
            let is_folded = gap.len() >= FOLDED_ROWS_MIN;
            add(gap, is_folded);
            add(rows.start.max(next)..rows.end.max(next), false);
            next = next.max(rows.end);
        }
        divided
    }

    /// The places of rows, for [`OpenedLines::open`].
    pub fn places(&self, rows: Range<usize>) -> Range<usize> {
        let place = |row: usize| {
            let mut start = 0;
            for run in &self.runs {
                let count = rows_of(run);
                if row < start + count {
                    let [before, after] = [&run.before, &run.after]
                        .map(|lines| lines.end.min(lines.start + row - start));
                    return before + after;
                }
                start += count;
            }
            self.runs
                .last()
                .map_or(0, |run| run.before.end + run.after.end)
        };
        place(rows.start)..place(rows.end)
    }

    /// How many rows stand before a place.
    fn row_at(&self, place: usize) -> usize {
        let of_run = self.runs.iter().map(|run| {
            let lines = place.saturating_sub(run.before.start + run.after.start);
            let both = run.before.len().min(run.after.len());
            let rows = lines.div_ceil(2).max(lines.saturating_sub(both));
            rows.min(rows_of(run))
        });
        of_run.sum()
    }

    fn push(&mut self, before: Range<usize>, after: Range<usize>) {
        if !before.is_empty() || !after.is_empty() {
            self.runs.push(Hunk { before, after });
        }
    }

    fn non_empty(self) -> Option<Stretch> {
        (!self.runs.is_empty()).then_some(Stretch::Unchanged(self))
    }
}

fn rows_of(run: &Hunk) -> usize {
    run.before.len().max(run.after.len())
}

impl OpenedLines {
    /// All of them.
    pub fn whole() -> Self {
        let mut lines = Self::default();
        lines.open(0..usize::MAX);
        lines
    }

    /// Opens the rows at more places.
    pub fn open(&mut self, places: Range<usize>) {
        if places.is_empty() {
            return;
        }
        self.ranges.push(places);
        self.ranges.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(self.ranges.len());
        for range in self.ranges.drain(..) {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        self.ranges = merged;
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_texts::{any_space, text_pair};
    use super::super::{Space, Text};
    use super::*;
    use proptest::prelude::*;

    /// Shows the rows that are seen by the lines of the first text, `fold` for the others.
    fn check(before: &str, after: &str, space: Space, opened: &[Range<usize>], expected: &str) {
        let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
        let mut lines = OpenedLines::default();
        // What is opened stands before all changes, where each line is one of either text.
        let places = |range: &Range<usize>| 2 * range.start..range.end.saturating_mul(2);
        opened.iter().for_each(|range| lines.open(places(range)));
        let shown: Vec<String> = stretches(&comparison)
            .iter()
            .flat_map(|stretch| match stretch {
                Stretch::Change(index) => vec![format!("change {index}")],
                Stretch::Unchanged(unchanged) => {
                    let divided = unchanged.divided(&lines).into_iter();
                    let shown = divided.map(|part| {
                        let mark = if part.is_folded { "fold " } else { "" };
                        let lines = unchanged.lines(part.rows).filter_map(|(one, _)| one);
                        let lines: Vec<usize> = lines.collect();
                        format!("{mark}{}..{}", lines[0], lines[lines.len() - 1] + 1)
                    });
                    shown.collect()
                }
            })
            .collect();
        assert_eq!(shown.join(", "), expected);
    }

    fn numbered(lines: Range<usize>) -> String {
        lines.map(|line| format!("{line}\n")).collect()
    }

    #[test]
    fn folds_what_is_far_from_a_change() {
        let nine = numbered(0..9);
        check("", "", Space::Exact, &[], "");
        check(&nine, &nine, Space::Exact, &[], "fold 0..9");
        check("a", "b", Space::Exact, &[], "change 0");
        let (before, after) = (numbered(0..20), numbered(0..20).replace("\n10\n", "\nx\n"));
        check(
            &before,
            &after,
            Space::Exact,
            &[],
            "fold 0..7, 7..10, change 0, 11..14, fold 14..20",
        );
    }

    #[test]
    fn a_single_line_is_not_folded() {
        let (before, after) = (numbered(0..9), numbered(0..9).replace("4\n", "x\n"));
        check(&before, &after, Space::Exact, &[], "0..4, change 0, 5..9");
    }

    #[test]
    #[expect(
        clippy::single_range_in_vec_init,
        reason = "one range is a range, and not the numbers in it"
    )]
    fn opened_lines_are_seen() {
        let (before, after) = (numbered(0..60), numbered(0..60).replace("\n50\n", "\nx\n"));
        let check = |opened: &[Range<usize>], expected: &str| {
            check(&before, &after, Space::Exact, opened, expected);
        };
        check(
            &[0..20],
            "0..20, fold 20..47, 47..50, change 0, 51..54, fold 54..60",
        );
        check(
            &[20..46],
            "fold 0..20, 20..50, change 0, 51..54, fold 54..60",
        );
        check(&[0..usize::MAX], "0..50, change 0, 51..60");
    }

    #[test]
    fn ignored_blank_lines_are_folded_with_what_surrounds_them() {
        let (before, after) = (numbered(0..30), numbered(0..30).replace("\n9\n", "\n9\n\n"));
        let after = after.replace("\n25\n", "\nx\n");
        check(
            &before,
            &after,
            Space::IgnoreBlankLines,
            &[],
            "fold 0..22, 22..25, change 1, 26..30",
        );
    }

    #[test]
    fn ignored_blank_lines_are_opened_one_by_one() {
        let before = numbered(0..9);
        let after = before.replace("\n3\n", &format!("\n3\n{}", "\n".repeat(5)));
        let space = Space::IgnoreBlankLines;
        let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
        let [Stretch::Unchanged(unchanged)] = &stretches(&comparison)[..] else {
            panic!("nothing changed");
        };
        for rows in [0..2, 0..6, 5..8, 3..14] {
            let mut opened = OpenedLines::default();
            opened.open(unchanged.places(rows.clone()));
            let divided = unchanged.divided(&opened).into_iter();
            let seen = divided
                .filter(|part| !part.is_folded)
                .flat_map(|part| part.rows);
            assert_eq!(seen.collect::<Vec<_>>(), rows.collect::<Vec<_>>());
        }
    }

    #[test]
    fn opened_ranges_grow_together() {
        let mut opened = OpenedLines::default();
        for range in [5..9, 20..30, 9..12, 3..3, 0..2, 11..21] {
            opened.open(range);
        }
        assert_eq!(opened.ranges, [0..2, 5..30]);
    }

    proptest! {
        #[test]
        fn stretches_cover_both_texts(
            (before, after) in text_pair(),
            space in any_space(),
            opened in proptest::collection::vec((0_usize..50, 0_usize..9), 0..3),
        ) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            let mut lines = OpenedLines::default();
            opened.into_iter().for_each(|(start, length)| lines.open(start..start + length));
            let mut seen = [Vec::new(), Vec::new()];
            for stretch in stretches(&comparison) {
                match stretch {
                    Stretch::Change(index) => {
                        let hunk = &comparison.hunks[index].hunk;
                        seen[0].extend(hunk.before.clone());
                        seen[1].extend(hunk.after.clone());
                    }
                    Stretch::Unchanged(unchanged) => {
                        let mut next = 0;
                        for part in unchanged.divided(&lines) {
                            prop_assert_eq!(part.rows.start, next);
                            next = part.rows.end;
                        }
                        prop_assert_eq!(next, unchanged.row_count());
                        for (one, other) in unchanged.lines(0..next) {
                            seen[0].extend(one);
                            seen[1].extend(other);
                        }
                    }
                }
            }
            let counts = [&comparison.before, &comparison.after].map(Text::line_count);
            prop_assert_eq!(seen, counts.map(|count| (0..count).collect::<Vec<_>>()));
        }

        #[test]
        fn opening_hides_nothing((before, after) in text_pair(), space in any_space(), start in 0_usize..50, length in 1_usize..9) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            let mut lines = OpenedLines::default();
            lines.open(start..start + length);
            for stretch in stretches(&comparison) {
                let Stretch::Unchanged(unchanged) = stretch else { continue };
                let seen = |opened: &OpenedLines| -> Vec<usize> {
                    let divided = unchanged.divided(opened).into_iter();
                    divided.filter(|part| !part.is_folded).flat_map(|part| part.rows).collect()
                };
                let now = seen(&lines);
                prop_assert!(seen(&OpenedLines::default()).iter().all(|row| now.contains(row)));
            }
        }

        #[test]
        fn what_is_opened_is_seen((before, after) in text_pair(), space in any_space(), place in any::<prop::sample::Index>()) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            for stretch in stretches(&comparison) {
                let Stretch::Unchanged(unchanged) = stretch else { continue };
                for part in unchanged.divided(&OpenedLines::default()) {
                    let row = part.rows.start + place.index(part.rows.len());
                    let mut lines = OpenedLines::default();
                    lines.open(unchanged.places(row..row + 1));
                    let is_seen = |part: &UnchangedRows| !part.is_folded && part.rows.contains(&row);
                    prop_assert!(unchanged.divided(&lines).iter().any(is_seen));
                }
            }
        }
    }
}
