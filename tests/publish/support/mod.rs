//! A small distribution and its reference in a temporary folder, and what tests do with them.

pub mod metadata;
pub mod proxy;
pub mod server;
pub mod ten_years;

use almanac::domain::{Nevra, Nvr, Timestamp};
use almanac::publish::fetch::FetchSettings;
use almanac::publish::sample::{WrittenCompression, WrittenPackage, write_repository};
use almanac::publish::verification::verify;
use almanac::publish::{Error, Publication, Request, publish};
use almanac::report::{self, Compatibility, Digest, Document, Index, Package, PackageTable};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;
use tempfile::TempDir;

pub const FIRST: &str = "2026-11-20T04:10:00Z";
pub const SECOND: &str = "2026-11-21T04:10:00Z";

/// A configuration with two repositories and a place to publish to.
pub struct World {
    folder: TempDir,
}

pub const CONFIGURATION: &str = r#"
[distribution]
name = "AlmaLinux"
[reference]
name = "RHEL"
[[release]]
id = "9"
distribution_minor = "9.6"
reference_minor = "9.6"
[[release.architecture]]
name = "x86_64"
[[release.distribution]]
name = "BaseOS"
location = "distribution/$arch"
[[release.reference]]
name = "BaseOS"
location = "reference/$arch"
"#;

impl World {
    /// Both sides with a few packages.
    pub fn new() -> Self {
        let world = Self {
            folder: TempDir::new().expect("a temporary folder"),
        };
        world.write("almanac.toml", CONFIGURATION);
        world.repository(
            "distribution/x86_64",
            &[
                package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9"),
                package(
                    "dnf-4.14.0-25.el9.alma.1.noarch",
                    "dnf-4.14.0-25.el9.alma.1",
                ),
                package("openssl-1:3.2.2-6.el9_5.x86_64", "openssl-3.2.2-6.el9_5"),
                package(
                    "openssl-libs-1:3.2.2-6.el9_5.x86_64",
                    "openssl-3.2.2-6.el9_5",
                ),
            ],
            WrittenCompression::Gzip,
        );
        world.repository(
            "reference/x86_64",
            &[
                package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9"),
                package("dnf-4.14.0-25.el9.noarch", "dnf-4.14.0-25.el9"),
                package("openssl-1:3.2.2-6.el9_6.x86_64", "openssl-3.2.2-6.el9_6"),
                package(
                    "insights-client-3.2-1.el9.noarch",
                    "insights-client-3.2-1.el9",
                ),
            ],
            WrittenCompression::Gzip,
        );
        world
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    pub fn output(&self) -> PathBuf {
        self.path("published")
    }

    pub fn write(&self, relative: &str, text: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }

    /// Adds a piece of text to the end of the configuration.
    pub fn configure(&self, addition: &str) {
        let path = self.path("almanac.toml");
        let text = fs::read_to_string(&path).expect("the configuration");
        fs::write(path, format!("{text}{addition}\n")).expect("the configuration");
    }

    /// Replaces a piece of the configuration.
    pub fn reconfigure(&self, from: &str, to: &str) {
        let path = self.path("almanac.toml");
        let text = fs::read_to_string(&path).expect("the configuration");
        assert!(text.contains(from), "the configuration has no {from}");
        fs::write(path, text.replace(from, to)).expect("the configuration");
    }

    pub fn repository(
        &self,
        relative: &str,
        packages: &[WrittenPackage],
        compression: WrittenCompression,
    ) {
        let folder = self.path(relative);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("an old repository");
        }
        write_repository(
            &folder,
            packages,
            compression,
            moment("2026-11-19T00:00:00Z"),
        )
        .expect("a repository");
    }

