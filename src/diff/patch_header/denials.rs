//! What a patch says of a vulnerability beside that it corrects it: that its correction is taken back, weakened or not needed.

use super::PatchHeader;
use super::references::is_number;
use super::wording::words_of;

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
    let lower = text.to_ascii_lowercase();
    if takes_back(text) {
        return true;
    }
    match lower.find("cve-").zip(lower.rfind("cve-")) {
        Some((first, last)) => {
            let (before, after) = (
                denying_words(&lower[..first]),
                denying_words(&lower[last..]),
            );
            denies_before(&before)
                || denies_after(&after)
                || backs_out(&before)
                || backs_out(&after)
                || says_something_of(&lower[last..])
        }
        None => {
            let words = denying_words(&lower);
            (denies_before(&words) || denies_after(&words)) && names_correction(&words)
        }
    }
}

/// Whether a word of a text says by itself that something is not corrected.
pub(super) fn is_denial(word: &str) -> bool {
    let word = [word.to_owned()];
    denies_before(&word) || denies_after(&word)
}

fn denies_before(words: &[String]) -> bool {
    has_one(words, &DENYING) || has_one(words, &DENYING_BEFORE)
}

fn denies_after(words: &[String]) -> bool {
    has_one(words, &DENYING) || has_one(words, &DENYING_AFTER)
}

/// Whether a line of a text says that something is not corrected, or that nothing is to be.
pub(super) fn line_denies_correction(line: &str) -> bool {
    const NEGATIONS: [&str; 10] = [
        "aren", "cannot", "didn", "doesn", "don", "isn", "never", "no", "not", "won",
    ];
    const CORRECTIONS: [&str; 10] = [
        "addressed",
        "affect",
        "affected",
        "affects",
        "fix",
        "fixed",
        "fixes",
        "mitigate",
        "mitigated",
        "vulnerable",
    ];
    const ALONE: [&str; 4] = ["unaffected", "unfixed", "unvulnerable", "wontfix"];
    line.split(['.', ';']).any(|sentence| {
        let words = words_of(sentence);
        let is_denied = words.iter().enumerate().any(|(at, word)| {
            let after = words.iter().skip(at + 1).take(3);
            let is_negation = NEGATIONS.contains(&word.as_str());
            is_negation
                && after
                    .into_iter()
                    .any(|word| CORRECTIONS.contains(&word.as_str()))
        });
        let is_refused = match words.as_slice() {
            [.., verb, not] => not == "not" && ["did", "do", "does"].contains(&verb.as_str()),
            _ => false,
        };
        is_denied || is_refused || words.iter().any(|word| ALONE.contains(&word.as_str()))
    })
}

/// The words of a text, without the names of flaws that hold a word that denies.
fn denying_words(text: &str) -> Vec<String> {
    words_of(&text.replace("off-by-one", " ").replace("off by one", " "))
}

fn has_one(words: &[String], denying: &[&str]) -> bool {
    let denies = |word: &String| {
        denying
            .iter()
            .any(|denying| match denying.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == denying,
            })
    };
    words.iter().any(denies)
}

fn backs_out(words: &[String]) -> bool {
    words
        .windows(2)
        .any(|words| words[0].starts_with("back") && words[1] == "out")
}

/// Whether words name a correction that there is: `the fix`, `mitigation`.
fn names_correction(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| word.starts_with("mitigation") || word == "hardening")
        || words.windows(2).any(|words| {
            ["fix", "fixes", "patch"].contains(&words[1].as_str())
                && (["that", "the", "this"].contains(&words[0].as_str()) || is_denial(&words[0]))
        })
}

/// Whether a sentence about the CVE goes on after it, `CVE-… is not affected`; the text starts with it.
fn says_something_of(text: &str) -> bool {
    const VERBS: [&str; 10] = [
        "are", "does", "doesn", "has", "is", "isn", "needs", "remains", "was", "were",
    ];
    words_of(text)
        .get(3)
        .is_some_and(|word| VERBS.contains(&word.as_str()))
}

/// Words that say, wherever they stand, that something else is done about a CVE than to correct it; a star stands for any end.
const DENYING: [&str; 26] = [
    "break*",
    "broke*",
    "bypass*",
    "comment*",
    "disabl*",
    "document*",
    "ignor*",
    "kill*",
    "loosen*",
    "off",
    "opt",
    "prepar*",
    "regress*",
    "reintroduc*",
    "relax*",
    "remov*",
    "restor*",
    "revert*",
    "rollback",
    "test*",
    "typo*",
    "unaffected",
    "undo*",
    "unfix*",
    "weaken*",
    "wontfix",
];

/// Words that say so before a CVE; behind it, as “not”, they may be about the code that is corrected.
const DENYING_BEFORE: [&str; 20] = [
    "allow",
    "because",
    "caused",
    "changelog",
    "compil*",
    "conflict*",
    "docs",
    "drop",
    "drops",
    "except",
    "follow*",
    "introduc*",
    "mention*",
    "not",
    "skip*",
    "spelling",
    "unlike",
    "warning*",
    "without",
    "wording",
];

/// Words that say so behind it.
const DENYING_AFTER: [&str; 4] = ["affect*", "backout", "optional", "vulnerable"];
