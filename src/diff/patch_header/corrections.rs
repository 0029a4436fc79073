//! Which vulnerabilities a patch says that it corrects.

use super::denials::is_denial;
use super::wording::{
    CVE, is_fixing, is_leading, say_correction_alone, says_correction, words_of, words_of_name,
    words_of_sentence,
};
use super::{PatchHeader, REFERENCES_MAX};

impl PatchHeader {
    /// Whether its subject names a CVE without a word for it that is known to say that it is corrected.
    pub fn leaves_open_what_it_does(&self) -> bool {
        let subject = self.subject.as_deref().unwrap_or_default();
        !cves_in(subject).is_empty() && !subject_corrects_cve(subject)
    }
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

/// Whether a subject says that it corrects the CVE that it names, and nothing that is not known: before the CVE, behind it, or with
/// it in brackets; behind the name of a component, too.
pub(super) fn subject_corrects_cve(subject: &str) -> bool {
    let lower = subject.to_ascii_lowercase();
    let (mut said, mut has_component) = (lower.as_str(), false);
    while let Some((component, rest)) = said.split_once(": ")
        && is_component(component)
        && rest.contains("cve-")
    {
        if denies_by_component(component) {
            return false;
        }
        (said, has_component) = (rest, true);
    }
    let words = words_of_sentence(said);
    let Some(at) = words.iter().position(|word| word == CVE) else {
        return false;
    };
    let corrects = match &words[..at] {
        [] => !has_component || says_correction(&words),
        before if before.iter().all(|word| is_leading(word)) => before.iter().any(|word| {
            is_fixing(word)
                || word.starts_with("backport")
                || ["patch", "security"].contains(&word.as_str())
        }),
        before => {
            let begins = says_correction(&before[..1]) || before[0].starts_with("backport");
            let is_in_brackets = said.contains("(cve-") || said.contains("[cve-");
            begins && says_correction(before) && is_in_brackets
        }
    };
    corrects && say_correction_alone(&words)
}

/// Whether what stands before a colon is the name of a component, and not the start of what is said.
fn is_component(text: &str) -> bool {
    !text.contains(' ') && !text.contains("cve-") && !is_leading(text)
}

/// Whether what stands in the place of a component says what else the rest is.
fn denies_by_component(component: &str) -> bool {
    const ASIDES: [&str; 18] = [
        "affected",
        "ignored",
        "info",
        "known",
        "needs",
        "note",
        "open",
        "pending",
        "ref",
        "reference",
        "refs",
        "related",
        "rfc",
        "see",
        "todo",
        "unfixed",
        "vulnerable",
        "wip",
    ];
    words_of(component)
        .iter()
        .any(|word| is_denial(word) || ASIDES.contains(&word.as_str()))
}

/// Whether the name of a package's file says that it corrects the CVE that it names, and nothing that is not known.
pub fn name_corrects_cve(name: &str, package: &str) -> bool {
    let words = words_of_name(name, package);
    let at = words.iter().position(|word| word == CVE);
    at.is_some_and(|at| {
        let is_said = |word: &String| word.is_empty() || is_leading(word);
        words[..at].iter().all(is_said) && say_correction_alone(&words)
    })
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
    let words = words_of_sentence(line);
    let is_field = line.to_ascii_lowercase().starts_with("cve: ");
    let begins = words
        .first()
        .is_some_and(|word| is_fixing(word) || word == "security");
    words.iter().position(|word| word == CVE).is_some_and(|at| {
        let before = &words[..at];
        before.iter().all(|word| is_leading(word))
            && (is_field || (begins && before.iter().any(|word| is_fixing(word))))
    }) && say_correction_alone(&words)
}
