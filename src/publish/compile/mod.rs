//! From repositories, source texts and lists to the documents of a report.

mod availability;
mod configured_changes;
mod facets;
mod git_sources;
mod knowledge;
mod lists;
mod manifest;
mod package_configurations;
mod package_document;
mod package_file;
mod package_sources;
mod packed_sources;
mod patches;
mod reading;
mod release;
mod source_texts;
mod statements;
mod table;

pub use facets::FacetsBuilder;
pub use reading::{Attempts, CollectedSources, Reading, read_repositories};
pub use release::{CompiledRelease, Occasion, ReleaseOutcome, compile_release};
pub use table::TableBuilder;
