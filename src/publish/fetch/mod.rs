//! Fetches files over http(s): tries again where that may help, continues what broke off, and keeps on disk what it has.
//!
//! ```text
//! client       one request: time limits, redirects, proxies, client certificates
//! access       the certificates of each part of the web that wants some
//! credentials  those of an address, as they are sent
//! redirect     where a redirect may lead
//! proxy        which proxy the environment names for an address
//! forward      what is asked of a proxy itself
//! retry        whether and when to try again
//! receive      the bytes of an answer, held against a limit and a least speed
//! cache        what is kept on disk, named by checksum or address
//! fetcher      all of it together
//! failure      what can go wrong with a host
//! ```
//!
//! Nothing is kept, and nothing leaves here, before its checksum holds; what has no checksum, repomd.xml, is kept once it
//! was read as such.

mod access;
mod cache;
mod client;
mod credentials;
mod failure;
mod fetcher;
mod forward;
mod proxy;
mod receive;
mod redirect;
mod retry;

pub use access::{ClientFiles, address_prefix};
pub use failure::Failure;
pub use fetcher::{Available, FetchSettings, Fetched, Fetcher};
pub use receive::Stop;
