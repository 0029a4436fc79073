//! From repositories, source texts and lists to the documents of a report.

mod archive_lists;
mod availability;
mod builds;
mod chosen_packages;
mod configured_changes;
mod declared_files;
mod facets;
mod git_sources;
mod input_failures;
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
mod rebuilt_spec;
mod release;
mod renamed_packages;
mod repositories;
mod security;
mod source_texts;
mod statements;
mod table;

pub use builds::BuildsBuilder;
pub use facets::FacetsBuilder;
pub use input_failures::merged_failures_of;
pub use reading::{Attempts, CollectedSources, Reading, read_repositories};
pub use release::{CompiledRelease, Occasion, ReleaseOutcome, compile_release};
pub use security::lag_record;
pub use table::TableBuilder;
