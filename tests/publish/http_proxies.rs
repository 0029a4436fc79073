//! Repositories over http through the proxies of the environment.

use super::support::proxy::{Proxy, publish_through};
use super::support::server::{Reply, Server, header};
use super::support::{FIRST, World, rows};

/// A world whose reference is on a host.
fn served() -> (World, Server) {
    let world = World::new();
    let server = Server::good(&world.path("reference"));
    let location = format!("http://{}/$arch/", server.address);
    world.reconfigure("reference/$arch", &location);
    (world, server)
}

/// All is read through a proxy of such an address; gives back what the proxy and the host were asked.
#[track_caller]
fn check_read(proxy: &Proxy, variable: &str, address: &str) -> (Vec<String>, Vec<String>) {
    let (world, server) = served();
    let address = address.replace("$port", &proxy.port.to_string());
    let before = proxy.seen().len();
    let output = publish_through(&world, &[(variable, &address)]);
    assert_eq!(output.status.code(), Some(0), "{address}: {output:?}");
    let expected = World::new();
    expected.publish_at(FIRST).unwrap();
    assert_eq!(
        rows(&world.report("9").packages),
        rows(&expected.report("9").packages)
    );
    (proxy.seen().split_off(before), server.requests())
}

#[test]
fn a_proxy_is_asked_by_the_whole_address() {
    let proxy = Proxy::without_tunnels();
    let (seen, requests) = check_read(&proxy, "http_proxy", "http://joe:p%40ss@127.0.0.1:$port");
    assert_eq!(requests.len(), 2);
    let host = header(&requests[0], "host").unwrap();
    assert!(
        seen[0].starts_with(&format!(
            "GET http://{host}/x86_64/repodata/repomd.xml HTTP/1.1\r\n"
        )),
        "{seen:?}"
    );
    let basic = "Basic am9lOnBAc3M=";
    for head in &seen {
        assert_eq!(header(head, "proxy-authorization"), Some(basic), "{head}");
    }
    let (seen, _) = check_read(&proxy, "all_proxy", "127.0.0.1:$port");
    assert!(
        seen.iter()
            .all(|head| head.starts_with("GET http://127.0.0.1:")
                && header(head, "proxy-authorization").is_none()),
        "{seen:?}"
    );
}

#[test]
fn proxies_of_socks_are_used() {
    let proxy = Proxy::of_socks();
    for (scheme, version) in [
        ("socks5", 5),
        ("socks5h", 5),
        ("socks", 5),
        ("socks4", 4),
        ("socks4a", 4),
    ] {
        let (seen, _) = check_read(&proxy, "all_proxy", &format!("{scheme}://127.0.0.1:$port"));
        let asked = format!("{version} 127.0.0.1");
        assert!(
            !seen.is_empty() && seen.iter().all(|it| *it == asked),
            "{seen:?}"
        );
    }
}

/// A proxy that is of no use, with what is told of it.
#[track_caller]
fn check_fails(proxy: &str, expected: &str) {
    let (world, server) = served();
    let output = publish_through(&world, &[("http_proxy", proxy)]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    let place = format!("http://{}/x86_64/repodata/repomd.xml", server.address);
    let line = format!("error: {place}: {expected}\nremedy: correct http_proxy, ");
    assert!(told.contains(&line), "{line} is not in\n{told}");
    assert!(
        !told.contains("s3cret") && !told.contains("panicked"),
        "{told}"
    );
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_proxy_that_is_of_no_use_is_named_without_its_credentials() {
    check_fails(
        "http://joe:s3cret@127.0.0.1:1",
        "through the proxy http://127.0.0.1:1: the connection was refused",
    );
    check_fails(
        "joe:s3cret@127.0.0.1:1",
        "through the proxy http://127.0.0.1:1: the connection was refused",
    );
    check_fails(
        "socks5://joe:s3cret@127.0.0.1:1",
        "through the proxy socks5://127.0.0.1:1: the connection was refused",
    );
    check_fails(
        "ftp://joe:s3cret@127.0.0.1:1",
        "through the proxy ftp://127.0.0.1:1: this address cannot be asked for: it is no address of http, https, socks4, \
         socks4a, socks5 or socks5h",
    );
    let host = Server::start(&std::env::temp_dir(), |_| {
        Reply::Status(
            "407 Proxy Authentication Required",
            "Proxy-Authenticate: Basic realm=\"x\"\r\n".to_owned(),
            "",
        )
    });
    let proxy = format!("http://{}", host.address);
    check_fails(
        &proxy,
        &format!("through the proxy {proxy}: the host answered with status 407"),
    );
}
