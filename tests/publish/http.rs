//! Repositories over http: what is good is read, once; what may pass is tried again; credentials are told nobody.

use super::support::server::{Asked, Reply, Server, header};
use super::support::{FIRST, SECOND, World, package, rows, tree};
use almanac::publish::Error;
use almanac::publish::sample::WrittenCompression;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A world whose reference is on a host.
fn served(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> (World, Server) {
    let world = World::new();
    let server = Server::start(&world.path("reference"), reply);
    world.reconfigure(
        "reference/$arch",
        &format!("http://{}/$arch/", server.address),
    );
    (world, server)
}

/// A reply to the first request for primary.xml, and good ones to all others.
fn at_first(reply: Reply) -> impl Fn(&Asked) -> Reply + Send + Sync + 'static {
    move |asked| match asked.before {
        0 if asked.is_primary() => reply.clone(),
        _ => Reply::File,
    }
}

fn published_locally() -> Vec<String> {
    let world = World::new();
    world.publish_at(FIRST).unwrap();
    rows(&world.report("9").packages)
}

fn cached_files(world: &World) -> Vec<PathBuf> {
    let files = fs::read_dir(world.path("cache/files")).unwrap();
    let mut paths: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The reply to the first request is made good by later ones.
#[track_caller]
fn check_passes(reply: Reply, requests: usize) -> (World, Server) {
    let (world, server) = served(at_first(reply));
    let publication = world.publish_at(FIRST).unwrap();
    assert_eq!(publication.failures, []);
    assert_eq!(rows(&world.report("9").packages), published_locally());
    assert_eq!(server.count("primary"), requests);
    (world, server)
}

#[test]
fn a_repository_is_read_over_http_and_not_again_while_it_holds() {
    let (world, server) = served(|_| Reply::File);
    world.publish_at(FIRST).unwrap();
    assert_eq!(rows(&world.report("9").packages), published_locally());
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(
        requests[0].starts_with("GET /x86_64/repodata/repomd.xml HTTP/1.1"),
        "{requests:?}"
    );
    let agent = format!("almanac/{}", env!("CARGO_PKG_VERSION"));
    let says_agent = |head: &String| header(head, "user-agent") == Some(&agent);
    assert!(requests.iter().all(says_agent), "{requests:?}");

    // 304: repomd.xml is asked for and still holds, primary.xml is there.
    world.publish_at(SECOND).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(header(&requests[2], "if-none-match").is_some());
    assert!(header(&requests[2], "if-modified-since").is_some());
    assert_eq!(rows(&world.report("9").packages), published_locally());
}

#[test]
fn a_changed_repository_is_fetched_anew() {
    let (world, server) = served(|_| Reply::File);
    world.publish_at(FIRST).unwrap();
    world.repository(
        "reference/x86_64",
        &[package("bash-5.2-1.el9.x86_64", "bash-5.2-1.el9")],
        WrittenCompression::Gzip,
    );
    world.publish_at(SECOND).unwrap();
    assert_eq!(server.requests().len(), 4);
    let rows = rows(&world.report("9").packages);
    assert!(
        rows[0].contains("bash | 5.1.8-9.el9 | 5.2-1.el9"),
        "{rows:?}"
    );
}

#[test]
fn what_may_pass_is_tried_again() {
    check_passes(Reply::Reset, 2);
    check_passes(
        Reply::Status("500 Internal Server Error", String::new(), "no"),
        2,
    );
    check_passes(Reply::Status("408 Request Timeout", String::new(), ""), 2);
    check_passes(Reply::Stalls(0), 2);
    check_passes(Reply::Trickles, 2);
}

#[test]
fn a_host_that_asks_to_wait_is_not_asked_before() {
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let started = Instant::now();
        check_passes(
            Reply::Status(status, "Retry-After: 1\r\n".to_owned(), "busy"),
            2,
        );
        assert!(started.elapsed() >= Duration::from_secs(1));
    }
    let (world, server) = served(at_first(Reply::Status(
        "503 Service Unavailable",
        "Retry-After: 86400\r\n".to_owned(),
        "busy",
    )));
    let error = failure(&world);
    assert!(
        error.contains("the host answered with status 503 and asks to wait 86,400 seconds"),
        "{error}"
    );
    assert_eq!(server.count("primary"), 1);
}

#[test]
fn what_broke_off_is_continued() {
    for reply in [Reply::Truncated(100), Reply::Stalls(100)] {
        let (_, server) = check_passes(reply, 2);
        let requests = server.requests();
        assert_eq!(header(&requests[2], "range"), Some("bytes=100-"));
        assert!(header(&requests[2], "if-range").is_some_and(|tag| tag.starts_with('"')));
    }
}

