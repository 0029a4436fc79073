//! The one formatter of numbers.

use crate::domain::permille;

/// A count with its thousands apart: `2,684`.
pub fn count(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share in percent with one decimal, `98.9 %`; `–` of nothing.
pub fn percent(numerator: u32, denominator: u32) -> String {
    match permille(numerator, denominator) {
        Some(permille) => format!("{}.{}\u{a0}%", permille / 10, permille % 10),
        None => "–".to_owned(),
    }
}

/// A count with its noun in singular or plural: `1 package`, `2,684 packages`.
pub fn counted(number: u32, singular: &str, plural: &str) -> String {
    format!(
        "{} {}",
        count(number),
        if number == 1 { singular } else { plural }
    )
}

/// A size in bytes, in words: `512 bytes`, `12.3 kB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        1 => "1 byte".to_owned(),
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(number), expected);
        }
        assert_eq!(counted(1, "package", "packages"), "1 package");
        assert_eq!(counted(0, "package", "packages"), "0 packages");
    }

    #[test]
    fn percent_never_rounds_to_all_or_none() {
        let check = |numerator, denominator, expected: &str| {
            assert_eq!(
                percent(numerator, denominator).replace('\u{a0}', " "),
                expected
            );
        };
        check(2_655, 2_684, "98.9 %");
        check(9_999, 10_000, "99.9 %");
        check(1, 10_000, "0.1 %");
        check(0, 10, "0.0 %");
        check(10, 10, "100.0 %");
        check(1, 3, "33.3 %");
        check(2, 3, "66.7 %");
        check(0, 0, "–");
        check(u32::MAX, u32::MAX, "100.0 %");
    }

    #[test]
    fn sizes_are_in_words() {
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(60), "60 bytes");
        assert_eq!(size(12_345), "12.3 kB");
        assert_eq!(size(2_500_000), "2.5 MB");
    }
}
