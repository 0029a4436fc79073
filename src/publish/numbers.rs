//! Numbers as they are written in messages.

/// A number with a comma between thousands: `1,204`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count and what it counts, `1 package` or `1,204 packages`.
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!(
        "{} {}",
        thousands(count as u64),
        if count == 1 { one } else { several }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_between_thousands() {
        let shown = [0, 12, 123, 1_204, 123_456, 1_234_567].map(thousands);
        assert_eq!(shown, ["0", "12", "123", "1,204", "123,456", "1,234,567"]);
        assert_eq!(counted(1, "package", "packages"), "1 package");
        assert_eq!(counted(2_000, "package", "packages"), "2,000 packages");
    }
}
