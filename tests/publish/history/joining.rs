//! Making the history again: of sets of an older format, of documents that are lost, and of several sets.

use super::super::support::World;
use super::{
    DAYS, EXPECTED, as_format_1_0, assert_holds, day_by_day, publish_day, reached, release, told,
    years,
};
use almanac::publish::history::join;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn an_older_set_gets_its_history_at_the_next_snapshot() {
    let (world, old) = (World::new(), World::new());
    day_by_day(&world, &world.output());
    for day in 0..4 {
        publish_day(&old, &old.output(), day);
    }
    as_format_1_0(&old.output());
    assert_holds(&old.output());
    publish_day(&old, &old.output(), 4);
    assert_eq!(told(&old.output()), EXPECTED);
    assert!(reached(&old.output()) == reached(&world.output()));
}

#[test]
fn years_and_months_that_are_lost_are_made_anew_where_all_snapshots_are_named_elsewhere() {
    let world = World::new();
    day_by_day(&world, &world.output());
    let whole = reached(&world.output());
    let check = |spoil: &dyn Fn(&Path), expected: Option<&str>| {
        let (folder, joined) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        join(&[world.output()], folder.path()).unwrap_or_else(|error| panic!("{error}"));
        spoil(folder.path());
        match (join(&[folder.path().to_owned()], joined.path()), expected) {
            (Ok(_), None) => assert!(reached(joined.path()) == whole),
            (Err(error), Some(expected)) => {
                let error = error.to_string();
                assert!(error.contains(expected), "{error}");
            }
            (found, expected) => panic!("{found:?}, and not {expected:?}"),
        }
    };
    let lose_month = |folder: &Path| {
        let digest = &years(folder)[0].months[0].digest;
        fs::remove_file(folder.join(format!("months/{digest}.json"))).unwrap();
    };
    check(&lose_month, None);
    let lose_year = |folder: &Path| {
        let digest = &release(folder).years[0].digest;
        fs::remove_file(folder.join(format!("years/{digest}.json"))).unwrap();
    };
    check(&lose_year, None);
    // The index lists the newest snapshots alone, here only the last.
    let list_fewer = |folder: &Path| {
        lose_month(folder);
        let index = folder.join("index.json");
        let text = fs::read_to_string(&index).unwrap();
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let snapshots = value["releases"][0]["snapshots"].as_array_mut().unwrap();
        snapshots.drain(..4);
        fs::write(&index, value.to_string()).unwrap();
    };
    let expected = "not all of the snapshots of this history are named elsewhere\nremedy: restore";
    check(&list_fewer, Some(expected));
}

#[test]
fn old_sets_are_joined_to_the_history_that_was_made_day_by_day() {
    let world = World::new();
    day_by_day(&world, &world.output());
    let folders: Vec<PathBuf> = (0..DAYS.len())
        .map(|day| {
            let folder = world.path(&format!("set-{day}"));
            publish_day(&world, &folder, day);
            folder
        })
        .collect();
    let joined = world.path("joined");
    let mut shuffled = folders.clone();
    shuffled.reverse();
    let result = join(&shuffled, &joined).unwrap_or_else(|error| panic!("{error}"));
    assert!(result.losses.is_empty(), "{:?}", result.losses);
    assert_eq!(told(&joined), EXPECTED);
    assert!(reached(&joined) == reached(&world.output()));
    assert_holds(&joined);
    // Once more into the same folder changes nothing, and a part is filled up.
    join(&folders[1..3], &joined).unwrap_or_else(|error| panic!("{error}"));
    assert!(reached(&joined) == reached(&world.output()));
}

#[test]
fn joining_tells_what_is_no_set() {
    let world = World::new();
    publish_day(&world, &world.output(), 0);
    let error = join(&[world.path("nowhere")], &world.output())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("nowhere/index.json: nothing is published here"),
        "{error}"
    );
    assert_holds(&world.output());
}
