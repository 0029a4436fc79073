//! Which vulnerabilities a patch says that it corrects.

use super::REFERENCES_MAX;
use super::denials::denies_correction;
use super::vocabulary::{
    ADDRESSING, ELSEWHERE, FIXING, GOING_ON, GUARDS, LEADING, STATING, TICKETS,
};
use super::wording::{
    CVE, NAME, Opening, SIGN, behind_cves, has, is_verb, names_flaw, opening, stops_guard,
    with_marks, without_components, words_of_name, words_of_sentence,
};

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

/// Whether a subject says that it corrects the CVE that it names: with it at its start, directly behind a verb of correcting, or in
/// brackets at its end. What a sentence says that begins with such a verb may be said in any words, but for those that deny.
pub(super) fn subject_corrects_cve(subject: &str) -> bool {
    let marked = with_marks(subject);
    let (components, said) = without_components(&marked);
    let said = said.trim_start_matches(['[', '(']);
    let words = words_of_sentence(said);
    let at = words.iter().position(|word| *word == CVE);
    let Some(at) = at.filter(|_| !denies_correction(subject)) else {
        return false;
    };
    let (before, (is_apart, rest)) = (&words[..at], behind_cves(&words[at..]));
    if let Some(after) = said.strip_prefix(CVE) {
        return match rest.is_empty() {
            true => components.is_empty(),
            false => statement_corrects(without_cves(after)),
        };
    }
    if leads_to_cve(before) {
        let goes_on = rest.first().is_some_and(|word| has(GOING_ON, word));
        let is_all = (is_apart || goes_on && !before[0].ends_with("ed"))
            && !names_correction(rest)
            && !rest.iter().any(|word| has(STATING, word));
        return rest.is_empty() || names_flaw_alone(rest) || is_all;
    }
    without_brackets(said).is_some_and(statement_corrects)
}

/// Whether the name of a package's file says that it corrects the CVE that it names.
pub fn name_corrects_cve(name: &str, package: &str) -> bool {
    let marked = with_marks(name.strip_suffix(".patch").unwrap_or(name));
    let words = words_of_name(&marked, package);
    let Some(at) = words.iter().position(|word| *word == CVE) else {
        return false;
    };
    let before: Vec<&str> = words[..at]
        .iter()
        .copied()
        .filter(|word| *word != NAME)
        .collect();
    let (_, rest) = behind_cves(&words[at..]);
    let is_said = rest.is_empty() || words_correct(rest);
    let goes_on = || !has(GUARDS, rest[0]) && !names_correction(rest);
    !denies_correction(name)
        && match before.iter().any(|word| is_fixing(word)) {
            true => leads_to_cve(&before) && (rest.is_empty() || goes_on()),
            false => before.iter().all(|word| has(LEADING, word)) && is_said,
        }
}

/// The CVEs that lines of a text say to be corrected, each in a sentence or a field of its own: `Fixes: CVE-…`, `CVE: CVE-…`. One
/// that is only named may stand there for any reason.
pub(super) fn corrected_in(body: &str) -> Vec<String> {
    let lines: Vec<&str> = body.lines().collect();
    let next = lines.iter().skip(1).copied().chain([""]);
    let correcting = lines.iter().zip(next).filter(|(line, next)| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || "*-•".contains(c));
        let next = next.trim_start();
        let goes_on = next.starts_with(char::is_lowercase) && !next.starts_with("http");
        line.starts_with(char::is_uppercase)
            && (!goes_on || line.trim_end().ends_with('.'))
            && line_corrects_cve(line)
    });
    correcting.flat_map(|(line, _)| cves_in(line)).collect()
}

fn line_corrects_cve(line: &str) -> bool {
    let marked = with_marks(line);
    let words = words_of_sentence(&marked);
    let Some(at) = words.iter().position(|word| *word == CVE) else {
        return false;
    };
    let (before, (is_apart, rest)) = (&words[..at], behind_cves(&words[at..]));
    let is_field = before == ["cve", SIGN];
    let begins = words[0] == "security" || is_fixing(words[0]);
    let leads = || begins && leads_to_cve(before) && before.iter().any(|word| is_fixing(word));
    (is_field || leads())
        && (rest.is_empty() || names_flaw_alone(rest) || is_apart && words_correct(rest))
        && !denies_correction(line)
}

/// Whether a statement without a CVE says that it corrects something.
fn statement_corrects(statement: &str) -> bool {
    let (_, said) = without_components(statement);
    words_correct(&words_of_sentence(said))
}

fn words_correct(words: &[&str]) -> bool {
    if words.contains(&CVE) {
        return false;
    }
    let Some((opening, object)) = opening(words) else {
        return names_flaw_alone(words);
    };
    let is_done = match opening {
        Opening::Fixing => {
            object != ["missing"] && !object.first().is_some_and(|word| has(ELSEWHERE, word))
        }
        Opening::Guarding => !object.is_empty(),
        Opening::Stopping => !object.is_empty() && !stops_guard(object),
    };
    is_done && !names_correction(object) && !object.iter().any(|word| word.starts_with("backport"))
}

/// Whether words begin with what was wrong, and are not about a correction.
fn names_flaw_alone(words: &[&str]) -> bool {
    names_flaw(words) && !names_correction(words)
}

/// Whether words before a CVE say that it is corrected, as in “Backport the fix for”, and nothing of a correction that there is.
fn leads_to_cve(before: &[&str]) -> bool {
    let says_fix = |word: &&str| is_fixing(word);
    let is_leading =
        |word: &&str| [NAME, SIGN].contains(word) || is_fixing(word) || has(LEADING, word);
    let is_backport = |word: &str| word.starts_with("backport");
    before.iter().all(is_leading)
        && match before.iter().position(says_fix) {
            Some(at) => !before[at + 1..].iter().any(|word| {
                is_fixing(word) || is_backport(word) || ["patch", "upstream"].contains(word)
            }),
            None => before
                .iter()
                .any(|word| is_backport(word) || ["patch", "security"].contains(word)),
        }
}

fn is_fixing(word: &str) -> bool {
    is_verb(FIXING, word) || is_verb(ADDRESSING, word)
}

/// Whether words are about a correction, not about what is corrected.
fn names_correction(words: &[&str]) -> bool {
    const CORRECTIONS: &str =
        "cve cves fix fixed fixes hardening mitigation* patch patches workaround*";
    words
        .iter()
        .any(|word| has(CORRECTIONS, word) || *word == CVE)
}

/// What a text says behind the CVEs with which it goes on.
fn without_cves(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|character: char| !character.is_alphanumeric());
        match rest.strip_prefix("and ").unwrap_or(rest).strip_prefix(CVE) {
            Some(after) => rest = after,
            None => return rest,
        }
    }
}

/// What a text says before the brackets at its end, where they hold nothing but CVEs and tickets.
fn without_brackets(text: &str) -> Option<&str> {
    let (mut said, mut names_cve) = (text, false);
    loop {
        said = said.trim_end_matches([' ', '.']);
        let bracketed = said
            .strip_suffix([')', ']'])
            .and_then(|said| said.rsplit_once(['(', '[']));
        let Some((before, held)) = bracketed else {
            return names_cve.then_some(said);
        };
        let words = words_of_sentence(held);
        let is_reference = |word: &&str| {
            [CVE, NAME, SIGN, "and"].contains(word) || is_verb("fix", word) || has(TICKETS, word)
        };
        // In quotes stands what another commit says.
        if held.contains('"') || !words.iter().all(is_reference) {
            return names_cve.then_some(said);
        }
        names_cve |= words.contains(&CVE);
        said = before;
    }
}
