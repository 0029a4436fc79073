//! Source texts from source packages that rpmbuild makes: each kind of payload, repositories, and files that are damaged or
//! lie.

use super::built_packages::run;
use super::support::server::{Reply, Server};
use super::support::{FIRST, SECOND, World, rows};
use almanac::presentation::changed_files::texts_in_words;
use almanac::publish::source_package::read_source_package;
use almanac::report::{EvidenceName, InputKind};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

const PAYLOADS: [&str; 4] = ["w9.gzdio", "w2.xzdio", "w19.zstdio", "w.ufdio"];
const PLAIN: &str = "w.ufdio";
const FIX: &str = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
const OTHER_FIX: &str = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+c\n";

/// Builds `bash-5.1.8-RELEASE.src.rpm` into a folder.
fn build(world: &World, folder: &str, release: &str, fix: &str, payload: &str) -> PathBuf {
    build_with("", world, folder, release, fix, payload)
}

/// Builds it with more lines in the spec.
fn build_with(
    more: &str,
    world: &World,
    folder: &str,
    release: &str,
    fix: &str,
    payload: &str,
) -> PathBuf {
    world.write("build/fix.patch", fix);
    let archive: Vec<u8> = (0..100_000_u32)
        .map(|index| (index % 65_521 * 31 % 251) as u8)
        .collect();
    world.write("build/bash.tar", archive);
    world.write(
        "build/bash.spec",
        format!(
            "Name: bash\nVersion: 5.1.8\nRelease: {release}\nSummary: x\nLicense: MIT\nSource0: bash.tar\n\
             Patch1: fix.patch\n{more}%description\nx\n%files\n"
        ),
    );
    let build = world.path("build");
    let folder = world.path(folder);
    fs::create_dir_all(&folder).unwrap();
    let define = |name: &str, value: &str| ["--define".to_owned(), format!("{name} {value}")];
    run(Command::new("rpmbuild")
        .args(["-bs", "--quiet", "--nodeps"])
        .args(define("_topdir", build.to_str().unwrap()))
        .args(define("_sourcedir", build.to_str().unwrap()))
        .args(define("_srcrpmdir", folder.to_str().unwrap()))
        .args(define("_source_payload", payload))
        .args(define("_source_filedigest_algorithm", "8"))
        .arg(build.join("bash.spec")));
    folder.join(format!("bash-5.1.8-{release}.src.rpm"))
}

fn configured(before: &str, after: &str) -> World {
    let world = World::new();
    world.configure(&format!(
        "[[release.sources]]\nsrpms_before = [\"{before}\"]\nsrpms_after = [\"{after}\"]\npackages = [\"bash\"]"
    ));
    world
}

/// With a source package of each side.
fn with_pair(fix: &str, payload: &str) -> World {
    let world = configured("before", "after");
    build(&world, "before", "9.el9", FIX, payload);
    build(&world, "after", "9.el9", fix, payload);
    world
}

fn row(world: &World) -> String {
    rows(&world.report("9").packages)[0].clone()
}

#[test]
fn equal_source_packages_prove_that_nothing_was_modified() {
    let world = with_pair(FIX, PAYLOADS[0]);
    world.publish_at(FIRST).unwrap();
    let package = world.package("9", "bash");
    assert_eq!(
        package.architectures[0].outcome.evidence,
        Some(EvidenceName::Proven)
    );
    let expected =
        "All files of the source were compared by their digests: 3 files, equal on both sides.";
    assert_eq!(texts_in_words(&package).as_deref(), Some(expected));
    assert_eq!(row(&world), "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | matched");
    assert_eq!(world.report("9").warnings, [""; 0]);
}

#[test]
fn labels_name_whose_source_packages_they_are() {
    let world = with_pair(FIX, PLAIN);
    let check = |expected: [&str; 2]| {
        world.publish_at(FIRST).unwrap();
        let texts = world.package("9", "bash").texts.unwrap();
        assert_eq!([texts.reference_label, texts.distribution_label], expected);
    };
    check(["RHEL SRPM", "AlmaLinux SRPM"]);
    world.reconfigure("[\"bash\"]", "[\"bash\"]\nbefore_name = \"UBI\"");
    check(["UBI SRPM", "AlmaLinux SRPM"]);
}

