//! Logs of builds: failures, warnings, the commands that ran and the stages of rpmbuild.

use super::SyntaxClass;
use super::language::Lexer;
use super::painter::Painter;

/// Each line of a log stands for itself.
pub(super) struct BuildLogLexer;

/// What a line says, in lower case, and what that makes of it; the first that fits counts.
const TELLING: [(&str, SyntaxClass); 9] = [
    ("error:", SyntaxClass::Error),
    ("error ", SyntaxClass::Error),
    ("fatal:", SyntaxClass::Error),
    ("failed", SyntaxClass::Error),
    ("bad exit status", SyntaxClass::Error),
    ("undefined reference", SyntaxClass::Error),
    ("*** ", SyntaxClass::Error),
    ("warning:", SyntaxClass::Warning),
    ("deprecated", SyntaxClass::Warning),
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
        let says = |what: &str| {
            let what = what.as_bytes();
            lower.windows(what.len()).any(|window| window == what)
        };
        let telling = TELLING.iter().find(|(what, _)| says(what));
        if let Some((_, class)) = telling {
            painter.rest(*class);
        }
    }
}
