//! What a patch says of vulnerabilities: whether it corrects one, or does something else about it.

use super::references::is_number;
use super::{PatchHeader, REFERENCES_MAX};

impl PatchHeader {
    /// Whether its subject says that something is taken back.
    pub fn takes_back(&self) -> bool {
        self.subject.as_deref().is_some_and(takes_back)
    }

    /// Whether its subject says that it does something else about a vulnerability than to correct it.
    pub fn denies_correction(&self) -> bool {
        self.subject.as_deref().is_some_and(denies_correction)
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

/// Whether a name or a subject says of the CVE that it names something else than that it is corrected: that its fix is taken back,
/// disabled, relaxed, tested, documented, prepared, or that nothing is affected.
pub fn denies_correction(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some((first, last)) = lower.find("cve-").zip(lower.rfind("cve-")) else {
        return takes_back(text);
    };
    let has_one = |text: &str, denying: &[&str]| {
        let words = words_of(text);
        let denies = |word: &String| {
            denying
                .iter()
                .any(|denying| match denying.strip_suffix('*') {
                    Some(start) => word.starts_with(start),
                    None => word == denying,
                })
        };
        words.iter().any(denies)
    };
    takes_back(text)
        || has_one(&lower[..first], &DENYING_BEFORE)
        || words_of(&lower[..first])
            .windows(2)
            .any(|words| words[0].starts_with("back") && words[1] == "out")
        || has_one(&lower[last..], &DENYING_AFTER)
        || says_something_of(&lower[last..])
}

/// The words of a text, in lower case.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The CVEs that a text names, sorted.
pub fn cves_in(text: &str) -> Vec<String> {
    let upper = text.to_ascii_uppercase();
    let mut found: Vec<String> = upper
        .match_indices("CVE-")
        .filter_map(|(at, _)| {
            let rest = &upper[at + 4..];
            let (year, rest) = rest.split_at_checked(4)?;
            let digits: String = rest
                .strip_prefix('-')?
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            let is_cve =
                year.bytes().all(|byte| byte.is_ascii_digit()) && (4..=7).contains(&digits.len());
            is_cve.then(|| format!("CVE-{year}-{digits}"))
        })
        .collect();
    found.sort();
    found.dedup();
    found.truncate(REFERENCES_MAX);
    found
}

/// Words of which nothing else may stand between the start of a line and the CVE that it says to correct.
const CORRECTING: [&str; 32] = [
    "a",
    "address",
    "addresses",
    "an",
    "and",
    "backport",
    "backported",
    "backports",
    "bug",
    "correct",
    "corrects",
    "cve",
    "cves",
    "fix",
    "fixed",
    "fixes",
    "for",
    "issue",
    "mitigate",
    "mitigates",
    "of",
    "patch",
    "resolve",
    "resolved",
    "resolves",
    "security",
    "solve",
    "solves",
    "the",
    "to",
    "upstream",
    "vulnerability",
];

/// Words of which one must begin a subject that names its CVE in brackets at another place, `Fix a crash (CVE-…)`.
const BEGINNINGS: [&str; 15] = [
    "address",
    "addresses",
    "backport",
    "correct",
    "corrects",
    "fix",
    "fixed",
    "fixes",
    "mitigate",
    "mitigates",
    "resolve",
    "resolves",
    "security",
    "solve",
    "solves",
];

/// Words that, before a CVE, say that something else is done about it than to correct it; a star stands for any end.
const DENYING_BEFORE: [&str; 44] = [
    "allow",
    "because",
    "break*",
    "breaks",
    "broke*",
    "bypass*",
    "caused",
    "changelog",
    "comment*",
    "compil*",
    "conflict*",
    "disabl*",
    "docs",
    "document*",
    "drop",
    "drops",
    "except",
    "follow*",
    "ignor*",
    "introduc*",
    "loosen*",
    "mention*",
    "not",
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
    "skip*",
    "spelling",
    "test*",
    "typo*",
    "unaffected",
    "undo*",
    "unlike",
    "warning*",
    "weaken*",
    "without",
    "wording",
];

/// Words that, after a CVE, say so; others, as “not”, may be about the code that is corrected.
const DENYING_AFTER: [&str; 21] = [
    "affect*",
    "break*",
    "broke*",
    "bypass*",
    "comment*",
    "disabl*",
    "document*",
    "loosen*",
    "opt",
    "prepar*",
    "regress*",
    "relax*",
    "remov*",
    "restor*",
    "revert*",
    "rollback",
    "test*",
    "typo*",
    "unaffected",
    "undo*",
    "weaken*",
];

/// Whether a sentence about the CVE goes on after it, `CVE-… is not affected`; the text starts with it.
fn says_something_of(text: &str) -> bool {
    const VERBS: [&str; 10] = [
        "are", "does", "doesn", "has", "is", "isn", "needs", "remains", "was", "were",
    ];
    words_of(text)
        .get(3)
        .is_some_and(|word| VERBS.contains(&word.as_str()))
}

/// Whether a line of the text says that it corrects the CVE that it names: nothing but such words stand before it, and what follows
/// is no sentence about it.
pub(super) fn corrects_cve(line: &str) -> bool {
    only_corrects(line, |after| after.is_empty())
}

/// Whether a subject says that it corrects the CVE that it names: as a line does, before what it says to correct, after the name of a
/// component, or in brackets at the end of what it says to correct.
pub(super) fn subject_corrects_cve(subject: &str) -> bool {
    let after_component = match subject.split_once(": ") {
        Some((component, after)) if !component.contains(' ') && after.contains("CVE-") => after,
        _ => subject,
    };
    let words = words_of(after_component);
    let begins = words
        .first()
        .is_some_and(|word| BEGINNINGS.contains(&word.as_str()));
    let lower = subject.to_ascii_lowercase();
    let in_brackets = lower.contains("(cve-") || lower.contains("[cve-");
    (only_corrects(after_component, |_| true) || (begins && in_brackets))
        && !denies_correction(subject)
}

/// Whether the name of a package's file says that it corrects the CVE that it names: nothing stands before it but such words, numbers
/// and the package's own name.
pub fn name_corrects_cve(name: &str, package: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let of_package = words_of(package);
    lower.find("cve-").is_some_and(|at| {
        let mut before = words_of(&lower[..at]).into_iter();
        before.all(|word| {
            is_number(&word) || CORRECTING.contains(&word.as_str()) || of_package.contains(&word)
        })
    }) && !denies_correction(name)
}

/// Whether nothing but words of correcting stand before a CVE, and none that denies beside it. Without a verb, as in
/// `CVE-2026-1234: a crash`, what goes on behind it in the same sentence must be `allowed`.
fn only_corrects(text: &str, allowed: impl Fn(&str) -> bool) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some((first, last)) = lower.find("cve-").zip(lower.rfind("cve-")) else {
        return false;
    };
    let before = words_of(&lower[..first]);
    let has = |words: &[&str]| before.iter().any(|word| words.contains(&word.as_str()));
    let is_number = |character: char| character == '-' || character.is_ascii_digit();
    let after = lower[last + "cve-".len()..].trim_start_matches(is_number);
    let sentence = match after
        .trim_start()
        .starts_with([':', ';', '.', '(', ')', ']', '-', '–', '—'])
    {
        true => "",
        false => after.trim(),
    };
    before
        .iter()
        .all(|word| CORRECTING.contains(&word.as_str()))
        && ((has(&BEGINNINGS) && !has(&["a", "an", "the"])) || allowed(sentence))
        && !denies_correction(text)
}
