//! Splits bytes into lines, keeping how each line ends.

use memchr::memchr_iter;
use std::ops::Range;
use std::sync::Arc;

/// A text of any bytes, split at each line feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Shared, so that one copy serves all that show it.
    bytes: Arc<Vec<u8>>,
    /// Where each line stops, its end included.
    stops: Vec<usize>,
}

/// One line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'text> {
    /// The bytes of the line without its end.
    pub content: &'text [u8],
    /// How the line ends.
    pub end: LineEnd,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`, as on Unix.
    LineFeed,
    /// `\r\n`, as on Windows.
    CarriageReturnLineFeed,
    /// Nothing: the text stops here.
    Missing,
}

impl Text {
    /// The text of these bytes. No bytes are a text of no lines.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self::shared(Arc::new(bytes.into()))
    }

    /// The text of bytes that others have, too.
    pub fn shared(bytes: Arc<Vec<u8>>) -> Self {
        let mut stops: Vec<usize> = memchr_iter(b'\n', &bytes).map(|at| at + 1).collect();
        if bytes.last().is_some_and(|byte| *byte != b'\n') {
            stops.push(bytes.len());
        }
        Self { bytes, stops }
    }

    /// Where each line stops, in bytes, its end included; a text of more than 4 GB has none here.
    pub fn stops(&self) -> Vec<u32> {
        let stops = self.stops.iter();
        stops.map_while(|stop| u32::try_from(*stop).ok()).collect()
    }

    /// The text of bytes of which it is known where each line stops, which spares looking at them all. `None` where these are
    /// not the stops of lines in this text; whether one was left out is not looked for.
    pub fn with_stops(bytes: Arc<Vec<u8>>, stops: &[u32]) -> Option<Self> {
        let stops: Vec<usize> = stops.iter().map(|stop| *stop as usize).collect();
        let ends_line = |stop: &usize| stop.checked_sub(1).and_then(|last| bytes.get(last));
        let rises = stops.is_sorted_by(|one, next| one < next);
        let whole = stops.last().copied().unwrap_or(0) == bytes.len();
        let (_, inner) = stops.split_last().unwrap_or((&0, &[]));
        let is_sound = rises && whole && inner.iter().all(|stop| ends_line(stop) == Some(&b'\n'));
        is_sound.then_some(Self { bytes, stops })
    }

    /// All its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many lines it has; a last one without an end counts.
    pub fn line_count(&self) -> usize {
        self.stops.len()
    }

    /// The line at an index that counts from 0; nothing past the last.
    pub fn line(&self, index: usize) -> Option<Line<'_>> {
        self.raw_line(index).map(Line::split)
    }

    /// The lines of a range that counts from 0, as far as there are any.
    pub fn lines(&self, range: Range<usize>) -> impl Iterator<Item = Line<'_>> {
        self.raw_lines(range).map(Line::split)
    }

    /// The lines of a range with their ends.
    pub fn raw_lines(&self, range: Range<usize>) -> impl Iterator<Item = &[u8]> {
        range.map_while(|index| self.raw_line(index))
    }

    /// The bytes of a range of lines that counts from 0, as far as there are any, and where they begin.
    pub fn bytes_of(&self, lines: Range<usize>) -> (usize, &[u8]) {
        let stop_before = |line: usize| {
            let last = line.min(self.stops.len()).checked_sub(1);
            last.map_or(0, |last| self.stops[last])
        };
        let (start, end) = (stop_before(lines.start), stop_before(lines.end));
        (start, &self.bytes[start..end.max(start)])
    }

    /// The line, from 0, that has a byte; that after the last where there is no such byte.
    pub fn line_at(&self, byte: usize) -> usize {
        self.stops.partition_point(|stop| *stop <= byte)
    }

    /// Where a line stops, in bytes, its end included; the end of the text past the last.
    pub fn stop_of(&self, line: usize) -> usize {
        self.stops.get(line).copied().unwrap_or(self.bytes.len())
    }

    fn raw_line(&self, index: usize) -> Option<&[u8]> {
        let stop = *self.stops.get(index)?;
        let start = index
            .checked_sub(1)
            .map_or(0, |previous| self.stops[previous]);
        Some(&self.bytes[start..stop])
    }
}

impl<'text> Line<'text> {
    /// Takes the end off a line.
    pub fn split(raw: &'text [u8]) -> Self {
        let (content, end) = match raw {
            [content @ .., b'\r', b'\n'] => (content, LineEnd::CarriageReturnLineFeed),
            [content @ .., b'\n'] => (content, LineEnd::LineFeed),
            content => (content, LineEnd::Missing),
        };
        Self { content, end }
    }
}

impl LineEnd {
    /// The bytes that it stands for.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::LineFeed => b"\n",
            Self::CarriageReturnLineFeed => b"\r\n",
            Self::Missing => b"",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LineEnd::{CarriageReturnLineFeed, LineFeed, Missing};
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[(&str, LineEnd)]) {
        let text = Text::new(text);
        let lines: Vec<(&str, LineEnd)> = text
            .lines(0..usize::MAX)
            .map(|line| (std::str::from_utf8(line.content).unwrap(), line.end))
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_and_bytes_know_one_another() {
        let text = Text::new("ab\n\ncd");
        let of = |lines| text.bytes_of(lines);
        assert_eq!(of(0..2), (0, &b"ab\n\n"[..]));
        assert_eq!(of(1..9), (3, &b"\ncd"[..]));
        assert_eq!(of(9..12), (6, &b""[..]));
        assert_eq!(
            [0, 2, 3, 4, 9].map(|byte| text.line_at(byte)),
            [0, 0, 1, 2, 3]
        );
        assert_eq!([0, 2, 3].map(|line| text.stop_of(line)), [3, 6, 6]);
    }

    #[test]
    fn splits_at_line_feeds() {
        check("", &[]);
        check("\n", &[("", LineFeed)]);
        check("a\n\nb", &[("a", LineFeed), ("", LineFeed), ("b", Missing)]);
        check(
            "a\r\nb\r",
            &[("a", CarriageReturnLineFeed), ("b\r", Missing)],
        );
    }

    #[test]
    fn stops_that_are_none_are_refused() {
        let check = |stops: &[u32], expected: bool| {
            let text = Text::with_stops(Arc::new(b"a\nbc\nd".to_vec()), stops);
            assert_eq!(text.is_some(), expected, "{stops:?}");
        };
        check(&[2, 5, 6], true);
        check(&[2, 5], false);
        check(&[1, 5, 6], false);
        check(&[5, 2, 6], false);
        check(&[2, 5, 6, 9], false);
        check(&[0, 2, 5, 6], false);
    }

    proptest! {
        #[test]
        fn stops_are_read_back(bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), any::<u8>()], 0..60)) {
            let text = Text::new(bytes.clone());
            prop_assert_eq!(Text::with_stops(Arc::new(bytes), &text.stops()), Some(text));
        }

        #[test]
        fn lines_and_their_ends_are_the_text(bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), any::<u8>()], 0..60)) {
            let text = Text::new(bytes.clone());
            let joined: Vec<u8> = text
                .lines(0..text.line_count())
                .flat_map(|line| [line.content, line.end.bytes()].concat())
                .collect();
            prop_assert_eq!(joined, bytes);
        }
    }
}
