//! Takes in the packages of one repository: each is made a value of the domain, left out with a warning, or refused.

use super::abi_lists::AbiLists;
use super::primary::PrimaryEntry;
use crate::domain::{AbiList, Architecture, BinaryPackage, Claim, Evr, Nevra, Nvr, Timestamp};
use crate::publish::numbers::counted;
use crate::publish::{Cause, Error};
use crate::report::limits;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// Packages as they come.
pub struct Collection<'a> {
    abi_lists: &'a AbiLists,
    takes_sources: bool,
    packages_seen: usize,
    packages: Vec<BinaryPackage>,
    sources: Vec<(String, Evr)>,
    claims: Vec<(Architecture, Claim)>,
    digests: Vec<Box<str>>,
    left_out: BTreeSet<String>,
    left_out_count: usize,
    warnings: Vec<String>,
    warnings_unlisted: usize,
    abi_bytes: usize,
}

/// The packages of a repository, each once, and what was doubtful.
#[derive(Debug)]
pub struct Collected {
    /// The binary packages.
    pub packages: Vec<BinaryPackage>,
    /// The names and versions of the source packages that it has itself, where they are taken in.
    pub sources: Vec<(String, Evr)>,
    /// What they say of packages of other names, and for which architecture.
    pub claims: Vec<(Architecture, Claim)>,
    /// The names of the packages whose entries could not be read, and of their source packages where those are legible.
    pub left_out: BTreeSet<String>,
    /// What was left out or listed twice, and why.
    pub warnings: Vec<String>,
}

/// Warnings of one repository that are listed one by one.
const WARNINGS_LISTED: usize = 100;

/// What a package says of packages of other names. Files and capabilities are names of no package.
fn claims_of(
    entry: &PrimaryEntry,
    architecture: Architecture,
) -> impl Iterator<Item = (Architecture, Claim)> {
    let is_of_other = |name: &str| name != entry.name && !name.contains(['/', '(']);
    let claims = entry.claims.iter();
    claims
        .filter(move |(_, name, _)| is_of_other(name))
        .map(move |(kind, name, versions)| {
            let claim = Claim {
                binary: entry.name.clone(),
                kind: *kind,
                name: name.clone(),
                versions: versions.clone(),
            };
            (architecture, claim)
        })
}

impl<'a> Collection<'a> {
    /// No packages yet. Lists of what they provide are kept in `abi_lists`; source packages are passed over unless
    /// `takes_sources`.
    pub fn new(abi_lists: &'a AbiLists, takes_sources: bool) -> Self {
        Self {
            abi_lists,
            takes_sources,
            packages_seen: 0,
            packages: Vec::new(),
            sources: Vec::new(),
            claims: Vec::new(),
            digests: Vec::new(),
            left_out: BTreeSet::new(),
            left_out_count: 0,
            warnings: Vec::new(),
            warnings_unlisted: 0,
            abi_bytes: 0,
        }
    }

    /// Takes in one entry of the metadata that are called `place` in messages.
    pub fn add(
        &mut self,
        entry: &PrimaryEntry,
        excluded: &BTreeSet<String>,
        place: &str,
    ) -> Result<(), Error> {
        let is_source = matches!(entry.architecture.as_str(), "src" | "nosrc");
        if is_source && !self.takes_sources {
            return Ok(());
        }
        self.packages_seen += 1;
        limits::within("packages", self.packages_seen, limits::BINARIES)
            .map_err(|cause| Error::at(place, Cause::Limit(cause)))?;
        if is_source {
            match evr_of(entry) {
                Ok(evr) => self.sources.push((entry.name.clone(), evr)),
                Err(cause) => self.leave_out(entry, &cause),
            }
            return Ok(());
        }
        if excluded.contains(&entry.name) {
            return Ok(());
        }
        if entry.source_file.trim().is_empty() {
            let package = entry.name.clone();
            return Err(Error::at(place, Cause::NoSourcePackage { package }));
        }
        match package_of(entry) {
            Ok(mut package) => {
                package.abi = self.abi_of(entry, place)?;
                self.claims
                    .extend(claims_of(entry, package.nevra.architecture));
                self.packages.push(package);
                self.digests.push(entry.digest.trim().into());
            }
            Err(cause) => self.leave_out(entry, &cause),
        }
        Ok(())
    }

