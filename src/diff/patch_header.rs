//! Reads what stands above a patch: the mail's headers that git writes, DEP-3's fields, and what the text refers to. A file may be
//! several mails, or commits as `git log -p` shows them, one after the other.
//!
//! DEP-3 (https://dep-team.pages.debian.net/deps/dep3/) names the fields Description, Origin, Bug, Bug-VENDOR, Forwarded, Author,
//! Last-Update and Applied-Upstream; From, Subject and Date are those of git format-patch.

mod blocks;
mod commit_addresses;
mod corrections;
mod denials;
mod encoded_words;
mod origin;
mod purpose;
mod references;
#[cfg(test)]
mod tests;
mod vocabulary;
mod wording;

use crate::domain::{names_mail_address, without_mail_words};
use blocks::header_blocks;
use corrections::{corrected_in, subject_corrects_cve};
pub use corrections::{cves_in, name_corrects_cve};
pub use denials::denies_correction;
use denials::line_denies_correction;
use encoded_words::decoded;
use origin::{denies_origin, is_commit_address, picked_from};
use references::{bug_numbers, bugs_of_field, is_bug_address, links_in};

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
    /// Those of them that it says to correct, in its subject or in a line of its own, as `Fixes: CVE-…` does; sorted. Others may be
    /// mentioned for any reason.
    pub corrected_cves: Vec<String>,
    /// Whether a line of it says that something is not corrected.
    pub is_denied: bool,
    /// The bugs that it names: addresses, `rhbz#1234`, `bz#1234`, `RHEL-1234`; sorted.
    pub bugs: Vec<String>,
}

impl PatchHeader {
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
    // Some editors put a byte order mark before the first line, which is no part of it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut headers: Vec<PatchHeader> = Vec::new();
    for lines in header_blocks(text) {
        let header = read_block(&lines);
        match headers.last_mut() {
            // What is no mail of its own, like a signature or a comment, belongs to the one above.
            Some(last) if !header.begins_mail() => last.take_references(header),
            _ => headers.push(header),
        }
    }
    headers
}

fn read_block(lines: &[&str]) -> PatchHeader {
    let mut header = PatchHeader::default();
    for (name, value) in fields(lines) {
        header.take_field(&name, value);
    }
    let commit = commit_of_git_log(lines);
    header.subject = header
        .subject
        .or(commit.and_then(|_| subject_of_git_log(lines)));
    // Where a patch was sent to is not where it comes from.
    let says_where_sent = |line: &&&str| line.to_ascii_lowercase().starts_with("forwarded:");
    let body: Vec<&str> = lines
        .iter()
        .filter(|line| !says_where_sent(line))
        .copied()
        .collect();
    header.refer_to(&body.join("\n"));
    header.origin = header.origin.or(commit.map(|id| format!("commit {id}")));
    header
}

/// The text, cut to what is kept of a field.
fn cut(text: &str) -> String {
    text.chars().take(FIELD_CHARACTERS_MAX).collect()
}

/// The fields `Name: value`, each with the lines that go on with it, indented; those of a description are no part of its first line.
fn fields(lines: &[&str]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let line = line.strip_prefix("## ").unwrap_or(line);
        if goes_on
            && line.starts_with([' ', '\t'])
            && let Some((name, value)) = fields.last_mut()
        {
            if name != "description" || value.is_empty() {
                value.push(' ');
                value.push_str(line.trim());
            }
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

/// The commit of which `git show` and `git log -p` wrote a block, by its id.
fn commit_of_git_log<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let first = lines.iter().find(|line| !line.is_empty())?;
    let id = first.strip_prefix("commit ")?.split(' ').next()?;
    let is_id = (7..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_hexdigit())
        // Letters alone may be a word, “defaced”.
        && id.bytes().any(|byte| byte.is_ascii_digit());
    is_id.then_some(id)
}

/// The first line of the message, indented by four spaces, of a commit as they write it.
fn subject_of_git_log(lines: &[&str]) -> Option<String> {
    let lines = lines.iter().skip_while(|line| line.is_empty());
    let message = lines.skip_while(|line| !line.is_empty());
    let mut texts = message.filter_map(|line| line.strip_prefix("    "));
    let subject = texts.find(|text| !text.trim().is_empty())?;
    Some(cut(&without_tag(subject)))
}

impl PatchHeader {
    fn begins_mail(&self) -> bool {
        self.subject.is_some() || self.author.is_some() || self.has_origin()
    }

    fn take_references(&mut self, other: PatchHeader) {
        self.commit_links.extend(other.commit_links);
        self.cves.extend(other.cves);
        self.corrected_cves.extend(other.corrected_cves);
        self.is_denied |= other.is_denied;
        self.bugs.extend(other.bugs);
        self.tidy_references();
    }

    fn tidy_references(&mut self) {
        let is_kept = |text: &String| {
            !text.is_empty()
                && text.chars().count() <= FIELD_CHARACTERS_MAX
                && without_mail_words(text) == *text
        };
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
        let impersonal = || without_mail_words(&value);
        match name {
            "subject" | "description" => take(&mut self.subject, without_tag(&value)),
            "from" | "author" => take(&mut self.author, without_address(&value)),
            "date" | "authordate" => take(&mut self.date, impersonal()),
            "origin" if denies_origin(&value) => {}
            "origin" => take(&mut self.origin, impersonal()),
            "forwarded" => take(&mut self.forwarded, impersonal()),
            "applied-upstream" => take(&mut self.applied_upstream, impersonal()),
            "last-update" => take(&mut self.last_update, impersonal()),
            _ if name == "bug" || name.starts_with("bug-") => {
                self.bugs.extend(bugs_of_field(&value));
            }
            _ => {}
        }
    }

    fn refer_to(&mut self, body: &str) {
        if self.origin.is_none() {
            self.origin = picked_from(body).map(|origin| without_mail_words(&origin));
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
        self.is_denied = body.lines().any(line_denies_correction);
        if !self.denies_correction() {
            self.corrected_cves = corrected_in(body);
            let subject = self.subject.as_deref();
            let subject = subject.filter(|subject| subject_corrects_cve(subject));
            self.corrected_cves
                .extend(subject.into_iter().flat_map(cves_in));
        }
        self.tidy_references();
    }
}

/// The subject without `[PATCH v2 1/3]` and the like; a tag that names a CVE is a part of it.
fn without_tag(subject: &str) -> String {
    let subject = decoded(subject);
    let mut rest = subject.trim();
    while let Some(tagged) = rest.strip_prefix('[') {
        match tagged.split_once(']') {
            Some((tag, after)) if cves_in(tag).is_empty() => rest = after.trim(),
            _ => break,
        }
    }
    rest.to_owned()
}

/// A name without an address of mail, `Ada <ada@example.org>` or `ada@example.org (Ada)`; nothing where there is no name.
fn without_address(author: &str) -> String {
    let author = decoded(author);
    let name = author.split('<').next().unwrap_or_default();
    let name = match name.split_once('(') {
        Some((address, rest)) if address.contains('@') => rest.trim().trim_end_matches(')'),
        _ => name,
    };
    let name = name.trim().trim_matches('"').trim();
    if name.contains('@') || names_mail_address(name) {
        String::new()
    } else {
        name.to_owned()
    }
}
