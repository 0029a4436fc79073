//! Publishing, from repositories and texts to the published set.

mod abi;
mod autopatch;
mod builds;
mod built_libraries;
mod built_packages;
mod configuration_faults;
mod createrepo;
mod explain;
mod full_disk;
mod further;
mod git_autopatch;
mod git_sources;
mod http;
mod http_failures;
mod http_tls;
mod input_faults;
mod packed_sources;
mod published_faults;
mod published_set;
mod real_data;
mod sample;
mod source_texts;
mod support;
mod table_size;
mod verification;
mod warnings;
