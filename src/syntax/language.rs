//! Which language a file is written in.

use super::build_log::BuildLogLexer;
use super::c::CLexer;
use super::painter::Painter;
use super::patch::{PatchLexer, begins_mail};
use super::shell::ShellLexer;
use super::spec::SpecLexer;
use super::yaml::YamlLexer;

/// A language that can be highlighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// None that is known.
    #[default]
    Plain,
    /// An RPM spec file.
    Spec,
    /// A unified diff, a mail around it included.
    Patch,
    /// A script of the POSIX shell or Bash.
    Shell,
    /// C or C++.
    C,
    /// YAML.
    Yaml,
    /// The log of a build.
    BuildLog,
}

/// What classes the lines of one text, in their order.
pub(super) trait Lexer {
    /// Paints one line, given without its end.
    fn line(&mut self, painter: &mut Painter<'_>);

    /// The line before was not seen to its end: whether what is open there goes on is not known, and it counts as closed.
    fn close(&mut self) {}
}

struct PlainLexer;

impl Lexer for PlainLexer {
    fn line(&mut self, _: &mut Painter<'_>) {}
}

impl Language {
    /// All languages; the position of each is its number in a message.
    pub const ALL: [Language; 7] = [
        Self::Plain,
        Self::Spec,
        Self::Patch,
        Self::Shell,
        Self::C,
        Self::Yaml,
        Self::BuildLog,
    ];

    /// The language of a file by its path, and by its first line where the path does not tell.
    pub fn of_file(path: &str, first_line: &[u8]) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "spec" => Self::Spec,
            "patch" | "diff" => Self::Patch,
            "sh" | "bash" | "ksh" => Self::Shell,
            "c" | "h" | "cc" | "hh" | "cpp" | "hpp" | "cxx" => Self::C,
            "yaml" | "yml" => Self::Yaml,
            "log" => Self::BuildLog,
            _ if is_shell(first_line) => Self::Shell,
            _ if first_line.starts_with(b"diff --git ") || begins_mail(first_line) => Self::Patch,
            _ => Self::Plain,
        }
    }

    pub(super) fn lexer(self) -> Box<dyn Lexer> {
        match self {
            Self::Plain => Box::new(PlainLexer),
            Self::Spec => Box::new(SpecLexer::default()),
            Self::Patch => Box::new(PatchLexer::default()),
            Self::Shell => Box::new(ShellLexer::default()),
            Self::C => Box::new(CLexer::default()),
            Self::Yaml => Box::new(YamlLexer::default()),
            Self::BuildLog => Box::new(BuildLogLexer),
        }
    }
}

/// `#!/bin/sh`, `#!/usr/bin/env bash`, also with options.
fn is_shell(first_line: &[u8]) -> bool {
    let Some(command) = first_line.strip_prefix(b"#!") else {
        return false;
    };
    let mut words = command.split(|byte| b" \t\r".contains(byte));
    words.any(|word| {
        let name = word.rsplit(|byte| *byte == b'/').next();
        matches!(
            name,
            Some(b"sh" | b"bash" | b"dash" | b"ksh" | b"zsh" | b"ash")
        )
    })
}
