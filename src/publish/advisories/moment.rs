//! Points in time as advisories write them.

use crate::domain::Timestamp;

/// Reads RFC 3339 with any zone, `2022-06-08 00:00:00` in UTC, with `UTC` behind it or without, a day alone, or seconds since 1970.
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Timestamp::from_unix_seconds(seconds);
    }
    let Some((day, time)) = text.split_once(['T', ' ']) else {
        return text.parse().ok();
    };
    let clock = time.get(..8)?;
    let rest = time.get(8..)?;
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()),
        None => rest,
    };
    let local: Timestamp = format!("{day}T{clock}Z").parse().ok()?;
    Timestamp::from_unix_seconds(local.unix_seconds() - zone_seconds(zone.trim())?)
}

/// How far a zone is ahead of UTC; none is UTC.
fn zone_seconds(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "UTC") {
        return Some(0);
    }
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("Z", "") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').or_else(|| rest.split_at_checked(2))?;
    let number = |digits: &str, most: i64| {
        let is_number = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = digits.parse().ok().filter(|_| is_number)?;
        (number <= most).then_some(number)
    };
    Some(sign * (number(hours, 23)? * 3_600 + number(minutes, 59)? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<&str>) {
        let read = moment(text).map(|moment| moment.to_string());
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn times_of_all_formats_are_read() {
        check("2024-10-31T16:35:50Z", Some("2024-10-31T16:35:50Z"));
        check("2023-11-21T15:34:29+00:00", Some("2023-11-21T15:34:29Z"));
        check("2023-11-21T01:00:00+02:00", Some("2023-11-20T23:00:00Z"));
        check("2023-11-21T23:00:00.123-0130", Some("2023-11-22T00:30:00Z"));
        check("2022-06-08 00:00:00", Some("2022-06-08T00:00:00Z"));
        check("2022-06-08 00:00:00 UTC", Some("2022-06-08T00:00:00Z"));
        check("2022-06-08 00:00:00 CET", None);
        check("2022-06-08", Some("2022-06-08T00:00:00Z"));
        check("1628589283", Some("2021-08-10T09:54:43Z"));
        check("2022-13-08", None);
        check("2022-06-08T1:00", None);
        check("yesterday", None);
        check("", None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,40}") {
            let _ = moment(&text);
        }
    }
}
