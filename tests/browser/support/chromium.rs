//! Headless Chromium by way of ChromeDriver, with the commands of both that fantoccini has no method for.

use super::process::{Process, free_port};
use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    time::Duration,
};
use url::{ParseError, Url};

/// No sandbox, since containers have none to give; the others keep Chromium from asking the network for anything.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// A running ChromeDriver; its browsers end with it.
pub struct ChromeDriver {
    port: u16,
    process: Process,
}

impl ChromeDriver {
    /// Starts ChromeDriver on a free port.
    pub fn start() -> Self {
        let port = free_port();
        let process = Process::listening_on(
            port,
            Command::new("chromedriver")
                .arg(format!("--port={port}"))
                .arg("--log-level=SEVERE"),
            "`make test` installs it",
        );
        Self { port, process }
    }

    /// Opens a browser with an empty profile, which keeps all messages of its console.
    pub async fn open_session(&self) -> Client {
        let Value::Object(capabilities) = json!({
            "goog:chromeOptions": { "args": FLAGS },
            "goog:loggingPrefs": { "browser": "ALL" },
        }) else {
            unreachable!("the value above is an object")
        };
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("Chromium starts")
    }

    /// Asks ChromeDriver to close its browsers and to end. Killing it would leave them running.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port))?;
        connection.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            connection,
            "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = [0; 512];
        connection.read(&mut answer).map(|_| ())
    }
}

impl Drop for ChromeDriver {
    fn drop(&mut self) {
        // Where it no longer answers there is nothing left to ask; the process is killed next in any case.
        if self.shut_down().is_ok() {
            self.process.ends_within(Duration::from_secs(5));
        }
    }
}

/// Sends one command of the Chrome DevTools protocol and returns its result.
pub async fn devtools(client: &Client, command: &str, parameters: Value) -> Value {
    let body = json!({ "cmd": command, "params": parameters });
    client
        .issue_cmd(Post {
            endpoint: "goog/cdp/execute",
            body,
        })
        .await
        .unwrap_or_else(|error| panic!("the DevTools command {command} failed: {error}"))
}

/// Takes the console's messages since the last call, each as `LEVEL: text`.
pub async fn take_console(client: &Client) -> Vec<String> {
    let entries = client
        .issue_cmd(Post {
            endpoint: "se/log",
            body: json!({ "type": "browser" }),
        })
        .await
        .expect("ChromeDriver returns the console's messages");
    let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    entries
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| format!("{}: {}", text(entry, "level"), text(entry, "message")))
        .collect()
}

/// A command to an endpoint that only ChromeDriver has.
#[derive(Debug)]
struct Post {
    endpoint: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        let session = session_id.unwrap_or_default();
        base_url.join(&format!("session/{session}/{}", self.endpoint))
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
