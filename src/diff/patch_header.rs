//! Reads what stands above a patch: the mail's headers that git writes, DEP-3's fields, and what the text refers to. A file may be
//! several mails, one after the other.
//!
//! DEP-3 (https://dep-team.pages.debian.net/deps/dep3/) names the fields Description, Origin, Bug, Bug-VENDOR, Forwarded, Author,
//! Last-Update and Applied-Upstream; From, Subject and Date are those of git format-patch.

mod blocks;
#[cfg(test)]
mod tests;

use blocks::header_blocks;

/// Characters of a field that are kept; a longer reference is not.
const FIELD_CHARACTERS_MAX: usize = 500;
/// Links, CVEs or bugs that are kept.
const REFERENCES_MAX: usize = 50;

/// What stands above a patch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatchHeader {
    /// Its subject, or the first line of its description, without `[PATCH 1/2]`.
    pub subject: Option<String>,
    /// Who wrote it, without the address.
    pub author: Option<String>,
    /// When it was written, as it says.
    pub date: Option<String>,
    /// Where it comes from, as it says: DEP-3's Origin, or the commit that it was picked from or backported from.
    pub origin: Option<String>,
    /// Whether and where it was sent upstream, as it says.
    pub forwarded: Option<String>,
    /// What of it upstream has, as it says.
    pub applied_upstream: Option<String>,
    /// When the header was last written, as it says.
    pub last_update: Option<String>,
    /// Addresses of commits, merge requests and patches, in order, for whatever reason it names them.
    pub commit_links: Vec<String>,
    /// The CVEs that it names, sorted.
    pub cves: Vec<String>,
    /// Those of them that it says to correct, in its subject or in a line that begins with that, as `Fixes: CVE-…` does; sorted.
    /// Others may be mentioned for any reason.
    pub corrected_cves: Vec<String>,
    /// The bugs that it names: addresses, `rhbz#1234`, `bz#1234`, `RHEL-1234`; sorted.
    pub bugs: Vec<String>,
}

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

    /// DEP-3's Applied-Upstream, where it names a version, a commit or an address; “no” names none.
    fn upstream_has_it(&self) -> Option<&str> {
        const DENIALS: [&str; 6] = ["no", "not", "none", "never", "pending", "rejected"];
        let applied = self.applied_upstream.as_deref()?;
        let word = first_word(applied)?.to_ascii_lowercase();
        let names_something =
            applied.bytes().any(|byte| byte.is_ascii_digit()) || applied.contains("://");
        (names_something && !DENIALS.contains(&word.as_str())).then_some(applied)
    }

    /// Whether it says from where upstream the patch, a file of this name, was taken. A word like “upstream” in a name or a subject
    /// tells nothing, nor does a commit that is only named, and one that a revert names may be the one that is taken back.
    pub fn is_from_upstream(&self, file_name: &str) -> bool {
        let origin = self.origin.as_deref().unwrap_or_default();
        let origin = origin.to_ascii_lowercase();
        let starts = |starts: &[&str]| starts.iter().any(|start| origin.starts_with(start));
        if starts(&["vendor", "other"]) || is_own_address(&origin) {
            return false;
        }
        let has_it = self.upstream_has_it();
        if has_it.is_some_and(|applied| !is_own_address(applied))
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

    /// Whether its subject says that something is taken back.
    pub fn takes_back(&self) -> bool {
        self.subject.as_deref().is_some_and(takes_back)
    }

    /// Whether its subject says that it does something else about a vulnerability than to correct it.
    pub fn denies_correction(&self) -> bool {
        self.subject.as_deref().is_some_and(denies_correction)
    }

    /// What the headers of a file's mails say together: each of their different words, and all references.
    pub fn joined(headers: &[PatchHeader]) -> PatchHeader {
        let join = |field: fn(&PatchHeader) -> &Option<String>| {
            let mut said: Vec<&str> = Vec::new();
            for text in headers.iter().filter_map(|header| field(header).as_deref()) {
                if !said.contains(&text) {
                    said.push(text);
                }
            }
            (!said.is_empty()).then(|| cut(&said.join("; ")))
        };
        let mut joined = PatchHeader {
            subject: join(|header| &header.subject),
            author: join(|header| &header.author),
            date: join(|header| &header.date),
            origin: join(|header| &header.origin),
            forwarded: join(|header| &header.forwarded),
            applied_upstream: join(|header| &header.applied_upstream),
            last_update: join(|header| &header.last_update),
            ..PatchHeader::default()
        };
        for header in headers {
            joined.take_references(header.clone());
        }
        joined
    }
}

