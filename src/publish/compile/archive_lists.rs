//! The lists of archives that stand beside a repository, by their digests: `sources`, as Fedora's dist-git has it, and
//! `.NAME.metadata`, as that of the rebuilds has it. Their order tells nothing, nor does an archive that no spec declares.

use super::declared_files::{DeclaredFiles, source_file};
use super::patches::name_of;
use super::source_texts::{ReadFile, Side};
use std::collections::{BTreeMap, BTreeSet};

/// The paths of a package's lists of archives.
pub(super) struct ArchiveLists(Vec<String>);

/// The digests of archives, by the archive's name.
pub(super) type Archives = BTreeMap<String, BTreeSet<Digest>>;

/// A digest and the algorithm that made it, by which alone two can be compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Digest {
    algorithm: String,
    digits: String,
}

impl Digest {
    /// That of an archive itself.
    fn of_file(file: &ReadFile) -> Self {
        Self {
            algorithm: "SHA256".to_owned(),
            digits: file.side.digest.to_string(),
        }
    }
}

/// What the lists of both sides say of the archives of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// Both have the same.
    Alike,
    /// They have other ones.
    Different,
    /// Digests of an archive are made by algorithms of which the sides have none in common.
    NotComparable,
}

impl ArchiveLists {
    /// Of a package that both sides call so.
    pub(super) fn of(names: [&str; 2]) -> Self {
        let own = BTreeSet::from(names).into_iter();
        let own = own.map(|name| format!(".{name}.metadata"));
        Self(std::iter::once("sources".to_owned()).chain(own).collect())
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.0.iter().any(|list| list == path)
    }

    /// The archives that a side's lists name.
    pub(super) fn archives(&self, side: &Side) -> Archives {
        archives_in(self.of_side(side))
    }

    /// The same where the lists may be in any folder.
    pub(super) fn archives_anywhere(&self, side: &Side) -> Archives {
        let lists = side.iter().filter(|(path, _)| self.contains(name_of(path)));
        archives_in(lists.map(|(_, list)| list))
    }

    fn of_side<'a>(&self, side: &'a Side) -> impl Iterator<Item = &'a ReadFile> {
        self.0.iter().filter_map(|list| side.get(list))
    }

    /// The digests of the archives that either side's lists name: those in its lists, and that of the archive itself where it has it.
    fn known(&self, sides: &[Side; 2]) -> [Archives; 2] {
        let mut known = sides.each_ref().map(|side| self.archives(side));
        let names: BTreeSet<String> = known
            .iter()
            .flat_map(|archives| archives.keys())
            .cloned()
            .collect();
        for (side, archives) in sides.iter().zip(&mut known) {
            for name in &names {
                if let Some((_, file)) = source_file(side, name) {
                    let digest = Digest::of_file(file);
                    archives.entry(name.clone()).or_default().insert(digest);
                }
            }
        }
        known
    }

    /// Takes the lists out of both sides where their texts are not the same, and archives that one side has itself and the other in a
    /// list.
    pub(super) fn leave_out_where_unlike(&self, sides: &mut [Side; 2]) {
        let known = self.known(sides);
        let names = known[0].keys().filter(|name| known[1].contains_key(*name));
        for name in names {
            let places = sides
                .each_ref()
                .map(|side| source_file(side, name).map(|(path, _)| path.clone()));
            match places {
                [Some(path), None] => drop(sides[0].remove(&path)),
                [None, Some(path)] => drop(sides[1].remove(&path)),
                _ => {}
            }
        }
        let [reference, distribution] = &*sides;
        let is_alike = |list: &String| reference.get(list) == distribution.get(list);
        if !self.0.iter().all(is_alike) {
            for side in sides {
                side.retain(|path, _| !self.contains(path));
            }
        }
    }
}

fn archives_in<'a>(lists: impl Iterator<Item = &'a ReadFile>) -> Archives {
    let mut archives = Archives::new();
    for text in lists.filter_map(|list| list.text.as_deref()) {
        let text = String::from_utf8_lossy(text);
        for (name, digest) in text.lines().filter_map(listed_archive) {
            archives.entry(name.to_owned()).or_default().insert(digest);
        }
    }
    archives
}

/// What the lists say of the archives that belong to the source: those that a spec declares. Where it is not known what the specs
/// declare, one that both sides list may be such a one, and one that only one of them lists tells nothing.
pub(super) fn agreement(
    sides: &[Side; 2],
    lists: &ArchiveLists,
    declared: &[DeclaredFiles; 2],
) -> Agreement {
    let [reference, distribution] = lists.known(sides);
    let is_unread = |side: &Side| lists.of_side(side).any(|list| list.text.is_none());
    if sides.iter().any(is_unread) {
        return Agreement::NotComparable;
    }
    let is_declared = |name: &str| declared.iter().any(|files| files.names.contains(name));
    let are_all = declared.iter().all(|files| files.are_all);
    let names: BTreeSet<&String> = reference.keys().chain(distribution.keys()).collect();
    let mut found = Agreement::Alike;
    for name in names {
        let of_archive = match (reference.get(name), distribution.get(name)) {
            (Some(before), Some(after)) if is_declared(name) || !are_all => {
                agreement_of(before, after)
            }
            (Some(_), Some(_)) => Agreement::Alike,
            _ if is_declared(name) => Agreement::Different,
            _ => Agreement::Alike,
        };
        match of_archive {
            Agreement::Different => return Agreement::Different,
            Agreement::NotComparable => found = Agreement::NotComparable,
            Agreement::Alike => {}
        }
    }
    found
}

fn agreement_of(before: &BTreeSet<Digest>, after: &BTreeSet<Digest>) -> Agreement {
    let of_common = |own: &BTreeSet<Digest>, other: &BTreeSet<Digest>| -> BTreeSet<String> {
        let is_common = |digest: &&Digest| {
            other
                .iter()
                .any(|other| other.algorithm == digest.algorithm)
        };
        let common = own.iter().filter(is_common);
        common.map(|digest| digest.digits.clone()).collect()
    };
    let (before, after) = (of_common(before, after), of_common(after, before));
    match (before.is_empty(), before == after) {
        (true, _) => Agreement::NotComparable,
        (false, true) => Agreement::Alike,
        (false, false) if before.is_disjoint(&after) => Agreement::Different,
        // A side lists two digests for one name.
        (false, false) => Agreement::NotComparable,
    }
}

/// The name and the digest of the archive that a line lists: `SHA512 (NAME) = DIGEST`, or `DIGEST NAME`, of which the name may be a
/// path.
fn listed_archive(line: &str) -> Option<(&str, Digest)> {
    let digest_of = |algorithm: Option<&str>, digits: &str| {
        let is_digest = digits.len() >= 32
            && digits
                .chars()
                .all(|character| character.is_ascii_hexdigit());
        let by_length = || match digits.len() {
            32 => "MD5".to_owned(),
            40 => "SHA1".to_owned(),
            length => format!("SHA{}", length * 4),
        };
        is_digest.then(|| Digest {
            algorithm: algorithm.map_or_else(by_length, str::to_ascii_uppercase),
            digits: digits.to_ascii_lowercase(),
        })
    };
    if let Some((before, digits)) = line.split_once(") = ") {
        let (algorithm, name) = before.split_once('(')?;
        return Some((name, digest_of(Some(algorithm.trim()), digits.trim())?));
    }
    let (digits, path) = line.trim().split_once(char::is_whitespace)?;
    Some((name_of(path.trim()), digest_of(None, digits)?))
}
