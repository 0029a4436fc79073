//! Reads what other tools found out about binary interfaces: lists of kernel symbols, and reports of abipkgdiff and rpminspect.

mod abipkgdiff;
mod folder;
mod kernel_list;
mod report_file;
mod rpminspect;

pub use folder::read_tool_reports;
pub use kernel_list::{kernel_list_of, misnamed_kernel_lists};
