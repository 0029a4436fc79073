//! Knows the characters that are not seen, or that make others be seen elsewhere (CVE-2021-42574).

/// A text that somebody else wrote, with all of its characters to be seen: line breaks and tabs are as they are.
pub fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match stand_in(character).filter(|_| character != '\n') {
            Some(name) => visible.push_str(&name),
            None => visible.push(character),
        }
    }
    visible
}

/// What stands for a character that would not be seen, such as `⟨U+202E⟩`; nothing for one that is.
pub fn stand_in(character: char) -> Option<String> {
    is_hidden(character).then(|| code_point(character))
}

/// A character by its number, such as `⟨U+202E⟩`.
pub fn code_point(character: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(character))
}

/// How many characters [`code_point`] has.
pub fn code_point_length(character: char) -> usize {
    const DIGITS_MIN: usize = 4;
    let digits = (u32::from(character).max(1).ilog2() / 4 + 1) as usize;
    "⟨U+⟩".chars().count() + digits.max(DIGITS_MIN)
}

/// Whether a character changes the direction of text: Unicode's property `Bidi_Control`.
pub fn is_directional(character: char) -> bool {
    matches!(
        character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// Control characters but the tab, and those of Unicode's property `Default_Ignorable_Code_Point` that have no business
/// in a source text; the selectors of glyph variants and the separators of lines are among them.
pub fn is_hidden(character: char) -> bool {
    let is_control = character.is_control() && character != '\t';
    is_control
        || is_directional(character)
        || matches!(
            character,
            '\u{00ad}'
                | '\u{034f}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200d}'
                | '\u{2028}'..='\u{2029}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_shows_all_of_its_characters() {
        for (text, expected) in [
            ("Fix ä\n\tand more", "Fix ä\n\tand more"),
            ("safe\u{202e}gpj.exe", "safe⟨U+202E⟩gpj.exe"),
            ("\u{1b}[31mred", "⟨U+001B⟩[31mred"),
        ] {
            assert_eq!(visible(text), expected);
        }
    }

    #[test]
    fn names_are_as_long_as_they_are() {
        for character in ['\0', '\u{a0}', '\u{ffff}', '\u{10000}', '\u{10ffff}'] {
            let name = code_point(character);
            assert_eq!(code_point_length(character), name.chars().count(), "{name}");
        }
    }

    #[test]
    fn hidden_characters_are_named() {
        for (character, expected) in [
            ('\u{202e}', Some("⟨U+202E⟩")),
            ('\u{200b}', Some("⟨U+200B⟩")),
            ('\u{0}', Some("⟨U+0000⟩")),
            ('\u{1b}', Some("⟨U+001B⟩")),
            ('\r', Some("⟨U+000D⟩")),
            ('\u{e0041}', Some("⟨U+E0041⟩")),
            ('\t', None),
            (' ', None),
            ('a', None),
            ('ä', None),
            ('語', None),
        ] {
            assert_eq!(stand_in(character).as_deref(), expected);
        }
    }
}
