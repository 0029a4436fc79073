//! One source that fails fails that source, not the run: what is published says what is old or absent, and since when; no
//! package looks missing because its repository was not read.

use super::support::server::{Reply, Server};
use super::support::{FIRST, SECOND, World, moment, package, rows};
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{PointInTime, SideName, SourceFailure, SourceStanding};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const THIRD: &str = "2026-11-22T04:10:00Z";
const FOURTH: &str = "2026-11-23T04:10:00Z";

/// A world of two architectures, whose reference is on a host that can be told to fail for aarch64.
struct Failing {
    world: World,
    server: Server,
    is_down: Arc<AtomicBool>,
}

impl Failing {
    fn new() -> Self {
        let world = World::new();
        for side in ["distribution", "reference"] {
            world.repository(
                &format!("{side}/aarch64"),
                &[
                    package("bash-5.1.8-9.el9.aarch64", "bash-5.1.8-9.el9"),
                    package("zlib-1.2.11-40.el9.aarch64", "zlib-1.2.11-40.el9"),
                ],
                WrittenCompression::Gzip,
            );
        }
        let is_down = Arc::new(AtomicBool::new(false));
        let told = is_down.clone();
        let server = Server::start(&world.path("reference"), move |asked| {
            match told.load(Ordering::Relaxed) && asked.path.contains("aarch64") {
                true => Reply::Status("503 Service Unavailable", String::new(), ""),
                false => Reply::File,
            }
        });
        world.reconfigure(
            "[[release.architecture]]\nname = \"x86_64\"",
            "[[release.architecture]]\nname = \"x86_64\"\n[[release.architecture]]\nname = \"aarch64\"",
        );
        world.reconfigure(
            "reference/$arch",
            &format!("http://{}/$arch/", server.address),
        );
        Self {
            world,
            server,
            is_down,
        }
    }

    fn down(self, is_down: bool) -> Self {
        self.is_down.store(is_down, Ordering::Relaxed);
        self
    }

    /// Publishes, and gives back what could not be read, which is also what the index says; all of it holds together.
    #[track_caller]
    fn publish(&self, taken: &str) -> Vec<SourceFailure> {
        let publication = self.world.publish_at(taken).unwrap();
        assert_eq!(self.world.index().failures, publication.failures);
        assert_eq!(verify(&self.world.output()).faults, []);
        publication.failures
    }

    fn architectures(&self) -> Vec<String> {
        let report = self.world.report("9");
        let names = report.architectures.iter();
        names.map(|record| record.name.clone()).collect()
    }

    fn snapshots(&self) -> usize {
        self.world.index().releases[0].snapshots.len()
    }
}

fn at(taken: &str) -> PointInTime {
    PointInTime(moment(taken))
}

#[test]
fn an_architecture_that_was_never_read_is_left_out() {
    let failing = Failing::new().down(true);
    let failures = failing.publish(FIRST);
    assert_eq!(failures.len(), 1);
    let failure = &failures[0];
    assert_eq!(
        (
            failure.architecture.as_str(),
            failure.state,
            failure.last_read
        ),
        ("aarch64", SourceStanding::Absent, None)
    );
    assert_eq!(failure.since, at(FIRST));
    assert_eq!(
        failure.cause,
        format!(
            "http://{}/aarch64/repodata/repomd.xml: the host answered with status 503 (tried 3 times)",
            failing.server.address
        )
    );
    assert_eq!(failing.architectures(), ["x86_64"]);
    let report = failing.world.report("9");
    assert_eq!(report.sources.len(), 2);
    assert!(
        report.notices[0].starts_with(
            "aarch64 is left out: its repository BaseOS (RHEL) could not be read since 2026-11-20T04:10:00Z: http://"
        ),
        "{:?}",
        report.notices
    );
    // zlib is on aarch64 alone: nothing is said of it.
    assert!(
        !rows(&report.packages)
            .iter()
            .any(|row| row.contains("zlib"))
    );

    // It goes on without, since when stays, and comes back.
    assert_eq!(failing.publish(SECOND)[0].since, at(FIRST));
    assert_eq!(failing.snapshots(), 2);
    let failing = failing.down(false);
    assert_eq!(failing.publish(THIRD), []);
    assert_eq!(failing.architectures(), ["x86_64", "aarch64"]);
    let rows = rows(&failing.world.report("9").packages);
    assert!(
        rows.iter()
            .any(|row| row.starts_with("zlib") && row.ends_with("-, matched")),
        "{rows:?}"
    );
}

