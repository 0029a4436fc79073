//! How wide a text is, estimated without a font or a page.

/// The size of a chart's text in pixels: that of the token `--step--1` at the usual root size.
pub(super) const TEXT_SIZE: f64 = 13.0;

/// The width of `text` at `size`, in the unit of `size`. Which system font the reader has is unknown, so the advances are
/// those of the wide ones (DejaVu Sans, Verdana): an estimate that is too large costs a little room, one that is too small
/// lets labels touch.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// In em.
fn advance(character: char) -> f64 {
    match character {
        ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'j' | 'l' | 'I' => 0.32,
        'f' | 'r' | 't' | '-' | '(' | ')' | '/' => 0.41,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.97,
        'A'..='Z' => 0.70,
        _ if character.is_ascii() => 0.64,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_not_far_from_a_wide_font() {
        // Widths of DejaVu Sans at 100 pixels, as a browser measures them.
        for (text, width) in [
            ("98.5\u{a0}%", 349.5),
            ("Jan 2026", 440.4),
            ("9.6 released", 618.9),
            ("Nov", 195.2),
        ] {
            let estimate = text_width(text, 100.0);
            assert!(
                (0.97..1.12).contains(&(estimate / width)),
                "{text}: {estimate} for {width}"
            );
        }
    }
}
