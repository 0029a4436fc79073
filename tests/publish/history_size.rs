//! How many bytes ten years of daily snapshots of three releases take on their way to the reader.

use super::support::ten_years::{DAYS, LOST_DAYS, RELEASES, history};
use almanac::report::{Document, SharesRecord};
use std::io::Write;

/// For the data of all charts.
const BYTES_MAX: usize = 300_000;
/// For what one page loads.
const PAGE_BYTES_MAX: usize = 150_000;

fn brotli_bytes(document: &impl serde::Serialize) -> usize {
    let json = serde_json::to_vec(document).unwrap();
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 9, 22);
    writer.write_all(&json).unwrap();
    drop(writer);
    compressed.len()
}

#[test]
fn ten_years_of_daily_snapshots_of_three_releases_fit() {
    let mut of_all_charts = 0;
    let mut largest_month = 0;
    for (number, release) in RELEASES.iter().enumerate() {
        let (years, months) = history(release, 7 + number as u64);
        for month in &months {
            month.check().unwrap();
            largest_month = largest_month.max(brotli_bytes(month));
        }
        let mut of_release = 0;
        let mut read = 0;
        for (year, snapshots) in &years {
            year.check().unwrap();
            let points = year.points();
            let shares: Vec<SharesRecord> = points.iter().map(|point| point.shares).collect();
            let expected: Vec<SharesRecord> =
                snapshots.iter().map(|one| one.entry.shares).collect();
            assert_eq!(shares, expected, "{}", year.year);
            read += points.len() as i64;
            of_release += brotli_bytes(year);
        }
        assert_eq!(read, DAYS - (LOST_DAYS.end - LOST_DAYS.start));
        println!("release {release}: {read} snapshots, {of_release} bytes for its chart");
        assert!(of_release < PAGE_BYTES_MAX, "{of_release} bytes");
        of_all_charts += of_release;
    }
    println!("all charts: {of_all_charts} bytes; the largest month: {largest_month} bytes");
    assert!(of_all_charts < BYTES_MAX, "{of_all_charts} bytes");
    assert!(largest_month < PAGE_BYTES_MAX, "{largest_month} bytes");
}
