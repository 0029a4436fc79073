//! Splits a line into words, runs of space and single other characters.

use super::space::{Space, is_ignorable};
use super::text::Line;
use std::ops::Range;

/// A piece of a line that is compared as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'text> {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Where in its line it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Its bytes.
    pub(super) bytes: &'text [u8],
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, digits and underscores of any script that has spaces: an identifier, a number, a word of prose.
    Word,
    /// White space.
    Space,
    /// One other character, or one byte that is no UTF-8.
    Other,
}

/// The tokens of a line that count.
pub(super) fn compared_tokens<'text>(line: &Line<'text>, space: Space) -> Vec<Token<'text>> {
    let counted = &line.content[..space.counted_length(*line)];
    let is_ignored = |range: &Range<usize>| {
        space == Space::IgnoreAll
            && counted[range.clone()]
                .iter()
                .all(|byte| is_ignorable(*byte))
    };
    tokens(counted)
        .into_iter()
        .filter(|(_, range)| !is_ignored(range))
        .map(|(kind, range)| Token {
            kind,
            bytes: &counted[range.clone()],
            range,
        })
        .collect()
}

impl Token<'_> {
    /// How much it counts for the likeness of lines, in bytes: space counts nothing.
    pub(super) fn weight(&self) -> usize {
        match self.kind {
            TokenKind::Space => 0,
            TokenKind::Word | TokenKind::Other => self.bytes.len(),
        }
    }
}

/// The tokens of a line with their byte ranges, which follow one another without a gap.
fn tokens(line: &[u8]) -> Vec<(TokenKind, Range<usize>)> {
    let mut tokens: Vec<(TokenKind, Range<usize>)> = Vec::new();
    let mut at = 0;
    let mut push = |kind: TokenKind, length: usize| {
        match tokens.last_mut() {
            Some((last, range)) if *last == kind && kind != TokenKind::Other => range.end += length,
            _ => tokens.push((kind, at..at + length)),
        }
        at += length;
    };
    for chunk in line.utf8_chunks() {
        for character in chunk.valid().chars() {
            push(kind_of(character), character.len_utf8());
        }
        for _ in chunk.invalid() {
            push(TokenKind::Other, 1);
        }
    }
    tokens
}

fn kind_of(character: char) -> TokenKind {
    if is_unspaced(character) {
        TokenKind::Other
    } else if character.is_alphanumeric() || character == '_' {
        TokenKind::Word
    } else if character.is_whitespace() {
        TokenKind::Space
    } else {
        TokenKind::Other
    }
}

/// Whether a letter's script sets no spaces between words, or, as Hangul, writes a syllable with each: what would be a word is
/// then a whole sentence.
fn is_unspaced(character: char) -> bool {
    /// The first letter of any such script, Thai.
    const FIRST: char = '\u{e00}';
    character >= FIRST
        && character.is_alphanumeric()
        && matches!(
            character,
            // Thai and Lao; Burmese; Khmer.
            FIRST..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            // Hangul.
            | '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}'
            // Ideographs, kana, bopomofo and Yi.
            | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{1aff0}'..='\u{1b16f}'
            | '\u{20000}'..='\u{3ffff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(line: &[u8], expected: &[&str]) {
        let shown: Vec<String> = tokens(line)
            .into_iter()
            .map(|(_, range)| String::from_utf8_lossy(&line[range]).into_owned())
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn splits_into_words_space_and_others() {
        check(b"", &[]);
        check(b"1%{?dist}", &["1", "%", "{", "?", "dist", "}"]);
        check(b"foo_bar \t baz2", &["foo_bar", " \t ", "baz2"]);
        check("Größe: «é»".as_bytes(), &["Größe", ":", " ", "«", "é", "»"]);
        check(b"caf\xe9\xe8!", &["caf", "\u{fffd}", "\u{fffd}", "!"]);
    }

    #[test]
    fn characters_of_scripts_without_spaces_stand_alone() {
        check("文件名a1 ".as_bytes(), &["文", "件", "名", "a1", " "]);
        check("カナ\u{3000}々".as_bytes(), &["カ", "ナ", "\u{3000}", "々"]);
        check("한글 𠀀𠀁".as_bytes(), &["한", "글", " ", "𠀀", "𠀁"]);
        check("Привет, мир".as_bytes(), &["Привет", ",", " ", "мир"]);
    }

    proptest! {
        #[test]
        fn tokens_follow_one_another(line in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut next = 0;
            for (_, range) in tokens(&line) {
                prop_assert!(range.start == next && range.end > next);
                next = range.end;
            }
            prop_assert_eq!(next, line.len());
        }
    }
}
