//! Holds both sides' texts against a configuration: which change explains which lines, and which lines none explains.
//!
//! The actions are applied to the reference's text. Where that comes to the distribution's text, the lines are explained by the
//! changes that wrote them; where it does not, they are not explained, whatever the configuration means to do there.

mod differences;
mod findings;
#[cfg(test)]
mod tests;

use super::action::{Action, AddedFileKind};
use super::application::{Effect, FileRole, apply, is_counted_release, takes_mark};
use super::configuration::Autopatch;
use super::exact_lines::{exact_lines, shown};
use super::patch_application::surely_leaves_out;
use super::traced_text::{ChangeIndex, TracedText};
use super::written_lines::WrittenLines;
use crate::diff::{Hunk, Space, Text, line_hunks};
use crate::domain::ChangedLines;
use differences::{Difference, Texts, outcome_of, shared_out, undone};
use findings::Findings;
use std::fmt;
use std::ops::Range;

/// Lines times actions beyond which a text is not explained.
const STEPS_MAX: usize = 200_000_000;
/// Hunks of a file beyond which it is not explained: it is another text.
const HUNKS_MAX: usize = 2_000;
/// One file of a package, whether it differs between the sides or not.
#[derive(Clone, Copy, Debug)]
pub struct FilePair<'a> {
    /// Its path in the source package.
    pub path: &'a str,
    /// The reference's text; `None` where it has no such file.
    pub before: Option<FileContent<'a>>,
    /// The distribution's text.
    pub after: Option<FileContent<'a>>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileContent<'a> {
    /// A text.
    Text(&'a [u8]),
    /// Something that is no text, or too large for one: its digest.
    Binary(&'a str),
}

/// What the configuration explains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Lines with the changes that explain them, sorted.
    pub explained: Vec<(ChangedLines, Vec<ChangeIndex>)>,
    /// Lines that no change explains, sorted.
    pub unexplained: Vec<Unexplained>,
    /// Changes of which the files tell that they are not there: they found nothing to change, or their text is not there.
    pub idle: Vec<ChangeIndex>,
    /// Changes whose lines may be there, and which do not do what they say, sorted.
    pub doubts: Vec<(ChangeIndex, Doubt)>,
}

/// Why a file that is added does not do what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The source has no such file.
    Absent,
    /// The spec does not apply the patch.
    NotApplied,
    /// The source's file of that name is not the configuration's.
    OtherContent,
}

/// Lines that no change explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    /// The lines.
    pub lines: ChangedLines,
    /// Why not.
    pub reason: UnexplainedReason,
}

/// Why no change explains some lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnexplainedReason {
    /// No action touches them; those named here might, for what they do is not known.
    NoAction(Vec<String>),
    /// Actions touch other lines of the same hunk.
    NoActionOnLine {
        /// The first line that none touches.
        line: String,
        /// The actions that might, for what they do is not known.
        opaque: Vec<String>,
    },
    /// The configuration would leave other text there.
    OtherText {
        /// The first line that it would leave.
        expected: String,
        /// The first line that stands there.
        found: String,
    },
    /// They differ in nothing but how lines end.
    LineEnds,
    /// A file that is no text differs.
    Binary,
    /// The configuration adds a file of that name, with other content.
    OtherContent,
    /// The text is too large for this, or differs in too many places.
    TooLarge,
}

