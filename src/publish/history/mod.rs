//! The history of a release: every snapshot with what became of packages since the one before, and the deviations that follow.
//!
//! ```text
//! release_history  the snapshots in order, and which of them is compared with which
//! coverages        where other architectures are in the reports than before
//! reports          compatibility reports, read once for several comparisons
//! reasons          what is said of why packages diverge, where it changed
//! ledger           from transitions and reasons to the deviations, quarter by quarter
//! names            what deviations are called in feeds
//! feeds            the deviations for other programs: CSV, JSON, Atom
//! joining          one set with the history of several
//! ```

mod coverages;
mod feeds;
mod joining;
mod ledger;
mod names;
mod reasons;
mod release_history;
mod reports;

pub use coverages::coverages;
pub use feeds::{FEEDS, feeds};
pub use joining::{Joined, join};
pub use ledger::LedgerDocuments;
pub use release_history::{Loss, PublishedHistory, ReleaseHistory};
