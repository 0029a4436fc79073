//! The words of names and subjects, and what they say of a flaw.

use super::vocabulary::{
    ADVERBS, CLOSING, DENYING, FIXING, FLAW_PHRASES, FLAWS, GUARDING, GUARDS, HARMFUL, LACKING,
    LEADING, PLACES, QUALITIES, STOPPING, TICKETS, UNDOING,
};

/// Stands for each CVE, in a text and among its words, which are in lower case.
pub(super) const CVE: &str = "CVE";
/// Stands there for what says nothing: a number, or the name of a function or of a file.
pub(super) const NAME: &str = "";
/// Stands there for a sign that parts what is said.
pub(super) const SIGN: &str = ":";

/// What a sentence begins to say, with the words of what it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// That something is corrected.
    Fixing,
    /// That something is looked at.
    Guarding,
    /// That something cannot happen any more.
    Stopping,
}

/// The words of a text, in lower case.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    split(&lower).map(str::to_owned).collect()
}

/// A text in lower case, with the mark in place of each CVE, of a list such as `CVE-2026-1111-2`, too.
pub(super) fn with_marks(text: &str) -> String {
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

/// The words of a name of a file of a package, in which any sign parts words and the package's own name says nothing, of a text with
/// marks.
pub(super) fn words_of_name<'a>(marked: &'a str, package: &str) -> Vec<&'a str> {
    let own = words_of(package);
    let word = |word| match own.iter().any(|own| own == word) {
        true => NAME,
        false => without_number(word),
    };
    split(marked).map(word).collect()
}

/// The words of a subject or a line, in which names of functions and files are one each, and signs count, of a text with marks.
pub(super) fn words_of_sentence(marked: &str) -> Vec<&str> {
    let is_identifier = |token: &str| {
        let inner = token.trim_matches(|character: char| !character.is_alphanumeric());
        token.contains("()") || inner.contains(['_', '.', '/', '(', '>']) || inner.contains("::")
    };
    let mut words = Vec::new();
    for token in marked.split_whitespace() {
        if token.starts_with(['(', '[', '-', '–', '—']) {
            words.push(SIGN);
        }
        if is_identifier(token) && !token.contains(CVE) && !holds_denial(token) {
            words.push(NAME);
        } else {
            words.extend(split(token).map(without_number));
        }
        if token.ends_with([':', ',', ';', '.', ')', ']']) {
            words.push(SIGN);
        }
    }
    words
}

/// Whether the name of a file, or of what is no function, holds a word that denies.
fn holds_denial(token: &str) -> bool {
    !token.contains("()") && split(token).any(is_denial)
}

/// Whether a word says by itself that something is not corrected.
pub(super) fn is_denial(word: &str) -> bool {
    has(UNDOING, word) || has(DENYING, word)
}

/// The names of components and numbers of tickets before the colons with which a text begins, and what it says behind them.
pub(super) fn without_components(text: &str) -> (Vec<&str>, &str) {
    let (mut components, mut said) = (Vec::new(), text);
    while let Some((component, rest)) = said.split_once(": ")
        && is_component(component, rest)
    {
        components.push(component);
        said = rest;
    }
    (components, said)
}

fn is_component(text: &str, rest: &str) -> bool {
    if text.contains(' ') {
        return split(text).all(|word| is_number_like(word) || has(TICKETS, word));
    }
    let leads = has(LEADING, text) && rest.starts_with(CVE);
    !leads && !text.contains(CVE) && !is_verb(FIXING, text)
}

