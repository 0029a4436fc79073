//! What boards tell where repositories cannot be read for a while.

use super::*;
use crate::support::server::{Reply, Server};
use almanac::report::SideName;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

#[test]
fn a_repository_that_is_not_read_for_a_while_loses_nothing() {
    let world = with_further(&[("testing", &["bash-5.1.8-10.el9"])]);
    world.publish_at(DAYS[0]).unwrap();
    let server = Server::start(&world.path(""), |_| {
        Reply::Status("404 Not Found", String::new(), "no")
    });
    let absent = format!("location = \"http://{}/testing\"", server.address);
    world.reconfigure("location = \"testing\"", &absent);
    world.publish_at(DAYS[1]).unwrap();
    let published = boards(&world);
    assert_eq!(published.testing, None);
    assert_eq!(published.failures[0].side, SideName::Testing);
    world.reconfigure(&absent, "location = \"testing\"");
    world.publish_at(DAYS[2]).unwrap();
    assert_eq!(
        waiting(&world),
        ["bash: 5.1.8-10.el9 over 5.1.8-9.el9 Older, since by 20"]
    );
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn one_of_several_repositories_that_is_not_read_for_a_while_loses_nothing() {
    let world = with_further(&[("testing", &["bash-5.1.8-10.el9"])]);
    repository(&world, "apps", &["new-1-1.el9"]);
    world
        .configure("[[release.further]]\nrole = \"testing\"\nname = \"apps\"\nlocation = \"apps\"");
    world.publish_at(DAYS[0]).unwrap();
    let both = [
        "bash: 5.1.8-10.el9 over 5.1.8-9.el9 Older, since by 20",
        "new: 1-1.el9 over - Lacks, since by 20",
    ];
    assert_eq!(waiting(&world), both);
    let server = Server::start(&world.path(""), |_| {
        Reply::Status("404 Not Found", String::new(), "no")
    });
    let absent = format!("location = \"http://{}/apps\"", server.address);
    world.reconfigure("location = \"apps\"", &absent);
    world.publish_at(DAYS[1]).unwrap();
    assert_eq!(waiting(&world), both[..1]);
    world.reconfigure(&absent, "location = \"apps\"");
    let more = ["bash-5.1.8-10.el9", "zsh-1-1.el9"];
    repository(&world, "testing", &more);
    world.publish_at(DAYS[2]).unwrap();
    // What was not in the repository that was read all the time is new there.
    let zsh = "zsh: 1-1.el9 over - Lacks, since by 22";
    assert_eq!(waiting(&world), [both[0], both[1], zsh]);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn what_is_due_stays_due_since_then_while_an_architecture_cannot_be_read() {
    let world = World::new();
    world.reconfigure(
        "[[release.architecture]]\nname = \"x86_64\"",
        "[[release.architecture]]\nname = \"x86_64\"\n[[release.architecture]]\nname = \"aarch64\"",
    );
    for side in ["distribution/aarch64", "reference/aarch64"] {
        repository(&world, side, &["bash-5.1.8-9.el9"]);
    }
    let down = Arc::new(Mutex::new(""));
    let told = down.clone();
    let server = Server::start(&world.path(""), move |asked| {
        let down = *told.lock().unwrap();
        match !down.is_empty() && asked.path.contains(down) {
            true => Reply::Status("404 Not Found", String::new(), "no"),
            false => Reply::File,
        }
    });
    for role in ["synergy", "epel"] {
        for architecture in ["x86_64", "aarch64"] {
            let other = ["other-1-1.el9"];
            repository(&world, &format!("{role}/{architecture}"), &other);
        }
        world.configure(&format!(
            "[[release.further]]\nrole = \"{role}\"\nname = \"{role}\"\nlocation = \"http://{}/{role}/$arch/\"",
            server.address
        ));
    }
    repository(&world, "synergy/aarch64", &["htop-1-1.el9"]);
    repository(&world, "synergy/x86_64", &["gala-1-1.el9"]);
    let check = |day: u32, absent: &'static str, expected: &[&str]| {
        *down.lock().unwrap() = absent;
        world
            .publish_at(&format!("2026-11-{day}T04:10:00Z"))
            .unwrap();
        assert_eq!(added(&world), expected, "{day}");
    };
    check(10, "", &["gala: not due", "htop: not due"]);
    repository(&world, "epel/aarch64", &["htop-1-1.el9"]);
    let due = ["gala: not due", "htop: 10 to 11"];
    check(11, "", &due);
    check(12, "synergy/aarch64", &["gala: not due"]);
    check(13, "epel/aarch64", &["gala: not due", "htop: not due"]);
    // More days than are looked through.
    for day in 14..24 {
        check(day, "epel/x86_64", &due);
    }
}

/// A world with packages in testing and, in Synergy and EPEL, `htop`, whose further repositories are not there while the flag is set.
fn world_with_host() -> (World, Arc<AtomicBool>, Server) {
    let world = World::new();
    let is_broken = Arc::new(AtomicBool::new(false));
    let told = is_broken.clone();
    let server = Server::start(&world.path(""), move |_| {
        match told.load(Ordering::Relaxed) {
            true => Reply::Status("404 Not Found", String::new(), "no"),
            false => Reply::File,
        }
    });
    for (role, nvr) in [
        ("testing", "bash-5.1.8-10.el9"),
        ("synergy", "htop-1-1.el9"),
        ("epel", "htop-2-1.el9"),
    ] {
        repository(&world, role, &[nvr]);
        world.configure(&format!(
            "[[release.further]]\nrole = \"{role}\"\nname = \"{role}\"\nlocation = \"http://{}/{role}/\"",
            server.address
        ));
    }
    (world, is_broken, server)
}

#[test]
fn what_waits_or_is_due_does_so_since_then_after_many_days_without_its_repository() {
    let (world, is_broken, _server) = world_with_host();
    for day in 1..=20 {
        is_broken.store((2..20).contains(&day), Ordering::Relaxed);
        world
            .publish_at(&format!("2026-11-{day:02}T04:10:00Z"))
            .unwrap();
    }
    let bash = "bash: 5.1.8-10.el9 over 5.1.8-9.el9 Older, since by 01";
    assert_eq!(waiting(&world), [bash]);
    assert_eq!(added(&world), ["htop: by 01"]);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn a_repeated_run_keeps_the_boards_of_which_it_reads_less() {
    let (world, is_broken, _server) = world_with_host();
    let kept = |expected: &[SideName]| {
        let boards = boards(&world);
        assert_eq!(boards.kept, expected);
        assert_eq!(boards.failures.is_empty(), expected.is_empty());
        assert_eq!(verify(&world.output()).faults, []);
    };
    let bash = "bash: 5.1.8-10.el9 over 5.1.8-9.el9 Older, since by 20";
    let htop = "htop: by 20";
    for is_down in [false, true, true] {
        is_broken.store(is_down, Ordering::Relaxed);
        world.publish_at(DAYS[0]).unwrap();
        kept(match is_down {
            true => &[SideName::Testing, SideName::Synergy],
            false => &[],
        });
        assert_eq!(waiting(&world), [bash]);
        assert_eq!(added(&world), [htop]);
    }
    // Another day has no earlier run, and what a run reads itself counts.
    world.publish_at(DAYS[1]).unwrap();
    let boards = boards(&world);
    assert_eq!((boards.testing, boards.synergy), (None, None));
    is_broken.store(false, Ordering::Relaxed);
    let newer = "bash: 5.1.8-11.el9 over 5.1.8-9.el9 Older, since by 21";
    repository(&world, "testing", &["bash-5.1.8-11.el9"]);
    world.publish_at(DAYS[1]).unwrap();
    kept(&[]);
    assert_eq!(waiting(&world), [newer]);
}