#[test]
fn every_kind_of_payload_is_read() {
    for payload in PAYLOADS {
        let world = with_pair(OTHER_FIX, payload);
        world.publish_at(FIRST).unwrap();
        assert_eq!(
            row(&world),
            "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | diverging unexplained",
            "{payload}"
        );
        let texts = world.package("9", "bash").texts.unwrap();
        assert!(texts.current && texts.complete);
        let told: Vec<String> = texts
            .files
            .iter()
            .map(|file| {
                let (before, after) = (
                    file.reference.as_ref().unwrap(),
                    file.distribution.as_ref().unwrap(),
                );
                let is_text = if after.published { "text" } else { "digest" };
                let same = if before == after { "same" } else { "other" };
                format!("{} {} {is_text} {same}", file.path, after.bytes)
            })
            .collect();
        let spec_bytes = fs::metadata(world.path("build/bash.spec")).unwrap().len();
        assert_eq!(
            told,
            [
                "SOURCES/bash.tar 100000 digest same".to_owned(),
                "SOURCES/fix.patch 34 text other".to_owned(),
                format!("SPECS/bash.spec {spec_bytes} text same"),
            ]
        );
        let digest = &texts.files[1].distribution.as_ref().unwrap().digest;
        let published = fs::read(world.output().join(format!("texts/{digest}.txt"))).unwrap();
        assert_eq!(published, OTHER_FIX.as_bytes());
    }
}

/// What rpmbuild makes of a spec with `NoSource` names a file and does not have it.
#[test]
fn a_source_package_that_withholds_a_file_is_not_complete() {
    let check = |fix: &str, expected: &str| {
        let world = configured("before", "after");
        for (folder, fix) in [("before", FIX), ("after", fix)] {
            let file = build_with("NoSource: 0\n", &world, folder, "9.el9", fix, PLAIN);
            fs::rename(file.with_extension("").with_extension("nosrc.rpm"), file).unwrap();
        }
        world.publish_at(FIRST).unwrap();
        let texts = world.package("9", "bash").texts.unwrap();
        assert!(texts.current && !texts.complete);
        let expected = format!("bash | 5.1.8-9.el9 | 5.1.8-9.el9 | {expected}");
        assert_eq!(row(&world), expected);
        let warnings = world.report("9").warnings;
        for side in ["before", "after"] {
            let told = format!(
                "{side}/bash-5.1.8-9.el9.src.rpm does not pass on bash.tar: it does not count as complete."
            );
            assert!(
                warnings.iter().any(|warning| warning.ends_with(&told)),
                "{warnings:?}"
            );
        }
    };
    check(FIX, "matched");
    check(OTHER_FIX, "diverging unexplained");
}

#[test]
fn the_version_that_is_compared_is_chosen_else_the_newest() {
    let world = with_pair(FIX, PAYLOADS[0]);
    build(&world, "after", "10.el9", OTHER_FIX, PAYLOADS[0]);
    world.publish_at(FIRST).unwrap();
    let texts = world.package("9", "bash").texts.unwrap();
    assert!(texts.current);
    assert_eq!(texts.distribution_evr.as_deref(), Some("5.1.8-9.el9"));
    fs::remove_file(world.path("after/bash-5.1.8-9.el9.src.rpm")).unwrap();
    build(&world, "after", "8.el9", FIX, PAYLOADS[0]);
    world.publish_at(SECOND).unwrap();
    let texts = world.package("9", "bash").texts.unwrap();
    assert!(!texts.current);
    assert_eq!(texts.distribution_evr.as_deref(), Some("5.1.8-10.el9"));
}

fn create_repository(world: &World, folder: &str) {
    run(Command::new("createrepo_c")
        .arg("--quiet")
        .arg(world.path(folder)));
}

#[test]
fn source_repositories_are_read_over_http() {
    let world = with_pair(OTHER_FIX, PAYLOADS[2]);
    create_repository(&world, "before");
    create_repository(&world, "after");
    let server = Server::good(&world.path(""));
    let _ = fs::remove_dir_all(world.path("cache"));
    world.reconfigure(
        "\"before\"",
        &format!("\"http://{}/before\"", server.address),
    );
    world.reconfigure("\"after\"", &format!("\"http://{}/after\"", server.address));
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        row(&world),
        "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | diverging unexplained"
    );
    assert_eq!(world.report("9").warnings, [""; 0]);
    assert_eq!(server.count(".src.rpm"), 2);
    world.publish_at(SECOND).unwrap();
    assert_eq!(server.count(".src.rpm"), 2);
}

