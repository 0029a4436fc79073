//! Bytes that may be compressed, unpacked within bounds.

use crate::publish::repository::{Compression, without_credentials};
use crate::publish::{Cause, Error};
use flate2::bufread::MultiGzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};
use std::io::{self, Read};

/// Bytes of an input that are read, compressed or not. The errata of AlmaLinux 8 have some 100 MB.
pub const BYTES_MAX: u64 = 512 << 20;

const XZ_MEMORY_BYTES: u64 = 34 << 20;
const ZSTANDARD_WINDOW_LOG_MAX: u32 = 25;

/// A stream of unpacked bytes, whose errors are [`Error`]s that name the place.
pub struct Unpacked<'a> {
    decoder: Box<dyn Read + 'a>,
    format: &'static str,
    place: &'a str,
    left: u64,
}

impl<'a> Unpacked<'a> {
    /// Of bytes that are called `place` in messages; they are unpacked as they start.
    pub fn new(bytes: &'a [u8], place: &'a str) -> Result<Self, Error> {
        let io = |error| Error::at(place, Cause::Io(error));
        let (decoder, format): (Box<dyn Read + 'a>, _) = match Compression::of_start(bytes) {
            Some(Compression::Gzip) => (Box::new(MultiGzDecoder::new(bytes)), "gzip"),
            Some(Compression::Xz) => {
                let stream = Stream::new_stream_decoder(XZ_MEMORY_BYTES, CONCATENATED)
                    .map_err(|error| io(error.into()))?;
                (Box::new(XzDecoder::new_stream(bytes, stream)), "xz")
            }
            Some(Compression::Zstandard) => {
                let mut decoder = zstd::Decoder::with_buffer(bytes).map_err(io)?;
                decoder
                    .window_log_max(ZSTANDARD_WINDOW_LOG_MAX)
                    .map_err(io)?;
                (Box::new(decoder), "Zstandard")
            }
            Some(Compression::Plain) | None => (Box::new(bytes), "plain"),
        };
        Ok(Self {
            decoder,
            format,
            place,
            left: BYTES_MAX,
        })
    }

    /// All of it.
    pub fn whole(mut self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let place = self.place;
        match self.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(unwrapped(error, place)),
        }
    }
}

/// The error that a stream of these tells.
pub fn unwrapped(error: io::Error, place: &str) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => Error::at(without_credentials(place), Cause::Io(error)),
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer).map_err(|error| {
            let cause = match error.kind() {
                io::ErrorKind::UnexpectedEof => Cause::Truncated(self.format),
                _ => Cause::Corrupt(self.format, error.to_string()),
            };
            io::Error::other(Error::at(self.place, cause))
        })?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let cause = Cause::TooLong {
                limit: BYTES_MAX,
                stated: false,
            };
            io::Error::other(Error::at(self.place, cause))
        })?;
        Ok(read)
    }
}
