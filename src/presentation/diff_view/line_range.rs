//! A range of lines that a link points to, and the fragment of an address that names it: `R10-R20`.

use crate::report::HunkRecord;
use std::fmt::{self, Display, Formatter};

/// One side of a diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The reference's: `L`, for it stands on the left.
    Reference,
    /// The distribution's: `R`, for it stands on the right.
    Distribution,
}

/// Lines of one side, from the first to the last, both included. Numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRange {
    side: Side,
    first: usize,
    last: usize,
}

impl LineRange {
    /// The lines between two, in whichever order; a number of 0 counts as 1.
    pub fn new(side: Side, one: usize, other: usize) -> Self {
        Self {
            side,
            first: one.min(other).max(1),
            last: one.max(other).max(1),
        }
    }

    /// The lines of a hunk: the distribution's where it has any, else the reference's.
    pub fn of_hunk(hunk: &HunkRecord) -> Self {
        let (side, first, count) = if hunk.after_lines > 0 {
            (Side::Distribution, hunk.after_line, hunk.after_lines)
        } else {
            (Side::Reference, hunk.before_line, hunk.before_lines)
        };
        let first = first as usize;
        Self::new(side, first, first + (count as usize).saturating_sub(1))
    }

    /// The lines of a hunk in words: `line 10`, `lines 10–12`, those of the reference as removed ones.
    pub fn in_words(self) -> String {
        let numbers = self.numbers_in_words();
        match self.side {
            Side::Reference => format!("removed {numbers}"),
            Side::Distribution => numbers,
        }
    }

    /// `line 10` or `lines 10–12`, whosever they are.
    pub(super) fn numbers_in_words(self) -> String {
        if self.first == self.last {
            format!("line {}", self.first)
        } else {
            format!("lines {}–{}", self.first, self.last)
        }
    }

    /// Reads a fragment, with or without its `#`: `L10`, `L10-L20` or `L10-20`, with letters of either size.
    pub fn parse(fragment: &str) -> Option<Self> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (first, last) = match fragment.split_once('-') {
            Some((first, last)) => (first, Some(last)),
            None => (fragment, None),
        };
        let (side, first) = [Side::Reference, Side::Distribution]
            .into_iter()
            .find_map(|side| Some((side, side.strip_letter(first)?)))?;
        let first = line_number(first)?;
        let last = match last {
            Some(last) => line_number(side.strip_letter(last).unwrap_or(last))?,
            None => first,
        };
        Some(Self::new(side, first, last))
    }

    /// What is said of a fragment that is meant to name lines, and names none, such as `R10-L12`; nothing of any other, which may
    /// belong to something else on the page.
    pub fn note_on(fragment: &str) -> Option<&'static str> {
        let name = fragment.strip_prefix('#').unwrap_or(fragment);
        let mut letters = name.bytes();
        let is_letter = |byte: u8| b"LRlr".contains(&byte);
        let begins = letters.next().is_some_and(is_letter)
            && letters.next().is_some_and(|byte| byte.is_ascii_digit());
        let is_meant =
            begins && letters.all(|byte| byte.is_ascii_digit() || byte == b'-' || is_letter(byte));
        (is_meant && Self::parse(fragment).is_none())
            .then_some("The link names no lines of this file.")
    }

    /// Whose lines they are.
    pub fn side(self) -> Side {
        self.side
    }

    /// The first line's number.
    pub fn first(self) -> usize {
        self.first
    }

    /// The last line's number.
    pub fn last(self) -> usize {
        self.last
    }

    /// Whether a line is one of them.
    pub fn contains(self, side: Side, number: usize) -> bool {
        self.side == side && (self.first..=self.last).contains(&number)
    }

    /// The range after a click on a line's number: that line, or nothing where it was alone already. When the click
    /// extends (Shift was held), the range up to that line.
    pub fn clicked(current: Option<Self>, side: Side, number: usize, extend: bool) -> Option<Self> {
        let line = Self::new(side, number, number);
        match current {
            Some(range) if extend && range.side == side => {
                let anchor = if number < range.first {
                    range.last
                } else {
                    range.first
                };
                Some(Self::new(side, anchor, number))
            }
            Some(range) if !extend && range == line => None,
            _ => Some(line),
        }
    }
}

impl Side {
    /// The letter that stands for it in an address.
    pub fn letter(self) -> char {
        match self {
            Self::Reference => 'L',
            Self::Distribution => 'R',
        }
    }

