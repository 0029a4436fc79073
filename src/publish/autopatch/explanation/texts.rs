//! Explains a text: the actions are applied to the reference's, and what that comes to is held against the distribution's.

use super::super::action::Action;
use super::super::application::{Effect, apply};
use super::super::exact_lines::exact_lines;
use super::super::traced_text::TracedText;
use super::super::written_lines::WrittenLines;
use super::UnexplainedReason;
use super::differences::{Difference, Texts, outcome_of, shared_out, undone};
use super::explainer::Explainer;
use crate::diff::{Space, Text, line_hunks};
use crate::publish::rpmautospec::{SpecForm, in_one_form};
use std::ops::Range;

/// Lines times actions beyond which a text is not explained.
const STEPS_MAX: usize = 200_000_000;
/// Hunks of a file beyond which it is not explained: it is another text.
const HUNKS_MAX: usize = 2_000;

impl<'a> Explainer<'a> {
    /// Explains where two texts differ, what rpmautospec wrote into one of two specs apart: no change of the distribution's did.
    pub(super) fn texts(&mut self, before: &[u8], after: &[u8]) {
        let mut forms = match self.role().is_spec {
            true => in_one_form([before, after]),
            false => [before, after].map(SpecForm::whole),
        };
        let [before, after] = forms
            .each_mut()
            .map(|form| Text::new(std::mem::take(&mut form.text)));
        let lines_of_spec = |before: Range<usize>, after: Range<usize>| {
            (
                forms[0].lines_of_spec(before),
                forms[1].lines_of_spec(after),
            )
        };
        let hunks = line_hunks(&before, &after, Space::Exact);
        let lines = before.line_count() + after.line_count();
        let steps = lines.saturating_mul(self.autopatch.entries.len());
        if steps > STEPS_MAX || hunks.len() > HUNKS_MAX {
            let all = lines_of_spec(0..before.line_count(), 0..after.line_count());
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
            let (before, after) = lines_of_spec(hunk.before, hunk.after);
            self.push(before, after, outcome);
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
    pub(super) fn take_undone(&mut self, text: &[u8]) {
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
}

fn borrowed(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

fn changelog_start(lines: &[String]) -> Option<usize> {
    lines.iter().position(|line| line.trim() == "%changelog")
}

fn made_lines<'a>(made: &'a TracedText, range: &Range<usize>) -> impl Iterator<Item = &'a str> {
    range.clone().map(|index| made.line(index))
}
