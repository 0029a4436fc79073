//! Regular expressions by Python's rules, as the patching tool has them: with look-around, groups by number and by name.

use fancy_regex::{Captures, Regex, RegexBuilder};

/// Steps that one look at a line may take; a configuration is no program.
const STEPS_MAX: usize = 100_000;

/// A regular expression.
pub struct Expression(Regex);

impl Expression {
    /// Reads one; what cannot be read is given back in words.
    pub fn new(expression: &str) -> Result<Self, String> {
        RegexBuilder::new(expression)
            .backtrack_limit(STEPS_MAX)
            .build()
            .map(Self)
            .map_err(|error| {
                let error = error.to_string();
                let error: Vec<&str> = error.split_whitespace().collect();
                let error = error.join(" ");
                format!("the expression “{expression}” cannot be read: {error}")
            })
    }

    /// The line with what the expression finds replaced, the first or all of it; `None` where it finds nothing.
    pub fn replaced(&self, line: &str, replacement: &str, all: bool) -> Option<String> {
        self.0.find(line).ok()??;
        // To the crate, no limit is 0.
        let limit = usize::from(!all);
        let with = |groups: &Captures<'_, str>| filled(replacement, groups);
        let made = self.0.try_replacen(line, limit, with).ok()?;
        Some(made.into_owned())
    }
}

/// A replacement with the groups in the places of `\1` and `\g<1>` or `\g<name>`; a group that took no part is empty.
fn filled(replacement: &str, groups: &Captures<'_, str>) -> String {
    let mut with = String::new();
    let mut rest = replacement;
    while let Some((before, escape)) = rest.split_once('\\') {
        with.push_str(before);
        let digits = escape
            .bytes()
            .take(2)
            .take_while(u8::is_ascii_digit)
            .count();
        let named = escape
            .strip_prefix("g<")
            .and_then(|name| name.split_once('>'));
        let (group, after) = match named {
            Some((name, after)) => {
                let by_number = name.parse().ok().map(|number: usize| groups.get(number));
                (by_number.unwrap_or_else(|| groups.name(name)), after)
            }
            None if digits > 0 => {
                let number = escape[..digits].parse().unwrap_or(usize::MAX);
                (groups.get(number), &escape[digits..])
            }
            None => {
                with.push('\\');
                rest = escape;
                continue;
            }
        };
        with.push_str(group.map_or("", |group| group.as_str()));
        rest = after;
    }
    with.push_str(rest);
    with
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_look_around() {
        let check = |expression: &str, line: &str, with: &str, expected: Option<&str>| {
            let made = Expression::new(expression)
                .unwrap()
                .replaced(line, with, true);
            assert_eq!(made.as_deref(), expected, "{expression} {line}");
        };
        check("b", "abcb", "x", Some("axcx"));
        check("(?<=a)b", "abcb", "$0x", Some("a$0xcb"));
        check("(b)(c)?", "ab", r"\1\1\2", Some("abb"));
        check(r"(?P<one>b)\1", "abb", r"\g<one>\g<1>\n", Some(r"abb\n"));
        check("x", "abc", "y", None);
        let first = Expression::new("b").unwrap().replaced("bb", "x", false);
        assert_eq!(first.as_deref(), Some("xb"));
    }

    #[test]
    fn what_cannot_be_read_or_takes_too_long() {
        let error = Expression::new("(a").err().unwrap();
        assert!(
            error.starts_with("the expression “(a” cannot be read: "),
            "{error}"
        );
        let slow = Expression::new(r"(a|a)*\1b(?!x)").unwrap();
        assert_eq!(slow.replaced(&"a".repeat(60), "", true), None);
    }
}
