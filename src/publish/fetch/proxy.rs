//! Which proxy the environment names for an address, by the variables that curl and dnf read.

use std::net::IpAddr;
use url::Url;

/// The proxy that `variable` (the environment) names for an address, with its scheme; `None` where it is to be asked directly.
///
/// `http_proxy` counts for http, `https_proxy` for https, `all_proxy` for both. `no_proxy` is a list of hosts with their
/// subdomains, IP addresses and networks of them (`10.0.0.0/8`), each of them also for one port (`a.example:8080`), or `*`.
/// Each is read in small letters, then in capitals, but `HTTP_PROXY` never: in a CGI program that is what the client sent.
pub fn proxy_for(address: &Url, variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let either = |name: &str| {
        let upper = || variable(&name.to_ascii_uppercase());
        variable(name)
            .or_else(upper)
            .filter(|value| !value.trim().is_empty())
    };
    let exceptions = either("no_proxy").unwrap_or_default();
    let mut entries = exceptions.split([',', ' ']);
    if entries.any(|entry| covers(&entry.trim().to_ascii_lowercase(), address)) {
        return None;
    }
    let own = match address.scheme() {
        "https" => either("https_proxy"),
        _ => variable("http_proxy").filter(|value| !value.trim().is_empty()),
    };
    let proxy = own.or_else(|| either("all_proxy"))?;
    let proxy = proxy.trim();
    Some(match proxy.contains("://") {
        true => proxy.to_owned(),
        false => format!("http://{proxy}"),
    })
}

/// Whether an entry of `no_proxy`, in small letters, is the host of an address, a domain above it or a network with it.
fn covers(entry: &str, address: &Url) -> bool {
    if entry == "*" {
        return true;
    }
    let (entry, port) = host_and_port(entry);
    let own_port = address.port_or_known_default();
    if port.is_some_and(|port| port.parse().ok() != own_port) {
        return false;
    }
    let host = bare(address.host_str().unwrap_or_default());
    if let Ok(host) = host.parse::<IpAddr>() {
        return is_in_network(entry, host);
    }
    let domain = entry.trim_start_matches("*.").trim_start_matches('.');
    let is_below = || {
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    !domain.is_empty() && (host == domain || is_below())
}

/// An entry's host, without the brackets of an IPv6 address, and its port where it names one.
fn host_and_port(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        // More colons are those of an IPv6 address, which has a port after its brackets alone.
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            (bare(host), Some(port))
        }
        _ => (bare(entry), None),
    }
}

fn bare(host: &str) -> &str {
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    inner.unwrap_or(host)
}

/// Whether an IP address is `network`: one address, or the first address and how many bits all of its addresses share.
fn is_in_network(network: &str, address: IpAddr) -> bool {
    let (first, shared) = match network.split_once('/') {
        Some((first, bits)) => (first, bits.parse().ok()),
        None => (network, Some(u32::MAX)),
    };
    let Some((first, shared)) = first.parse::<IpAddr>().ok().zip(shared) else {
        return false;
    };
    // The first bit that differs is as far in as many bits are equal.
    let equal = match (first, address) {
        (IpAddr::V4(first), IpAddr::V4(address)) => {
            (first.to_bits() ^ address.to_bits()).leading_zeros()
        }
        (IpAddr::V6(first), IpAddr::V6(address)) => {
            (first.to_bits() ^ address.to_bits()).leading_zeros()
        }
        _ => return false,
    };
    first == address || equal >= shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, variables: &[(&str, &str)], expected: Option<&str>) {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let proxy = proxy_for(&Url::parse(address).unwrap(), variable);
        assert_eq!(proxy.as_deref(), expected, "{address} {variables:?}");
    }

    /// Whether an address is asked directly where `no_proxy` is such a list.
    fn check_direct(address: &str, list: &str, direct: bool) {
        let variables = [("all_proxy", "http://q:3"), ("no_proxy", list)];
        check(address, &variables, (!direct).then_some("http://q:3"));
    }

    #[test]
    fn the_scheme_and_the_list_of_exceptions_choose() {
        let both = [("http_proxy", "http://p:1"), ("HTTPS_PROXY", "http://s:2")];
        check("http://a.example/", &both, Some("http://p:1"));
        check("https://a.example/", &both, Some("http://s:2"));
        check("http://a.example/", &[("HTTP_PROXY", "http://p:1")], None);
        check(
            "https://a.example/",
            &[("all_proxy", "http://q:3"), ("https_proxy", "")],
            Some("http://q:3"),
        );
        check(
            "http://a.example/",
            &[("http_proxy", " joe:s@p:1 ")],
            Some("http://joe:s@p:1"),
        );
        for (list, direct) in [
            ("a.example", true),
            ("b.example, .example", true),
            ("b.example a.example", true),
            ("*.example", true),
            ("*", true),
            ("ample", false),
            ("x.a.example,", false),
        ] {
            check_direct("https://a.example/", list, direct);
        }
    }

    #[test]
    fn exceptions_may_name_a_port_or_a_network() {
        check_direct("https://a.example/", "example:443", true);
        check_direct("https://a.example:8443/", "a.example:8443", true);
        check_direct("https://a.example:8443/", "a.example:443", false);
        check_direct("https://a.example/", "a.example:https", false);
        check_direct("http://127.0.0.1:81/", "127.0.0.0/8", true);
        check_direct("http://127.0.0.1:81/", "127.0.0.1:81", true);
        check_direct("http://127.0.0.1:81/", "10.0.0.0/8,127.0.0.1", true);
        check_direct("http://10.1.2.3/", "10.1.2.0/24", true);
        check_direct("http://10.1.3.3/", "10.1.2.0/24", false);
        check_direct("http://10.1.3.3/", "0.0.0.0/0", true);
        check_direct("http://10.1.3.3/", "10.1.3.3/32", true);
        check_direct("http://10.1.3.3/", "10.1.3.2/33", false);
        check_direct("http://10.1.3.3/", "1.3.3", false);
        check_direct("http://10.1.3.3/", "::/0", false);
        check_direct("http://[fd00::1]/", "fd00::/8", true);
        check_direct("http://[fd00::1]/", "fe80::/10", false);
        check_direct("http://[fd00::1]/", "[fd00:0::1]", true);
        check_direct("http://[fd00::1]:81/", "[fd00::1]:81", true);
        check_direct("http://[fd00::1]:81/", "[fd00::1]:80", false);
    }
}
