//! Holds a published set against its own promises: sizes, digests, schemas, limits, and that its documents agree.

mod builds;
mod consistency;
mod documents;
mod history;
mod set;

pub use set::{Fault, Verification, verify};
