//! Unified diffs: what they add and remove, where, and the mail around them. A patch of a patch is a diff in a diff.

use super::SyntaxClass;
use super::language::Lexer;
use super::painter::{Painter, is_blank, run_length};

/// The state between the lines of a patch.
#[derive(Default)]
pub(super) struct PatchLexer {
    /// How many lines of both sides the hunk still has, by its header.
    left: [usize; 2],
    /// Whether a file was named already; before that comes a mail.
    is_in_files: bool,
    /// Whether the line before was of git's header of a file, which says more of it.
    is_in_header: bool,
    /// What classes the lines of a file that is a patch itself, before and after.
    inner: Option<Box<[PatchLexer; 2]>>,
    /// How deep this is a patch of a patch.
    depth: usize,
}

/// Patches of patches of patches are not told apart any more.
const DEPTH_MAX: usize = 2;

impl Lexer for PatchLexer {
    fn line(&mut self, painter: &mut Painter<'_>) {
        let line = painter.ahead();
        let sign = line.first().copied();
        if let Some(left) = counts_of(line) {
            (self.left, self.is_in_files, self.is_in_header) = (left, true, false);
            let place = line[2..].windows(2).position(|window| window == b"@@");
            return painter.paint(SyntaxClass::Place, place.map_or(line.len(), |at| at + 4));
        }
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
        let says_more = self.is_in_header && is_of_git_header(line);
        self.is_in_header = says_more || line.starts_with(b"diff --git ");
        if says_more || is_file_header(line) {
            self.is_in_files = true;
            if let Some(name) = line.strip_prefix(b"+++ ") {
                let is_nested = is_patch_name(name) && self.depth < DEPTH_MAX;
                self.inner = is_nested.then(|| {
                    let inner = || Self {
                        depth: self.depth + 1,
                        ..Self::default()
                    };
                    Box::new([inner(), inner()])
                });
            }
            return painter.rest(SyntaxClass::Place);
        }
        // The next mail of several.
        self.is_in_files &= !begins_mail(line);
        if !self.is_in_files {
            let name = run_length(line, |byte| byte.is_ascii_alphabetic() || byte == b'-');
            if name > 0 && line[name..].starts_with(b": ") {
                painter.paint(SyntaxClass::Name, name + 1);
            }
        }
    }
}

impl PatchLexer {
    /// A line of a hunk; what it adds to a patch, or takes from it, is classed as a line of that patch on its side.
    fn hunk_line(&mut self, painter: &mut Painter<'_>, class: SyntaxClass) {
        match &mut self.inner {
            Some(inner) if class != SyntaxClass::Comment => {
                painter.paint(class, 1);
                let ahead = painter.ahead();
                let [before, after] = &mut **inner;
                let classed = |side: &mut Self| {
                    let mut content = Painter::new(ahead, Vec::new());
                    side.line(&mut content);
                    content.finish()
                };
                let classes = match class {
                    SyntaxClass::Removed => classed(before),
                    SyntaxClass::Added => classed(after),
                    _ => {
                        classed(before);
                        classed(after)
                    }
                };
                for (class, length) in classes {
                    painter.paint(class, length);
                }
            }
            _ => painter.rest(class),
        }
    }
}

/// What names a file, as sentences of a mail do not begin: `diff -ru a b`, `--- a`, `+++ b`, `Only in a: b`.
fn is_file_header(line: &[u8]) -> bool {
    let is_alone = || {
        let folder = line.strip_prefix(b"Only in ");
        folder.is_some_and(|folder| {
            let end = run_length(folder, |byte| !is_blank(byte));
            folder[..end].ends_with(b":")
        })
    };
    let headers: [&[u8]; 3] = [b"diff -", b"--- ", b"+++ "];
    headers.iter().any(|header| line.starts_with(header)) || is_alone()
}

/// What git says of a file after `diff --git`.
fn is_of_git_header(line: &[u8]) -> bool {
    const HEADERS: [&str; 12] = [
        "index ",
        "new file mode ",
        "deleted file mode ",
        "old mode ",
        "new mode ",
        "similarity index ",
        "dissimilarity index ",
        "rename from ",
        "rename to ",
        "copy from ",
        "copy to ",
        "Binary files ",
    ];
    HEADERS
        .iter()
        .any(|header| line.starts_with(header.as_bytes()))
}

/// `From HASH Mon Sep 17 00:00:00 2001`, as a mail by git begins.
pub(super) fn begins_mail(line: &[u8]) -> bool {
    let Some(hash) = line.strip_prefix(b"From ") else {
        return false;
    };
    let length = run_length(hash, |byte| byte.is_ascii_hexdigit());
    length >= 40 && hash[length..].starts_with(b" Mon Sep 17 00:00:00 2001")
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
