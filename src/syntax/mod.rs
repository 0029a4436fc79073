//! Classes of a text's pieces, for colours: small lexers by line, with a state carried from each line to the next.
//!
//! Everything here is total and linear: any bytes can be highlighted, and what is not understood is plain. A lexer only
//! breaks beside ASCII characters, so no class begins or ends within a character.

mod build_log;
mod c;
mod highlighting;
mod language;
mod painter;
mod patch;
mod shell;
mod spec;
#[cfg(test)]
mod tests;
mod yaml;

pub use highlighting::{HIGHLIGHTED_BYTES_MAX, Highlighting, Span, highlight};
pub use language::Language;

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SyntaxClass {
    /// Nothing that is told apart.
    #[default]
    Plain,
    /// A comment.
    Comment,
    /// A word of the language.
    Keyword,
    /// A literal text, or a document within a script.
    Literal,
    /// A number.
    Number,
    /// A macro or variable that stands for something else.
    Macro,
    /// Where a section begins, or an instruction to a preprocessor.
    Section,
    /// The name of what follows: a tag, a key, a field of a header.
    Name,
    /// A line that a patch adds.
    Added,
    /// A line that a patch removes.
    Removed,
    /// Where in a file a patch applies, and which file.
    Place,
    /// What a build says of a failure.
    Error,
    /// What a build warns of.
    Warning,
}

impl SyntaxClass {
    /// All classes; the position of each is its number in a message.
    pub const ALL: [SyntaxClass; 13] = [
        Self::Plain,
        Self::Comment,
        Self::Keyword,
        Self::Literal,
        Self::Number,
        Self::Macro,
        Self::Section,
        Self::Name,
        Self::Added,
        Self::Removed,
        Self::Place,
        Self::Error,
        Self::Warning,
    ];

    /// Its name in style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Comment => "comment",
            Self::Keyword => "keyword",
            Self::Literal => "literal",
            Self::Number => "number",
            Self::Macro => "macro",
            Self::Section => "section",
            Self::Name => "name",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Place => "place",
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
