//! What changed between two texts: lines, hunks, words, pairs side by side, and the unified format.
//!
//! Everything here is pure and total: any bytes are a text, no input makes it fail or panic. Only a patch that is read
//! can be wrong, and says where.

mod apply;
mod budget;
mod comparison;
mod folding;
mod hunks;
mod likeness;
mod moves;
mod numbers;
mod pairing;
mod patch;
mod patch_header;
mod patch_lines;
mod space;
#[cfg(test)]
pub(crate) mod test_texts;
mod text;
mod tokens;
mod unified;
mod words;

pub use budget::{HUNK_TOKENS_MAX, TEXT_TOKENS_MAX, WordLimit};
pub use comparison::{ComparedHunk, TextComparison};
pub use folding::{CONTEXT_LINES, OpenedLines, Stretch, Unchanged, UnchangedRows, stretches};
pub use hunks::{Hunk, line_hunks};
pub use moves::{Counterparts, MovedBlock, Moves};
pub use numbers::{hunks_from_numbers, hunks_to_numbers};
pub use pairing::LinePair;
pub use patch::{FilePatch, Patch, PatchError, PatchFault, read_patch};
pub use patch_header::{
    PatchHeader, cves_in, denies_correction, name_corrects_cve, read_patch_headers,
};
pub use patch_lines::{PatchHunk, PatchLine};
pub use space::Space;
pub use text::{Line, LineEnd, Text};
pub use unified::{write_hunk, write_patch, write_patch_of};
