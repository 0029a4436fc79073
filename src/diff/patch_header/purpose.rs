//! Whether a patch says of itself that it corrects something.

use super::PatchHeader;
use super::denials::undoes;
use super::vocabulary::{CHANGING, FLAWS, RIGHTING};
use super::wording::{
    Opening, has, is_verb, names_flaw, opening, stops_guard, without_components, words_of_name,
    words_of_sentence,
};

impl PatchHeader {
    /// Whether its subject, or the name of its file where it has none, begins with a correction, and neither says that software is to
    /// behave in another way.
    pub fn says_that_it_corrects(&self, file_name: &str) -> bool {
        let name = file_name.to_ascii_lowercase();
        let name = words_of_name(&name, "");
        let begins = match &self.subject {
            Some(subject) => {
                let subject = subject.to_ascii_lowercase();
                let (_, said) = without_components(&subject);
                let words = words_of_sentence(said);
                (begins_with_correction(&words) || names_flaw(&words))
                    && !changes_behaviour(&words_of_sentence(&subject))
            }
            None => begins_with_correction(&name),
        };
        begins && !changes_behaviour(&name)
    }
}

fn begins_with_correction(words: &[&str]) -> bool {
    let Some((opening, object)) = opening(words) else {
        return false;
    };
    let verb = words[words.len() - object.len() - 1];
    match opening {
        Opening::Fixing => true,
        _ if is_verb(RIGHTING, verb) => !stops_guard(object),
        // “Do not crash” corrects, “do not use it” changes what is done.
        _ => ["not", "t"].contains(&verb) && object.first().is_some_and(|word| has(FLAWS, word)),
    }
}

fn changes_behaviour(words: &[&str]) -> bool {
    (0..words.len()).any(|at| undoes(words, at) || has(CHANGING, words[at]))
        || words.windows(2).any(|words| words == ["support", "for"])
}
