//! Reading all of AlmaLinux's advisories from their archive, beside a program that only unpacks it and looks at every byte.
//!
//! Both are run in turns in processes of their own, and the medians are told as a ratio. The target: at most 2.5 times as long.
//! The archive is the one below `ALMANAC_REAL_DATA` where that is set, else one of as many documents of the same shape.

#[allow(dead_code, reason = "the other benchmarks use the rest of it")]
mod support;

use almanac::publish::advisories::read_osv_archive;
use almanac::publish::output::digest_of;
use flate2::bufread::MultiGzDecoder;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use support::{load, median, megabytes, memory_bytes, run, run_gzip};

const ROUNDS: usize = 9;
const RATIO_MAX: f64 = 2.5;
/// Documents, and packages in each, as AlmaLinux's archive of August 2026 has them.
const DOCUMENTS: usize = 5_680;
const PACKAGES: usize = 12;

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
    let archive = match std::env::var_os("ALMANAC_REAL_DATA") {
        Some(data) => PathBuf::from(data).join("osv/osv-alsa-all.tar.gz"),
        None => {
            let path = folder.path().join("osv.tar.gz");
            fs::write(&path, generated()).expect("an archive");
            path
        }
    };
    println!(
        "{}: {:.1} MB, {:.1} MB unpacked; load before: {}",
        archive.file_name().unwrap_or_default().to_string_lossy(),
        megabytes(fs::metadata(&archive).expect("the archive").len()),
        megabytes(scanned(&archive).0),
        load()
    );
    let mut measured: [Vec<(f64, u64)>; 3] = Default::default();
    for _ in 0..ROUNDS {
        measured[0].push(run_child("read", &archive));
        measured[1].push(run_child("scan", &archive));
        measured[2].push(run_gzip(&archive));
    }
    let [read, scan, gzip] = measured.map(median);
    let ratio = read.0 / scan.0;
    println!(
        "reading all advisories          {:.3} s, {:.1} MB at most",
        read.0,
        megabytes(read.1)
    );
    println!(
        "unpacking and scanning alone    {:.3} s, {:.1} MB at most: reading takes {ratio:.2} times as long (target: at most {RATIO_MAX})",
        scan.0,
        megabytes(scan.1)
    );
    println!(
        "gzip -dc                        {:.3} s: reading takes {:.2} times as long",
        gzip.0,
        read.0 / gzip.0
    );
    println!("load after: {}", load());
    if ratio <= RATIO_MAX {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Does one thing in a process of its own, and prints seconds and the most bytes of memory.
fn child(act: &str, path: &Path) {
    let started = Instant::now();
    match act {
        "read" => {
            let bytes = fs::read(path).expect("the archive");
            let decoder = MultiGzDecoder::new(&bytes[..]);
            // An ecosystem of all releases, so that nothing is passed over.
            let input = read_osv_archive(decoder, "archive", "AlmaLinux").expect("a good archive");
            tell(started);
            assert!(input.advisories.len() >= DOCUMENTS);
        }
        _ => {
            let (_, lines) = scanned(path);
            tell(started);
            assert!(lines > 0);
        }
    }
}

fn tell(started: Instant) {
    println!("{} {}", started.elapsed().as_secs_f64(), memory_bytes());
}

/// How many bytes there are unpacked, and how many of them end a line.
fn scanned(path: &Path) -> (u64, u64) {
    let bytes = fs::read(path).expect("the archive");
    let mut decoder = MultiGzDecoder::new(&bytes[..]);
    let mut buffer = vec![0; 1 << 16];
    let (mut all, mut lines) = (0, 0);
    loop {
        match decoder.read(&mut buffer).expect("a good stream") {
            0 => return (all, lines),
            read => {
                all += read as u64;
                lines += buffer[..read].iter().filter(|byte| **byte == b'\n').count() as u64;
            }
        }
    }
}

fn run_child(act: &str, path: &Path) -> (f64, u64) {
    let own = std::env::current_exe().expect("this program");
    run(Command::new(own).args(["--child", act]).arg(path))
}

/// As many documents as the real archive has, with as many packages and as much text.
fn generated() -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for number in 0..DOCUMENTS {
        let marks = digest_of(number.to_string().as_bytes());
        let affected = (0..PACKAGES).map(|package| {
            format!(
                r#"{{
      "package": {{
        "ecosystem": "AlmaLinux:{}",
        "name": "lib{}-{package}"
      }},
      "ranges": [
        {{
          "type": "ECOSYSTEM",
          "events": [
            {{
              "introduced": "0"
            }},
            {{
              "fixed": "1.{number}-{package}.el9"
            }}
          ]
        }}
      ]
    }}"#,
                8 + number % 3,
                &marks.as_str()[..9]
            )
        });
        let affected: Vec<String> = affected.collect();
        let details: Vec<String> = (0..14)
            .map(|line| {
                format!(
                    "* {}: what line {line} of it corrects",
                    digest_of(format!("{number} {line}").as_bytes())
                )
            })
            .collect();
        let references = (0..7).map(|reference| {
            format!("{{ \"url\": \"https://access.redhat.com/security/cve/CVE-2024-{}\", \"type\": \"REPORT\" }}", 10_000 + number + reference)
        });
        let references: Vec<String> = references.collect();
        let text = format!(
            "{{ \"id\": \"ALSA-2024:{number:04}\", \"summary\": \"Important: lib security update\", \"affected\": [{}], \"related\": [\"CVE-2024-{}\"], \
             \"published\": \"2024-06-09T00:00:00Z\", \"modified\": \"2024-06-12T10:20:56Z\", \"details\": \"{}\", \"references\": [{}] }}",
            affected.join(", "),
            10_000 + number,
            details.join("\\n"),
            references.join(", ")
        );
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        let path = format!(
            "advisories/almalinux{}/ALSA-2024:{number:04}.json",
            8 + number % 3
        );
        builder
            .append_data(&mut header, path, text.as_bytes())
            .expect("a file");
    }
    let archive = builder.into_inner().expect("an archive");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, &archive).expect("bytes");
    packed.finish().expect("bytes")
}
