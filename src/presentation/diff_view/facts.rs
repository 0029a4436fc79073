//! What the texts of a file tell as a whole. It takes a look at every byte, so it is found once, with the comparison.

use super::drawn_part::CHARACTERS_MAX;
use super::wrapping::TAB_COLUMNS;
use crate::diff::{LineEnd, Text, TextComparison};
use crate::presentation::hidden_characters::is_directional;
use crate::syntax::HIGHLIGHTED_BYTES_MAX;

/// What both texts tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiffFacts {
    /// Of the reference's and of the distribution's text.
    pub(super) sides: [SideFacts; 2],
    /// Whether the lines are the same but for their ends.
    pub(super) same_but_for_line_ends: bool,
}

/// What one text tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SideFacts {
    /// The width of the widest line, in columns of the monospaced font, as far as it is drawn.
    pub(super) columns: usize,
    /// Whether lines end as on Unix.
    pub(super) has_line_feeds: bool,
    /// Whether lines end as on Windows.
    pub(super) has_windows_ends: bool,
    /// Whether characters change the direction of text.
    pub(super) has_directional: bool,
    /// Whether some bytes are no UTF-8.
    pub(super) has_stray_bytes: bool,
    /// How many lines are longer than what is drawn of one.
    pub(super) long_lines: usize,
    /// How many lines are longer than what is coloured of one.
    pub(super) half_coloured_lines: usize,
}

impl DiffFacts {
    /// The facts of a comparison's texts.
    pub(super) fn of(comparison: &TextComparison) -> Self {
        let (before, after) = (&comparison.before, &comparison.after);
        let contents = |text| Text::lines(text, 0..usize::MAX).map(|line| line.content);
        Self {
            sides: [before, after].map(SideFacts::of),
            same_but_for_line_ends: contents(before).eq(contents(after)),
        }
    }

    /// Whether some lines end as on Unix and others as on Windows, so that it has to be told which.
    pub(super) fn line_ends_vary(&self) -> bool {
        let has = |end: fn(&SideFacts) -> bool| self.sides.iter().any(end);
        has(|side| side.has_line_feeds) && has(|side| side.has_windows_ends)
    }

    pub(super) fn to_numbers(self) -> Vec<u32> {
        let mut numbers = vec![u32::from(self.same_but_for_line_ends)];
        for side in self.sides {
            let flags = [
                side.has_line_feeds,
                side.has_windows_ends,
                side.has_directional,
                side.has_stray_bytes,
            ];
            numbers.extend(flags.map(u32::from));
            let counts = [side.columns, side.long_lines, side.half_coloured_lines];
            numbers.extend(counts.map(|count| count as u32));
        }
        numbers
    }

    /// Reads what [`Self::to_numbers`] wrote; `None` where it is of another form.
    pub(super) fn from_numbers(numbers: &[u32]) -> Option<Self> {
        let (same, rest) = numbers.split_first()?;
        let (sides, []) = rest.as_chunks::<7>() else {
            return None;
        };
        let side =
            |[feeds, windows, directional, stray, columns, long, half]: &[u32; 7]| SideFacts {
                has_line_feeds: *feeds != 0,
                has_windows_ends: *windows != 0,
                has_directional: *directional != 0,
                has_stray_bytes: *stray != 0,
                columns: *columns as usize,
                long_lines: *long as usize,
                half_coloured_lines: *half as usize,
            };
        let [before, after] = sides else {
            return None;
        };
        Some(Self {
            sides: [side(before), side(after)],
            same_but_for_line_ends: *same != 0,
        })
    }
}

