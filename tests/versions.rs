//! The order of versions is rpm's: by its own rules, by its own vectors, and by the library itself on many random pairs.

use almanac::domain::{Evr, compare_versions};
use std::cmp::Ordering;
use std::fmt::Write;
use std::fs;
use std::process::Command;

/// At least two for each rule of rpm's comparison, written in the order in which rpm's documentation has the rules.
const RULES: [(&str, &str, Ordering); 26] = [
    // Equal texts are equal.
    ("1.0", "1.0", Ordering::Equal),
    // Numbers are compared as such, leading zeros do not count.
    ("1.9", "1.10", Ordering::Less),
    ("1.05", "1.5", Ordering::Equal),
    ("20240101", "9", Ordering::Greater),
    // Letters are compared as text.
    ("1.a", "1.b", Ordering::Less),
    ("abc", "abd", Ordering::Less),
    ("A", "a", Ordering::Less),
    // Numbers are newer than letters.
    ("1.1", "1.a", Ordering::Greater),
    ("5", "rc", Ordering::Greater),
    // A change between digits and letters starts a new segment.
    ("1.0a1", "1.0a2", Ordering::Less),
    ("8.7p1", "8.7p2", Ordering::Less),
    ("1.0", "1.0a", Ordering::Less),
    // What separates segments does not count.
    ("1.0", "1_0", Ordering::Equal),
    ("2+1", "2.1", Ordering::Equal),
    ("1..2", "1.2", Ordering::Equal),
    // More segments are newer.
    ("1.0", "1.0.1", Ordering::Less),
    ("1.0.1", "1.0.1.el9", Ordering::Less),
    // A tilde is older than everything, the end included.
    ("1.0~rc1", "1.0", Ordering::Less),
    ("1.0~rc1", "1.0~rc2", Ordering::Less),
    ("1.0~rc1~git1", "1.0~rc1", Ordering::Less),
    // A caret is newer than the end and older than any further segment.
    ("1.0^git1", "1.0", Ordering::Greater),
    ("1.0^git1", "1.0^git2", Ordering::Less),
    ("1.0^git1", "1.01", Ordering::Less),
    ("1.0^git1", "1.0.1", Ordering::Less),
    ("1.0^git1~pre", "1.0^git1", Ordering::Less),
    ("1.0~rc1^git1", "1.0~rc1", Ordering::Greater),
];

#[test]
fn versions_are_ordered_by_rpms_rules() {
    for (left, right, expected) in RULES {
        assert_eq!(
            compare_versions(left, right),
            expected,
            "{left} and {right}"
        );
        assert_eq!(
            compare_versions(right, left),
            expected.reverse(),
            "{right} and {left}"
        );
    }
}

#[test]
fn versions_are_ordered_as_rpms_own_vectors_say() {
    let Some(data) = std::env::var_os("ALMANAC_REAL_DATA") else {
        println!("skipped: ALMANAC_REAL_DATA is not set");
        return;
    };
    let path = std::path::Path::new(&data).join("rpmver/rpmvercmp-vectors.csv");
    let text = fs::read_to_string(path).unwrap();
    let mut vectors = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        let [left, right, expected] = fields[..] else {
            panic!("{line}")
        };
        let Ok(expected) = expected.parse::<i32>() else {
            continue;
        };
        assert_eq!(compare_versions(left, right), expected.cmp(&0), "{line}");
        vectors += 1;
    }
    assert_eq!(vectors, 91);
}

const PAIRS: usize = 120_000;

const SCRIPT: &str = r#"
import sys, rpm
for line in open(sys.argv[1], encoding="ascii"):
    fields = line.rstrip("\n").split("\t")
    print(rpm.labelCompare(tuple(fields[:3]), tuple(fields[3:])))
"#;

/// A sequence that looks random and is the same every time (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// Pieces of versions in any order, so that all rules meet.
    fn version(&mut self) -> String {
        const PIECES: [&str; 30] = [
            "0", "1", "2", "9", "10", "00", "01", "123", "20260801", "a", "b", "rc", "el9",
            "el9_6", "git", "alma", "Z", ".", ".", ".", "..", "_", "+", "~", "~", "^", "^", "~~",
            "^^", "~^",
        ];
        (0..1 + self.below(7))
            .map(|_| PIECES[self.below(PIECES.len())])
            .collect()
    }

    /// The same with a small change, since random texts nearly always differ at once.
    fn near(&mut self, version: &str) -> String {
        match self.below(5) {
            0 => version.to_owned(),
            1 => version.replacen('.', "_", 1),
            2 => format!("{version}{}", self.version()),
            3 => {
                version
                    .chars()
                    .take(self.below(version.len() + 1))
                    .collect::<String>()
                    + "1"
            }
            _ => self.version(),
        }
    }
}

#[test]
fn random_pairs_are_ordered_as_the_library_orders_them() {
    let mut chance = Chance(91);
    let mut pairs = Vec::with_capacity(PAIRS);
    let mut text = String::new();
    for _ in 0..PAIRS {
        let left = Evr::new(chance.below(3) as u32, chance.version(), chance.version());
        let epoch = if chance.below(4) == 0 {
            chance.below(3) as u32
        } else {
            left.epoch
        };
        let right = Evr::new(
            epoch,
            chance.near(&left.version),
            chance.near(&left.release),
        );
        for evr in [&left, &right] {
            write!(text, "{}\t{}\t{}\t", evr.epoch, evr.version, evr.release).unwrap();
        }
        text.pop();
        text.push('\n');
        pairs.push((left, right));
    }
    let folder = std::env::temp_dir().join(format!("almanac-versions-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let input = folder.join("pairs");
    fs::write(&input, text).unwrap();
    let output = Command::new("/usr/bin/python3")
        .args(["-c", SCRIPT])
        .arg(&input)
        .output()
        .expect("python3 with rpm");
    fs::remove_dir_all(&folder).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let answers = String::from_utf8(output.stdout).unwrap();
    assert_eq!(answers.lines().count(), PAIRS);
    let mut seen = [0; 3];
    for ((left, right), answer) in pairs.iter().zip(answers.lines()) {
        let expected = answer.parse::<i32>().unwrap().cmp(&0);
        assert_eq!(left.cmp(right), expected, "{left:?} and {right:?}");
        seen[(expected as i8 + 1) as usize] += 1;
    }
    assert!(seen.iter().all(|&count| count > PAIRS / 20), "{seen:?}");
}
