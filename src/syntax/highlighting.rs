//! The classes of all pieces of a text, line by line.

use super::painter::Painter;
use super::{Language, SyntaxClass};
use std::ops::Range;

/// How many bytes of a line are classed; what comes after is plain, since no line is drawn that far.
pub const HIGHLIGHTED_BYTES_MAX: usize = 20_000;

/// The classes of a text's pieces. Lines count from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlighting {
    /// For each line where its runs end in `runs`.
    ends: Vec<u32>,
    /// Runs of one class that follow one another: the class's number times 65,536, plus the length in bytes.
    runs: Vec<u32>,
}

/// A piece of a line that is not plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it stands in the line, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub class: SyntaxClass,
}

/// Classes the lines of a text, which are given in order and without their ends.
pub fn highlight<'text>(
    lines: impl Iterator<Item = &'text [u8]>,
    language: Language,
) -> Highlighting {
    let mut highlighting = Highlighting::default();
    if language == Language::Plain {
        return highlighting;
    }
    let mut lexer = language.lexer();
    let mut buffer = Vec::new();
    for line in lines {
        let length = classed_length(line);
        let mut painter = Painter::new(&line[..length], buffer);
        lexer.line(&mut painter);
        if length < line.len() {
            lexer.close();
        }
        buffer = painter.finish();
        let is_plain = |(class, _): &(SyntaxClass, usize)| *class == SyntaxClass::Plain;
        if !buffer.iter().all(is_plain) {
            let runs = buffer.iter();
            highlighting
                .runs
                .extend(runs.map(|(class, length)| ((*class as u32) << 16) | *length as u32));
        }
        highlighting.ends.push(highlighting.runs.len() as u32);
        buffer.clear();
    }
    highlighting
}

impl Highlighting {
    /// How many lines are classed; none of a text that is plain.
    pub fn line_count(&self) -> usize {
        self.ends.len()
    }

    /// The spans of a line, in order; none for a line that is plain or not there.
    pub fn spans(&self, line: usize) -> impl Iterator<Item = Span> {
        let end = |line: usize| self.ends.get(line).map(|end| *end as usize);
        let start = line.checked_sub(1).map_or(Some(0), end);
        let range = start.zip(end(line)).map(|(start, end)| start..end);
        let runs = range.and_then(|range| self.runs.get(range));
        let mut at = 0;
        runs.into_iter().flatten().filter_map(move |run| {
            let range = at..at + (run & 0xffff) as usize;
            at = range.end;
            let class = *SyntaxClass::ALL.get((run >> 16) as usize)?;
            (class != SyntaxClass::Plain).then_some(Span { range, class })
        })
    }

    /// As numbers, for a message: how many lines there are, the lines' ends, the runs.
    pub fn into_numbers(self) -> Vec<u32> {
        let mut numbers = vec![self.ends.len() as u32];
        numbers.extend(self.ends);
        numbers.extend(self.runs);
        numbers
    }

    /// Reads what [`Self::into_numbers`] wrote; `None` where it is nothing of that form.
    pub fn from_numbers(numbers: &[u32]) -> Option<Self> {
        let (count, rest) = numbers.split_first()?;
        let (ends, runs) = rest.split_at_checked(*count as usize)?;
        let is_sound = ends.is_sorted() && ends.last().copied().unwrap_or(0) as usize == runs.len();
        is_sound.then(|| Self {
            ends: ends.to_vec(),
            runs: runs.to_vec(),
        })
    }
}

/// The length of what is classed of a line: no more than the limit, and no part of a character.
fn classed_length(line: &[u8]) -> usize {
    if line.len() <= HIGHLIGHTED_BYTES_MAX {
        return line.len();
    }
    let is_within = |byte: u8| (0x80..0xc0).contains(&byte);
    let mut length = HIGHLIGHTED_BYTES_MAX;
    while length > 0 && is_within(line[length]) {
        length -= 1;
    }
    length
}
