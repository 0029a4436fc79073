//! XML as a stream with bounds: depth, the length of one piece, and no declarations of a document type.

use super::window::{Ahead, Window};
use crate::publish::{Cause, Error};
use memchr::memmem::Finder;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::{self, BufRead, Read};
use std::sync::Arc;

/// How deep elements may stand in each other; rpm's metadata need five levels.
const DEPTH_MAX: usize = 32;

/// A reader of one XML document.
pub struct XmlStream<R> {
    reader: Reader<Window<R>>,
    place: String,
    root: &'static str,
    buffer: Vec<u8>,
    depth: usize,
    root_seen: bool,
    /// `</` and the name of the element that was started last.
    end_tag: String,
}

/// What a document consists of.
pub enum Piece<'a> {
    /// A start tag at a depth; the root's is 0. `ended` says that it is an empty element, which has no end tag.
    Start {
        /// The tag.
        tag: BytesStart<'a>,
        /// How many elements it stands in.
        depth: usize,
        /// Whether it ends here.
        ended: bool,
    },
    /// The end tag of an element at a depth.
    End {
        /// How many elements it stands in.
        depth: usize,
    },
    /// Text in an element.
    Text(std::borrow::Cow<'a, str>),
    /// The end of a whole document.
    Eof,
}

impl<R: Read> XmlStream<R> {
    /// A document that is called `place` in messages and has the root element `root`.
    pub fn new(source: R, place: &str, root: &'static str) -> Self {
        let mut reader = Reader::from_reader(Window::new(source));
        // Most texts are the line breaks between tags, which nobody needs.
        reader.config_mut().trim_text_start = true;
        Self {
            reader,
            place: place.to_owned(),
            root,
            buffer: Vec::new(),
            depth: 0,
            root_seen: false,
            end_tag: String::new(),
        }
    }

