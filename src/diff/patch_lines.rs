//! Reads the hunks of a patch in the unified format.

use super::patch::{PatchError, PatchFault};

/// One hunk of a patch, its context included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchHunk {
    /// What stands in the patch before its `@@` and is no hunk: headers of files, a mail's text.
    pub preamble: Vec<u8>,
    /// The line of the patch that its `@@` stands on, from 1.
    pub patch_line: usize,
    /// Where its lines begin in the old file, from 0.
    pub before_start: usize,
    /// Where its lines begin in the new file, from 0.
    pub after_start: usize,
    /// What follows the second `@@` in its line, the line's end included: a space and the function around it, or nothing more.
    pub section: Vec<u8>,
    /// Which of its lines, from 0, are empty context lines that lack their space, as mail programs and
    /// `--suppress-blank-empty` have it.
    pub bare_lines: Vec<usize>,
    /// The line that says of the one above it that no newline ends it, where there is one: GNU diff says it in the writer's
    /// language.
    pub end_mark: Vec<u8>,
    /// Its lines.
    pub lines: Vec<PatchLine>,
}

/// One line of a hunk, with its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatchLine {
    /// In both files.
    Context(Vec<u8>),
    /// Only in the old file.
    Removed(Vec<u8>),
    /// Only in the new file.
    Added(Vec<u8>),
}

/// The lines of a patch, each with its end, and where reading has come to.
pub(super) struct PatchLines<'patch> {
    lines: Vec<&'patch [u8]>,
    next: usize,
}

impl<'patch> PatchLines<'patch> {
    pub(super) fn new(patch: &'patch [u8]) -> Self {
        Self {
            lines: patch.split_inclusive(|byte| *byte == b'\n').collect(),
            next: 0,
        }
    }

    /// The next line without passing it.
    pub(super) fn peek(&self) -> Option<&'patch [u8]> {
        self.lines.get(self.next).copied()
    }

    /// The next line.
    pub(super) fn take(&mut self) -> Option<&'patch [u8]> {
        let line = self.peek()?;
        self.next += 1;
        Some(line)
    }

    /// The number of the line that was taken last, from 1.
    pub(super) fn number(&self) -> usize {
        self.next
    }

    /// A fault at the line that was taken last.
    pub(super) fn fault(&self, fault: PatchFault) -> PatchError {
        PatchError {
            line: self.number(),
            fault,
        }
    }

    /// Reads the hunk whose `@@` line is `header`, which was taken last.
    pub(super) fn take_hunk(&mut self, header: &[u8]) -> Result<PatchHunk, PatchError> {
        let [before, after] = ranges(header).ok_or_else(|| self.fault(PatchFault::HunkHeader))?;
        let mut hunk = PatchHunk {
            preamble: Vec::new(),
            section: section(header).to_vec(),
            bare_lines: Vec::new(),
            end_mark: Vec::new(),
            patch_line: self.number(),
            before_start: before.start,
            after_start: after.start,
            lines: Vec::new(),
        };
        let (mut old, mut new) = (before.count, after.count);
        while old > 0 || new > 0 {
            let line = self
                .take()
                .ok_or_else(|| self.fault(PatchFault::HunkCutShort))?;
            let (sign, content) = match line {
                // Mail programs take the space off an empty context line.
                b"\n" | b"\r\n" => {
                    hunk.bare_lines.push(hunk.lines.len());
                    (b' ', line)
                }
                [sign, content @ ..] => (*sign, content),
                [] => return Err(self.fault(PatchFault::HunkCutShort)),
            };
            let counts = match sign {
                b' ' => (1, 1),
                b'-' => (1, 0),
                b'+' => (0, 1),
                b'\\' => (0, 0),
                _ => return Err(self.fault(PatchFault::HunkLine)),
            };
            if counts.0 > old || counts.1 > new {
                return Err(self.fault(PatchFault::HunkLine));
            }
            (old, new) = (old - counts.0, new - counts.1);
            match sign {
                b' ' => hunk.lines.push(PatchLine::Context(content.to_vec())),
                b'-' => hunk.lines.push(PatchLine::Removed(content.to_vec())),
                b'+' => hunk.lines.push(PatchLine::Added(content.to_vec())),
                _ => self.end_without_newline(&mut hunk, line)?,
            }
        }
        if let Some(mark) = self.peek().filter(|line| line.starts_with(b"\\")) {
            self.next += 1;
            self.end_without_newline(&mut hunk, mark)?;
        }
        Ok(hunk)
    }

    /// Heeds `\ No newline at end of file`, which speaks of the line above it.
    fn end_without_newline(&self, hunk: &mut PatchHunk, mark: &[u8]) -> Result<(), PatchError> {
        hunk.end_mark = mark.to_vec();
        let last = hunk.lines.last_mut().map(|line| match line {
            PatchLine::Context(bytes) | PatchLine::Removed(bytes) | PatchLine::Added(bytes) => {
                bytes
            }
        });
        match last {
            Some(bytes) if bytes.last() == Some(&b'\n') => {
                bytes.pop();
                Ok(())
            }
            _ => Err(self.fault(PatchFault::HunkLine)),
        }
    }
}

/// A range of a hunk header: its first line from 0, and how many lines.
struct HeaderRange {
    start: usize,
    count: usize,
}

/// The two ranges of `@@ -a,b +c,d @@`.
fn ranges(header: &[u8]) -> Option<[HeaderRange; 2]> {
    let header = String::from_utf8_lossy(header);
    let (ranges, _) = header.strip_prefix("@@ -")?.split_once(" @@")?;
    let (before, after) = ranges.split_once(" +")?;
    Some([header_range(before)?, header_range(after)?])
}

/// What follows the second `@@` of a hunk header.
fn section(header: &[u8]) -> &[u8] {
    let marks = header.windows(2).enumerate();
    let mut marks = marks.filter(|(_, window)| *window == b"@@");
    marks.nth(1).map_or(&[], |(at, _)| &header[at + 2..])
}

fn header_range(range: &str) -> Option<HeaderRange> {
    let (first, count) = match range.split_once(',') {
        Some((first, count)) => (first.parse::<usize>().ok()?, count.parse().ok()?),
        None => (range.parse().ok()?, 1),
    };
    // An empty range names the line before it.
    let start = if count == 0 {
        first
    } else {
        first.checked_sub(1)?
    };
    Some(HeaderRange { start, count })
}
