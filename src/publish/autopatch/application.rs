//! Applies the actions that edit a text in place, as AlmaLinux's autopatch-tool does: what it skips is skipped, and where it
//! stops, this stops.

use super::action::{Action, Pattern, Target};
use super::expression::Expression;
use super::sections::place_in_section;
use super::traced_text::{ChangeIndex, TracedText};
use super::wildcard::fits;
use crate::publish::rpmautospec::RELEASE_LAST_LINE;

/// What file a text is of.
#[derive(Clone, Copy, Debug)]
pub struct FileRole<'a> {
    /// Its path in the source package.
    pub path: &'a str,
    /// Whether it is the package's spec.
    pub is_spec: bool,
}

/// What came of an action on a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is about other files.
    OtherFile,
    /// It is not one that edits in place.
    NotInPlace,
    /// It edited the text.
    Edited,
    /// It found nothing to edit.
    NothingFound,
}

impl FileRole<'_> {
    /// The file's name without its folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    /// Whether an action with this target edits the file.
    pub fn is_hit_by(&self, target: &Target) -> bool {
        match target {
            Target::Spec => self.is_spec,
            Target::Files(pattern) => {
                let pattern = pattern.rsplit('/').next().unwrap_or(pattern);
                fits(pattern, self.name())
            }
        }
    }

    /// Whether it lists the digests of sources that are kept elsewhere.
    fn lists_sources(&self) -> bool {
        self.name() == "sources" || self.name().ends_with(".metadata")
    }
}

/// Applies one action. `after` is the text that it is to come to, from which a number that counts up is taken.
pub fn apply(
    text: &mut TracedText,
    role: FileRole<'_>,
    action: &Action,
    change: ChangeIndex,
    after: &[String],
) -> Effect {
    match action {
        Action::Replace {
            target,
            find,
            replace,
            count,
        } => on_target(role, target, || {
            let limit = count.unwrap_or(u64::MAX);
            replace_in(text, target, find, &lines_of(replace), limit, change)
        }),
        Action::DeleteLine { target, blocks } => on_target(role, target, || {
            let deleted = blocks
                .iter()
                .filter(|block| delete_in(text, target, &lines_of(block), change));
            deleted.count() > 0
        }),
        Action::AddLine {
            section,
            subpackage,
            at_bottom,
            content,
        } => on_target(role, &Target::Spec, || {
            let place = place_in_section(text, section, subpackage.as_deref(), *at_bottom);
            if let Some(place) = place {
                let mut lines: Vec<String> = content.lines().map(str::to_owned).collect();
                lines.push(String::new());
                text.insert(place, lines, change);
            }
            place.is_some()
        }),
        Action::ModifyRelease { suffix, counts_up } => on_target(role, &Target::Spec, || {
            append_to_release(text, suffix, *counts_up, change, after)
        }),
        Action::DeleteFile { name } if role.lists_sources() => {
            let listed = text.lines().position(|line| {
                line.contains(&format!("({name})"))
                    || line
                        .split_whitespace()
                        .last()
                        .is_some_and(|path| path.rsplit('/').next() == Some(name))
            });
            if let Some(line) = listed {
                text.replace(line..line + 1, Vec::new(), change);
            }
            effect(listed.is_some())
        }
        Action::DeleteFile { .. }
        | Action::AddFile { .. }
        | Action::RunScript { .. }
        | Action::ChangelogEntry { .. }
        | Action::Unknown { .. } => Effect::NotInPlace,
    }
}

fn on_target(role: FileRole<'_>, target: &Target, edit: impl FnOnce() -> bool) -> Effect {
    if role.is_hit_by(target) {
        effect(edit())
    } else {
        Effect::OtherFile
    }
}

fn effect(edited: bool) -> Effect {
    if edited {
        Effect::Edited
    } else {
        Effect::NothingFound
    }
}

/// The lines of a value; one without a line end is one line, also when it is empty.
fn lines_of(text: &str) -> Vec<String> {
    if text.contains('\n') {
        text.lines().map(str::to_owned).collect()
    } else {
        vec![text.to_owned()]
    }
}

/// Whether the tool ends before this line, or passes it over: in a spec the changelog and comments are not for it.
fn is_end(target: &Target, line: &str) -> bool {
    *target == Target::Spec && line.trim() == "%changelog"
}

