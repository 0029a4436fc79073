//! Reading primary.xml gives what createrepo_c's own parser gives, field by field.

use super::support::{World, real_data, unpacked};
use almanac::publish::Progress;
use almanac::publish::fetch::{FetchSettings, Fetcher};
use almanac::publish::repository::{Extent, Location, PrimaryEntry, for_each_package};
use almanac::publish::sample::generate_sample;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SCRIPT: &str = r#"
import re, subprocess, sys, tempfile, createrepo_c as cr
plain = tempfile.NamedTemporaryFile(suffix=".xml")
for folder in sys.stdin.read().splitlines():
    repomd = cr.Repomd(folder + "/repodata/repomd.xml")
    path = folder + "/" + next(r.location_href for r in repomd.records if r.type == "primary")
    if path.endswith(".zst"):
        # Debian's createrepo_c is built without Zstandard.
        subprocess.run(["zstd", "-dqfc", path], stdout=open(plain.name, "wb"), check=True)
        path = plain.name
    text = open(path).read() if path.endswith(".xml") else ""
    if text and "<rpm:" not in text:
        # createrepo_c knows these elements by their prefix alone.
        elements = "license|vendor|group|buildhost|sourcerpm|header-range|provides|requires|conflicts|obsoletes|recommends|suggests|supplements|enhances|entry"
        text = re.sub(r"<(/?)(%s)\b" % elements, r"<\1rpm:\2", text)
        with open(plain.name, "w") as file:
            file.write(text)
        path = plain.name
    print('#', folder)
    def package(p):
        fields = [p.name, p.arch, p.epoch, p.version, p.release, p.pkgId, p.location_href, p.rpm_sourcerpm, p.time_build]
        print("\t".join("" if field is None else str(field) for field in fields))
        for name, version in sorted((provide[0], provide[3] or "") for provide in p.provides):
            if re.fullmatch(r"((lib|ld-|ld64)[^( ]*\.so(\.[^( ]*)?|[^(/ ]+\.so\.[0-9][^( ]*)(\(.*\))*", name):
                print(" ", name)
            elif re.fullmatch(r"(kernel|ksym)\(.+\)", name):
                print(" ", name, "=", version)
    cr.xml_parse_primary(path, pkgcb=package, do_files=False)
"#;

fn expected(folders: &[PathBuf]) -> String {
    let script = tempfile::NamedTempFile::new().unwrap();
    fs::write(script.path(), SCRIPT).unwrap();
    let input = tempfile::NamedTempFile::new().unwrap();
    let lines: Vec<&str> = folders
        .iter()
        .map(|folder| folder.to_str().unwrap())
        .collect();
    fs::write(input.path(), lines.join("\n")).unwrap();
    let output = Command::new("/usr/bin/python3")
        .arg(script.path())
        .stdin(fs::File::open(input.path()).unwrap())
        .output()
        .expect("python3 with createrepo_c");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn read(folders: &[PathBuf]) -> String {
    let mut text = String::new();
    let fetcher = Fetcher::new(FetchSettings::default(), &[], Progress::hidden()).unwrap();
    for folder in folders {
        writeln!(text, "# {}", folder.display()).unwrap();
        for_each_package(
            &Location::Path(folder.clone()),
            Extent::NamesAndAbi,
            &fetcher,
            |entry, _| {
                write_entry(&mut text, entry);
                Ok(())
            },
        )
        .unwrap();
    }
    text
}

fn write_entry(text: &mut String, entry: &PrimaryEntry) {
    let built = entry
        .built
        .map(|seconds| seconds.to_string())
        .unwrap_or_default();
    let fields = [
        &entry.name,
        &entry.architecture,
        &entry.epoch,
        &entry.version,
        &entry.release,
        &entry.digest,
        &entry.location,
        &entry.source_file,
        &built,
    ];
    writeln!(text, "{}", fields.map(String::as_str).join("\t")).unwrap();
    // Both sorted alike, whatever separates name and version.
    let mut provides: Vec<&str> = entry.abi.lines().collect();
    provides.sort_unstable();
    for provide in provides {
        writeln!(text, "  {provide}").unwrap();
    }
}

/// All folders with metadata below a folder, sorted.
fn repositories(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("repodata/repomd.xml").is_file() {
            found.push(folder);
            continue;
        }
        let children = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        folders.extend(children.filter(|path| path.is_dir()));
    }
    found.sort();
    found
}

fn check(folder: &Path, repositories_min: usize) {
    let folders = repositories(folder);
    assert!(
        folders.len() >= repositories_min,
        "{} repositories",
        folders.len()
    );
    let (expected, read) = (expected(&folders), read(&folders));
    assert!(expected.lines().count() > 10 * folders.len());
    for (expected, read) in expected.lines().zip(read.lines()) {
        assert_eq!(read, expected);
    }
    assert_eq!(read.lines().count(), expected.lines().count());
}

#[test]
fn the_sample_is_read_as_createrepo_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let definition = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sample");
    let configurations = generate_sample(&definition, folder.path(), None).unwrap();
    check(configurations.last().unwrap().0.parent().unwrap(), 40);
}

#[test]
fn real_repositories_are_read_as_createrepo_reads_them() {
    if let Some(data) = real_data() {
        check(&data.join("mirror"), 15);
    }
}

/// Real texts of primary.xml without the repositories that they are of: each becomes one, with metadata by createrepo_c's own
/// tool. Those of CentOS have no prefixes.
#[test]
fn real_texts_of_primary_are_read_as_createrepo_reads_them() {
    let Some(data) = real_data() else { return };
    let world = World::new();
    let texts = data.join("repodata");
    world.primary(
        "centos/os",
        &unpacked(&texts.join("centos8-primary-598pkgs-bazeldnf.xml.gz")),
    );
    let sample = fs::read_to_string(texts.join("vmaas-primary.sample.xml")).unwrap();
    world.primary("vmaas/os", &sample);
    for (folder, packages, libraries) in [("centos", 598, 500), ("vmaas", 12, 5)] {
        let folder = world.path(folder);
        check(&folder, 1);
        let read = read(&repositories(&folder));
        let (provides, entries): (Vec<&str>, Vec<&str>) = read
            .lines()
            .filter(|line| !line.starts_with('#'))
            .partition(|line| line.starts_with("  "));
        assert_eq!(entries.len(), packages);
        assert!(provides.len() > libraries, "{}", provides.len());
    }
}