#[test]
fn a_run_that_was_interrupted_is_continued_by_the_next() {
    let (world, server) = served(|asked| match asked.before {
        0..=2 if asked.is_primary() => Reply::Truncated(100),
        _ => Reply::File,
    });
    let error = failure(&world);
    assert!(
        error.contains("the answer broke off after 100 bytes"),
        "{error}"
    );
    assert!(error.contains("(tried 3 times)"), "{error}");
    world.publish_at(FIRST).unwrap();
    let requests = server.requests();
    let last = requests.last().unwrap();
    assert_eq!(header(last, "range"), Some("bytes=100-"));
    assert_eq!(rows(&world.report("9").packages), published_locally());
    let names = cached_files(&world);
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn a_file_that_changed_meanwhile_is_not_continued() {
    // Another version was begun: its validator does not fit, and the host sends the whole file.
    let (world, server) = served(|asked| match asked.before {
        0..=2 if asked.is_primary() => Reply::Truncated(100),
        _ => Reply::File,
    });
    failure(&world);
    for path in cached_files(&world) {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("validator") => fs::write(path, "\"another\"").unwrap(),
            _ => fs::write(path, [b'x'; 100]).unwrap(),
        }
    }
    world.publish_at(FIRST).unwrap();
    assert_eq!(server.count("primary"), 4);
    assert_eq!(rows(&world.report("9").packages), published_locally());
}

#[test]
fn a_beginning_that_is_damaged_is_fetched_again() {
    let (world, server) = served(|asked| match asked.before {
        0..=2 if asked.is_primary() => Reply::Truncated(100),
        _ => Reply::File,
    });
    failure(&world);
    let partial = cached_files(&world).into_iter().find(|path| {
        path.extension()
            .is_some_and(|extension| extension == "partial")
    });
    fs::write(partial.unwrap(), [b'x'; 100]).unwrap();
    world.publish_at(FIRST).unwrap();
    assert_eq!(server.count("primary"), 5);
    assert_eq!(rows(&world.report("9").packages), published_locally());
}

#[test]
fn a_cache_that_is_damaged_is_noticed() {
    let (world, server) = served(|_| Reply::File);
    world.publish_at(FIRST).unwrap();
    let mut damaged = 0;
    for folder in ["files", "answers"] {
        for entry in fs::read_dir(world.path("cache").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let mut bytes = fs::read(&path).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            fs::write(path, bytes).unwrap();
            damaged += 1;
        }
    }
    assert_eq!(damaged, 2);
    world.publish_at(SECOND).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(header(&requests[2], "if-none-match"), None);
    assert_eq!(rows(&world.report("9").packages), published_locally());
}

/// What is told when nothing was published before and a repository fails.
#[track_caller]
fn failure(world: &World) -> String {
    let before = world.output().exists();
    let error: Error = match world.publish_at(FIRST) {
        Ok(_) => panic!("it was published"),
        Err(error) => error,
    };
    assert_eq!(world.output().exists(), before);
    error.to_string()
}

/// A fault that lasts, with the requests for repomd.xml and primary.xml that are made.
#[track_caller]
fn check_fails(
    reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    requests: [usize; 2],
    expected: &[&str],
) {
    let (world, server) = served(reply);
    let error = failure(&world);
    let place = format!("error: http://{}/x86_64/repodata/", server.address);
    assert!(error.starts_with(&place), "{error}");
    for words in expected {
        assert!(error.contains(words), "{words} is not in\n{error}");
    }
    assert_eq!([server.count("repomd"), server.count("primary")], requests);
}

#[test]
fn hosts_that_misbehave() {
    let all = |reply: Reply| move |_: &Asked| reply.clone();
    let for_primary = |reply: Reply| {
        move |asked: &Asked| match asked.is_primary() {
            true => reply.clone(),
            false => Reply::File,
        }
    };
    let redirect = |target: &str| {
        let header = format!("Location: {target}\r\n");
        Reply::Status("302 Found", header, "")
    };
    check_fails(
        all(Reply::Status(
            "200 OK",
            String::new(),
            "<!doctype html><title>Welcome</title>",
        )),
        [1, 0],
        &[
            "repomd.xml: this is a page of HTML",
            "look at the file in a browser",
        ],
    );
    check_fails(
        all(Reply::Status("503 Service Unavailable", String::new(), "")),
        [3, 0],
        &[
            "repomd.xml: the host answered with status 503 (tried 3 times)",
            "remedy: try again later, add mirrors",
        ],
    );
    check_fails(
        all(Reply::Status("404 Not Found", String::new(), "")),
        [1, 0],
        &["status 404\n", "remedy: correct the location"],
    );
    check_fails(
        all(Reply::Status("403 Forbidden", String::new(), "")),
        [1, 0],
        &[
            "status 403\n",
            "a certificate for this address in a [[client]]",
        ],
    );
    check_fails(
        all(redirect("/x86_64/repodata/repomd.xml")),
        [6, 0],
        &["repomd.xml: there are more than 5 redirects in a row"],
    );
    check_fails(
        all(redirect("ftp://127.0.0.1/secret?token=t0ken")),
        [1, 0],
        &["repomd.xml: it redirects to ftp://127.0.0.1/secret, and only https"],
    );
    check_fails(
        for_primary(Reply::Damaged),
        [1, 1],
        &[
            "-primary.xml.gz: the SHA-256 of the file is ",
            "remedy: fetch the repository again",
        ],
    );
    check_fails(
        for_primary(Reply::Endless),
        [1, 1],
        &[
            "-primary.xml.gz: it goes on beyond the ",
            "bytes that repomd.xml says",
        ],
    );
    check_fails(
        for_primary(Reply::Reset),
        [1, 3],
        &["-primary.xml.gz: the ", "(tried 3 times)"],
    );
    check_fails(
        for_primary(Reply::Trickles),
        [1, 3],
        &["-primary.xml.gz: the answer came too slowly (tried 3 times)"],
    );
    check_fails(
        all(Reply::Stalls(0)),
        [3, 0],
        &["repomd.xml: waiting for more bytes of the answer took too long (tried 3 times)"],
    );
}

