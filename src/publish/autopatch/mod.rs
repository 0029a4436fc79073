//! AlmaLinux's autopatch: what its configuration does to a package, which lines of the sources that explains, and what each
//! change is for.
//!
//! ```text
//! configuration   config.yaml as typed actions; what is not understood is kept and told
//! exact_lines     the lines of texts as strings that differ wherever the texts do
//! traced_text     a text of which each line knows the changes that wrote it
//! application     the actions that edit a text in place
//! sections        the sections of a spec, which lines are added to
//! written_lines   the lines that are added wherever the spec has room for them: patches, sources, the changelog
//! expression      regular expressions by Python’s rules
//! explanation     which change explains which lines of both sides' texts
//! patch_application whether a spec applies a patch that it is given
//! patch_calls     which patches a line of a spec may apply
//! changes         actions as changes of the domain, with their classes
//! ```

mod action;
mod application;
mod changes;
mod configuration;
mod exact_lines;
mod explanation;
mod expression;
mod patch_application;
mod patch_calls;
mod sections;
mod traced_text;
mod wildcard;
mod written_lines;

pub use action::{Action, ActionEntry, AddedFileKind, Pattern, Target};
pub use application::holds_release;
pub use changes::{Bearings, changes_of, changes_shown, leaves_out};
pub use configuration::{Autopatch, read_autopatch, read_autopatch_file};
pub use explanation::{
    Doubt, Explanation, FileContent, FilePair, Unexplained, UnexplainedReason, explain,
};
