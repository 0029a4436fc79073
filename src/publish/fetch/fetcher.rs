//! Fetches documents and files: from the cache where it has them, else from the host, with patience.

use super::access::ClientFiles;
use super::cache::{Answer, Cache, Partial, Version};
use super::client::Client;
use super::failure::Failure;
use super::receive::{Stop, receive};
use super::retry::{ASKED_WAIT_MAX, asked_wait, wait};
use crate::domain::Timestamp;
use crate::publish::progress::Progress;
use crate::publish::repository::{ByteLimit, Checksum, without_credentials};
use crate::publish::{Cause, Error};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use ureq::Body;
use ureq::http::Response;
use ureq::http::header::{CONTENT_RANGE, ETAG, HeaderName, LAST_MODIFIED, RETRY_AFTER};
use url::Url;

/// How fetching is to be done.
#[derive(Clone, Debug)]
pub struct FetchSettings {
    /// The folder of the cache; where it is absent, what is not on this machine cannot be read.
    pub cache: Option<PathBuf>,
    /// How long to wait for a connection, for an answer, and for more bytes of it.
    pub patience: Duration,
    /// How often to try again.
    pub retries: u32,
    /// The wait before the first of these tries; each further one is twice as long.
    pub first_wait: Duration,
}

/// Fetches over http(s).
pub struct Fetcher {
    cache: Option<Cache>,
    client: Client,
    settings: FetchSettings,
    progress: Progress,
    /// Hosts that could not be reached with all patience: each further file of theirs is tried once.
    given_up: Mutex<BTreeSet<String>>,
}

/// What was fetched.
pub struct Fetched<T> {
    /// It.
    pub value: T,
    /// The bytes that came over the network for it.
    pub received_bytes: u64,
}

/// A document that may be one kept from earlier.
pub struct Available<T> {
    /// It.
    pub value: T,
    /// Why a newer one did not come, and when this one was last known to hold; `None` where it holds.
    pub outdated: Option<(Error, Timestamp)>,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            cache: None,
            patience: Duration::from_secs(30),
            retries: 4,
            first_wait: Duration::from_secs(1),
        }
    }
}

impl Fetcher {
    /// Reads the certificates; neither the cache nor a host is asked yet.
    pub fn new(
        mut settings: FetchSettings,
        clients: &[ClientFiles],
        progress: Progress,
    ) -> Result<Self, Error> {
        // Git runs in a folder of its own, where a relative path would be another.
        if let Some(cache) = &mut settings.cache {
            *cache = std::path::absolute(&*cache).map_err(|error| Error::io(cache, error))?;
        }
        Ok(Self {
            cache: settings.cache.clone().map(Cache::new),
            client: Client::new(clients, settings.patience)?,
            settings,
            progress,
            given_up: Mutex::default(),
        })
    }

    /// The whole path of the cache's folder, where there is one.
    pub fn cache_folder(&self) -> Option<&Path> {
        self.settings.cache.as_deref()
    }

    /// A document without a checksum: it is kept, and asked again next time whether it still holds, once `read` has made
    /// sense of it.
    pub fn document<T>(
        &self,
        address: &str,
        limit: ByteLimit,
        read: impl FnOnce(&[u8]) -> Result<T, Error>,
    ) -> Result<Fetched<T>, Error> {
        let address = parsed(address)?;
        let cache = self.cache(&address)?;
        let kept = cache.answer(&address)?;
        let (answer, received_bytes) =
            self.persist(&address, || self.ask_again(&address, kept.as_ref(), limit))?;
        let Some(answer) = answer else {
            let kept = kept.unwrap_or_default();
            let value = read(&kept.document)?;
            cache.keep_answer(&address, kept.version, &kept.document)?;
            return Ok(Fetched {
                value,
                received_bytes,
            });
        };
        let value = read(&answer.document)?;
        cache.keep_answer(&address, answer.version, &answer.document)?;
        Ok(Fetched {
            value,
            received_bytes,
        })
    }

