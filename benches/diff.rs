//! Comparing texts, words and moves included, beside `git diff --histogram` on the same files, in turns; medians as ratios.
//!
//! The targets: not slower than git's whole process on the sparse and the dense text, and within a second on the others.
//! For `benches/browser/`, which measures the same in a browser, `--write-texts FOLDER` writes the texts, and `--measure`
//! answers each line `almanac FOLDER` or `git FOLDER` of its input with the milliseconds that this took.

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod support;
mod texts;

use almanac::diff::{Space, Text, TextComparison};
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use support::{load, median};
use texts::Case;

const ROUNDS: usize = 7;

fn main() {
    // Cargo adds one of its own.
    let arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench");
    let arguments: Vec<String> = arguments.collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => compare(),
        ["--write-texts", folder] => texts::write_all(Path::new(folder)),
        ["--measure"] => measure_on_demand(),
        _ => panic!("neither --write-texts FOLDER nor --measure: {arguments:?}"),
    }
}

fn compare() {
    println!("load before: {}", load());
    for case in texts::hard() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        case.write(folder.path());
        let mut measured: [Vec<(f64, u64)>; 2] = Default::default();
        let mut told = String::new();
        for _ in 0..ROUNDS {
            let (before, after) = (case.before.clone(), case.after.clone());
            let started = Instant::now();
            let comparison = TextComparison::new(Text::new(before), Text::new(after), Space::Exact);
            measured[0].push((started.elapsed().as_secs_f64(), 0));
            let coarse = comparison
                .hunks
                .iter()
                .filter(|hunk| hunk.word_limit.is_some());
            told = format!(
                "{} hunks, {} without words, {} moves",
                comparison.hunks.len(),
                coarse.count(),
                comparison.moves.blocks.len()
            );
            measured[1].push((git_seconds(folder.path()), 0));
        }
        let [own, git] = measured.map(median);
        println!(
            "{:<20} {:>7.1} ms, git {:>7.1} ms: {:.2} times as fast; {told}",
            case.name,
            own.0 * 1000.0,
            git.0 * 1000.0,
            git.0 / own.0
        );
    }
    println!("load after: {}", load());
}

/// Answers the lines of the standard input until it ends.
fn measure_on_demand() {
    for line in io::stdin().lines() {
        let line = line.expect("a line");
        let seconds = match line.split_once(' ') {
            Some(("almanac", folder)) => own_seconds(Case::read(Path::new(folder))),
            Some(("git", folder)) => git_seconds(Path::new(folder)),
            _ => panic!("neither `almanac FOLDER` nor `git FOLDER`: {line}"),
        };
        println!("{}", seconds * 1000.0);
    }
}

/// What the worker does with a pair of texts, from bytes to the numbers of its first answer, which says what differs.
fn own_seconds(case: Case) -> f64 {
    let started = Instant::now();
    let mut seconds = None;
    texts::request().perform(case.before, case.after, |_| {
        seconds.get_or_insert_with(|| started.elapsed().as_secs_f64());
    });
    seconds.expect("an answer")
}

/// The whole process, with the files `before` and `after` of a folder.
fn git_seconds(folder: &Path) -> f64 {
    let started = Instant::now();
    let output = Command::new("git")
        .args([
            "diff",
            "--no-index",
            "--histogram",
            "--no-color",
            "before",
            "after",
        ])
        .current_dir(folder)
        .output()
        .expect("git");
    let seconds = started.elapsed().as_secs_f64();
    assert!(!output.stdout.is_empty());
    seconds
}
