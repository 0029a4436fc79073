//! Cuts long lines shorter where a screen would otherwise have more text than a browser lays out without a pause.

use super::thinning::{limit_of, step_below};
use crate::presentation::number::count;

/// So many columns the lines of a screen are drawn in at most, both sides together.
const COLUMNS_MAX: usize = 30_000;
/// No line is cut to fewer, which is about what a wide screen has room for on each side.
const LINE_COLUMNS_MIN: usize = 150;
/// What the signs before and after the part of a line that is drawn take at most.
const SIGN_COLUMNS: usize = 50;

/// Up to how many columns the lines of a screen may have so that all of them can be drawn at once, given how many each has;
/// nothing where all have few enough.
pub fn columns_limit(lines: &[usize]) -> Option<usize> {
    let limit = limit_of(lines, COLUMNS_MAX)?;
    Some(step_below(limit, LINE_COLUMNS_MIN).unwrap_or(LINE_COLUMNS_MIN))
}

/// How wide lines are drawn that are cut to so many columns.
pub fn columns_of_cut(limit: usize) -> usize {
    limit + SIGN_COLUMNS
}

/// Says that lines are cut to so many columns.
pub fn remark_on_cut(limit: usize) -> String {
    let limit = count(u32::try_from(limit).unwrap_or(u32::MAX));
    format!(
        "Here are so many long lines that {limit} characters of each are shown, around what is searched for or changed. “Wrap” shows them whole."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_where_all_of_them_are_too_much_text() {
        let check = |lines: &[usize], expected: Option<usize>| {
            assert_eq!(columns_limit(lines), expected);
        };
        check(&[], None);
        check(&[80; 200], None);
        // One long line among others is left as it is.
        check(&[&[5_000, 5_000][..], &[80; 150]].concat(), None);
        check(&[5_000; 8], Some(2_553));
        check(&[5_000; 100], Some(225));
        check(&[5_000; 10_000], Some(150));
    }

    #[test]
    fn readers_are_told_what_is_cut() {
        assert_eq!(columns_of_cut(150), 200);
        assert_eq!(
            remark_on_cut(1_700),
            "Here are so many long lines that 1,700 characters of each are shown, around what is searched for or changed. “Wrap” \
             shows them whole."
        );
    }
}
