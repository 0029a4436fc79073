//! What the configuration says of advisories.

use super::check::{Fault, fault};
use super::file::{AdvisoriesTable, AdvisorySideWord};
use super::model::{AdvisoriesSetting, DatesSetting};
use crate::publish::repository::{Location, without_credentials};
use crate::report::{AdvisoryFormatName, SideName, is_http_address};
use std::path::Path;

/// An input of the security clock of the release `id`; ecosystems are AlmaLinux's and Red Hat's unless it says others.
pub fn advisories_of(
    table: AdvisoriesTable,
    id: &str,
    folder: &Path,
) -> Result<AdvisoriesSetting, Fault> {
    let AdvisoriesTable {
        side,
        format,
        name,
        location,
        ecosystem,
        page,
        date_column,
        bulk_column,
    } = table;
    let in_input = |what: String| format!("the advisories “{name}”: {what}");
    let side = match side {
        AdvisorySideWord::Distribution => SideName::Distribution,
        AdvisorySideWord::Reference => SideName::Reference,
    };
    let parsed = Location::parse(&location, folder).or_else(|what| {
        fault(
            in_input(what),
            "write a file, a folder, or an address that starts with https:// or http://",
        )
    })?;
    let is_page = |page: &String| {
        is_http_address(page) && (page.contains("{id}") || page.contains("{id-with-dash}"))
    };
    if let Some(page) = page.as_ref().filter(|page| !is_page(page)) {
        return fault(
            in_input(format!("“{page}” is no address of an advisory’s page")),
            "write an http(s) address with {id}, or with {id-with-dash} where a dash stands for the colon",
        );
    }
    let is_table = format == AdvisoryFormatName::Dates;
    if !is_table && (date_column.is_some() || bulk_column.is_some()) {
        return fault(
            in_input("it names columns, and is no table of dates".to_owned()),
            "take date_column and bulk_column out, or write format = \"dates\"",
        );
    }
    let has_products = matches!(format, AdvisoryFormatName::Osv | AdvisoryFormatName::Csaf);
    if !has_products && ecosystem.is_some() {
        return fault(
            in_input("it names an ecosystem, which its format does not have".to_owned()),
            "take ecosystem out",
        );
    }
    let vendor = match side {
        SideName::Reference => "Red Hat:enterprise_linux",
        _ => "AlmaLinux",
    };
    Ok(AdvisoriesSetting {
        side,
        format,
        location: parsed,
        published_location: without_credentials(&location),
        ecosystem: ecosystem.unwrap_or_else(|| format!("{vendor}:{id}")),
        page,
        dates: DatesSetting {
            date_column: date_column.unwrap_or_else(|| "date".to_owned()),
            bulk_column,
            release: id.to_owned(),
        },
        name,
    })
}