#[test]
fn a_release_that_would_lose_an_architecture_stays_as_it_is() {
    let failing = Failing::new();
    assert_eq!(failing.publish(FIRST), []);
    let before = failing.world.report("9");
    let failing = failing.down(true);
    for taken in [SECOND, THIRD] {
        let failures = failing.publish(taken);
        assert_eq!(
            (failures[0].state, failures[0].last_read, failures[0].since),
            (SourceStanding::Old, Some(at(FIRST)), at(SECOND))
        );
        assert_eq!(failing.snapshots(), 1);
        assert_eq!(failing.world.report("9"), before);
    }
    let failing = failing.down(false);
    assert_eq!(failing.publish(FOURTH), []);
    assert_eq!(failing.snapshots(), 2);
}

#[test]
fn other_releases_are_published() {
    let failing = Failing::new().down(true);
    failing.world.configure(
        "[[release]]\nid = \"8\"\ndistribution_minor = \"8.10\"\nreference_minor = \"8.10\"\n\
         [[release.architecture]]\nname = \"aarch64\"\n\
         [[release.distribution]]\nname = \"BaseOS\"\nlocation = \"distribution/$arch\"\n\
         [[release.reference]]\nname = \"BaseOS\"\nlocation = \"http://127.0.0.1:1/\"",
    );
    let failures = failing.publish(FIRST);
    let told: Vec<_> = failures
        .iter()
        .map(|failure| (failure.release.as_str(), failure.state))
        .collect();
    assert_eq!(
        told,
        [("9", SourceStanding::Absent), ("8", SourceStanding::Absent)]
    );
    let index = failing.world.index();
    assert_eq!(index.releases.len(), 1);
    assert_eq!(index.releases[0].id, "9");
}

#[test]
fn filling_in_an_older_snapshot_says_nothing_of_today() {
    let failing = Failing::new();
    failing.publish(SECOND);
    let failing = failing.down(true);
    let publication = failing.world.publish_at(FIRST).unwrap();
    assert_eq!(publication.failures.len(), 1);
    assert_eq!(failing.world.index().failures, []);
    assert_eq!(failing.snapshots(), 1);
}

#[test]
fn a_repeated_run_says_what_it_could_not_read_itself() {
    let failing = Failing::new().down(true);
    assert_eq!(failing.publish(FIRST).len(), 1);
    let failing = failing.down(false);
    assert_eq!(failing.publish(FIRST), []);
    assert_eq!(failing.architectures(), ["x86_64", "aarch64"]);
    // What it leaves as it was is told to be old, since then and in later runs.
    let read = failing.world.report("9");
    let failing = failing.down(true);
    for again in [FIRST, FIRST, SECOND] {
        let failures = failing.publish(again);
        let told: Vec<_> = failures
            .iter()
            .map(|failure| (failure.state, failure.last_read, failure.since))
            .collect();
        let old = (SourceStanding::Old, Some(at(FIRST)), at(FIRST));
        assert_eq!(told, [old], "{again}");
        assert_eq!(failing.world.index().failures, failures);
        assert_eq!(failing.snapshots(), 1);
        assert_eq!(failing.world.report("9"), read);
        assert_eq!(verify(&failing.world.output()).faults, []);
    }
    let failing = failing.down(false);
    assert_eq!(failing.publish(FIRST), []);
}

#[test]
fn since_when_stays_where_a_release_goes_on_without_what_it_had() {
    let failing = Failing::new();
    let waiting = [package("bash-5.1.8-10.el9.x86_64", "bash-5.1.8-10.el9")];
    let testing = "reference/aarch64-testing";
    failing
        .world
        .repository(testing, &waiting, WrittenCompression::Gzip);
    failing.world.configure(&format!(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"http://{}/aarch64-testing/\"",
        failing.server.address
    ));
    assert_eq!(failing.publish(FIRST), []);
    let failing = failing.down(true);
    let states = |failures: &[SourceFailure]| {
        let testing = failures
            .iter()
            .filter(|failure| failure.side == SideName::Testing);
        testing
            .map(|failure| (failure.state, failure.since))
            .collect::<Vec<_>>()
    };
    let old = (SourceStanding::Old, at(SECOND));
    assert_eq!(states(&failing.publish(SECOND)), [old; 2]);
    let failing = failing.down(false);
    std::fs::remove_dir_all(failing.world.path(testing)).unwrap();
    let absent = (SourceStanding::Absent, at(SECOND));
    assert_eq!(states(&failing.publish(THIRD)), [absent; 2]);
    assert_eq!(failing.snapshots(), 2);
}