/// Explains the files of a package. `are_complete` tells whether they are all files of the source, so that what is not among them
/// is not there.
pub fn explain(autopatch: &Autopatch, files: &[FilePair<'_>], are_complete: bool) -> Explanation {
    let mut explanation = Explanation::default();
    let mut findings = Findings::default();
    for file in files {
        let mut explainer = Explainer {
            autopatch,
            explanation: &mut explanation,
            findings: &mut findings,
            path: file.path,
        };
        explainer.judge(file);
        if file.before != file.after {
            explainer.explain(file);
        } else if let Some(FileContent::Text(text)) = file.after {
            explainer.take_undone(text);
        }
    }
    if are_complete && !files.is_empty() {
        findings.judge_all(autopatch);
    }
    explanation.explained.sort();
    explanation
        .unexplained
        .sort_by(|left, right| left.lines.cmp(&right.lines));
    explanation.idle = findings.idle();
    explanation.doubts = doubts(autopatch, files, are_complete);
    explanation
}

/// The files that are added and of which the texts tell for certain that they do not do what they say.
fn doubts(
    autopatch: &Autopatch,
    files: &[FilePair<'_>],
    are_complete: bool,
) -> Vec<(ChangeIndex, Doubt)> {
    let specs = files.iter().filter(|file| file.path.ends_with(".spec"));
    let mut specs = specs.filter_map(|file| match file.after? {
        FileContent::Text(text) => Some(String::from_utf8_lossy(text)),
        FileContent::Binary(_) => None,
    });
    let spec = specs.next().filter(|_| specs.next().is_none());
    let doubt_of = |action: &Action| {
        let Action::AddFile { kind, name, .. } = action else {
            return None;
        };
        let is_patch = *kind == AddedFileKind::Patch;
        let has_name = |file: &&FilePair<'_>| file.path.rsplit('/').next() == Some(name.as_str());
        let content = files.iter().find(has_name).and_then(|file| file.after);
        match (content, &spec) {
            (None, Some(_)) if is_patch && are_complete => Some(Doubt::Absent),
            (Some(content), _) if has_other_content(autopatch, name, content) => {
                Some(Doubt::OtherContent)
            }
            (_, Some(spec)) if is_patch && surely_leaves_out(spec, name) => Some(Doubt::NotApplied),
            _ => None,
        }
    };
    let entries = autopatch.entries.iter().enumerate();
    entries
        .filter_map(|(index, entry)| Some((index, doubt_of(&entry.action)?)))
        .collect()
}

/// Whether the configuration has a patch of that name, with other content.
fn has_other_content(autopatch: &Autopatch, name: &str, content: FileContent<'_>) -> bool {
    match content {
        FileContent::Text(text) => autopatch
            .own_patches
            .get(name)
            .is_some_and(|own| own != text),
        FileContent::Binary(_) => false,
    }
}

impl Explanation {
    /// Whether the files tell that nothing of a change is there.
    pub fn refutes(&self, change: ChangeIndex) -> bool {
        self.idle.contains(&change)
            && !self
                .explained
                .iter()
                .any(|(_, changes)| changes.contains(&change))
    }
}

fn line_count(content: FileContent<'_>) -> usize {
    match content {
        FileContent::Text(text) => Text::new(text).line_count(),
        FileContent::Binary(_) => 0,
    }
}

fn borrowed(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

fn has_line(content: Option<FileContent<'_>>, is_meant: fn(&str) -> bool) -> bool {
    match content {
        Some(FileContent::Text(text)) => String::from_utf8_lossy(text).lines().any(is_meant),
        Some(FileContent::Binary(_)) | None => false,
    }
}

/// Whether a mark in the release would be seen in the spec, which is not so where its release is made when it is built.
fn shows_its_release(spec: Option<FileContent<'_>>) -> bool {
    has_line(spec, takes_mark) || !has_line(spec, is_counted_release)
}

/// Whether a line of a spec stands for a changelog that is made when it is built.
fn is_made_changelog(line: &str) -> bool {
    line.trim() == "%autochangelog"
}

fn is_added(action: &Action, file: &str) -> bool {
    matches!(action, Action::AddFile { name, .. } if name == file)
}

fn is_deleted(action: &Action, file: &str) -> bool {
    matches!(action, Action::DeleteFile { name } if name == file)
}

struct Explainer<'a> {
    autopatch: &'a Autopatch,
    explanation: &'a mut Explanation,
    findings: &'a mut Findings,
    path: &'a str,
}

impl<'a> Explainer<'a> {
    /// Takes in which changes the file would show.
    fn judge(&mut self, file: &FilePair<'_>) {
        let role = self.role();
        let are_texts = matches!(
            (file.before, file.after),
            (Some(FileContent::Text(_)), Some(FileContent::Text(_)))
        );
        for (index, entry) in self.autopatch.entries.iter().enumerate() {
            let is_seen = match &entry.action {
                Action::Replace { target, .. } | Action::DeleteLine { target, .. } => {
                    role.is_hit_by(target).then_some(are_texts)
                }
                Action::AddLine { .. } => role.is_spec.then_some(are_texts),
                Action::AddFile {
                    modifies_spec: true,
                    ..
                } if role.is_spec => Some(are_texts),
                Action::AddFile { name, .. } | Action::DeleteFile { name } => {
                    (role.name() == name).then_some(true)
                }
                Action::ModifyRelease { .. } => role
                    .is_spec
                    .then_some(are_texts && shows_its_release(file.before)),
                Action::ChangelogEntry { .. } => role
                    .is_spec
                    .then_some(are_texts && !has_line(file.after, is_made_changelog)),
                Action::RunScript { .. } | Action::Unknown { .. } => None,
            };
            match is_seen {
                Some(true) => self.findings.judged.insert(index),
                Some(false) => self.findings.unseen.insert(index),
                None => false,
            };
        }
    }

    fn explain(&mut self, file: &FilePair<'_>) {
        let role = self.role();
        let name = role.name();
        match (file.before, file.after) {
            (before, Some(after)) if has_other_content(self.autopatch, name, after) => {
                let before = before.map_or(0, line_count);
                let reason = UnexplainedReason::OtherContent;
                self.push(0..before, 0..line_count(after), Err(reason));
            }
            (Some(_), Some(_)) if !self.changes_that(is_added).is_empty() => {
                let mut changes = self.changes_that(is_added);
                changes.extend(self.changes_that(is_deleted));
                changes.sort_unstable();
                self.overwritten(file, &changes);
            }
            (Some(FileContent::Text(before)), Some(FileContent::Text(after))) => {
                self.texts(before, after);
            }
            (Some(_), Some(_)) => {
                let reason = UnexplainedReason::Binary;
                self.push(0..0, 0..0, Err(reason));
            }
            (None, Some(after)) => self.whole_file(0..0, 0..line_count(after), is_added),
            (Some(before), None) => self.whole_file(0..line_count(before), 0..0, is_deleted),
            (None, None) => {}
        }
    }

    fn changes_that(&self, does: fn(&Action, &str) -> bool) -> Vec<ChangeIndex> {
        let role = self.role();
        let entries = self.autopatch.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| does(&entry.action, role.name()))
            .map(|(index, _)| index)
            .collect()
    }

    fn whole_file(
        &mut self,
        before: Range<usize>,
        after: Range<usize>,
        does: fn(&Action, &str) -> bool,
    ) {
        let changes = self.changes_that(does);
        let outcome = if changes.is_empty() {
            Err(UnexplainedReason::NoAction(self.opaque()))
        } else {
            Ok(changes)
        };
        self.push(before, after, outcome);
    }

    /// A file of the reference's in whose place the configuration puts its own.
    fn overwritten(&mut self, file: &FilePair<'_>, changes: &[ChangeIndex]) {
        let hunks = match (file.before, file.after) {
            (Some(FileContent::Text(before)), Some(FileContent::Text(after))) => {
                line_hunks(&Text::new(before), &Text::new(after), Space::Exact)
            }
            _ => vec![Hunk {
                before: 0..0,
                after: 0..0,
            }],
        };
        for hunk in hunks {
            self.push(hunk.before, hunk.after, Ok(changes.to_vec()));
        }
    }

    fn texts(&mut self, before: &[u8], after: &[u8]) {
        let (before, after) = (Text::new(before), Text::new(after));
        let hunks = line_hunks(&before, &after, Space::Exact);
        let lines = before.line_count() + after.line_count();
        let steps = lines.saturating_mul(self.autopatch.entries.len());
        if steps > STEPS_MAX || hunks.len() > HUNKS_MAX {
            let all = (0..before.line_count(), 0..after.line_count());
            let of_file = self.changes_that(|_, _| true);
            self.findings.unseen.extend(of_file);
            self.push(all.0, all.1, Err(UnexplainedReason::TooLarge));
            return;
        }
        let [before_lines, after_lines] = exact_lines(&before, &after);
        let mut made = TracedText::new(before_lines.iter().cloned());
        let written = self.apply_all(&mut made, &after_lines);
        let differences = self.differences(&made, &after_lines, &written);
        self.take_present(&made, &before_lines, &after_lines, &written, &differences);
        let texts = Texts {
            before: borrowed(&before_lines),
            after: borrowed(&after_lines),
            made: &made,
            made_lines: made.lines().collect(),
        };
        let (near, elsewhere) = shared_out(&differences, &hunks, &texts);
        // What the configuration would change and the text does not: no lines to explain, and yet its change is not there.
        for index in elsewhere {
            let undone = undone(&differences[index], &hunks, &made);
            self.findings.undone.extend(undone);
        }
        for (hunk, near) in hunks.into_iter().zip(near) {
            let only_ends_differ =
                before_lines[hunk.before.clone()] == after_lines[hunk.after.clone()];
            let outcome = match only_ends_differ {
                true => Err(UnexplainedReason::LineEnds),
                false => outcome_of(&hunk, &differences, &near, &texts)
                    .unwrap_or_else(|| Err(UnexplainedReason::NoAction(self.opaque()))),
            };
            self.push(hunk.before, hunk.after, outcome);
        }
    }

    fn apply_all<'t>(&mut self, made: &mut TracedText, after: &'t [String]) -> WrittenLines<'t>
    where
        'a: 't,
    {
        let (role, autopatch) = (self.role(), self.autopatch);
        let mut written = WrittenLines::new(after);
        for (change, entry) in autopatch.entries.iter().enumerate() {
            written.add(role, &entry.action, change);
            let effect = apply(made, role, &entry.action, change, after);
            match (effect, &entry.action) {
                (Effect::NothingFound, action) => {
                    written.replace(action, change);
                }
                (Effect::Edited, Action::DeleteFile { .. }) => {
                    self.findings.judged.insert(change);
                }
                (Effect::Edited | Effect::OtherFile | Effect::NotInPlace, _) => {}
            }
        }
        written
    }

    /// Takes in what the configuration would change in a file that is alike on both sides: that is not there, and of an action
    /// for several files not all is. Of a spec it is known already that it shows nothing.
    fn take_undone(&mut self, text: &[u8]) {
        let role = self.role();
        let mut entries = self.autopatch.entries.iter();
        let is_edited = entries.any(|entry| match &entry.action {
            Action::Replace { target, .. } | Action::DeleteLine { target, .. } => {
                role.is_hit_by(target)
            }
            _ => false,
        });
        let text = Text::new(text);
        let steps = text
            .line_count()
            .saturating_mul(self.autopatch.entries.len());
        if role.is_spec || !is_edited || steps > STEPS_MAX {
            return;
        }
        let [lines, _] = exact_lines(&text, &text);
        let mut made = TracedText::new(lines.iter().cloned());
        let written = self.apply_all(&mut made, &lines);
        for difference in self.differences(&made, &lines, &written) {
            let undone = undone(&difference, &[], &made);
            self.findings.undone.extend(undone);
        }
    }

    /// Takes in which changes stand in the distribution's text: those whose lines it has, wherever else it differs.
    fn take_present(
        &mut self,
        made: &TracedText,
        before: &[String],
        after: &[String],
        written: &WrittenLines<'_>,
        differences: &[Difference],
    ) {
        let unlike: Vec<Range<usize>> = differences
            .iter()
            .map(|difference| difference.hunk.before.clone())
            .collect();
        let outside = made.changes_outside(&unlike, before);
        self.findings.present.extend(outside);
        let start = changelog_start(after);
        for index in differences
            .iter()
            .flat_map(|difference| difference.hunk.after.clone())
        {
            let in_changelog = start.is_some_and(|start| index > start);
            // The head of an entry tells who signed it, not what it says.
            if in_changelog && after[index].starts_with("* ") {
                continue;
            }
            let writers = written.writers_of(&after[index], in_changelog);
            self.findings.present.extend(writers.unwrap_or_default());
        }
    }

    fn differences(
        &self,
        made: &TracedText,
        after: &[String],
        written: &WrittenLines<'_>,
    ) -> Vec<Difference> {
        let joined = |lines: Vec<&str>| {
            let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
            Text::new(text)
        };
        let changelog = changelog_start(after);
        let hunks = line_hunks(
            &joined(made.lines().collect()),
            &joined(after.iter().map(String::as_str).collect()),
            Space::Exact,
        );
        let judged = hunks.into_iter().map(|hunk| {
            let lines = &after[hunk.after.clone()];
            let in_changelog = changelog.is_some_and(|start| hunk.after.start > start);
            let only_blank = made_lines(made, &hunk.before).all(|line| line.trim().is_empty());
            let without_return = |line: &str| line.trim_end_matches('\r').to_owned();
            let only_ends_differ = made_lines(made, &hunk.before)
                .map(without_return)
                .eq(lines.iter().map(|line| without_return(line)));
            let verdict = match written.writers_of_all(lines, in_changelog) {
                _ if only_ends_differ => Err(UnexplainedReason::LineEnds),
                Some(changes) if only_blank => Ok(changes),
                _ if made.changes_in(hunk.before.clone()).is_empty() => {
                    let is_added = |line: &str| written.writers_of(line, in_changelog).is_some();
                    let mut removed = made_lines(made, &hunk.before);
                    let mut added = lines.iter().map(String::as_str);
                    let other = added.find(|line| !line.trim().is_empty() && !is_added(line));
                    match other.or_else(|| removed.next()) {
                        Some(line) if lines.iter().any(|line| is_added(line)) => {
                            Err(UnexplainedReason::NoActionOnLine {
                                line: line.to_owned(),
                                opaque: self.opaque(),
                            })
                        }
                        _ => Err(UnexplainedReason::NoAction(self.opaque())),
                    }
                }
                _ => Err(UnexplainedReason::OtherText {
                    expected: made_lines(made, &hunk.before)
                        .next()
                        .unwrap_or_default()
                        .to_owned(),
                    found: lines.first().cloned().unwrap_or_default(),
                }),
            };
            Difference { hunk, verdict }
        });
        judged.collect()
    }

    /// The actions of which nothing is known.
    fn opaque(&self) -> Vec<String> {
        let entries = self.autopatch.entries.iter();
        entries
            .filter_map(|entry| match &entry.action {
                Action::RunScript { script } => Some(format!("the script {script}")),
                Action::Unknown { name } => Some(format!("the action {name}")),
                _ => None,
            })
            .collect()
    }

    fn role(&self) -> FileRole<'a> {
        FileRole {
            path: self.path,
            is_spec: self.path.ends_with(".spec"),
        }
    }

    fn push(
        &mut self,
        before: Range<usize>,
        after: Range<usize>,
        outcome: Result<Vec<ChangeIndex>, UnexplainedReason>,
    ) {
        let lines = ChangedLines {
            file: self.path.to_owned(),
            before: before.into(),
            after: after.into(),
        };
        match outcome {
            Ok(changes) => {
                self.findings.present.extend(&changes);
                self.explanation.explained.push((lines, changes));
            }
            Err(reason) => self
                .explanation
                .unexplained
                .push(Unexplained { lines, reason }),
        }
    }
}

