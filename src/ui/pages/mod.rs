//! One page per route.

pub mod diff;
pub mod method;
pub mod not_found;
pub mod overview;
pub mod package;
pub mod packages;
pub mod release;
