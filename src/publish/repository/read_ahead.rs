//! Reads a stream on a thread of its own, so that unpacking it and making sense of it go side by side.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

const CHUNK_BYTES: usize = 128 << 10;
/// Chunks that may lie ready; more would only take memory.
const CHUNKS_READY: usize = 4;

/// The bytes of a stream that another thread reads.
pub struct ReadAhead {
    chunks: Receiver<io::Result<Vec<u8>>>,
    emptied: Sender<Vec<u8>>,
    chunk: Vec<u8>,
    start: usize,
}

/// Lets `consume` read a stream through a thread, and gives back its result and the stream, read as far as the thread came:
/// to its end, if `consume` read to the end.
pub fn read_ahead<R: Read + Send, T>(stream: R, consume: impl FnOnce(ReadAhead) -> T) -> (T, R) {
    let (full, chunks) = sync_channel(CHUNKS_READY);
    let (emptied, empty) = channel();
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || read_all(stream, &full, &empty));
        let result = consume(ReadAhead {
            chunks,
            emptied,
            chunk: Vec::new(),
            start: 0,
        });
        match reader.join() {
            Ok(stream) => (result, stream),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn read_all<R: Read>(
    mut stream: R,
    full: &SyncSender<io::Result<Vec<u8>>>,
    empty: &Receiver<Vec<u8>>,
) -> R {
    loop {
        let mut chunk = empty.try_recv().unwrap_or_default();
        chunk.clear();
        let result = stream
            .by_ref()
            .take(CHUNK_BYTES as u64)
            .read_to_end(&mut chunk);
        let is_last = !matches!(result, Ok(read) if read > 0);
        // What was read before an error comes first, so that the error is told where it is met.
        if !chunk.is_empty() && full.send(Ok(chunk)).is_err() {
            return stream;
        }
        if let Err(error) = result {
            // Nobody waits for it when reading has ended for another cause.
            let _ = full.send(Err(error));
        }
        if is_last {
            return stream;
        }
    }
}

impl Read for ReadAhead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.start == self.chunk.len() {
            match self.chunks.recv() {
                Ok(Ok(chunk)) => {
                    let emptied = std::mem::replace(&mut self.chunk, chunk);
                    self.start = 0;
                    // At the end of the stream nobody fills it again.
                    let _ = self.emptied.send(emptied);
                }
                Ok(Err(error)) => return Err(error),
                // The other thread has ended, and with it the stream.
                Err(_) => return Ok(0),
            }
        }
        let unread = &self.chunk[self.start..];
        let read = unread.len().min(buffer.len());
        buffer[..read].copy_from_slice(&unread[..read]);
        self.start += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hands_on_all_bytes_and_the_stream() {
        for length in [0, 1, CHUNK_BYTES, 10 * CHUNK_BYTES + 7] {
            let bytes: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
            let (read, rest) = read_ahead(bytes.as_slice(), |mut stream| {
                let mut read = Vec::new();
                stream.read_to_end(&mut read).map(|_| read)
            });
            assert!(read.unwrap() == bytes);
            assert_eq!(rest.len(), 0);
        }
    }

    #[test]
    fn ends_early_when_nobody_reads_on() {
        let (_, _) = read_ahead(io::repeat(0), |mut stream| {
            stream.read(&mut [0; 8]).unwrap()
        });
    }

    #[test]
    fn an_error_comes_after_what_was_read_before() {
        struct Failing(usize);
        impl Read for Failing {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                if self.0 == 0 {
                    return Err(io::Error::other("broken"));
                }
                self.0 -= 1;
                buffer[0] = b'x';
                Ok(1)
            }
        }
        let ((read, error), _) = read_ahead(Failing(3), |mut stream| {
            let mut read = Vec::new();
            let error = stream.read_to_end(&mut read).unwrap_err();
            (read, error.to_string())
        });
        assert_eq!((read.as_slice(), error.as_str()), (&b"xxx"[..], "broken"));
    }
}