    /// A document as [`Self::document`] has it, or where it does not come as it was kept from earlier.
    pub fn document_or_kept<T>(
        &self,
        address: &str,
        limit: ByteLimit,
        read: impl Fn(&[u8]) -> Result<T, Error>,
    ) -> Result<Available<T>, Error> {
        let error = match self.document(address, limit, &read) {
            Ok(fetched) => {
                return Ok(Available {
                    value: fetched.value,
                    outdated: None,
                });
            }
            Err(error) if error.is_of_this_machine() => return Err(error),
            Err(error) => error,
        };
        let address = parsed(address)?;
        let kept = self.cache(&address)?.answer(&address)?;
        let held = kept.as_ref().and_then(|kept| kept.version.held);
        match kept.zip(held.and_then(Timestamp::from_unix_seconds)) {
            Some((kept, held)) => Ok(Available {
                value: read(&kept.document)?,
                outdated: Some((error, held)),
            }),
            None => Err(error),
        }
    }

    /// A file whose checksum is known, at its start: without any request where the cache has it.
    pub fn file(
        &self,
        address: &str,
        checksum: &Checksum,
        bytes: Option<u64>,
        limit: ByteLimit,
    ) -> Result<Fetched<File>, Error> {
        let address = parsed(address)?;
        let cache = self.cache(&address)?;
        let known = |value| Fetched {
            value,
            received_bytes: 0,
        };
        if let Some(file) = cache.file(checksum)? {
            return Ok(known(file));
        }
        let mut partial = cache.partial(checksum)?;
        // Another thread or process may have fetched it while this one waited.
        if let Some(file) = cache.file(checksum)? {
            return Ok(known(file));
        }
        let mut received_bytes = 0;
        self.persist(&address, || {
            let start = partial.bytes().map_err(stopped)?;
            let is_whole = start > 0 && Some(start) == bytes;
            if !is_whole {
                received_bytes += self.go_on(&address, &mut partial, limit)?;
            }
            self.verified(&address, &mut partial, start > 0, checksum, bytes)
        })?;
        Ok(Fetched {
            value: partial.finish()?,
            received_bytes,
        })
    }

    /// Removes from the cache what was not used for long.
    pub fn tidy(&self) {
        if let Some(cache) = &self.cache {
            cache.tidy();
        }
    }

    fn cache(&self, address: &Url) -> Result<&Cache, Error> {
        self.cache.as_ref().ok_or_else(|| {
            Error::configuration(
                without_credentials(address.as_str()),
                "there is no folder to keep what is fetched",
                "name one with --cache, or set XDG_CACHE_HOME or HOME",
            )
        })
    }

    /// The answer of a host and the bytes that came; no answer where the kept one still holds.
    fn ask_again(
        &self,
        address: &Url,
        kept: Option<&Answer>,
        limit: ByteLimit,
    ) -> Result<(Option<Answer>, u64), Stop> {
        let version = kept.map(|kept| kept.version.clone()).unwrap_or_default();
        let mut headers = Vec::new();
        headers.extend(version.etag.map(|etag| ("If-None-Match", etag)));
        headers.extend(
            version
                .last_modified
                .map(|date| ("If-Modified-Since", date)),
        );
        let response = self.client.get(address, &headers)?;
        match response.status().as_u16() {
            304 if kept.is_some() => Ok((None, 0)),
            200 => {
                let version = Version {
                    etag: header(&response, ETAG),
                    last_modified: header(&response, LAST_MODIFIED),
                    ..Version::default()
                };
                let mut document = Vec::new();
                let received = self.receive(response, &mut document, 0, limit)?;
                Ok((Some(Answer { version, document }), received))
            }
            _ => Err(refused(&response)),
        }
    }

    /// Fetches what a partial file lacks, or all of it where it cannot be continued; gives back the bytes that came.
    fn go_on(&self, address: &Url, partial: &mut Partial, limit: ByteLimit) -> Result<u64, Stop> {
        let start = partial.bytes().map_err(stopped)?;
        let validator = partial.validator().filter(|_| start > 0);
        let headers: Vec<_> = validator
            .map(|validator| {
                let range = format!("bytes={start}-");
                [("Range", range), ("If-Range", validator)]
            })
            .into_iter()
            .flatten()
            .collect();
        let response = self.client.get(address, &headers)?;
        let status = response.status().as_u16();
        let continues = header(&response, CONTENT_RANGE)
            .is_some_and(|range| range.starts_with(&format!("bytes {start}-")));
        match status {
            206 if continues => {
                partial.go_on().map_err(stopped)?;
                self.receive(response, &mut partial.file, start, limit)
            }
            206 | 416 => {
                partial.restart(None).map_err(stopped)?;
                Err(Failure::OtherRange.into())
            }
            200 => {
                // A weak tag says nothing of single bytes: RFC 9110, 13.1.5.
                let etag = header(&response, ETAG).filter(|etag| !etag.starts_with("W/"));
                let validator = etag.or_else(|| header(&response, LAST_MODIFIED));
                partial.restart(validator.as_deref()).map_err(stopped)?;
                self.receive(response, &mut partial.file, 0, limit)
            }
            _ => Err(refused(&response)),
        }
    }