    /// What follows the letter, great or small, where it stands first.
    fn strip_letter(self, text: &str) -> Option<&str> {
        let letter = self.letter();
        text.strip_prefix([letter, letter.to_ascii_lowercase()])
    }
}

/// The fragment, without `#`.
impl Display for LineRange {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let letter = self.side.letter();
        write!(formatter, "{letter}{}", self.first)?;
        if self.last != self.first {
            write!(formatter, "-{letter}{}", self.last)?;
        }
        Ok(())
    }
}

/// A line's number: decimal, without a sign, not 0.
fn line_number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten()?;
    (number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(fragment: &str, expected: Option<&str>) {
        let range = LineRange::parse(fragment).map(|range| range.to_string());
        assert_eq!(range.as_deref(), expected);
    }

    #[test]
    fn fragments_are_read() {
        check("#R10-R20", Some("R10-R20"));
        check("L7", Some("L7"));
        check("L7-L7", Some("L7"));
        check("R20-R10", Some("R10-R20"));
        check("R10-20", Some("R10-R20"));
        check("r1", Some("R1"));
        check("#l10-r12", None);
        check("#l10-L12", Some("L10-L12"));
        for wrong in [
            "",
            "#",
            "R",
            "R0",
            "R-1",
            "R+1",
            "R1-",
            "R1-L2",
            "X1",
            "R1-R2-R3",
            "R99999999999999999999",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_fragment_that_is_meant_to_name_lines_and_names_none_is_told() {
        let check = |fragment: &str, is_told: bool| {
            assert_eq!(
                LineRange::note_on(fragment).is_some(),
                is_told,
                "{fragment}"
            );
        };
        for fragment in [
            "#R10-L12",
            "R0",
            "#r5-",
            "R99999999999999999999",
            "R1-R2-R3",
        ] {
            check(fragment, true);
        }
        for fragment in [
            "", "#", "#R10", "#r30-40", "#main", "l10n", "R", "release", "#L-1",
        ] {
            check(fragment, false);
        }
    }

    #[test]
    fn a_click_links_a_line_and_extends_a_range() {
        let clicked = |current: &str, number, extend| {
            LineRange::clicked(
                LineRange::parse(current),
                Side::Distribution,
                number,
                extend,
            )
            .map(|range| range.to_string())
        };
        assert_eq!(clicked("", 5, false).as_deref(), Some("R5"));
        assert_eq!(clicked("R5", 5, false), None);
        assert_eq!(clicked("R5", 9, true).as_deref(), Some("R5-R9"));
        assert_eq!(clicked("R5-R9", 7, true).as_deref(), Some("R5-R7"));
        assert_eq!(clicked("R5-R9", 2, true).as_deref(), Some("R2-R9"));
        assert_eq!(clicked("R5-R9", 5, false).as_deref(), Some("R5"));
        assert_eq!(clicked("L5", 9, true).as_deref(), Some("R9"));
    }

    #[test]
    fn a_hunk_is_linked_on_the_side_that_has_its_lines() {
        let check = |lines: [u32; 4], expected: &str, words: &str| {
            let hunk = HunkRecord {
                file: "a.spec".to_owned(),
                before_line: lines[0],
                before_lines: lines[1],
                after_line: lines[2],
                after_lines: lines[3],
            };
            let range = LineRange::of_hunk(&hunk);
            assert_eq!(
                (range.to_string().as_str(), range.in_words().as_str()),
                (expected, words)
            );
        };
        check([9, 0, 10, 3], "R10-R12", "lines 10–12");
        check([4, 1, 4, 1], "R4", "line 4");
        check([7, 2, 6, 0], "L7-L8", "removed lines 7–8");
    }

    proptest! {
        #[test]
        fn every_range_is_written_and_read_back(one in 1_usize.., other in 1_usize.., left: bool) {
            let side = if left { Side::Reference } else { Side::Distribution };
            let range = LineRange::new(side, one, other);
            prop_assert_eq!(LineRange::parse(&range.to_string()), Some(range));
        }

        #[test]
        fn what_is_read_is_written_the_same_way_again(fragment in "#?[LRXlr]?[0-9]{0,3}(-[LRlr]?[0-9]{0,3})?") {
            if let Some(range) = LineRange::parse(&fragment) {
                prop_assert_eq!(LineRange::parse(&range.to_string()), Some(range));
            }
        }
    }
}
