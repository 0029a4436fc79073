//! Addresses of mail in texts of others. They are personal, and are published nowhere.

/// Stands in place of an address.
const LEFT_OUT: &str = "…";

/// Whether a text names an address of mail: an at sign between a name and a host, as it is, percent-encoded or in full width.
pub fn names_mail_address(text: &str) -> bool {
    let mut text = text.replace('＠', "@").replace("%40", "@");
    // What is encoded twice, `%2540`, is an at sign all the same.
    while text.contains("%25") {
        text = text.replace("%25", "%").replace("%40", "@");
    }
    let stands_apart =
        |character: char| character.is_whitespace() || "/@<>()\"'`".contains(character);
    text.match_indices('@').any(|(at, sign)| {
        let (before, after) = (&text[..at], &text[at + sign.len()..]);
        let begins = |side: Option<char>| side.is_some_and(|character| !stands_apart(character));
        begins(before.chars().next_back()) && begins(after.chars().next())
    })
}

/// A text with `…` in place of each part, between spaces or slashes, that names an address of mail.
pub fn without_mail_addresses(text: &str) -> String {
    let is_boundary = |character: char| character.is_whitespace() || character == '/';
    let parts = text.split_inclusive(is_boundary).map(|part| {
        let word = part.trim_end_matches(is_boundary);
        match names_mail_address(word) {
            true => format!("{LEFT_OUT}{}", &part[word.len()..]),
            false => part.to_owned(),
        }
    });
    parts.collect()
}

/// A sentence with `…` in place of each word that names an address of mail. An http(s) address does so before its path alone: what
/// looks like one in the path is the number of a mail in an archive.
pub fn without_mail_words(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace).map(|part| {
        let word = part.trim_end();
        match is_personal(word) {
            true => format!("{LEFT_OUT}{}", &part[word.len()..]),
            false => part.to_owned(),
        }
    });
    words.collect()
}

fn is_personal(word: &str) -> bool {
    let (before_address, host) = match word.split_once("://") {
        Some((before, address)) if before.ends_with("http") || before.ends_with("https") => {
            (before, address.split('/').next().unwrap_or_default())
        }
        _ => (word, ""),
    };
    names_mail_address(before_address) || names_mail_address(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_mail_however_they_are_written() {
        let check = |text: &str, expected: bool| {
            assert_eq!(names_mail_address(text), expected, "{text}");
        };
        for address in [
            "ada@example.org",
            "ada%40example.org",
            "ada%2540example.org",
            "@ada@example.org",
            "ada＠example.org",
            "mock_build.ada@example.org.log",
            "string \"ada@example.org\", expected",
        ] {
            check(address, true);
        }
        for other in [
            "",
            "@",
            "imports/c9/bash-5-1",
            "x/@scope/y",
            "a @ b",
            "100%",
        ] {
            check(other, false);
        }
    }

    #[test]
    fn parts_that_name_one_are_left_out() {
        let check = |text: &str, expected: &str| assert_eq!(without_mail_addresses(text), expected);
        check("imports/c9/bash-5-1.el9", "imports/c9/bash-5-1.el9");
        check("jane@x.org/branch", "…/branch");
        check("fixes/jane@x.org-1", "fixes/…");
        check("fixes/jane%40x.org", "fixes/…");
        check("@", "@");
        check(
            "a string “jane@x.org”, expected u64",
            "a string … expected u64",
        );
    }

    #[test]
    fn words_that_name_one_are_left_out_of_a_sentence() {
        let check = |text: &str, expected: &str| assert_eq!(without_mail_words(text), expected);
        check("1.2 by <ada@example.org>, merged", "1.2 by … merged");
        check("ada%40example.org", "…");
        check("https://ada@example.org/a/commit/1", "…");
        for kept in [
            "upstream, https://lore.example/all/1-ada@example.org/",
            "no",
            "",
        ] {
            check(kept, kept);
        }
    }
}