    /// The next piece.
    pub fn next(&mut self) -> Result<Piece<'_>, Error> {
        self.buffer.clear();
        self.reader.get_mut().begin_piece();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => {
                let position = match &error {
                    // Where the piece began that could not be decoded is not told, where it ended is.
                    quick_xml::Error::Encoding(_) => self.reader.buffer_position(),
                    _ => self.reader.error_position(),
                };
                return Err(explained(&self.place, position, error));
            }
        };
        let position = self.reader.buffer_position();
        let broken = |cause: Cause| Error::at_byte(&self.place, position, cause);
        let xml = |cause: &str| broken(Cause::Xml(cause.to_owned()));
        match event {
            Event::Start(_) | Event::Empty(_) if self.depth == 0 && self.root_seen => {
                Err(xml("a second root element follows the first"))
            }
            Event::Start(tag) => {
                let depth = self.depth;
                if depth == 0 {
                    check_root(&tag, self.root).map_err(broken)?;
                    self.root_seen = true;
                }
                if depth == DEPTH_MAX {
                    return Err(xml("elements stand too deep in each other"));
                }
                self.depth += 1;
                self.end_tag.clear();
                self.end_tag.push_str("</");
                self.end_tag.push_str(tag.name().as_ref());
                Ok(Piece::Start {
                    tag,
                    depth,
                    ended: false,
                })
            }
            Event::Empty(tag) => {
                let depth = self.depth;
                if depth == 0 {
                    check_root(&tag, self.root).map_err(broken)?;
                    self.root_seen = true;
                }
                Ok(Piece::Start {
                    tag,
                    depth,
                    ended: true,
                })
            }
            Event::End(_) => {
                self.depth -= 1;
                Ok(Piece::End { depth: self.depth })
            }
            Event::Text(text) => {
                if self.depth == 0 && !text.trim().trim_start_matches('\u{feff}').is_empty() {
                    return Err(xml("there is text outside of the root element"));
                }
                Ok(Piece::Text(text.into_inner()))
            }
            Event::CData(text) => Ok(Piece::Text(text.into_inner())),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => Ok(Piece::Text(character.to_string().into())),
                Ok(None) => match quick_xml::escape::resolve_predefined_entity(&reference) {
                    Some(text) => Ok(Piece::Text(text.into())),
                    None => Err(xml("it uses an entity that is not one of XML's own")),
                },
                Err(error) => Err(xml(&error.to_string())),
            },
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Ok(Piece::Text("".into())),
            Event::DocType(name)
                if name
                    .trim_start()
                    .get(..4)
                    .is_some_and(|name| name.eq_ignore_ascii_case("html")) =>
            {
                Err(broken(Cause::Html))
            }
            Event::DocType(_) => Err(broken(Cause::DocumentType)),
            Event::Eof if self.depth > 0 => Err(xml("the document ends before its elements do")),
            Event::Eof if !self.root_seen => Err(xml("the document is empty")),
            Event::Eof => Ok(Piece::Eof),
        }
    }

    /// Goes on to the end tag of the element that was started last, which has none of the same name in it. What is in it
    /// is not looked at, but for its bytes, which the checksums cover.
    pub fn skip_element(&mut self) -> Result<(), Error> {
        let end_tag = std::mem::take(&mut self.end_tag);
        let result = self.skip_to(&end_tag);
        self.end_tag = end_tag;
        result
    }

    /// Goes on to the next end tag that starts as `end_tag` does, which is one of an element that is open.
    pub fn skip_to(&mut self, end_tag: &str) -> Result<(), Error> {
        let mut stream = self.reader.stream();
        loop {
            stream.get_mut().begin_piece();
            let (distance, found) = match stream.get_mut().look_for(end_tag.as_bytes()) {
                Ok(Ahead::Found(distance)) => (distance, true),
                Ok(Ahead::NotWithin(distance)) => (distance, false),
                // Reading on finds the end of the stream, and says what lacks there.
                Ok(Ahead::Nowhere) => return Ok(()),
                Err(error) => return Err(of_stream(&self.place, stream.offset(), error)),
            };
            // In a comment or in CDATA what looks like an end tag is none.
            let markup = memchr::memmem::find(&stream.get_ref().unread()[..distance], b"<!");
            match markup {
                Some(start) => {
                    stream.consume(start);
                    if let Err(error) = skip_markup(&mut stream) {
                        return Err(of_stream(&self.place, stream.offset(), error));
                    }
                }
                None => {
                    stream.consume(distance);
                    if found {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Hands the bytes of the element that starts here, from `start` to the first `end`, to `take`, and goes past it if it is
    /// taken. `false`, and nothing is gone past but blanks, where it is not, or no such element starts here, or it is too long to
    /// be looked at whole. Whether it is well-formed is for `take` to say.
    pub fn take_element(
        &mut self,
        start: &str,
        end: &Finder<'_>,
        take: impl FnOnce(&[u8]) -> bool,
    ) -> Result<bool, Error> {
        let mut stream = self.reader.stream();
        stream.get_mut().begin_piece();
        let found = stream.get_mut().whole(start.as_bytes(), end);
        let (blank, length) = match found {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(false),
            Err(error) => return Err(of_stream(&self.place, stream.offset(), error)),
        };
        stream.consume(blank);
        let is_taken = take(&stream.get_ref().unread()[..length]);
        if is_taken {
            stream.consume(length);
        }
        Ok(is_taken)
    }

    /// An error at the place that was read last.
    pub fn error(&self, cause: Cause) -> Error {
        Error::at_byte(&self.place, self.reader.buffer_position(), cause)
    }
}

/// Goes to the end of the comment or CDATA section that starts here; nothing else may start so within an element.
fn skip_markup(stream: &mut impl BufRead) -> io::Result<()> {
    let mut start = Vec::new();
    let end: &[u8] = loop {
        match start.as_slice() {
            b"<!--" => break b"-->",
            b"<![CDATA[" => break b"]]>",
            other if !b"<!--".starts_with(other) && !b"<![CDATA[".starts_with(other) => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "a declaration stands inside of an element",
                ));
            }
            _ => start.push(next_byte(stream)?),
        }
    };
    let mut last = [0; 3];
    while last != end {
        last = [last[1], last[2], next_byte(stream)?];
    }
    Ok(())
}

fn next_byte(stream: &mut impl BufRead) -> io::Result<u8> {
    let byte = stream.fill_buf()?.first().copied().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            "the document ends in a comment or in CDATA",
        )
    })?;
    stream.consume(1);
    Ok(byte)
}

