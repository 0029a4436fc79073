//! The macros of a spec as far as their values are certain.

use crate::publish::compile::patches::declarations;
use std::collections::BTreeMap;

/// Characters of a name with its macros expanded.
const NAME_CHARACTERS_MAX: usize = 1_000;

/// The macros of a spec as far as they are certain, line by line: those that it defines once, outside of conditions. `None` stands
/// for one that is defined in another way as well, so that its value is not known.
#[derive(Default)]
pub(super) struct Macros<'a> {
    values: BTreeMap<String, Option<&'a str>>,
    /// The conditions that are open.
    conditions: usize,
}

impl<'a> Macros<'a> {
    /// Whether the next line counts only under a condition.
    pub(super) fn is_in_condition(&self) -> bool {
        self.conditions > 0
    }

    /// Takes in what a line defines for the lines below it.
    pub(super) fn take(&mut self, line: &'a str) {
        let start = line.trim_start();
        if start.starts_with("%if") {
            self.conditions += 1;
        } else if start.starts_with("%endif") {
            self.conditions = self.conditions.saturating_sub(1);
        }
        let is_certain = self.conditions == 0;
        for tag in ["Name", "Version", "Release", "URL"] {
            if let Some(value) = declarations(line, tag).next() {
                self.define(
                    &tag.to_ascii_lowercase(),
                    Some(value).filter(|_| is_certain),
                );
            }
        }
        for definition in ["%global", "%define"] {
            for (at, _) in line.match_indices(definition) {
                let rest = &line[at + definition.len()..];
                if !rest.starts_with(char::is_whitespace) {
                    continue;
                }
                let (name, after) = split_word(rest.trim_start());
                let value = after.trim();
                // One with parameters, or of several lines, or that another macro makes, is none that is read here.
                let is_plain = is_certain
                    && line.trim_start().starts_with(definition)
                    && line.find(definition) == Some(at)
                    && !after.starts_with('(')
                    && !value.ends_with('\\');
                self.define(name, Some(value).filter(|_| is_plain));
            }
        }
        if let Some(name) = start.strip_prefix("%undefine") {
            self.define(name.trim(), None);
        }
    }

    fn define(&mut self, name: &str, value: Option<&'a str>) {
        let known = self.values.entry(name.to_owned()).or_insert(value);
        if *known != value {
            *known = None;
        }
    }

    /// A value with its macros expanded; `None` where one of them is not known.
    pub(super) fn expanded(&self, value: &str, look_ups: &mut u32) -> Option<String> {
        let mut text = String::new();
        let mut rest = value;
        while let Some((before, behind)) = rest.split_once('%') {
            text.push_str(before);
            if let Some(after) = behind.strip_prefix('%') {
                text.push('%');
                rest = after;
                continue;
            }
            let (call, after) = match behind.strip_prefix('{') {
                Some(behind) => {
                    let end = closing_brace(behind)?;
                    (&behind[..end], &behind[end + 1..])
                }
                None => split_word(behind),
            };
            *look_ups = look_ups.checked_sub(1)?;
            text.push_str(&self.called(call, look_ups)?);
            if text.len() > NAME_CHARACTERS_MAX {
                return None;
            }
            rest = after;
        }
        text.push_str(rest);
        Some(text)
    }

    /// What a macro comes to: `name`, `?name`, or with words for where it is or is not defined `?name:words`, `!?name:words`.
    fn called(&self, call: &str, look_ups: &mut u32) -> Option<String> {
        let name = call.trim_start_matches(['?', '!']);
        let flags = &call[..call.len() - name.len()];
        let (name, words) = match name.split_once(':') {
            Some((name, words)) if flags.contains('?') => (name, Some(words)),
            Some(_) => return None,
            None => (name, None),
        };
        if name == "nil" && words.is_none() {
            return Some(String::new());
        }
        let own = (*self.values.get(name)?)?;
        match flags {
            "" | "?" => self.expanded(words.unwrap_or(own), look_ups),
            "!?" | "?!" => Some(String::new()),
            _ => None,
        }
    }
}

/// The word of letters, digits and underscores that a text begins with, and what follows it.
pub(super) fn split_word(text: &str) -> (&str, &str) {
    let is_of_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let end = text.find(|character| !is_of_word(character));
    text.split_at(end.unwrap_or(text.len()))
}

/// The byte of the brace that closes one which was opened before the text.
pub(super) fn closing_brace(text: &str) -> Option<usize> {
    let mut open = 1_usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        open == 0
    })
}
