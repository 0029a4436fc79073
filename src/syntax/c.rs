//! C and C++: comments, literals, keywords and the preprocessor's lines.
//!
//! Rules: ISO C, 6.4 “Lexical elements”.

use super::SyntaxClass;
use super::language::Lexer;
use super::painter::{Painter, is_blank, is_word, run_length};

const KEYWORDS: [&str; 44] = [
    "auto",
    "bool",
    "break",
    "case",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extern",
    "false",
    "float",
    "for",
    "goto",
    "if",
    "inline",
    "int",
    "long",
    "namespace",
    "nullptr",
    "private",
    "public",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "struct",
    "switch",
    "template",
    "this",
    "true",
    "typedef",
    "union",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "while",
];

/// The state between the lines of a C file.
#[derive(Default)]
pub(super) struct CLexer {
    is_in_comment: bool,
}

impl Lexer for CLexer {
    fn line(&mut self, painter: &mut Painter<'_>) {
        if self.is_in_comment {
            self.is_in_comment = !painter.paint_through(SyntaxClass::Comment, b"*/");
        }
        let indent = run_length(painter.ahead(), is_blank);
        if painter.behind().is_empty() && painter.ahead()[indent..].starts_with(b"#") {
            let word = &painter.ahead()[indent + 1..];
            let space = run_length(word, is_blank);
            let word = run_length(&word[space..], is_word);
            painter.paint(SyntaxClass::Section, indent + 1 + space + word);
        }
        while let Some(byte) = painter.peek() {
            match byte {
                b'/' if painter.ahead().starts_with(b"//") => painter.rest(SyntaxClass::Comment),
                b'/' if painter.ahead().starts_with(b"/*") => {
                    painter.paint(SyntaxClass::Comment, 2);
                    self.is_in_comment = !painter.paint_through(SyntaxClass::Comment, b"*/");
                }
                b'"' | b'\'' => {
                    painter.paint(SyntaxClass::Literal, 1);
                    painter.paint_quoted(SyntaxClass::Literal, byte);
                }
                _ if is_word(byte) => painter.paint_word(&KEYWORDS),
                _ => painter.paint(SyntaxClass::Plain, 1),
            }
        }
    }

    fn close(&mut self) {
        self.is_in_comment = false;
    }
}
