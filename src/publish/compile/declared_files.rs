//! The files that a branch of a git repository gives its source package: those that its specs declare.

mod certain_lines;
mod hidden_declarations;
mod macros;
#[cfg(test)]
mod tests;

use super::archive_lists::{Agreement, ArchiveLists, agreement};
use super::patches::{declarations, name_of};
use super::source_texts::{ReadFile, Side};
use certain_lines::CertainLines;
use hidden_declarations::may_hide_declarations;
use macros::Macros;
use std::collections::BTreeSet;

/// Macros that are looked up for one name, so that those that name each other come to an end.
const LOOK_UPS_MAX: u32 = 64;

/// The files that the specs of a branch declare.
pub(super) struct DeclaredFiles {
    /// The names of the sources, patches and icons.
    pub(super) names: BTreeSet<String>,
    /// Those of them that every build needs: declared in a preamble, and under no condition.
    certain: BTreeSet<String>,
    /// Whether these are all: each spec is a text, each name is known, and no macro may make a line that declares another.
    pub(super) are_all: bool,
}

/// Brings two branches of a package into one layout and leaves of them what belongs to its source: the specs, what they declare, and the lists of archives.
/// Where it is not known what they declare, all counts but what only a repository needs, which rpm never packs. Lists that differ
/// and yet name no other archive for any file of the source are taken out, too: they decide nothing.
///
/// Says whether every file of the source is there: archives stand beside a repository, and are in it by their digests, in
/// `sources`, as Fedora's dist-git has it, or in `.NAME.metadata`, as that of the rebuilds has it.
pub fn keep_source_files(sides: &mut [Side; 2], names: [&str; 2]) -> bool {
    bring_into_one_layout(sides, names);
    let lists = ArchiveLists::of(names);
    let declared = sides.each_ref().map(declared_files);
    let are_all = declared.iter().all(|files| files.are_all);
    let has_all = |(side, files): (&Side, &DeclaredFiles)| {
        let archives = lists.archives(side);
        let mut names = files.names.iter().map(String::as_str);
        names.all(|name| archives.contains_key(name) || source_file(side, name).is_some())
    };
    let has_each = are_all && sides.iter().zip(&declared).all(has_all);
    let agreement = agreement(sides, &lists, &declared);
    let is_declared = |path: &str| {
        let name = source_name(path);
        name.is_some_and(|name| declared.iter().any(|files| files.names.contains(name)))
    };
    for side in sides.iter_mut() {
        side.retain(|path, _| {
            is_spec(path)
                || lists.contains(path)
                || is_declared(path)
                || !(are_all || is_of_repository(path))
        });
    }
    if agreement != Agreement::Different {
        lists.leave_out_where_unlike(sides);
    }
    has_each && agreement != Agreement::NotComparable
}

/// Takes out of both sides' folders of a package what only a repository needs, as [`keep_source_files`] does of branches, and lists of
/// archives that name no other archive for any file of the source. What a spec declares counts in whatever folder it is, and all
/// counts where no spec stands where rpm has it.
///
/// Says whether the archives of both sides could be compared: by their bytes, or by digests of one algorithm.
pub fn leave_out_what_decides_nothing(sides: &mut [Side; 2], package: &str) -> bool {
    let lists = ArchiveLists::of([package; 2]);
    let declared = sides.each_ref().map(declared_files);
    let agreement = agreement(sides, &lists, &declared);
    let are_comparable = agreement != Agreement::NotComparable;
    if agreement != Agreement::Different {
        lists.leave_out_where_unlike(sides);
    }
    let has_spec = |side: &Side| side.keys().any(|path| is_spec(path));
    if !sides.iter().any(has_spec) {
        return are_comparable;
    }
    let is_declared = |name: &str| declared.iter().any(|files| files.names.contains(name));
    for side in sides {
        side.retain(|path, _| {
            let name = name_of(path);
            path.ends_with(".spec")
                || lists.contains(name)
                || is_declared(name)
                || !is_of_repository(path)
        });
    }
    are_comparable
}

