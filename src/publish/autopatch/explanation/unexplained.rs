//! Lines that no change explains, and why not, in words.

use super::super::exact_lines::shown;
use crate::domain::ChangedLines;
use std::fmt;

/// Lines that no change explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    /// The lines.
    pub lines: ChangedLines,
    /// Why not.
    pub reason: UnexplainedReason,
}

/// Why no change explains some lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnexplainedReason {
    /// No action touches them; those named here might, for what they do is not known.
    NoAction(Vec<String>),
    /// Actions touch other lines of the same hunk.
    NoActionOnLine {
        /// The first line that none touches.
        line: String,
        /// The actions that might, for what they do is not known.
        opaque: Vec<String>,
    },
    /// The configuration would leave other text there.
    OtherText {
        /// The first line that it would leave.
        expected: String,
        /// The first line that stands there.
        found: String,
    },
    /// They differ in nothing but how lines end.
    LineEnds,
    /// A file that is no text differs.
    Binary,
    /// The configuration adds a file of that name, with other content.
    OtherContent,
    /// The text is too large for this, or differs in too many places.
    TooLarge,
}

impl fmt::Display for UnexplainedReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAction(opaque) if opaque.is_empty() => {
                formatter.write_str("no action of the configuration touches this")
            }
            Self::NoAction(opaque) => write!(
                formatter,
                "no action of the configuration is known to touch this; what {} does is not known",
                opaque.join(", ")
            ),
            Self::NoActionOnLine { line, opaque } if opaque.is_empty() => write!(
                formatter,
                "the configuration changes other lines here, and no action of it touches “{}”",
                shown(line)
            ),
            Self::NoActionOnLine { line, opaque } => write!(
                formatter,
                "the configuration changes other lines here, and no action of it is known to touch “{}”; what {} does is not known",
                shown(line),
                opaque.join(", ")
            ),
            Self::OtherText { expected, found } => write!(
                formatter,
                "the configuration comes to “{}” here, and “{}” stands here",
                shown(expected),
                shown(found)
            ),
            Self::LineEnds => formatter.write_str("nothing but the line ends differs"),
            Self::OtherContent => {
                formatter.write_str("the configuration adds a file of this name with other content")
            }
            Self::Binary => formatter.write_str("a file that is no text differs"),
            Self::TooLarge => formatter.write_str(
                "the text is too large, or differs too much, to be held against the configuration",
            ),
        }
    }
}
