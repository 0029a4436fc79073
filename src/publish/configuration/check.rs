//! Holds a configuration against what is possible.

use super::advisories::advisories_of;
use super::file::{
    BuildsTable, ConfigurationFile, ExpectedTable, OnFailureWord, PartyTable, PresenceWord,
    PromiseTable, ReleaseTable,
};
use super::git::autopatch_of;
use super::model::{
    ArchitectureSetting, BuildsSetting, BuildsSource, Configuration, ExpectedList,
    KernelListsSetting, ManifestSetting, ReleaseSetting, Role, StatementsSetting,
};
use super::remote::client_of;
use super::repositories::{architectures_of, check_coverage, chosen, repositories_of};
use super::rules::{origin_marks_of, rules_of};
use super::sources::sources_of;
use crate::analysis::Expectation;
use crate::domain::MinorRelease;
use crate::publish::Error;
use crate::report::{Party, Promise, Tracker, is_http_address, limits};
use std::collections::BTreeSet;
use std::path::Path;

/// Words that stand where a release's name stands in addresses.
const RESERVED_IDS: [&str; 6] = [
    "check",
    "deviations",
    "method",
    "progress",
    "reports",
    "synergy",
];

/// What is wrong with an entry, and what to do about it.
pub type Fault = (String, String);

/// A fault of an entry.
pub fn fault<T>(what: impl Into<String>, remedy: impl Into<String>) -> Result<T, Fault> {
    Err((what.into(), remedy.into()))
}

/// A configuration of what stands in the file at `path`.
pub fn checked(file: ConfigurationFile, path: &Path) -> Result<Configuration, Error> {
    let folder = path.parent().unwrap_or(Path::new(""));
    configuration_of(file, folder)
        .map_err(|(what, remedy)| Error::configuration(path.display(), what, remedy))
}

fn configuration_of(mut file: ConfigurationFile, folder: &Path) -> Result<Configuration, Fault> {
    if file.release.is_empty() {
        return fault("there is no [[release]]", "add one");
    }
    let mut ids = BTreeSet::new();
    if let Some(twice) = file
        .release
        .iter()
        .find(|release| !ids.insert(release.id.as_str()))
    {
        return fault(
            format!("release {} is there twice", twice.id),
            "give each [[release]] an id of its own",
        );
    }
    if let Err(what) = limits::within("releases", file.release.len(), limits::RELEASES) {
        return fault(what, "publish fewer");
    }
    Ok(Configuration {
        sample: file.sample,
        distribution: party_of(file.distribution, "distribution")?,
        reference: party_of(file.reference, "reference")?,
        promise: file.promise.map(promise_of).transpose()?,
        origin_marks: origin_marks_of(file.rules.origin_marks.take())?,
        rules: rules_of(file.rules)?,
        stops_on_failure: file.on_failure == OnFailureWord::Stop,
        clients: file
            .client
            .into_iter()
            .map(|client| client_of(client, folder))
            .collect::<Result<_, _>>()?,
        releases: file
            .release
            .into_iter()
            .map(|release| release_of(release, folder))
            .collect::<Result<_, _>>()?,
    })
}

fn party_of(table: PartyTable, key: &str) -> Result<Party, Fault> {
    let tracker = table
        .tracker
        .map(|tracker| {
            Ok::<_, Fault>(Tracker {
                url: http_address(tracker.url, &format!("{key}.tracker.url"))?,
                name: tracker.name,
            })
        })
        .transpose()?;
    Ok(Party {
        name: label(table.name, &format!("{key}.name"))?,
        tracker,
    })
}

fn promise_of(table: PromiseTable) -> Result<Promise, Fault> {
    let percents = [table.matched, table.patched, table.diverging];
    let is_whole = (percents.iter().sum::<f64>() - 100.0).abs() < 0.01;
    if !is_whole
        || percents
            .iter()
            .any(|percent| !(0.0..=100.0).contains(percent))
    {
        return fault(
            "the percentages of promise do not add up to 100",
            "correct matched, patched and diverging",
        );
    }
    Ok(Promise {
        label: label(table.label, "promise.label")?,
        matched: table.matched,
        patched: table.patched,
        diverging: table.diverging,
        url: table
            .url
            .map(|url| http_address(url, "promise.url"))
            .transpose()?,
    })
}