/// Brings two sides of which only one has its files in `SPECS` and `SOURCES`, as a source package has them, into this one layout.
/// What only a repository needs, and its lists of archives, stay where they are.
pub fn bring_into_one_layout(sides: &mut [Side; 2], names: [&str; 2]) {
    let lists = ArchiveLists::of(names);
    let is_in_folders = |path: &String| path.starts_with("SPECS/") || path.starts_with("SOURCES/");
    let [reference, distribution] = sides.each_ref().map(|side| side.keys().any(is_in_folders));
    if reference == distribution {
        return;
    }
    for side in sides {
        let declared = declared_files(side).names;
        let own_place = |path: &str| {
            if path.contains('/') {
                None
            } else if path.ends_with(".spec") {
                Some(format!("SPECS/{path}"))
            } else if declared.contains(path) || !(lists.contains(path) || is_of_repository(path)) {
                Some(format!("SOURCES/{path}"))
            } else {
                None
            }
        };
        let is_free = |place: &String, file| side.get(place).is_none_or(|other| other == file);
        let brought = side.iter().map(|(path, file)| {
            let place = own_place(path).filter(|place| is_free(place, file));
            (place.unwrap_or_else(|| path.clone()), file.clone())
        });
        *side = brought.collect();
    }
}

/// The files that the specs of one side are certain to declare and that it has neither itself, in whatever folder, nor in a list of
/// archives.
pub fn lacking_files(side: &Side, package: &str) -> Vec<String> {
    let archives = ArchiveLists::of([package; 2]).archives_anywhere(side);
    let names: BTreeSet<&str> = side.keys().map(|path| name_of(path)).collect();
    let certain = declared_files(side).certain.into_iter();
    certain
        .filter(|name| !names.contains(name.as_str()) && !archives.contains_key(name))
        .collect()
}

/// A file of the source that a side has itself, with its path.
pub(super) fn source_file<'a>(side: &'a Side, name: &str) -> Option<(&'a String, &'a ReadFile)> {
    let in_folder = format!("SOURCES/{name}");
    side.get_key_value(name)
        .or_else(|| side.get_key_value(&in_folder))
}

/// The name of a file that stands where a source package takes its files from.
fn source_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix("SOURCES/").unwrap_or(path);
    (!name.contains('/')).then_some(name)
}

fn is_spec(path: &str) -> bool {
    let name = path.strip_prefix("SPECS/").unwrap_or(path);
    name.ends_with(".spec") && !name.contains('/')
}

/// Whether a file is for the repository's own use: by its name, or by a folder that is none of those which rpm packs files of.
fn is_of_repository(path: &str) -> bool {
    const NAMES: [&str; 5] = [
        "dead.package",
        "gating.yaml",
        "gating.yml",
        "package.cfg",
        "rpminspect.yaml",
    ];
    let name = name_of(path);
    let is_meant_for_tools =
        NAMES.contains(&path) || path.ends_with(".fmf") || path.ends_with(".rpmlintrc");
    is_hidden(path)
        || name.starts_with("README")
        || source_name(path).is_none()
        || is_meant_for_tools
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// What the specs of a side declare.
pub(super) fn declared_files(side: &Side) -> DeclaredFiles {
    let mut specs = side.iter().filter(|(path, _)| is_spec(path)).peekable();
    let mut declared = DeclaredFiles {
        names: BTreeSet::new(),
        certain: BTreeSet::new(),
        are_all: specs.peek().is_some(),
    };
    for (_, file) in specs {
        let Some(text) = &file.text else {
            declared.are_all = false;
            continue;
        };
        let spec = String::from_utf8_lossy(text);
        let mut macros = Macros::default();
        let mut certain_lines = CertainLines::default();
        for line in spec.lines() {
            let is_certain = certain_lines.has(line) && !macros.is_in_condition();
            for value in ["Source", "Patch", "Icon"]
                .into_iter()
                .flat_map(|tag| declarations(line, tag))
            {
                let mut look_ups = LOOK_UPS_MAX;
                match macros.expanded(value, &mut look_ups) {
                    Some(value) => {
                        let name = name_of(&value).to_owned();
                        if is_certain && !name.is_empty() {
                            declared.certain.insert(name.clone());
                        }
                        declared.names.insert(name);
                    }
                    None => declared.are_all = false,
                }
            }
            macros.take(line);
        }
        declared.are_all &= !may_hide_declarations(&spec);
    }
    declared
}
