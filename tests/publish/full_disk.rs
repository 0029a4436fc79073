//! A disk without room: the run fails with an error that says so, and what was published stays as it was.

use super::support::{FIRST, SECOND, World, package, tree};
use almanac::publish::sample::WrittenCompression;
use std::path::Path;
use std::process::{Command, Output};

/// So many packages that their documents need more than there is.
fn grow(world: &World) {
    let packages: Vec<_> = (0..3_000)
        .map(|number| {
            package(
                &format!("package{number}-1-1.el9.x86_64"),
                &format!("package{number}-1-1.el9"),
            )
        })
        .collect();
    for side in ["distribution/x86_64", "reference/x86_64"] {
        world.repository(side, &packages, WrittenCompression::Gzip);
    }
}

fn shell(script: &str, world: &World, output: &Path) -> Output {
    Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(env!("CARGO_BIN_EXE_almanac"))
        .arg(world.path("almanac.toml"))
        .arg(output)
        .arg(SECOND)
        .output()
        .expect("a shell")
}

const PUBLISH: &str = r#"exec "$1" publish "$2" --output "$3" --at "$4""#;

fn check(
    output: &Output,
    folder: &Path,
    before: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>,
    cause: &str,
) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(cause), "{told}");
    assert!(told.contains("remedy: make room on that disk, or publish to another; what was published before is untouched"), "{told}");
    assert!(tree(folder) == *before, "the published set was changed");
}

#[test]
fn a_disk_that_is_full_leaves_the_published_set_as_it_was() {
    let world = World::new();
    let disk = world.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
        .arg(&disk)
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        println!(
            "skipped: this user may not mount a small disk; the next test limits the size of files instead"
        );
        return;
    }
    let result = std::panic::catch_unwind(|| {
        let output = disk.join("published");
        world.publish_into(&output, FIRST, 2).unwrap();
        let before = tree(&output);
        grow(&world);
        check(
            &shell(PUBLISH, &world, &output),
            &output,
            &before,
            "the disk is full",
        );
    });
    let unmounted = Command::new("umount").arg(&disk).status().unwrap();
    assert!(unmounted.success());
    if let Err(panic) = result {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn a_limit_on_the_size_of_files_leaves_the_published_set_as_it_was() {
    let world = World::new();
    world.publish_at(FIRST).unwrap();
    let before = tree(&world.output());
    grow(&world);
    // Blocks of 512 bytes; without the signal, writing fails as on a full disk.
    let limited = format!("trap '' XFSZ; ulimit -f 64; {PUBLISH}");
    let cause = "the system does not allow a file of this size to be written";
    check(
        &shell(&limited, &world, &world.output()),
        &world.output(),
        &before,
        cause,
    );
}
