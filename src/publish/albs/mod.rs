//! Builds as AlmaLinux's build system (ALBS) answers them under `/api/v1/builds/`.

mod asked;
mod document;
mod pages;
mod published;
mod reading;
mod source;
mod tags;

pub use pages::PagesRead;
pub use reading::{PackageBuilds, ReadBuilds, read_builds};
