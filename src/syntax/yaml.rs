//! YAML: keys, comments, literals, anchors, and block scalars.
//!
//! Rules: YAML 1.2.2, chapters 6 to 8, as far as a line tells.

use super::SyntaxClass;
use super::language::Lexer;
use super::painter::{Painter, is_blank, is_word, run_length};

const KEYWORDS: [&str; 5] = ["true", "false", "null", "yes", "no"];

/// The state between the lines of a YAML file.
#[derive(Default)]
pub(super) struct YamlLexer {
    /// The column of the key, or of the dash without one, that a block scalar belongs to; deeper lines are of it.
    block: Option<usize>,
    /// The quote of a text that goes on.
    quote: Option<u8>,
}

impl Lexer for YamlLexer {
    fn line(&mut self, painter: &mut Painter<'_>) {
        let line = painter.ahead();
        let indent = run_length(line, is_blank);
        if let Some(parent) = self.block {
            if indent == line.len() || indent > parent {
                return painter.rest(SyntaxClass::Literal);
            }
            self.block = None;
        }
        if let Some(quote) = self.quote.take() {
            self.go_on_in_quote(painter, quote);
        } else if line.starts_with(b"---") || line.starts_with(b"...") || line.starts_with(b"%") {
            return painter.rest(SyntaxClass::Section);
        } else {
            painter.paint(SyntaxClass::Plain, indent);
        }
        self.value(painter, indent);
    }

    fn close(&mut self) {
        self.quote = None;
    }
}

impl YamlLexer {
    fn value(&mut self, painter: &mut Painter<'_>, indent: usize) {
        let mut parent = indent;
        let mut has_key = false;
        while let Some(byte) = painter.peek() {
            let ahead = painter.ahead();
            let column = painter.behind().len();
            let begins = painter
                .behind()
                .last()
                .is_none_or(|before| is_blank(*before) || b"[{,".contains(before));
            match byte {
                b'#' if begins => painter.rest(SyntaxClass::Comment),
                b'\'' | b'"' if begins => {
                    painter.paint(SyntaxClass::Literal, 1);
                    self.go_on_in_quote(painter, byte);
                    if !has_key && is_before_value(painter.ahead()) {
                        (parent, has_key) = (column, true);
                    }
                }
                b'-' if !has_key
                    && is_dash(ahead)
                    && painter.behind().iter().all(|byte| b"- \t".contains(byte)) =>
                {
                    parent = column;
                    painter.paint(SyntaxClass::Plain, 1);
                }
                b'&' | b'*' | b'!' if begins => {
                    let length = run_length(ahead, |byte| !is_blank(byte));
                    painter.paint(SyntaxClass::Macro, length);
                }
                b'|' | b'>' if begins && is_block_header(ahead) => {
                    self.block = Some(parent);
                    painter.rest(SyntaxClass::Keyword);
                }
                _ if begins && is_key_byte(byte) => {
                    let length = run_length(ahead, is_key_byte);
                    if is_before_value(&ahead[length..]) {
                        if !has_key {
                            (parent, has_key) = (column, true);
                        }
                        painter.paint(SyntaxClass::Name, length);
                    } else if is_word(byte) {
                        painter.paint_word(&KEYWORDS);
                    } else {
                        painter.paint(SyntaxClass::Plain, 1);
                    }
                }
                _ if is_word(byte) => painter.paint_while(SyntaxClass::Plain, is_word),
                _ => painter.paint(SyntaxClass::Plain, 1),
            }
        }
    }

    fn go_on_in_quote(&mut self, painter: &mut Painter<'_>, quote: u8) {
        let mut is_closed = match quote {
            b'\'' => painter.paint_through(SyntaxClass::Literal, b"'"),
            _ => painter.paint_quoted(SyntaxClass::Literal, quote),
        };
        // Two single quotes are one in the text.
        while quote == b'\'' && is_closed && painter.peek() == Some(quote) {
            painter.paint(SyntaxClass::Literal, 1);
            is_closed = painter.paint_through(SyntaxClass::Literal, b"'");
        }
        self.quote = (!is_closed).then_some(quote);
    }
}

/// `|`, `>-`, `|2+`, also before a comment.
fn is_block_header(ahead: &[u8]) -> bool {
    let signs = run_length(&ahead[1..], |byte| {
        byte.is_ascii_digit() || b"+-".contains(&byte)
    });
    let rest = ahead[1 + signs..].trim_ascii_start();
    rest.is_empty() || rest.starts_with(b"#")
}

/// Whether a key ends here.
fn is_before_value(ahead: &[u8]) -> bool {
    ahead == b":" || ahead.starts_with(b": ")
}

/// Whether an entry of a sequence begins here.
fn is_dash(ahead: &[u8]) -> bool {
    ahead.get(1).is_none_or(|byte| is_blank(*byte))
}

fn is_key_byte(byte: u8) -> bool {
    is_word(byte) || b"-./$".contains(&byte)
}
