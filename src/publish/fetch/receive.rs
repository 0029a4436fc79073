//! The bytes of an answer, held against a limit and a least speed.

use super::failure::Failure;
use crate::publish::progress::Progress;
use crate::publish::repository::ByteLimit;
use crate::publish::{Cause, Error};
use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

/// Bytes a second below which an answer counts as stalled, as for dnf (`minrate`).
const BYTES_PER_SECOND_MIN: u64 = 1_000;

/// What a try can end with besides success.
pub enum Stop {
    /// Something with the host, and how long it asks to wait.
    Host(Failure, Option<Duration>),
    /// Something that is wrong with what came, or with writing it.
    Cause(Cause),
    /// Something that has its place already.
    Error(Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Host(failure, None)
    }
}

/// Writes an answer to `sink`, which has `start` bytes of it, and gives back how many have come. `patience` is how long an
/// answer may stay below the least speed.
pub fn receive(
    mut body: impl Read,
    sink: &mut impl Write,
    start: u64,
    limit: ByteLimit,
    patience: Duration,
    progress: &Progress,
) -> Result<u64, Stop> {
    let mut buffer = vec![0; 1 << 16];
    let mut received = 0;
    let (mut window, mut window_bytes) = (Instant::now(), 0);
    loop {
        let read = match body.read(&mut buffer) {
            Ok(0) => return Ok(received),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Failure::of_body(error, start + received).into()),
        };
        received += read as u64;
        if start + received > limit.bytes {
            return Err(Stop::Cause(Cause::TooLong {
                limit: limit.bytes,
                stated: limit.stated,
            }));
        }
        sink.write_all(&buffer[..read])
            .map_err(|error| Stop::Cause(Cause::Io(error)))?;
        progress.bytes_received(read as u64);
        window_bytes += read as u64;
        if window.elapsed() >= patience {
            let least = BYTES_PER_SECOND_MIN as f64 * window.elapsed().as_secs_f64();
            if (window_bytes as f64) < least {
                return Err(Failure::Slow.into());
            }
            (window, window_bytes) = (Instant::now(), 0);
        }
    }
}
