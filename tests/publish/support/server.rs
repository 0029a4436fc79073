//! A host that serves files of a folder over http, or misbehaves.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// How it answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// With the file, or 404.
    Good,
    /// With a page of HTML and status 200.
    Html,
    /// With a redirect to itself.
    Redirects,
    /// With status 503.
    Unavailable,
    /// With bytes that do not end, for primary.xml.
    Endless,
    /// With a part of what it announced.
    Interrupts,
}

/// A running host; the thread ends with the test.
pub struct Server {
    pub address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start(folder: &Path, manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (folder, seen) = (folder.to_owned(), requests.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, seen) = (folder.clone(), seen.clone());
                // A client that leaves early is its own business.
                std::thread::spawn(move || answer(stream, &folder, manner, &seen).unwrap_or(()));
            }
        });
        Self { address, requests }
    }

    /// The heads of all requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }
}

fn answer(
    stream: TcpStream,
    folder: &Path,
    manner: Manner,
    seen: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let mut head = String::new();
    while reader.read_line(&mut head)? > 2 {}
    seen.lock().expect("no panic").push(head.clone());
    let path = head
        .split(' ')
        .nth(1)
        .unwrap_or("/")
        .split('?')
        .next()
        .unwrap_or("/")
        .trim_start_matches('/')
        .to_owned();
    let file: PathBuf = folder.join(&path);
    let mut respond = |status: &str, more: &str, body: &[u8]| {
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n"
        )?;
        stream.write_all(body)
    };
    match manner {
        Manner::Html => respond("200 OK", "", b"<!doctype html><title>Welcome</title>"),
        Manner::Redirects => respond("302 Found", &format!("Location: /{path}\r\n"), b""),
        Manner::Unavailable => respond("503 Service Unavailable", "", b"busy"),
        Manner::Endless if path.contains("primary") => {
            write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b' '; 65_536])?;
            }
        }
        Manner::Interrupts => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n<repomd>"
            )
        }
        Manner::Good | Manner::Endless => match std::fs::read(&file) {
            Ok(bytes) => respond("200 OK", "", &bytes),
            Err(_) => respond("404 Not Found", "", b"<html>no</html>"),
        },
    }
}
