//! Recognises the lines that are added wherever the spec has room for them: patches, sources, entries of the changelog.
//!
//! The tool looks for the last `Patch` and `Source`, numbers what has none, and dates the changelog; so the lines are known, and
//! their place, number and date are not.

use super::action::{Action, AddedFileKind};
use super::application::FileRole;
use super::traced_text::ChangeIndex;

/// The lines that the actions up to now add to one file.
#[derive(Debug, Default)]
pub struct WrittenLines<'a> {
    files: Vec<(ChangeIndex, AddedFileKind, &'a str)>,
    entries: Vec<(ChangeIndex, &'a str, &'a str, String)>,
    exact: Vec<(Vec<ChangeIndex>, String)>,
}

impl<'a> WrittenLines<'a> {
    /// Takes in what an action adds to a file.
    pub fn add(&mut self, role: FileRole<'_>, action: &'a Action, change: ChangeIndex) {
        match action {
            Action::AddFile {
                kind,
                name,
                modifies_spec: true,
                ..
            } if role.is_spec || role.name().ends_with(".patches") => {
                self.files.push((change, *kind, name));
            }
            Action::ChangelogEntry { name, email, lines } if role.is_spec => {
                self.entries
                    .push((change, name, email, words(&lines.join(" "))));
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
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            changes.extend(self.writers_of(line, in_changelog)?);
        }
        changes.sort_unstable();
        changes.dedup();
        (!changes.is_empty()).then_some(changes)
    }

    fn writers_of(&self, line: &str, in_changelog: bool) -> Option<Vec<ChangeIndex>> {
        let changes: Vec<ChangeIndex> = if in_changelog {
            let entries = self.entries.iter();
            entries
                .filter(|(_, name, email, said)| is_of_entry(line, name, email, said))
                .map(|(change, ..)| *change)
                .collect()
        } else {
            let exact = self
                .exact
                .iter()
                .filter(|(_, exact)| exact.trim() == line.trim());
            let files = self.files.iter();
            files
                .filter(|(_, kind, name)| is_of_file(line, *kind, name))
                .map(|(change, ..)| *change)
                .chain(exact.flat_map(|(changes, _)| changes.iter().copied()))
                .collect()
        };
        (!changes.is_empty()).then_some(changes)
    }
}

/// Whether a line declares or applies an added file, or is the tool's comment above such lines.
fn is_of_file(line: &str, kind: AddedFileKind, name: &str) -> bool {
    let line = line.trim();
    let tag = match kind {
        AddedFileKind::Patch => "Patch",
        AddedFileKind::Source => "Source",
    };
    if let Some(declared) = line.strip_prefix(tag)
        && let Some((number, file)) = declared.split_once(':')
    {
        return file.trim() == name && number.bytes().all(|byte| byte.is_ascii_digit());
    }
    if let Some(comment) = line.strip_prefix("# ") {
        let comment = comment.strip_prefix("Applying ").unwrap_or(comment);
        return comment.eq_ignore_ascii_case(&format!("AlmaLinux {tag}"));
    }
    let stem: String = match name.rsplit_once('.') {
        Some((stem, _)) => stem.split('.').collect(),
        None => String::new(),
    };
    kind == AddedFileKind::Patch
        && (is_application(line, &stem) || line == format!("ApplyPatch {stem}.patch"))
}

/// `%patchN -p1`, `%patch -P N -p1` or `%patch -PN -p1`, with or without a backup's suffix, which then is the file's stem.
fn is_application(line: &str, stem: &str) -> bool {
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
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line of the changelog is the head of an entry or part of what it says.
fn is_of_entry(line: &str, name: &str, email: &str, said: &str) -> bool {
    if let Some(head) = line.strip_prefix("* ") {
        return head.contains(&format!(" {name} <{email}>"));
    }
    let text = words(line.strip_prefix("- ").unwrap_or(line));
    !text.is_empty() && format!(" {said} ").contains(&format!(" {text} "))
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
        let mut written = WrittenLines::default();
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
        check("%patch1000 -p1 -b .0001-ab", false, &[0]);
        check("%patch -P 12 -p1", false, &[0]);
        check("%patch -P12 -p1 -b .other", false, &[]);
        check("%patchx -p1", false, &[]);
        check("ApplyPatch 0001-ab.patch", false, &[0]);
        check("Source2: x.cer", false, &[1, 3]);
        check("", false, &[]);
    }

    #[test]
    fn the_changelog() {
        check("* Tue Jan 14 2025 A B <a@b> - 1-1", true, &[2]);
        check("* Tue Jan 14 2025 C <c@b> - 1-1", true, &[]);
        check("- fix a thing", true, &[2]);
        check("- fix anything", true, &[]);
        check("  do more", true, &[2]);
        check("Patch12: 0001-a.b.patch", true, &[]);
        check("- fix a thing", false, &[]);
    }
}
