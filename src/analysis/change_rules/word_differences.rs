//! Whether two texts differ in some words alone, and what an address is, which is no word.

use super::ChangeRule;

pub(super) fn differ_in_words_alone(removed: &str, added: &str, rule: &ChangeRule) -> bool {
    let words = [rule.removes.as_slice(), &rule.adds].concat();
    let insecure = |text: &str| text.matches("http://").count();
    without_words(removed, &words) == without_words(added, &words)
        && conditions_of_compilers(removed) == conditions_of_compilers(added)
        // An address is a name, but one that is not protected any more is another change.
        && insecure(added) <= insecure(removed)
}

/// What lines ask a compiler's preprocessor for, `#ifdef RHEL`: no name of anybody.
fn conditions_of_compilers(text: &str) -> Vec<&str> {
    const ASKING: [&str; 5] = ["#elif", "#if", "#ifdef", "#ifndef", "#undef"];
    let asks = |line: &&str| {
        let word = line.split_whitespace().next();
        word.is_some_and(|word| ASKING.contains(&word))
    };
    text.lines().map(str::trim).filter(asks).collect()
}

/// A text in lower case with single spaces and one sign in the place of each of the words, at the start of a word of the text. A
/// space in a word stands for a space, a dash or an underscore; a star takes the rest of that word. A word such as `example.org` is
/// a host: an address of the web or of mail on that host, or on one below it, is such a sign as a whole; one on another host stays
/// as it is, and so does one that software is downloaded from, and the name of what is given a value, `RHEL=1`.
pub(super) fn without_words(text: &str, words: &[String]) -> String {
    const SIGN: &str = "\u{a4}";
    let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let (hosts, words): (Vec<String>, Vec<String>) =
        words.into_iter().partition(|word| is_host(word));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_edge =
        |character: char| character.is_whitespace() || "\"'=,;()<>[]{}".contains(character);
    let mut made = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(character) = rest.chars().next() {
        let macro_length = length_of_macro(rest);
        if macro_length > 0 {
            let (start, after) = rest.split_at(macro_length);
            made.push_str(start);
            rest = after;
            continue;
        }
        let last = made.chars().next_back();
        if last.is_none_or(is_edge) {
            let (token, after) = rest.split_at(rest.find(is_edge).unwrap_or(rest.len()));
            if is_address_on(token, &hosts) {
                made.push_str(SIGN);
                rest = after;
                continue;
            }
            // The name of an option says what software is to do, and is no name of anybody.
            if token.starts_with("--") {
                made.push_str(token);
                rest = after;
                continue;
            }
            if is_address(token) {
                // A query is part of it.
                let is_end = |character: char| is_edge(character) && character != '=';
                let (address, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
                made.push_str(address);
                rest = after;
                continue;
            }
        }
        let is_start = !last.is_some_and(char::is_alphanumeric);
        let found = words.iter().filter(|_| is_start).find_map(|word| {
            let after = after_word(rest, word.trim_end_matches('*'))?;
            let after = match word.ends_with('*') {
                true => after.trim_start_matches(char::is_alphanumeric),
                false => after,
            };
            let end_of_name = after.trim_start_matches(|character: char| {
                character.is_alphanumeric() || character == '_'
            });
            (!end_of_name.starts_with('=')).then_some(after)
        });
        match found {
            Some(after) => {
                made.push_str(SIGN);
                rest = after;
            }
            None => {
                made.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
    }
    made
}

/// Bytes of the call of a macro up to the end of its name, `%{?rhel` or `%{defined rhel`: what it asks for is no word of the text.
fn length_of_macro(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('%') else {
        return 0;
    };
    let mut name = rest.trim_start_matches(['{', '?', '!']);
    for question in ["defined ", "undefined "] {
        name = name.strip_prefix(question).unwrap_or(name);
    }
    let is_of_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let end = name.find(|character| !is_of_name(character));
    let end = end.unwrap_or(name.len());
    match name.starts_with(|character: char| character.is_ascii_digit()) || end == 0 {
        true => 0,
        false => text.len() - name.len() + end,
    }
}

/// What follows a word at the start of a text.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for expected in word.chars() {
        let found = rest.next()?;
        if found != expected && !(expected == ' ' && matches!(found, '-' | '_')) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Whether a word is the name of a host.
fn is_host(word: &str) -> bool {
    word.contains('.') && !word.ends_with('.') && !word.contains(char::is_whitespace)
}

/// Whether this is an address on one of these hosts or below it: `https://bugs.example.org/1`, `mailto:a@example.org`,
/// `bugs.example.org`. What a shell would take for a command beside it makes it none, and where software or keys are downloaded from
/// is more than a name.
fn is_address_on(address: &str, hosts: &[String]) -> bool {
    const DOWNLOADS: [&str; 7] = [
        "cdn", "dl", "download", "mirror", "packages", "repo", "vault",
    ];
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "-._~:/?#@%+".contains(character);
    let host = host_of(address);
    let first = host.split(['.', '-']).next().unwrap_or_default();
    address.chars().all(is_plain)
        && !DOWNLOADS.contains(&first.trim_end_matches('s'))
        && hosts.iter().any(|known| {
            let below = host.strip_suffix(known.as_str());
            below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
        })
}

/// Whether this is an address on any host: one with a scheme, or a host with a path behind it or a user before it.
fn is_address(token: &str) -> bool {
    let is_host = host_of(token).rsplit_once('.').is_some_and(|(name, top)| {
        !name.is_empty() && top.len() > 1 && top.chars().all(char::is_alphabetic)
    });
    token.contains("://") || (is_host && token.contains(['/', '@']))
}

/// The host of an address, if it is one.
fn host_of(address: &str) -> &str {
    let (_, rest) = address.split_once("://").unwrap_or(("", address));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Before an @ there may be another host's name.
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}
