//! What is read of git repositories; one that cannot be read is told and left out.

use super::chosen_packages::ChosenPackage;
use super::declared_files::keep_source_files;
use super::input_failures::ToldInputs;
use super::package_file::{EvrText, PackageFile};
use super::source_texts::{PackageFolder, add_texts, compose, read_sides};
use crate::domain::Evr;
use crate::publish::configuration::GitRepositories;
use crate::publish::fetch::Fetcher;
use crate::publish::git::{Checkout, Unasked, checkout};
use crate::publish::output::Staging;
use crate::publish::repository::Location;
use crate::publish::{Cause, Error};
use crate::report::limits;
use std::collections::BTreeSet;
use std::path::Path;

/// A package's repository and where it is kept.
pub struct GitPackage<'a> {
    /// The source package.
    pub name: &'a str,
    /// Whether it is no fault where the repository or a branch of it is not there.
    pub may_be_absent: bool,
    /// Its repository.
    pub repository: Location,
    /// What has patience with its host, and the cache.
    pub fetcher: &'a Fetcher,
}

/// What came of fetching a branch; `None` where it is certain that it or its repository is not there.
pub type Fetched = Result<Option<Checkout>, Error>;

/// Decides what it means that a host asks for a login for repositories of packages that a pattern alone chose, and gives back the
/// packages of which something can be said. `fetched_of` is what came of fetching a repository.
///
/// A host that asks for a login may not have the repository, or not for strangers: GitHub and Gitea, the software of
/// git.almalinux.org, answer both alike. Where the same host has just handed out the branch of another package of the same entry,
/// strangers may read there, and asking for a login is its way to say that there is none; one is enough, for few packages are
/// patched. Where it handed out none, nothing is known of any of them: that is told once, as a failure of the entry. A repository
/// that was fetched before is never taken for absent here, for its last commit stands in, nor is one that the configuration names.
pub fn settle_logins<'p, 'a, T>(
    mut fetched: Vec<(&'p GitPackage<'a>, T)>,
    location: &str,
    told: &mut ToldInputs,
    fetched_of: impl Fn(&mut T) -> &mut Fetched,
) -> Vec<(&'p GitPackage<'a>, T)> {
    let hands_out = fetched.iter_mut().any(|(_, fetched)| {
        let found = fetched_of(fetched).as_ref().ok();
        found.is_some_and(|found| found.as_ref().is_some_and(|found| found.unasked.is_none()))
    });
    let mut not_known = 0;
    fetched.retain_mut(|(package, fetched)| {
        let fetched = fetched_of(fetched);
        let is_open = package.may_be_absent
            && matches!(
                fetched,
                Err(Error {
                    cause: Cause::GitLogin,
                    ..
                })
            );
        if is_open && hands_out {
            *fetched = Ok(None);
        }
        let is_known = !is_open || hands_out;
        not_known += usize::from(!is_known);
        is_known
    });
    if not_known > 0 {
        let cause = format!(
            "the host asks for a login for {not_known} of the packages that patterns choose, and hands out no such branch: it is \
             not known which of them have one"
        );
        told.left_out(location, location, cause);
    }
    fetched
}

impl<'a> GitPackage<'a> {
    /// The repository of a chosen package.
    pub fn of(
        package: &'a ChosenPackage,
        repositories: &GitRepositories,
        fetcher: &'a Fetcher,
    ) -> Self {
        Self {
            name: &package.name,
            may_be_absent: package.is_by_pattern,
            repository: repositories.of(&package.name),
            fetcher,
        }
    }
}

