//! The documents of an input of advisories that is a folder.

use crate::publish::{Cause, Error};
use crate::report::{AdvisoryFormatName, limits};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// How deep folders may lie in the folder that is named: a clone of AlmaLinux's OSV database has two levels, Red Hat's CSAF one.
const DEPTH_MAX: usize = 8;
const FOLDERS_MAX: usize = 4096;

/// The files of a folder that hold what the format says, sorted; at least one.
pub fn documents(folder: &Path, format: AdvisoryFormatName) -> Result<Vec<PathBuf>, Error> {
    match format {
        AdvisoryFormatName::Updateinfo => Ok(vec![updateinfo_file(folder)?]),
        AdvisoryFormatName::Dates => {
            let cause = "a table of dates is one file, and this is a folder".to_owned();
            Err(Error::at(folder.display(), Cause::Advisories(cause)))
        }
        AdvisoryFormatName::Errata | AdvisoryFormatName::Osv | AdvisoryFormatName::Csaf => {
            let files = files_below(folder, |name| name.ends_with(".json"))?;
            if files.is_empty() {
                let cause = "the folder has no JSON document".to_owned();
                return Err(Error::at(folder.display(), Cause::Advisories(cause)));
            }
            Ok(files)
        }
    }
}

/// The one updateinfo of a folder or, where it has none, of its repodata.
fn updateinfo_file(folder: &Path) -> Result<PathBuf, Error> {
    // createrepo_c puts the digest before the name.
    let is_updateinfo = |name: &str| {
        let endings = ["", ".gz", ".xz", ".zst"];
        let mut names = endings
            .map(|ending| format!("updateinfo.xml{ending}"))
            .into_iter();
        names.any(|known| {
            name.strip_suffix(&known)
                .is_some_and(|digest| digest.is_empty() || digest.ends_with('-'))
        })
    };
    let mut found = entries(folder)?.files;
    found.retain(|(name, _)| is_updateinfo(name));
    let repodata = folder.join("repodata");
    if found.is_empty() && repodata.is_dir() {
        found = entries(&repodata)?.files;
        found.retain(|(name, _)| is_updateinfo(name));
    }
    match <[_; 1]>::try_from(found) {
        Ok([(_, file)]) => Ok(file),
        Err(found) => {
            let cause = Cause::NotOneUpdateinfo { found: found.len() };
            Err(Error::at(folder.display(), cause))
        }
    }
}

/// The files of a folder and of those in it whose names are wanted, sorted. Hidden folders, such as that of git, are passed over; one
/// that links lead to several times counts once.
fn files_below(folder: &Path, is_wanted: fn(&str) -> bool) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    let mut left = vec![(folder.to_owned(), 0)];
    while let Some((at, depth)) = left.pop() {
        let place = fs::canonicalize(&at).map_err(|error| Error::io(&at, error))?;
        if !known.insert(place) {
            continue;
        }
        let refused = |what: String| Err(Error::at(at.display(), Cause::Advisories(what)));
        if depth > DEPTH_MAX {
            return refused(format!(
                "folders lie more than {DEPTH_MAX} levels deep here"
            ));
        }
        if known.len() > FOLDERS_MAX {
            return refused(format!("there are more than {FOLDERS_MAX} folders"));
        }
        let Entries { files, folders } = entries(&at)?;
        let files = files.into_iter().filter(|(name, _)| is_wanted(name));
        found.extend(files.map(|(_, file)| file));
        limits::within("documents", found.len(), limits::ADVISORIES * 4)
            .map_err(|cause| Error::at(folder.display(), Cause::Limit(cause)))?;
        let folders = folders
            .into_iter()
            .filter(|(name, _)| !name.starts_with('.'));
        left.extend(folders.map(|(_, path)| (path, depth + 1)));
    }
    found.sort();
    Ok(found)
}

/// What a folder holds, each with its name.
struct Entries {
    files: Vec<(String, PathBuf)>,
    folders: Vec<(String, PathBuf)>,
}

fn entries(folder: &Path) -> Result<Entries, Error> {
    let io = |error| Error::io(folder, error);
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let kind = match path.is_dir() {
            true => &mut folders,
            false => &mut files,
        };
        kind.push((name, path));
    }
    Ok(Entries { files, folders })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes empty files, and gives the documents that are found, without the folder before them, or what is refused.
    fn check(format: AdvisoryFormatName, files: &[&str], expected: Result<&[&str], &str>) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        match (documents(folder.path(), format), expected) {
            (Ok(found), Ok(expected)) => {
                let found = found.iter();
                let found: Vec<_> = found
                    .map(|file| file.strip_prefix(folder.path()).unwrap().to_str().unwrap())
                    .collect();
                assert_eq!(found, expected);
            }
            (Err(error), Err(expected)) => {
                assert!(error.to_string().contains(expected), "{error}");
            }
            (found, _) => panic!("{files:?} gave {found:?}"),
        }
    }

    #[test]
    fn documents_are_found_in_folders_of_folders() {
        let check = |files: &[&str], expected| check(AdvisoryFormatName::Osv, files, expected);
        check(
            &[
                "b/almalinux9/2.json",
                "b/almalinux9/1.json",
                "3.json",
                "README.md",
                ".git/4.json",
            ],
            Ok(&["3.json", "b/almalinux9/1.json", "b/almalinux9/2.json"]),
        );
        check(
            &["README.md", ".git/4.json"],
            Err("the folder has no JSON document"),
        );
        check(
            &["1/2/3/4/5/6/7/8/9/a.json"],
            Err("more than 8 levels deep"),
        );
    }

    #[test]
    fn folders_that_links_lead_to_count_once() {
        let folder = tempfile::tempdir().unwrap();
        let year = folder.path().join("2026");
        fs::create_dir(&year).unwrap();
        fs::write(year.join("1.json"), "").unwrap();
        std::os::unix::fs::symlink(folder.path(), year.join("loop")).unwrap();
        std::os::unix::fs::symlink(&year, folder.path().join("newest")).unwrap();
        let found = documents(folder.path(), AdvisoryFormatName::Csaf).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn a_folder_of_updateinfo_has_exactly_one() {
        let check =
            |files: &[&str], expected| check(AdvisoryFormatName::Updateinfo, files, expected);
        check(&["updateinfo.xml"], Ok(&["updateinfo.xml"]));
        check(
            &[
                "repodata/ab-updateinfo.xml.gz",
                "repodata/ab-updateinfo.xml.zck",
                "Packages/a.rpm",
            ],
            Ok(&["repodata/ab-updateinfo.xml.gz"]),
        );
        check(
            &["primary.xml", "myupdateinfo.xml"],
            Err("the folder has no updateinfo.xml"),
        );
        check(
            &["ab-updateinfo.xml.gz", "updateinfo.xml"],
            Err("the folder has 2 files of updateinfo"),
        );
        check(&["a/updateinfo.xml"], Err("name the file itself"));
    }

    #[test]
    fn a_table_of_dates_is_no_folder() {
        check(
            AdvisoryFormatName::Dates,
            &["dates.csv"],
            Err("a table of dates is one file"),
        );
    }
}
