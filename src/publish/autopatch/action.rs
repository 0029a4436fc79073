//! The actions of a configuration: what each entry does to which file.

use crate::analysis::ActionKind;

/// One entry of an action, with the line of the configuration that it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionEntry {
    /// The line of its action in the configuration, from 1.
    pub line: u64,
    /// What it does.
    pub action: Action,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Replaces text.
    Replace {
        /// In which files.
        target: Target,
        /// What is looked for.
        find: Pattern,
        /// What comes in its place.
        replace: String,
        /// How often; `None` everywhere.
        count: Option<u64>,
    },
    /// Deletes lines or blocks of lines.
    DeleteLine {
        /// In which file.
        target: Target,
        /// The blocks.
        blocks: Vec<String>,
    },
    /// Adds lines to a section of the spec.
    AddLine {
        /// The section without its percent sign; `global` is the preamble.
        section: String,
        /// The subpackage whose section it is; the main package's where absent.
        subpackage: Option<String>,
        /// Whether they come to its end.
        at_bottom: bool,
        /// The lines.
        content: String,
    },
    /// Adds a patch or a source file.
    AddFile {
        /// Which of the two.
        kind: AddedFileKind,
        /// The file's name.
        name: String,
        /// Its number in the spec; `None` is the next that is free.
        number: Option<u32>,
        /// Whether the spec names it; otherwise only the file comes.
        modifies_spec: bool,
    },
    /// Deletes a file.
    DeleteFile {
        /// Its name.
        name: String,
    },
    /// Runs a script, of which nothing else is known here.
    RunScript {
        /// Its name.
        script: String,
    },
    /// Appends to the release.
    ModifyRelease {
        /// What is appended.
        suffix: String,
        /// Whether the number at its end counts the rebuilds of one version.
        counts_up: bool,
    },
    /// Adds an entry to the changelog.
    ChangelogEntry {
        /// Who signs it.
        name: String,
        /// With which address.
        email: String,
        /// What it says.
        lines: Vec<String>,
    },
    /// An action that this program does not know.
    Unknown {
        /// What it is called.
        name: String,
    },
}

/// The files that an action edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The spec.
    Spec,
    /// The files of these names, with `*` and `?`.
    Files(String),
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// These very words.
    Literal(String),
    /// A regular expression, by Python's rules.
    Expression(String),
}

/// What kind of file is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddedFileKind {
    /// A patch.
    Patch,
    /// Any other source.
    Source,
}

impl Action {
    /// Whether what it does can be seen in the files of a package: of the rest it is not known.
    pub fn shows_in_files(&self) -> bool {
        !matches!(self, Self::RunScript { .. } | Self::Unknown { .. })
    }

    /// Its kind.
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::Replace { .. } => ActionKind::Replace,
            Self::DeleteLine { .. } => ActionKind::DeleteLine,
            Self::AddLine { .. } => ActionKind::AddLine,
            Self::AddFile {
                kind: AddedFileKind::Patch,
                ..
            } => ActionKind::AddPatch,
            Self::AddFile { .. } => ActionKind::AddSource,
            Self::DeleteFile { .. } => ActionKind::DeleteFile,
            Self::RunScript { .. } => ActionKind::RunScript,
            Self::ModifyRelease { .. } => ActionKind::ModifyRelease,
            Self::ChangelogEntry { .. } => ActionKind::ChangelogEntry,
            Self::Unknown { .. } => ActionKind::Unknown,
        }
    }
}

impl Pattern {
    /// What is looked for, as it is written.
    pub fn text(&self) -> &str {
        match self {
            Self::Literal(text) | Self::Expression(text) => text,
        }
    }
}
