//! Browser IO: fetches the published documents, retries, checks, and keeps what was fetched. Draws nothing.

mod diff_worker;
mod error;
mod fetch;
mod library;

pub use diff_worker::DiffWorker;
pub use error::{LoadError, LoadFailure};
pub use library::{Library, LoadState};
