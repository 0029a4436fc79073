//! What repositories can have wrong: each fault is told with file, place, cause and remedy, and nothing published changes.

use super::support::metadata::{
    Lies, REFERENCE, metadata, package_xml, primary_path, replace_file, replace_primary, source,
};
use super::support::{World, package};
use almanac::publish::sample::WrittenCompression;
use std::fs;

const FETCH: &str =
    "remedy: fetch the repository again (reposync, dnf download) and publish once more";
const REGENERATE: &str = "remedy: make the metadata again with createrepo_c";

fn good_package() -> String {
    package_xml("bash", "x86_64", &source("bash-1-1.el9.src.rpm"), "a")
}

fn check(spoil: impl FnOnce(&World), expected: &[&str]) {
    World::new().check_fault(spoil, expected);
}

fn check_primary(text: &[u8], lies: Lies, expected: &[&str]) {
    check(|world| replace_primary(world, text, lies), expected);
}

#[test]
fn truncated_streams() {
    for (compression, format) in [
        (WrittenCompression::Gzip, "gzip"),
        (WrittenCompression::Xz, "xz"),
        (WrittenCompression::Zstandard, "Zstandard"),
    ] {
        check(
            |world| {
                world.repository(
                    REFERENCE,
                    &[package("bash-1-1.el9.x86_64", "bash-1-1.el9")],
                    compression,
                );
                let path = primary_path(world);
                let bytes = fs::read(&path).unwrap();
                fs::write(&path, &bytes[..bytes.len() - 30]).unwrap();
            },
            &[
                "-primary.xml.",
                ": byte ",
                &format!("the {format} stream ends in the middle"),
                FETCH,
            ],
        );
    }
}

#[test]
fn damaged_streams() {
    for (compression, format) in [
        (WrittenCompression::Gzip, "gzip"),
        (WrittenCompression::Xz, "xz"),
        (WrittenCompression::Zstandard, "Zstandard"),
    ] {
        check(
            |world| {
                world.repository(
                    REFERENCE,
                    &[package("bash-1-1.el9.x86_64", "bash-1-1.el9")],
                    compression,
                );
                let path = primary_path(world);
                let mut bytes = fs::read(&path).unwrap();
                bytes[..40].fill(0xff);
                fs::write(&path, bytes).unwrap();
            },
            &[
                "-primary.xml.",
                ": byte ",
                &format!("the {format} stream is damaged"),
                FETCH,
            ],
        );
    }
}

#[test]
fn checksums_and_sizes_that_do_not_fit() {
    let text = metadata(&good_package());
    let length = text.len() as u64;
    let zeros = "0".repeat(64);
    let lie = |lies: Lies, expected: &[&str]| check_primary(&text, lies, expected);
    lie(
        Lies {
            checksum: Some(zeros),
            ..Lies::default()
        },
        &[
            "primary.xml.gz: the SHA-256 of the file is ",
            "and repomd.xml says 000",
            FETCH,
        ],
    );
    lie(
        Lies {
            size: Some(100_000),
            ..Lies::default()
        },
        &[
            "primary.xml.gz: the file has ",
            "and repomd.xml says 100,000",
            FETCH,
        ],
    );
    lie(
        Lies {
            open_size: Some(length + 1),
            ..Lies::default()
        },
        &["primary.xml.gz: the uncompressed file has ", FETCH],
    );
    lie(
        Lies {
            size: Some(10),
            ..Lies::default()
        },
        &[
            "primary.xml.gz: it goes on beyond the 10 bytes that repomd.xml says",
            "remedy: do not trust this source",
        ],
    );
}

#[test]
fn a_small_file_that_expands_without_end() {
    let text = vec![b' '; 64 << 20];
    check_primary(
        &text,
        Lies {
            open_size: Some(1_000),
            ..Lies::default()
        },
        &[
            "primary.xml.gz: it goes on beyond the 1,000 bytes that repomd.xml says; reading stopped there",
            "remedy: do not trust this source",
        ],
    );
}

