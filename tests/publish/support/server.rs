//! A host that serves the files of a folder over http as nginx does, or misbehaves as it is told.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How one request is answered.
#[derive(Clone)]
pub enum Reply {
    /// With the file, a part of it, 304 or 404.
    File,
    /// With a status, headers (each ending in a line break) and a body.
    Status(&'static str, String, &'static str),
    /// With the file damaged at its last byte.
    Damaged,
    /// With so many bytes of the file, though all were announced.
    Truncated(usize),
    /// With so many bytes of the file, then nothing for long.
    Stalls(usize),
    /// With one byte now and then.
    Trickles,
    /// With bytes that do not end.
    Endless,
    /// With a connection that is reset.
    Reset,
}

/// What a host was asked.
pub struct Asked {
    /// The path without the query.
    pub path: String,
    /// How often the path was asked for before.
    pub before: usize,
}

impl Asked {
    pub fn is_primary(&self) -> bool {
        self.path.contains("primary")
    }
}

/// A running host; its thread ends with the test.
pub struct Server {
    pub address: String,
    seen: Seen,
}

type Seen = Arc<Mutex<Vec<String>>>;

impl Server {
    /// Serves a folder; `reply` says how each request is answered.
    pub fn start(folder: &Path, reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let seen = Seen::default();
        let counts = Arc::new(Mutex::new(BTreeMap::<String, usize>::new()));
        let (folder, told, reply) = (folder.to_owned(), seen.clone(), Arc::new(reply));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, told) = (folder.clone(), told.clone());
                let (counts, reply) = (counts.clone(), reply.clone());
                std::thread::spawn(move || {
                    let head = peeked_head(&stream)?;
                    told.lock().expect("no panic").push(head.clone());
                    let target = head.split(' ').nth(1).unwrap_or("/");
                    let path = target.split('?').next().unwrap_or("/").to_owned();
                    let before = {
                        let mut counts = counts.lock().expect("no panic");
                        let count = counts.entry(path.clone()).or_default();
                        *count += 1;
                        *count - 1
                    };
                    let asked = Asked { path, before };
                    answer(stream, &head, &asked, &folder, &reply(&asked))
                });
            }
        });
        Self { address, seen }
    }

    /// Serves a folder well.
    pub fn good(folder: &Path) -> Self {
        Self::start(folder, |_| Reply::File)
    }

    /// The heads of all requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }

    /// How many of them were for a path with these words.
    pub fn count(&self, words: &str) -> usize {
        let requests = self.requests();
        let lines = requests.iter().filter_map(|head| head.lines().next());
        lines.filter(|line| line.contains(words)).count()
    }
}

/// The head of a request, left in the socket: closing it then resets the connection.
fn peeked_head(stream: &TcpStream) -> std::io::Result<String> {
    let mut buffer = vec![0; 1 << 14];
    loop {
        let length = stream.peek(&mut buffer)?;
        let text = String::from_utf8_lossy(&buffer[..length]);
        match text.find("\r\n\r\n") {
            Some(end) => return Ok(text[..end + 2].to_owned()),
            None if length == 0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// The value of a header.
pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn answer(
    mut stream: TcpStream,
    head: &str,
    asked: &Asked,
    folder: &Path,
    reply: &Reply,
) -> std::io::Result<()> {
    if matches!(reply, Reply::Reset) {
        return Ok(());
    }
    let mut read = vec![0; head.len() + 2];
    stream.read_exact(&mut read)?;
    let path: PathBuf = folder.join(asked.path.trim_start_matches('/'));
    let mut respond = |status: &str, more: &str, body: &[u8], announced: usize| {
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {announced}\r\n{more}Connection: close\r\n\r\n"
        )?;
        stream.write_all(body)?;
        stream.flush()
    };
    if let Reply::Status(status, headers, body) = reply {
        return respond(status, headers, body.as_bytes(), body.len());
    }
    let Ok(mut bytes) = std::fs::read(&path) else {
        return respond("404 Not Found", "", b"<html>no</html>", 15);
    };
    let etag = format!("\"{}\"", almanac::publish::output::digest_of(&bytes));
    let tag = format!("ETag: {etag}\r\nLast-Modified: Thu, 19 Nov 2026 00:00:00 GMT\r\n");
    let length = bytes.len();
    match reply {
        Reply::File => {
            if header(head, "If-None-Match") == Some(&etag) {
                return respond("304 Not Modified", &tag, b"", 0);
            }
            let range = header(head, "Range")
                .filter(|_| header(head, "If-Range").is_none_or(|validator| validator == etag));
            let start = range.and_then(|range| {
                range
                    .strip_prefix("bytes=")?
                    .strip_suffix('-')?
                    .parse::<usize>()
                    .ok()
            });
            match start {
                Some(start) if start < length => {
                    let last = length - 1;
                    let more = format!("{tag}Content-Range: bytes {start}-{last}/{length}\r\n");
                    let rest = &bytes[start..];
                    respond("206 Partial Content", &more, rest, rest.len())
                }
                Some(_) => respond("416 Range Not Satisfiable", "", b"", 0),
                None => respond("200 OK", &tag, &bytes, length),
            }
        }
        Reply::Damaged => {
            bytes[length - 1] ^= 1;
            respond("200 OK", &tag, &bytes, length)
        }
        Reply::Truncated(sent) => respond("200 OK", &tag, &bytes[..*sent], length),
        Reply::Stalls(sent) => {
            respond("200 OK", &tag, &bytes[..*sent], length)?;
            std::thread::sleep(Duration::from_secs(10));
            Ok(())
        }
        Reply::Trickles => {
            respond("200 OK", &tag, b"", length)?;
            for byte in bytes {
                stream.write_all(&[byte])?;
                std::thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        }
        Reply::Endless => {
            write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b' '; 65_536])?;
            }
        }
        Reply::Status(..) | Reply::Reset => Ok(()),
    }
}