fn changelog_start(lines: &[String]) -> Option<usize> {
    lines.iter().position(|line| line.trim() == "%changelog")
}

fn made_lines<'a>(made: &'a TracedText, range: &Range<usize>) -> impl Iterator<Item = &'a str> {
    range.clone().map(|index| made.line(index))
}

/// What is so, in words that follow a file's name.
impl fmt::Display for Doubt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Absent => "is not among the source texts, which are complete",
            Self::NotApplied => "is not applied by the spec",
            Self::OtherContent => "has other content in the source texts than in the configuration",
        })
    }
}

impl fmt::Display for UnexplainedReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAction(opaque) if opaque.is_empty() => {
                formatter.write_str("no action of the configuration touches this")
            }
            Self::NoAction(opaque) => write!(
                formatter,
                "no action of the configuration is known to touch this; what {} does is not known",
                opaque.join(", ")
            ),
            Self::NoActionOnLine { line, opaque } if opaque.is_empty() => write!(
                formatter,
                "the configuration changes other lines here, and no action of it touches “{}”",
                shown(line)
            ),
            Self::NoActionOnLine { line, opaque } => write!(
                formatter,
                "the configuration changes other lines here, and no action of it is known to touch “{}”; what {} does is not known",
                shown(line),
                opaque.join(", ")
            ),
            Self::OtherText { expected, found } => write!(
                formatter,
                "the configuration comes to “{}” here, and “{}” stands here",
                shown(expected),
                shown(found)
            ),
            Self::LineEnds => formatter.write_str("nothing but the line ends differs"),
            Self::OtherContent => {
                formatter.write_str("the configuration adds a file of this name with other content")
            }
            Self::Binary => formatter.write_str("a file that is no text differs"),
            Self::TooLarge => formatter.write_str(
                "the text is too large, or differs too much, to be held against the configuration",
            ),
        }
    }
}
