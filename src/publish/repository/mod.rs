//! Reads repositories of rpm packages: repomd.xml, then primary.xml as a stream, nothing of which is believed before its
//! checksums and sizes hold.
//!
//! The format is that of createrepo_c; elements are matched by their local names, with or without prefixes.

mod abi_lists;
mod checked_stream;
mod collection;
mod compression;
mod location;
mod plain_package;
mod primary;
mod read_ahead;
mod reading;
mod repomd;
mod window;
mod xml;

pub use abi_lists::AbiLists;
pub use checked_stream::{ByteLimit, CheckedStream, Checksum, ChecksumKind, hexadecimal};
pub use compression::{CompressedFile, Compression, OpenStream};
pub use location::{Location, leads_out, without_credentials};
pub use primary::{Extent, PrimaryEntry, read_primary};
pub use reading::{Metadata, Repository, Wanted, for_each_package, read_repository, unwrapped};
pub use repomd::{PrimaryFile, Repomd, read_repomd};
pub(in crate::publish) use xml::{Piece, XmlStream, attribute, attributes};
