//! View models without a UI library: routes, filters, rows, words, and the one formatter of numbers and of dates.

pub mod abi;
pub mod architecture_bar;
pub mod builds;
pub mod changed_files;
pub mod changes;
pub mod csv;
pub mod date;
pub mod diff_view;
pub mod explanation;
pub mod filter;
pub mod hidden_characters;
pub mod nearest;
pub mod number;
pub mod package_summary;
pub mod patch_words;
pub mod release_rows;
pub mod release_summary;
pub mod route;
pub mod search;
pub mod source_failures;
pub mod trend;
pub mod words;