/// Hands the name, without prefix, and the value of each attribute to `take`.
pub fn attributes(tag: &BytesStart<'_>, mut take: impl FnMut(&str, &str)) -> Result<(), Cause> {
    let malformed = |error: String| Cause::Xml(format!("an attribute is malformed: {error}"));
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| malformed(error.to_string()))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| malformed(error.to_string()))?;
        take(attribute.key.local_name().as_ref(), &value);
    }
    Ok(())
}

/// The value of an attribute by its local name.
pub fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Result<Option<String>, Cause> {
    let mut found = None;
    attributes(tag, |name, value| {
        if name == wanted {
            found = Some(value.to_owned());
        }
    })?;
    Ok(found)
}

fn check_root(tag: &BytesStart<'_>, expected: &'static str) -> Result<(), Cause> {
    let name = tag.local_name();
    let found = name.as_ref();
    if found == expected {
        Ok(())
    } else if found.eq_ignore_ascii_case("html") {
        Err(Cause::Html)
    } else {
        Err(Cause::OtherDocument {
            expected,
            found: found.chars().take(80).collect(),
        })
    }
}

fn explained(place: &str, position: u64, error: quick_xml::Error) -> Error {
    let cause = match error {
        quick_xml::Error::Io(error) => match Arc::try_unwrap(error) {
            // The streams below say themselves what is wrong with them.
            Ok(error) => match error.downcast::<Error>() {
                Ok(error) => return error,
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    Cause::Xml(error.to_string())
                }
                Err(error) => Cause::Io(error),
            },
            Err(shared) => Cause::Io(io::Error::new(shared.kind(), shared.to_string())),
        },
        quick_xml::Error::Encoding(_) => Cause::Xml("it is not written in UTF-8".to_owned()),
        error => Cause::Xml(format!("it is not well-formed: {error}")),
    };
    Error::at_byte(place, position, cause)
}

/// What a stream below says: ours say themselves what is wrong with them.
fn of_stream(place: &str, position: u64, error: io::Error) -> Error {
    let cause = match error.downcast::<Error>() {
        Ok(error) => return error,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Cause::Xml(error.to_string()),
        Err(error) => Cause::Io(error),
    };
    Error::at_byte(place, position, cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, expected: &str) {
        check_bytes(document.as_bytes(), expected);
    }

    fn check_bytes(document: &[u8], expected: &str) {
        let mut stream = XmlStream::new(document, "file", "root");
        let error = loop {
            match stream.next() {
                Ok(Piece::Eof) => break String::new(),
                Ok(_) => {}
                Err(error) => break error.to_string(),
            }
        };
        assert!(
            error.contains(expected) && error.is_empty() == expected.is_empty(),
            "{:.60} gave {error}",
            String::from_utf8_lossy(document)
        );
    }

    #[test]
    fn reads_documents_and_refuses_what_is_none() {
        check(
            "<?xml version='1.0'?>\n<root a='&lt;'>&amp;&#65;<!-- x --></root>\n",
            "",
        );
        check("<p:root xmlns:p='x'/>", "");
        check("", "file: byte 0: the document is empty");
        check("<root>", "byte 6: the document ends before its elements do");
        check("<root></toor>", "not well-formed");
        check("<root/><root/>", "second root element");
        check("<root/>text", "text outside of the root element");
        check(
            "<other/>",
            "the document is a <other>, and a <root> belongs here",
        );
        check("<html><body/></html>", "a page of HTML");
        check(
            "<root>&lol;</root>",
            "an entity that is not one of XML's own",
        );
        check("<root a=b/>", "");
        // The place is the end of the piece.
        let latin = b"<root>\n<a>caf\xe9</a></root>";
        check_bytes(latin, "byte 14: it is not written in UTF-8");
    }

    #[test]
    fn refuses_what_would_grow_without_bounds() {
        check(
            "<!DOCTYPE root [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><root>&b;</root>",
            "declares a document type",
        );
        check(&"<root>".repeat(40), "too deep");
        check(
            &format!("<root>{}</root>", "a".repeat(2 << 20)),
            "longer than a megabyte",
        );
        check(
            &format!("<root a='{}'/>", "a".repeat(2 << 20)),
            "longer than a megabyte",
        );
    }
}
