//! What the configuration says of repositories on other machines: mirrors, and certificates.

use super::check::{Fault, fault};
use super::file::{ClientTable, RepositoryTable};
use crate::domain::Architecture;
use crate::publish::fetch::{ClientFiles, address_prefix};
use crate::publish::repository::{Location, without_credentials};
use std::path::Path;

/// The certificates of a `[[client]]`, whose paths are relative to `folder`.
pub fn client_of(table: ClientTable, folder: &Path) -> Result<ClientFiles, Fault> {
    let prefix = address_prefix(&table.prefix).map_err(|what| {
        (
            format!("the prefix of a [[client]]: {what}"),
            "write the beginning of the addresses, such as https://cdn.redhat.com/".to_owned(),
        )
    })?;
    if table.client_certificate.is_some() != table.client_key.is_some() {
        return fault(
            format!("the [[client]] of {prefix} has one of client_certificate and client_key"),
            "name both; they may be one file",
        );
    }
    let file = |path: Option<String>| path.map(|path| folder.join(path));
    Ok(ClientFiles {
        certificate: file(table.client_certificate),
        key: file(table.client_key),
        authority: file(table.ca_certificate),
        prefix,
    })
}

/// The mirrors of a repository that is at an address.
pub fn mirrors_of(
    table: &RepositoryTable,
    location: &Location,
    read_as: Architecture,
) -> Result<Vec<Location>, Fault> {
    let name = &table.name;
    if matches!(location, Location::Path(_)) && !table.mirrors.is_empty() {
        return fault(
            format!("{name} is a folder of this machine, and has mirrors"),
            "take the mirrors out, or name an address as the location",
        );
    }
    let mirrors = table.mirrors.iter().map(|text| {
        match Location::parse(&text.replace("$arch", read_as.name()), Path::new("")) {
            Ok(mirror @ Location::Address(_)) => Ok(mirror),
            _ => fault(
                format!(
                    "a mirror of {name}, “{}”, is no http(s) address",
                    without_credentials(text)
                ),
                "write a whole address",
            ),
        }
    });
    mirrors.collect()
}