/// Reads the headers of a patch's file: one where it is one patch, else those of its mails in their order. Any bytes have one, if
/// an empty one.
pub fn read_patch_headers(patch: &[u8]) -> Vec<PatchHeader> {
    let text = String::from_utf8_lossy(patch);
    let mut headers: Vec<PatchHeader> = Vec::new();
    for lines in header_blocks(&text) {
        let header = read_block(&lines);
        match headers.last_mut() {
            // What is no mail of its own, like a signature or a comment, belongs to the one above.
            Some(last) if !header.begins_mail() => last.take_references(header),
            _ => headers.push(header),
        }
    }
    headers
}

/// Whether a name or a subject says that something is taken back: `revert` anywhere, `undo` or `back out` at its start.
pub fn takes_back(text: &str) -> bool {
    let words = words_of(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is_number = |word: &&&str| is_number(word);
    let numbers = words.iter().take_while(is_number).count();
    words.iter().any(|word| word.starts_with("revert"))
        || match words[numbers..] {
            [first, ..] if ["undo", "undoes", "backout"].contains(&first) => true,
            [first, "out", ..] => ["back", "backs"].contains(&first),
            _ => false,
        }
}

/// Whether a name or a subject says of the CVE that it names something else than that it is corrected: that its fix is taken back,
/// disabled, tested, documented, prepared, or that nothing is affected.
pub fn denies_correction(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some((first, last)) = lower.find("cve-").zip(lower.rfind("cve-")) else {
        return takes_back(text);
    };
    let has_one = |text: &str, denying: &[&str]| {
        let words = words_of(text);
        let denies = |word: &String| {
            denying
                .iter()
                .any(|denying| match denying.strip_suffix('*') {
                    Some(start) => word.starts_with(start),
                    None => word == denying,
                })
        };
        words.iter().any(denies)
    };
    takes_back(text)
        || has_one(&lower[..first], &DENYING_BEFORE)
        || words_of(&lower[..first])
            .windows(2)
            .any(|words| words[0].starts_with("back") && words[1] == "out")
        || has_one(&lower[last..], &DENYING_AFTER)
        || says_something_of(&lower[last..])
}

/// The words of a text, in lower case.
fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether an address is of AlmaLinux's own repositories, where its patches are kept and none comes from.
fn is_own_address(origin: &str) -> bool {
    let links = links_in(origin);
    let mut links = links.iter().map(|link| link.to_ascii_lowercase());
    links.any(|link| link.contains("almalinux"))
}

fn read_block(lines: &[&str]) -> PatchHeader {
    let mut header = PatchHeader::default();
    for (name, value) in fields(lines) {
        header.take_field(&name, value);
    }
    // Where a patch was sent to is not where it comes from.
    let says_where_sent = |line: &&&str| line.to_ascii_lowercase().starts_with("forwarded:");
    let body: Vec<&str> = lines
        .iter()
        .filter(|line| !says_where_sent(line))
        .copied()
        .collect();
    header.refer_to(&body.join("\n"));
    header
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

/// Words of which nothing else may stand between the start of a line and the CVE that it says to correct.
const CORRECTING: [&str; 32] = [
    "a",
    "address",
    "addresses",
    "an",
    "and",
    "backport",
    "backported",
    "backports",
    "bug",
    "correct",
    "corrects",
    "cve",
    "cves",
    "fix",
    "fixed",
    "fixes",
    "for",
    "issue",
    "mitigate",
    "mitigates",
    "of",
    "patch",
    "resolve",
    "resolved",
    "resolves",
    "security",
    "solve",
    "solves",
    "the",
    "to",
    "upstream",
    "vulnerability",
];

/// Words of which one must begin a subject that names its CVE in brackets at another place, `Fix a crash (CVE-…)`.
const BEGINNINGS: [&str; 15] = [
    "address",
    "addresses",
    "backport",
    "correct",
    "corrects",
    "fix",
    "fixed",
    "fixes",
    "mitigate",
    "mitigates",
    "resolve",
    "resolves",
    "security",
    "solve",
    "solves",
];

/// Words that, before a CVE, say that something else is done about it than to correct it; a star stands for any end.
const DENYING_BEFORE: [&str; 26] = [
    "allow",
    "because",
    "breaks",
    "broke*",
    "caused",
    "disabl*",
    "docs",
    "document*",
    "drop",
    "drops",
    "except",
    "follow*",
    "ignor*",
    "introduc*",
    "mention*",
    "not",
    "prepar*",
    "regress*",
    "reintroduc*",
    "remov*",
    "skip*",
    "test*",
    "unaffected",
    "undo*",
    "unlike",
    "without",
];

/// Words that, after a CVE, say so; others, as “not”, may be about the code that is corrected.
const DENYING_AFTER: [&str; 8] = [
    "affect*",
    "disabl*",
    "document*",
    "prepar*",
    "regress*",
    "test*",
    "unaffected",
    "undo*",
];

/// Whether a sentence about the CVE goes on after it, `CVE-… is not affected`; the text starts with it.
fn says_something_of(text: &str) -> bool {
    const VERBS: [&str; 10] = [
        "are", "does", "doesn", "has", "is", "isn", "needs", "remains", "was", "were",
    ];
    words_of(text)
        .get(3)
        .is_some_and(|word| VERBS.contains(&word.as_str()))
}

/// Whether a line of the text says that it corrects the CVE that it names: nothing but such words stand before it.
fn corrects_cve(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    lower.find("cve-").is_some_and(|at| {
        let before = words_of(&lower[..at]);
        before
            .iter()
            .all(|word| CORRECTING.contains(&word.as_str()))
    }) && !denies_correction(line)
}

/// Whether a subject says that it corrects the CVE that it names: as a line does, after the name of a component, or in brackets at
/// the end of what it says to correct.
fn subject_corrects_cve(subject: &str) -> bool {
    let after_component = match subject.split_once(": ") {
        Some((component, after)) if !component.contains(' ') && after.contains("CVE-") => after,
        _ => subject,
    };
    let words = words_of(after_component);
    let begins = words
        .first()
        .is_some_and(|word| BEGINNINGS.contains(&word.as_str()));
    let lower = subject.to_ascii_lowercase();
    let in_brackets = lower.contains("(cve-") || lower.contains("[cve-");
    (corrects_cve(after_component) || (begins && in_brackets)) && !denies_correction(subject)
}

/// The text, cut to what is kept of a field.
fn cut(text: &str) -> String {
    text.chars().take(FIELD_CHARACTERS_MAX).collect()
}

/// The fields `Name: value`, each with the lines that go on with it, indented.
fn fields(lines: &[&str]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let line = line.strip_prefix("## ").unwrap_or(line);
        if goes_on
            && line.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
            continue;
        }
        goes_on = false;
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
        if is_name {
            fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            goes_on = true;
        }
    }
    fields
}

