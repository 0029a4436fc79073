//! Why something could not be fetched, in words that say what to do.

use crate::report::ReadError;
use std::fmt;

/// A failed fetch: what was asked for, and why it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The address.
    pub url: String,
    /// The cause.
    pub failure: LoadFailure,
}

/// Why a fetch failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadFailure {
    /// The browser has no network.
    Offline,
    /// No answer within the time, in seconds.
    Timeout {
        /// How long it was waited.
        seconds: u32,
    },
    /// The host answered with a status that is no success.
    Status(u16),
    /// The connection failed.
    Network(String),
    /// The answer could not be read.
    Unreadable(ReadError),
    /// The answer is not what its address says: the digest differs.
    DigestDiffers,
    /// A part of the program itself did not come.
    Program,
    /// The worker that compares texts did not start, or ended.
    Worker(String),
}

impl LoadFailure {
    /// Whether another try may help without anybody doing something.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Network(_) => true,
            Self::Status(status) => *status >= 500 || *status == 429,
            Self::Offline
            | Self::Timeout { .. }
            | Self::Unreadable(_)
            | Self::DigestDiffers
            | Self::Program
            | Self::Worker(_) => false,
        }
    }

    /// What a reader can do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Offline => "Connect to a network and try again.",
            Self::Timeout { .. } | Self::Network(_) => {
                "Try again; if it stays so, the host is down or out of reach."
            }
            Self::Status(404) => {
                "The report set was published only in part, or has moved. Reload the page; if it stays so, tell whoever publishes it."
            }
            Self::Status(_) => "Try again later; the host is at fault.",
            Self::Unreadable(ReadError::NewerMajor(_)) => {
                "Reload the page to get the newest Almanac."
            }
            Self::Program | Self::Worker(_) => {
                "Try again; if it stays so, reload the page: a newer Almanac may have been put in its place."
            }
            Self::Unreadable(_) | Self::DigestDiffers => {
                "Reload the page; if it stays so, tell whoever publishes the reports."
            }
        }
    }
}

impl fmt::Display for LoadFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offline => formatter.write_str("You are offline."),
            Self::Timeout { seconds } => write!(
                formatter,
                "The host did not answer within {seconds} seconds."
            ),
            Self::Status(404) => formatter.write_str("The host does not have it (status 404)."),
            Self::Status(status) => write!(formatter, "The host answered with status {status}."),
            Self::Network(cause) => write!(formatter, "The connection failed: {cause}."),
            Self::Unreadable(error) => write!(formatter, "It could not be read: {error}."),
            Self::Program => formatter.write_str(
                "The part of Almanac that draws it did not come: the connection failed, or the host does not have it.",
            ),
            Self::Worker(cause) => write!(
                formatter,
                "The worker that compares texts did not start, or ended: {cause}."
            ),
            Self::DigestDiffers => {
                formatter.write_str("What came is not what its address says: its digest differs.")
            }
        }
    }
}
