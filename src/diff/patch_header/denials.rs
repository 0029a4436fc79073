//! What a patch says of a vulnerability beside that it corrects it: that its correction is taken back, weakened or not needed.

use super::PatchHeader;
use super::references::is_number;
use super::vocabulary::{ASIDES, DENYING, DENYING_FIRST, DENYING_PAIRS, HARMFUL, STATING, UNDOING};
use super::wording::{
    CVE, NAME, SIGN, has, is_denial, opening, split, with_marks, without_components, words_of,
    words_of_sentence,
};

impl PatchHeader {
    /// Whether its subject says that something is taken back.
    pub(super) fn takes_back(&self) -> bool {
        self.subject.as_deref().is_some_and(takes_back)
    }

    /// Whether it says that it does something else about a vulnerability than to correct it.
    pub fn denies_correction(&self) -> bool {
        self.is_denied || self.subject.as_deref().is_some_and(denies_correction)
    }
}

/// Whether a name or a subject says that something is taken back: `revert` anywhere, `undo` or `back out` at its start.
pub(super) fn takes_back(text: &str) -> bool {
    let words = words_of(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is_number = |word: &&&str| is_number(word);
    let numbers = words.iter().take_while(is_number).count();
    words.iter().any(|word| word.starts_with("revert"))
        || match words[numbers..] {
            [first, ..] if ["undo", "undoes", "backout"].contains(&first) => true,
            [first, "out", ..] => ["back", "backs"].contains(&first),
            _ => false,
        }
}

/// Whether a name or a subject says of the CVE that it names, or of a correction, something else than that it is corrected: that its
/// fix is taken back, disabled, relaxed, tested, documented, prepared, or that nothing is affected.
pub fn denies_correction(text: &str) -> bool {
    let marked = with_marks(text);
    let words = words_of_sentence(&marked);
    let is_about_it = words.contains(&CVE) || names_fix(&words);
    let is_aside = |component: &&str| split(component).any(|word| has(ASIDES, word));
    let behind_cve = words.iter().skip_while(|word| **word != CVE);
    let behind_cve: Vec<&str> = behind_cve.copied().collect();
    takes_back(text)
        || is_about_it
            && (denies(&words)
                || names_fix(&behind_cve)
                || without_components(&marked).0.iter().any(is_aside)
                || opening(&words).is_some_and(|(_, object)| names_fix(object)))
}

/// Whether a word that says that something is not corrected stands among words in its place.
fn denies(words: &[&str]) -> bool {
    let denies_at = |at: usize| {
        let (before, word) = (&words[..at], words[at]);
        let next = words.get(at + 1).copied().unwrap_or_default();
        let is_first = before.iter().all(|word| *word == NAME)
            || before.last().is_some_and(|last| [CVE, SIGN].contains(last));
        let is_pair = |[first, second]: &[&str; 2]| has(first, word) && has(second, next);
        undoes(words, at)
            || has(DENYING, word)
            || is_first && has(DENYING_FIRST, word)
            || word == CVE && has(STATING, next)
            || DENYING_PAIRS.iter().any(is_pair)
    };
    (0..words.len()).any(denies_at)
}

/// Whether a word among others says that something is undone; “off by one” does not, nor what is not to be done.
pub(super) fn undoes(words: &[&str], at: usize) -> bool {
    let is_negated = matches!(&words[..at], [.., "do", "not"] | [.., "don", "t"]);
    let is_off_by = matches!(&words[at..], ["off", "by", "one" | NAME, ..]);
    has(UNDOING, words[at]) && !is_off_by && !(is_negated && has(HARMFUL, words[at]))
}

/// Whether words name a correction that there is: `the fix`, `mitigation`.
fn names_fix(words: &[&str]) -> bool {
    let is_fix = |words: &[&str]| {
        ["fix", "fixes", "patch"].contains(&words[1])
            && (["that", "the", "this"].contains(&words[0]) || is_denial(words[0]))
    };
    words
        .iter()
        .any(|word| word.starts_with("mitigation") || *word == "hardening")
        || words.windows(2).any(is_fix)
}

/// Whether a line of a text says that something is not corrected, or that nothing is to be.
pub(super) fn line_denies_correction(line: &str) -> bool {
    const NEGATIONS: &str = "aren cannot didn doesn don isn never no not won";
    const CORRECTIONS: &str =
        "addressed affect affected affects fix fixed fixes mitigate mitigated vulnerable";
    const ALONE: &str = "unaffected unfixed unvulnerable wontfix";
    line.split(['.', ';']).any(|sentence| {
        let words = words_of(sentence);
        let is_denied = words.iter().enumerate().any(|(at, word)| {
            let mut after = words.iter().skip(at + 1).take(3);
            has(NEGATIONS, word) && after.any(|word| has(CORRECTIONS, word))
        });
        let is_refused = match words.as_slice() {
            [.., verb, not] => not == "not" && has("did do does", verb),
            _ => false,
        };
        is_denied || is_refused || words.iter().any(|word| has(ALONE, word))
    })
}
