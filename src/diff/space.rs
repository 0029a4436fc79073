//! Decides which white space counts when lines and words are compared.

use super::text::Line;
use std::borrow::Cow;
use std::hash::{Hash, Hasher};

/// Which white space counts. What is ignored are spaces, tabs, line feeds and carriage returns, as by git's options of the same
/// meaning: a form feed counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Space {
    /// All of it, line ends too.
    #[default]
    Exact,
    /// All but that at the end of a line, the line end among it (`git diff --ignore-space-at-eol`).
    IgnoreTrailing,
    /// None (`git diff --ignore-all-space`).
    IgnoreAll,
    /// All of it, but changes of nothing but lines of white space are none. To `git diff --ignore-blank-lines` only lines without
    /// anything are blank.
    IgnoreBlankLines,
}

/// A line as the comparison sees it: equal where what counts is equal.
#[derive(Debug)]
pub(super) struct ComparedLine<'text> {
    counts: Cow<'text, [u8]>,
    raw: &'text [u8],
}

impl Space {
    /// What the comparison sees of a line that is given with its end.
    pub(super) fn compared(self, raw: &[u8]) -> ComparedLine<'_> {
        let counts = match self {
            Self::Exact | Self::IgnoreBlankLines => Cow::Borrowed(raw),
            Self::IgnoreTrailing => Cow::Borrowed(without_trailing(raw)),
            Self::IgnoreAll => {
                let kept = raw.iter().filter(|byte| !is_ignorable(**byte));
                Cow::Owned(kept.copied().collect())
            }
        };
        ComparedLine { counts, raw }
    }

    /// Whether it counts how lines end.
    pub fn counts_line_ends(self) -> bool {
        match self {
            Self::Exact | Self::IgnoreBlankLines => true,
            Self::IgnoreTrailing | Self::IgnoreAll => false,
        }
    }

    /// The length in bytes of what of a line counts, from its start; inside of that, space counts unless all is ignored.
    pub(super) fn counted_length(self, line: Line<'_>) -> usize {
        match self {
            Self::Exact | Self::IgnoreBlankLines => line.content.len(),
            Self::IgnoreTrailing | Self::IgnoreAll => without_trailing(line.content).len(),
        }
    }
}

/// Whether a byte is white space that can be ignored.
pub(super) fn is_ignorable(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn without_trailing(line: &[u8]) -> &[u8] {
    let last = line.iter().rposition(|byte| !is_ignorable(*byte));
    &line[..last.map_or(0, |last| last + 1)]
}

impl PartialEq for ComparedLine<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.counts == other.counts
    }
}

impl Eq for ComparedLine<'_> {}

impl Hash for ComparedLine<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.counts.hash(state);
    }
}

/// The line as it is, for the heuristic that looks at its indentation.
impl AsRef<[u8]> for ComparedLine<'_> {
    fn as_ref(&self) -> &[u8] {
        self.raw
    }
}