fn is_passed(target: &Target, line: &str, find: &[String]) -> bool {
    let is_comment = |line: &str| line.starts_with('#');
    *target == Target::Spec
        && is_comment(line)
        && !find.first().is_some_and(|first| is_comment(first))
}

fn replace_in(
    text: &mut TracedText,
    target: &Target,
    find: &Pattern,
    replace: &[String],
    limit: u64,
    change: ChangeIndex,
) -> bool {
    let lines = lines_of(find.text());
    let single = match (find, lines.as_slice()) {
        (Pattern::Expression(expression), [_]) => match Expression::new(expression) {
            Ok(expression) => Some(Finder::Expression(expression, limit == u64::MAX)),
            // Reading the configuration lets no such expression through.
            Err(_) => return false,
        },
        (Pattern::Literal(_), [line]) => Some(Finder::Literal(line.clone())),
        _ => None,
    };
    let mut index = 0;
    let mut made = 0;
    while index < text.len() && !is_end(target, text.line(index)) {
        let mut next = index + 1;
        // The tool counts what an expression replaces once per line, and never stops for it.
        let goes_on = made < limit || matches!(single, Some(Finder::Expression(..)));
        if goes_on && !is_passed(target, text.line(index), &lines) {
            match &single {
                Some(finder) => {
                    if let Some((with, times)) =
                        finder.replaced(text.line(index), replace, limit.saturating_sub(made))
                    {
                        made += times;
                        next = index + with.len();
                        text.replace(index..index + 1, with, change);
                    }
                }
                None if block_stands_at(text, index, &lines) => {
                    made += 1;
                    let indent = indent_of(text.line(index)).to_owned();
                    let with: Vec<String> = replace
                        .iter()
                        .map(|line| format!("{indent}{line}"))
                        .collect();
                    next = index + with.len().max(1);
                    text.replace(index..index + lines.len(), with, change);
                }
                None => {}
            }
        }
        index = next;
    }
    made > 0
}

fn delete_in(
    text: &mut TracedText,
    target: &Target,
    block: &[String],
    change: ChangeIndex,
) -> bool {
    let mut index = 0;
    let mut deleted = false;
    while index < text.len() && !is_end(target, text.line(index)) {
        let stands = match block {
            [line] => text.line(index).trim() == line,
            _ => block_stands_at(text, index, block),
        };
        if stands && !is_passed(target, text.line(index), block) {
            text.replace(index..index + block.len(), Vec::new(), change);
            deleted = true;
        } else {
            index += 1;
        }
    }
    deleted
}

/// Whether these lines stand there, whatever their indentation.
fn block_stands_at(text: &TracedText, index: usize, block: &[String]) -> bool {
    index + block.len() <= text.len()
        && block
            .iter()
            .enumerate()
            .all(|(offset, line)| text.line(index + offset).trim_start() == line.trim_start())
}

