//! What the configuration says of architectures and of the repositories that are read for them.

use super::check::{Fault, fault, label};
use super::file::{ArchitectureTable, RepositoryTable};
use super::model::{ArchitectureSetting, FurtherRole, RepositorySetting, Role};
use super::remote::mirrors_of;
use crate::domain::Architecture;
use crate::publish::repository::{Location, without_credentials};
use crate::report::limits;
use std::path::Path;

/// The architectures, each with the reference's that it is compared with.
pub fn architectures_of(tables: &[ArchitectureTable]) -> Result<Vec<ArchitectureSetting>, Fault> {
    if tables.is_empty() {
        return fault("there is no [[release.architecture]]", "add one");
    }
    if let Err(what) = limits::within("architectures", tables.len(), limits::ARCHITECTURES) {
        return fault(what, "compare fewer");
    }
    let mut settings: Vec<ArchitectureSetting> = Vec::new();
    for table in tables {
        let name = machine(&table.name)?;
        let compared_with = match table.compared_with.as_deref() {
            None => Some(name),
            Some("none") => None,
            Some(other) => Some(machine(other)?),
        };
        if settings.iter().any(|setting| setting.name == name) {
            return fault(
                format!("architecture {name} is there twice"),
                "take one of the two out",
            );
        }
        settings.push(ArchitectureSetting {
            name,
            compared_with,
        });
    }
    Ok(settings)
}

/// An architecture that names a machine.
fn machine(name: &str) -> Result<Architecture, Fault> {
    match name.parse() {
        Ok(architecture) if !matches!(architecture, Architecture::Noarch | Architecture::Src) => {
            Ok(architecture)
        }
        _ => {
            let known: Vec<&str> = Architecture::ALL
                .into_iter()
                .filter(|architecture| {
                    !matches!(architecture, Architecture::Noarch | Architecture::Src)
                })
                .map(Architecture::name)
                .collect();
            fault(
                format!("“{name}” is no known architecture"),
                format!("write one of {}", known.join(", ")),
            )
        }
    }
}

/// The architectures of these names; all where none is named.
pub fn chosen(
    names: &Option<Vec<String>>,
    architectures: &[ArchitectureSetting],
) -> Result<Vec<ArchitectureSetting>, Fault> {
    let Some(names) = names else {
        return Ok(architectures.to_vec());
    };
    names
        .iter()
        .map(|name| {
            let architecture = machine(name)?;
            match architectures
                .iter()
                .find(|setting| setting.name == architecture)
            {
                Some(&setting) => Ok(setting),
                None => fault(
                    format!("{name} is none of its architectures"),
                    "add a [[release.architecture]] for it, or take it out",
                ),
            }
        })
        .collect()
}

/// A repository, one setting for each architecture that it is read for.
pub fn repositories_of(
    table: &RepositoryTable,
    role: Role,
    architectures: &[ArchitectureSetting],
    folder: &Path,
) -> Result<Vec<RepositorySetting>, Fault> {
    let name = label(table.name.clone(), "the name of a repository")?;
    let mut settings = Vec::new();
    for architecture in chosen(&table.architectures, architectures)? {
        let read_as = match role {
            Role::Distribution => architecture.name,
            Role::Reference => match architecture.compared_with {
                Some(reference) => reference,
                None => continue,
            },
            // Sources come from where the reference's come from, whose architectures it has, as EPEL has them.
            Role::Origin(_) | Role::Further(FurtherRole::Epel) => {
                architecture.compared_with.unwrap_or(architecture.name)
            }
            Role::Further(_) => architecture.name,
        };
        let text = table.location.replace("$arch", read_as.name());
        let location = Location::parse(&text, folder).map_err(|what| {
            (
                format!("the location of {name}: {what}"),
                "write a folder, or an address that starts with https://, http:// or file://"
                    .to_owned(),
            )
        })?;
        settings.push(RepositorySetting {
            role,
            name: name.clone(),
            architecture: architecture.name,
            read_as,
            mirrors: mirrors_of(table, &location, read_as)?,
            location,
            published_location: without_credentials(&text),
            complete: table.complete,
            records_epochs: table.records_epochs,
            excluded: table.exclude.iter().cloned().collect(),
        });
    }
    Ok(settings)
}

/// Each architecture needs a repository of the distribution, and one of the reference where that has the architecture.
pub fn check_coverage(
    architectures: &[ArchitectureSetting],
    repositories: &[RepositorySetting],
) -> Result<(), Fault> {
    for architecture in architectures {
        let name = architecture.name;
        let of = |role| {
            let is_own = move |repository: &&RepositorySetting| {
                repository.role == role && repository.architecture == name
            };
            repositories.iter().filter(is_own)
        };
        if of(Role::Distribution).next().is_none() {
            return fault(
                format!("the distribution has no repository for {name}"),
                "add a [[release.distribution]], or take the architecture out",
            );
        }
        if architecture.compared_with.is_some() && of(Role::Reference).next().is_none() {
            return fault(
                format!("the reference has no repository for {name}"),
                "add a [[release.reference]], or write compared_with = \"none\"",
            );
        }
    }
    Ok(())
}
