//! Whether a text says nothing but that vulnerabilities are corrected. What a word that is not known says of one is not known.

use super::denials::is_denial;
use super::vocabulary::{FIXING, GUARDING, LEADING, OPENINGS, OTHER, PHRASES, STOPPING};

/// Stands for each CVE among the words of a text, which are in lower case.
pub(super) const CVE: &str = "CVE";
/// Stands there for what says nothing: a number, or the name of a function, of a file or of the package.
const NAME: &str = "";

/// The words of a text, in lower case.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    split(&lower).map(str::to_owned).collect()
}

/// The words of a name of a file of a package, in which any sign parts words and the package's own name says nothing.
pub(super) fn words_of_name(name: &str, package: &str) -> Vec<String> {
    let lower = with_marks(name.strip_suffix(".patch").unwrap_or(name));
    let own = words_of(package);
    let word = |word: &str| match is_number_like(word) || own.iter().any(|own| own == word) {
        true => NAME.to_owned(),
        false => word.to_owned(),
    };
    split(&lower).map(word).collect()
}

/// The words of a subject or a line, in which names of functions and files are one each.
pub(super) fn words_of_sentence(text: &str) -> Vec<String> {
    let is_identifier = |token: &str| {
        let inner = token.trim_matches(|character: char| !character.is_alphanumeric());
        token.contains("()")
            || inner.contains(['_', '.', '/', '(', '>'])
            || inner.contains("::")
            || is_number_like(inner)
    };
    let mut words = Vec::new();
    for token in with_marks(text).split_whitespace() {
        if is_identifier(token) && !split(token).any(|part| part == CVE || is_denial(part)) {
            words.push(NAME.to_owned());
        } else {
            words.extend(split(token).map(str::to_owned));
            // What stands behind a sign is no more about the CVE itself.
            if token.contains(CVE) && token.ends_with([':', ',', ';', '.', ')', ']']) {
                words.push(NAME.to_owned());
            }
        }
    }
    words
}

/// Whether words say nothing but that something is corrected, or what was wrong: each is known, and none undoes another, as in “prevent
/// the check” or “reject the fix”.
pub(super) fn say_correction_alone(words: &[String]) -> bool {
    all_are_known(words)
        && fixes_once(words)
        && !stops_a_guard(words)
        && (!has_one(words, &OPENINGS) || says_correction(words))
}

/// Whether one of the words says that something is corrected.
pub(super) fn says_correction(words: &[String]) -> bool {
    has_one(words, &FIXING) || has_one(words, &GUARDING) || has_one(words, &STOPPING)
}

pub(super) fn is_fixing(word: &str) -> bool {
    FIXING.contains(&word)
}

/// Whether a word may stand before the CVE that is corrected, as in “Backport the fix for”.
pub(super) fn is_leading(word: &str) -> bool {
    is_fixing(word) || word == CVE || LEADING.contains(&word)
}

fn all_are_known(words: &[String]) -> bool {
    let mut rest = words;
    while let Some(word) = rest.first() {
        let begins = |phrase: &&&str| {
            let mut phrase_words = phrase.split(' ');
            rest.len() >= phrase.split(' ').count()
                && rest.iter().all(|word| {
                    phrase_words
                        .next()
                        .is_none_or(|expected| word.eq_ignore_ascii_case(expected))
                })
        };
        let known = match PHRASES.iter().find(begins) {
            // The last word of a phrase is looked at again: it may be one that counts.
            Some(phrase) if phrase.starts_with("upstream") => 1,
            Some(phrase) => phrase.split(' ').count(),
            None if is_known(word) => 1,
            None => return false,
        };
        rest = &rest[known..];
    }
    true
}

fn is_known(word: &str) -> bool {
    word == CVE
        || word.chars().count() < 2
        || [&FIXING[..], &GUARDING, &STOPPING, &OTHER]
            .iter()
            .any(|words| words.contains(&word))
}

/// Whether it is said once at most that something is fixed, with nothing before it that might stop or judge the fix, not where else,
/// as “Fixed in 1.2” is said of others, and not of what was done about the CVE before, as “Fix CVE-… check”.
fn fixes_once(words: &[String]) -> bool {
    const PLACES: [&str; 8] = ["at", "by", "from", "in", "on", "through", "via", "with"];
    let mut fixes = words.iter().enumerate().filter(|(_, word)| is_fixing(word));
    let Some((at, _)) = fixes.next() else {
        return true;
    };
    let next = words.get(at + 1).map(String::as_str).unwrap_or(NAME);
    fixes.next().is_none()
        && words[..at]
            .iter()
            .all(|word| *word == NAME || is_leading(word))
        && !PLACES.contains(&next)
        && next != "upstream"
        && !words[at..].iter().any(|word| word == "patch")
        && !words[at..].windows(2).any(|pair| {
            pair[0] == CVE && (GUARDING.contains(&pair[1].as_str()) || pair[1] == "handling")
        })
}

/// Whether what is stopped may be a check.
fn stops_a_guard(words: &[String]) -> bool {
    let stop = words
        .iter()
        .position(|word| STOPPING.contains(&word.as_str()));
    stop.is_some_and(|at| {
        has_one(&words[at + 1..], &GUARDING) || has_one(&words[at + 1..], &FIXING)
    })
}

fn has_one(words: &[String], list: &[&str]) -> bool {
    words.iter().any(|word| list.contains(&word.as_str()))
}

fn is_number_like(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// A text in lower case, with the mark in place of each CVE, of a list such as `CVE-2026-1111-2`, too.
fn with_marks(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut marked = String::with_capacity(lower.len());
    let mut rest = lower.as_str();
    while let Some((before, after)) = rest.split_once("cve-") {
        let is_of_number = |character: char| character == '-' || character.is_ascii_digit();
        let (number, _) = after.split_at(after.find(|c| !is_of_number(c)).unwrap_or(after.len()));
        let number = number.trim_end_matches('-');
        marked.push_str(before);
        marked.push_str(if number.is_empty() { "cve-" } else { CVE });
        rest = &after[number.len()..];
    }
    marked.push_str(rest);
    marked
}