/// What words begin to say, and of what.
pub(super) fn opening<'a, 'b>(words: &'b [&'a str]) -> Option<(Opening, &'b [&'a str])> {
    let says_nothing =
        |word: &&str| [NAME, SIGN, CVE].contains(word) || has(TICKETS, word) || has(ADVERBS, word);
    let start = words.iter().position(|word| !says_nothing(word))?;
    match &words[start..] {
        ["do", "not", object @ ..] | ["don", "t", object @ ..]
            if object.first().is_some_and(|word| has(HARMFUL, word)) =>
        {
            Some((Opening::Stopping, object))
        }
        ["add" | "adds", object @ ..] if behind_lack(object).is_some() => {
            Some((Opening::Guarding, object))
        }
        [verb, object @ ..] => {
            let kinds = [
                (FIXING, Opening::Fixing),
                (GUARDING, Opening::Guarding),
                (STOPPING, Opening::Stopping),
            ];
            let kind = kinds.into_iter().find(|(verbs, _)| is_verb(verbs, verb));
            kind.map(|(_, opening)| (opening, object))
        }
        [] => None,
    }
}

/// Whether words begin with what was wrong, and go on with no more than where.
pub(super) fn names_flaw(words: &[&str]) -> bool {
    let behind = behind_flaw(words).or_else(|| behind_lack(words));
    let is_named = behind.is_some_and(|behind| {
        let next = behind.first();
        next.is_none_or(|next| [NAME, SIGN].contains(next) || has(PLACES, next))
    });
    let is_unchecked =
        |pair: &[&str]| pair[0] == "not" && ["checked", "validated", "verified"].contains(&pair[1]);
    is_named || words.windows(2).any(is_unchecked)
}

/// Whether what is stopped may be a check, or the correction itself: “prevent the check”, but not “prevent a bypass of the check”.
pub(super) fn stops_guard(object: &[&str]) -> bool {
    let is_flaw = |at: usize| behind_one_flaw(&object[at..]).is_some();
    let found = (0..object.len()).find(|at| is_flaw(*at) || has(GUARDS, object[*at]));
    found.is_some_and(|at| !is_flaw(at) && !is_flaw(at + 1))
}

fn behind_flaw<'a, 'b>(words: &'b [&'a str]) -> Option<&'b [&'a str]> {
    (0..words.len())
        .take_while(|at| words[..*at].iter().all(|word| has(QUALITIES, word)))
        .find_map(|at| behind_one_flaw(&words[at..]))
}

fn behind_one_flaw<'a, 'b>(words: &'b [&'a str]) -> Option<&'b [&'a str]> {
    let phrase = FLAW_PHRASES.iter().find(|phrase| words.starts_with(phrase));
    let length = phrase.map_or(1, |phrase| phrase.len());
    let is_one = phrase.is_some() || words.first().is_some_and(|word| has(FLAWS, word));
    is_one.then(|| &words[length..])
}

/// What follows a check of which words begin to say that it is missing, “missing bounds check”.
fn behind_lack<'a, 'b>(words: &'b [&'a str]) -> Option<&'b [&'a str]> {
    /// Words between the two.
    const BETWEEN_MAX: usize = 3;
    let start = words
        .iter()
        .position(|word| !["a", "an", "the"].contains(word))?;
    let lacking = words[start..].first().filter(|word| has(LACKING, word));
    let guard = words[start..]
        .iter()
        .take(BETWEEN_MAX + 2)
        .position(|word| has(GUARDS, word));
    lacking.and(guard).map(|guard| &words[start + guard + 1..])
}

/// Whether words behind a CVE are apart from it, and those that say something.
pub(super) fn behind_cves<'a, 'b>(words: &'b [&'a str]) -> (bool, &'b [&'a str]) {
    let (mut is_apart, mut rest) = (false, words);
    while let [word, after @ ..] = rest {
        match *word {
            CVE => is_apart = false,
            SIGN => is_apart = true,
            NAME => {}
            word if has(CLOSING, word) => {}
            _ => break,
        }
        rest = after;
    }
    (is_apart, rest)
}

/// Whether a word is one of a list of verbs, or its third person.
pub(super) fn is_verb(verbs: &str, word: &str) -> bool {
    let third = |end: &str| word.strip_suffix(end).is_some_and(|verb| has(verbs, verb));
    has(verbs, word) || third("s") || third("es")
}

/// Whether a word is one of a list.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|entry| match entry.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == entry,
    })
}

fn without_number(word: &str) -> &str {
    if is_number_like(word) { NAME } else { word }
}

fn is_number_like(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
}
