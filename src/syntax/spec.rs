//! RPM spec files: tags, sections, conditions and macros; the scripts in them are those of the shell.
//!
//! Rules: rpm's manual, “Spec file format” and “Macro syntax”.

use super::SyntaxClass;
use super::language::Lexer;
use super::painter::{Painter, is_blank, is_word, run_length};
use super::shell::ShellLexer;

const CONDITIONS: [&str; 14] = [
    "if", "ifarch", "ifnarch", "ifos", "ifnos", "elif", "elifarch", "elifos", "else", "endif",
    "define", "global", "undefine", "include",
];

/// What the lines of a section are.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Section {
    /// Tags, at the start and in `%package`.
    #[default]
    Tags,
    Script,
    Files,
    /// Text, and scripts that are not for the shell.
    Prose,
    Changelog,
}

/// The state between the lines of a spec file.
#[derive(Default)]
pub(super) struct SpecLexer {
    section: Section,
    /// The script of the section.
    shell: ShellLexer,
}

impl Lexer for SpecLexer {
    fn line(&mut self, painter: &mut Painter<'_>) {
        let line = painter.ahead();
        let word = directive(line);
        // To rpm a section begins here whatever is open in the script before.
        if let Some(section) = section_of(word) {
            self.section = match section {
                Section::Script if !is_for_shell(line) => Section::Prose,
                section => section,
            };
            self.shell = ShellLexer::in_spec();
            painter.paint(SyntaxClass::Section, 1 + word.len());
            return paint_with_macros(painter);
        }
        // And so does a condition, also in a document or a text of the script.
        let indent = run_length(line, is_blank);
        let condition = directive(&line[indent..]);
        if CONDITIONS.iter().any(|known| known.as_bytes() == condition) {
            painter.paint(SyntaxClass::Plain, indent);
            painter.paint(SyntaxClass::Keyword, 1 + condition.len());
            return paint_with_macros(painter);
        }
        match self.section {
            Section::Script => self.shell.line(painter),
            Section::Changelog if line.starts_with(b"*") => painter.rest(SyntaxClass::Name),
            Section::Changelog | Section::Prose => paint_with_macros(painter),
            Section::Tags | Section::Files if line[indent..].starts_with(b"#") => {
                painter.rest(SyntaxClass::Comment);
            }
            Section::Tags => {
                painter.paint(SyntaxClass::Name, tag_length(line));
                paint_with_macros(painter);
            }
            Section::Files => paint_with_macros(painter),
        }
    }

    fn close(&mut self) {
        self.shell.close();
    }
}

/// The word after a `%` at the start of the line; empty where there is none.
fn directive(line: &[u8]) -> &[u8] {
    match line.split_first() {
        Some((b'%', after)) => &after[..run_length(after, is_word)],
        _ => &[],
    }
}

fn section_of(word: &[u8]) -> Option<Section> {
    match word {
        b"package" | b"sourcelist" | b"patchlist" => Some(Section::Tags),
        b"description" => Some(Section::Prose),
        b"changelog" => Some(Section::Changelog),
        b"files" => Some(Section::Files),
        b"prep"
        | b"generate_buildrequires"
        | b"conf"
        | b"build"
        | b"install"
        | b"check"
        | b"clean"
        | b"pre"
        | b"post"
        | b"preun"
        | b"postun"
        | b"pretrans"
        | b"posttrans"
        | b"preuntrans"
        | b"postuntrans"
        | b"trigger"
        | b"triggerin"
        | b"triggerun"
        | b"triggerprein"
        | b"triggerpostun"
        | b"filetriggerin"
        | b"filetriggerun"
        | b"filetriggerpostun"
        | b"transfiletriggerin"
        | b"transfiletriggerun"
        | b"transfiletriggerpostun"
        | b"verifyscript" => Some(Section::Script),
        _ => None,
    }
}

/// Whether the script of a section is for the shell: it names no other program, such as `-p <lua>` or `-p /usr/bin/python3`.
fn is_for_shell(line: &[u8]) -> bool {
    let mut words = line
        .split(|byte| is_blank(*byte))
        .filter(|word| !word.is_empty());
    let option = words.find_map(|word| word.strip_prefix(b"-p"));
    let program = match option {
        Some(b"") => words.next(),
        option => option,
    };
    program.is_none_or(|program| program.ends_with(b"sh"))
}

/// The length of `Name:` or `Requires(post):` at the start of the line; 0 where there is no tag.
fn tag_length(line: &[u8]) -> usize {
    let name = run_length(line, |byte| byte.is_ascii_alphanumeric());
    let mut length = name;
    if line.get(length) == Some(&b'(') {
        let close = line[length..].iter().position(|byte| *byte == b')');
        length += close.map_or(0, |close| close + 1);
    }
    if name > 0 && line.get(length) == Some(&b':') {
        length + 1
    } else {
        0
    }
}

/// Paints the rest, its macros and numbers told apart.
fn paint_with_macros(painter: &mut Painter<'_>) {
    while let Some(byte) = painter.peek() {
        match byte {
            b'%' => paint_macro(painter),
            _ if is_word(byte) => painter.paint_while(SyntaxClass::Plain, is_word),
            _ => painter.paint(SyntaxClass::Plain, 1),
        }
    }
}

/// Paints `%name`, `%{…}`, `%(…)` or `%[…]` as a macro; `%%` and a lone sign are plain. There is a `%` ahead.
pub(super) fn paint_macro(painter: &mut Painter<'_>) {
    let after = &painter.ahead()[1..];
    let signs = run_length(after, |byte| byte == b'?' || byte == b'!');
    let length = match after.first() {
        Some(b'{') => balanced(after, b'{', b'}'),
        Some(b'(') => balanced(after, b'(', b')'),
        Some(b'[') => balanced(after, b'[', b']'),
        Some(b'%') => return painter.paint(SyntaxClass::Plain, 2),
        _ => match run_length(&after[signs..], is_word) {
            0 => return painter.paint(SyntaxClass::Plain, 1),
            name => signs + name,
        },
    };
    painter.paint(SyntaxClass::Macro, 1 + length);
}

/// The length up to and with the bracket that closes the first one; all where none does.
fn balanced(bytes: &[u8], open: u8, close: u8) -> usize {
    let mut depth = 0_usize;
    for (index, byte) in bytes.iter().enumerate() {
        if *byte == open {
            depth += 1;
        } else if *byte == close {
            depth -= 1;
            if depth == 0 {
                return index + 1;
            }
        }
    }
    bytes.len()
}