#[test]
fn broken_xml() {
    let broken = |text: &str, cause: &str| {
        check_primary(
            text.as_bytes(),
            Lies::default(),
            &["primary.xml.gz: byte ", cause, REGENERATE],
        );
    };
    broken("<metadata><package></metadata>", "not well-formed");
    broken("<metadata><package>", "ends before its elements do");
    broken("<metadata><package a='1' ", "not well-formed");
    broken("<metadata/><metadata/>", "a second root element");
    broken(&"<metadata>".repeat(50), "ends before its elements do");
    broken(
        &format!("<metadata>{}</metadata>", "x".repeat(3 << 20)),
        "longer than a megabyte",
    );
    check_primary(
        b"<metadata>\xff\xfe</metadata>",
        Lies::default(),
        &["not written in UTF-8", REGENERATE],
    );
}

#[test]
fn pages_of_html_instead_of_metadata() {
    const PAGE: &str = "\n<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><body>Not Found</body></html>\n";
    const LOOK: &str = "remedy: correct the location";
    check(
        |world| world.write(&format!("{REFERENCE}/repodata/repomd.xml"), PAGE),
        &["repodata/repomd.xml: this is a page of HTML", LOOK],
    );
    check(
        |world| {
            replace_file(
                world,
                "primary.xml.gz",
                PAGE.as_bytes(),
                PAGE.as_bytes(),
                Lies::default(),
            )
        },
        &["primary.xml.gz: this is a page of HTML", LOOK],
    );
    check_primary(
        b"<html><body/></html>",
        Lies::default(),
        &["primary.xml.gz: byte ", "this is a page of HTML", LOOK],
    );
    check_primary(
        b"<feed/>",
        Lies::default(),
        &[
            "primary.xml.gz: byte ",
            "the document is a <feed>, and a <metadata> belongs here",
            "remedy: name the folder",
        ],
    );
}

#[test]
fn entity_declarations() {
    check_primary(
        b"<?xml version='1.0'?><!DOCTYPE metadata [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]><metadata>&b;</metadata>",
        Lies::default(),
        &["primary.xml.gz: byte ", "it declares a document type", "remedy: metadata of rpm have no such declarations"],
    );
}

#[test]
fn packages_that_name_no_source() {
    for element in ["", "<rpm:sourcerpm/>", "<rpm:sourcerpm> </rpm:sourcerpm>"] {
        check_primary(
            &metadata(&package_xml("orphan", "x86_64", element, "a")),
            Lies::default(),
            &[
                "primary.xml.gz: orphan does not say which source package it was built from",
                "leave the package out with exclude = [\"orphan\"]",
            ],
        );
    }
}

#[test]
fn one_name_for_two_packages() {
    let other = package_xml("bash", "x86_64", &source("bash-1-1.el9.src.rpm"), "b");
    check_primary(
        &metadata(&(good_package() + &other)),
        Lies::default(),
        &[
            "primary.xml.gz: bash-1-1.el9.x86_64 is there twice, with different checksums",
            "remedy: remove one of the two",
        ],
    );
}

#[test]
fn an_empty_repository() {
    check_primary(
        &metadata(""),
        Lies::default(),
        &[
            "primary.xml.gz: the repository has no packages",
            "remedy: take the repository out of the configuration",
        ],
    );
}

#[test]
fn repositories_that_are_not_there() {
    check(
        |world| fs::remove_dir_all(world.path("reference")).unwrap(),
        &[
            "reference/x86_64: there is no such folder",
            "a path is relative to the configuration file",
        ],
    );
    check(
        |world| fs::remove_dir_all(world.path("reference/x86_64/repodata")).unwrap(),
        &[
            "reference/x86_64: there is no repository here",
            "remedy: name the folder that holds repodata/repomd.xml",
        ],
    );
    check(
        |world| fs::remove_file(primary_path(world)).unwrap(),
        &["-primary.xml.gz: there is no such file", "remedy: "],
    );
}

