//! Proxies that note what they are asked, and the command with one in its environment.

use super::{FIRST, World};
use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// A running proxy; its thread ends with the test.
pub struct Proxy {
    pub port: u16,
    seen: Arc<Mutex<Vec<String>>>,
}

type Serve = fn(TcpStream, &Mutex<Vec<String>>) -> Result<()>;

impl Proxy {
    /// A proxy of http that makes tunnels and forwards.
    pub fn of_http() -> Self {
        Self::start(|stream, told| serve_http(stream, told, true))
    }

    /// A proxy of http that makes no tunnel to a port other than 443, as Squid as it is installed.
    pub fn without_tunnels() -> Self {
        Self::start(|stream, told| serve_http(stream, told, false))
    }

    /// A proxy that speaks SOCKS 4, 4a and 5.
    pub fn of_socks() -> Self {
        Self::start(serve_socks)
    }

    fn start(serve: Serve) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let told = seen.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let told = told.clone();
                std::thread::spawn(move || serve(stream, &told));
            }
        });
        Self { port, seen }
    }

    /// The heads of requests, or what SOCKS was asked, so far.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }
}

fn serve_http(mut stream: TcpStream, told: &Mutex<Vec<String>>, makes_tunnels: bool) -> Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    while reader.read_line(&mut head)? > 2 {}
    told.lock().expect("no panic").push(head.clone());
    let target = head.split(' ').nth(1).unwrap_or_default();
    if let Some(rest) = target.strip_prefix("http://") {
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let mut to_host = TcpStream::connect(host)?;
        let lines = head.split_once("\r\n").map_or("", |(_, lines)| lines);
        write!(to_host, "GET /{path} HTTP/1.1\r\n{lines}")?;
        return join(reader, stream, to_host);
    }
    if !makes_tunnels {
        return stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    }
    let host = TcpStream::connect(target)?;
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    join(reader, stream, host)
}

/// RFC 1928, and the usual descriptions of SOCKS 4 and 4a.
fn serve_socks(mut stream: TcpStream, told: &Mutex<Vec<String>>) -> Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let version = read_bytes::<1>(&mut reader)?[0];
    let (host, port, granted): (String, [u8; 2], &[u8]) = if version == 5 {
        let [methods] = read_bytes(&mut reader)?;
        reader.read_exact(&mut vec![0; methods.into()])?;
        stream.write_all(&[5, 0])?;
        let [_, _, _, kind] = read_bytes(&mut reader)?;
        let host = match kind {
            1 => IpAddr::from(read_bytes::<4>(&mut reader)?).to_string(),
            4 => IpAddr::from(read_bytes::<16>(&mut reader)?).to_string(),
            _ => {
                let [length] = read_bytes(&mut reader)?;
                let mut name = vec![0; length.into()];
                reader.read_exact(&mut name)?;
                String::from_utf8_lossy(&name).into_owned()
            }
        };
        let port = read_bytes(&mut reader)?;
        (host, port, &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    } else {
        let [_] = read_bytes(&mut reader)?;
        let port = read_bytes(&mut reader)?;
        let address = read_bytes::<4>(&mut reader)?;
        reader.read_until(0, &mut Vec::new())?;
        let host = if address[..3] == [0; 3] {
            let mut name = Vec::new();
            reader.read_until(0, &mut name)?;
            name.pop();
            String::from_utf8_lossy(&name).into_owned()
        } else {
            Ipv4Addr::from(address).to_string()
        };
        (host, port, &[0, 90, 0, 0, 0, 0, 0, 0])
    };
    let asked = format!("{version} {host}");
    told.lock().expect("no panic").push(asked);
    let to_host = TcpStream::connect((host, u16::from_be_bytes(port)))?;
    stream.write_all(granted)?;
    join(reader, stream, to_host)
}

fn read_bytes<const COUNT: usize>(reader: &mut impl Read) -> Result<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Hands on what each side says to the other.
fn join(
    mut from_client: BufReader<TcpStream>,
    mut to_client: TcpStream,
    host: TcpStream,
) -> Result<()> {
    let (mut to_host, mut from_host) = (host.try_clone()?, host);
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from_client, &mut to_host);
        to_host.shutdown(Shutdown::Write)
    });
    std::io::copy(&mut from_host, &mut to_client)?;
    to_client.shutdown(Shutdown::Write)
}

/// Publishes with the command, in an environment that names these proxies alone.
pub fn publish_through(world: &World, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_almanac"));
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    command
        .arg("publish")
        .arg(world.path("almanac.toml"))
        .args(["--at", FIRST, "--retries", "0", "--timeout", "5"])
        .arg("--output")
        .arg(world.output())
        .arg("--cache")
        .arg(world.path("cache"))
        .envs(variables.iter().copied())
        .output()
        .expect("the command")
}
