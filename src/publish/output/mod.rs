//! The published set on disk: documents named by what they hold, and the index, which is replaced last.

mod folder;
mod index;
mod staging;

pub use folder::{Folder, digest_of, digest_of_hash};
pub use index::{merged_index, read_index};
pub use staging::{Counts, Staging};