    fn verified(
        &self,
        address: &Url,
        partial: &mut Partial,
        was_continued: bool,
        checksum: &Checksum,
        bytes: Option<u64>,
    ) -> Result<(), Stop> {
        let received = partial.bytes().map_err(stopped)?;
        if bytes.is_some_and(|bytes| received < bytes) {
            return Err(Failure::BrokenOff {
                received,
                cause: None,
            }
            .into());
        }
        let place = without_credentials(address.as_str());
        let result = partial.verify(checksum, bytes, &place);
        if result.is_err() {
            partial.restart(None).map_err(stopped)?;
        }
        match result {
            // The beginning may be what is wrong: once more, from the start.
            Err(_) if was_continued => Err(Failure::OtherRange.into()),
            result => result.map_err(stopped),
        }
    }

    fn receive(
        &self,
        response: Response<Body>,
        sink: &mut impl std::io::Write,
        start: u64,
        limit: ByteLimit,
    ) -> Result<u64, Stop> {
        // The limit is ours: it stands in the error, with what it is.
        let body = response
            .into_body()
            .into_with_config()
            .limit(u64::MAX)
            .reader();
        let patience = self.settings.patience;
        receive(body, sink, start, limit, patience, &self.progress)
    }

    /// What another program reads from an address, with the same patience as what is fetched here.
    pub fn with_patience<T>(
        &self,
        address: &str,
        attempt: impl FnMut() -> Result<T, Stop>,
    ) -> Result<T, Error> {
        self.persist(&parsed(address)?, attempt)
    }

    /// Tries until it succeeds, cannot succeed, or was tried often enough.
    fn persist<T>(
        &self,
        address: &Url,
        mut attempt: impl FnMut() -> Result<T, Stop>,
    ) -> Result<T, Error> {
        let place = without_credentials(address.as_str());
        let host = address.origin().ascii_serialization();
        let given_up = || self.given_up.lock().unwrap_or_else(PoisonError::into_inner);
        let retries = if given_up().contains(&host) {
            0
        } else {
            self.settings.retries
        };
        let mut tries = 0;
        loop {
            let (failure, asked) = match attempt() {
                Ok(value) => return Ok(value),
                Err(Stop::Cause(cause)) => return Err(Error::at(place, cause)),
                Err(Stop::Error(error)) => return Err(error),
                Err(Stop::Host(failure, asked)) => (failure, asked.unwrap_or_default()),
            };
            tries += 1;
            if tries > retries || !failure.may_pass() {
                if failure.is_of_the_way() {
                    given_up().insert(host);
                }
                return Err(Error::at(place, Cause::Fetch { failure, tries }));
            }
            let wait = wait(tries - 1, self.settings.first_wait, fastrand::f64()).max(asked);
            let seconds = wait.as_secs_f64();
            self.progress.note(&format!(
                "{place}: {failure}; trying again in {seconds:.1} s"
            ));
            std::thread::sleep(wait);
        }
    }
}

fn parsed(address: &str) -> Result<Url, Error> {
    Url::parse(address).map_err(|error| {
        let failure = Failure::Address(error.to_string());
        let cause = Cause::Fetch { failure, tries: 1 };
        Error::at(without_credentials(address), cause)
    })
}

fn stopped(error: Error) -> Stop {
    Stop::Error(error)
}

fn header(response: &Response<Body>, name: HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

/// What an answer means that has none of the statuses hoped for.
fn refused(response: &Response<Body>) -> Stop {
    let status = response.status().as_u16();
    let asked =
        header(response, RETRY_AFTER).and_then(|header| asked_wait(&header, SystemTime::now()));
    match asked {
        Some(asked) if asked > ASKED_WAIT_MAX => Stop::from(Failure::Wait {
            status,
            seconds: asked.as_secs(),
        }),
        asked => Stop::Host(Failure::Status(status), asked),
    }
}
