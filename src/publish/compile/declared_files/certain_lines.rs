//! Which lines of a spec declare what every build of it needs.

use crate::publish::compile::rebuilt_spec::section_begun;

/// Where the lines of a spec stand, one after the other.
#[derive(Default)]
pub(super) struct CertainLines {
    in_other_section: bool,
    in_definition: bool,
    open_braces: usize,
}

impl CertainLines {
    /// Whether what the next line declares is declared wherever no condition is open: it is of a preamble, and no part of a macro that
    /// began in a line above.
    pub(super) fn has(&mut self, line: &str) -> bool {
        if let Some(section) = section_begun(line) {
            self.in_other_section = section != "%package";
        }
        let is_certain = !self.in_other_section && !self.in_definition && self.open_braces == 0;
        self.in_definition = line.ends_with('\\');
        if !self.in_other_section {
            let count = |brace| line.matches(brace).count();
            self.open_braces = (self.open_braces + count('{')).saturating_sub(count('}'));
        }
        is_certain
    }
}
