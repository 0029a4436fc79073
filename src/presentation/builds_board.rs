//! How the builds of a release stand: what fails and since when, what runs, what is done.

mod extent;
mod filter;
#[cfg(test)]
mod tests;

pub use filter::{BuildsFilter, BuildsStatus};

use super::build_standing::{BuildLink, BuildStanding, architecture_label, is_of_read, line_label};
use super::builds::{BuildOutcome, aftermath};
use super::hidden_characters::visible;
use super::number::count;
use crate::domain::{BuildProgress, stated_nvr};
use crate::report::{ArchitectureBuildsRecord, Builds, PackageBuildsRecord, PackageTable};
use extent::{extent_in_sentences, failures_beside_in_words};
use std::collections::BTreeSet;

/// The builds of a release as they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildsBoard {
    /// The architectures that builds were for, sorted.
    pub architectures: Vec<String>,
    /// What was read, in sentences.
    pub extent: Vec<String>,
    /// One for each package and line of development.
    packages: Vec<PackageBuilds>,
    /// The packages of the release of which no build was read.
    without_builds: BTreeSet<String>,
}

/// How the builds of one package on one line of development stand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PackageBuilds {
    name: PackageName,
    name_lowercase: String,
    /// What is not built, but for what was left out while others were built, and what failed for no architecture of the release.
    open: Vec<OpenBuild>,
    /// Those: of the package as a whole they say nothing, of their architecture they do.
    apart: Vec<OpenBuild>,
    /// What is built: on one side the architectures as the build system names them.
    done: Vec<(Vec<String>, DoneBuild)>,
}

/// A package, and which line of its development is meant where that is not the main one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName {
    /// The source package.
    pub package: String,
    /// Such as `stream 1.24`.
    pub line: Option<String>,
    /// Whether the release has it, so that it has a page.
    pub has_page: bool,
}

/// One architecture that is not built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenBuild {
    /// The package.
    pub name: PackageName,
    /// How its builds stand there.
    pub standing: BuildStanding,
}

/// A package that is built: wherever its builds were for or, where one is chosen, on that architecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneBuild {
    /// The package.
    pub name: PackageName,
    /// The version that was built, or the branch where that names none; in words where it is not told.
    pub version: String,
    /// The architectures.
    pub architectures: Vec<String>,
    /// The architectures that the release does not have, and on which the package fails, which does not count.
    pub fails_beside: Vec<String>,
    /// The build: the last try, and the last success.
    pub built: BuildLink,
    /// Whether there may be later ones: builds that followed were not read.
    pub of_read: bool,
    /// Its tests, signing and release.
    pub then: String,
}

/// What is shown under a choice of the reader, each list sorted by package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownBuilds {
    /// What fails.
    pub failing: Vec<OpenBuild>,
    /// What runs, some of which fails, too.
    pub running: Vec<OpenBuild>,
    /// What was cancelled or left out, or of which it is not known how it ended.
    pub undecided: Vec<OpenBuild>,
    /// What is built.
    pub done: Vec<DoneBuild>,
}

impl BuildsBoard {
    /// The board of a document, for the packages of a release.
    pub fn of(builds: &Builds, table: &PackageTable) -> Self {
        let packages: Vec<PackageBuilds> = builds
            .packages
            .iter()
            .map(|record| package_builds(record, builds, table))
            .collect();
        let others = builds.packages.iter().flat_map(|record| &record.others);
        let architectures: BTreeSet<&String> = builds
            .sets
            .iter()
            .flatten()
            .chain(others.map(|other| &other.architecture))
            .collect();
        let known: BTreeSet<&String> = builds
            .packages
            .iter()
            .map(|record| &record.package)
            .collect();
        let without_builds: BTreeSet<String> = table
            .names
            .iter()
            .filter(|name| !known.contains(name))
            .cloned()
            .collect();
        let mut extent = extent_in_sentences(&builds.sources, &without_builds, table.names.len());
        extent.extend(failures_beside_in_words(builds));
        Self {
            architectures: architectures.into_iter().cloned().collect(),
            extent,
            packages,
            without_builds,
        }
    }