#[test]
fn repomd_that_leads_nowhere() {
    let repomd = |text: &'static str, expected: &[&str]| {
        check(
            |world| world.write(&format!("{REFERENCE}/repodata/repomd.xml"), text),
            expected,
        );
    };
    repomd(
        "<repomd/>",
        &["repomd.xml: it names no primary.xml", REGENERATE],
    );
    repomd(
        "<repomd>",
        &[
            "repomd.xml: byte 8: the document ends before its elements do",
            REGENERATE,
        ],
    );
    let text = metadata(&good_package());
    check(
        |world| replace_file(world, "primary.xml.bz2", &text, &text, Lies::default()),
        &["primary.xml.bz2: its name ends in none of", REGENERATE],
    );
    check_primary(
        &text,
        Lies {
            path: Some("../../../etc/passwd.xml".to_owned()),
            ..Lies::default()
        },
        &[
            "repomd.xml: byte ",
            "leads out of the repository",
            REGENERATE,
        ],
    );
}

#[test]
fn of_several_faults_the_first_in_the_configuration_is_told() {
    let world = World::new();
    for name in ["a", "b", "c", "d"] {
        world.configure(&format!(
            "[[release.reference]]\nname = \"{name}\"\nlocation = \"no-{name}\""
        ));
    }
    for threads in [1, 2, 8] {
        let error = world
            .publish_into(&world.output(), super::support::FIRST, threads)
            .unwrap_err()
            .to_string();
        assert!(error.contains("no-a: there is no such folder"), "{error}");
        assert!(!world.output().exists(), "a folder of nothing was left");
    }
}

#[test]
fn repositories_without_a_package_that_counts() {
    let unreadable = package_xml("odd", "sparc64", &source("odd-1-1.src.rpm"), "a").repeat(3);
    check_primary(
        &metadata(&unreadable),
        Lies::default(),
        &[
            "none of its 3 packages can be read; of the first it is said: odd is left out",
            REGENERATE,
        ],
    );
    let other = package_xml("bash", "s390x", &source("bash-1-1.el9.src.rpm"), "a");
    check_primary(
        &metadata(&other),
        Lies::default(),
        &[
            "the repository has no package for x86_64",
            "remedy: write $arch in its location",
        ],
    );
}

#[test]
fn a_file_that_was_changed_is_called_that_before_what_is_in_it() {
    check(
        |world| {
            let text = metadata(&good_package());
            replace_primary(world, &text, Lies::default());
            let changed = String::from_utf8(text).unwrap().replace("</version>", "");
            let mut bytes = Vec::new();
            let mut encoder =
                flate2::write::GzEncoder::new(&mut bytes, flate2::Compression::best());
            std::io::Write::write_all(&mut encoder, changed.as_bytes()).unwrap();
            encoder.finish().unwrap();
            fs::write(primary_path(world), bytes).unwrap();
        },
        &["primary.xml.gz: ", "and repomd.xml says ", FETCH],
    );
}

#[test]
fn a_compressed_page_of_html() {
    check_primary(
        b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        Lies::default(),
        &["a page of HTML"],
    );
}

#[test]
fn comments_and_character_data_may_hold_what_looks_like_tags() {
    let world = World::new();
    let description =
        "<description><!-- </description> --><![CDATA[ </description> ]]></description>";
    let text = String::from_utf8(metadata(&good_package())).unwrap();
    assert!(text.contains("<format>"), "{text}");
    let text = text.replacen("<format>", &format!("{description}<format>"), 1);
    replace_primary(&world, text.as_bytes(), Lies::default());
    world
        .publish_at(super::support::FIRST)
        .unwrap_or_else(|error| panic!("{error}"));
    check_primary(
        text.replace("<!-- </description> -->", "<!ELEMENT x>")
            .as_bytes(),
        Lies::default(),
        &["a declaration stands inside of an element", REGENERATE],
    );
}

#[test]
fn streams_that_take_more_memory_than_there_is_for_them() {
    let text = metadata(&good_package());
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.window_log(27).unwrap();
    encoder.long_distance_matching(true).unwrap();
    std::io::Write::write_all(&mut encoder, &text).unwrap();
    let zstandard = encoder.finish().unwrap();
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 9);
    std::io::Write::write_all(&mut encoder, &text).unwrap();
    let xz = encoder.finish().unwrap();
    for (name, bytes) in [("primary.xml.zst", zstandard), ("primary.xml.xz", xz)] {
        check(
            |world| replace_file(world, name, &bytes, &text, Lies::default()),
            &[
                "would take more than 32 MB of memory",
                "remedy: compress it with a weaker preset",
            ],
        );
    }
}
