//! Whether a name or a subject says nothing that a rule does not know.

use super::ChangeRule;

/// Whether each word of a text in lower case is one that the rule knows, a number, a single letter, or one of the package's name; every
/// text is so where the rule has no such words.
pub(super) fn has_only_words(text: &str, package: &str, rule: &ChangeRule) -> bool {
    if rule.known_words.is_empty() {
        return true;
    }
    let phrases = [&rule.known_words, &rule.adds, &rule.names];
    let known: Vec<String> = phrases
        .into_iter()
        .flatten()
        .flat_map(|phrase| {
            let phrase = phrase.to_lowercase();
            let words =
                phrase.split(|character: char| !character.is_alphanumeric() && character != '*');
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let is_known = |word: &str| {
        known.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => !start.is_empty() && word.starts_with(start),
            None => word == known,
        })
    };
    let package = package.to_lowercase();
    let is_of_package = |word: &str| {
        let mut words = package.split(|character: char| !character.is_alphanumeric());
        words.any(|own| own == word || own.trim_end_matches(|c: char| c.is_ascii_digit()) == word)
    };
    text.split(|character: char| !character.is_alphanumeric())
        .all(|word| {
            word.chars().count() < 2
                || word.bytes().all(|byte| byte.is_ascii_digit())
                || word == "patch"
                || is_known(word)
                || is_of_package(word)
        })
}