    fn leave_out(&mut self, entry: &PrimaryEntry, cause: &str) {
        self.left_out_count += 1;
        if self.left_out.len() < limits::ENTRIES {
            self.left_out.insert(entry.name.clone());
            let source = Nvr::of_source_file(entry.source_file.trim());
            self.left_out.extend(source.ok().map(|source| source.name));
        }
        self.warn(format!("{} is left out: {cause}", name_of(entry)));
    }

    /// What the package provides of a binary interface; lists that are the same are kept once.
    fn abi_of(&mut self, entry: &PrimaryEntry, place: &str) -> Result<Option<AbiList>, Error> {
        if !entry.provides_recorded {
            return Ok(None);
        }
        let (list, is_new) = self.abi_lists.kept(&entry.abi);
        if is_new {
            self.abi_bytes += list.text().len();
        }
        limits::within(
            "bytes of what packages provide of binary interfaces",
            self.abi_bytes,
            limits::ABI_BYTES,
        )
        .map_err(|cause| Error::at(place, Cause::Limit(cause)))?;
        Ok(Some(list))
    }

    /// The packages, each once, and the warnings. That there are none is an error unless the repository `may_be_empty`.
    pub fn finish(mut self, place: &str, may_be_empty: bool) -> Result<Collected, Error> {
        let is_empty = self.packages_seen == 0;
        if is_empty && !may_be_empty {
            return Err(Error::at(place, Cause::NoPackages));
        }
        if is_empty {
            self.warn(Cause::NoPackages.to_string());
        } else if self.packages.is_empty() && self.sources.is_empty() {
            let cause = Cause::NoReadablePackages {
                entries: self.packages_seen,
                first: self.warnings.first().cloned().unwrap_or_default(),
            };
            return Err(Error::at(place, cause));
        }
        self.remove_duplicates(place)?;
        if self.left_out_count > 1 {
            let count = counted(self.left_out_count, "package is", "packages are");
            let listed = if self.warnings_unlisted > 0 {
                format!("; {WARNINGS_LISTED} are named")
            } else {
                String::new()
            };
            self.warnings.insert(0, format!("{count} left out{listed}"));
        }
        Ok(Collected {
            packages: self.packages,
            sources: self.sources,
            claims: self.claims,
            left_out: self.left_out,
            warnings: self.warnings,
        })
    }

    /// Two entries of one NEVRA are one package where their digests are the same, and an error otherwise.
    fn remove_duplicates(&mut self, place: &str) -> Result<(), Error> {
        let key = |index: usize| {
            let Nevra {
                name,
                evr,
                architecture,
            } = &self.packages[index].nevra;
            (name, *architecture, evr.epoch, &evr.version, &evr.release)
        };
        // Names mostly begin alike, so that comparing numbers made of them is faster.
        let hasher = BuildHasherDefault::<DefaultHasher>::new();
        let numbered = |index: usize| (hasher.hash_one(key(index)), index);
        let mut order: Vec<(u64, usize)> = (0..self.packages.len()).map(numbered).collect();
        order.sort_unstable_by(|(number, index), (other_number, other)| {
            let by_key = || key(*index).cmp(&key(*other));
            number
                .cmp(other_number)
                .then_with(by_key)
                .then(index.cmp(other))
        });
        let mut superfluous = BTreeSet::new();
        let mut contradictory = None;
        for pair in order.windows(2) {
            let [(number, index), (other_number, other)] = [pair[0], pair[1]];
            if number == other_number && key(index) == key(other) {
                if self.digests[index] != self.digests[other] {
                    let first = contradictory.get_or_insert(index);
                    *first = index.min(*first);
                }
                superfluous.insert(other);
            }
        }
        if let Some(index) = contradictory {
            let package = self.packages[index].nevra.to_string();
            return Err(Error::at(place, Cause::Duplicate { package }));
        }
        for &index in &superfluous {
            let package = &self.packages[index].nevra;
            self.warn(format!(
                "{package} is listed twice with one checksum; it counts once"
            ));
        }
        let mut index = 0;
        self.packages.retain(|_| {
            index += 1;
            !superfluous.contains(&(index - 1))
        });
        Ok(())
    }

    fn warn(&mut self, warning: String) {
        if self.warnings.len() < WARNINGS_LISTED {
            self.warnings.push(warning);
        } else {
            self.warnings_unlisted += 1;
        }
    }
}

