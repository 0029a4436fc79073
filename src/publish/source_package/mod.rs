//! Reads source packages (SRPM files): which one of a repository or folder, its header, and its payload as a stream.
//!
//! The crate rpm reads the header, once the sizes and offsets in it were held against the bytes that there are: it trusts
//! them. Its reader of payloads has no limit to the memory that unpacking takes, so the payload goes through the same
//! decoders as repository metadata, and the crate cpio. Nothing but what `take` keeps is in memory at a time.

mod header;
mod listing;
mod payload;

pub use header::{PackedFile, SourceHeader};
pub use listing::{ListedPackage, list_folder, list_repository};
pub use payload::read_source_package;