#[test]
fn what_cannot_be_fetched_or_is_another_file_is_told_and_left_out() {
    let check = |reply: fn(&str) -> Reply, expected: &str| {
        let world = with_pair(OTHER_FIX, PAYLOADS[0]);
        create_repository(&world, "after");
        let server = Server::start(&world.path(""), move |asked| reply(&asked.path));
        world.reconfigure("\"after\"", &format!("\"http://{}/after\"", server.address));
        world.publish_at(FIRST).unwrap();
        let report = world.report("9");
        assert_eq!(
            rows(&report.packages)[0],
            "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | matched"
        );
        assert!(world.package("9", "bash").texts.is_none());
        let warnings = report.warnings.join("\n");
        assert!(
            warnings.contains(expected) && warnings.contains("what it would tell is left out"),
            "{expected} is not in\n{warnings}"
        );
        let failures = world.index().input_failures;
        assert!(
            failures.len() == 1
                && failures[0].kind == InputKind::SourceTexts
                && failures[0].cause.contains(expected),
            "{failures:?}"
        );
    };
    fn gone() -> Reply {
        Reply::Status("404 Not Found", String::new(), "no")
    }
    check(|_| gone(), "404");
    // Whether a place that cannot be read has the package is not known.
    let world = with_pair(OTHER_FIX, PAYLOADS[0]);
    world.reconfigure("\"after\"", "\"http://127.0.0.1:1/after\"");
    world.publish_at(FIRST).unwrap();
    let warnings = world.report("9").warnings;
    assert!(
        warnings.len() == 1 && warnings[0].starts_with("source texts: http://127.0.0.1:1/after/"),
        "{warnings:?}"
    );
    check(
        |path| {
            if path.ends_with(".rpm") {
                gone()
            } else {
                Reply::File
            }
        },
        "404",
    );
    check(
        |path| {
            if path.ends_with(".rpm") {
                Reply::Status("200 OK", String::new(), "another")
            } else {
                Reply::File
            }
        },
        "its SHA-256 is not the one that its repository states",
    );
}

#[test]
fn patterns_choose_among_what_both_sides_have() {
    let world = with_pair(OTHER_FIX, PAYLOADS[0]);
    world.reconfigure("[\"bash\"]", "[\"b*\", \"open*\"]");
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        row(&world),
        "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | diverging unexplained"
    );
    let warnings = world.report("9").warnings;
    assert!(
        warnings.len() == 1
            && warnings[0].starts_with("source texts: of 1 of the 2 packages that patterns choose"),
        "{warnings:?}"
    );
}

#[test]
fn a_package_that_is_named_and_that_a_side_does_not_have_is_a_fault() {
    let lose = |world: &World| {
        fs::remove_file(world.path("before/bash-5.1.8-9.el9.src.rpm")).unwrap();
    };
    with_pair(FIX, PAYLOADS[0]).check_fault(
        lose,
        &[
            "release 9: [[release.sources]]: srpms_before: no file bash-VERSION-RELEASE.src.rpm is in ",
            "/before",
            "remedy: put the file there, or take bash out of packages",
        ],
    );
    let world = with_pair(FIX, PAYLOADS[0]);
    world.write("before/other.txt", "");
    lose(&world);
    run(Command::new("createrepo_c")
        .arg("--quiet")
        .arg(world.path("before")));
    let server = Server::good(&world.path(""));
    world.reconfigure(
        "\"before\"",
        &format!("\"http://{}/before\"", server.address),
    );
    assert!(!world.publish_at(FIRST).unwrap().is_of_all());
    let failures = world.index().input_failures;
    assert!(
        failures.len() == 1
            && failures[0].name == "bash"
            && failures[0]
                .cause
                .contains("no file bash-VERSION-RELEASE.src.rpm is in http://"),
        "{failures:?}"
    );
}

/// What is changed in a file of which nothing else vouches.
fn check_spoilt(payload: &str, spoil: impl Fn(&mut Vec<u8>), expected: &str) {
    let world = with_pair(OTHER_FIX, payload);
    world.check_fault(
        |world| {
            let path = world.path("after/bash-5.1.8-9.el9.src.rpm");
            let mut bytes = fs::read(&path).unwrap();
            spoil(&mut bytes);
            fs::write(path, bytes).unwrap();
        },
        &["after/bash-5.1.8-9.el9.src.rpm", expected],
    );
}

fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    let at = bytes.windows(from.len()).rposition(|part| part == from);
    let at = at.expect("the bytes to replace");
    bytes[at..at + to.len()].copy_from_slice(to);
}

