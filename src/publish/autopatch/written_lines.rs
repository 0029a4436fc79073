//! Recognises the lines that are added wherever the spec has room for them: patches, sources, entries of the changelog.
//!
//! The tool looks for the last `Patch` and `Source`, numbers what has none, and dates the changelog; so the lines are known, and
//! their place, number and date are not.

use super::action::{Action, AddedFileKind};
use super::application::FileRole;
use super::traced_text::ChangeIndex;

/// The lines that the actions up to now add to one file.
#[derive(Debug)]
pub struct WrittenLines<'a> {
    /// The lines of the distribution's file, which say under which number an added file is declared.
    text: &'a [String],
    /// What its changelog says, point by point.
    points: Vec<Point<'a>>,
    files: Vec<DeclaredFile<'a>>,
    entries: Vec<Entry<'a>>,
    exact: Vec<(Vec<ChangeIndex>, String)>,
}

/// What one point of a changelog says; the tool breaks long ones into several lines.
#[derive(Debug)]
struct Point<'a> {
    said: String,
    lines: &'a [String],
}

/// A file that an action adds and the text declares.
#[derive(Debug)]
struct DeclaredFile<'a> {
    change: ChangeIndex,
    kind: AddedFileKind,
    name: &'a str,
    /// The numbers under which it is declared.
    numbers: Vec<u32>,
}

/// An entry of the changelog that an action adds.
#[derive(Debug)]
struct Entry<'a> {
    change: ChangeIndex,
    name: &'a str,
    email: &'a str,
    /// What it says, line by line, with single spaces.
    lines: Vec<String>,
}

impl<'a> WrittenLines<'a> {
    /// Nothing yet, of a file of which the distribution's lines are these.
    pub fn new(text: &'a [String]) -> Self {
        Self {
            text,
            points: points_of(text),
            files: Vec::new(),
            entries: Vec::new(),
            exact: Vec::new(),
        }
    }

    /// Takes in what an action adds to a file.
    pub fn add(&mut self, role: FileRole<'_>, action: &'a Action, change: ChangeIndex) {
        match action {
            Action::AddFile {
                kind,
                name,
                modifies_spec: true,
                ..
            } if role.is_spec || role.name().ends_with(".patches") => {
                let numbers = numbers_of(self.text, *kind, name);
                if !numbers.is_empty() {
                    self.files.push(DeclaredFile {
                        change,
                        kind: *kind,
                        name,
                        numbers,
                    });
                }
            }
            Action::ChangelogEntry { name, email, lines } if role.is_spec => {
                let lines = lines.iter().flat_map(|line| line.lines());
                self.entries.push(Entry {
                    change,
                    name,
                    email,
                    lines: lines.map(words).collect(),
                });
            }
            _ => {}
        }
    }

    /// Whether an action that found nothing in the text replaces added lines; then what it puts in is added as well.
    pub fn replace(&mut self, action: &Action, change: ChangeIndex) -> bool {
        let Action::Replace { find, replace, .. } = action else {
            return false;
        };
        let found: Vec<Option<Vec<ChangeIndex>>> = find
            .text()
            .lines()
            .map(|line| self.writers_of(line, false))
            .collect();
        let Some(found) = found.into_iter().collect::<Option<Vec<_>>>() else {
            return false;
        };
        let mut changes: Vec<ChangeIndex> = found.into_iter().flatten().collect();
        changes.push(change);
        for line in replace.lines() {
            self.exact.push((changes.clone(), line.to_owned()));
        }
        !changes.is_empty()
    }

    /// The changes that add these lines, if each is added by one and not all are blank. `in_changelog` tells whether they stand
    /// in the changelog.
    pub fn writers_of_all(&self, lines: &[String], in_changelog: bool) -> Option<Vec<ChangeIndex>> {
        let mut changes = Vec::new();
        let is_blank = |line: &&String| line.trim().is_empty() && !line.ends_with('\r');
        for line in lines.iter().filter(|line| !is_blank(line)) {
            changes.extend(self.writers_of(line, in_changelog)?);
        }
        changes.sort_unstable();
        changes.dedup();
        (!changes.is_empty()).then_some(changes)
    }

