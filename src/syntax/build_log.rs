//! Logs of builds: failures, warnings, the commands that ran and the stages of rpmbuild.

use super::SyntaxClass;
use super::language::Lexer;
use super::painter::{Painter, is_word};

/// Each line of a log stands for itself.
pub(super) struct BuildLogLexer;

/// What a line says, in lower case, a space before what is a word for itself, and what that makes of it; the first that fits counts.
const TELLING: [(&str, SyntaxClass); 9] = [
    ("error:", SyntaxClass::Error),
    (" error ", SyntaxClass::Error),
    ("fatal:", SyntaxClass::Error),
    (" failed", SyntaxClass::Error),
    (" bad exit status", SyntaxClass::Error),
    (" undefined reference", SyntaxClass::Error),
    ("*** ", SyntaxClass::Error),
    ("warning:", SyntaxClass::Warning),
    (" deprecated", SyntaxClass::Warning),
];

impl Lexer for BuildLogLexer {
    fn line(&mut self, painter: &mut Painter<'_>) {
        let line = painter.ahead();
        if line.starts_with(b"+ ") || line.starts_with(b"++ ") {
            return painter.rest(SyntaxClass::Keyword);
        }
        if line.starts_with(b"Executing(") || line.starts_with(b"Processing files:") {
            return painter.rest(SyntaxClass::Section);
        }
        let lower = line.to_ascii_lowercase();
        let says = |what: &str| match what.strip_prefix(' ') {
            Some(word) => places(&lower, word).any(|at| is_said(&lower, at)),
            None => places(&lower, what).next().is_some(),
        };
        let telling = TELLING.iter().find(|(what, _)| says(what));
        if let Some((_, class)) = telling {
            painter.rest(*class);
        }
    }
}

/// Where a text stands in a line.
fn places<'line>(line: &'line [u8], what: &'line str) -> impl Iterator<Item = usize> + 'line {
    let windows = line.windows(what.len()).enumerate();
    windows.filter_map(move |(at, window)| (window == what.as_bytes()).then_some(at))
}

/// Whether a word begins here that says that something is so: it is no part of an option such as `-Werror`, and not said of none,
/// as in “0 failed” and “0 tests failed”.
fn is_said(line: &[u8], at: usize) -> bool {
    let before = &line[..at];
    let begins = before
        .last()
        .is_none_or(|byte| !is_word(*byte) && *byte != b'-');
    let mut words = before
        .rsplit(|byte| !is_word(*byte))
        .filter(|word| !word.is_empty());
    let mut word = words.next();
    if matches!(word, Some(b"test" | b"tests")) {
        word = words.next();
    }
    begins && !matches!(word, Some(b"0" | b"no"))
}
