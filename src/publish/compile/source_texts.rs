//! Reads the source texts of one package: both folders, every file digested, texts put into the published set.

use super::declared_files::{bring_into_one_layout, lacking_files, leave_out_what_decides_nothing};
use super::package_file::{PackageFile, read_package_file};
use super::rebuilt_spec::without_release_and_changelog;
use crate::analysis::{FileDifference, SourceTexts};
use crate::diff::{Hunk, Space, Text, line_hunks};
use crate::domain::Change;
use crate::publish::output::Staging;
use crate::publish::rpmautospec::are_one_spec;
use crate::publish::{Cause, Error};
use crate::report::{ChangedLineCounts, SourceFile, SourceFileSide, SourceTextsRecord, limits};
use sha2::Digest as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

/// What a package's folder of source texts holds.
pub struct PackageFolder {
    /// What the texts tell of the source; `None` where there are none.
    pub evidence: Option<SourceTexts>,
    /// The texts as they are published, whether they are current left open.
    pub record: Option<SourceTextsRecord>,
    /// The changes that are known of.
    pub changes: Vec<Change>,
    /// Both sides' files.
    pub files: SourceFiles,
}

/// Both sides' files, as they are at hand.
#[derive(Default)]
pub struct SourceFiles {
    /// The reference's.
    pub reference: BTreeMap<String, ReadFile>,
    /// The distribution's.
    pub distribution: BTreeMap<String, ReadFile>,
}

/// One file of one side.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// What is published of it.
    pub side: SourceFileSide,
    /// Its bytes; `None` where they are no text, or too many.
    pub text: Option<Vec<u8>>,
}

/// Bytes at the start of a file that tell whether it is binary, as git has it.
const BINARY_PROBE_BYTES: usize = 8_000;
const DEPTH_MAX: usize = 32;

/// The files of one side, by path.
pub type Side = BTreeMap<String, ReadFile>;

/// The names of the packages in a folder with one folder for each, sorted.
pub fn package_names(folder: &Path) -> Result<Vec<String>, Error> {
    let names = entries(folder)?;
    for name in &names {
        let package = folder.join(name);
        if !is_folder(&package)? {
            let cause = Cause::SourceText("this is no folder of a source package".to_owned());
            return Err(Error::at(package.display(), cause));
        }
    }
    Ok(names)
}

/// Reads the source texts of the package `name`. `parties` are the names of reference and distribution, which stand for the texts
/// where `package.toml` has no labels. A source that lacks what its spec declares is not complete, whatever is said of it.
pub fn read_package_folder(
    folder: &Path,
    name: &str,
    parties: (&str, &str),
    staging: &mut Staging,
    warnings: &mut Vec<String>,
) -> Result<PackageFolder, Error> {
    let own = folder.join("package.toml");
    let mut file = read_package_file(&own)?;
    let (before, after) = (folder.join("before"), folder.join("after"));
    match (before.exists(), after.exists()) {
        (false, false) if !own.exists() => Err(Error::configuration(
            folder.display(),
            "it has neither package.toml nor the folders before and after",
            "put them there, or take the folder out",
        )),
        (false, false) => Ok(PackageFolder {
            evidence: None,
            record: None,
            changes: file.change.into_iter().map(Change::from).collect(),
            files: SourceFiles::default(),
        }),
        (true, true) => {
            let place = folder.display().to_string();
            let mut sides = read_sides([&before, &after])?;
            bring_into_one_layout(&mut sides, [name; 2]);
            let lacking = sides.each_ref().map(|side| lacking_files(side, name));
            let are_comparable = leave_out_what_decides_nothing(&mut sides, name);
            add_texts(&sides, staging)?;
            if file.complete && !are_comparable {
                warnings.push(format!(
                    "{name}: package.toml says that the source is complete, and the sides have its archives by digests that cannot be \
                     compared: it does not count as complete."
                ));
            }
            let mut are_all_there = are_comparable;
            for (lacking, folder) in lacking.iter().zip(["before", "after"]) {
                if let (true, [first, others @ ..]) = (file.complete, &lacking[..]) {
                    let more = match others.len() {
                        0 => String::new(),
                        count => format!(" and {count} more"),
                    };
                    warnings.push(format!(
                        "{name}: package.toml says that the source is complete, and {folder} lacks {first}{more}, which its spec \
                         declares: it does not count as complete."
                    ));
                }
                are_all_there &= lacking.is_empty();
            }
            file.complete &= are_all_there;
            compose(file, sides, &place, parties)
        }
        (has_before, _) => {
            let lacking = if has_before { "after" } else { "before" };
            let cause = Cause::SourceText(format!(
                "the folder {lacking} is lacking, which a comparison needs"
            ));
            Err(Error::at(folder.display(), cause))
        }
    }
}

