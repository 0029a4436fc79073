//! Advisories of both sides, as the formats have them in which they are published.
//!
//! ```text
//! reading      one input of a configuration: a file, a folder or an address
//! folder       the documents of an input that is a folder
//! unpacking    files that may be compressed, within bounds
//! moment       points in time as these formats write them
//! errata       errata.full.json and the older errata.json of AlmaLinux
//! updateinfo   updateinfo.xml of a repository
//! osv          documents in the format of OSV, alone or in an archive
//! csaf         documents in the format CSAF of OASIS, as Red Hat publishes them
//! dates        tables of dates
//! ```

mod csaf;
mod dates;
mod errata;
mod folder;
mod moment;
mod osv;
mod reading;
mod unpacking;
mod updateinfo;

pub use osv::read_osv_archive;
pub use reading::{AdvisoryInput, read_advisories};
