//! The colours of both texts, which are known of the first lines before they are of all.

use super::line_range::Side;
use super::rows::Slot;
use crate::syntax::{Highlighting, Span};

/// The classes of the pieces of both texts, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    sides: [Highlighting; 2],
}

impl Colours {
    /// The colours of the reference's and of the distribution's text.
    pub(super) fn new(sides: [Highlighting; 2]) -> Self {
        Self { sides }
    }

    /// Whether all lines of a row have their colours.
    pub fn cover(&self, slot: Slot) -> bool {
        let Slot::Line {
            reference,
            distribution,
            ..
        } = slot
        else {
            return true;
        };
        let sides = [reference, distribution].into_iter().zip(&self.sides);
        let mut lines = sides.filter_map(|(line, side)| Some((line?, side)));
        lines.all(|(line, side)| line < side.line_count())
    }

    pub(super) fn spans(&self, side: Side, line: usize) -> Vec<Span> {
        let [reference, distribution] = &self.sides;
        let of_side = match side {
            Side::Reference => reference,
            Side::Distribution => distribution,
        };
        of_side.spans(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Language, highlight};

    #[test]
    fn a_row_is_covered_where_both_of_its_lines_are() {
        let of = |count: usize| {
            let lines = std::iter::repeat_n(&b"Name: a"[..], count);
            highlight(lines, Language::Spec)
        };
        let colours = Colours::new([of(3), of(2)]);
        let check = |reference: Option<usize>, distribution: Option<usize>, expected: bool| {
            let slot = Slot::Line {
                reference,
                distribution,
                change: None,
                part: 0,
            };
            assert_eq!(colours.cover(slot), expected);
        };
        check(Some(2), None, true);
        check(Some(1), Some(1), true);
        check(Some(2), Some(2), false);
        check(None, Some(2), false);
        assert!(colours.cover(Slot::Heading { change: 0 }));
    }
}
