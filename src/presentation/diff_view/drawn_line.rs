//! What is drawn of one line, in as many rows as it takes.

use super::colours::Colours;
use super::document::DiffDocument;
use super::drawn_part::{CHARACTERS_MAX, shown_bytes};
use super::line_range::Side;
use super::look::Look;
use super::search::found_in;
use super::segments::{LineMarks, Segment, segments};
use super::wrapping::wrapped;
use std::ops::Range;
use std::sync::Arc;

/// So many columns are left for where a moved line is on the other side.
const MOVED_COLUMNS: usize = 20;

impl DiffDocument {
    /// Which of the rows that a line is continued in has a kind of segment first, from 0; nothing where what is drawn of the line
    /// has none.
    pub(super) fn first_part(
        &self,
        (side, index): (Side, usize),
        change: Option<usize>,
        look: &Look,
        is_sought: impl Fn(&Segment) -> bool,
    ) -> Option<usize> {
        let rows = self.rows_of_line((side, index), change, look, &Colours::default());
        rows.iter().position(|row| row.iter().any(&is_sought))
    }

    /// What is drawn of a line in each of the rows that it takes; no row where there is no such line.
    pub(super) fn rows_of_line(
        &self,
        (side, index): (Side, usize),
        change: Option<usize>,
        look: &Look,
        colours: &Colours,
    ) -> Arc<Vec<Vec<Segment>>> {
        let Some(line) = self.text(side).line(index) else {
            return Arc::default();
        };
        let make = || {
            let marks = self.marks(side, index, change, look, colours);
            let marks = marks.unwrap_or_default();
            let mut segments = segments(line.content, &marks);
            segments.extend(self.end_sign((side, index), line, look));
            let moved = self.moved(side, index, change);
            match look.wrap_columns {
                Some(columns) => {
                    // Where there is no room for where it moved to, that gets a row of its own.
                    wrapped(segments, columns, moved.map_or(0, |_| MOVED_COLUMNS))
                }
                None => vec![segments],
            }
        };
        if line.content.len() <= CHARACTERS_MAX {
            return Arc::new(make());
        }
        let colours = colours.spans(side, index).len();
        let key = (side, index, change, look.clone(), colours);
        self.long_lines.get(key, make)
    }

    /// What is known of a line that is drawn.
    pub(super) fn marks(
        &self,
        side: Side,
        index: usize,
        change: Option<usize>,
        look: &Look,
        colours: &Colours,
    ) -> Option<LineMarks<'_>> {
        let hunk = change.and_then(|change| self.changes.get(change));
        let compared = hunk.and_then(|hunk| self.comparison.hunks.get(*hunk));
        let changed: &[Range<usize>] = match (side, compared) {
            (_, None) => &[],
            (Side::Reference, Some(hunk)) => hunk.before_marks(index),
            (Side::Distribution, Some(hunk)) => hunk.after_marks(index),
        };
        let line = self.text(side).line(index)?;
        // Only of a line that is not drawn as a whole it matters.
        let whole = look.columns_max.unwrap_or(CHARACTERS_MAX);
        let is_cut = changed.is_empty() && line.content.len() > whole;
        let gap = compared.filter(|_| is_cut);
        let gap = gap.and_then(|hunk| match side {
            Side::Reference => hunk.gap_in_before(index),
            Side::Distribution => hunk.gap_in_after(index),
        });
        let unmarked = compared.filter(|hunk| is_cut && hunk.word_limit.is_some());
        let gap = gap.or_else(|| {
            let is_before = side == Side::Reference;
            self.comparison
                .first_difference(unmarked?, is_before, index)
        });
        let shown = shown_bytes(line.content, changed, gap);
        let mut found = found_in(line.content, &shown, &look.wanted);
        let wanted_end = self.wanted_end(&look.wanted);
        let before_end = wanted_end.and_then(|wanted| wanted.before_end_of(line));
        if let Some(before_end) = before_end.filter(|range| !range.is_empty()) {
            // The sign may stand in the text as well, and what is found there reach into this.
            found.retain(|range| range.end <= before_end.start);
            found.push(before_end);
        }
        Some(LineMarks {
            changed,
            gap,
            found,
            spans: colours.spans(side, index),
            shows_space: look.shows_space,
            columns_max: look.columns_max,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::file;
    use super::*;
    use crate::diff::{OpenedLines, Space};
    use crate::presentation::diff_view::{Layout, Row};

    #[test]
    fn a_very_long_line_that_lacks_something_is_shown_where_it_lacks_it() {
        let line = "012345678 ".repeat(2_000);
        let longer = format!("{}alma {}", &line[..10_000], &line[10_000..]);
        let check = |one: &str, other: &str| {
            let file = file(Some(one), Some(other));
            let document = DiffDocument::compared_here(&file, Space::Exact);
            let look = Look::default();
            let rows = document.rows(Layout::Split, &OpenedLines::default(), &look);
            let Row::Line(row) = document.row(rows.slot(0).unwrap(), &look, &Colours::default())
            else {
                panic!("a line");
            };
            for cell in [row.reference, row.distribution] {
                let segments = cell.unwrap().segments;
                assert_eq!(segments[0].text, "⟨9,500 more characters⟩");
                assert!(segments[1].text.starts_with("012345678 "));
            }
        };
        check(&line, &longer);
        check(&longer, &line);
    }

    #[test]
    fn very_long_lines_whose_words_are_not_compared_are_shown_where_they_differ() {
        let line = |end: &str| format!("{}{end}\n", "012345678,".repeat(8_000));
        let (before, after) = (line("a") + &line("b"), line("A") + &line("B"));
        let file = file(Some(&before), Some(&after));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let look = Look::default();
        let rows = document.rows(Layout::Split, &OpenedLines::default(), &look);
        let Row::Line(row) = document.row(rows.slot(1).unwrap(), &look, &Colours::default()) else {
            panic!("a line");
        };
        let shown = [row.reference, row.distribution].map(|cell| {
            let segments = cell.unwrap().segments;
            assert_eq!(segments[0].text, "⟨79,500 more characters⟩");
            segments[1].text.chars().last()
        });
        assert_eq!(shown, [Some('b'), Some('B')]);
    }
}
