//! A proxy between browser and server that breaks chosen addresses, and counts what was asked for.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

const LONGEST_REQUEST_BYTES: usize = 64 * 1024;

/// What goes wrong with an answer.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// 404, without a page.
    NotFound,
    /// 500, without a page.
    ServerError,
    /// 200 with a page where data was asked for, as some hosts answer whatever they do not have.
    PageInsteadOfData,
    /// The first half of the file, as a complete answer.
    Truncated,
    /// The request is taken and nothing ever comes back.
    NeverAnswers,
    /// The connection ends without a byte.
    ConnectionDropped,
    /// The right answer after this time.
    Delayed(Duration),
}

/// The proxy; it ends when dropped.
pub struct Faults {
    /// The port of 127.0.0.1 that it answers on.
    pub port: u16,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    faults: Vec<(String, Fault)>,
    asked: Vec<String>,
}

impl Faults {
    /// Starts a proxy in front of a server on this machine.
    pub async fn in_front_of(server_port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("this machine has a free port");
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let task = tokio::spawn({
            let state = Arc::clone(&state);
            async move {
                while let Ok((connection, _)) = listener.accept().await {
                    let state = Arc::clone(&state);
                    // A browser may go away in the middle of an answer, which is no fault of the test.
                    tokio::spawn(async move { answer(connection, server_port, &state).await.ok() });
                }
            }
        });
        Self { port, state, task }
    }

    /// Breaks each path that starts with `path`, until it is mended.
    pub fn inject(&self, path: &str, fault: Fault) {
        let mut state = self.state.lock().unwrap();
        state.faults.retain(|(broken, _)| broken != path);
        state.faults.push((path.to_owned(), fault));
    }

    /// Mends what was broken under this path.
    pub fn mend(&self, path: &str) {
        let mut state = self.state.lock().unwrap();
        state.faults.retain(|(broken, _)| broken != path);
    }

    /// How often paths that start with `path` were asked for.
    pub fn request_count(&self, path: &str) -> usize {
        let state = self.state.lock().unwrap();
        state
            .asked
            .iter()
            .filter(|asked| asked.starts_with(path))
            .count()
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers the one request of a connection. Each answer closes its connection, so that none is reused around a fault.
async fn answer(mut client: TcpStream, server_port: u16, state: &Mutex<State>) -> io::Result<()> {
    let Some(request) = read_request(&mut client).await? else {
        return Ok(());
    };
    let target = request.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let fault = {
        let mut state = state.lock().unwrap();
        state.asked.push(path.to_owned());
        let broken = state
            .faults
            .iter()
            .find(|(start, _)| path.starts_with(start.as_str()));
        broken.map(|(_, fault)| *fault)
    };
    match fault {
        None => forward(&mut client, server_port, &request).await,
        Some(Fault::Delayed(time)) => {
            sleep(time).await;
            forward(&mut client, server_port, &request).await
        }
        Some(Fault::NotFound) => respond(&mut client, "404 Not Found", "text/plain", b"").await,
        Some(Fault::ServerError) => {
            respond(&mut client, "500 Internal Server Error", "text/plain", b"").await
        }
        Some(Fault::PageInsteadOfData) => {
            let page = b"<!doctype html><title>Another page</title>";
            respond(&mut client, "200 OK", "text/html", page).await
        }
        Some(Fault::Truncated) => {
            let body = fetch_body(server_port, &request).await?;
            respond(
                &mut client,
                "200 OK",
                "application/json",
                &body[..body.len() / 2],
            )
            .await
        }
        Some(Fault::NeverAnswers) => {
            // Ends when the browser gives up and closes its side.
            client.read(&mut [0; 1]).await.map(|_| ())
        }
        Some(Fault::ConnectionDropped) => Ok(()),
    }
}

/// The request's head with its blank line; the browser's requests here have no body. None where a connection was opened
/// ahead of need and never used.
async fn read_request(client: &mut TcpStream) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_REQUEST_BYTES {
        if client.read_buf(&mut head).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(String::from_utf8_lossy(&head).into_owned()))
}

async fn forward(client: &mut TcpStream, server_port: u16, request: &str) -> io::Result<()> {
    let mut server = TcpStream::connect(("127.0.0.1", server_port)).await?;
    server.write_all(closing(request, &[]).as_bytes()).await?;
    copy(&mut server, client).await?;
    client.shutdown().await
}

/// The server's answer without its head, and not compressed.
async fn fetch_body(server_port: u16, request: &str) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(("127.0.0.1", server_port)).await?;
    let unconditional = closing(
        request,
        &["accept-encoding", "if-none-match", "if-modified-since"],
    );
    server.write_all(unconditional.as_bytes()).await?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await?;
    let blank_line = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    Ok(answer.split_off(blank_line.map_or(0, |start| start + 4)))
}

/// The request without some of its headers, asking for the connection to be closed after the answer.
fn closing(request: &str, without: &[&str]) -> String {
    let kept = request.trim_end().split("\r\n").filter(|line| {
        let name = line
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        name != "connection" && !without.contains(&name.as_str())
    });
    kept.chain(["Connection: close", "", ""])
        .collect::<Vec<_>>()
        .join("\r\n")
}

async fn respond(
    client: &mut TcpStream,
    status: &str,
    media_type: &str,
    body: &[u8],
) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    );
    client.write_all(head.as_bytes()).await?;
    client.write_all(body).await?;
    client.shutdown().await
}