/// An address that the page may link to.
pub fn http_address(url: String, key: &str) -> Result<String, Fault> {
    let is_http = url.starts_with("https://") || url.starts_with("http://");
    if is_http
        && !url.contains(|character: char| character.is_whitespace() || character.is_control())
    {
        Ok(url)
    } else {
        fault(
            format!("{key} “{url}” is no http(s) address"),
            "write a whole address",
        )
    }
}

/// A short text that is shown.
pub fn label(text: String, key: &str) -> Result<String, Fault> {
    if text.trim().is_empty() || text.chars().count() > limits::NAME_CHARACTERS {
        return fault(format!("{key} is empty or too long"), "write a short name");
    }
    Ok(text)
}

fn release_of(table: ReleaseTable, folder: &Path) -> Result<ReleaseSetting, Fault> {
    let id = table.id.clone();
    let in_release = |(what, remedy): Fault| (format!("release {id}: {what}"), remedy);
    let characters =
        |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    let is_id = !id.is_empty()
        && id.len() <= 64
        && id.chars().all(characters)
        && id.chars().any(|c| c.is_ascii_alphanumeric());
    if !is_id || RESERVED_IDS.contains(&id.as_str()) {
        let reserved = RESERVED_IDS.join(", ");
        return fault(
            format!("“{id}” cannot be the id of a release"),
            format!("use letters, digits, dots, dashes and underscores, and none of {reserved}"),
        );
    }
    let architectures = architectures_of(&table.architecture).map_err(in_release)?;
    let mut repositories = Vec::new();
    for (role, tables) in [
        (Role::Distribution, &table.distribution),
        (Role::Reference, &table.reference),
    ] {
        for repository in tables {
            let settings =
                repositories_of(repository, role, &architectures, folder).map_err(in_release)?;
            repositories.extend(settings);
        }
    }
    let origins = table.origin.into_iter().map(|origin| {
        let (role, repository) = origin.into_repository();
        (Role::Origin(role), repository)
    });
    let further = table.further.into_iter().map(|further| {
        let (role, repository) = further.into_repository();
        (Role::Further(role), repository)
    });
    for (role, repository) in origins.chain(further) {
        let settings =
            repositories_of(&repository, role, &architectures, folder).map_err(in_release)?;
        repositories.extend(settings);
    }
    check_coverage(&architectures, &repositories).map_err(in_release)?;
    let minor = |text: &str| -> Result<MinorRelease, Fault> {
        text.parse().map_err(|error| {
            in_release((
                format!("{error}"),
                "write major.minor, such as 9.6".to_owned(),
            ))
        })
    };
    let distribution_minor = minor(&table.distribution_minor)?;
    let reference_minor = minor(&table.reference_minor)?;
    let expected = table
        .expected
        .into_iter()
        .map(|expected| expected_of(expected, &architectures))
        .collect::<Result<_, _>>()
        .map_err(in_release)?;
    let autopatch = table
        .autopatch
        .into_iter()
        .map(|autopatch| autopatch_of(autopatch, folder))
        .collect::<Result<_, _>>()
        .map_err(in_release)?;
    Ok(ReleaseSetting {
        abi: table.abi,
        autopatch,
        distribution_minor,
        reference_minor,
        architectures,
        repositories,
        sources: table
            .sources
            .into_iter()
            .map(|sources| sources_of(sources, folder))
            .collect::<Result<_, _>>()
            .map_err(in_release)?,
        change_files: table
            .changes
            .into_iter()
            .map(|changes| folder.join(changes.file))
            .collect(),
        manifest: table
            .manifest
            .into_iter()
            .map(|manifest| ManifestSetting {
                folder: folder.join(manifest.folder),
                major: manifest.major.unwrap_or_else(|| id.clone()),
            })
            .collect(),
        statements: table
            .statements
            .into_iter()
            .map(|statements| StatementsSetting {
                file: folder.join(statements.file),
                who: statements.who,
                release: statements.release.unwrap_or_else(|| id.clone()),
            })
            .collect(),
        builds: table
            .builds
            .into_iter()
            .map(|builds| builds_of(builds, folder))
            .collect::<Result<_, _>>()
            .map_err(in_release)?,
        advisories: table
            .advisories
            .into_iter()
            .map(|advisories| advisories_of(advisories, &id, folder))
            .collect::<Result<_, _>>()
            .map_err(in_release)?,
        kernel_lists: table
            .kernel_lists
            .into_iter()
            .map(|lists| KernelListsSetting {
                reference: folder.join(lists.reference),
                distribution: folder.join(lists.distribution),
            })
            .collect(),
        tool_report_folders: table
            .tool_reports
            .into_iter()
            .map(|reports| folder.join(reports.folder))
            .collect(),
        expected,
        id,
    })
}

