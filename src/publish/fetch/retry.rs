//! Whether and when to try again: exponentially longer, by chance a little more or less, and not before a host wants it.

use std::time::{Duration, SystemTime};

/// The longest wait between two tries.
const WAIT_MAX: Duration = Duration::from_secs(30);
/// The longest wait that a host may ask for; it is told the operator where it asks for more.
pub const ASKED_WAIT_MAX: Duration = Duration::from_secs(120);

/// The wait after the failed try of a number from 0 on. `chance` is between 0 and 1: clients that failed together must not
/// come again together.
pub fn wait(try_number: u32, first: Duration, chance: f64) -> Duration {
    let longest = first
        .saturating_mul(2_u32.saturating_pow(try_number))
        .min(WAIT_MAX);
    longest.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
}

/// What the header `Retry-After` asks for, seconds or a time of RFC 9110, 10.2.3.
pub fn asked_wait(header: &str, now: SystemTime) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let time = httpdate::parse_http_date(header).ok()?;
    // A time that has passed asks for nothing.
    Some(time.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_a_bound() {
        let first = Duration::from_secs(1);
        let waits = |chance| [0, 1, 2, 5, 99].map(|number| wait(number, first, chance).as_millis());
        assert_eq!(waits(1.0), [1_000, 2_000, 4_000, 30_000, 30_000]);
        assert_eq!(waits(0.0), [500, 1_000, 2_000, 15_000, 15_000]);
    }

    #[test]
    fn reads_both_forms_of_what_a_host_asks() {
        // The example of RFC 9110, 5.6.7.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777 - 7);
        let check = |header: &str, expected: Option<u64>| {
            assert_eq!(
                asked_wait(header, now),
                expected.map(Duration::from_secs),
                "{header}"
            );
        };
        check("120", Some(120));
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some(7));
        check("Sun, 06 Nov 1994 08:00:00 GMT", Some(0));
        check("soon", None);
        check("-1", None);
    }
}