#[test]
fn a_host_that_is_not_there() {
    let world = World::new();
    world.reconfigure("reference/$arch", "http://127.0.0.1:1/9");
    let error = failure(&world);
    assert!(
        error.contains(
            "http://127.0.0.1:1/9/repodata/repomd.xml: the connection was refused (tried 3 times)"
        ),
        "{error}"
    );
}

#[test]
fn the_first_mirror_that_is_good_is_read_and_recorded() {
    let (world, server) = served(|asked| match asked.is_primary() {
        true => Reply::Damaged,
        false => Reply::File,
    });
    let missing = Server::good(&world.path("nothing"));
    let good = Server::good(&world.path("reference"));
    let mirrors = format!(
        "mirrors = [\"http://{}/$arch\", \"http://reader:s3cret@{}/$arch/\"]\nname = \"BaseOS\"\nlocation = \"http://{}",
        missing.address, good.address, server.address
    );
    world.reconfigure(
        &format!("name = \"BaseOS\"\nlocation = \"http://{}", server.address),
        &mirrors,
    );
    let publication = world.publish_at(FIRST).unwrap();
    assert_eq!(publication.failures, []);
    assert_eq!(rows(&world.report("9").packages), published_locally());
    let warnings = world.report("9").warnings;
    let told = format!("read from the mirror http://{}/x86_64/: ", good.address);
    assert!(
        warnings.len() == 1 && warnings[0].contains(&told) && warnings[0].contains("repomd.xml"),
        "{warnings:?}"
    );
    let sources = world.index().releases[0].sources.clone();
    assert_eq!(
        sources[1].location,
        format!("http://{}/x86_64/", good.address)
    );
    assert_eq!(missing.requests().len(), 1);

    // All of them are told where none is good.
    fs::remove_dir_all(world.path("reference")).unwrap();
    fs::remove_dir_all(world.path("cache")).unwrap();
    let publication = world.publish_at(SECOND).unwrap();
    let cause = &publication.failures[0].cause;
    for address in [&server.address, &missing.address, &good.address] {
        assert!(
            cause.contains(&format!(
                "http://{address}/x86_64/repodata/repomd.xml: the host answered with status 404"
            )),
            "{cause}"
        );
    }
    assert!(!cause.contains("s3cret"), "{cause}");
}

/// Takes so many seconds from the date of what `mirror` has, and makes it of what `reference` has where it is not there.
fn with_mirror_behind(world: &World, seconds_behind: i64) {
    let reference = world.path("reference");
    let files = tree(&reference).into_iter();
    for (file, bytes) in files.filter(|(file, _)| file.is_file()) {
        let name = file.strip_prefix(&reference).unwrap();
        world.write(&format!("mirror/{}", name.display()), bytes);
    }
    put_back(world, "reference", "mirror", seconds_behind);
}

