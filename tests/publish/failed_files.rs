//! Files of this machine that hold something else than they are to: each fails alone, and the report says so.

use super::support::{SECOND, World, moment, package};
use almanac::publish::sample::WrittenCompression;
use almanac::report::{AbiNotComparedName, InputKind};

/// A file of statements that fails alone: the report has nothing of it, and says so.
fn check_statements_left_out(file: &str, text: &str, told: [&str; 2]) {
    let statements = format!("[[release.statements]]\nfile = \"{file}\"\nwho = \"People\"");
    let (kind, files) = (InputKind::Statements, [(file, text)]);
    let world = World::new();
    check_left_out(&world, &statements, &files, kind, &[file], told);
    for name in ["bash", "dnf"] {
        assert_eq!(world.package("9", name).statements, [], "{text}");
    }
}

/// Inputs of a kind that fail alone, by the ends of their names; told with cause and remedy.
fn check_left_out(
    world: &World,
    configuration: &str,
    files: &[(&str, &str)],
    kind: InputKind,
    names: &[&str],
    [cause, remedy]: [&str; 2],
) {
    world.configure(configuration);
    for (file, text) in files {
        world.write(file, text);
    }
    let publication = world.publish_at(SECOND).unwrap();
    assert!(!publication.is_of_all(), "{configuration}");
    let failed = world.index().input_failures;
    assert_eq!(failed.len(), names.len(), "{failed:?}");
    for (failure, name) in failed.iter().zip(names) {
        assert!(
            failure.kind == kind && failure.name.ends_with(name),
            "{failure:?}"
        );
        assert_eq!((failure.last_read, failure.since.0), (None, moment(SECOND)));
    }
    let causes: Vec<&str> = failed
        .iter()
        .map(|failure| failure.cause.as_str())
        .collect();
    assert!(causes.iter().any(|told| told.contains(cause)), "{causes:?}");
    let warnings = world.report("9").warnings;
    let is_told = |warning: &String| {
        warning.contains(cause)
            && warning.contains(remedy)
            && warning.starts_with(&kind.to_string())
    };
    assert!(warnings.iter().any(is_told), "{warnings:?}");
}

#[test]
fn a_file_that_is_cut_off_fails_alone() {
    let eof = "EOF while parsing";
    let correct = "correct the file, or take it out of the configuration";
    check_statements_left_out("list.json", "[{\"package\":\"bash\",\"rel", [eof, correct]);
    check_statements_left_out(
        "list.json",
        "<html>",
        ["this is no list of statements", correct],
    );
    check_statements_left_out(
        "notes.toml",
        "[[note]]\npackage = \"ba",
        ["invalid basic string", "correct that line"],
    );
    let tables = [
        (
            "manifest/1.json",
            "{\"major\":\"9\",\"packages\":[{\"package\":\"bash\",\"compatibility_level\":\"2\"}]}",
        ),
        ("manifest/2.json", "{\"major\":\"9\",\"packages\":[{\"pack"),
    ];
    let manifest = "[[release.manifest]]\nfolder = \"manifest\"";
    let world = World::new();
    check_left_out(
        &world,
        manifest,
        &tables,
        InputKind::Manifest,
        &["manifest"],
        [
            eof,
            "fetch the manifest again, or take the file out of its folder",
        ],
    );
    assert_eq!(world.package("9", "bash").levels, []);
    let answers = [
        (
            "builds/1.json",
            "{\"id\":1,\"created_at\":\"2026-11-01T00:00:00\",\"tasks\":[]}",
        ),
        ("builds/2.json", "{\"id\":2,"),
    ];
    let builds = "[[release.builds]]\nfolder = \"builds\"";
    check_left_out(
        &World::new(),
        builds,
        &answers,
        InputKind::Builds,
        &["builds"],
        [eof, "builds/2.json could not be read"],
    );
}

#[test]
fn a_file_that_fails_stops_the_run_where_that_is_wanted() {
    World::new().check_fault(
        |world| {
            world.reconfigure("[distribution]", "on_failure = \"stop\"\n[distribution]");
            world.configure("[[release.statements]]\nfile = \"list.json\"\nwho = \"People\"");
            world.write("list.json", "[{");
        },
        &["list.json: this is no list of statements: EOF while parsing"],
    );
}

#[test]
fn a_kernel_list_that_is_cut_off_fails_alone() {
    let kernels = |world: &World| {
        let kernel = [package("kernel-5-1.el9.x86_64", "kernel-5-1.el9")];
        for side in ["reference", "distribution"] {
            world.repository(&format!("{side}/x86_64"), &kernel, WrittenCompression::Gzip);
        }
    };
    let lists =
        "[[release.kernel_lists]]\nreference = \"kernels/rhel\"\ndistribution = \"kernels/own\"";
    let list = "kernel-5-1.el9.x86_64";
    let (reference, own) = (
        format!("kernels/rhel/{list}"),
        format!("kernels/own/{list}"),
    );
    let files = [
        (reference.as_str(), "0x1\ta\n0x2"),
        (own.as_str(), "0x1\ta\n"),
    ];
    let world = World::new();
    kernels(&world);
    let cause = "line 2 is no checksum and symbol of a kernel";
    let names = [reference.as_str()];
    check_left_out(
        &world,
        lists,
        &files,
        InputKind::KernelLists,
        &names,
        [cause, "let the tool write the file again, or take it out"],
    );
    let abi = world.package("9", "kernel").architectures[0].abi.clone();
    let reason = abi.unwrap().outcome.not_compared;
    assert_eq!(reason, Some(AbiNotComparedName::ReferenceKernelUnknown));
}

#[test]
fn notes_that_cannot_be_meant_so_are_left_out() {
    let check = |note: &str, cause: &str, remedy: &str| {
        let notes = format!("[[note]]\npackage = \"bash\"\nreason = \"x\"\n{note}\n");
        check_statements_left_out("notes.toml", &notes, [cause, remedy]);
    };
    for since in ["2025-02-31", "soon", ""] {
        check(
            &format!("[[note]]\npackage = \"dnf\"\nreason = \"x\"\nsince = \"{since}\""),
            &format!("notes.toml: note 2 (dnf): since is “{since}”, which is no day"),
            "write a day such as 2026-01-31, or take since out",
        );
    }
    check(
        "package = \"dnf\"",
        "notes.toml: line 4, column 1: package is there twice",
        "keep one of the two, and take the other out",
    );
    check(
        "link = \"wiki\"",
        "the link of bash, “wiki”, is no http(s) address",
        "correct the file, or take it out of the configuration",
    );
}