fn package_of(entry: &PrimaryEntry) -> Result<BinaryPackage, String> {
    let architecture: Architecture = entry
        .architecture
        .parse()
        .map_err(|error| format!("{error}"))?;
    let source = Nvr::of_source_file(entry.source_file.trim())
        .map_err(|error| format!("the name of its source package is malformed: {error}"))?;
    if source.name.chars().count() > limits::NAME_CHARACTERS {
        return Err("the name of its source package is too long".to_owned());
    }
    let evr = evr_of(entry)?;
    Ok(BinaryPackage {
        nevra: Nevra {
            name: entry.name.clone(),
            evr,
            architecture,
        },
        source,
        built: entry
            .built
            .filter(|&seconds| seconds > 0)
            .and_then(Timestamp::from_unix_seconds),
        abi: None,
    })
}

/// The EVR of an entry that has a sound one, and a sound name.
fn evr_of(entry: &PrimaryEntry) -> Result<Evr, String> {
    let epoch = match entry.epoch.as_str() {
        "" => 0,
        epoch => epoch
            .parse()
            .map_err(|_| format!("its epoch “{epoch}” is no number"))?,
    };
    let name = &entry.name;
    // Both are written into names and addresses that are taken apart again at these characters.
    let is_name = |text: &str| {
        let parts_nothing =
            |character: char| !matches!(character, ':' | '/') && !character.is_whitespace();
        !text.is_empty() && text.chars().all(parts_nothing)
    };
    if !is_name(name) || name.chars().count() > limits::NAME_CHARACTERS {
        return Err("this is no name of a package".to_owned());
    }
    let is_version = |text: &str| {
        is_name(text) && !text.contains('-') && text.chars().count() <= limits::NAME_CHARACTERS
    };
    if !is_version(&entry.version) || !is_version(&entry.release) {
        return Err(format!(
            "“{}-{}” is no version and release",
            entry.version, entry.release
        ));
    }
    Ok(Evr::new(
        epoch,
        entry.version.clone(),
        entry.release.clone(),
    ))
}