impl PatchHeader {
    fn begins_mail(&self) -> bool {
        self.subject.is_some() || self.author.is_some() || self.has_origin()
    }

    fn take_references(&mut self, other: PatchHeader) {
        self.commit_links.extend(other.commit_links);
        self.cves.extend(other.cves);
        self.corrected_cves.extend(other.corrected_cves);
        self.bugs.extend(other.bugs);
        self.tidy_references();
    }

    fn tidy_references(&mut self) {
        let is_kept =
            |text: &String| !text.is_empty() && text.chars().count() <= FIELD_CHARACTERS_MAX;
        self.bugs.retain(is_kept);
        self.commit_links.retain(is_kept);
        self.commit_links.dedup();
        for references in [&mut self.bugs, &mut self.cves, &mut self.corrected_cves] {
            references.sort();
            references.dedup();
        }
        for references in [
            &mut self.bugs,
            &mut self.cves,
            &mut self.corrected_cves,
            &mut self.commit_links,
        ] {
            references.truncate(REFERENCES_MAX);
        }
    }

    fn take_field(&mut self, name: &str, value: String) {
        let take = |field: &mut Option<String>, value: String| {
            if field.is_none() && !value.is_empty() {
                *field = Some(cut(&value));
            }
        };
        match name {
            "subject" | "description" => take(&mut self.subject, without_tag(&value)),
            "from" | "author" => take(&mut self.author, without_address(&value)),
            "date" => take(&mut self.date, value),
            "origin" => take(&mut self.origin, value),
            "forwarded" => take(&mut self.forwarded, value),
            "applied-upstream" => take(&mut self.applied_upstream, value),
            "last-update" => take(&mut self.last_update, value),
            _ if name == "bug" || name.starts_with("bug-") => self.bugs.push(value),
            _ => {}
        }
    }