impl GitPackage<'_> {
    /// Fetches a branch as it is now.
    pub fn fetch(&self, branch: &str) -> Fetched {
        checkout(&self.repository, branch, &[], self.fetcher)
    }

    /// Fetches a branch where it has one of the versions, else as it is now. Its tags may bear any of the names that the sides have
    /// for the package, whichever the repository has.
    fn fetch_version(&self, branch: &str, names: [&str; 2], versions: &[&Evr]) -> Fetched {
        let mut versions = versions.to_vec();
        versions.sort();
        let newest_first = versions.into_iter().rev();
        let wanted = newest_first
            .flat_map(|evr| names.map(|name| format!("{name}-{}-{}", evr.version, evr.release)));
        let wanted: Vec<String> = wanted.collect();
        checkout(&self.repository, branch, &wanted, self.fetcher)
    }

    /// A branch that was fetched, or nothing once it is told why.
    fn branch(
        &self,
        branch: &str,
        fetched: Fetched,
        told: &mut ToldInputs,
    ) -> Result<Option<Checkout>, Error> {
        let Self {
            name, repository, ..
        } = self;
        let found = self.or_left_out(fetched, told)?;
        match &found {
            Some(None) if !self.may_be_absent => {
                let cause = format!("{repository} has no branch {branch}, or is not there");
                told.left_out(name, &repository.to_string(), cause);
            }
            Some(Some(Checkout {
                unasked: Some(Unasked { cause, asked }),
                commit,
                ..
            })) => {
                let cause = format!("{repository}: {cause}");
                told.warnings.push(format!(
                    "{name}: {cause}: of {branch} the commit {commit} is used, which was fetched before and may be old."
                ));
                told.failed(name, &repository.to_string(), *asked, cause);
            }
            _ => {}
        }
        Ok(found.flatten())
    }

    /// What is read of the folder of a branch that was fetched, or nothing once it is told why.
    pub fn read_branch<T>(
        &self,
        branch: &str,
        fetched: Fetched,
        told: &mut ToldInputs,
        read: impl FnOnce(&Path) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        match self.branch(branch, fetched, told)? {
            Some(checkout) => {
                let read = read(&checkout.folder).map_err(|Error { place, cause }| match cause {
                    // The operator has not written it.
                    Cause::Configuration { what, .. } => Error::at(place, Cause::SourceText(what)),
                    cause => Error { place, cause },
                });
                self.or_left_out(read, told)
            }
            None => Ok(None),
        }
    }

    /// What was read, or nothing once it is told why; what only this machine can be blamed for stays an error.
    fn or_left_out<T>(
        &self,
        read: Result<T, Error>,
        told: &mut ToldInputs,
    ) -> Result<Option<T>, Error> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_of_this_machine() => Err(error),
            Err(Error { place, cause }) => {
                let cause = format!("{}: {cause}", self.published_place(&place));
                told.left_out(self.name, &self.repository.to_string(), cause);
                Ok(None)
            }
        }
    }

    /// A place below the cache as readers elsewhere know it: the repository, and the file in it.
    fn published_place(&self, place: &str) -> String {
        let kept = self.fetcher.cache_folder().map(|cache| cache.join("git"));
        let below = kept.and_then(|kept| place.strip_prefix(kept.to_str()?));
        // Between the two stand the branch's key and the commit.
        match below.and_then(|below| below.splitn(4, '/').nth(3)) {
            Some(file) => format!("{}: {file}", self.repository),
            None => place.to_owned(),
        }
    }
}

/// The repositories that the sources of a package are looked for in: that of the name that the reference has for it and that of the
/// distribution's, which are one where the names are.
pub struct GitSources<'a> {
    by_name: [GitPackage<'a>; 2],
}

/// What came of fetching a branch of either side.
pub struct FetchedSide<'p, 'a> {
    package: &'p GitPackage<'a>,
    /// What came of it.
    pub fetched: Fetched,
}

impl<'a> GitSources<'a> {
    /// The repositories of a package that the sides call so, the reference first.
    pub fn of(
        names: [&'a str; 2],
        package: &ChosenPackage,
        repositories: &GitRepositories,
        fetcher: &'a Fetcher,
    ) -> Self {
        let by_name = names.map(|name| GitPackage {
            name,
            may_be_absent: package.is_by_pattern,
            repository: repositories.of(name),
            fetcher,
        });
        Self { by_name }
    }

    /// The name that the distribution has for the package.
    pub fn name(&self) -> &'a str {
        self.by_name[1].name
    }

