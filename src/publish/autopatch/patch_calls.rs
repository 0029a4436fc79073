//! Tells which patches a line of a spec may apply, by their numbers. What cannot be read counts as applying all of them.

/// Whether a line may apply the patch of a number, in any of rpm's spellings: `%patch12`, `%patch 12`, `%patch -P 12`,
/// `%{PATCH12}`, `%{P:12}`, `%{patches}`, `%autosetup` or `%autopatch`.
pub(super) fn may_apply(line: &str, number: u32) -> bool {
    let mut calls = line.match_indices('%').map(|(at, _)| &line[at + 1..]);
    calls.any(|call| call_may_apply(call, number))
}

/// Whether a word of a spec calls a macro of rpm's that applies patches.
pub(super) fn is_patch_call(word: &str) -> bool {
    let Some(call) = word.strip_prefix('%') else {
        return false;
    };
    let (name, _) = split_call(call);
    let number = name.strip_prefix("patch");
    ["autosetup", "autopatch"].contains(&name)
        || number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether what follows a percent sign may apply the patch of a number.
fn call_may_apply(call: &str, number: u32) -> bool {
    let (name, rest) = split_call(call);
    let words = || rest.trim_end_matches('}').split_whitespace();
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "autosetup" => !words().any(|word| word == "-N"),
        "autopatch" => range_may_hold(words(), number),
        "patches" => true,
        "p" => rest.strip_prefix(':').is_some_and(|path| {
            let own = path.split('}').next().and_then(|own| own.parse().ok());
            own.is_none_or(|own: u32| own == number)
        }),
        name => match name.strip_prefix("patch") {
            Some("") => words_may_name(words(), number, true),
            Some(digits) => digits.parse().is_ok_and(|own: u32| {
                own == number || rest.starts_with('%') || words_may_name(words(), number, false)
            }),
            None => false,
        },
    }
}

/// The name of a macro that is called, with or without braces and conditions, and what follows it.
fn split_call(call: &str) -> (&str, &str) {
    let call = call.trim_start_matches(['{', '?', '!']);
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let end = call.find(|character| !is_part(character));
    call.split_at(end.unwrap_or(call.len()))
}

/// Whether words behind `%patch` may name a number; without `-P` it is 0 where the call itself bears none.
fn words_may_name<'a>(
    words: impl Iterator<Item = &'a str>,
    number: u32,
    mut may_be_first: bool,
) -> bool {
    for word in words {
        let own = word.strip_prefix("-P");
        may_be_first &= own.is_none();
        if word.contains('%') || own.unwrap_or(word).parse() == Ok(number) {
            return true;
        }
    }
    may_be_first && number == 0
}

/// Whether the words behind `%autopatch` give a range with the number: `-m` its first, `-M` its last.
fn range_may_hold<'a>(mut words: impl Iterator<Item = &'a str>, number: u32) -> bool {
    let (mut first, mut last) = (0, u32::MAX);
    while let Some(word) = words.next() {
        let Some((option, value)) = word.split_at_checked(2) else {
            return true;
        };
        let mut stated = || match value {
            "" => words.next()?.parse().ok(),
            value => value.parse().ok(),
        };
        let value: Option<u32> = match option {
            "-v" | "-q" => continue,
            "-m" | "-M" | "-p" => stated(),
            _ => None,
        };
        match (option, value) {
            (_, None) => return true,
            ("-m", Some(value)) => first = value,
            ("-M", Some(value)) => last = value,
            _ => {}
        }
    }
    (first..=last).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_may_apply_the_patches_that_they_name() {
        let check = |line: &str, expected: bool| {
            assert_eq!(may_apply(line, 1000), expected, "{line}");
        };
        for line in [
            "%patch1000 -p1",
            "%patch01000 -p1",
            "%patch 1000 -p1",
            "%patch -P 1000 -p1",
            "%patch -p1 -P1000",
            "%patch -P 1 -P 1000",
            "%patch1 -P 1000",
            "%{patch1000}",
            "%{patch -P 1000 -p1}",
            "%{?fixed:%patch1000 -p1}",
            "patch -p1 < %{PATCH1000}",
            "patch -p1 < %PATCH1000",
            "patch -p1 < %{P:1000}",
            "patch -p1 < %{P:%{number}}",
            "%patch%{number} -p1",
            "%patch -P %{number} -p1",
            "%patch10%{number}",
            "%autosetup -p1",
            "%{autosetup}",
            "%autopatch",
            "%autopatch -p1 -m 1000",
            "%autopatch -p 1 -m999 -M1000",
            "%autopatch -M %{last}",
            "%autopatch -m",
            "%autopatch 1",
            "git am %{patches}",
            "for patch in %{PATCHES}; do",
            "git am %patches",
        ] {
            check(line, true);
        }
        for line in [
            "%patch1 -p1",
            "%patch10000 -p1",
            "%patch -P 1 -p1000",
            "%patch 1 -p1",
            "%patch -p1",
            "patch -p1 < %{PATCH1}",
            "patch -p1 < %{P:1}",
            "%autosetup -p1 -N",
            "%autopatch -p1 -M 999",
            "%autopatch -v -m 1001",
            "cd %{name}-%{patchlevel}",
            "%setup -q",
            "It can be patched 1000 times.",
        ] {
            check(line, false);
        }
    }

    #[test]
    fn a_call_without_a_number_applies_the_first_patch() {
        let check = |line: &str, expected: bool| assert_eq!(may_apply(line, 0), expected, "{line}");
        check("%patch -p1", true);
        check("%patch -p 1", true);
        check("%patch0 -p1", true);
        check("%patch1 -p1", false);
        check("%patch -P 1 -p1", false);
    }

    #[test]
    fn words_that_call_for_patches() {
        let check =
            |word: &str, expected: bool| assert_eq!(is_patch_call(word), expected, "{word}");
        for word in [
            "%patch",
            "%patch12",
            "%{patch12}",
            "%autosetup",
            "%autopatch",
        ] {
            check(word, true);
        }
        for word in ["%patchset", "%{vendor_prep}", "patch", "%setup", "%"] {
            check(word, false);
        }
    }
}
