//! Splits bytes into lines, keeping how each line ends.

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
        let feeds = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let mut stops: Vec<usize> = feeds.map(|(at, _)| at + 1).collect();
        if bytes.last().is_some_and(|byte| *byte != b'\n') {
            stops.push(bytes.len());
        }
        Self { bytes, stops }
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
    fn splits_at_line_feeds() {
        check("", &[]);
        check("\n", &[("", LineFeed)]);
        check("a\n\nb", &[("a", LineFeed), ("", LineFeed), ("b", Missing)]);
        check(
            "a\r\nb\r",
            &[("a", CarriageReturnLineFeed), ("b\r", Missing)],
        );
    }

    proptest! {
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
