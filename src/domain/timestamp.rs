//! A point in time, to the second, in UTC.

use std::fmt;
use std::str::FromStr;
use time::{Date, Month, OffsetDateTime, Time};

/// Seconds since 1970-01-01T00:00:00Z, from year 0 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(OffsetDateTime);

/// A text or number that is no point in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedTimestamp(pub String);

impl Timestamp {
    /// Of seconds since the epoch; `None` outside the years 0 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        OffsetDateTime::from_unix_timestamp(seconds)
            .ok()
            .filter(|moment| (0..=9999).contains(&moment.year()))
            .map(Self)
    }

    /// Of whole days since 1970-01-01, at midnight.
    pub fn from_unix_days(days: i64) -> Option<Self> {
        Self::from_unix_seconds(days.checked_mul(SECONDS_PER_DAY)?)
    }

    /// Seconds since the epoch.
    pub fn unix_seconds(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// Whole days since 1970-01-01.
    pub fn unix_days(self) -> i64 {
        self.unix_seconds().div_euclid(SECONDS_PER_DAY)
    }

    /// Year, month from 1, and day of the month.
    pub fn year_month_day(self) -> (i32, u8, u8) {
        (self.0.year(), self.0.month().into(), self.0.day())
    }

    /// Hour and minute.
    pub fn hour_minute(self) -> (u8, u8) {
        (self.0.hour(), self.0.minute())
    }
}

const SECONDS_PER_DAY: i64 = 86_400;

impl fmt::Display for Timestamp {
    /// RFC 3339, in UTC, to the second.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.year_month_day();
        let (hour, minute) = self.hour_minute();
        let second = self.0.second();
        write!(
            formatter,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
        )
    }
}

impl FromStr for Timestamp {
    type Err = MalformedTimestamp;

    /// Reads `2026-11-20T04:10:00Z`, or a day alone, which is its midnight.
    fn from_str(text: &str) -> Result<Self, MalformedTimestamp> {
        parse(text).ok_or_else(|| MalformedTimestamp(text.to_owned()))
    }
}

impl fmt::Display for MalformedTimestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "“{}” is no time such as 2026-11-20T04:10:00Z",
            self.0
        )
    }
}

impl std::error::Error for MalformedTimestamp {}

fn parse(text: &str) -> Option<Timestamp> {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time.strip_suffix('Z')?)),
        None => (text, None),
    };
    let [year, month, day] = numbers(day, '-', [4, 2, 2])?;
    let date = Date::from_calendar_date(
        i32::try_from(year).ok()?,
        Month::try_from(u8::try_from(month).ok()?).ok()?,
        u8::try_from(day).ok()?,
    )
    .ok()?;
    let time = match time {
        Some(time) => {
            let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?.map(|n| n as u8);
            Time::from_hms(hour, minute, second).ok()?
        }
        None => Time::MIDNIGHT,
    };
    Some(Timestamp(OffsetDateTime::new_utc(date, time)))
}

/// Three numbers of exactly the given numbers of digits.
fn numbers(text: &str, separator: char, digits: [usize; 3]) -> Option<[u32; 3]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; 3];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for seconds in [0, 1_795_147_800, -1, 951_782_400] {
            let moment = Timestamp::from_unix_seconds(seconds).unwrap();
            assert_eq!(moment.to_string().parse(), Ok(moment));
        }
        let moment: Timestamp = "2026-11-20T04:10:00Z".parse().unwrap();
        assert_eq!(moment.year_month_day(), (2026, 11, 20));
        assert_eq!(moment.hour_minute(), (4, 10));
        assert_eq!("1970-01-02".parse::<Timestamp>().unwrap().unix_days(), 1);
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "2026-13-01",
            "2026-02-30",
            "2026-1-1",
            "2026-11-20T04:10:00",
            "2026-11-20T25:00:00Z",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
        assert_eq!(Timestamp::from_unix_seconds(i64::MAX), None);
        assert_eq!(Timestamp::from_unix_days(i64::MAX), None);
    }
}
