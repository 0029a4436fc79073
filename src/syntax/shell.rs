//! Shell scripts: comments, quoted texts, variables, keywords, and documents within the script.
//!
//! Rules: POSIX shell, 2.2 “Quoting”, 2.4 “Reserved words”, 2.6.4 “Arithmetic expansion” and 2.7.4 “Here-document”.

use super::SyntaxClass;
use super::language::Lexer;
use super::painter::{Painter, is_blank, is_word, run_length};
use super::spec::paint_macro;

const KEYWORDS: [&str; 24] = [
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac",
    "in", "function", "select", "return", "exit", "export", "local", "readonly", "set", "unset",
    "shift", "break",
];

/// The state between the lines of a script.
#[derive(Default)]
pub(super) struct ShellLexer {
    /// The quote of a text that goes on.
    quote: Option<u8>,
    /// The documents that follow, each with its last line, and whether that may be indented by tabs.
    documents: Vec<(Vec<u8>, bool)>,
    /// How many brackets of `((…))` or `$((…))` are open; in there `<<` shifts.
    arithmetic: usize,
    /// Whether macros of RPM are told apart, too.
    has_macros: bool,
}

impl ShellLexer {
    /// For a script in a spec file.
    pub(super) fn in_spec() -> Self {
        Self {
            has_macros: true,
            ..Self::default()
        }
    }
}

impl Lexer for ShellLexer {
    fn line(&mut self, painter: &mut Painter<'_>) {
        if let Some((last, may_be_indented)) = self.documents.first() {
            let line = painter.ahead();
            let tabs = run_length(line, |byte| *may_be_indented && byte == b'\t');
            if line[tabs..] == **last {
                self.documents.remove(0);
                return painter.rest(SyntaxClass::Keyword);
            }
            return painter.rest(SyntaxClass::Literal);
        }
        if let Some(quote) = self.quote.take() {
            self.go_on_in_quote(painter, quote);
        }
        while let Some(byte) = painter.peek() {
            self.piece(painter, byte);
        }
    }

    /// A document within the script ends with a line of its own, and goes on.
    fn close(&mut self) {
        self.quote = None;
        self.arithmetic = 0;
    }
}

impl ShellLexer {
    fn piece(&mut self, painter: &mut Painter<'_>, byte: u8) {
        let begins_word = painter
            .behind()
            .last()
            .is_none_or(|before| is_blank(*before) || b";&|()".contains(before));
        match byte {
            b'#' if begins_word => painter.rest(SyntaxClass::Comment),
            b'\'' | b'"' => {
                painter.paint(SyntaxClass::Literal, 1);
                self.go_on_in_quote(painter, byte);
            }
            b'\\' => painter.paint(SyntaxClass::Plain, 2),
            b'$' => paint_variable(painter),
            b'%' if self.has_macros => paint_macro(painter),
            b'(' | b')' => self.bracket(painter),
            b'<' if self.arithmetic == 0 && painter.ahead().starts_with(b"<<") => {
                self.document(painter);
            }
            _ if is_word(byte) && begins_word => painter.paint_word(&KEYWORDS),
            _ if is_word(byte) => painter.paint_while(SyntaxClass::Plain, is_word),
            _ => painter.paint(SyntaxClass::Plain, 1),
        }
    }

    /// `((` opens arithmetic, which `))` closes; where the last two brackets stand apart, they are those of commands.
    fn bracket(&mut self, painter: &mut Painter<'_>) {
        let ahead = painter.ahead();
        let is_open = ahead.starts_with(b"(");
        let mut length = 1;
        match self.arithmetic {
            0 if ahead.starts_with(b"((") => {
                self.arithmetic = 2;
                length = 2;
            }
            0 => {}
            _ if is_open => self.arithmetic += 1,
            2 => {
                self.arithmetic = 0;
                length = 1 + usize::from(ahead.starts_with(b"))"));
            }
            _ => self.arithmetic -= 1,
        }
        painter.paint(SyntaxClass::Plain, length);
    }

    /// Within single quotes nothing means anything but the quote.
    fn go_on_in_quote(&mut self, painter: &mut Painter<'_>, quote: u8) {
        let is_closed = if quote == b'\'' {
            painter.paint_through(SyntaxClass::Literal, b"'")
        } else {
            painter.paint_quoted(SyntaxClass::Literal, quote)
        };
        self.quote = (!is_closed).then_some(quote);
    }

    /// `<<WORD`, `<<-WORD`, `<<'WORD'`; `<<<` is no document, and neither is `<<4`, which shifts.
    fn document(&mut self, painter: &mut Painter<'_>) {
        if painter.ahead().starts_with(b"<<<") {
            return painter.paint(SyntaxClass::Plain, 3);
        }
        painter.paint(SyntaxClass::Plain, 2);
        if painter.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return;
        }
        let may_be_indented = painter.peek() == Some(b'-');
        painter.paint(SyntaxClass::Plain, usize::from(may_be_indented));
        painter.paint_while(SyntaxClass::Plain, is_blank);
        let length = run_length(painter.ahead(), |byte| {
            is_word(byte) || b"'\"\\-.".contains(&byte)
        });
        let quoted = painter.ahead()[..length].iter().copied();
        let last: Vec<u8> = quoted.filter(|byte| !b"'\"\\".contains(byte)).collect();
        painter.paint(SyntaxClass::Keyword, length);
        if !last.is_empty() {
            self.documents.push((last, may_be_indented));
        }
    }
}

/// `$NAME`, `$1`, `${…}`; of `$(` only the sign.
fn paint_variable(painter: &mut Painter<'_>) {
    let after = &painter.ahead()[1..];
    match after.first() {
        Some(b'{') => {
            painter.paint_through(SyntaxClass::Macro, b"}");
        }
        Some(byte) if is_word(*byte) => {
            painter.paint(SyntaxClass::Macro, 1 + run_length(after, is_word))
        }
        Some(b'@' | b'*' | b'#' | b'?' | b'$' | b'!' | b'-') => {
            painter.paint(SyntaxClass::Macro, 2)
        }
        _ => painter.paint(SyntaxClass::Plain, 1),
    }
}
