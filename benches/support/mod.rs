//! What the benchmarks share: packages as the sample's generator writes them, and processes that are measured.

use almanac::domain::{Architecture, Evr, Nevra, Nvr, Timestamp};
use almanac::publish::output::digest_of;
use almanac::publish::sample::WrittenPackage;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Packages of a repository.
pub const PACKAGES: usize = 40_000;

/// Runs a program that prints seconds and the most bytes of memory that it took.
pub fn run(command: &mut Command) -> (f64, u64) {
    let output = command.output().expect("a process");
    let told = String::from_utf8_lossy(&output.stdout);
    let (seconds, bytes) = told.trim().split_once(' ').unwrap_or_else(|| {
        panic!(
            "{command:?}: {told}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    });
    (
        seconds.parse().expect("seconds"),
        bytes.parse().expect("bytes"),
    )
}

/// How many seconds gzip takes for unpacking a file; its memory is not asked.
pub fn run_gzip(file: &Path) -> (f64, u64) {
    let started = Instant::now();
    let status = Command::new("gzip")
        .arg("-dc")
        .arg(file)
        .stdout(Stdio::null())
        .status();
    assert!(status.expect("gzip").success());
    (started.elapsed().as_secs_f64(), 0)
}

/// The median of the seconds, and the most bytes.
pub fn median(mut runs: Vec<(f64, u64)>) -> (f64, u64) {
    runs.sort_by(|left, right| left.0.total_cmp(&right.0));
    let memory = runs.iter().map(|run| run.1).max().unwrap_or(0);
    (runs[runs.len() / 2].0, memory)
}

/// The most bytes of memory that this process took so far.
pub fn memory_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: u64 = line
        .and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0);
    kilobytes * 1024
}

/// Bytes in MB.
pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// The load of this machine.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

/// The primary.xml of a repository.
pub fn primary_of(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder.join("repodata")).expect("metadata");
    let mut paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .find(|path| path.to_string_lossy().contains("primary"))
        .expect("primary.xml")
}

/// Packages with as much text as those of CentOS 8 have, 3.1 kB each: of seven entries of what a package provides every other is
/// of a binary interface, and most of the rest is what it requires.
pub fn packages(built: Timestamp, architecture: Architecture) -> Vec<WrittenPackage> {
    (0..PACKAGES)
        .map(|number| {
            let name = format!(
                "lib{}-{}",
                ["crypto", "mesa", "gtk", "perl-Test", "python3-oslo"][number % 5],
                number / 3
            );
            let evr = Evr::new(
                (number % 7 == 0).into(),
                format!("{}.{}.{}", number % 9, number % 31, number % 11),
                format!("{}.el9_6", number % 40),
            );
            let digest = digest_of(name.as_bytes()).to_string();
            let symbol_versions = |count: usize| {
                (0..count).map(|symbol| {
                    let marks = digest_of(format!("{name} {symbol}").as_bytes());
                    let library = ["crypto", "glib-2.0", "m", "stdc++", "z"][symbol % 5];
                    let marks = &marks.as_str()[..7];
                    format!("\n      <rpm:entry name=\"lib{library}.so.{}({marks}_{symbol})(64bit)\"/>", number % 4)
                })
            };
            let named = [
                name.clone(),
                format!("{name}({architecture})"),
                format!("pkgconfig({name})"),
                format!("config({name})"),
            ];
            let versioned = named.iter().map(|name| {
                format!(
                    "\n      <rpm:entry name=\"{name}\" flags=\"EQ\" epoch=\"0\" ver=\"{}\" rel=\"{}\"/>",
                    evr.version, evr.release
                )
            });
            let provides = versioned.chain(symbol_versions(3)).collect();
            let requires = symbol_versions(30).collect();
            WrittenPackage {
                source: Nvr {
                    name: name.split('-').next().unwrap_or_default().to_owned()
                        + &(number / 3).to_string(),
                    version: evr.version.clone(),
                    release: evr.release.clone(),
                },
                nevra: Nevra {
                    name: format!("{name}-{}", number % 3),
                    evr,
                    architecture,
                },
                built,
                digest,
                provides,
                requires,
            }
        })
        .collect()
}
