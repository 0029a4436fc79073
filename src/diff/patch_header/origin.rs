//! Where a patch says that it comes from.

use super::commit_addresses::names_commit_in_form;
use super::denials::takes_back;
use super::references::links_in;
use super::wording::words_of;
use super::{PatchHeader, cut};

impl PatchHeader {
    /// Whether anything says where it comes from. A commit that is only named may be one that broke something.
    pub fn has_origin(&self) -> bool {
        self.origin.is_some() || self.upstream_has_it().is_some()
    }

    /// The address that it says to come from, http(s), in its origin or in what upstream has of it.
    pub fn origin_address(&self) -> Option<String> {
        let said = self.origin.as_deref().into_iter();
        said.chain(self.upstream_has_it())
            .find_map(|said| links_in(said).into_iter().next())
    }

    /// DEP-3's Applied-Upstream, where it names a version, a commit, an address or a day and says nothing else: a promise, a denial or
    /// a story names none.
    fn upstream_has_it(&self) -> Option<&str> {
        const FILLERS: [&str; 23] = [
            "and", "applied", "as", "at", "branch", "by", "commit", "from", "git", "in", "main",
            "master", "merged", "of", "on", "release", "released", "since", "tag", "the",
            "upstream", "version", "yes",
        ];
        let applied = self.applied_upstream.as_deref()?;
        let words = applied
            .split(|character: char| character.is_whitespace() || "()[]<>,;".contains(character))
            .map(|word| word.strip_prefix("commit:").unwrap_or(word))
            .filter(|word| !word.is_empty());
        let is_filler = |word: &&str| {
            let word = word.trim_end_matches([':', '.']).to_ascii_lowercase();
            FILLERS.contains(&word.as_str())
        };
        let mut named = words.filter(|word| !is_filler(word)).peekable();
        (named.peek().is_some() && named.all(names_something)).then_some(applied)
    }

    /// Whether it says from which commit upstream the patch, a file of this name, was taken, or in which version upstream has it. A
    /// word like “upstream” in a name or a subject tells nothing, nor does a commit that is only named or a request to take it, and a
    /// commit that a revert names may be the one that is taken back.
    pub fn is_from_upstream(&self, file_name: &str) -> bool {
        let origin = self.origin.as_deref().unwrap_or_default();
        let origin = origin.to_ascii_lowercase();
        let starts = |starts: &[&str]| starts.iter().any(|start| origin.starts_with(start));
        if self.upstream_has_it().is_some() {
            return !starts(&["vendor", "other"]);
        }
        if starts(&["vendor", "other"]) || !names_commit(&origin) {
            return false;
        }
        let is_revert = takes_back(file_name) || self.takes_back();
        let of_upstream = ["upstream", "backport"]
            .iter()
            .find_map(|start| origin.strip_prefix(start));
        of_upstream.is_some_and(is_place_alone)
            || !is_revert && is_address_alone(&origin)
            // Upstream's own revert was picked; another line names the commit that is reverted.
            || (!is_revert || origin.starts_with("cherry picked from commit"))
                && picked_from(&origin).is_some()
    }
}

/// Whether an origin names a commit, by its id or by an address of one. Few digits alone may be a version or a day, few
/// letters alone a word.
fn names_commit(origin: &str) -> bool {
    let is_certain = |word: &str| {
        let has = |is_one: fn(&u8) -> bool| word.bytes().any(|byte| is_one(&byte));
        let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
        is_commit_id(word) && word.len() >= 7 && (is_mixed || word.len() >= 12)
    };
    let mut words = origin.split_whitespace();
    words.any(|word| match word.split_once("://") {
        Some(_) => ["/commit/", "/commit/?id=", "/c/"].iter().any(|part| {
            let path = word.split_once(part);
            path.and_then(|(_, id)| first_word(id))
                .is_some_and(is_certain)
        }),
        None => word
            .split(|character: char| !character.is_ascii_alphanumeric())
            .any(is_certain),
    }) || links_in(origin)
        .iter()
        .any(|link| names_commit_in_form(link))
}

/// Whether the rest of an origin, after “upstream”, is nothing or a version, a commit or an address, `, commit:0123abc`, and says no more.
fn is_place_alone(rest: &str) -> bool {
    let place = match (rest.strip_prefix(", "), rest.strip_prefix(" http")) {
        (Some(place), _) => place.strip_prefix("commit").unwrap_or(place),
        (None, Some(_)) => rest,
        (None, None) => return rest.is_empty(),
    };
    let (place, after) = split_word(place.trim_start_matches([':', ' ']));
    names_something(place) && says_no_more(after)
}

/// Whether an origin is the address of a commit, of which it says nothing.
fn is_address_alone(origin: &str) -> bool {
    let (address, after) = split_word(origin);
    is_commit_address(address) && says_no_more(after)
}

