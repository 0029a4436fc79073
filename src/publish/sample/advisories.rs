//! Writes the advisories of one release at one snapshot: the distribution's as errata, the reference's as CSAF.

use super::definition::{AdvisoryTable, Definition, Moment, ReleaseTable};
use crate::domain::{Nvr, Timestamp};
use crate::publish::Error;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Which of the files of advisories there are: one without any is no input.
#[derive(Clone, Copy, Default)]
pub struct WrittenAdvisories {
    /// `advisories/errata.full.json`.
    pub own: bool,
    /// `advisories/reference/`.
    pub reference: bool,
}

/// Writes what there is of `advisories/errata.full.json` and `advisories/reference/` into the release's folder.
pub fn write_advisories(
    definition: &Definition,
    release: &ReleaseTable,
    folder: &Path,
    snapshot: Timestamp,
) -> Result<WrittenAdvisories, Error> {
    let own = || {
        let advisories = definition.advisories.iter();
        advisories.filter(|advisory| advisory.release == release.id)
    };
    let is_there = |day: Option<Moment>| day.filter(|day| day.0 <= snapshot);
    let folder = folder.join("advisories");
    let errata: Vec<Value> = own()
        .filter(|advisory| is_there(advisory.published).is_some())
        .map(|advisory| erratum(advisory, snapshot))
        .collect();
    let mut written = WrittenAdvisories {
        own: !errata.is_empty(),
        reference: false,
    };
    if written.own {
        let errata = json!({ "schema_version": "1.0", "data": errata });
        write(&folder.join("errata.full.json"), &errata)?;
    }
    let reference = folder.join("reference");
    for advisory in own().filter(|advisory| is_there(advisory.reference).is_some()) {
        let path = reference.join(format!("rhsa-{}.json", advisory.number.replace(':', "_")));
        write(&path, &csaf(advisory, release))?;
        written.reference = true;
    }
    Ok(written)
}

fn erratum(advisory: &AdvisoryTable, snapshot: Timestamp) -> Value {
    let issued = if advisory.copied {
        advisory.reference
    } else {
        advisory.published
    };
    let updated = advisory.updated.filter(|day| day.0 <= snapshot).or(issued);
    let seconds = |moment: Option<Moment>| moment.map(|moment| moment.0.unix_seconds());
    let packages = advisory.packages.iter().map(|(name, evr)| {
        let source = Nvr {
            name: name.clone(),
            version: evr.0.version.clone(),
            release: evr.0.release.clone(),
        };
        json!({
            "name": name,
            "epoch": evr.0.epoch.to_string(),
            "version": evr.0.version,
            "release": evr.0.release,
            "arch": "x86_64",
            "src": format!("{source}.src.rpm"),
        })
    });
    let references = advisory
        .cves
        .keys()
        .map(|cve| json!({ "id": cve, "type": "cve" }));
    json!({
        "id": format!("ALSA-{}", advisory.number),
        "issued_date": seconds(issued),
        "updated_date": seconds(updated),
        "severity": advisory.severity,
        "title": format!("{}: security update", advisory.severity),
        "type": "security",
        "packages": packages.collect::<Vec<_>>(),
        "references": references.collect::<Vec<_>>(),
    })
}

fn csaf(advisory: &AdvisoryTable, release: &ReleaseTable) -> Value {
    let fixed = advisory.packages.iter().map(|(name, evr)| {
        let (version, release) = (&evr.0.version, &evr.0.release);
        format!("P:{name}-{}:{version}-{release}.src", evr.0.epoch)
    });
    let fixed: Vec<String> = fixed.collect();
    let vulnerabilities = advisory.cves.iter().map(|(cve, disclosed)| {
        json!({
            "cve": cve,
            "release_date": disclosed.0.to_string(),
            "product_status": { "fixed": fixed },
        })
    });
    let product = format!("cpe:/a:redhat:enterprise_linux:{}::appstream", release.id);
    json!({
        "document": {
            "aggregate_severity": { "text": advisory.severity },
            "tracking": {
                "id": format!("RHSA-{}", advisory.number),
                "initial_release_date": advisory.reference.map(|day| day.0.to_string()),
            },
        },
        "product_tree": { "branches": [{ "product": {
            "product_id": "P",
            "product_identification_helper": { "cpe": product },
        } }] },
        "vulnerabilities": vulnerabilities.collect::<Vec<_>>(),
    })
}

fn write(path: &Path, document: &Value) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
    }
    fs::write(path, format!("{document:#}\n")).map_err(|error| Error::io(path, error))
}
