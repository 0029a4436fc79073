//! Makes repositories of rpm packages, without the packages, from a definition of an invented distribution: for each of its
//! snapshots a folder with both sides' metadata and a configuration that publishes them.

mod advisories;
mod builds;
mod configuration_text;
mod definition;
mod exports;
mod further;
mod generate;
mod repository_writer;
mod state;

pub use generate::generate_sample;
pub use repository_writer::{WrittenCompression, WrittenPackage, write_repository};