#[test]
fn what_is_published_must_agree_with_what_failed() {
    let failing = Failing::new();
    failing.publish(FIRST);
    let failing = failing.down(true);
    failing.publish(SECOND);
    let path = failing.world.output().join("index.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let spoilt = text.replace(
        &format!("\"last_read\": \"{FIRST}\""),
        "\"last_read\": \"2026-11-19T04:10:00Z\"",
    );
    assert_ne!(text, spoilt);
    std::fs::write(&path, spoilt).unwrap();
    let faults = verify(&failing.world.output()).faults;
    assert_eq!(faults.len(), 1);
    assert!(
        faults[0]
            .cause
            .contains("when the source BaseOS of release 9 was read last"),
        "{faults:?}"
    );
}

#[test]
fn a_configuration_may_demand_all_of_it() {
    let failing = Failing::new();
    failing.publish(FIRST);
    let failing = failing.down(true);
    failing.world.check_fault(
        |world| world.reconfigure("[distribution]", "on_failure = \"stop\"\n[distribution]"),
        &["/aarch64/repodata/repomd.xml: the host answered with status 503"],
    );
}

#[test]
fn a_folder_that_is_not_there_stops_the_run() {
    let failing = Failing::new();
    failing.publish(FIRST);
    let failing = failing.down(true);
    failing.world.check_fault(
        |world| world.reconfigure("distribution/$arch", "distributoin/$arch"),
        &["distributoin/x86_64: there is no such folder"],
    );
}

#[test]
fn a_cache_that_cannot_be_written_stops_the_run() {
    let failing = Failing::new();
    failing.publish(FIRST);
    std::fs::remove_dir_all(failing.world.path("cache")).unwrap();
    failing.world.check_fault(
        |world| world.write("cache", "a file"),
        &[
            "cache/",
            "remedy: see to it that this file can be read and written",
        ],
    );
}

fn run(failing: &Failing, taken: &str, more: &[&str]) -> Output {
    let world = &failing.world;
    Command::new(env!("CARGO_BIN_EXE_almanac"))
        .arg("publish")
        .arg(world.path("almanac.toml"))
        .args(["--at", taken, "--retries", "0", "--timeout", "2"])
        .args(more)
        .arg("--output")
        .arg(world.output())
        .env("XDG_CACHE_HOME", world.path("home"))
        .env("no_proxy", "127.0.0.1")
        .output()
        .unwrap()
}

#[test]
fn the_exit_code_says_whether_all_was_read() {
    let failing = Failing::new();
    let output = run(&failing, FIRST, &[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(failing.world.path("home/almanac/files").is_dir());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("9 aarch64 BaseOS (RHEL): 2 packages, 2 sources, "),
        "{told}"
    );
    assert!(told.contains(" kB received, "), "{told}");

    let failing = failing.down(true);
    let output = run(&failing, SECOND, &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("9 aarch64 BaseOS (RHEL) could not be read, and the run goes on\nhttp://"),
        "{told}"
    );
    // It was changed by this very run.
    assert!(
        !told.contains("error: ") && !told.contains("untouched"),
        "{told}"
    );
    let summary = String::from_utf8(output.stdout).unwrap();
    assert!(
        summary.contains(
            "source: 9 aarch64 BaseOS (reference) is old, read last at 2026-11-20T04:10:00Z, fails since 2026-11-21T04:10:00Z: "
        ),
        "{summary}"
    );

    std::fs::remove_dir_all(failing.world.output()).unwrap();
    failing
        .world
        .reconfigure("name = \"x86_64\"\n[[release.architecture]]\n", "");
    let output = run(&failing, THIRD, &["--cache", "/nowhere/but/unused"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("error: ") && told.contains("; what was published before is untouched"),
        "{told}"
    );
    let output = run(&failing, THIRD, &["--unknown"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!failing.world.output().exists());
}