fn indent_of(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// Looks for something in one line.
enum Finder {
    Literal(String),
    /// One match per line, or all of them.
    Expression(Expression, bool),
}

impl Finder {
    /// The lines that come in place of one, and how often something was replaced; `None` where nothing is found.
    fn replaced(&self, line: &str, replace: &[String], limit: u64) -> Option<(Vec<String>, u64)> {
        let (with, times) = match self {
            Self::Expression(expression, all) => {
                let with = expression.replaced(line, &replace.join("\n"), *all)?;
                (with, 1)
            }
            Self::Literal(find) => {
                let times = (line.matches(find.as_str()).count() as u64).min(limit);
                if times == 0 {
                    return None;
                }
                let with = match line == find {
                    true => replace.join("\n"),
                    false => indented(replace, indent_of(line)),
                };
                // Each time the first place counts again, also inside of what was just put in: as the tool has it.
                let mut made = line.to_owned();
                for _ in 0..times {
                    made = made.replacen(find.as_str(), &with, 1);
                }
                (made, times)
            }
        };
        Some((with.split('\n').map(str::to_owned).collect(), times))
    }
}

/// Lines of which all but the first get the indentation of the line that they come into.
fn indented(lines: &[String], indent: &str) -> String {
    let with_indent = lines.iter().enumerate().map(|(index, line)| {
        if index == 0 || line.trim().is_empty() {
            line.clone()
        } else {
            format!("{indent}{line}")
        }
    });
    with_indent.collect::<Vec<_>>().join("\n")
}

/// Whether a line of a spec holds the release, to which the distribution's mark is appended.
pub fn holds_release(line: &str) -> bool {
    line.starts_with("Release:") || line.contains(RELEASE_LAST_LINE)
}

/// Whether a line of a spec has rpmautospec count its release; the tool passes such a line by.
pub fn is_counted_release(line: &str) -> bool {
    line.starts_with("Release:")
        && (line.contains("%autorelease") || line.contains("%{autorelease}"))
}

/// Whether the tool appends the distribution's mark to a line of a spec.
pub fn takes_mark(line: &str) -> bool {
    holds_release(line) && !is_counted_release(line)
}

/// Appends to each `Release:`; where rpmautospec counts it, to the last line of its template.
fn append_to_release(
    text: &mut TracedText,
    suffix: &str,
    counts_up: bool,
    change: ChangeIndex,
    after: &[String],
) -> bool {
    let mut found = false;
    for index in 0..text.len() {
        let line = text.line(index).to_owned();
        if is_counted_release(&line) {
            // The tool passes such a release by: it is made when the package is built.
            found = true;
        } else if line.starts_with("Release:") {
            let mut with = format!("{line}{suffix}");
            if counts_up {
                let stem = with.trim_end_matches(|character: char| character.is_ascii_digit());
                let counted = after.iter().find(|line| {
                    line.strip_prefix(stem).is_some_and(|number| {
                        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
                    })
                });
                with = counted.cloned().unwrap_or(with);
            }
            text.replace(index..index + 1, vec![with], change);
            found = true;
        } else if line.contains(RELEASE_LAST_LINE) {
            let with = format!("{RELEASE_LAST_LINE}{suffix}");
            text.replace(index..index + 1, vec![with], change);
            found = true;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::configuration::read_autopatch;
    use super::*;

    fn check(before: &str, actions: &str, expected: &str) {
        let autopatch = read_autopatch(&format!("actions:\n{actions}")).unwrap();
        assert_eq!(autopatch.warnings, [""; 0]);
        let mut text = TracedText::new(before.lines().map(str::to_owned));
        let role = FileRole {
            path: "SPECS/a.spec",
            is_spec: true,
        };
        for (index, entry) in autopatch.entries.iter().enumerate() {
            apply(&mut text, role, &entry.action, index, &[]);
        }
        assert_eq!(
            text.lines().collect::<Vec<_>>().join("\n"),
            expected,
            "{actions}"
        );
    }

    #[test]
    fn words_and_blocks_are_replaced() {
        let one = "  - replace: [{target: spec, find: a, replace: b, count: 2}]\n";
        check("a a\na\n", one, "b b\na");
        check("#a\na\n%changelog\na", one, "#a\nb\n%changelog\na");
        let block = "  - replace:\n    - target: spec\n      find: |\n        x\n          y\n      replace: |\n        1\n        2\n";
        check("  x\n  y\nx\nz", block, "  1\n  2\nx\nz");
        check(
            "  -x\n",
            "  - replace: [{target: spec, find: x, replace: \"1\\n2\"}]\n",
            "  -1\n  2",
        );
        check(
            "ab12",
            "  - replace: [{target: spec, rfind: 'b(\\d)', replace: '$\\1'}]\n",
            "a$12",
        );
        check(
            "Vendor: Red Hat",
            "  - replace: [{target: spec, rfind: '(?<=Vendor: )Red (?P<last>Hat)', replace: 'a \\g<last>'}]\n",
            "Vendor: a Hat",
        );
        check(
            "x86_64",
            "  - replace: [{target: other, find: x86_64, replace: y}]\n",
            "x86_64",
        );
    }

    #[test]
    fn lines_are_deleted_and_added() {
        check(
            "a\nb\n a\n",
            "  - delete_line: [{target: spec, lines: [a]}]\n",
            "b",
        );
        check(
            "a\nb\nc\n",
            "  - delete_line: [{target: spec, lines: [\"a\\nb\\n\"]}]\n",
            "c",
        );
        check(
            "%prep\n%build\n",
            "  - add_line: [{target: spec, section: prep, location: bottom, content: x}]\n",
            "%prep\nx\n\n%build",
        );
    }

    #[test]
    fn the_release_gets_its_mark() {
        let mark = "  - modify_release: [{suffix: .alma.1}]\n";
        check("Release: 1%{?dist}\n", mark, "Release: 1%{?dist}.alma.1");
        check("Release: %autorelease\n", mark, "Release: %autorelease");
    }
}
