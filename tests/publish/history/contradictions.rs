//! What the history says is held against the reports.

use super::super::support::{World, assert_told, tree};
use super::{day_by_day, reached, release};
use std::fs;
use std::path::PathBuf;

fn spoiled(spoil: impl FnOnce(&World), path: &str, cause: &str) {
    let world = World::new();
    day_by_day(&world, &world.output());
    spoil(&world);
    assert_told(&world, path, cause);
}

/// Replaces a document by an edited one under its new name, and its name in the document that names it, up to the index.
fn edit(world: &World, folder: &str, from: &str, to: &str) {
    let output = world.output();
    let (mut from, mut to) = (from.to_owned(), to.to_owned());
    let chain = ["months", "years", "index.json"];
    for folder in chain.iter().skip_while(|name| **name != folder) {
        let paths: Vec<PathBuf> = if *folder == "index.json" {
            vec![output.join(folder)]
        } else {
            reached(&output)
                .into_keys()
                .filter(|path| path.starts_with(folder) && path.extension().is_some())
                .map(|path| output.join(path))
                .collect()
        };
        let path = paths
            .into_iter()
            .find(|path| fs::read_to_string(path).unwrap().contains(&from))
            .unwrap_or_else(|| panic!("no {folder} has {from}"));
        let text = fs::read_to_string(&path).unwrap().replacen(&from, &to, 1);
        if *folder == "index.json" {
            fs::write(path, text).unwrap();
            return;
        }
        from = path.file_stem().unwrap().to_string_lossy().into_owned();
        to = almanac::publish::output::digest_of(text.as_bytes()).to_string();
        fs::write(output.join(format!("{folder}/{to}.json")), text).unwrap();
    }
}

#[test]
fn what_the_history_says_is_held_against_the_reports() {
    spoiled(
        |world| {
            edit(
                world,
                "months",
                "\"package\":\"bash\"",
                "\"package\":\"bush\"",
            )
        },
        "months of 9",
        "what became of packages is not what the reports say",
    );
    spoiled(
        |world| edit(world, "months", "\"reviewed\":0", "\"reviewed\":1"),
        "months of 9",
        "the figures are not what the reports say",
    );
    spoiled(
        |world| edit(world, "years", "\"diverging\":[1,1", "\"diverging\":[1,0"),
        "years of 9",
        "are not those of its months",
    );
    spoiled(
        |world| {
            let old = release(&world.output()).ledger.unwrap().to_string();
            let path = world.output().join(format!("ledgers/{old}.json"));
            let text =
                fs::read_to_string(path)
                    .unwrap()
                    .replacen("\"resolved\":1", "\"resolved\":7", 1);
            let new = almanac::publish::output::digest_of(text.as_bytes());
            world.write(&format!("published/ledgers/{new}.json"), text);
            let index = world.output().join("index.json");
            let text = fs::read_to_string(&index).unwrap();
            fs::write(index, text.replace(&old, new.as_str())).unwrap();
        },
        "ledger of 9",
        "not those that the history shows",
    );
    spoiled(
        |world| world.write("published/deviations.csv", "release\r\n"),
        "deviations.csv",
        "it does not say what the ledgers say",
    );
    spoiled(
        |world| {
            let superseded = tree(&world.output())
                .into_keys()
                .find(|path| {
                    let relative = path.strip_prefix(world.output()).unwrap();
                    relative.starts_with("years")
                        && path.is_file()
                        && !reached(&world.output()).contains_key(relative)
                })
                .unwrap();
            fs::write(superseded, "{}").unwrap();
        },
        "years/",
        "it is not what was published under this name",
    );
}
