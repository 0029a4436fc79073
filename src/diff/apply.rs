//! Applies a patch that was read to the file it was made for.

use super::patch::{FilePatch, PatchError, PatchFault};
use super::patch_lines::{PatchHunk, PatchLine};
use super::text::Text;

impl FilePatch {
    /// Makes the new file from the old one. Lines must stand where the patch says: nothing is guessed.
    ///
    /// # Errors
    /// [`PatchFault::Mismatch`] at the first hunk that does not fit.
    pub fn apply(&self, before: &[u8]) -> Result<Vec<u8>, PatchError> {
        let before = Text::new(before);
        let mut after = Vec::with_capacity(before.bytes().len());
        let mut next = 0;
        for hunk in &self.hunks {
            if hunk.before_start < next || hunk.before_start > before.line_count() {
                return Err(mismatch(hunk));
            }
            after.extend(before.raw_lines(next..hunk.before_start).flatten());
            next = hunk.before_start;
            for line in &hunk.lines {
                match line {
                    PatchLine::Added(bytes) => after.extend(bytes),
                    PatchLine::Context(bytes) | PatchLine::Removed(bytes) => {
                        if before.raw_lines(next..next + 1).next() != Some(bytes) {
                            return Err(mismatch(hunk));
                        }
                        if matches!(line, PatchLine::Context(_)) {
                            after.extend(bytes);
                        }
                        next += 1;
                    }
                }
            }
        }
        after.extend(before.raw_lines(next..before.line_count()).flatten());
        Ok(after)
    }
}

fn mismatch(hunk: &PatchHunk) -> PatchError {
    PatchError {
        line: hunk.patch_line,
        fault: PatchFault::Mismatch,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_patch;

    fn check(patch: &str, before: &str, expected: &str) {
        let files = read_patch(patch.as_bytes()).unwrap().texts().unwrap();
        let shown = match files[0].apply(before.as_bytes()) {
            Ok(after) => String::from_utf8(after).unwrap(),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn applies_only_where_the_lines_are() {
        let patch = "--- a\n+++ b\n@@ -2 +2 @@\n-x\n+y\n";
        let elsewhere =
            "line 3 of the patch: the file has other lines where this change should apply";
        check(patch, "a\nx\n", "a\ny\n");
        check(patch, "x\na\n", elsewhere);
        check(patch, "", elsewhere);
    }
}