#[test]
fn truncated_packages_are_refused() {
    let cut = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() - 200);
    check_spoilt(PAYLOADS[0], cut, "the gzip stream ends in the middle");
    check_spoilt(PAYLOADS[1], cut, "the xz stream ends in the middle");
    check_spoilt(PAYLOADS[2], cut, "the Zstandard stream ends in the middle");
    check_spoilt(PLAIN, cut, "its payload ends in the middle");
    check_spoilt(PLAIN, |bytes| bytes.truncate(500), "it ends in its header");
}

#[test]
fn payloads_that_are_not_what_the_header_says_are_refused() {
    check_spoilt(
        PLAIN,
        |bytes| replace(bytes, b"-a\n+c", b"-a\n+d"),
        "the SHA-256 of fix.patch is not the one in its header",
    );
    check_spoilt(
        PLAIN,
        |bytes| replace(bytes, b"fix.patch\0", b"../.patch\0"),
        "its payload has a file that its header does not name",
    );
    check_spoilt(
        PLAIN,
        |bytes| replace(bytes, b"TRAILER!!!", b"bash.spec\0"),
        "its payload has bash.spec twice",
    );
    // 34 bytes, in the cpio header of eight hexadecimal digits each.
    check_spoilt(
        PLAIN,
        |bytes| {
            let name = bytes.windows(10).rposition(|part| part == b"fix.patch\0");
            let size = name.unwrap() - 110 + 54;
            assert_eq!(&bytes[size..size + 8], b"00000022");
            bytes[size..size + 8].copy_from_slice(b"7fffff00");
        },
        "fix.patch is not as long as its header says",
    );
    check_spoilt(
        PLAIN,
        |bytes| {
            let name = bytes.windows(10).rposition(|part| part == b"fix.patch\0");
            let length = name.unwrap() - 110 + 94;
            bytes[length..length + 8].copy_from_slice(b"7fffff00");
        },
        "its payload has an entry that is none",
    );
    with_pair(FIX, PLAIN).check_fault(
        |world| {
            build(world, "after", "9.el9", FIX, "w9.bzdio");
        },
        &["its payload is compressed as none of gz, xz and zstd"],
    );
}

#[test]
fn files_that_are_no_source_packages_are_refused() {
    check_spoilt(PLAIN, |bytes| bytes[0] = 0, "its header cannot be read");
    check_spoilt(
        PLAIN,
        |bytes| *bytes = vec![0xff; 4096],
        "its header is larger than any that is read",
    );
}

/// Whatever a byte of the headers becomes, the package is read or refused.
#[test]
fn no_byte_of_the_headers_leads_astray() {
    let world = World::new();
    let path = build(&world, "packages", "9.el9", FIX, PLAIN);
    let bytes = fs::read(&path).unwrap();
    let payload = bytes.windows(6).position(|part| part == b"070701").unwrap();
    let read = |bytes: &[u8]| {
        let path = world.path("spoilt.src.rpm");
        fs::write(&path, bytes).unwrap();
        let file = File::open(&path).unwrap();
        read_source_package(file, "spoilt", |_, content| {
            std::io::copy(content, &mut std::io::sink()).unwrap();
            Ok(())
        })
    };
    assert!(read(&bytes).is_ok());
    let mut refused = 0;
    for at in 0..payload {
        for value in [0, 1, 0x7f, 0xff] {
            let mut spoilt = bytes.clone();
            spoilt[at] = value;
            refused += usize::from(read(&spoilt).is_err());
        }
    }
    assert!(refused > 1_000, "{refused}");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let check = |from: &str, to: &str, expected: &str| {
        let world = with_pair(FIX, PLAIN);
        world.check_fault(|world| world.reconfigure(from, to), &[expected]);
    };
    check(
        "packages = [\"bash\"]",
        "",
        "srpms_before with srpms_after and packages",
    );
    check(
        "packages = [\"bash\"]",
        "packages = [\"bash\"]\ngit = \"{package}\"",
        "names neither",
    );
    check("\"before\"", "\"ftp://a.example/\"", "ftp:// is not read");
    check("[\"bash\"]", "[\"b/*\"]", "is no name of a source package");
    check("\"before\"", "\"elsewhere\"", "elsewhere");
    check(
        "srpms_before = [\"before\"]",
        "srpms_before = [\"after/\", \"./after\"]",
        "after, which would be compared with itself",
    );
    check(
        "[\"bash\"]",
        "[\"bash\"]\nbefore_name = \" \"",
        "before_name is empty",
    );
}