/// The files of both sides of one package, of the folders of the reference and of the distribution.
pub fn read_sides(folders: [&Path; 2]) -> Result<[Side; 2], Error> {
    let mut sides = [Side::new(), Side::new()];
    for (folder, side) in folders.into_iter().zip(&mut sides) {
        read_side(folder, "", 0, side)?;
    }
    Ok(sides)
}

/// Puts the texts of both sides into the published set.
pub fn add_texts(sides: &[Side; 2], staging: &mut Staging) -> Result<(), Error> {
    for file in sides.iter().flat_map(BTreeMap::values) {
        if let Some(text) = &file.text {
            staging.add_text(&file.side.digest, text)?;
        }
    }
    Ok(())
}

/// What both sides of one package tell, of which `file` says what they are; `place` is where they are, for errors.
pub fn compose(
    file: PackageFile,
    [reference, distribution]: [Side; 2],
    place: &str,
    parties: (&str, &str),
) -> Result<PackageFolder, Error> {
    let has_spec = |side: &Side| side.keys().any(|path| path.ends_with(".spec"));
    if file.complete && !(has_spec(&reference) && has_spec(&distribution)) {
        let cause = "it is said to be complete, and one of its sides has no spec file, which every source has";
        return Err(Error::at(place, Cause::SourceText(cause.to_owned())));
    }
    let evidence = SourceTexts {
        reference: file.reference.as_ref().map(|evr| evr.0.clone()),
        distribution: file.distribution.as_ref().map(|evr| evr.0.clone()),
        complete: file.complete,
        differing: differing(&reference, &distribution),
    };
    let record = record_of(&file, parties, &reference, &distribution);
    limits::within("source files", record.files.len(), limits::FILES)
        .map_err(|cause| Error::at(place, Cause::Limit(cause)))?;
    Ok(PackageFolder {
        evidence: Some(evidence),
        record: Some(record),
        changes: file.change.into_iter().map(Change::from).collect(),
        files: SourceFiles {
            reference,
            distribution,
        },
    })
}

fn record_of(
    file: &PackageFile,
    parties: (&str, &str),
    reference: &Side,
    distribution: &Side,
) -> SourceTextsRecord {
    let paths: BTreeSet<String> = reference
        .keys()
        .chain(distribution.keys())
        .cloned()
        .collect();
    let side_of = |side: &Side, path: &str| side.get(path).map(|file| file.side.clone());
    let label =
        |label: &Option<String>, party: &str| label.clone().unwrap_or_else(|| party.to_owned());
    SourceTextsRecord {
        reference_label: label(&file.reference_label, parties.0),
        distribution_label: label(&file.distribution_label, parties.1),
        reference_evr: file.reference.as_ref().map(|evr| evr.0.to_string()),
        distribution_evr: file.distribution.as_ref().map(|evr| evr.0.to_string()),
        complete: file.complete,
        current: false,
        files: paths
            .into_iter()
            .map(|path| SourceFile {
                reference: side_of(reference, &path),
                distribution: side_of(distribution, &path),
                lines: changed_lines(reference.get(&path), distribution.get(&path)),
                path,
            })
            .collect(),
    }
}

/// The files that are not the same on both sides. A spec into which rpmautospec wrote is the same as the one that it wrote into.
fn differing(reference: &Side, distribution: &Side) -> BTreeMap<String, FileDifference> {
    let are_specs =
        |path: &str, before: &ReadFile, after: &ReadFile, hold: fn(&[u8], &[u8]) -> bool| {
            let texts = before.text.as_ref().zip(after.text.as_ref());
            path.ends_with(".spec") && texts.is_some_and(|(before, after)| hold(before, after))
        };
    let are_rebuilt = |before: &[u8], after: &[u8]| {
        without_release_and_changelog(before) == without_release_and_changelog(after)
    };
    let paths = reference.keys().chain(distribution.keys());
    let difference_of = |path: &String| match (reference.get(path), distribution.get(path)) {
        (Some(before), Some(after)) if before == after => None,
        (Some(before), Some(after)) if are_specs(path, before, after, are_one_spec) => None,
        (Some(before), Some(after)) if are_specs(path, before, after, are_rebuilt) => {
            Some(FileDifference::Rebuild)
        }
        (Some(_), Some(_)) => Some(FileDifference::Content),
        (Some(_), None) => Some(FileDifference::DistributionLacks),
        (None, _) => Some(FileDifference::ReferenceLacks),
    };
    paths
        .filter_map(|path| Some((path.clone(), difference_of(path)?)))
        .collect()
}

