//! Builds as AlmaLinux's build system (ALBS) answers them under `/api/v1/builds/`.

mod document;
mod reading;

pub use reading::{PackageBuilds, ReadBuilds, read_builds};
