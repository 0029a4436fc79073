//! Opens one file of a repository, from this machine or over http(s).

use super::checked_stream::ByteLimit;
use super::location::Location;
use crate::publish::{Cause, Error};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::sync::OnceLock;
use std::time::Duration;
use ureq::Agent;

const CONNECT_SECONDS: u64 = 10;
const WHOLE_SECONDS: u64 = 300;
const REDIRECTS: u32 = 5;

/// Opens a file at its start. What comes over http(s) is put into a temporary file that has no name, up to a limit.
pub fn open(location: &Location, limit: ByteLimit) -> Result<File, Error> {
    match location {
        Location::Path(path) => File::open(path).map_err(|error| Error::io(path, error)),
        Location::Address(address) => download(address, location, limit),
    }
}

fn download(address: &str, location: &Location, limit: ByteLimit) -> Result<File, Error> {
    let at = |cause| Error::at(location, cause);
    let request = agent()
        .get(address)
        .config()
        .https_only(address.starts_with("https://"))
        .build();
    let response = request.call().map_err(|error| at(cause_of(error)))?;
    // The body of a longer answer is cut by us one byte beyond the limit, so that its length tells.
    let mut body = response
        .into_body()
        .into_with_config()
        .limit(u64::MAX)
        .reader()
        .take(limit.bytes + 1);
    let mut file = tempfile::tempfile().map_err(|error| at(Cause::Io(error)))?;
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = body
            .read(&mut buffer)
            .map_err(|error| at(Cause::Network(error.to_string())))?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        file.write_all(&buffer[..read])
            .map_err(|error| at(Cause::Io(error)))?;
    }
    if bytes > limit.bytes {
        return Err(at(Cause::TooLong {
            limit: limit.bytes,
            stated: limit.stated,
        }));
    }
    file.seek(io::SeekFrom::Start(0))
        .map_err(|error| at(Cause::Io(error)))?;
    Ok(file)
}

fn agent() -> &'static Agent {
    static AGENT: OnceLock<Agent> = OnceLock::new();
    AGENT.get_or_init(|| {
        Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(CONNECT_SECONDS)))
            .timeout_global(Some(Duration::from_secs(WHOLE_SECONDS)))
            .max_redirects(REDIRECTS)
            .user_agent(concat!("almanac/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent()
    })
}

fn cause_of(error: ureq::Error) -> Cause {
    match error {
        ureq::Error::StatusCode(status) => Cause::Status(status),
        error => Cause::Network(error.to_string()),
    }
}
