//! The one formatter of dates and ages.

use crate::domain::Timestamp;

/// The names of months.
pub const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A day: `20 Nov 2026`.
pub fn day(moment: Timestamp) -> String {
    let (year, month, day) = moment.year_month_day();
    format!("{day}\u{a0}{}\u{a0}{year}", MONTHS[usize::from(month) - 1])
}

/// A day and time: `20 Nov 2026, 04:10 UTC`.
pub fn moment(moment: Timestamp) -> String {
    let (hour, minute) = moment.hour_minute();
    format!("{}, {hour:02}:{minute:02}\u{a0}UTC", day(moment))
}

/// How long ago something was: `3 h ago`, `2 days ago`; a moment ahead of the clock is “just now”.
pub fn age(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.unix_seconds() - then.unix_seconds();
    let (hours, days) = (seconds / 3_600, seconds / 86_400);
    match (hours, days) {
        _ if seconds < 60 => "just now".to_owned(),
        (0, _) => format!("{}\u{a0}min ago", seconds / 60),
        (_, 0) => format!("{hours}\u{a0}h ago"),
        (_, 1) => "1\u{a0}day ago".to_owned(),
        (_, 2..60) => format!("{days}\u{a0}days ago"),
        (_, 60..730) => format!("{}\u{a0}months ago", days / 30),
        _ => format!("{}\u{a0}years ago", days / 365),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn days_and_moments() {
        let then = at("2026-11-20T04:10:00Z");
        assert_eq!(day(then).replace('\u{a0}', " "), "20 Nov 2026");
        assert_eq!(
            moment(then).replace('\u{a0}', " "),
            "20 Nov 2026, 04:10 UTC"
        );
    }

    #[test]
    fn ages() {
        let then = at("2026-11-20T04:10:00Z");
        let check = |now: &str, expected: &str| {
            assert_eq!(age(then, at(now)).replace('\u{a0}', " "), expected);
        };
        check("2026-11-20T04:00:00Z", "just now");
        check("2026-11-20T04:30:00Z", "20 min ago");
        check("2026-11-20T07:15:00Z", "3 h ago");
        check("2026-11-21T07:15:00Z", "1 day ago");
        check("2026-11-25T07:15:00Z", "5 days ago");
        check("2027-02-25T07:15:00Z", "3 months ago");
        check("2029-02-25T07:15:00Z", "2 years ago");
    }
}
