//! What was known of an advisory outlasts the snapshots that told it, of which an index lists the newest alone.

use super::*;
use almanac::domain::Timestamp;
use almanac::report::limits::SNAPSHOTS_LISTED;
use std::sync::atomic::Ordering;

/// The moment of a snapshot, so many days after the first.
fn day(number: usize) -> String {
    let day = moment(FIRST).unix_days() + number as i64;
    let date = Timestamp::from_unix_days(day).unwrap().to_string();
    format!("{}T04:10:00Z", &date[..10])
}

/// Publishes so many snapshots as an index does not list, and one more.
fn publish_many(world: &World, first: usize) -> usize {
    let end = first + SNAPSHOTS_LISTED + 1;
    for number in first..end {
        world.publish_at(&day(number)).unwrap();
    }
    end
}

fn of(world: &World, id: &str) -> Option<String> {
    lines(world).into_iter().find(|line| line.starts_with(id))
}

#[test]
fn a_date_that_was_refuted_is_not_believed_after_many_snapshots() {
    let world = world();
    let first = erratum("2026:0001", "2026-11-03", "2026-11-03");
    let own = |day: &str| {
        let second = erratum("2026:0002", day, day);
        let own = erratum("2026:A001", "2026-11-10", "2026-11-10");
        world.write("errata.json", errata(&[first.clone(), second, own]));
    };
    world.publish_at(&day(0)).unwrap();
    own("2026-11-10");
    let end = publish_many(&world, 1);
    for id in ["ALSA-2026:0002", "ALSA-2026:A001"] {
        let contradicted = format!("{id} Announced SnapshotAgainstDate 2026-11-21");
        assert_eq!(of(&world, id), Some(contradicted));
    }
    // Between which snapshots it came is known still.
    own("2026-11-19");
    world.publish_at(&day(end)).unwrap();
    let contradicted = "ALSA-2026:0002 Announced SnapshotAgainstDate 2026-11-21";
    assert_eq!(of(&world, "ALSA-2026:0002").as_deref(), Some(contradicted));
    own("2026-11-20");
    world.publish_at(&day(end + 1)).unwrap();
    let possible = "ALSA-2026:0002 Announced Issued 2026-11-20";
    assert_eq!(of(&world, "ALSA-2026:0002").as_deref(), Some(possible));
    check_sound(&world);
}

#[test]
fn an_advisory_that_comes_back_after_many_snapshots_has_the_days_that_it_had() {
    let world = world();
    let own = |numbers: &[u32]| {
        let entries = numbers
            .iter()
            .map(|number| erratum(&format!("2026:{number:04}"), "2026-11-05", "2026-11-05"));
        world.write("errata.json", errata(&entries.collect::<Vec<_>>()));
    };
    let others: Vec<u32> = (11..=30).collect();
    let all: Vec<u32> = [1].into_iter().chain(others.clone()).collect();
    own(&all);
    world.publish_at(&day(0)).unwrap();
    let known = Some("ALSA-2026:0001 Announced Issued 2026-11-05".to_owned());
    assert_eq!(of(&world, "ALSA-2026:0001"), known);
    own(&others);
    let end = publish_many(&world, 1);
    assert_eq!(of(&world, "ALSA-2026:0001"), None);
    assert_eq!(security(&world).earlier.departed.len(), 1);
    own(&all);
    for number in end..end + 2 {
        world.publish_at(&day(number)).unwrap();
        assert_eq!(of(&world, "ALSA-2026:0001"), known, "{number}");
    }
    assert_eq!(security(&world).earlier.departed.len(), 0);
    check_sound(&world);
}

#[test]
fn a_fix_that_came_before_all_that_the_index_lists_is_dated_by_the_first_listed_that_had_it() {
    let (world, is_broken, _server) = unread::world_with_host();
    let dnf = |nvr: &str| {
        let built = [package(&format!("{nvr}.noarch"), nvr)];
        world.repository("distribution/x86_64", &built, WrittenCompression::Gzip);
    };
    dnf("dnf-4.14.0-24.el9");
    world.publish_at(&day(0)).unwrap();
    is_broken.store(true, Ordering::Relaxed);
    dnf("dnf-4.14.0-25.el9");
    let end = publish_many(&world, 1);
    is_broken.store(false, Ordering::Relaxed);
    world.publish_at(&day(end)).unwrap();
    let first_listed = day(end - SNAPSHOTS_LISTED);
    let expected = format!(
        "RHSA-2026:0002 FixedWithoutAdvisory Snapshot {}",
        &first_listed[..10]
    );
    assert_eq!(of(&world, "RHSA-2026:0002"), Some(expected));
}