    /// The answer: how many packages fail, and how many run.
    pub fn title(&self) -> String {
        let all = BuildsFilter::default();
        let [failing, running, ..] = self.counts(&all);
        if self.packages.is_empty() {
            return "No build of this release was read".to_owned();
        }
        let fails = match failing {
            0 => "No package fails to build".to_owned(),
            1 => "1 package fails to build on at least one architecture".to_owned(),
            _ => format!(
                "{} packages fail to build on at least one architecture",
                count(failing)
            ),
        };
        let runs = match running {
            0 => "none is being built".to_owned(),
            1 => "1 is being built".to_owned(),
            _ => format!("{} are being built", count(running)),
        };
        let uncertain = self.packages.iter().filter(|package| package.may_fail());
        let uncertain = match uncertain.count() as u32 {
            0 => String::new(),
            1 => "; of 1 that failed it is not known whether it still does".to_owned(),
            several => format!(
                "; of {} that failed it is not known whether they still do",
                count(several)
            ),
        };
        format!("{fails}{uncertain}; {runs}")
    }

    /// Whether the list of a status has something to say of since when: of what fails, or failed and may do so still.
    pub fn tells_since(&self, status: BuildsStatus) -> bool {
        let mut open = self.packages.iter().flat_map(|package| &package.open);
        match status {
            BuildsStatus::Failed => true,
            BuildsStatus::Undecided => open.any(|open| open.standing.unknown_since.is_some()),
            BuildsStatus::Running | BuildsStatus::Done => false,
        }
    }

    /// What a choice shows.
    pub fn shown(&self, filter: &BuildsFilter) -> ShownBuilds {
        let mut shown = ShownBuilds::default();
        let wants = |status| filter.status.is_none_or(|chosen| chosen == status);
        for package in self
            .packages
            .iter()
            .filter(|package| filter.admits_name(&package.name_lowercase))
        {
            let apart = package.apart.iter();
            let apart = apart.filter(|_| filter.architecture.is_some());
            for open in package
                .open
                .iter()
                .chain(apart)
                .filter(|open| filter.admits_architecture(&open.standing.key))
            {
                for status in BuildsStatus::ALL
                    .into_iter()
                    .filter(|&status| wants(status))
                {
                    match status {
                        BuildsStatus::Failed if open.standing.failing.is_some() => {
                            &mut shown.failing
                        }
                        BuildsStatus::Running if open.standing.is_running => &mut shown.running,
                        BuildsStatus::Undecided if open.standing.is_undecided() => {
                            &mut shown.undecided
                        }
                        _ => continue,
                    }
                    .push(open.clone());
                }
            }
            let done = package.done_on(filter.architecture.as_deref());
            shown
                .done
                .extend(done.filter(|_| wants(BuildsStatus::Done)).cloned());
        }
        shown
    }

    /// How many packages each status shows, in the order of [`BuildsStatus::ALL`], the other choices kept. One that fails and is
    /// being built again counts in both.
    pub fn counts(&self, filter: &BuildsFilter) -> [u32; 4] {
        let shown = self.shown(&BuildsFilter {
            status: None,
            ..filter.clone()
        });
        let packages = |builds: &[OpenBuild]| {
            let names: BTreeSet<(&str, Option<&str>)> = builds
                .iter()
                .map(|open| (open.name.package.as_str(), open.name.line.as_deref()))
                .collect();
            names.len() as u32
        };
        [
            packages(&shown.failing),
            packages(&shown.running),
            packages(&shown.undecided),
            shown.done.len() as u32,
        ]
    }

    /// Why a search shows nothing, where that can be told.
    pub fn why_nothing(&self, filter: &BuildsFilter) -> String {
        let wanted = filter.text.trim();
        if self.without_builds.contains(wanted) {
            return format!(
                "{wanted} is a package of this release, and no build of it is among those that were read."
            );
        }
        "No build fits these filters. Take one of them back.".to_owned()
    }
}