    fn refer_to(&mut self, body: &str) {
        if self.origin.is_none() {
            self.origin = picked_from(body);
        }
        for link in links_in(body) {
            if is_commit_address(&link) {
                self.commit_links.push(link);
            } else if is_bug_address(&link) {
                self.bugs.push(link);
            }
        }
        self.bugs.extend(bug_numbers(body));
        self.cves = cves_in(body);
        if !self.denies_correction() {
            let lines = body.lines().filter(|line| corrects_cve(line));
            let subject = self.subject.as_deref();
            let subject = subject.filter(|subject| subject_corrects_cve(subject));
            self.corrected_cves = lines.chain(subject).flat_map(cves_in).collect();
        }
        self.tidy_references();
    }
}

/// A text whose words are encoded for mail (RFC 2047), as git encodes them: UTF-8, quoted. Others stay as they are.
fn decoded(text: &str) -> String {
    let mut decoded = Vec::new();
    let mut rest = text;
    let mut was_encoded = false;
    while !rest.is_empty() {
        let start = rest
            .to_ascii_lowercase()
            .find("=?utf-8?q?")
            .unwrap_or(rest.len());
        let (plain, encoded) = rest.split_at(start);
        let word = encoded.get(10..).and_then(|word| word.split_once("?="));
        let between_words = was_encoded && word.is_some() && plain.trim().is_empty();
        if !between_words {
            decoded.extend(plain.bytes());
        }
        let Some((word, after)) = word else {
            decoded.extend(encoded.bytes());
            break;
        };
        decoded.extend(unquoted(word));
        rest = after;
        was_encoded = true;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The bytes of a quoted word: `_` is a space, `=C3` a byte.
fn unquoted(word: &str) -> Vec<u8> {
    let bytes = word.as_bytes();
    let mut unquoted = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hexadecimal = word.get(at + 1..at + 3).filter(|_| byte == b'=');
        match hexadecimal.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                unquoted.push(value);
                at += 2;
            }
            None => unquoted.push(if byte == b'_' { b' ' } else { byte }),
        }
        at += 1;
    }
    unquoted
}

/// The subject without `[PATCH v2 1/3]` and the like.
fn without_tag(subject: &str) -> String {
    let subject = decoded(subject);
    let mut rest = subject.trim();
    while let Some(tagged) = rest.strip_prefix('[') {
        match tagged.split_once(']') {
            Some((_, after)) => rest = after.trim(),
            None => break,
        }
    }
    rest.to_owned()
}

/// A name without an address of mail; nothing where there is no name.
fn without_address(author: &str) -> String {
    let name = decoded(author);
    let name = name.split('<').next().unwrap_or_default();
    let name = name.trim().trim_matches('"').trim();
    if name.contains('@') {
        String::new()
    } else {
        name.to_owned()
    }
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
fn picked_from(body: &str) -> Option<String> {
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
fn is_commit_address(link: &str) -> bool {
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

/// Whether an address is one of a tracker's entries: its host or a part of its path is called so, and a number follows.
fn is_bug_address(link: &str) -> bool {
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

fn links_in(body: &str) -> Vec<String> {
    body.split(|character: char| character.is_whitespace() || "<>()[]\"'`,".contains(character))
        .filter(|word| word.starts_with("https://") || word.starts_with("http://"))
        .map(|link| link.trim_end_matches(['.', ';', ':']).to_owned())
        .collect()
}

/// Digits that a number in Red Hat's Bugzilla has at least where nothing but a word such as `Resolves` says that it is one; those
/// of other trackers are mostly shorter.
const BUG_DIGITS_MIN: usize = 6;

/// The numbers of bugs with their trackers: `rhbz#1234`, `bz#1234`, `RHEL-1234`, and those of lines that only Red Hat's packagers
/// write. A bare `#1234` is some project's, and none of them.
fn bug_numbers(body: &str) -> Vec<String> {
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

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