    /// That of the reference's name.
    pub fn first(&self) -> &GitPackage<'a> {
        &self.by_name[0]
    }

    /// Fetches the branches of both sides, each where it has one of the versions, else as it is now. Where the repository of the name that a side has for the
    /// package has no such branch, that of the other name is asked.
    pub fn fetch(
        &self,
        branches: [&str; 2],
        [of_reference, of_distribution]: [&[&Evr]; 2],
    ) -> [FetchedSide<'_, 'a>; 2] {
        let [reference, distribution] = &self.by_name;
        let before = self.fetch_side([reference, distribution], branches[0], of_reference);
        // Without the one the other tells nothing.
        let after = match before.fetched {
            Ok(Some(_)) => self.fetch_side([distribution, reference], branches[1], of_distribution),
            _ => FetchedSide {
                package: distribution,
                fetched: Ok(None),
            },
        };
        [before, after]
    }

    fn fetch_side<'p>(
        &self,
        [likely, other]: [&'p GitPackage<'a>; 2],
        branch: &str,
        versions: &[&Evr],
    ) -> FetchedSide<'p, 'a> {
        let names = [likely.name, other.name];
        let fetched = likely.fetch_version(branch, names, versions);
        let may_be_elsewhere = likely.name != other.name && is_nothing_found(&fetched);
        if may_be_elsewhere {
            let elsewhere = other.fetch_version(branch, names, versions);
            if !is_nothing_found(&elsewhere) {
                return FetchedSide {
                    package: other,
                    fetched: elsewhere,
                };
            }
        }
        FetchedSide {
            package: likely,
            fetched,
        }
    }

    /// The texts of two branches that were fetched; `parties` are the names of reference and distribution.
    pub fn read(
        &self,
        branches: [&str; 2],
        fetched: [FetchedSide<'_, 'a>; 2],
        parties: (&str, &str),
        staging: &mut Staging,
        told: &mut ToldInputs,
    ) -> Result<Option<PackageFolder>, Error> {
        let [before_branch, after_branch] = branches;
        let [before, after] = fetched;
        let (before_package, after_package) = (before.package, after.package);
        let Some(before) = before_package.branch(before_branch, before.fetched, told)? else {
            return Ok(None);
        };
        let Some(after) = after_package.branch(after_branch, after.fetched, told)? else {
            return Ok(None);
        };
        let label = |party: &str, branch: &str, checkout: &Checkout| {
            let label = format!("{party} {branch} {}", checkout.commit);
            Some(label.chars().take(limits::NAME_CHARACTERS).collect())
        };
        let place = after_package.repository.to_string();
        let folders = [before.folder.as_path(), after.folder.as_path()];
        let read = read_sides(folders).and_then(|mut sides| {
            let names = self.by_name.each_ref().map(|package| package.name);
            let complete = keep_source_files(&mut sides, names);
            add_texts(&sides, staging)?;
            let file = PackageFile {
                reference: tagged_evr(&before.tagged, names),
                distribution: tagged_evr(&after.tagged, names),
                reference_label: label(parties.0, before_branch, &before),
                distribution_label: label(parties.1, after_branch, &after),
                complete,
                change: Vec::new(),
            };
            compose(file, sides, &place, parties)
        });
        after_package.or_left_out(read, told)
    }
}

/// Whether a host has no such branch, or asks for a login, as some do for what is not there.
fn is_nothing_found(fetched: &Fetched) -> bool {
    let asks_for_login = fetched
        .as_ref()
        .is_err_and(|error| matches!(error.cause, Cause::GitLogin));
    asks_for_login || matches!(fetched, Ok(None))
}

/// The version and release that the tags of a commit agree upon, whichever of a package's names they bear.
fn tagged_evr(tagged: &BTreeSet<String>, names: [&str; 2]) -> Option<EvrText> {
    let version_release_of = |nvr: &String| {
        let mut own = names.iter().filter_map(|name| {
            let version_release = nvr.strip_prefix(name)?.strip_prefix('-')?;
            (version_release.matches('-').count() == 1).then(|| version_release.to_owned())
        });
        own.next()
    };
    let told: Option<BTreeSet<String>> = tagged.iter().map(version_release_of).collect();
    let mut told = told?.into_iter();
    let (version_release, None) = (told.next()?, told.next()) else {
        return None;
    };
    Evr::parse(&version_release).map(EvrText)
}

#[cfg(test)]
mod tests;
