//! Parts the text of a patch's file that stands above and between its diffs from the diffs themselves.

/// Blocks of text that are read of a file.
const BLOCKS_MAX: usize = 1000;
/// Lines of a block that are read.
const LINES_MAX: usize = 400;
/// Bytes of them that are read.
const BYTES_MAX: usize = 64 << 10;

/// Where in the file a line stands.
enum Place {
    Header,
    /// Among the lines that say which file a diff is of, or at the end of a hunk.
    Diff,
    /// In a hunk, with so many lines of the old and of the new file to come.
    Hunk(usize, usize),
    /// In the data of a binary file, which an empty line ends.
    Binary,
}

/// The blocks of text, the first of them above the first diff; it is there even where it is empty.
pub(super) fn header_blocks(text: &str) -> Vec<Vec<&str>> {
    let mut blocks = vec![Vec::new()];
    let mut bytes = 0;
    let mut place = Place::Header;
    for line in text.lines() {
        place = match place {
            Place::Hunk(old, new) if old + new > 0 && is_of_hunk(line) => in_hunk(line, old, new),
            Place::Binary if line.is_empty() => Place::Diff,
            Place::Binary => Place::Binary,
            _ if line.starts_with("@@ ") => hunk_at(line),
            _ if begins_diff(line) => Place::Diff,
            Place::Diff | Place::Hunk(..) if begins_binary(line) => Place::Binary,
            Place::Diff | Place::Hunk(..) if is_of_diff(line) => Place::Diff,
            before => {
                if !matches!(before, Place::Header) {
                    if blocks.len() == BLOCKS_MAX {
                        break;
                    }
                    blocks.push(Vec::new());
                    bytes = 0;
                }
                bytes += line.len();
                if let Some(block) = blocks.last_mut()
                    && block.len() < LINES_MAX
                    && bytes <= BYTES_MAX
                {
                    block.push(line);
                }
                Place::Header
            }
        };
    }
    blocks
}

fn begins_diff(line: &str) -> bool {
    ["diff ", "--- a/", "--- /", "Index: "]
        .iter()
        .any(|start| line.starts_with(start))
}

fn begins_binary(line: &str) -> bool {
    ["GIT binary patch", "literal ", "delta "]
        .iter()
        .any(|start| line.starts_with(start))
}

fn is_of_diff(line: &str) -> bool {
    const STARTS: [&str; 13] = [
        "--- ",
        "+++ ",
        "\\",
        "index ",
        "old mode ",
        "new mode ",
        "new file mode ",
        "deleted file mode ",
        "similarity index ",
        "rename ",
        "copy ",
        "Binary files ",
        "====",
    ];
    STARTS.iter().any(|start| line.starts_with(start))
}

fn is_of_hunk(line: &str) -> bool {
    line.is_empty() || line.starts_with([' ', '+', '-', '\\'])
}

fn in_hunk(line: &str, old: usize, new: usize) -> Place {
    match line.as_bytes().first() {
        Some(b'-') => Place::Hunk(old.saturating_sub(1), new),
        Some(b'+') => Place::Hunk(old, new.saturating_sub(1)),
        Some(b'\\') => Place::Hunk(old, new),
        _ => Place::Hunk(old.saturating_sub(1), new.saturating_sub(1)),
    }
}

/// The hunk that `@@ -1,3 +1,4 @@` begins; what is not written so begins none.
fn hunk_at(line: &str) -> Place {
    let mut ranges = line.split(' ').skip(1);
    let mut lines_of = |sign: char| {
        let range = ranges.next()?.strip_prefix(sign)?;
        let count = range.split_once(',').map_or("1", |(_, count)| count);
        // No hunk has more lines than fit: adding the two must not overflow.
        count.parse::<u32>().ok().map(|count| count as usize)
    };
    match (lines_of('-'), lines_of('+')) {
        (Some(old), Some(new)) => Place::Hunk(old, new),
        _ => Place::Diff,
    }
}
