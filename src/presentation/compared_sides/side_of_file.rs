//! What a package has of a file on one side, whose that is, and of which version.

use super::{ComparedSides, NamedSide};
use crate::presentation::changed_files::{texts_in_words, why_no_text};
use crate::presentation::diff_view::Side;
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::size;
use crate::report::{Digest, Package, SourceFile, SourceFileSide, SourceTextsRecord};

/// What a package has of a file on one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SideOfFile {
    /// Its text.
    Text(Digest),
    /// Nothing: the source of that side is at hand, and does not have the file.
    Absent,
    /// That is not known, or not published; in a sentence.
    NotAtHand(String),
}

impl ComparedSides {
    /// Sentences on texts that are of other versions than their reports compare. The sides are given by the report that each was
    /// found in, its package in there, and in words.
    pub fn version_remarks(
        &self,
        from: (&Digest, &Package, &str),
        to: (&Digest, &Package, &str),
    ) -> Vec<String> {
        let are_of_one_report = from.0 == to.0;
        let is_of_others =
            |package: &Package| package.texts.as_ref().is_some_and(|texts| !texts.current);
        if are_of_one_report {
            let package = Some(from.1).filter(|package| is_of_others(package));
            return package.and_then(texts_in_words).into_iter().collect();
        }
        let remarks = [(&self.from, from), (&self.to, to)];
        let remarks = remarks.map(|(named, (_, package, who))| named.version_remark(package, who));
        remarks.into_iter().flatten().collect()
    }
}

impl NamedSide {
    /// What a package has of a file on this side; `who` is the side in words. A file that is there is of whoever its text is of,
    /// which is mostly not the reference itself. Where the source has another layout than the path, the file is looked for there.
    pub fn of_file(&self, package: &Package, path: &str, who: &str) -> SideOfFile {
        let Some(texts) = &package.texts else {
            let sentence = format!("The source texts of {who} are not at hand.");
            return SideOfFile::NotAtHand(sentence);
        };
        match self.found(texts, path)[..] {
            [side] if side.published => SideOfFile::Text(side.digest.clone()),
            [side] => SideOfFile::NotAtHand(format!(
                "The file of {} is {}: it has {} and the SHA-256 {}.",
                self.label(package, who),
                why_no_text(side),
                size(side.bytes),
                side.digest
            )),
            [] if texts.complete => SideOfFile::Absent,
            [] => SideOfFile::NotAtHand(format!(
                "The report does not have every file of {who}, and not this one: it is not known whether it is there."
            )),
            _ => SideOfFile::NotAtHand(format!(
                "The files of {who} lie in other folders, and more than one has this name: it is not known which is meant."
            )),
        }
    }

    /// What the side has at a path: where its files lie in other folders than the path says, all that has the same name.
    fn found<'texts>(
        &self,
        texts: &'texts SourceTextsRecord,
        path: &str,
    ) -> Vec<&'texts SourceFileSide> {
        let side_of = |file: &'texts SourceFile| self.side_of(file);
        if let Some(known) = texts.files.iter().find(|file| file.path == path) {
            return side_of(known).into_iter().collect();
        }
        let has_folders = |path: &str| in_folder(path).is_some();
        let is_packed = texts.files.iter().any(|file| has_folders(&file.path));
        if is_packed == has_folders(path) {
            return Vec::new();
        }
        let name = in_folder(path).unwrap_or(path);
        let files = texts.files.iter();
        let same = files.filter(|file| in_folder(&file.path).unwrap_or(&file.path) == name);
        same.filter_map(side_of).collect()
    }

    fn side_of<'texts>(&self, file: &'texts SourceFile) -> Option<&'texts SourceFileSide> {
        match self.side {
            Side::Reference => file.reference.as_ref(),
            Side::Distribution => file.distribution.as_ref(),
        }
    }

    /// What the side is, such as `AlmaLinux a9 77be901 (AlmaLinux 9.6, 20 Nov 2026)`, without what is in brackets for a side of
    /// the page. A text of another version than the report compares is not that of its release and day: it has its own version in
    /// brackets, where that is recorded.
    pub fn label(&self, package: &Package, who: &str) -> String {
        let texts = package.texts.as_ref().filter(|_| self.release.is_some());
        let label = self.own_label(package, who);
        match texts {
            None => label,
            Some(texts) if !texts.current => match self.evr_of(texts) {
                Some(evr) => format!("{label} ({})", visible(evr)),
                None => label,
            },
            Some(_) if label == who => label,
            Some(_) if self.side == Side::Reference => format!("{label} (for {who})"),
            Some(_) => format!("{label} ({who})"),
        }
    }

    /// A sentence on a text that is of another version than the report compares.
    fn version_remark(&self, package: &Package, who: &str) -> Option<String> {
        let texts = package.texts.as_ref().filter(|texts| !texts.current)?;
        let label = self.own_label(package, who);
        Some(match self.evr_of(texts) {
            Some(evr) => format!(
                "The texts of {label} are those of {}, not of the version that the report of {who} compares: they prove nothing about that.",
                visible(evr)
            ),
            None => format!(
                "The texts of {label} are of no recorded version: they prove nothing about the version that the report of {who} compares."
            ),
        })
    }

    /// What the report calls the texts of the side.
    fn own_label(&self, package: &Package, who: &str) -> String {
        let texts = package.texts.as_ref();
        let label = texts.map_or("", |texts| match self.side {
            Side::Reference => &texts.reference_label,
            Side::Distribution => &texts.distribution_label,
        });
        match label.is_empty() {
            true => who.to_owned(),
            false => visible(label),
        }
    }

    fn evr_of<'texts>(&self, texts: &'texts SourceTextsRecord) -> Option<&'texts str> {
        match self.side {
            Side::Reference => texts.reference_evr.as_deref(),
            Side::Distribution => texts.distribution_evr.as_deref(),
        }
    }
}

/// The rest of a path in one of the folders where rpmbuild keeps the files of a source.
fn in_folder(path: &str) -> Option<&str> {
    let folders = ["SPECS/", "SOURCES/"];
    folders.iter().find_map(|folder| path.strip_prefix(folder))
}

#[cfg(test)]
mod tests;
