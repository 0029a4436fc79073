//! Opens a compressed stream by the end of the file's name.

use super::checked_stream::CheckedStream;
use crate::publish::{Cause, Error};
use flate2::bufread::MultiGzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    Plain,
    /// gzip, RFC 1952; one or several members.
    Gzip,
    /// xz.
    Xz,
    /// Zstandard, RFC 8878; one or several frames.
    Zstandard,
}

/// The compressed file, buffered, counted and digested.
pub type CompressedFile = BufReader<CheckedStream<File>>;

/// A stream of uncompressed bytes, whose errors are [`Error`]s that name the compressed file and its byte.
pub struct OpenStream {
    decoder: Decoder,
    format: &'static str,
    place: String,
}

enum Decoder {
    Plain(Box<CompressedFile>),
    Gzip(Box<MultiGzDecoder<CompressedFile>>),
    Xz(Box<XzDecoder<CompressedFile>>),
    Zstandard(Box<zstd::Decoder<'static, CompressedFile>>),
}

/// Memory that unpacking xz may take: preset 8 and all below it. Metadata are made with preset 6 or weaker.
const XZ_MEMORY_BYTES: u64 = 34 << 20;
/// Bytes that a Zstandard stream may reach back, as a power of two: 32 MB, as much as xz.
const ZSTANDARD_WINDOW_LOG_MAX: u32 = 25;

impl Compression {
    /// By the end of a file's name; `None` is not known.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let ends = [
            (".xml", Self::Plain),
            (".gz", Self::Gzip),
            (".xz", Self::Xz),
            (".zst", Self::Zstandard),
        ];
        ends.into_iter()
            .find_map(|(end, compression)| name.ends_with(end).then_some(compression))
    }

    /// By the first bytes of the payload of a package, which is an archive of cpio; `None` is not known.
    pub fn of_start(bytes: &[u8]) -> Option<Self> {
        let starts: [(&[u8], Self); 4] = [
            (b"0707", Self::Plain),
            (b"\x1f\x8b", Self::Gzip),
            (b"\xfd7zXZ\0", Self::Xz),
            (b"\x28\xb5\x2f\xfd", Self::Zstandard),
        ];
        starts
            .into_iter()
            .find_map(|(start, compression)| bytes.starts_with(start).then_some(compression))
    }
}

impl OpenStream {
    /// Opens a compressed file that is called `place` in messages.
    pub fn new(compression: Compression, file: CompressedFile, place: &str) -> io::Result<Self> {
        let (decoder, format) = match compression {
            Compression::Plain => (Decoder::Plain(Box::new(file)), "XML"),
            Compression::Gzip => (Decoder::Gzip(Box::new(MultiGzDecoder::new(file))), "gzip"),
            Compression::Xz => {
                let stream = Stream::new_stream_decoder(XZ_MEMORY_BYTES, CONCATENATED)?;
                (
                    Decoder::Xz(Box::new(XzDecoder::new_stream(file, stream))),
                    "xz",
                )
            }
            Compression::Zstandard => {
                let mut decoder = zstd::Decoder::with_buffer(file)?;
                decoder.window_log_max(ZSTANDARD_WINDOW_LOG_MAX)?;
                (Decoder::Zstandard(Box::new(decoder)), "Zstandard")
            }
        };
        Ok(Self {
            decoder,
            format,
            place: place.to_owned(),
        })
    }

    /// The compressed file, read to its end.
    pub fn into_read_file(mut self) -> io::Result<CheckedStream<File>> {
        io::copy(self.decoder.file(), &mut io::sink())?;
        Ok(match self.decoder {
            Decoder::Plain(file) => *file,
            Decoder::Gzip(decoder) => decoder.into_inner(),
            Decoder::Xz(decoder) => decoder.into_inner(),
            Decoder::Zstandard(decoder) => decoder.finish(),
        }
        .into_inner())
    }

    fn explained(&mut self, error: io::Error) -> io::Error {
        let cause = match error.kind() {
            io::ErrorKind::UnexpectedEof => Cause::Truncated(self.format),
            // What the decoders find wrong with the bytes; anything else comes from the file below.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other
                if error.raw_os_error().is_none() && !is_explained(&error) =>
            {
                // As both libraries word it when the stream asks for more than these limits.
                let text = error.to_string();
                if text.contains("memory limit") || text.contains("requires too much memory") {
                    Cause::TooMuchMemory(self.format)
                } else {
                    Cause::Corrupt(self.format, text)
                }
            }
            _ => return error,
        };
        let file = self.decoder.file();
        let byte = file.get_ref().bytes() - file.buffer().len() as u64;
        io::Error::other(Error::at_byte(&self.place, byte, cause))
    }
}

fn is_explained(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Error>())
}

impl Decoder {
    fn file(&mut self) -> &mut CompressedFile {
        match self {
            Self::Plain(file) => file,
            Self::Gzip(decoder) => decoder.get_mut(),
            Self::Xz(decoder) => decoder.get_mut(),
            Self::Zstandard(decoder) => decoder.get_mut(),
        }
    }
}

impl Read for OpenStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.decoder {
            Decoder::Plain(file) => file.read(buffer),
            Decoder::Gzip(decoder) => decoder.read(buffer),
            Decoder::Xz(decoder) => decoder.read(buffer),
            Decoder::Zstandard(decoder) => decoder.read(buffer),
        };
        read.map_err(|error| self.explained(error))
    }
}

/// Whether a file starts as a page of HTML does, of whatever its name says that it is.
pub fn starts_as_html(file: &mut impl BufRead) -> io::Result<bool> {
    let start = file.fill_buf()?.trim_ascii_start();
    let is =
        |mark: &[u8]| start.len() >= mark.len() && start[..mark.len()].eq_ignore_ascii_case(mark);
    Ok(is(b"<!doctype html") || is(b"<html"))
}
