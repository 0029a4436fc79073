//! The links and numbers in the text above a patch.

/// Whether an address is one of a tracker's entries: its host or a part of its path is called so, and a number follows.
pub(super) fn is_bug_address(link: &str) -> bool {
    const NAMES: [&str; 7] = [
        "bug",
        "bugs",
        "bugzilla",
        "bugreport",
        "show_bug",
        "issues",
        "ticket",
    ];
    let link = link.to_ascii_lowercase();
    let parts: Vec<&str> = link
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .collect();
    let tracker = parts.iter().position(|part| NAMES.contains(part));
    // Jira's `/browse/RHEL-1234`.
    let is_jira = parts
        .windows(3)
        .any(|parts| parts[0] == "browse" && is_number(parts[2]));
    is_jira || tracker.is_some_and(|at| parts[at..].iter().any(|part| is_number(part)))
}

pub(super) fn links_in(body: &str) -> Vec<String> {
    body.split(|character: char| character.is_whitespace() || "<>()[]\"'`,".contains(character))
        .filter(|word| word.starts_with("https://") || word.starts_with("http://"))
        .map(|link| link.trim_end_matches(['.', ';', ':']).to_owned())
        .collect()
}

/// The bugs of DEP-3's `Bug` and `Bug-VENDOR`: addresses, or numbers with no more than their tracker before them, as in `LP: #1234`.
/// Words such as `none` and `not-needed` name no bug.
pub(super) fn bugs_of_field(value: &str) -> Vec<String> {
    let links = links_in(value);
    if !links.is_empty() {
        return links;
    }
    let parts = value.split(',').map(str::trim);
    let names_bug = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let number = words.last().filter(|_| words.len() <= 2);
        number.is_some_and(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
    };
    parts.filter(names_bug).map(str::to_owned).collect()
}

/// Digits that a number in Red Hat's Bugzilla has at least where nothing but a word such as `Resolves` says that it is one; those
/// of other trackers are mostly shorter.
const BUG_DIGITS_MIN: usize = 6;

/// The numbers of bugs with their trackers: `rhbz#1234`, `bz#1234`, `RHEL-1234`, and those of lines that only Red Hat's packagers
/// write. A bare `#1234` is some project's, and none of them.
pub(super) fn bug_numbers(body: &str) -> Vec<String> {
    body.lines()
        .flat_map(|line| numbers_named(line).chain(numbers_of_field(line)))
        .collect()
}

/// `rhbz#1234`, `bz#1234` and `RHEL-1234`; with one or two digits the last is a release.
fn numbers_named(line: &str) -> impl Iterator<Item = String> {
    let words = line
        .split(|character: char| !character.is_ascii_alphanumeric() && !"#-".contains(character));
    words.filter_map(|word| {
        let lower = word.to_ascii_lowercase();
        let of_bugzilla = ["rhbz#", "bz#"]
            .iter()
            .any(|tracker| lower.strip_prefix(tracker).is_some_and(is_number));
        let of_jira = word
            .strip_prefix("RHEL-")
            .is_some_and(|number| number.len() >= 3 && is_number(number));
        match (of_bugzilla, of_jira) {
            (true, _) => Some(lower),
            (false, true) => Some(word.to_owned()),
            (false, false) => None,
        }
    })
}

/// The numbers of `RH-Bugzilla: 1234`, `Bugzilla: 1234567`, `Resolves: #1234567`, `Related: #1234567` and `Red Hat Bug 1234`.
fn numbers_of_field(line: &str) -> impl Iterator<Item = String> {
    let line = line.trim().trim_start_matches("## ").to_ascii_lowercase();
    let (name, value) = line.split_once(':').unwrap_or_default();
    let (value, prefix, digits_min) = match name.trim() {
        "rh-bugzilla" | "rhbz" | "red hat bugzilla" | "red hat bug" => (value, "", 1),
        "bugzilla" => (value, "", BUG_DIGITS_MIN),
        "resolves" | "related" => (value, "#", BUG_DIGITS_MIN),
        _ => {
            let phrases = ["red hat bugzilla ", "red hat bug "];
            let mut values = phrases
                .iter()
                .filter_map(|phrase| line.strip_prefix(phrase));
            (values.next().unwrap_or_default(), "", 1)
        }
    };
    let words = value
        .split([' ', ',', '\t'])
        .filter(|word| !word.is_empty());
    let numbers = words.map_while(|word| {
        let number = word.strip_prefix(prefix)?.trim_start_matches('#');
        let number = number.trim_end_matches(['.', ';', ':']);
        (number.len() >= digits_min && is_number(number)).then(|| format!("rhbz#{number}"))
    });
    numbers.collect::<Vec<_>>().into_iter()
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
