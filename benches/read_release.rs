//! Reading all repositories of a release with six architectures, 40,000 binary packages on each side of each, beside a script
//! that only parses the same files with createrepo_c.
//!
//! Reading is what `almanac publish` does: checksums, what packages provide, and the lists of source packages, on two threads. All
//! are run in turns in processes of their own, and the medians are told as ratios, with the memory that reading takes at most.
//! The targets: at least 4 times as fast as createrepo_c's Python module, at most 256 MB.

#[allow(dead_code, reason = "the other benchmarks use the rest of it")]
mod support;

use almanac::domain::{Architecture, Timestamp};
use almanac::publish::compile::read_repositories;
use almanac::publish::configuration::read_configuration;
use almanac::publish::fetch::{FetchSettings, Fetcher};
use almanac::publish::sample::{WrittenCompression, write_repository};
use almanac::publish::{Progress, Request, publish};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use support::{PACKAGES, load, median, megabytes, memory_bytes, packages, primary_of, run};

const ARCHITECTURES: [&str; 6] = ["x86_64", "x86_64_v2", "aarch64", "ppc64le", "s390x", "i686"];
const SIDES: [&str; 2] = ["distribution", "reference"];
const THREADS: usize = 2;
const ROUNDS: usize = 5;
const TIMES_AS_FAST_MIN: f64 = 4.0;
const MEMORY_BYTES_MAX: u64 = 256 << 20;
const MADE_SECONDS: i64 = 1_790_000_000;

const PYTHON: &str = r#"
import sys, time, createrepo_c as cr
started = time.monotonic()
count = 0
def package(p):
    global count
    count += 1
for path in sys.argv[1:]:
    cr.xml_parse_primary(path, pkgcb=package, do_files=False)
print(time.monotonic() - started, 0)
"#;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--child") {
        Some(position) => {
            child(
                &arguments[position + 1],
                Path::new(&arguments[position + 2]),
            );
            ExitCode::SUCCESS
        }
        None => compare(),
    }
}

fn compare() -> ExitCode {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let primaries = write_release(folder.path());
    println!(
        "{} repositories of {PACKAGES} packages, {:.1} MB compressed; load before: {}",
        primaries.len(),
        primaries
            .iter()
            .map(|path| megabytes(fs::metadata(path).expect("primary.xml").len()))
            .sum::<f64>(),
        load()
    );
    let own = std::env::current_exe().expect("this program");
    let run_child = |act: &str| run(Command::new(&own).args(["--child", act]).arg(folder.path()));
    let mut measured: [Vec<(f64, u64)>; 3] = Default::default();
    for _ in 0..ROUNDS {
        measured[0].push(run_child("read"));
        measured[1].push(run(Command::new("/usr/bin/python3")
            .args(["-c", PYTHON])
            .args(&primaries)));
        measured[2].push(run_child("publish"));
    }
    let [read, python, publish] = measured.map(median);
    println!(
        "reading, with checksums and what is provided  {:.2} s, {:.0} MB at most (target: at most {:.0})",
        read.0,
        megabytes(read.1),
        megabytes(MEMORY_BYTES_MAX)
    );
    println!(
        "createrepo_c's Python module, parsing alone   {:.2} s: reading is {:.2} times as fast (target: at least {TIMES_AS_FAST_MIN})",
        python.0,
        python.0 / read.0
    );
    println!(
        "publishing: reading, comparing and writing    {:.2} s, {:.0} MB at most",
        publish.0,
        megabytes(publish.1)
    );
    println!("load after: {}", load());
    if python.0 >= TIMES_AS_FAST_MIN * read.0 && read.1 <= MEMORY_BYTES_MAX {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Writes both sides' repositories and the configuration; gives back all primary.xml.
fn write_release(folder: &Path) -> Vec<PathBuf> {
    let made = Timestamp::from_unix_seconds(MADE_SECONDS).expect("a time");
    let mut primaries = Vec::new();
    let mut configuration = String::from(
        "[distribution]\nname = \"AlmaLinux\"\n[reference]\nname = \"RHEL\"\n[[release]]\nid = \"9\"\n\
         distribution_minor = \"9.6\"\nreference_minor = \"9.6\"\n",
    );
    for name in ARCHITECTURES {
        configuration.push_str(&format!("[[release.architecture]]\nname = \"{name}\"\n"));
        let architecture: Architecture = name.parse().expect("an architecture");
        let packages = packages(made, architecture);
        for side in SIDES {
            let repository = folder.join(side).join(name);
            write_repository(&repository, &packages, WrittenCompression::Gzip, made)
                .expect("a repository");
            primaries.push(primary_of(&repository));
        }
    }
    for side in SIDES {
        configuration.push_str(&format!(
            "[[release.{side}]]\nname = \"all\"\nlocation = \"{side}/$arch\"\n"
        ));
    }
    fs::write(folder.join("almanac.toml"), configuration).expect("a configuration");
    primaries
}

/// Does one thing in a process of its own, and prints seconds and the most bytes of memory.
fn child(act: &str, folder: &Path) {
    let started = Instant::now();
    let path = folder.join("almanac.toml");
    let seconds = match act {
        "read" => {
            let configuration = read_configuration(&path).expect("a good configuration");
            let fetcher = Fetcher::new(FetchSettings::default(), &[], Progress::hidden());
            let attempts = read_repositories(
                &configuration.releases[0],
                None,
                &configuration,
                &fetcher.expect("nothing to read"),
                THREADS,
                &Progress::hidden(),
            )
            .expect("good repositories");
            assert_eq!(attempts.results.len(), ARCHITECTURES.len() * SIDES.len());
            // Taking apart what was read, at the end, is no reading.
            let seconds = started.elapsed().as_secs_f64();
            assert!(attempts.results.iter().all(Result::is_ok));
            seconds
        }
        _ => {
            let output = tempfile::tempdir().expect("a temporary folder");
            publish(&Request {
                configuration: path,
                output: output.path().to_owned(),
                taken: Timestamp::from_unix_seconds(MADE_SECONDS).expect("a time"),
                threads: THREADS,
                fetch: FetchSettings::default(),
                shows_progress: false,
            })
            .expect("a publication");
            started.elapsed().as_secs_f64()
        }
    };
    println!("{seconds} {}", memory_bytes());
}
