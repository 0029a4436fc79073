//! The releases beside each other.

use super::words::bounded;
use crate::presentation::date::day;
use crate::presentation::number::count;
use crate::report::{Index, LagRecord};

/// What the lags of one release come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseLine {
    /// The release's name in addresses.
    pub release: String,
    /// Its name for readers, with the day of which the figures are where that is not the report’s.
    pub label: String,
    /// The median.
    pub median: String,
    /// The ninth decile.
    pub p90: String,
    /// How many lags are known.
    pub counted: String,
}

/// What the newest snapshot of each release says of its lags, the releases in the order of the index; none for a page that is kept
/// as it was at a snapshot, which says nothing of other releases, nor of newer reports.
pub fn release_lines(index: &Index, is_frozen: bool) -> Vec<ReleaseLine> {
    if is_frozen {
        return Vec::new();
    }
    let lines = index.releases.iter().filter_map(|release| {
        let snapshot = release.latest()?;
        let security = snapshot.security.as_ref();
        let lag = security.and_then(|entry| entry.lag);
        let as_of = security.and_then(|entry| entry.as_of);
        let figure = |of: fn(&LagRecord) -> i32| {
            lag.as_ref().map_or_else(
                || "not known".to_owned(),
                |lag| bounded(of(lag).into(), lag.upper_bounds),
            )
        };
        Some(ReleaseLine {
            release: release.id.clone(),
            label: format!(
                "{} {}{}",
                index.distribution.name,
                snapshot.distribution_minor,
                as_of.map_or_else(String::new, |made| format!(", as of {}", day(made.0)))
            ),
            median: figure(|lag| lag.median_days),
            p90: figure(|lag| lag.p90_days),
            counted: lag.map_or_else(|| "0".to_owned(), |lag| count(lag.exact + lag.upper_bounds)),
        })
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_stand_beside_each_other_as_of_their_newest_reports() {
        let snapshot = |id: &str, day: u8, lag: &str| {
            let zeros = "0".repeat(64);
            format!(
                r#"{{"id":"{id}","taken":"2026-11-{day}T04:10:00Z","report":"{zeros}","distribution_minor":"9.6","reference_minor":"9.6",
                "shares":{{"matched":0,"patched":0,"diverging":0,"not_compared":0}},"security":{{"document":"{zeros}"{lag}}}}}"#
            )
        };
        let lag =
            r#","lag":{"median_days":4,"p90_days":31,"exact":16,"upper_bounds":0,"from_copies":0}"#;
        let old = r#","as_of":"2026-11-17T04:10:00Z""#;
        let check = |newest: &str, expected: [&str; 3]| {
            let text = format!(
                r#"{{"format":{{"major":1,"minor":0}},"generator":"","generated":"2026-11-20T04:10:00Z","distribution":{{"name":"AlmaLinux"}},
            "reference":{{"name":"RHEL"}},"releases":[{{"id":"9","architectures":[],"snapshots":[{},{}],"sources":[]}}]}}"#,
                snapshot("a", 19, ""),
                snapshot("b", 20, newest)
            );
            let (index, _) = crate::report::read(text.as_bytes()).unwrap();
            let lines = release_lines(&index, false).into_iter();
            let lines: Vec<[String; 3]> = lines
                .map(|line| [line.label, line.median, line.counted])
                .map(|line| line.map(|text| text.replace('\u{a0}', " ")))
                .collect();
            assert_eq!(lines, [expected]);
            assert_eq!(release_lines(&index, true), []);
        };
        check(lag, ["AlmaLinux 9.6", "4 days", "16"]);
        check(
            &format!("{old}{lag}"),
            ["AlmaLinux 9.6, as of 17 Nov 2026", "4 days", "16"],
        );
    }
}
