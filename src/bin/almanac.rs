//! The native command: publishes reports, verifies what was published, and makes the sample's repositories.

use almanac::domain::Timestamp;
use almanac::presentation::changes::{changes_between, changes_text, gap_note};
use almanac::presentation::explanation::{Explained, explanation};
use almanac::presentation::nearest::{nearest, sources_of_binary};
use almanac::presentation::number::counted;
use almanac::presentation::snapshot_name::{minor_note, snapshot_named};
use almanac::publish::fetch::FetchSettings;
use almanac::publish::history::join;
use almanac::publish::published_set::PublishedSet;
use almanac::publish::sample::generate_sample;
use almanac::publish::verification::verify;
use almanac::publish::{Request, publish, summary};
use clap::{Parser, Subcommand};
use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

/// How many snapshots of a release are named where one is not there.
const SNAPSHOTS_OFFERED: usize = 12;

/// The exit code when something was published although a source failed.
const SOURCES_FAILED: u8 = 2;

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
    ///
    /// Ends with 0 when all was read, with 2 when a repository over http(s) was not and what is published says so, and with 1
    /// when nothing was published, or when standard output cannot be written.
    Publish {
        /// The configuration, a TOML file
        configuration: PathBuf,
        /// The folder of the published set
        #[arg(long, value_name = "DIR")]
        output: PathBuf,
        /// When the snapshot is taken, such as 2026-11-20T04:10:00Z (default: SOURCE_DATE_EPOCH, else now)
        #[arg(long, value_name = "TIME")]
        at: Option<Timestamp>,
        /// Where fetched files are kept (default: almanac in XDG_CACHE_HOME, else in ~/.cache)
        #[arg(long, value_name = "DIR")]
        cache: Option<PathBuf>,
        /// How long to wait for a connection, for an answer, and for more bytes of it
        #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
        timeout: u64,
        /// How often to try again what may pass, waiting longer each time
        #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(0..=20))]
        retries: u32,
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
    /// Print what became of the packages from one snapshot to a later one, grouped by who made it
    Compare {
        /// The earlier snapshot, as `?snapshot=` names it, or a day such as 2026-11-20, which means its newest, or a minor release such
        /// as 9.5, which means the newest snapshot in which both sides have it
        from: String,
        /// The later one
        to: String,
        /// The folder of the published set
        #[arg(long, value_name = "DIR", default_value = "reports")]
        reports: PathBuf,
        /// The release, such as 9 (default: every release that has both)
        #[arg(long)]
        release: Option<String>,
    },
    /// Join published sets into one with the whole history: all their snapshots, compared with each other anew
    ///
    /// Of two snapshots of one release at one time, that of the folder named last counts. A snapshot whose report is in none of the
    /// folders is a gap, and told. Security clocks are taken over as they are: sets that knew nothing of each other each took an
    /// advisory that has no day of its own as new on their own day, and that day stays, as an upper bound. So is what the reports say
    /// of since when a package waits in Testing or stands in Synergy.
    History {
        /// The folders of the published sets
        #[arg(required = true)]
        folders: Vec<PathBuf>,
        /// The folder of the joined set; it may have a set already
        #[arg(long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Make the repositories of the sample, one folder with a configuration for each of its snapshots
    Sample {
        /// The folder of the definition
        definition: PathBuf,
        /// The folder to write into
        output: PathBuf,
        /// One snapshot of this time, such as 2016-11-20T04:10:00Z, in place of those of the definition
        #[arg(long, value_name = "TIME")]
        at: Option<Timestamp>,
    },
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(message) => {
            // A closed output is no reason to fail twice.
            let _ = message.print();
            // Not clap's 2, which tells something else here.
            return if message.use_stderr() {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let result = match arguments.command {
        Command::Publish {
            configuration,
            output,
            at,
            cache,
            timeout,
            retries,
        } => {
            let fetch = FetchSettings {
                cache: cache.or_else(default_cache),
                patience: Duration::from_secs(timeout),
                retries,
                ..FetchSettings::default()
            };
            run_publish(configuration, output, at, fetch)
        }
        Command::Verify { folder } => run_verify(&folder).map(|()| ExitCode::SUCCESS),
        Command::Explain {
            package,
            reports,
            release,
            snapshot,
        } => run_explain(&package, &reports, release.as_deref(), snapshot.as_deref())
            .map(|()| ExitCode::SUCCESS),
        Command::Compare {
            from,
            to,
            reports,
            release,
        } => run_compare(&from, &to, &reports, release.as_deref()).map(|()| ExitCode::SUCCESS),
        Command::History { folders, output } => {
            run_history(&folders, &output).map(|()| ExitCode::SUCCESS)
        }
        Command::Sample {
            definition,
            output,
            at,
        } => run_sample(&definition, &output, at).map(|()| ExitCode::SUCCESS),
    };
    match result {
        Ok(code) => code,
        Err(message) => {
            // Where nobody reads it, the status still says it.
            let _ = writeln!(std::io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes what a command has to say. Who has left, as `head` does, wants to know no more: that is no failure.
fn say(text: &str) -> Result<(), String> {
    let mut output = std::io::stdout().lock();
    let written = output.write_all(text.as_bytes());
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!(
            "error: standard output: {error}\nremedy: write it to where there is room; what the command did besides telling it stands"
        )),
        _ => Ok(()),
    }
}

fn run_publish(
    configuration: PathBuf,
    output: PathBuf,
    at: Option<Timestamp>,
    fetch: FetchSettings,
) -> Result<ExitCode, String> {
    if let Some(at) = at {
        not_in_the_future(at)?;
    }
    let taken = at.map_or_else(now, Ok)?;
    let publication = publish(&Request {
        configuration,
        output,
        taken,
        // Waiting for hosts takes no processor.
        threads: std::thread::available_parallelism()
            .map_or(1, usize::from)
            .max(4),
        fetch,
        shows_progress: true,
    })
    .map_err(untouched)?;
    say(&summary(&publication))?;
    Ok(if publication.is_of_all() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(SOURCES_FAILED)
    })
}

/// How far ahead of this machine's clock a time may be: another time zone, or a clock that is slow, explains no more.
const SECONDS_AHEAD_MAX: i64 = 86_400;

/// A snapshot of the future would stay the newest, whatever is published after it.
fn not_in_the_future(at: Timestamp) -> Result<(), String> {
    let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = elapsed
        .ok()
        .and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok());
    match seconds {
        Some(seconds) if at.unix_seconds() - seconds > SECONDS_AHEAD_MAX => Err(format!(
            "error: --at: {at} is more than a day after the clock of this machine\nremedy: correct it, or set the clock"
        )),
        _ => Ok(()),
    }
}

/// What an error of a run that writes all or nothing says.
fn untouched(error: almanac::publish::Error) -> String {
    format!("{error}; what was published before is untouched")
}

/// As the XDG Base Directory Specification says.
fn default_cache() -> Option<PathBuf> {
    let folder = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let caches = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")));
    Some(caches?.join("almanac"))
}

fn run_verify(folder: &Path) -> Result<(), String> {
    let verification = verify(folder);
    for remark in &verification.remarks {
        say(&format!("remark: {remark}\n"))?;
    }
    if verification.faults.is_empty() {
        return say(&format!("{}: all as published\n", verification.contents));
    }
    let faults = verification
        .faults
        .iter()
        .map(|fault| format!("error: {}/{fault}\n", folder.display()));
    Err(format!(
        "{}remedy: publish again into a new folder, or restore the files named above from a copy; almanac history makes years, months \
         and ledgers of the reports anew",
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
    let (mut known, mut meant) = (BTreeSet::new(), BTreeSet::new());
    let mut lacking = match release {
        Some(release) => format!("there is no release {release}"),
        None => "there is no release".to_owned(),
    };
    let mut remedy = {
        let ids: Vec<&str> = index
            .releases
            .iter()
            .map(|entry| entry.id.as_str())
            .collect();
        format!("name one of {}", ids.join(", "))
    };
    for entry in &index.releases {
        if release.is_some_and(|release| release != entry.id) {
            continue;
        }
        let chosen = match snapshot {
            Some(id) => {
                let snapshots = set.snapshots(entry).map_err(said)?;
                let mut kept = snapshots.kept.into_iter();
                kept.find(|snapshot| snapshot.id == id)
            }
            None => entry.latest().cloned(),
        };
        let Some(chosen) = chosen else {
            lacking = format!("there is no snapshot {}", snapshot.unwrap_or_default());
            let ids: Vec<&str> = entry
                .snapshots
                .iter()
                .map(|snapshot| snapshot.id.as_str())
                .collect();
            remedy = format!("name one of {}", ids.join(", "));
            continue;
        };
        let chosen = &chosen;
        let report = set.report(&chosen.report).map_err(said)?;
        match set.package(&report, name).map_err(said)? {
            Some(package) => explanations.push(explanation(&Explained {
                index: &index,
                snapshot: chosen,
                report: &report,
                package: &package,
            })),
            None => {
                let names = set.names(&report).map_err(said)?;
                for source in sources_of_binary(name, &names, &report.packages.names) {
                    let package = set.package(&report, source).map_err(said)?;
                    let is_renamed = package
                        .is_some_and(|package| package.reference_name.as_deref() == Some(name));
                    meant.insert(if is_renamed {
                        format!("{source}, as {} calls it", index.distribution.name)
                    } else {
                        format!("{source}, from which a binary package of that name is built")
                    });
                }
                known.extend(report.packages.names);
            }
        }
    }
    if explanations.is_empty() {
        if !known.is_empty() {
            lacking = format!("there is no source package {name}");
            let near = nearest(name, known.iter().map(String::as_str), 5);
            remedy = if !meant.is_empty() {
                let meant: Vec<String> = meant.into_iter().collect();
                format!("name {}", meant.join(", or "))
            } else if near.is_empty() {
                "name a source package of the release; the page Packages lists all".to_owned()
            } else {
                format!("it may be {}", near.join(", "))
            };
        }
        return Err(format!(
            "error: {}: {lacking}\nremedy: {remedy}",
            reports.display()
        ));
    }
    say(&explanations.join("\n"))
}

fn run_compare(from: &str, to: &str, reports: &Path, release: Option<&str>) -> Result<(), String> {
    let said = |error: almanac::publish::Error| error.to_string();
    let set = PublishedSet::new(reports);
    let index = set.index().map_err(said)?;
    let (mut texts, mut known, mut gaps) = (Vec::new(), BTreeSet::new(), Vec::new());
    for entry in &index.releases {
        let wanted = release.is_none_or(|release| release == entry.id);
        if !wanted {
            continue;
        }
        let snapshots = set.snapshots(entry).map_err(said)?;
        known.extend(
            snapshots
                .kept
                .iter()
                .rev()
                .take(SNAPSHOTS_OFFERED)
                .map(|snapshot| snapshot.id.clone()),
        );
        let [earlier, later] = [from, to].map(|name| snapshot_named(&snapshots.kept, name));
        let Some((earlier, later)) = earlier.zip(later) else {
            let lacking = [(from, earlier), (to, later)].into_iter();
            let lacking = lacking.filter(|(_, found)| found.is_none());
            let lost = lacking.filter_map(|(name, _)| snapshot_named(&snapshots.lost, name));
            gaps.extend(lost.map(|lost| {
                let id = &entry.id;
                format!("the report of release {id} at {} was lost, a gap", lost.id)
            }));
            continue;
        };
        if earlier.taken >= later.taken {
            return Err(format!(
                "error: {}: {} is not earlier than {}\nremedy: name the earlier one first",
                reports.display(),
                earlier.id,
                later.id
            ));
        }
        let before = set.report(&earlier.report).map_err(said)?;
        let after = set.report(&later.report).map_err(said)?;
        let (distribution, reference) = (&index.distribution.name, &index.reference.name);
        let mut changes = changes_between(&before, &after, distribution, reference);
        let lost: Vec<Timestamp> = snapshots.lost.iter().map(|lost| lost.taken.0).collect();
        let minors = [(from, earlier), (to, later)].into_iter();
        let minors = minors
            .filter_map(|(name, snapshot)| minor_note(name, snapshot, distribution, reference));
        changes.notes.splice(0..0, minors);
        changes.notes.extend(gap_note(&lost, earlier, later));
        texts.push(format!(
            "{distribution} {} against {reference}, from {} to {}\n{}",
            entry.id,
            earlier.id,
            later.id,
            changes_text(&changes)
        ));
    }
    if texts.is_empty() {
        let gaps: String = gaps.iter().map(|gap| format!("; {gap}")).collect();
        return Err(format!(
            "error: {}: no release has both the snapshots {from} and {to}{gaps}\nremedy: name two of {}, or minor releases, or days",
            reports.display(),
            known.into_iter().collect::<Vec<_>>().join(", ")
        ));
    }
    for gap in gaps {
        say(&format!("warning: {gap}\n"))?;
    }
    say(&texts.join("\n"))
}

fn run_history(folders: &[PathBuf], output: &Path) -> Result<(), String> {
    let joined = join(folders, output).map_err(untouched)?;
    for loss in &joined.losses {
        say(&format!("warning: a snapshot is a gap: {loss}\n"))?;
    }
    for release in &joined.index.releases {
        let years = release.years.len();
        let gaps = match joined.gaps(&release.id) {
            0 => String::new(),
            1 => ", and 1 gap whose report was lost".to_owned(),
            gaps => format!(", and {gaps} gaps whose reports were lost"),
        };
        say(&format!(
            "{} {}: {} in {}{gaps}\n",
            joined.index.distribution.name,
            release.id,
            counted(joined.kept(release), "snapshot", "snapshots"),
            counted(years as u32, "year", "years")
        ))?;
    }
    say(&format!(
        "Joined: {} new documents, {} there already\n",
        joined.counts.added, joined.counts.unchanged
    ))?;
    if joined.has_clocks() {
        say(
            "Security clocks are as each set had them: when an advisory first appeared was not found out anew\n",
        )?;
    }
    Ok(())
}

fn run_sample(definition: &Path, output: &Path, at: Option<Timestamp>) -> Result<(), String> {
    let configurations =
        generate_sample(definition, output, at).map_err(|error| error.to_string())?;
    for (path, taken) in configurations {
        say(&format!("{taken} {}\n", path.display()))?;
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