/// Whether a word is a version, a day, a commit or an address.
fn names_something(word: &str) -> bool {
    word.starts_with("https://")
        || word.starts_with("http://")
        || is_commit_id(word)
        || word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether what stands as an origin says that there is none, or that it is not known.
pub(super) fn denies_origin(said: &str) -> bool {
    const DENIALS: [&str; 9] = [
        "missing", "n", "na", "no", "none", "not", "tbd", "todo", "unknown",
    ];
    let words = words_of(said);
    let is_denied = words
        .first()
        .is_none_or(|word| DENIALS.contains(&word.as_str()));
    let mut named = said.split_whitespace();
    is_denied && !named.any(|word| word.contains("://") || is_commit_id(word))
}

/// Starts of lines that say from where upstream a patch was taken; a commit or the address of one must follow.
const PICKED_FROM: [&str; 11] = [
    "cherry picked from",
    "cherry-picked from",
    "backported from",
    "backport from",
    "backport of",
    "upstream commit",
    "upstream-commit",
    "upstream-status: backport",
    "upstream patch",
    "upstream:",
    "from:",
];

/// The line that says from which commit a patch was taken, `cherry picked from commit X`, `Upstream commit: X`,
/// `Upstream-Status: Backport [X]`, `commit X upstream.`, with the address on the next line where that is nothing else: only with
/// the commit itself.
pub(super) fn picked_from(body: &str) -> Option<String> {
    let is_joint = |character: char| " \t()[]*-".contains(character);
    let lines: Vec<&str> = body.lines().map(str::trim).collect();
    let told = lines.iter().enumerate().find_map(|(index, line)| {
        let line = line.trim_start_matches(is_joint);
        let lower = line.to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix("commit ") {
            let after = after_commit(rest)?;
            return (after.trim() == "upstream.").then(|| line.to_owned());
        }
        let rest = PICKED_FROM
            .iter()
            .find_map(|start| lower.strip_prefix(start))?;
        let is_address_of = |text: &str| !lower.starts_with("from:") || text.contains("://");
        if let Some(after) = after_commit(rest).filter(|_| is_address_of(rest)) {
            return says_no_more(after).then(|| line.to_owned());
        }
        let is_open = words_of(rest).iter().all(|word| is_filler(word));
        let next = lines[index + 1..].iter().find(|line| !line.is_empty());
        next.filter(|next| is_open && is_commit_address(next) && !next.contains(' '))
            .filter(|next| next.starts_with("https://") || next.starts_with("http://"))
            .map(|next| format!("{line} {next}"))
    })?;
    Some(cut(told.trim_matches(['(', ')', '[', ']', ' '])))
}

/// What stands behind the commit or its address with which a text begins, but for words like “the upstream commit”; `None` where it
/// begins with something else.
fn after_commit(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_separator);
        let (word, after) = split_word(rest);
        if word.is_empty() {
            return None;
        }
        if is_filler(word.trim_end_matches(':')) {
            rest = after;
            continue;
        }
        let is_address = word.starts_with("https://") || word.starts_with("http://");
        let names_commit = match is_address {
            true => is_commit_address(word),
            false => first_word(word).is_some_and(is_commit_id),
        };
        return names_commit.then(|| match word.ends_with(':') {
            // What follows a colon is its title.
            true => &rest[word.len() - 1..],
            false => after,
        });
    }
}

/// Whether nothing follows but a title, a remark or a place, `("Fix x")`, `in master`, and nothing in it denies: a line of which the
/// commit is the first word alone may say anything of it.
fn says_no_more(after: &str) -> bool {
    const DENIALS: [&str; 24] = [
        "abandoned",
        "broke",
        "breaks",
        "but",
        "closed",
        "declined",
        "impossible",
        "instead",
        "never",
        "no",
        "not",
        "pending",
        "proposed",
        "refused",
        "rejected",
        "removed",
        "revert",
        "reverted",
        "reverts",
        "superseded",
        "unlike",
        "unmerged",
        "withdrawn",
        "wrong",
    ];
    let after = after
        .trim_matches(|character: char| character.is_whitespace() || ")].;>".contains(character));
    let words: Vec<&str> = after.split_whitespace().collect();
    let is_aside = || after.starts_with(['(', '[', '"', '“', '\'', ':', ',']);
    let is_place = |first: &&str| {
        words.len() <= 3 && ["from", "in", "linux-next", "of", "on", "upstream"].contains(first)
    };
    let denies = || {
        let mut words = words_of(after).into_iter();
        words.any(|word| DENIALS.contains(&word.as_str()))
    };
    words
        .first()
        .is_none_or(|first| (is_aside() || is_place(first)) && !denies())
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || "()[]<>,".contains(character)
}

/// The first word of a text, and what follows.
fn split_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(is_separator).unwrap_or(text.len()))
}

fn is_filler(word: &str) -> bool {
    ["", "the", "upstream", "commit", "of", "from"].contains(&word)
}

fn first_word(text: &str) -> Option<&str> {
    text.split(|character: char| !character.is_ascii_alphanumeric())
        .find(|word| !word.is_empty())
}

/// Hexadecimal digits, as many as an abbreviated name of a commit has at least.
fn is_commit_id(word: &str) -> bool {
    word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether an address is one of a commit, a merge request or a patch, by its form.
pub(super) fn is_commit_address(link: &str) -> bool {
    let link = link.to_ascii_lowercase();
    // The kernel's `/c/HASH` and Gerrit's `/c/PROJECT/+/NUMBER`; that path alone says nothing.
    let is_short = || {
        link.split_once("/c/").is_some_and(|(_, rest)| {
            first_word(rest).is_some_and(is_commit_id) || rest.contains("/+/")
        })
    };
    [
        "/commit/",
        "/-/commit",
        "/pull/",
        "/merge_requests/",
        "/patch/",
    ]
    .iter()
    .any(|part| link.contains(part))
        || is_short()
        || names_commit_in_form(&link)
}
