//! Builds as AlmaLinux's build system (ALBS) answers them under `/api/v1/builds/`, read from files.

mod document;
mod reading;

pub use reading::{PackageBuilds, read_builds};
