//! Where a patch says that it comes from.

use super::corrections::{takes_back, words_of};
use super::references::links_in;
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

    /// DEP-3's Applied-Upstream, where it begins with a version, a commit, an address or a day; a promise or a denial names none.
    fn upstream_has_it(&self) -> Option<&str> {
        const FILLERS: [&str; 9] = [
            "applied", "commit", "in", "merged", "release", "released", "since", "version", "yes",
        ];
        const DENIALS: [&str; 17] = [
            "expected", "future", "maybe", "never", "no", "none", "not", "pending", "planned",
            "rejected", "should", "soon", "todo", "unknown", "unless", "will", "would",
        ];
        let applied = self.applied_upstream.as_deref()?;
        let said = applied.split_whitespace();
        let is_denied = said
            .filter(|word| !word.contains("://"))
            .flat_map(words_of)
            .any(|word| DENIALS.contains(&word.as_str()));
        let mut words = applied
            .split(|character: char| character.is_whitespace() || "()[]<>,;".contains(character))
            .map(|word| word.strip_prefix("commit:").unwrap_or(word))
            .filter(|word| !word.is_empty());
        let is_filler = |word: &&str| {
            let word = word.trim_end_matches(':').to_ascii_lowercase();
            FILLERS.contains(&word.as_str())
        };
        let named = words.find(|word| !is_filler(word))?;
        let names_something = named.bytes().any(|byte| byte.is_ascii_digit())
            || named.starts_with("https://")
            || named.starts_with("http://")
            || is_commit_id(named);
        (names_something && !is_denied).then_some(applied)
    }

    /// Whether it says from where upstream the patch, a file of this name, was taken. A word like “upstream” in a name or a subject
    /// tells nothing, nor does a commit that is only named, and one that a revert names may be the one that is taken back.
    pub fn is_from_upstream(&self, file_name: &str) -> bool {
        let origin = self.origin.as_deref().unwrap_or_default();
        let origin = origin.to_ascii_lowercase();
        let starts = |starts: &[&str]| starts.iter().any(|start| origin.starts_with(start));
        if starts(&["vendor", "other"]) {
            return false;
        }
        if self.upstream_has_it().is_some()
            || starts(&["upstream, ", "backport, ", "upstream http", "backport http"])
            || starts(&["cherry picked from commit"])
            || ["upstream", "backport"].contains(&origin.as_str())
        {
            return true;
        }
        let is_revert = takes_back(file_name) || self.takes_back();
        let is_address = origin
            .split([' ', ','])
            .next()
            .is_some_and(is_commit_address);
        !is_revert && (is_address || picked_from(&origin).is_some())
    }
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
        if lower.starts_with("commit ") && lower.ends_with(" upstream.") {
            return names_commit(&lower["commit ".len()..]).then(|| line.to_owned());
        }
        let rest = PICKED_FROM
            .iter()
            .find_map(|start| lower.strip_prefix(start))?;
        let is_address_of = |text: &str| !lower.starts_with("from:") || text.contains("://");
        if names_commit(rest) && is_address_of(rest) {
            return Some(line.to_owned());
        }
        let is_open = words_of(rest).iter().all(|word| is_filler(word));
        let next = lines[index + 1..].iter().find(|line| !line.is_empty());
        next.filter(|next| is_open && is_commit_address(next) && !next.contains(' '))
            .filter(|next| next.starts_with("https://") || next.starts_with("http://"))
            .map(|next| format!("{line} {next}"))
    })?;
    Some(cut(told.trim_matches(['(', ')', '[', ']', ' '])))
}

/// Whether a text begins with a commit or its address, but for words like “the upstream commit”.
fn names_commit(text: &str) -> bool {
    let mut words = text
        .split(|character: char| character.is_whitespace() || "()[]<>,".contains(character))
        .filter(|word| !word.is_empty() && !is_filler(word.trim_end_matches(':')));
    words.next().is_some_and(|word| {
        let is_address = word.starts_with("https://") || word.starts_with("http://");
        match is_address {
            true => is_commit_address(word),
            false => first_word(word).is_some_and(is_commit_id),
        }
    })
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

/// Whether an address is one of a commit, a merge request or a patch, by its path.
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
}