/// Writes what a repository says of itself in another's place, as made so many seconds before.
fn put_back(world: &World, from: &str, to: &str, seconds: i64) {
    let path = "x86_64/repodata/repomd.xml";
    let repomd = fs::read_to_string(world.path(&format!("{from}/{path}"))).unwrap();
    let dated = repomd
        .split("<timestamp>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let dated: i64 = dated.unwrap().parse().unwrap();
    let behind = repomd.replace(&dated.to_string(), &(dated - seconds).to_string());
    world.write(&format!("{to}/{path}"), behind);
}

#[test]
fn metadata_that_go_back_in_time_are_told() {
    let (world, _server) = served(|_| Reply::File);
    let check = |day: &str, seconds_back: i64, is_told: bool| {
        put_back(&world, "reference", "reference", seconds_back);
        world.publish_at(day).unwrap();
        let warnings = world.report("9").warnings;
        let told = "older than those of";
        let found = warnings.iter().any(|warning| warning.contains(told));
        assert_eq!(found, is_told, "{day}: {warnings:?}");
    };
    check(FIRST, 0, false);
    check(SECOND, 60, true);
    // It was put back on purpose: from then on that is what is known.
    check("2026-12-31T00:00:00Z", 0, false);
}

#[test]
fn a_mirror_that_lags_behind_stands_in_for_nothing() {
    let check = |seconds_behind: i64, lacks: &'static str, days: [&str; 2], reads: [bool; 2]| {
        let (world, server) = served(move |asked| {
            let is_down = match lacks {
                "all" => asked.before > 0,
                part => asked.path.contains(part),
            };
            match is_down {
                true => Reply::Status("404 Not Found", String::new(), ""),
                false => Reply::File,
            }
        });
        with_mirror_behind(&world, seconds_behind);
        let mirror = Server::good(&world.path("mirror"));
        let location = format!("location = \"http://{}", server.address);
        let mirrors = format!(
            "mirrors = [\"http://{}/$arch\"]\n{location}",
            mirror.address
        );
        world.reconfigure(&location, &mirrors);
        for (day, is_read) in days.into_iter().zip(reads) {
            let Ok(publication) = world.publish_at(day) else {
                assert!(!is_read, "{seconds_behind} {lacks} {day}");
                continue;
            };
            assert_eq!(
                publication.failures.is_empty(),
                is_read,
                "{seconds_behind} {lacks} {day}"
            );
            for failure in publication.failures {
                let told = "the mirror lags behind: what it has was made on ";
                assert!(failure.cause.contains(told), "{}", failure.cause);
            }
        }
    };
    // What was read before is newer.
    check(60, "all", [FIRST, SECOND], [true, false]);
    check(0, "all", [FIRST, SECOND], [true, true]);
    // What the repository says of itself is newer, although its packages do not come.
    check(60, "primary", [FIRST, SECOND], [false, false]);
    check(0, "primary", [FIRST, SECOND], [true, true]);
    // Of a repository of which nothing is known a mirror may be of any day.
    check(60, "repodata", [FIRST, SECOND], [true, true]);
}

#[test]
fn credentials_reach_the_host_and_nobody_else() {
    let world = World::new();
    let other = Server::good(&world.path("reference"));
    let other_address = other.address.clone();
    let server = Server::start(&world.path("reference"), move |asked| {
        match asked.is_primary() {
            true => {
                let target = format!("http://{other_address}{}", asked.path);
                Reply::Status("302 Found", format!("Location: {target}\r\n"), "")
            }
            false => Reply::File,
        }
    });
    let location = format!("http://reader:s3cret@{}/$arch/?token=t0ken", server.address);
    world.reconfigure("reference/$arch", &location);
    world.publish_at(FIRST).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    // RFC 7617: reader:s3cret in base 64.
    let has_credentials = |head: &String| {
        head.contains("Basic cmVhZGVyOnMzY3JldA==") && head.contains("?token=t0ken")
    };
    assert!(requests.iter().all(has_credentials), "{requests:?}");
    assert_eq!(other.count("primary"), 1);
    let is_bare = |head: &String| !head.contains("cmVhZGVy") && !head.contains("t0ken");
    assert!(
        other.requests().iter().all(is_bare),
        "{:?}",
        other.requests()
    );
    let mut all = tree(&world.output());
    all.extend(tree(&world.path("cache")));
    for (path, bytes) in all {
        let text = String::from_utf8_lossy(&bytes);
        let is_told = text.contains("s3cret") || text.contains("t0ken") || text.contains("reader:");
        assert!(!is_told, "{} tells credentials", path.display());
    }
    let world_without = World::new();
    world_without.reconfigure(
        "reference/$arch",
        "http://reader:s3cret@127.0.0.1:1/$arch/?token=t0ken",
    );
    let error = failure(&world_without);
    assert!(
        error.contains("http://127.0.0.1:1/x86_64/repodata/repomd.xml: "),
        "{error}"
    );
    assert!(
        !error.contains("s3cret") && !error.contains("t0ken"),
        "{error}"
    );
}

#[test]
fn a_host_that_cannot_be_reached_is_not_waited_for_again_and_again() {
    let world = World::new();
    world.reconfigure(
        "location = \"reference/$arch\"",
        "location = \"http://127.0.0.1:1/a\"\nmirrors = [\"http://127.0.0.1:1/b\"]",
    );
    let error = failure(&world);
    assert!(
        error.contains("/a/repodata/repomd.xml: the connection was refused (tried 3 times); ")
            && error.contains("/b/repodata/repomd.xml: the connection was refused\n"),
        "{error}"
    );
}
