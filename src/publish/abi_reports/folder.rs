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
/// read where it is no architecture at all. So is a report that is none, which is left out.
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
        let mut found = reports_in(&path)?;
        for architecture in Architecture::ALL {
            let of_architecture = reports_in(&path.join(architecture.name()))?;
            found.extend(of_architecture.into_iter().map(|report| {
                report.map(|report| ToolReport {
                    architecture: Some(architecture.name().to_owned()),
                    ..report
                })
            }));
        }
        if found.is_empty() {
            return Err(refused(
                &path,
                "it holds neither abipkgdiff.txt nor rpminspect.json",
            ));
        }
        let mut of_package = Vec::new();
        for report in found {
            match report {
                Ok(report) => of_package.push(report),
                Err(Error { place, cause }) => warnings.push(format!(
                    "{name}: {place}: {cause}, so that the report is left out: {}.",
                    cause.remedy()
                )),
            }
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

/// The reports in a folder, each with what is wrong where it is none.
fn reports_in(folder: &Path) -> Result<Vec<Result<ToolReport, Error>>, Error> {
    let reports = [
        abipkgdiff_in(folder),
        rpminspect_in(&folder.join("rpminspect.json")),
    ];
    let found = reports.into_iter().filter_map(Result::transpose);
    found
        .map(|report| match report {
            Err(error) if error.is_of_this_machine() => Err(error),
            report => Ok(report),
        })
        .collect()
}

/// The report of abipkgdiff. Without its exit status, where that was kept and cannot be read, the text could tell too little.
fn abipkgdiff_in(folder: &Path) -> Result<Option<ToolReport>, Error> {
    let Some(text) = text_of(&folder.join("abipkgdiff.txt"))? else {
        return Ok(None);
    };
    let path = folder.join("abipkgdiff.status");
    let exit_status = text_of(&path)?
        .map(|status| status.trim().parse())
        .transpose()
        .map_err(|_| refused(&path, "this is no exit status, a number from 0 to 255"))?;
    Ok(Some(abipkgdiff_report(&text, exit_status)))
}

fn rpminspect_in(path: &Path) -> Result<Option<ToolReport>, Error> {
    let report = text_of(path)?.map(|text| rpminspect_report(&text));
    report.transpose().map_err(|cause| refused(path, cause))
}