impl SideFacts {
    fn of(text: &Text) -> Self {
        let is_ascii = text.bytes().is_ascii();
        let mut chunks = text.bytes().utf8_chunks();
        let mut facts = Self {
            has_directional: !is_ascii
                && chunks.any(|chunk| chunk.valid().contains(is_directional)),
            has_stray_bytes: !is_ascii && std::str::from_utf8(text.bytes()).is_err(),
            ..Self::default()
        };
        for line in text.lines(0..text.line_count()) {
            facts.has_line_feeds |= line.end == LineEnd::LineFeed;
            facts.has_windows_ends |= line.end == LineEnd::CarriageReturnLineFeed;
            facts.columns = facts.columns.max(columns(line.content));
            facts.long_lines += usize::from(is_long(line.content));
            let is_half_coloured = line.content.len() > HIGHLIGHTED_BYTES_MAX;
            facts.half_coloured_lines += usize::from(is_half_coloured);
        }
        facts
    }
}

/// Whether a line has more characters than are drawn of one. None has more than four bytes, so that it need not be read where it
/// is very long.
fn is_long(line: &[u8]) -> bool {
    line.len() > 4 * CHARACTERS_MAX
        || line.len() > CHARACTERS_MAX
            && String::from_utf8_lossy(line)
                .chars()
                .nth(CHARACTERS_MAX)
                .is_some()
}

/// The columns of a line, as far as it is drawn. A stray byte or a hidden character takes more than one, which is reckoned with
/// generously rather than measured.
fn columns(line: &[u8]) -> usize {
    if is_plain(line) {
        return line.len().min(2 * CHARACTERS_MAX);
    }
    let signs = if line.is_ascii() { 0 } else { 10 };
    let wide = line
        .iter()
        .take(4 * CHARACTERS_MAX)
        .fold(0, |column, byte| match byte {
            b'\t' => column + TAB_COLUMNS - column % TAB_COLUMNS,
            0x80..=0xbf => column,
            0x00..=0x1f => column + TAB_COLUMNS,
            0xe0.. => column + 2,
            _ => column + 1,
        });
    (wide + signs).min(2 * CHARACTERS_MAX)
}

/// The columns of a line that is drawn as it is, a character for a byte; nothing for any other.
pub(super) fn plain_width(line: &[u8]) -> Option<usize> {
    (line.len() <= CHARACTERS_MAX && is_plain(line)).then_some(line.len())
}

/// Whether all bytes are spaces and visible characters of ASCII. Eight bytes at a time, since every byte of every text is
/// looked at; the last eight may be looked at twice.
fn is_plain(line: &[u8]) -> bool {
    const EACH: u64 = u64::MAX / 0xff;
    const HIGH: u64 = EACH * 0x80;
    let others = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        let below_space = eight.wrapping_sub(EACH * 0x20) & !eight;
        // The next byte after the tilde has the highest bit once one is added.
        let above_tilde = eight.wrapping_add(EACH) | eight;
        (below_space | above_tilde) & HIGH
    };
    let Some(last) = line.last_chunk::<8>() else {
        return line.iter().all(|byte| (b' '..=b'~').contains(byte));
    };
    let (eights, _) = line.as_chunks::<8>();
    let found = eights.iter().fold(0, |found, eight| found | others(eight));
    found | others(last) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_byte_is_plain_or_not_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for place in 0..11 {
                let mut line = *b"plain bytes";
                line[place] = byte;
                assert_eq!(is_plain(&line), (b' '..=b'~').contains(&byte), "{byte}");
            }
        }
    }

    #[test]
    fn a_line_is_long_by_its_characters() {
        let check = |line: &[u8], expected: [bool; 2]| {
            let of_count = |count: usize| is_long(&line.repeat(count));
            assert_eq!([CHARACTERS_MAX, CHARACTERS_MAX + 1].map(of_count), expected);
        };
        check(b"a", [false, true]);
        check("ä".as_bytes(), [false, true]);
        check("😀".as_bytes(), [false, true]);
        check(b"\xff", [false, true]);
        check(b"", [false, false]);
    }

    proptest! {
        #[test]
        fn bytes_are_plain_where_each_is(line in proptest::collection::vec(prop_oneof![8 => b' '..=b'~', 1 => any::<u8>()], 0..40)) {
            let each = line.iter().all(|byte| (b' '..=b'~').contains(byte));
            prop_assert_eq!(is_plain(&line), each);
        }
    }
}
