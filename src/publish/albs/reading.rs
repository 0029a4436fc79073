//! Reads builds from files or from the build system, and sorts them by source package.

use super::asked::Asked;
use super::document::{Build, Task, builds_of};
use super::pages::PagesRead;
use super::published::{moment, run_of};
use super::source::{NoPackage, source_of};
use super::tags::tags_of;
use crate::analysis::{BuildTry, SourceTag, in_order_of_time};
use crate::domain::{
    BuildSource, Timestamp, is_of_stream, major_release_of, without_mail_addresses,
};
use crate::publish::configuration::{BuildsSetting, BuildsSource};
use crate::publish::fetch::{Available, Fetcher};
use crate::publish::json_file::{BYTES_MAX, json_files, parse_json, read_json};
use crate::publish::numbers::counted;
use crate::publish::repository::{ByteLimit, without_credentials};
use crate::publish::{Cause, Error, FailedInput};
use crate::report::{
    BuildRunRecord, BuildsSourceRecord, ForeignBuildsRecord, InputKind, OldAnswersRecord,
    PointInTime,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the build system tells of one source package.
#[derive(Debug, Default, PartialEq)]
pub struct PackageBuilds {
    /// Which version was built for which architecture from which kind of source; failed builds do not count.
    pub tags: Vec<SourceTag>,
    /// The builds, in no order, each once.
    pub runs: Vec<BuildRunRecord>,
}

/// What was read of a build system.
#[derive(Debug, Default)]
pub struct ReadBuilds {
    /// Builds by source package.
    pub packages: BTreeMap<String, PackageBuilds>,
    /// How much was read.
    pub source: BuildsSourceRecord,
    /// The smallest number of a build on the pages that were read; greater than all where none could be.
    pub oldest_of_pages: Option<u64>,
    /// Of which builds they are known to leave none out.
    pub pages: PagesRead,
    /// The build system, or the folder, where it did not give all that it was asked for.
    pub failed: Option<FailedInput>,
    /// What is doubtful about it.
    pub warnings: Vec<String>,
}

/// Reads every `*.json` of a folder, of which the last by name that has a build counts for it, or the newest pages and single
/// builds of the build system. Only sources of branches of the
/// major release `major` tell what was changed in it, and those of Stream's only where a platform is asked for: another release may
/// have the same version. Of a page that does not come the
/// answer of earlier is taken; one that was never had ends the reading of pages: what the build system did not say is not known.
/// Builds that were ordered after the day of the snapshot, which is taken at `taken`, are left out and told.
pub fn read_builds(
    setting: &BuildsSetting,
    major: u32,
    fetcher: &Fetcher,
    taken: Timestamp,
) -> Result<ReadBuilds, Error> {
    let mut found = ReadBuilds::default();
    let mut read = Vec::new();
    match &setting.source {
        BuildsSource::Folder(folder) => {
            for file in json_files(folder)? {
                let place = file.display().to_string();
                let answer = read_json(&file, Cause::Builds);
                let (mut builds, odd) = match answer.and_then(|answer| builds_at(answer, &place)) {
                    Err(error) if !error.is_of_this_machine() => {
                        let cause = without_mail_addresses(&error.cause.to_string());
                        found.take_failure(format!("{place} could not be read: {cause}"));
                        continue;
                    }
                    builds => builds?,
                };
                // The first answer of a build is the one that is kept below.
                builds.append(&mut read);
                read = builds;
                found.warnings.extend(odd);
            }
            found.failed = failed_input(&found.source, folder.display().to_string());
        }
        BuildsSource::Service {
            address,
            pages,
            ids,
        } => {
            let location = without_credentials(address);
            found.source.location = Some(location.clone());
            // What is old must not stand before what is new where both have a build.
            let mut old = Vec::new();
            let mut ask = |asked: Asked| {
                let url = asked.url(address);
                let place = without_credentials(&url);
                let limit = ByteLimit {
                    bytes: BYTES_MAX,
                    stated: false,
                };
                let fetched = fetcher.document_or_kept(&url, limit, |bytes| {
                    let answer = parse_json(bytes, &place, Cause::Builds)?;
                    asked
                        .check(&answer)
                        .map_err(|cause| Error::at(&place, Cause::Builds(cause)))?;
                    let is_last = asked.is_last(&answer);
                    Ok((builds_at(answer, &place)?, is_last))
                });
                let failure = |error: &Error| {
                    let cause = without_mail_addresses(&error.cause.to_string());
                    format!("{asked} of {place} could not be read: {cause}")
                };
                match fetched {
                    Ok(Available {
                        value: ((builds, odd), is_last),
                        outdated,
                    }) => {
                        // Builds that cannot be read are there all the same: older ones may follow.
                        let are_any = !(builds.is_empty() && odd.is_empty());
                        found.warnings.extend(odd);
                        if let Asked::Page(_) = asked {
                            let ids = builds.iter().map(|build| build.id);
                            let is_last = is_last || !are_any;
                            found.pages.add(ids.clone(), is_last, outdated.is_some());
                            found.oldest_of_pages = ids.chain(found.oldest_of_pages).min();
                        }
                        match outdated {
                            None => read.extend(builds),
                            Some((error, held)) => {
                                old.extend(builds);
                                found.take_old_answer(failure(&error), held);
                            }
                        }
                        Ok(are_any)
                    }
                    Err(error) if error.is_of_this_machine() => Err(error),
                    Err(error) => {
                        found.take_failure(failure(&error));
                        Ok(false)
                    }
                }
            };
            for page in 1..=*pages {
                if !ask(Asked::Page(page))? {
                    break;
                }
            }
            for &id in ids {
                ask(Asked::Build(id))?;
            }
            read.extend(old);
            if *pages > 0 && found.source.failure.is_some() {
                found.oldest_of_pages.get_or_insert(u64::MAX);
            }
            found.failed = failed_input(&found.source, location);
        }
    }
    // Builds that are ordered while pages are read move others to the next page, where these are met again.
    let mut ids = BTreeSet::new();
    read.retain(|build| ids.insert(build.id));
    let later = leave_out_later(&mut read, taken);
    if let Some(first) = later.iter().map(|(id, _)| *id).min() {
        found.pages.end_before(first);
    }
    found.warnings.extend(left_out(&later));
    found.warnings.extend(undated(&read));
    found.warnings.extend(not_known_as_released(&read));
    for build in &read {
        add_build(build, setting, major, &mut found);
    }
    for builds in found.packages.values_mut() {
        builds.tags.sort();
        builds.tags.dedup();
    }
    let order = order_of(&read);
    let point = |build: Option<&Build>| {
        build.map(|build| run_of(build, String::new(), &[], setting).point())
    };
    found.source.builds = read.len() as u32;
    found.source.oldest = point(order.first().map(|&position| &read[position]));
    found.source.newest = point(order.last().map(|&position| &read[position]));
    Ok(found)
}

impl ReadBuilds {
    /// Notes that an answer could not be read, and nothing stands in for it.
    fn take_failure(&mut self, failure: String) {
        self.warnings.push(format!("builds: {failure}"));
        self.source.failure.get_or_insert(failure);
    }

    /// Counts and tells a build that is left out as far as its sources count for no package.
    fn leave_out(&mut self, id: u64, causes: BTreeSet<NoPackage>) {
        let mut repositories = Vec::new();
        for cause in causes {
            match cause {
                NoPackage::Unnamed => {
                    self.source.unnamed += 1;
                    self.warnings.push(format!(
                        "build {id}: a source of its names no package, so that it is left out."
                    ));
                }
                NoPackage::Foreign(repository) => {
                    self.warnings.push(format!(
                        "build {id}: a source of its is of {repository}, which is not AlmaLinux’s own repository of a package, so that it is left out."
                    ));
                    repositories.push(repository);
                }
            }
        }
        if let Some(repository) = repositories.into_iter().next() {
            let none = ForeignBuildsRecord {
                builds: 0,
                repository,
            };
            self.source.foreign.get_or_insert(none).builds += 1;
        }
    }

    /// Notes that an answer of earlier stands in for one that did not come.
    fn take_old_answer(&mut self, cause: String, held: Timestamp) {
        self.warnings.push(format!(
            "builds: {cause}: the answer of {held} stands in for it, which may be old."
        ));
        let known = self.source.old_answers.take();
        let held = PointInTime(held);
        self.source.old_answers = Some(match known {
            Some(known) => OldAnswersRecord {
                oldest: known.oldest.min(held),
                ..known
            },
            None => OldAnswersRecord {
                oldest: held,
                cause,
            },
        });
    }
}

/// The positions of builds in the order of time, the oldest first.
fn order_of(builds: &[Build]) -> Vec<usize> {
    let tries = builds.iter().map(|build| {
        let ordered = build.created_at.as_deref().and_then(moment);
        BuildTry {
            ordered: ordered.map(|ordered| ordered.0),
            id: build.id,
            line: "",
            names_line: false,
            version: None,
            released: false,
            progress: Vec::new(),
            unread_after: false,
        }
    });
    in_order_of_time(&tries.collect::<Vec<_>>())
}

/// Takes out the builds that were ordered after the day of the snapshot, which do not tell how builds stood then: their numbers and
/// when they were ordered.
fn leave_out_later(builds: &mut Vec<Build>, taken: Timestamp) -> Vec<(u64, Timestamp)> {
    let mut later = Vec::new();
    builds.retain(|build| {
        let ordered = build.created_at.as_deref().and_then(moment);
        let after = ordered.filter(|ordered| ordered.0.unix_days() > taken.unix_days());
        later.extend(after.map(|ordered| (build.id, ordered.0)));
        after.is_none()
    });
    later
}

/// What is told of builds that were left out.
fn left_out(later: &[(u64, Timestamp)]) -> Option<String> {
    let (id, ordered) = later.first()?;
    Some(format!(
        "builds: {} dated after the day of the report, and left out, such as build {id} of {ordered}.",
        counted(later.len(), "build is", "builds are")
    ))
}

/// What is doubtful of builds that do not say when they were ordered.
fn undated(builds: &[Build]) -> Option<String> {
    let mut undated = builds
        .iter()
        .filter(|build| build.created_at.as_deref().and_then(moment).is_none());
    let first = undated.next()?.id;
    let builds = match undated.count() + 1 {
        1 => "1 build does not say when it was".to_owned(),
        several => format!(
            "{} do not say when they were",
            counted(several, "build", "builds")
        ),
    };
    Some(format!(
        "builds: {builds} ordered, such as build {first}: its date is not known, and its number alone tells its place among the others."
    ))
}

/// What is doubtful of builds that do not say whether they were released: a trial build of a version may be of another source than
/// the one that was published.
fn not_known_as_released(builds: &[Build]) -> Option<String> {
    let silent = builds.iter().filter(|build| build.released.is_none());
    let ids: Vec<u64> = silent.map(|build| build.id).collect();
    let first = ids.first()?;
    let (builds, they) = match ids.len() {
        1 => ("1 build does".to_owned(), "its source tells"),
        several => (counted(several, "build", "builds do"), "their sources tell"),
    };
    Some(format!(
        "builds: {builds} not say whether what was built was released, such as build {first}: {they} nothing of what was changed."
    ))
}

/// A build system, or a folder of its answers, that did not give all that it was asked for.
fn failed_input(source: &BuildsSourceRecord, location: String) -> Option<FailedInput> {
    let old = source.old_answers.as_ref();
    let cause = source
        .failure
        .clone()
        .or_else(|| old.map(|old| old.cause.clone()))?;
    Some(FailedInput {
        kind: InputKind::Builds,
        name: location.clone(),
        location,
        last_read: old.map(|old| old.oldest.0),
        cause,
    })
}

fn builds_at(answer: Value, place: &str) -> Result<(Vec<Build>, Vec<String>), Error> {
    let (builds, odd) =
        builds_of(answer).map_err(|cause| Error::at(place, Cause::Builds(cause)))?;
    let odd = odd.iter().map(|what| format!("builds: {place}: {what}"));
    Ok((builds, odd.collect()))
}

fn add_build(build: &Build, setting: &BuildsSetting, major: u32, found: &mut ReadBuilds) {
    let mut by_source: BTreeMap<(String, String), Vec<&Task>> = BTreeMap::new();
    let mut left_out = BTreeSet::new();
    for task in &build.tasks {
        let platform = task.platform.as_ref().map(|platform| &platform.name);
        if setting.platform.is_some() && platform != setting.platform.as_ref() {
            continue;
        }
        match source_of(&task.source) {
            Ok(source) => by_source.entry(source).or_default().push(task),
            Err(cause) => {
                left_out.insert(cause);
            }
        }
    }
    found.leave_out(build.id, left_out);
    for ((package, git_ref), tasks) in by_source {
        let source = BuildSource::parse(&git_ref);
        let named = without_mail_addresses(&git_ref);
        // Only its platform tells a build of Stream's from one of the release that was made from the same branch.
        let is_of_release = major_release_of(&git_ref) == Some(major)
            && (setting.platform.is_some() || !is_of_stream(&git_ref));
        if source.is_none() {
            // A branch or a commit of somebody's own names no version.
            let name = if named.is_empty() {
                "without a branch"
            } else {
                &named
            };
            found.warnings.push(format!(
                "build {}: the source {name} names no imported or changed version, so it tells nothing of what was changed.",
                build.id
            ));
        } else if !is_of_release && setting.platform.is_some() {
            // Without a platform the builds of all releases are at hand, and those of others are none of this one's.
            found.warnings.push(format!(
                "build {}: the source {named} is of no branch of release {major}, so it tells nothing of what was changed there.",
                build.id
            ));
        }
        let known = found.packages.entry(package).or_default();
        known
            .runs
            .push(run_of(build, named.clone(), &tasks, setting));
        if let Some(source) = source.filter(|_| is_of_release) {
            let (tags, foreign) = tags_of(&source, &tasks, build.released == Some(true));
            known.tags.extend(tags);
            found.warnings.extend(foreign.map(|place| {
                format!(
                    "build {}: the source {named} is of {place}, which is not AlmaLinux’s repository of {}, so it tells nothing of what was changed.",
                    build.id,
                    without_mail_addresses(&source.nvr.name)
                )
            }));
        }
    }
}