impl PackageBuilds {
    /// Whether it failed on an architecture and may do so still, and is known to fail on none.
    fn may_fail(&self) -> bool {
        let standings = || self.open.iter().map(|open| &open.standing);
        standings().all(|standing| standing.failing.is_none())
            && standings().any(|standing| standing.unknown_since.is_some())
    }

    /// The build by which it is built on an architecture or, where none is chosen, on all; `None` where it is not.
    fn done_on(&self, architecture: Option<&str>) -> Option<&DoneBuild> {
        let mut done = self.done.iter();
        let found = match architecture {
            Some(wanted) => done.find(|(names, _)| names.iter().any(|name| name == wanted)),
            None => done.next().filter(|_| self.open.is_empty()),
        };
        found.map(|(_, done)| done)
    }
}

fn package_builds(
    record: &PackageBuildsRecord,
    builds: &Builds,
    table: &PackageTable,
) -> PackageBuilds {
    let name = PackageName {
        package: record.package.clone(),
        line: line_label(&record.line),
        has_page: table.row_of(&record.package).is_some(),
    };
    let built: &[String] = builds
        .sets
        .get(record.built as usize)
        .map_or(&[], Vec::as_slice);
    // Numbers of several build systems cannot be held against each other.
    let unread_before = match builds.sources.as_slice() {
        [source] => source.unread().map(|range| range.before).max(),
        _ => None,
    };
    let open_build = |other: &ArchitectureBuildsRecord| OpenBuild {
        name: name.clone(),
        standing: BuildStanding::of_record(other, &record.last, unread_before),
    };
    let fails_beside = || {
        let others = record.others.iter();
        let others = others
            .filter(|other| other.failing_since.is_some() && !builds.counts(&other.architecture));
        others
            .map(|other| architecture_label(&other.architecture))
            .collect()
    };
    let (mut open, mut apart, mut done) = (Vec::new(), Vec::new(), Vec::new());
    if !built.is_empty() {
        let last = DoneBuild {
            name: name.clone(),
            version: version_of(&record.git_ref),
            architectures: built
                .iter()
                .filter(|name| *name != "src")
                .cloned()
                .collect(),
            fails_beside: fails_beside(),
            built: BuildLink::of(&record.last),
            of_read: is_of_read(&record.last, unread_before),
            then: aftermath(&BuildOutcome::of_record(record)),
        };
        done.push((built.to_vec(), last));
    }
    for other in &record.others {
        match BuildProgress::from(other.status) {
            BuildProgress::Succeeded => {
                let build = other.succeeded.as_ref().or(other.tried.as_ref());
                let build = build.unwrap_or(&record.last);
                let older = DoneBuild {
                    name: name.clone(),
                    version: NOT_TOLD.to_owned(),
                    architectures: vec![other.architecture.clone()],
                    fails_beside: Vec::new(),
                    built: BuildLink::of(build),
                    of_read: is_of_read(build, unread_before),
                    then: NOT_TOLD.to_owned(),
                };
                done.push((vec![other.architecture.clone()], older));
            }
            // What is built elsewhere is done, whatever was left out.
            BuildProgress::LeftOut if !built.is_empty() => apart.push(open_build(other)),
            _ if other.has_failed() && !builds.counts(&other.architecture) => {
                apart.push(open_build(other));
            }
            _ => open.push(open_build(other)),
        }
    }
    PackageBuilds {
        name_lowercase: name.package.to_ascii_lowercase(),
        name,
        open,
        apart,
        done,
    }
}

/// What stands for the version and the fate of a build that is not the package's last.
const NOT_TOLD: &str = "not told of older builds";

/// The version that a tag or an SRPM names, or the branch that was built.
fn version_of(git_ref: &str) -> String {
    match stated_nvr(git_ref) {
        Some(nvr) => visible(&format!("{}-{}", nvr.version, nvr.release)),
        None if git_ref.is_empty() => "not named".to_owned(),
        None => visible(git_ref),
    }
}
