//! Reads a folder of reports, one folder per source package: `NAME/abipkgdiff.txt`, its exit status in
//! `NAME/abipkgdiff.status`, and `NAME/rpminspect.json`; the same in `NAME/ARCHITECTURE/` for one architecture.

use super::abipkgdiff::abipkgdiff_report;
use super::report_file::{refused, text_of};
use super::rpminspect::rpminspect_report;
use crate::domain::Architecture;
use crate::publish::Error;
use crate::report::ToolReport;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The reports of a folder, by source package. Folders of what is no architecture of the release are told: their reports are not
/// read where it is no architecture at all.
pub fn read_tool_reports(
    folder: &Path,
    architectures: &[Architecture],
    warnings: &mut Vec<String>,
) -> Result<BTreeMap<String, Vec<ToolReport>>, Error> {
    let io = |error| Error::io(folder, error);
    let mut reports = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(name) = name.filter(|_| path.is_dir()) else {
            return Err(refused(&path, "this is no folder of a source package"));
        };
        let mut of_package = reports_in(&path)?;
        for architecture in Architecture::ALL {
            let of_architecture = reports_in(&path.join(architecture.name()))?;
            of_package.extend(of_architecture.into_iter().map(|report| ToolReport {
                architecture: Some(architecture.name().to_owned()),
                ..report
            }));
        }
        if of_package.is_empty() {
            return Err(refused(
                &path,
                "it holds neither abipkgdiff.txt nor rpminspect.json",
            ));
        }
        warnings.extend(misnamed(&path, name, architectures)?);
        reports.insert(name.to_owned(), of_package);
    }
    Ok(reports)
}

/// What is doubtful of the names of the folders in that of a package.
fn misnamed(
    folder: &Path,
    package: &str,
    architectures: &[Architecture],
) -> Result<Vec<String>, Error> {
    let io = |error| Error::io(folder, error);
    let mut warnings = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if !path.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let what = match name.parse::<Architecture>() {
            Ok(named) if is_of_release(named, architectures) => continue,
            Ok(_) => "is of an architecture that the release does not have",
            Err(_) => "is named for no architecture, so that no report in it is read",
        };
        let known: Vec<&str> = architectures.iter().map(|known| known.name()).collect();
        warnings.push(format!(
            "{package}: {} {what}: rename it to one of {}, or take it out.",
            path.display(),
            known.join(", ")
        ));
    }
    warnings.sort();
    Ok(warnings)
}

/// Whether packages of an architecture are in a release for these: its own, those that run on all, and those beside its own.
fn is_of_release(named: Architecture, architectures: &[Architecture]) -> bool {
    let mut architectures = architectures.iter();
    architectures.any(|own| own.runs(named) || own.multilib() == Some(named))
}

fn reports_in(folder: &Path) -> Result<Vec<ToolReport>, Error> {
    let mut reports = Vec::new();
    if let Some(text) = text_of(&folder.join("abipkgdiff.txt"))? {
        let path = folder.join("abipkgdiff.status");
        let exit_status = text_of(&path)?
            .map(|status| status.trim().parse())
            .transpose()
            .map_err(|_| refused(&path, "this is no exit status, a number from 0 to 255"))?;
        reports.push(abipkgdiff_report(&text, exit_status));
    }
    let path = folder.join("rpminspect.json");
    if let Some(text) = text_of(&path)? {
        reports.push(rpminspect_report(&text).map_err(|cause| refused(&path, cause))?);
    }
    Ok(reports)
}
