//! Reading a repository of 40,000 packages, beside createrepo_c's own parser and beside unpacking alone.
//!
//! All are run in turns in processes of their own, and the medians are told as ratios, with the memory that reading takes at
//! most. The targets: at least 2.5 times as fast as createrepo_c's Python module, at most 2.5 times as long as unpacking with
//! the same library, at most 64 MB.

mod support;

use almanac::domain::{Architecture, Timestamp};
use almanac::publish::Progress;
use almanac::publish::fetch::{FetchSettings, Fetcher};
use almanac::publish::repository::{AbiLists, Extent, Location, Wanted, read_repository};
use almanac::publish::sample::{WrittenCompression, write_repository};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;
use support::{
    PACKAGES, load, median, megabytes, memory_bytes, packages, primary_of, run, run_gzip,
};

const ROUNDS: usize = 7;
const MEMORY_BYTES_MAX: u64 = 64 << 20;

const PYTHON: &str = r#"
import sys, time, createrepo_c as cr
started = time.monotonic()
count = 0
def package(p):
    global count
    count += 1
    p.name, p.arch, p.epoch, p.version, p.release, p.pkgId, p.rpm_sourcerpm, p.time_build
cr.xml_parse_primary(sys.argv[1], pkgcb=package, do_files=False)
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
    let made = Timestamp::from_unix_seconds(1_790_000_000).expect("a time");
    write_repository(
        folder.path(),
        &packages(made, Architecture::X86_64),
        WrittenCompression::Gzip,
        made,
    )
    .expect("a repository");
    let primary = primary_of(folder.path());
    println!(
        "{PACKAGES} packages, {:.1} MB of XML, {:.1} MB compressed; load before: {}",
        megabytes(open_bytes(&primary)),
        megabytes(fs::metadata(&primary).expect("primary.xml").len()),
        load()
    );
    let mut measured: [Vec<(f64, u64)>; 5] = Default::default();
    for _ in 0..ROUNDS {
        measured[0].push(run_child("read", folder.path()));
        measured[4].push(run_child("read-abi", folder.path()));
        measured[1].push(run_child("unpack", &primary));
        measured[2].push(run_gzip(&primary));
        measured[3].push(run(Command::new("/usr/bin/python3")
            .args(["-c", PYTHON])
            .arg(&primary)));
    }
    let [read, unpack, gzip, python, abi] = measured.map(median);
    let memory = read.1;
    println!(
        "reading, with checksums         {:.3} s, {:.1} MB at most",
        read.0,
        megabytes(memory)
    );
    println!(
        "unpacking alone, same library   {:.3} s: reading takes {:.2} times as long (target: at most 2.5)",
        unpack.0,
        read.0 / unpack.0
    );
    println!(
        "gzip -dc                        {:.3} s: reading takes {:.2} times as long",
        gzip.0,
        read.0 / gzip.0
    );
    println!(
        "createrepo_c's Python module    {:.3} s: reading is {:.2} times as fast (target: at least 2.5)",
        python.0,
        python.0 / read.0
    );
    println!(
        "reading, with what is provided  {:.3} s, {:.1} MB at most: {:.2} times as long as without",
        abi.0,
        megabytes(abi.1),
        abi.0 / read.0
    );
    println!("load after: {}", load());
    let holds = python.0 >= 2.5 * read.0
        && read.0 <= 2.5 * unpack.0
        && memory.max(abi.1) <= MEMORY_BYTES_MAX;
    if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Does one thing in a process of its own, and prints seconds and the most bytes of memory.
fn child(act: &str, path: &Path) {
    let started = Instant::now();
    match act {
        "read" | "read-abi" => {
            let extent = if act == "read" {
                Extent::Names
            } else {
                Extent::NamesAndAbi
            };
            let fetcher = Fetcher::new(FetchSettings::default(), &[], Progress::hidden());
            let repository = read_repository(
                &Location::Path(path.to_owned()),
                &[],
                Wanted {
                    sources: false,
                    may_be_empty: false,
                    excluded: &BTreeSet::new(),
                    extent,
                    abi_lists: &AbiLists::default(),
                    dated_before: None,
                },
                &fetcher.expect("nothing to read"),
            )
            .expect("a good repository");
            assert_eq!(repository.packages.len(), PACKAGES);
        }
        _ => {
            open_bytes(path);
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{seconds} {}", memory_bytes());
}

fn open_bytes(primary: &Path) -> u64 {
    let file = io::BufReader::with_capacity(1 << 16, fs::File::open(primary).expect("primary.xml"));
    let mut decoder = flate2::bufread::MultiGzDecoder::new(file);
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        match io::Read::read(&mut decoder, &mut buffer).expect("a good stream") {
            0 => return bytes,
            read => bytes += read as u64,
        }
    }
}

fn run_child(act: &str, path: &Path) -> (f64, u64) {
    let own = std::env::current_exe().expect("this program");
    run(Command::new(own).args(["--child", act]).arg(path))
}
