//! Unified diffs: what they add and remove, where, and the mail around them. A patch of a patch is a diff in a diff.

use super::SyntaxClass;
use super::language::Lexer;
use super::painter::{Painter, run_length};

/// The state between the lines of a patch.
#[derive(Default)]
pub(super) struct PatchLexer {
    /// How many lines of both sides the hunk still has, by its header.
    left: [usize; 2],
    /// Whether a file was named already; before that comes a mail.
    is_in_files: bool,
    /// What classes the lines of a file that is a patch itself.
    inner: Option<Box<PatchLexer>>,
    /// How deep this is a patch of a patch.
    depth: usize,
}

/// Patches of patches of patches are not told apart any more.
const DEPTH_MAX: usize = 2;

impl Lexer for PatchLexer {
    fn line(&mut self, painter: &mut Painter<'_>) {
        let line = painter.ahead();
        let sign = line.first().copied();
        if self.left != [0, 0] {
            let (class, sides) = match sign {
                Some(b'+') => (SyntaxClass::Added, [0, 1]),
                Some(b'-') => (SyntaxClass::Removed, [1, 0]),
                Some(b' ') | None => (SyntaxClass::Plain, [1, 1]),
                _ => (SyntaxClass::Comment, [0, 0]),
            };
            for (left, taken) in self.left.iter_mut().zip(sides) {
                *left = left.saturating_sub(taken);
            }
            return self.hunk_line(painter, class);
        }
        if line.starts_with(b"@@ ")
            && let Some(left) = counts_of(line)
        {
            self.left = left;
            self.is_in_files = true;
            let place = line[2..].windows(2).position(|window| window == b"@@");
            return painter.paint(SyntaxClass::Place, place.map_or(line.len(), |at| at + 4));
        }
        if is_file_header(line) {
            self.is_in_files = true;
            if let Some(name) = line.strip_prefix(b"+++ ") {
                let is_nested = is_patch_name(name) && self.depth < DEPTH_MAX;
                self.inner = is_nested.then(|| {
                    Box::new(Self {
                        depth: self.depth + 1,
                        ..Self::default()
                    })
                });
            }
            return painter.rest(SyntaxClass::Place);
        }
        if !self.is_in_files {
            let name = run_length(line, |byte| byte.is_ascii_alphabetic() || byte == b'-');
            if name > 0 && line[name..].starts_with(b": ") {
                painter.paint(SyntaxClass::Name, name + 1);
            }
        }
    }
}

impl PatchLexer {
    /// A line of a hunk; what it adds to a patch is classed as a line of that patch.
    fn hunk_line(&mut self, painter: &mut Painter<'_>, class: SyntaxClass) {
        match &mut self.inner {
            Some(inner) if class != SyntaxClass::Comment => {
                painter.paint(class, 1);
                let mut content = Painter::new(painter.ahead(), Vec::new());
                inner.line(&mut content);
                for (class, length) in content.finish() {
                    painter.paint(class, length);
                }
            }
            _ => painter.rest(class),
        }
    }
}

fn is_file_header(line: &[u8]) -> bool {
    const HEADERS: [&str; 14] = [
        "diff ",
        "index ",
        "--- ",
        "+++ ",
        "new file mode ",
        "deleted file mode ",
        "old mode ",
        "new mode ",
        "similarity index ",
        "rename from ",
        "rename to ",
        "copy from ",
        "copy to ",
        "Only in ",
    ];
    HEADERS
        .iter()
        .any(|header| line.starts_with(header.as_bytes()))
}

/// Whether `b/x.patch`, with or without a time after it, names a patch.
fn is_patch_name(name: &[u8]) -> bool {
    let end = run_length(name, |byte| byte != b'\t' && byte != b'\r');
    let name = name[..end].trim_ascii_end();
    let name = name.strip_suffix(b"\"").unwrap_or(name);
    name.ends_with(b".patch") || name.ends_with(b".diff")
}

/// The numbers of lines in `@@ -1,3 +1,4 @@`.
fn counts_of(header: &[u8]) -> Option<[usize; 2]> {
    let text = String::from_utf8_lossy(&header[..header.len().min(80)]);
    let mut words = text.strip_prefix("@@ ")?.split(' ');
    let mut count = |sign: char| {
        let range = words.next()?.strip_prefix(sign)?;
        let (_, count) = range.split_once(',').unwrap_or((range, "1"));
        count.parse().ok()
    };
    Some([count('-')?, count('+')?])
}
