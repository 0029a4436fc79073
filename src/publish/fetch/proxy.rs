//! Which proxy the environment names for an address, by the variables that curl and dnf read.

use url::Url;

/// The proxy that `variable` (the environment) names for an address; `None` where it is to be asked directly.
///
/// `http_proxy` counts for http, `https_proxy` for https, `all_proxy` for both; `no_proxy` is a list of hosts with their
/// subdomains, or `*`. Each is read in small letters, then in capitals, but `HTTP_PROXY` never: in a CGI program that is
/// what the client sent.
pub fn proxy_for(address: &Url, variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let either = |name: &str| {
        let upper = || variable(&name.to_ascii_uppercase());
        variable(name)
            .or_else(upper)
            .filter(|value| !value.trim().is_empty())
    };
    let host = address.host_str()?;
    if either("no_proxy").is_some_and(|list| list.split(',').any(|entry| covers(entry, host))) {
        return None;
    }
    let own = match address.scheme() {
        "https" => either("https_proxy"),
        _ => variable("http_proxy").filter(|value| !value.trim().is_empty()),
    };
    own.or_else(|| either("all_proxy"))
}

/// Whether an entry of `no_proxy` is the host or a domain above it.
fn covers(entry: &str, host: &str) -> bool {
    let entry = entry.trim().to_ascii_lowercase();
    let domain = entry.trim_start_matches("*.").trim_start_matches('.');
    let is_below = || {
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    entry == "*" || (!domain.is_empty() && (host == domain || is_below()))
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
        for (list, direct) in [
            ("a.example", true),
            ("b.example, .example", true),
            ("*.example", true),
            ("*", true),
            ("ample", false),
            ("x.a.example,", false),
        ] {
            let variables = [("all_proxy", "http://q:3"), ("no_proxy", list)];
            let expected = (!direct).then_some("http://q:3");
            check("https://a.example/", &variables, expected);
        }
    }
}
