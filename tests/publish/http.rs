//! Repositories over http: what is good is read, what is not is told, and credentials are told nobody.

use super::support::server::{Manner, Server};
use super::support::{FIRST, SECOND, World, rows, tree};

fn served(manner: Manner) -> (World, Server) {
    let world = World::new();
    let server = Server::start(&world.path("reference"), manner);
    (world, server)
}

#[test]
fn a_repository_is_read_over_http() {
    let (world, server) = served(Manner::Good);
    world.publish_at(FIRST).unwrap();
    let local = rows(&world.report("9").packages);
    world.reconfigure(
        "reference/$arch",
        &format!("http://{}/$arch/", server.address),
    );
    world.publish_at(SECOND).unwrap();
    assert_eq!(rows(&world.report("9").packages), local);
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(
        requests[0].starts_with("GET /x86_64/repodata/repomd.xml HTTP/1.1"),
        "{requests:?}"
    );
    let agent = format!("user-agent: almanac/{}\r\n", env!("CARGO_PKG_VERSION"));
    assert!(
        requests
            .iter()
            .all(|head| head.to_lowercase().contains(&agent)),
        "{requests:?}"
    );
}

#[test]
fn credentials_reach_the_host_and_nobody_else() {
    let (world, server) = served(Manner::Good);
    let location = format!("http://reader:s3cret@{}/$arch/?token=t0ken", server.address);
    world.reconfigure("reference/$arch", &location);
    world.publish_at(FIRST).unwrap();
    let requests = server.requests();
    // RFC 7617: reader:s3cret in base 64.
    let has_credentials = |head: &String| {
        head.contains("Basic cmVhZGVyOnMzY3JldA==") && head.contains("?token=t0ken")
    };
    assert!(requests.iter().all(has_credentials), "{requests:?}");
    for (path, bytes) in tree(&world.output()) {
        let text = String::from_utf8_lossy(&bytes);
        let is_told = text.contains("s3cret") || text.contains("t0ken") || text.contains("reader:");
        assert!(!is_told, "{} tells credentials", path.display());
    }
    let world_without = World::new();
    world_without.reconfigure(
        "reference/$arch",
        "http://reader:s3cret@127.0.0.1:1/$arch/?token=t0ken",
    );
    let error = world_without.publish_at(FIRST).unwrap_err().to_string();
    assert!(
        error.contains("http://127.0.0.1:1/x86_64/repodata/repomd.xml: "),
        "{error}"
    );
    assert!(
        !error.contains("s3cret") && !error.contains("t0ken"),
        "{error}"
    );
}

fn check(manner: Manner, expected: &[&str]) {
    let (world, server) = served(manner);
    let place = format!("http://{}/x86_64/repodata/", server.address);
    let expected: Vec<&str> = [place.as_str()]
        .into_iter()
        .chain(expected.iter().copied())
        .collect();
    world.check_fault(
        |world| {
            world.reconfigure(
                "reference/$arch",
                &format!("http://{}/$arch", server.address),
            )
        },
        &expected,
    );
}

#[test]
fn hosts_that_misbehave() {
    check(
        Manner::Html,
        &[
            "repomd.xml: this is a page of HTML",
            "look at the file in a browser",
        ],
    );
    check(
        Manner::Redirects,
        &["repomd.xml: ", "redirect", "remedy: try again later"],
    );
    check(
        Manner::Unavailable,
        &[
            "repomd.xml: the host answered with status 503",
            "remedy: correct the location",
        ],
    );
    check(
        Manner::Endless,
        &[
            "-primary.xml.gz: it goes on beyond the ",
            "bytes that repomd.xml says",
        ],
    );
    check(
        Manner::Interrupts,
        &[
            "repomd.xml: ",
            "remedy: try again later, or read from a local mirror",
        ],
    );
    let world = World::new();
    world.check_fault(
        |world| world.reconfigure("reference/$arch", "http://127.0.0.1:1/9"),
        &[
            "http://127.0.0.1:1/9/repodata/repomd.xml: ",
            "remedy: try again later",
        ],
    );
}

#[test]
fn what_a_host_does_not_have() {
    let (world, server) = served(Manner::Good);
    world.check_fault(
        |world| {
            world.reconfigure(
                "reference/$arch",
                &format!("http://{}/s390x", server.address),
            )
        },
        &[
            "repomd.xml: the host answered with status 404",
            "remedy: correct the location",
        ],
    );
}
