//! The native command: publishes reports, verifies what was published, and makes the sample's repositories.

use almanac::domain::Timestamp;
use almanac::presentation::explanation::{Explained, explanation};
use almanac::presentation::nearest::nearest;
use almanac::publish::published_set::PublishedSet;
use almanac::publish::sample::generate_sample;
use almanac::publish::verification::verify;
use almanac::publish::{Request, publish, summary};
use clap::{Parser, Subcommand};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

/// Shows how close a rebuilt distribution is to its reference.
#[derive(Parser)]
#[command(name = "almanac", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read the repositories that a configuration names and publish a snapshot of each release
    Publish {
        /// The configuration, a TOML file
        configuration: PathBuf,
        /// The folder of the published set
        #[arg(long, value_name = "DIR")]
        output: PathBuf,
        /// When the snapshot is taken, such as 2026-11-20T04:10:00Z (default: SOURCE_DATE_EPOCH, else now)
        #[arg(long, value_name = "TIME")]
        at: Option<Timestamp>,
    },
    /// Hold a published set against its digests, schemas and limits, and its documents against each other
    Verify {
        /// The folder of the published set
        folder: PathBuf,
    },
    /// Tell how a package's verdict came about: versions, evidence, changes with their origins, builds, doubts
    Explain {
        /// The source package
        package: String,
        /// The folder of the published set
        #[arg(long, value_name = "DIR", default_value = "reports")]
        reports: PathBuf,
        /// The release, such as 9 (default: every release that has the package)
        #[arg(long)]
        release: Option<String>,
        /// The snapshot, as `?snapshot=` names it (default: the newest)
        #[arg(long)]
        snapshot: Option<String>,
    },
    /// Make the repositories of the sample, one folder with a configuration for each of its snapshots
    Sample {
        /// The folder of the definition
        definition: PathBuf,
        /// The folder to write into
        output: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Publish {
            configuration,
            output,
            at,
        } => run_publish(configuration, output, at),
        Command::Verify { folder } => run_verify(&folder),
        Command::Explain {
            package,
            reports,
            release,
            snapshot,
        } => run_explain(&package, &reports, release.as_deref(), snapshot.as_deref()),
        Command::Sample { definition, output } => run_sample(&definition, &output),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run_publish(
    configuration: PathBuf,
    output: PathBuf,
    at: Option<Timestamp>,
) -> Result<(), String> {
    let taken = at.map_or_else(now, Ok)?;
    let publication = publish(&Request {
        configuration,
        output,
        taken,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        shows_progress: true,
    })
    .map_err(|error| error.to_string())?;
    print!("{}", summary(&publication));
    Ok(())
}

fn run_verify(folder: &Path) -> Result<(), String> {
    let verification = verify(folder);
    for remark in &verification.remarks {
        println!("remark: {remark}");
    }
    if verification.faults.is_empty() {
        println!("{}: all as published", verification.contents);
        return Ok(());
    }
    let faults = verification
        .faults
        .iter()
        .map(|fault| format!("error: {}/{fault}\n", folder.display()));
    Err(format!(
        "{}remedy: publish again into a new folder, or restore the files named above from a copy",
        faults.collect::<String>()
    ))
}

fn run_explain(
    name: &str,
    reports: &Path,
    release: Option<&str>,
    snapshot: Option<&str>,
) -> Result<(), String> {
    let said = |error: almanac::publish::Error| error.to_string();
    let set = PublishedSet::new(reports);
    let index = set.index().map_err(said)?;
    let mut explanations = Vec::new();
    let mut known = BTreeSet::new();
    for entry in &index.releases {
        if release.is_some_and(|release| release != entry.id) {
            continue;
        }
        let chosen = match snapshot {
            Some(id) => entry.snapshots.iter().find(|snapshot| snapshot.id == id),
            None => entry.latest(),
        };
        let Some(chosen) = chosen else { continue };
        let report = set.report(&chosen.report).map_err(said)?;
        match set.package(&report, name).map_err(said)? {
            Some(package) => explanations.push(explanation(&Explained {
                index: &index,
                snapshot: chosen,
                report: &report,
                package: &package,
            })),
            None => known.extend(report.packages.names),
        }
    }
    if explanations.is_empty() {
        let near = nearest(name, known.iter().map(String::as_str), 5);
        let remedy = if near.is_empty() {
            "name a source package, a release and a snapshot that are published".to_owned()
        } else {
            format!("it may be {}", near.join(", "))
        };
        return Err(format!(
            "error: {}: no such release, snapshot or package is there\nremedy: {remedy}",
            reports.display()
        ));
    }
    print!("{}", explanations.join("\n"));
    Ok(())
}

fn run_sample(definition: &Path, output: &Path) -> Result<(), String> {
    let configurations = generate_sample(definition, output).map_err(|error| error.to_string())?;
    for (path, taken) in configurations {
        println!("{taken} {}", path.display());
    }
    Ok(())
}

/// What SOURCE_DATE_EPOCH says, as reproducible-builds.org specifies it, else the present.
fn now() -> Result<Timestamp, String> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.parse().ok(),
        Err(_) => SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .ok()
            .and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok()),
    };
    seconds.and_then(Timestamp::from_unix_seconds).ok_or_else(|| {
        "error: SOURCE_DATE_EPOCH: this is no time in seconds since 1970\nremedy: correct it, or name the time with --at"
            .to_owned()
    })
}