/// Pages of builds that are read unless the configuration says how many; the build system puts ten on each.
const BUILD_PAGES: u32 = 10;
const BUILD_PAGES_MAX: u32 = 1_000;
/// Single builds that are asked for, one request each.
const BUILD_IDS_MAX: usize = 1_000;

fn builds_of(table: BuildsTable, folder: &Path) -> Result<BuildsSetting, Fault> {
    let is_address = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    let is_page = |page: &String| is_address(page) && page.contains("{id}");
    if let Some(page) = table.page.as_ref().filter(|page| !is_page(page)) {
        return fault(
            format!("“{page}” is no address of a build’s page"),
            "write an http(s) address with {id} for the number of the build",
        );
    }
    let is_log = |logs: &String| is_address(logs) && logs.contains("{log}");
    if let Some(logs) = table.logs.as_ref().filter(|logs| !is_log(logs)) {
        return fault(
            format!("“{logs}” is no address of a log"),
            "write an http(s) address with {log} for the name of the file, and {id} for the number of the build",
        );
    }
    if let Some(ids) = table.ids.as_ref().filter(|ids| ids.len() > BUILD_IDS_MAX) {
        return fault(
            format!("an entry of builds names {} single builds", ids.len()),
            format!("name at most {BUILD_IDS_MAX}, or read pages"),
        );
    }
    let source = match (table.folder, table.address, table.pages, table.ids) {
        (Some(files), None, None, None) => BuildsSource::Folder(folder.join(files)),
        (None, Some(address), pages, ids) if is_http_address(&address) => BuildsSource::Service {
            address: address.trim_end_matches('/').to_owned(),
            pages: match (pages, &ids) {
                (None, Some(_)) => 0,
                (pages, _) => pages.unwrap_or(BUILD_PAGES).min(BUILD_PAGES_MAX),
            },
            ids: ids.into_iter().flatten().collect(),
        },
        _ => {
            return fault(
                "an entry of builds names neither a folder nor the http(s) address of a build system",
                "write folder = \"builds\", or address = \"https://build.almalinux.org/api/v1\" with pages = 20 or ids = [17812]",
            );
        }
    };
    Ok(BuildsSetting {
        source,
        platform: table.platform,
        page: table.page,
        logs: table.logs,
    })
}

fn expected_of(
    table: ExpectedTable,
    architectures: &[ArchitectureSetting],
) -> Result<ExpectedList, Fault> {
    Ok(ExpectedList {
        expectation: match table.presence {
            PresenceWord::Missing => Expectation::Missing,
            PresenceWord::Extra => Expectation::Extra,
        },
        packages: table.packages,
        architectures: chosen(&table.architectures, architectures)?
            .into_iter()
            .map(|architecture| architecture.name)
            .collect(),
        reason: label(table.reason, "the reason of an expectation")?,
    })
}
