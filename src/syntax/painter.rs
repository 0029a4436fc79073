//! A place in a line, and the classes of what lies before it.

use super::SyntaxClass;

/// Paints a line from its start to its end. What is passed over is plain.
pub(super) struct Painter<'line> {
    line: &'line [u8],
    at: usize,
    /// Runs of one class, each with its length in bytes.
    runs: Vec<(SyntaxClass, usize)>,
}

impl<'line> Painter<'line> {
    pub(super) fn new(line: &'line [u8], runs: Vec<(SyntaxClass, usize)>) -> Self {
        Self { line, at: 0, runs }
    }

    /// The runs, which cover the whole line.
    pub(super) fn finish(mut self) -> Vec<(SyntaxClass, usize)> {
        self.rest(SyntaxClass::Plain);
        self.runs
    }

    /// What is not painted yet.
    pub(super) fn ahead(&self) -> &'line [u8] {
        &self.line[self.at..]
    }

    /// What is painted already.
    pub(super) fn behind(&self) -> &'line [u8] {
        &self.line[..self.at]
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.ahead().first().copied()
    }

    /// Paints the next `length` bytes, as far as there are any.
    pub(super) fn paint(&mut self, class: SyntaxClass, length: usize) {
        let length = length.min(self.line.len() - self.at);
        if length == 0 {
            return;
        }
        self.at += length;
        match self.runs.last_mut() {
            Some((last, run)) if *last == class => *run += length,
            _ => self.runs.push((class, length)),
        }
    }

    /// Paints all that is left.
    pub(super) fn rest(&mut self, class: SyntaxClass) {
        self.paint(class, self.line.len());
    }

    /// Paints the bytes that come next for as long as `holds` is true of them.
    pub(super) fn paint_while(&mut self, class: SyntaxClass, holds: impl Fn(u8) -> bool) {
        self.paint(class, run_length(self.ahead(), holds));
    }

    /// Paints up to and with the first `end`; the whole rest where there is none, which is `false`.
    pub(super) fn paint_through(&mut self, class: SyntaxClass, end: &[u8]) -> bool {
        let ahead = self.ahead();
        let found = ahead.windows(end.len()).position(|window| window == end);
        self.paint(class, found.map_or(ahead.len(), |start| start + end.len()));
        found.is_some()
    }

    /// Paints up to and with the first quote that no backslash stands before; `false` where there is none.
    pub(super) fn paint_quoted(&mut self, class: SyntaxClass, quote: u8) -> bool {
        let mut escaped = false;
        for (index, byte) in self.ahead().iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                _ if *byte == quote => {
                    self.paint(class, index + 1);
                    return true;
                }
                _ => {}
            }
        }
        self.rest(class);
        false
    }

    /// Paints a word by whether it is a keyword or a number. There is one ahead.
    pub(super) fn paint_word(&mut self, keywords: &[&str]) {
        let length = run_length(self.ahead(), is_word);
        let word = &self.ahead()[..length];
        let class = if keywords.iter().any(|keyword| keyword.as_bytes() == word) {
            SyntaxClass::Keyword
        } else if word.first().is_some_and(u8::is_ascii_digit) {
            SyntaxClass::Number
        } else {
            SyntaxClass::Plain
        };
        self.paint(class, length);
    }
}

/// How many bytes at the start something is true of.
pub(super) fn run_length(bytes: &[u8], holds: impl Fn(u8) -> bool) -> usize {
    let end = bytes.iter().position(|byte| !holds(*byte));
    end.unwrap_or(bytes.len())
}

/// Letters, digits, underscores and all that is not ASCII.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Spaces and tabs.
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}
