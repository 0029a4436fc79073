//! Comparing texts, words and moves included, beside `git diff --histogram` on the same files, in turns; medians as ratios.
//!
//! The targets: not slower than git's whole process on the sparse and the dense text, and within a second on the others.
//! `cargo bench --features publish --bench diff -- --write-texts FOLDER` writes the texts for other programs to measure.

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod support;

use almanac::diff::{Space, Text, TextComparison};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use support::{load, median};

const ROUNDS: usize = 7;

/// A pair of texts that is hard in its own way.
struct Case {
    name: &'static str,
    before: Vec<u8>,
    after: Vec<u8>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = arguments
        .iter()
        .position(|argument| argument == "--write-texts")
        .and_then(|position| arguments.get(position + 1));
    match folder {
        Some(folder) => cases().iter().for_each(|case| {
            write(case, &Path::new(folder).join(case.name));
        }),
        None => compare(),
    }
}

fn compare() {
    println!("load before: {}", load());
    for case in cases() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(&case, folder.path());
        let mut measured: [Vec<(f64, u64)>; 2] = Default::default();
        let mut told = String::new();
        for _ in 0..ROUNDS {
            let (before, after) = (case.before.clone(), case.after.clone());
            let started = Instant::now();
            let comparison = TextComparison::new(Text::new(before), Text::new(after), Space::Exact);
            measured[0].push((started.elapsed().as_secs_f64(), 0));
            let coarse = comparison.hunks.iter().filter(|hunk| !hunk.words_compared);
            told = format!(
                "{} hunks, {} without words, {} moves",
                comparison.hunks.len(),
                coarse.count(),
                comparison.moves.len()
            );
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
                .current_dir(folder.path())
                .output()
                .expect("git");
            measured[1].push((started.elapsed().as_secs_f64(), 0));
            assert!(!output.stdout.is_empty());
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

fn write(case: &Case, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("before"), &case.before).expect("a file");
    fs::write(folder.join("after"), &case.after).expect("a file");
}

fn cases() -> Vec<Case> {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let large = numbers.lines(50_000);
    let (one, other) = (numbers.lines(20_000), numbers.lines(20_000));
    let stock = numbers.lines(60);
    let mut repetitive = || -> Vec<String> {
        let line = |_| stock[numbers.below(60)].clone();
        (0..10_000).map(line).collect()
    };
    let (repeated, again) = (repetitive(), repetitive());
    let long: String = one.join(" ").chars().cycle().take(5_000_000).collect();
    let mut longer = long.clone();
    longer.insert_str(2_500_000, "alma");
    vec![
        case("sparse", &large, &changed(&large, 127)),
        case("dense", &large, &changed(&large, 14)),
        case("nothing in common", &one, &other),
        case("repetitive", &repeated, &again),
        case("one line of 5 MB", &[long], &[longer]),
    ]
}

fn case(name: &'static str, before: &[String], after: &[String]) -> Case {
    let text = |lines: &[String]| (lines.join("\n") + "\n").into_bytes();
    Case {
        name,
        before: text(before),
        after: text(after),
    }
}

/// The lines with every so many-th of them changed, taken away or preceded by another, in turns.
fn changed(lines: &[String], distance: usize) -> Vec<String> {
    let change = |(index, line): (usize, &String)| match (index % distance, index / distance % 3) {
        (7, 0) => vec![format!("{line}.alma.1")],
        (7, 1) => vec![],
        (7, _) => vec![format!("Patch{index}: {index}.patch"), line.clone()],
        _ => vec![line.clone()],
    };
    lines.iter().enumerate().flat_map(change).collect()
}

/// Numbers that are the same in every run (Marsaglia's xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    /// Lines of four words.
    fn lines(&mut self, count: usize) -> Vec<String> {
        let mut line = || {
            let word = |_| format!("{:x}", self.below(1 << 20));
            (0..4).map(word).collect::<Vec<_>>().join(" ")
        };
        (0..count).map(|_| line()).collect()
    }
}