/// What an entry is called in a warning: its name, else its file; cut, since it may hold anything.
fn name_of(entry: &PrimaryEntry) -> String {
    let name = if entry.name.is_empty() {
        &entry.location
    } else {
        &entry.name
    };
    let name: String = name
        .chars()
        .filter(|character| !character.is_control())
        .take(100)
        .collect();
    if name.is_empty() {
        "a package without a name".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(
        name: &str,
        architecture: &str,
        epoch: &str,
        source_file: &str,
        digest: &str,
    ) -> PrimaryEntry {
        PrimaryEntry {
            name: name.to_owned(),
            architecture: architecture.to_owned(),
            epoch: epoch.to_owned(),
            version: "1".to_owned(),
            release: "2.el9".to_owned(),
            digest: digest.to_owned(),
            location: format!("Packages/{name}.rpm"),
            source_file: source_file.to_owned(),
            built: Some(0),
            ..PrimaryEntry::default()
        }
    }

    fn collect(entries: &[PrimaryEntry]) -> Result<Collected, String> {
        collect_with(entries, false)
    }

    fn collect_with(entries: &[PrimaryEntry], takes_sources: bool) -> Result<Collected, String> {
        let abi_lists = AbiLists::default();
        let mut collection = Collection::new(&abi_lists, takes_sources);
        let excluded = BTreeSet::from(["unwanted".to_owned()]);
        entries
            .iter()
            .try_for_each(|entry| collection.add(entry, &excluded, "primary.xml"))
            .and_then(|()| collection.finish("primary.xml", false))
            .map_err(|error| error.to_string())
    }

    fn check(entries: &[PrimaryEntry], packages: &[&str], warnings: &[&str]) {
        let Collected {
            packages: found,
            warnings: told,
            ..
        } = collect(entries).unwrap();
        let found: Vec<String> = found
            .iter()
            .map(|package| package.nevra.to_string())
            .collect();
        assert_eq!(found, packages);
        assert_eq!(told, warnings);
    }

    #[test]
    fn takes_in_leaves_out_and_warns() {
        let good = entry("bash", "x86_64", "0", "bash-1-2.el9.src.rpm", "a");
        check(std::slice::from_ref(&good), &["bash-1-2.el9.x86_64"], &[]);
        check(
            &[
                good.clone(),
                good.clone(),
                entry("unwanted", "x86_64", "", "", "b"),
                entry("source", "src", "", "", "b"),
                entry("odd", "sparc", "", "odd-1-2.src.rpm", "b"),
                entry("old", "noarch", "x", "old-1-2.src.rpm", "b"),
                entry("lost", "noarch", "", "lost.rpm", "b"),
                entry("", "noarch", "", "a-1-2.src.rpm", "b"),
            ],
            &["bash-1-2.el9.x86_64"],
            &[
                "4 packages are left out",
                "odd is left out: “sparc” is no known architecture",
                "old is left out: its epoch “x” is no number",
                "lost is left out: the name of its source package is malformed: “lost.rpm” lacks a name, version or release",
                "Packages/.rpm is left out: this is no name of a package",
                "bash-1-2.el9.x86_64 is listed twice with one checksum; it counts once",
            ],
        );
    }

    #[test]
    fn source_packages_are_taken_in_where_they_are_wanted() {
        let sources = [
            entry("bash", "src", "1", "", "a"),
            entry("odd/name", "src", "0", "", "a"),
            entry("kernel", "nosrc", "", "", "a"),
        ];
        let collected = collect_with(&sources, true).unwrap();
        let named = |(name, evr): &(String, Evr)| format!("{name} {evr}");
        let found: Vec<String> = collected.sources.iter().map(named).collect();
        assert_eq!(found, ["bash 1:1-2.el9", "kernel 1-2.el9"]);
        assert_eq!(collected.packages, []);
        assert_eq!(
            collected.warnings,
            ["odd/name is left out: this is no name of a package"]
        );
        assert!(collect(&sources).unwrap_err().contains("has no packages"));
    }

    #[test]
    fn what_is_not_recorded_is_not_nothing() {
        let provides = |name: &str, provides_recorded, abi: &str| PrimaryEntry {
            provides_recorded,
            abi: abi.to_owned(),
            ..entry(name, "x86_64", "0", "a-1-2.src.rpm", name)
        };
        let Collected { packages, .. } = collect(&[
            provides("liba", true, "liba.so.1()(64bit)\n"),
            provides("liba-compat", true, "liba.so.1()(64bit)\n"),
            provides("a", true, ""),
            provides("b", false, ""),
        ])
        .unwrap();
        let texts: Vec<Option<&str>> = packages
            .iter()
            .map(|package| package.abi.as_ref().map(|list| &**list.text()))
            .collect();
        let library = Some("liba.so.1()(64bit)");
        assert_eq!(texts, [library, library, Some(""), None]);
        let shared = packages.iter().take(2).flat_map(|package| &package.abi);
        let places: Vec<_> = shared.map(|list| list.text().as_ptr()).collect();
        assert_eq!(places[0], places[1]);
    }

    #[test]
    fn refuses_what_cannot_be_trusted() {
        let good = entry("bash", "x86_64", "0", "bash-1-2.el9.src.rpm", "a");
        let refused = |entries: &[PrimaryEntry], expected: &str| {
            let error = collect(entries).unwrap_err();
            assert!(error.contains(expected), "{error}");
        };
        let other = PrimaryEntry {
            digest: "b".to_owned(),
            ..good.clone()
        };
        refused(
            &[good, other],
            "bash-1-2.el9.x86_64 is there twice, with different checksums",
        );
        refused(
            &[entry("bash", "x86_64", "0", " ", "a")],
            "bash does not say which source package",
        );
        refused(&[], "the repository has no packages");
        refused(
            &[entry("bash", "src", "0", "", "a")],
            "the repository has no packages",
        );
    }

    #[test]
    fn one_that_may_be_empty_is_told_to_be() {
        let abi_lists = AbiLists::default();
        let empty = Collection::new(&abi_lists, false).finish("primary.xml", true);
        let Collected {
            packages, warnings, ..
        } = empty.unwrap();
        assert_eq!(packages, []);
        assert_eq!(warnings, ["the repository has no packages"]);
    }

    #[test]
    fn many_warnings_are_counted() {
        let mut odd: Vec<PrimaryEntry> = (0..150)
            .map(|_| entry("odd", "sparc", "", "odd-1-2.src.rpm", "b"))
            .collect();
        let error = collect(&odd).unwrap_err();
        assert!(
            error.contains("none of its 150 packages can be read"),
            "{error}"
        );
        odd.push(entry("bash", "x86_64", "0", "bash-1-2.src.rpm", "a"));
        let warnings = collect(&odd).unwrap().warnings;
        assert_eq!(warnings.len(), WARNINGS_LISTED + 1);
        assert_eq!(warnings[0], "150 packages are left out; 100 are named");
    }
}
