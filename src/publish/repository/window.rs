//! A buffered stream for reading XML: it looks ahead for an end tag, and refuses to hand on one piece without end.

use memchr::memmem::Finder;
use std::io::{self, BufRead, Read};

/// Bytes that one tag, text or comment may have; rpm's longest descriptions have some kilobytes.
const PIECE_BYTES_MAX: usize = 1 << 20;
/// Longer than nearly every entry of a package, which can be read whole then.
const BUFFER_BYTES: usize = 256 << 10;

/// A stream and the part of it that was read and not consumed yet.
pub struct Window<R> {
    inner: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    piece_bytes_left: usize,
    end_tags: Finder<'static>,
}

/// How far it is to what was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// It comes after so many bytes.
    Found(usize),
    /// It does not start in the next so many bytes, and the stream goes on.
    NotWithin(usize),
    /// It does not come before the end of the stream.
    Nowhere,
}

impl<R: Read> Window<R> {
    /// A window on a stream.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            buffer: vec![0; BUFFER_BYTES].into_boxed_slice(),
            start: 0,
            end: 0,
            piece_bytes_left: PIECE_BYTES_MAX,
            end_tags: Finder::new("</"),
        }
    }

    /// The next piece starts: it may take as many bytes as any.
    pub fn begin_piece(&mut self) {
        self.piece_bytes_left = PIECE_BYTES_MAX;
    }

    /// How far it is to the next end tag that starts as `tag` does, which is shorter than the buffer. Nothing is consumed.
    pub fn look_for(&mut self, tag: &[u8]) -> io::Result<Ahead> {
        loop {
            let unread = &self.buffer[self.start..self.end];
            let candidate = self.end_tags.find_iter(unread).find(|&at| {
                // The last one may be cut off by the end of what was read.
                unread[at..].starts_with(tag) || unread.len() - at < tag.len()
            });
            let distance = match candidate {
                Some(distance) if unread[distance..].starts_with(tag) => {
                    return Ok(Ahead::Found(distance));
                }
                Some(distance) => distance,
                None => unread.len() - usize::from(unread.ends_with(b"<")),
            };
            if distance > 0 {
                return Ok(Ahead::NotWithin(distance));
            }
            if self.fill()? == 0 {
                return Ok(Ahead::Nowhere);
            }
        }
    }

    /// Of an element that starts as `start` does behind blanks, and ends with the first `end`, how many blanks there are and how
    /// long it is; `None` where no such element starts here, or it does not fit into the buffer. Nothing is consumed.
    pub fn whole(&mut self, start: &[u8], end: &Finder<'_>) -> io::Result<Option<(usize, usize)>> {
        loop {
            let unread = &self.buffer[self.start..self.end];
            let element = unread.trim_ascii_start();
            let is_cut_off = element.len() < start.len() && start.starts_with(element);
            if !is_cut_off && !element.starts_with(start) {
                return Ok(None);
            }
            if let Some(distance) = end.find(element) {
                let blank = unread.len() - element.len();
                return Ok(Some((blank, distance + end.needle().len())));
            }
            let is_full = unread.len() == self.buffer.len();
            if is_full || self.fill()? == 0 {
                return Ok(None);
            }
        }
    }

    /// What was read and not consumed.
    pub fn unread(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Reads more behind what was not consumed; says how many bytes.
    fn fill(&mut self) -> io::Result<usize> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        loop {
            match self.inner.read(&mut self.buffer[self.end..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(read) => {
                    self.end += read;
                    return Ok(read);
                }
            }
        }
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece_bytes_left == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "one tag or text is longer than a megabyte",
            ));
        }
        if self.start == self.end {
            self.fill()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.piece_bytes_left = self.piece_bytes_left.saturating_sub(amount);
        self.start = (self.start + amount).min(self.end);
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let read = available.len().min(buffer.len());
        buffer[..read].copy_from_slice(&available[..read]);
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a few bytes at a time.
    struct Slowly<'a>(&'a [u8], usize);

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let step = self.1.min(buffer.len());
            self.0
                .take(step as u64)
                .read(buffer)
                .inspect(|&read| self.0 = &self.0[read..])
        }
    }

    fn check(text: &str, expected: Option<&str>) {
        for step in [1, 2, 3, 5, 1_000] {
            let mut window = Window::new(Slowly(text.as_bytes(), step));
            let found = loop {
                match window.look_for(b"</a").unwrap() {
                    Ahead::Found(distance) => {
                        window.consume(distance);
                        let mut rest = String::new();
                        window.read_to_string(&mut rest).unwrap();
                        break Some(rest);
                    }
                    Ahead::NotWithin(distance) => window.consume(distance),
                    Ahead::Nowhere => break None,
                }
            };
            assert_eq!(found.as_deref(), expected, "{text} in steps of {step}");
        }
    }

    #[test]
    fn finds_across_the_borders_of_reading() {
        check("x</a>y", Some("</a>y"));
        check("</a>", Some("</a>"));
        check("<<</</b></a", Some("</a"));
        check("", None);
        check("</", None);
        check("x<a/>", None);
        let long = "x".repeat(200_000);
        check(&format!("{long}</a>{long}"), Some(&format!("</a>{long}")));
    }
}
