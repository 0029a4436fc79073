//! From repositories and source texts to a published set of reports: reads, compares, writes and verifies.
//!
//! ```text
//! configuration   what the operator wrote, held against what is possible
//! fetch           files over http(s), with patience and a cache
//! git             branches of git repositories, by the command git
//! rpmautospec     the parts of a spec that rpmautospec writes
//! repository      rpm-md: repomd.xml and primary.xml, streamed and checked
//! source_package  SRPM files: header and payload, streamed and checked
//! abi_reports     what other tools found out about binary interfaces
//! advisories      advisories of both sides, and when they were published
//! albs            builds as the build system answers them
//! autopatch       what the distribution's patching tool does to a package, and which lines that explains
//! compile         from packages to the documents of the report
//! history         every snapshot with what became of packages, and the deviations that follow
//! output          the published set on disk: content-addressed, the index last
//! published_set   single documents of a published set
//! verification    whether a published set keeps its promises
//! side_by_side    several threads that act on things, at hand or still being found
//! sample          the repositories of an invented distribution, to show and test all of it
//! ```

pub mod abi_reports;
pub mod advisories;
pub mod albs;
pub mod autopatch;
pub mod compile;
pub mod configuration;
mod error;
mod failed_input;
pub mod fetch;
mod git;
pub mod history;
mod json_file;
mod numbers;
pub mod output;
mod progress;
mod publication;
pub mod published_set;
pub mod repository;
mod rpmautospec;
pub mod sample;
pub mod schema;
mod side_by_side;
pub mod source_package;
mod summary;
pub mod verification;

pub use error::{Cause, Error};
pub use failed_input::FailedInput;
pub use progress::Progress;
pub use publication::{Publication, Request, publish};
pub use summary::summary;
