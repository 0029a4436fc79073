//! Whether a patch says of itself that it corrects something.

use super::PatchHeader;
use super::references::is_number;
use super::wording::words_of;

/// Words of which one must be the first, behind the names of components.
const CORRECTIONS: [&str; 17] = [
    "avoid",
    "avoids",
    "correct",
    "corrects",
    "fix",
    "fixed",
    "fixes",
    "handle",
    "handles",
    "mitigate",
    "mitigates",
    "prevent",
    "prevents",
    "repair",
    "repairs",
    "resolve",
    "resolves",
];

/// Starts of words that say that software is to behave in another way.
const BEHAVIOUR: [&str; 26] = [
    "adding", "allow", "bump", "chang", "convert", "default", "deprecat", "disabl", "drop",
    "enabl", "feature", "ignor", "introduc", "legacy", "migrat", "obsolet", "relax", "remov",
    "renam", "replac", "revert", "rewrit", "skip", "switch", "updat", "upgrad",
];

/// Words that say so as a whole.
const BEHAVIOUR_WORDS: [&str; 6] = ["add", "adds", "new", "off", "turn", "undo"];

impl PatchHeader {
    /// Whether its subject, or the name of its file where it has none, begins with a correction, and neither says that software is to
    /// behave in another way.
    pub fn says_that_it_corrects(&self, file_name: &str) -> bool {
        let subject = self.subject.as_deref();
        begins_with_correction(subject.unwrap_or(file_name))
            && ![file_name]
                .into_iter()
                .chain(subject)
                .any(changes_behaviour)
    }
}

fn begins_with_correction(text: &str) -> bool {
    let mut said = text;
    while let Some((component, rest)) = said.split_once(": ")
        && !component.contains(' ')
    {
        said = rest;
    }
    let mut words = words_of(said).into_iter();
    let first = words.find(|word| !is_number(word));
    first.is_some_and(|word| CORRECTIONS.contains(&word.as_str()))
}

fn changes_behaviour(text: &str) -> bool {
    let words = words_of(text);
    let changes = |word: &String| {
        BEHAVIOUR.iter().any(|start| word.starts_with(start))
            || BEHAVIOUR_WORDS.contains(&word.as_str())
    };
    words.iter().any(changes) || words.windows(2).any(|words| words == ["support", "for"])
}
