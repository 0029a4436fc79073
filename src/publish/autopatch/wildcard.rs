//! File names with wildcards, as the patching tool has them.

/// Whether a name fits a pattern in which `*` stands for any characters and `?` for one.
pub fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut in_pattern) = (0, 0);
    // Where to go on when what follows a star does not fit: the star takes one character more.
    let mut retry: Option<(usize, usize)> = None;
    while at < name.len() {
        match pattern.get(in_pattern) {
            Some('*') => {
                retry = Some((in_pattern + 1, at));
                in_pattern += 1;
            }
            Some(character) if *character == '?' || *character == name[at] => {
                at += 1;
                in_pattern += 1;
            }
            _ => match retry {
                Some((after_star, taken)) => {
                    retry = Some((after_star, taken + 1));
                    in_pattern = after_star;
                    at = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[in_pattern..]
        .iter()
        .all(|character| *character == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        let check = |pattern: &str, name: &str, expected: bool| {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        };
        check("kernel*.config", "kernel-x86_64-rhel.config", true);
        check("kernel*rhel.config", "kernel-x86_64.config", false);
        check("*.config", ".config", true);
        check("a?c", "abc", true);
        check("a?c", "ac", false);
        check("*a*b", "xaybzb", true);
        check("grub.macros", "grub2macros", false);
        check("", "", true);
    }
}
