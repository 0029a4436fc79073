//! Words that are encoded for mail (RFC 2047), as in `=?UTF-8?q?Ren=C3=A9e?=`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The text with its encoded words as they are read. Those in other character sets than UTF-8, US-ASCII, ISO-8859-1 and ISO-8859-15
/// stay as they are.
pub(super) fn decoded(text: &str) -> String {
    // Git may part one character between two words, so that it is whole only when both are decoded.
    let mut decoded = Vec::new();
    let mut rest = text;
    let mut was_encoded = false;
    while let Some(start) = rest.find("=?") {
        let (plain, encoded) = rest.split_at(start);
        let word = encoded_word(encoded);
        let between_words = was_encoded && word.is_some() && plain.trim().is_empty();
        if !between_words {
            decoded.extend(plain.bytes());
        }
        was_encoded = word.is_some();
        rest = match word {
            Some((word, after)) => {
                decoded.extend(word);
                after
            }
            None => {
                decoded.extend(b"=?");
                &encoded["=?".len()..]
            }
        };
    }
    decoded.extend(rest.bytes());
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The bytes in UTF-8 of the encoded word that a text begins with, and what follows it.
fn encoded_word(text: &str) -> Option<(Vec<u8>, &str)> {
    let (character_set, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (word, after) = rest.split_once("?=")?;
    let bytes = match encoding {
        "q" | "Q" => unquoted(word),
        "b" | "B" => STANDARD.decode(word).ok()?,
        _ => return None,
    };
    let each_as = |character: fn(u8) -> char| {
        let characters = bytes.iter().map(|byte| character(*byte));
        characters.collect::<String>().into_bytes()
    };
    let word = match character_set.to_ascii_lowercase().as_str() {
        "utf-8" | "us-ascii" => bytes,
        "iso-8859-1" => each_as(char::from),
        "iso-8859-15" => each_as(latin_9),
        _ => return None,
    };
    Some((word, after))
}

/// The character of a byte in ISO-8859-15: that of ISO-8859-1 but for eight.
fn latin_9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        other => char::from(other),
    }
}

/// The bytes of a quoted word: `_` is a space, `=C3` a byte.
fn unquoted(word: &str) -> Vec<u8> {
    let bytes = word.as_bytes();
    let mut unquoted = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hexadecimal = word.get(at + 1..at + 3).filter(|_| byte == b'=');
        match hexadecimal.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                unquoted.push(value);
                at += 2;
            }
            None => unquoted.push(if byte == b'_' { b' ' } else { byte }),
        }
        at += 1;
    }
    unquoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_decoded_where_their_character_set_is_known() {
        let check = |text: &str, expected: &str| assert_eq!(decoded(text), expected, "{text}");
        check("=?UTF-8?B?SsO8cmdlbg==?= <j@x.org>", "Jürgen <j@x.org>");
        check("=?iso-8859-1?Q?J=FCrgen_M?=", "Jürgen M");
        check("=?ISO-8859-15?Q?=A4?= 5", "€ 5");
        check("=?us-ascii?Q?Ada?=", "Ada");
        check("=?utf-8?q?a=C3?= =?utf-8?q?=A9?= b", "aé b");
        check("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c");
        check("=?koi8-r?B?zNXT?= x", "=?koi8-r?B?zNXT?= x");
        check("=?utf-8?B?*?=", "=?utf-8?B?*?=");
        check("is it =?", "is it =?");
        check("a=?utf-8?x?b?=c", "a=?utf-8?x?b?=c");
    }
}