/// How many lines of a file differ; `None` where the sides are equal or one of them is no text.
fn changed_lines(
    reference: Option<&ReadFile>,
    distribution: Option<&ReadFile>,
) -> Option<ChangedLineCounts> {
    if reference.map(|file| &file.side.digest) == distribution.map(|file| &file.side.digest) {
        return None;
    }
    let text = |file: Option<&ReadFile>| match file {
        Some(file) => file.text.clone().map(Text::new),
        None => Some(Text::default()),
    };
    let (before, after) = (text(reference)?, text(distribution)?);
    let hunks = line_hunks(&before, &after, Space::Exact);
    let count = |side: fn(&Hunk) -> &Range<usize>| {
        let lines: usize = hunks.iter().map(|hunk| side(hunk).len()).sum();
        u32::try_from(lines).unwrap_or(u32::MAX)
    };
    Some(ChangedLineCounts {
        added: count(|hunk| &hunk.after),
        removed: count(|hunk| &hunk.before),
    })
}

fn read_side(folder: &Path, prefix: &str, depth: usize, side: &mut Side) -> Result<(), Error> {
    let refused = |cause: &str| {
        Err(Error::at(
            folder.display(),
            Cause::SourceText(cause.to_owned()),
        ))
    };
    if depth == DEPTH_MAX {
        return refused("folders stand too deep in each other");
    }
    for name in entries(folder)? {
        let path = folder.join(&name);
        let relative = format!("{prefix}{name}");
        if is_folder(&path)? {
            read_side(&path, &format!("{relative}/"), depth + 1, side)?;
            continue;
        }
        if relative.chars().count() > limits::NAME_CHARACTERS {
            return refused("it holds a path that is too long");
        }
        let file = read_file(&path)?;
        side.insert(relative, file);
        if let Err(cause) = limits::within("source files", side.len(), limits::FILES) {
            return Err(Error::at(folder.display(), Cause::Limit(cause)));
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<ReadFile, Error> {
    let io = |error| Error::io(path, error);
    read_content(&mut File::open(path).map_err(io)?).map_err(io)
}

/// Reads a file to its end; of what is no text, or too long for one, nothing but digest and length is kept.
pub fn read_content(source: &mut dyn Read) -> io::Result<ReadFile> {
    let mut bytes = Vec::new();
    source
        .take(BINARY_PROBE_BYTES as u64)
        .read_to_end(&mut bytes)?;
    let is_binary = bytes.contains(&0);
    if !is_binary {
        let lacking = limits::TEXT_BYTES + 1 - bytes.len();
        source.take(lacking as u64).read_to_end(&mut bytes)?;
    }
    if is_binary || bytes.len() > limits::TEXT_BYTES {
        let mut hasher = sha2::Sha256::new();
        hasher.update(&bytes);
        let rest = io::copy(source, &mut Hashing(&mut hasher))?;
        let side = SourceFileSide {
            digest: crate::publish::output::digest_of_hash(&hasher.finalize()),
            bytes: bytes.len() as u64 + rest,
            published: false,
        };
        return Ok(ReadFile { side, text: None });
    }
    let side = SourceFileSide {
        digest: crate::publish::output::digest_of(&bytes),
        bytes: bytes.len() as u64,
        published: true,
    };
    Ok(ReadFile {
        side,
        text: Some(bytes),
    })
}

/// The names in a folder, sorted by their bytes.
fn entries(folder: &Path) -> Result<Vec<String>, Error> {
    let io = |error| Error::io(folder, error);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let name = entry
            .map_err(io)?
            .file_name()
            .into_string()
            .map_err(|name| {
                let cause =
                    Cause::SourceText("the name of this file is not written in UTF-8".to_owned());
                Error::at(folder.join(name).display(), cause)
            })?;
        if name.contains(char::is_control) {
            let cause =
                Cause::SourceText("the name of this file has a control character".to_owned());
            return Err(Error::at(folder.join(name).display(), cause));
        }
        names.push(name);
    }
    names.sort();
    Ok(names)
}

/// Whether it is a folder; anything but a folder or a file is refused, links too, which could lead anywhere.
fn is_folder(path: &Path) -> Result<bool, Error> {
    let kind = fs::symlink_metadata(path)
        .map_err(|error| Error::io(path, error))?
        .file_type();
    if kind.is_dir() || kind.is_file() {
        return Ok(kind.is_dir());
    }
    let what = if kind.is_symlink() {
        "a symbolic link"
    } else {
        "no regular file"
    };
    let cause = Cause::SourceText(format!("this is {what}, which is not followed"));
    Err(Error::at(path.display(), cause))
}

struct Hashing<'a>(&'a mut sha2::Sha256);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