    /// The changes that add this line, if any does.
    pub fn writers_of(&self, line: &str, in_changelog: bool) -> Option<Vec<ChangeIndex>> {
        // The tool ends no line so.
        if line.ends_with('\r') {
            return None;
        }
        let changes: Vec<ChangeIndex> = if in_changelog {
            let entries = self.entries.iter();
            entries
                .filter(|entry| is_of_entry(line, entry, &self.points))
                .map(|entry| entry.change)
                .collect()
        } else {
            let exact = self
                .exact
                .iter()
                .filter(|(_, exact)| exact.trim() == line.trim());
            let files = self.files.iter();
            files
                .filter(|file| is_of_file(line, file))
                .map(|file| file.change)
                .chain(exact.flat_map(|(changes, _)| changes.iter().copied()))
                .collect()
        };
        (!changes.is_empty()).then_some(changes)
    }
}

fn tag_of(kind: AddedFileKind) -> &'static str {
    match kind {
        AddedFileKind::Patch => "Patch",
        AddedFileKind::Source => "Source",
    }
}

/// The number, if one is written, and the file of `Patch12: x.patch` or `Source: y`.
fn declaration(line: &str, kind: AddedFileKind) -> Option<(Option<u32>, &str)> {
    let (number, file) = line.trim().strip_prefix(tag_of(kind))?.split_once(':')?;
    match number {
        "" => Some((None, file.trim())),
        number => Some((Some(number.parse().ok()?), file.trim())),
    }
}

/// The numbers under which a text declares a file; rpm counts one without a number on from the one before it.
fn numbers_of(text: &[String], kind: AddedFileKind, name: &str) -> Vec<u32> {
    let mut next = 0_u32;
    let mut numbers = Vec::new();
    for (number, file) in text.iter().filter_map(|line| declaration(line, kind)) {
        let number = number.unwrap_or(next);
        next = number.saturating_add(1);
        if file == name {
            numbers.push(number);
        }
    }
    numbers
}

/// Whether a line declares or applies an added file, or is the tool's comment above such lines.
fn is_of_file(line: &str, file: &DeclaredFile<'_>) -> bool {
    let line = line.trim();
    if let Some((_, declared)) = declaration(line, file.kind) {
        return declared == file.name;
    }
    if let Some(comment) = line.strip_prefix("# ") {
        let comment = comment.strip_prefix("Applying ").unwrap_or(comment);
        return comment.eq_ignore_ascii_case(&format!("AlmaLinux {}", tag_of(file.kind)));
    }
    let stem: String = match file.name.rsplit_once('.') {
        Some((stem, _)) => stem.split('.').collect(),
        None => String::new(),
    };
    file.kind == AddedFileKind::Patch
        && (is_application(line, &stem, &file.numbers)
            || line == format!("ApplyPatch {stem}.patch"))
}

/// `%patchN -p1`, `%patch -P N -p1` or `%patch -PN -p1` with one of these numbers, with or without a backup's suffix, which then
/// is the file's stem.
fn is_application(line: &str, stem: &str, numbers: &[u32]) -> bool {
    let Some(rest) = line.strip_prefix("%patch") else {
        return false;
    };
    let mut words = rest.split_whitespace().collect::<Vec<_>>();
    if let [.., "-b", suffix] = words.as_slice() {
        if suffix.strip_prefix('.') != Some(stem) {
            return false;
        }
        words.truncate(words.len() - 2);
    }
    let number = match words.as_slice() {
        ["-P", number, "-p1"] => number,
        [number, "-p1"] => number.strip_prefix("-P").unwrap_or(number),
        _ => return false,
    };
    number.parse().is_ok_and(|number| numbers.contains(&number))
}

/// Whether a line of the changelog is the head of an entry or belongs to one of the points that it makes, whole.
fn is_of_entry(line: &str, entry: &Entry<'_>, points: &[Point<'_>]) -> bool {
    if let Some(head) = line.strip_prefix("* ") {
        return head.contains(&format!(" {} <{}>", entry.name, entry.email));
    }
    points
        .iter()
        .any(|point| entry.lines.contains(&point.said) && point.lines.iter().any(|own| own == line))
}

