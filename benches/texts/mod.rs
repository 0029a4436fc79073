//! Pairs of texts that are compared: made ones, the same in every run, and the real ones at hand.

use almanac::diff::{Space, Text, TextComparison};
use almanac::presentation::diff_view::{DiffFile, DiffRequest};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The environment variable that names the folder of real inputs.
const REAL_DATA: &str = "ALMANAC_REAL_DATA";

/// A pair of texts.
pub struct Case {
    /// What is hard about it.
    pub name: String,
    /// The first text.
    pub before: Vec<u8>,
    /// The second text.
    pub after: Vec<u8>,
}

impl Case {
    fn of(name: &str, before: &[String], after: &[String]) -> Self {
        let text = |lines: &[String]| (lines.join("\n") + "\n").into_bytes();
        Self {
            name: name.to_owned(),
            before: text(before),
            after: text(after),
        }
    }

    /// Writes both texts into a folder.
    pub fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).expect("a folder");
        fs::write(folder.join("before"), &self.before).expect("a file");
        fs::write(folder.join("after"), &self.after).expect("a file");
    }

    /// Reads what [`Self::write`] wrote.
    pub fn read(folder: &Path) -> Self {
        let side = |name| fs::read(folder.join(name)).expect("a text");
        Self {
            name: folder.to_string_lossy().into_owned(),
            before: side("before"),
            after: side("after"),
        }
    }

    /// Both texts, compared.
    pub fn compare(&self) -> TextComparison {
        let text = |bytes: &[u8]| Text::new(bytes.to_vec());
        TextComparison::new(text(&self.before), text(&self.after), Space::Exact)
    }
}

/// What a worker is asked for with each pair: all space counts, and no language is coloured.
pub fn request() -> DiffRequest {
    DiffRequest::of(&DiffFile::default(), Space::Exact)
}

/// The texts that are hard to compare, each in its own way.
pub fn hard() -> Vec<Case> {
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
        Case::of("sparse", &large, &changed(&large, 127)),
        Case::of("dense", &large, &changed(&large, 14)),
        Case::of("nothing in common", &one, &other),
        Case::of("repetitive", &repeated, &again),
        Case::of("one line of 5 MB", &[long], &[longer]),
    ]
}

/// 100,000 lines with 400 changes, the first of them near the top.
fn drawn() -> Case {
    let lines = Numbers(0x9e37_79b9_7f4a_7c15).lines(100_000);
    Case::of("drawn", &lines, &changed(&lines, 250))
}

/// The files of source packages that differ between the reference and AlmaLinux, where the environment names real inputs.
fn real() -> Vec<Case> {
    let Some(data) = std::env::var_os(REAL_DATA).map(PathBuf::from) else {
        println!("no real pairs: {REAL_DATA} is not set");
        return Vec::new();
    };
    let mut sides: BTreeMap<String, [Option<Vec<u8>>; 2]> = BTreeMap::new();
    for folder in entries(&data.join("autopatch")) {
        for file in entries(&folder) {
            let path = file.to_string_lossy();
            for (side, word) in [".upstream", ".almalinux"].into_iter().enumerate() {
                if let Some((start, end)) = path.rsplit_once(word)
                    && (end.is_empty() || end == ".spec")
                {
                    let text = fs::read(&file).expect("a text");
                    sides.entry(format!("{start}{end}")).or_default()[side] = Some(text);
                }
            }
        }
    }
    let pairs = sides.into_values().filter_map(|[before, after]| {
        let (before, after) = (before?, after?);
        (before != after).then_some((before, after))
    });
    let numbered = pairs.enumerate().map(|(number, (before, after))| Case {
        name: number.to_string(),
        before,
        after,
    });
    numbered.collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

/// Writes all texts into a folder, and beside them `texts.json`, which says what is there: `request`, the numbers that a
/// worker is asked with, `compared`, each with a name, the folders of its pairs and how many hunks they have, and `drawn`,
/// the folder of the pair that is drawn.
pub fn write_all(folder: &Path) {
    let mut compared = Vec::new();
    let mut note = |name: &str, cases: &[(String, Case)]| {
        for (place, case) in cases {
            case.write(&folder.join(place));
        }
        let places: Vec<&String> = cases.iter().map(|(place, _)| place).collect();
        let hunks: usize = cases
            .iter()
            .map(|(_, case)| case.compare().hunks.len())
            .sum();
        compared.push(serde_json::json!({ "name": name, "pairs": places, "hunks": hunks }));
    };
    for case in hard() {
        note(&case.name.clone(), &[(case.name.clone(), case)]);
    }
    let real: Vec<(String, Case)> = real()
        .into_iter()
        .map(|case| (format!("real/{}", case.name), case))
        .collect();
    if !real.is_empty() {
        note(&format!("{} real pairs", real.len()), &real);
    }
    let drawn = drawn();
    drawn.write(&folder.join(&drawn.name));
    let list = serde_json::json!({
        "request": request().to_numbers(),
        "compared": compared,
        "drawn": drawn.name,
    });
    fs::write(folder.join("texts.json"), list.to_string()).expect("a file");
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