    /// A repository of this text of primary.xml, with metadata by createrepo_c's own tool.
    pub fn primary(&self, relative: &str, text: &str) {
        let folder = self.path(relative).join("repodata");
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("an old repository");
        }
        let metadata = format!("{relative}/repodata");
        self.write(&format!("{metadata}/primary.xml"), text);
        self.write(
            &format!("{metadata}/repomd.xml"),
            "<repomd xmlns=\"http://linux.duke.edu/metadata/repo\"><revision>1</revision></repomd>",
        );
        let output = Command::new("modifyrepo_c")
            .args(["--mdtype=primary", "--no-compress"])
            .arg(folder.join("primary.xml"))
            .arg(&folder)
            .output()
            .expect("modifyrepo_c");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
    }

    pub fn publish_at(&self, taken: &str) -> Result<Publication, Error> {
        self.publish_into(&self.output(), taken, 2)
    }

    pub fn publish_into(
        &self,
        output: &Path,
        taken: &str,
        threads: usize,
    ) -> Result<Publication, Error> {
        publish(&Request {
            configuration: self.path("almanac.toml"),
            output: output.to_owned(),
            taken: moment(taken),
            threads,
            fetch: self.fetch_settings(),
            shows_progress: false,
        })
    }

    /// Runs the command in another working folder, in which its cache is to be.
    pub fn publish_from(&self, folder: &str, cache: &str, taken: &str) -> Output {
        let folder = self.path(folder);
        fs::create_dir_all(&folder).expect("a working folder");
        Command::new(env!("CARGO_BIN_EXE_almanac"))
            .args(["publish", "../almanac.toml", "--output", "../published"])
            .args(["--at", taken, "--cache", cache])
            .current_dir(folder)
            .output()
            .expect("the command runs")
    }

    /// With a cache of its own, and little patience.
    pub fn fetch_settings(&self) -> FetchSettings {
        FetchSettings {
            cache: Some(self.path("cache")),
            patience: Duration::from_secs(1),
            retries: 2,
            first_wait: Duration::from_millis(10),
        }
    }

    pub fn index(&self) -> Index {
        document(&self.output().join("index.json"))
    }

    /// The newest report of a release.
    pub fn report(&self, release: &str) -> Compatibility {
        let index = self.index();
        let entry = index
            .releases
            .iter()
            .find(|entry| entry.id == release)
            .expect("the release");
        self.named("compatibility", &entry.latest().expect("a snapshot").report)
    }

    pub fn named<T: Document>(&self, folder: &str, digest: &Digest) -> T {
        document(&self.output().join(format!("{folder}/{digest}.json")))
    }

    /// The document of a package in a release's newest report.
    pub fn package(&self, release: &str, name: &str) -> Package {
        let report = self.report(release);
        let row = report.packages.row_of(name).expect("the package");
        let directory: report::Directory =
            self.named("directories", &report.directories[row / 128]);
        self.named("packages", &directory.packages[row % 128])
    }

    /// Publishes once, lets `spoil` do harm, and publishes again, which must fail with an error that has all the words
    /// and leave what was published as it was, to the byte.
    pub fn check_fault(&self, spoil: impl FnOnce(&World), expected: &[&str]) {
        if !self.output().exists() {
            self.publish_at(FIRST).expect("a good start");
        }
        spoil(self);
        let before = tree(&self.output());
        let error = match self.publish_at(SECOND) {
            Ok(_) => panic!("it was published; expected {expected:?}"),
            Err(error) => error.to_string(),
        };
        for words in expected {
            assert!(error.contains(words), "{words} is not in\n{error}");
        }
        assert!(
            error.starts_with("error: ") && error.contains("\nremedy: "),
            "{error}"
        );
        assert!(
            tree(&self.output()) == before,
            "the published set was changed"
        );
    }
}

pub fn moment(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// A package of its NEVRA and the NVR of its source.
pub fn package(nevra: &str, source: &str) -> WrittenPackage {
    WrittenPackage {
        nevra: nevra.parse::<Nevra>().expect("a NEVRA"),
        source: source.parse::<Nvr>().expect("an NVR"),
        built: moment("2026-10-01T12:00:00Z"),
        digest: almanac::publish::output::digest_of(nevra.as_bytes()).to_string(),
        provides: String::new(),
        requires: String::new(),
    }
}

/// Asserts that what a world published has a fault at this path whose cause has these words.
pub fn assert_told(world: &World, path: &str, cause: &str) {
    let faults = verify(&world.output()).faults;
    let is_told = faults
        .iter()
        .any(|fault| fault.path.starts_with(path) && fault.cause.contains(cause));
    assert!(is_told, "{path}: {cause} is not among {faults:?}");
}

/// Runs git in a folder, with no configuration but what makes commits possible.
pub fn git_in(folder: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(["-c", "user.name=a", "-c", "user.email=a@a.example"])
        .args(arguments)
        .output()
        .expect("git");
    assert!(done.status.success(), "{arguments:?}: {done:?}");
}

pub fn document<T: Document>(path: &Path) -> T {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    report::read(&bytes)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .0
}

/// All files below a folder with their bytes.
pub fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                files.insert(path.clone(), Vec::new());
                folders.push(path);
            } else {
                files.insert(path.clone(), fs::read(path).expect("a file"));
            }
        }
    }
    files
}

/// The rows of a table in words: name, distribution's and reference's EVR, and the outcome on each architecture.
pub fn rows(table: &PackageTable) -> Vec<String> {
    (0..table.names.len())
        .map(|row| {
            let outcomes: Vec<String> = table
                .outcomes_of(row)
                .map(|outcome| match outcome {
                    None => "-".to_owned(),
                    Some(outcome) => {
                        let cause = outcome.cause.map(word).or(outcome.not_compared.map(word));
                        [Some(word(outcome.verdict)), cause]
                            .into_iter()
                            .flatten()
                            .collect::<Vec<_>>()
                            .join(" ")
                    }
                })
                .collect();
            format!(
                "{} | {} | {} | {}",
                table.names[row],
                table.distribution[row],
                table.reference_evr(row),
                outcomes.join(", ")
            )
        })
        .collect()
}

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .expect("JSON")
        .as_str()
        .expect("a word")
        .to_owned()
}

/// Real inputs, where the environment names them; a test without them says so and ends.
pub fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("ALMANAC_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: ALMANAC_REAL_DATA is not set");
    }
    folder
}

/// The text of a file that gzip packed.
pub fn unpacked(path: &Path) -> String {
    let output = Command::new("gzip")
        .arg("-dc")
        .arg(path)
        .output()
        .expect("gzip");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("a text")
}
