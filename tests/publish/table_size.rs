//! How many bytes a large report takes on its way to the reader.

use super::support::{World, package, real_data};
use almanac::analysis::{AbiComparison, BinariesAlone, Cell, PackageComparison, Rules, classify};
use almanac::analysis::{Circumstances, OriginFinding, Pair};
use almanac::domain::{AbiNotComparedReason, AbiVerdict, Evr, SourceAbi, SourcePackage};
use almanac::publish::compile::TableBuilder;
use almanac::report::PackageTable;
use std::collections::BTreeSet;
use std::io::Write;

const PACKAGES: usize = 15_000;
const ARCHITECTURES: usize = 6;
const BYTES_MAX: usize = 120_000;

/// The bytes of a document's JSON, compressed with brotli.
pub fn brotli_bytes(table: &impl serde::Serialize) -> usize {
    let json = serde_json::to_vec(table).unwrap();
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 24);
    writer.write_all(&json).unwrap();
    drop(writer);
    compressed.len()
}

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

    /// Mostly small: a power of an even distribution.
    fn skewed(&mut self, bound: usize, power: f64) -> usize {
        let even = self.below(1 << 20) as f64 / f64::from(1 << 20);
        (even.powf(power) * bound as f64) as usize
    }

    fn small(&mut self, bound: usize) -> usize {
        self.skewed(bound, 3.0)
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Ecosystems by which names start, with their shares in the source packages of AlmaLinux 10, in percent.
const FAMILIES: [(&str, usize); 17] = [
    ("", 52),
    ("perl-", 13),
    ("python-", 7),
    ("hunspell-", 5),
    ("hyphen-", 2),
    ("gnome-", 2),
    ("qt6-", 2),
    ("maven-", 2),
    ("rubygem-", 2),
    ("mingw-", 1),
    ("rust-", 2),
    ("golang-", 1),
    ("ocaml-", 1),
    ("xorg-x11-", 1),
    ("php-", 1),
    ("apache-", 1),
    ("lib", 5),
];

/// Names built as those of real source packages are: an ecosystem, one to three words of a vocabulary in which some words
/// are frequent and most are rare.
fn names(chance: &mut Chance, count: usize) -> BTreeSet<String> {
    const SYLLABLES: [&str; 48] = [
        "ab", "al", "an", "ar", "at", "ba", "bel", "ca", "co", "da", "de", "el", "en", "er", "fi",
        "ge", "gra", "he", "in", "io", "ja", "ka", "la", "le", "lo", "ma", "mo", "ne", "on", "or",
        "pa", "pe", "ra", "re", "ro", "sa", "se", "sta", "ta", "te", "ti", "tra", "un", "ur", "va",
        "vi", "xi", "zo",
    ];
    const SECOND: [&str; 24] = [
        "fonts", "tools", "utils", "plugin", "core", "macros", "parent", "common", "config",
        "client", "server", "module", "test", "file", "xml", "http", "api", "data", "text", "tiny",
        "shell", "desktop", "ng", "util",
    ];
    let words: Vec<String> = (0..6_000)
        .map(|_| {
            (0..1 + chance.below(4))
                .map(|_| chance.of(&SYLLABLES))
                .collect()
        })
        .collect();
    let mut names = BTreeSet::new();
    while names.len() < count {
        let mut share = chance.below(100);
        let family = FAMILIES.iter().find(|(_, percent)| {
            let is_it = share < *percent;
            share = share.saturating_sub(*percent);
            is_it
        });
        let mut name = family.map_or("", |(family, _)| family).to_owned();
        name.push_str(&words[chance.skewed(words.len(), 1.5)]);
        if chance.below(100) < 30 {
            name.push('-');
            name.push_str(if chance.below(2) == 0 {
                SECOND[chance.small(SECOND.len())]
            } else {
                &words[chance.skewed(words.len(), 1.5)]
            });
        }
        if chance.below(100) < 4 {
            name.push_str(chance.of(&["2", "3", "4", "1.0"]));
        }
        names.insert(name);
    }
    names
}

/// A version as AlmaLinux 10 has them: two or three small numbers, one release in ten rebuilt for a minor release.
fn evr(chance: &mut Chance) -> Evr {
    let mut version = chance.small(12).to_string();
    let more = match chance.below(100) {
        0..4 => 0,
        4..38 => 1,
        _ => 2,
    };
    for _ in 0..more {
        version.push_str(&format!(".{}", chance.skewed(40, 2.2)));
    }
    let tag = match chance.below(100) {
        0..90 => "el10",
        90..98 => "el10_0",
        _ => "el10_0.1",
    };
    let epoch = if chance.below(10) == 0 {
        1 + chance.small(3) as u32
    } else {
        0
    };
    Evr::new(epoch, version, format!("{}.{tag}", chance.skewed(50, 2.0)))
}

fn table(chance: &mut Chance, count: usize) -> PackageTable {
    let rules = Rules::default();
    let circumstances = Circumstances {
        rules: &rules,
        reference_complete: true,
        distribution_complete: true,
        epochs_recorded: true,
        unreadable: false,
        finding: None,
        changes: &[],
        has_unexplained_lines: false,
        expectation: None,
    };
    let mut builder = TableBuilder::default();
    let origins = ["CentOS Stream", "UBI", "upstream"].map(str::to_owned);
    for name in names(chance, count) {
        let reference_evr = evr(chance);
        let kind = chance.below(100);
        let mut distribution_evr = reference_evr.clone();
        match kind {
            0..3 => distribution_evr.release.push_str(".alma.1"),
            3..5 => distribution_evr = evr(chance),
            _ => {}
        }
        let source = |evr: &Evr| SourcePackage {
            name: name.clone(),
            evr: evr.clone(),
            epoch_known: true,
            repository: String::new(),
            built: None,
            binaries: vec![],
            abi: SourceAbi::default(),
            versions_beside: vec![],
        };
        let repository = chance.of(&["BaseOS", "AppStream", "AppStream", "AppStream", "CRB"]);
        // What is not built everywhere is mostly lacking where few use it.
        let absent_on = if chance.below(25) == 0 {
            2 + chance.small(ARCHITECTURES - 2)
        } else {
            ARCHITECTURES
        };
        let missing = kind == 5;
        let (reference, mut distribution) = (source(&reference_evr), source(&distribution_evr));
        distribution.repository = repository.to_owned();
        let library = chance.below(100) < 30;
        let origin = [Some(0), Some(1), Some(2), None][chance.small(8).min(3)];
        let cells = (0..ARCHITECTURES)
            .map(|architecture| {
                let pair = if missing {
                    Pair::ReferenceOnly(&reference)
                } else {
                    Pair::Both {
                        reference: &reference,
                        distribution: &distribution,
                    }
                };
                (architecture != absent_on).then(|| Cell {
                    reference: Some(reference.clone()),
                    distribution: (!missing).then(|| distribution.clone()),
                    origin: origin.map(|origin| OriginFinding {
                        is_changed: false,
                        origin,
                        evr: Evr::new(0, "1".to_owned(), "1".to_owned()),
                    }),
                    outcome: classify(pair, &circumstances),
                    abi: Some(abi(architecture, kind, library, chance)),
                    binaries_alone: BinariesAlone::default(),
                })
            })
            .collect();
        builder.add(&PackageComparison { name, cells }, &origins, &[]);
    }
    builder.finish()
}

/// A package in three has libraries; few of them differ, and where one does, it is on all architectures or on one.
fn abi(architecture: usize, kind: usize, library: bool, chance: &mut Chance) -> AbiComparison {
    let verdict = match (kind, library) {
        (5, _) => AbiVerdict::NotCompared(AbiNotComparedReason::NotInDistribution),
        (_, false) => AbiVerdict::NotCompared(AbiNotComparedReason::NothingExported),
        (3, _) => AbiVerdict::Broken,
        (4, _) => AbiVerdict::Extended,
        _ if architecture == ARCHITECTURES - 1 && chance.below(50) == 0 => AbiVerdict::Broken,
        _ => AbiVerdict::Kept,
    };
    AbiComparison {
        verdict,
        ..AbiComparison::not_compared(AbiNotComparedReason::NothingExported, None)
    }
}

#[test]
fn fifteen_thousand_packages_on_six_architectures_fit() {
    let table = table(&mut Chance(2026), PACKAGES);
    table.check(ARCHITECTURES).unwrap();
    for (what, bytes) in columns(&table) {
        println!(
            "{what}: {bytes} bytes, {:.2} per row",
            bytes as f64 / PACKAGES as f64
        );
    }
    let bytes = brotli_bytes(&table);
    println!(
        "{PACKAGES} packages × {ARCHITECTURES} architectures: {bytes} bytes, {:.2} per row",
        bytes as f64 / PACKAGES as f64
    );
    assert!(bytes < BYTES_MAX, "{bytes} bytes");
}

#[test]
fn invented_names_and_versions_take_as_much_as_real_ones() {
    let Some(real) = real_table() else { return };
    let rows = real.names.len();
    let invented = table(&mut Chance(2026), rows);
    for ((what, real), (_, invented)) in columns(&real).into_iter().zip(columns(&invented)) {
        let per_row = |bytes: usize| bytes as f64 / rows as f64;
        println!(
            "{what}: AlmaLinux 10.0 {:.2}, invented {:.2} bytes per row",
            per_row(real),
            per_row(invented)
        );
        if matches!(what, "names" | "distribution") {
            let ratio = invented as f64 / real as f64;
            assert!(
                (0.85..1.15).contains(&ratio),
                "{what}: {ratio:.2} of the real bytes"
            );
        }
    }
}

/// Each column with its bytes alone.
fn columns(table: &PackageTable) -> Vec<(&'static str, usize)> {
    vec![
        ("names", brotli_bytes(&table.names)),
        ("distribution", brotli_bytes(&table.distribution)),
        ("reference", brotli_bytes(&table.reference)),
        ("pattern", brotli_bytes(&table.pattern)),
        ("repository", brotli_bytes(&table.repository)),
        ("origin", brotli_bytes(&table.origin)),
        ("abi", brotli_bytes(&table.abi)),
    ]
}

/// The real AlmaLinux 10.0, one architecture, compared with itself.
fn real_table() -> Option<PackageTable> {
    let mirror = real_data()?.join("mirror/almalinux/10.0");
    let world = World::new();
    let mut text = String::from(
        "[distribution]\nname = \"AlmaLinux\"\n[reference]\nname = \"RHEL\"\n[[release]]\nid = \"10\"\ndistribution_minor = \"10.0\"\n\
         reference_minor = \"10.0\"\n[[release.architecture]]\nname = \"x86_64_v2\"\n",
    );
    for side in ["distribution", "reference"] {
        for name in ["BaseOS", "AppStream", "CRB", "devel"] {
            let location = mirror.join(format!("{name}/$arch/os"));
            text.push_str(&format!(
                "[[release.{side}]]\nname = \"{name}\"\nlocation = \"{}\"\n",
                location.display()
            ));
        }
    }
    world.write("almanac.toml", text);
    world.publish_at(super::support::FIRST).unwrap();
    Some(world.report("10").packages)
}

#[test]
fn a_name_that_exceeds_a_limit_is_left_out() {
    let world = World::new();
    let name = "x".repeat(600);
    world.publish_at(super::support::FIRST).unwrap();
    let too_long = package(
        &format!("{name}-1-1.el9.x86_64"),
        &format!("{name}-1-1.el9"),
    );
    world.repository(
        "reference/x86_64",
        &[too_long, package("bash-1-1.el9.x86_64", "bash-1-1.el9")],
        almanac::publish::sample::WrittenCompression::Gzip,
    );
    world.publish_at(super::support::SECOND).unwrap();
    let warnings = world.report("9").warnings;
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0].contains("is left out: the name of its source package is too long"),
        "{warnings:?}"
    );
}