/// The points of a changelog: a line with a dash, and the indented ones that go on with it.
fn points_of(text: &[String]) -> Vec<Point<'_>> {
    let goes_on = |line: &&String| line.starts_with([' ', '\t']) && !line.trim().is_empty();
    let starts = text.iter().enumerate().filter_map(|(at, line)| {
        let first = line.strip_prefix("- ")?;
        let more = text[at + 1..].iter().take_while(goes_on).count();
        let lines = &text[at..=at + more];
        let rest = lines[1..].iter().map(String::as_str);
        let said: Vec<&str> = std::iter::once(first).chain(rest).collect();
        Some(Point {
            said: words(&said.join(" ")),
            lines,
        })
    });
    starts.collect()
}

/// A text with single spaces.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::configuration::read_autopatch;
    use super::*;

    fn check(line: &str, in_changelog: bool, expected: &[ChangeIndex]) {
        let text = "actions:\n  - add_files:\n    - {type: patch, name: 0001-a.b.patch}\n    - {type: source, name: x.cer}\n  - changelog_entry:\n    - {name: A B, email: a@b, line: [fix a thing, do more]}\n  - replace: [{target: spec, find: 'Source1: x.cer', replace: \"Source1: x.cer\\nSource2: x.cer\"}]\n";
        let autopatch = read_autopatch(text).unwrap();
        let role = FileRole {
            path: "a.spec",
            is_spec: true,
        };
        let declarations = [
            "Patch: a.patch",
            "Patch11: b.patch",
            "Patch: 0001-a.b.patch",
            "Patch0013: c.patch",
            "Source1: x.cer",
            "- fix a thing",
            "- do",
            "  more",
            "- do",
        ];
        let text = declarations.map(str::to_owned);
        let mut written = WrittenLines::new(&text);
        for (index, entry) in autopatch.entries.iter().enumerate() {
            written.add(role, &entry.action, index);
        }
        assert!(written.replace(&autopatch.entries[3].action, 3));
        let found = written.writers_of_all(&[line.to_owned()], in_changelog);
        assert_eq!(found.unwrap_or_default(), expected, "{line}");
    }

    #[test]
    fn declarations_and_applications() {
        check("Patch12: 0001-a.b.patch", false, &[0]);
        check("Patch: 0001-a.b.patch", false, &[0]);
        check("Patch12: other.patch", false, &[]);
        check("Source12: 0001-a.b.patch", false, &[]);
        check("# AlmaLinux Patch", false, &[0]);
        check("# Applying AlmaLinux Patch", false, &[0]);
        check("# AlmaLinux Source", false, &[1]);
        check("%patch0012 -p1 -b .0001-ab", false, &[0]);
        check("%patch -P 12 -p1", false, &[0]);
        check("%patch -P 13 -p1", false, &[]);
        check("%patch1000 -p1 -b .0001-ab", false, &[]);
        check("%patch -P12 -p1 -b .other", false, &[]);
        check("%patchx -p1", false, &[]);
        check("ApplyPatch 0001-ab.patch", false, &[0]);
        check("Source2: x.cer", false, &[1, 3]);
        check("", false, &[]);
        check("\r", false, &[]);
    }

    #[test]
    fn a_file_that_the_text_does_not_declare_is_not_there() {
        let text = "actions:\n  - add_files:\n    - {type: patch, name: a.patch, number: 7}\n";
        let autopatch = read_autopatch(text).unwrap();
        let role = FileRole {
            path: "a.spec",
            is_spec: true,
        };
        let spec = ["Patch7: b.patch".to_owned()];
        let mut written = WrittenLines::new(&spec);
        written.add(role, &autopatch.entries[0].action, 0);
        for line in ["# AlmaLinux Patch", "%patch7 -p1", "ApplyPatch a.patch"] {
            assert_eq!(written.writers_of(line, false), None, "{line}");
        }
    }

    #[test]
    fn the_changelog() {
        check("* Tue Jan 14 2025 A B <a@b> - 1-1", true, &[2]);
        check("* Tue Jan 14 2025 C <c@b> - 1-1", true, &[]);
        check("- fix a thing", true, &[2]);
        check("- fix anything", true, &[]);
        check("- fix a", true, &[]);
        check("- thing do", true, &[]);
        check("- do", true, &[2]);
        check("  more", true, &[2]);
        check("- more", true, &[]);
        check("- fix a thing\r", true, &[]);
        check("Patch12: 0001-a.b.patch", true, &[]);
        check("- fix a thing", false, &[]);
    }
}
