//! Where a redirect may lead: to https, or from http to http; credentials stay with the host that they are for.

use super::failure::Failure;
use crate::publish::repository::without_credentials;
use url::Url;

/// The address that `target`, the header `Location` of an answer from `address`, leads to.
pub fn redirected(address: &Url, target: &str) -> Result<Url, Failure> {
    let refused = |to: &str| Failure::RedirectTo(without_credentials(to));
    let mut next = address.join(target).map_err(|_| refused(target))?;
    if !matches!(
        (address.scheme(), next.scheme()),
        ("http", "http") | (_, "https")
    ) {
        return Err(refused(next.as_str()));
    }
    let (user, password) = if next.origin() == address.origin() {
        (address.username(), address.password())
    } else {
        // What the host that redirects says of credentials is its own invention.
        ("", None)
    };
    // Fails only for addresses without a host, which http has not.
    let _ = next.set_username(user);
    let _ = next.set_password(password);
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, target: &str, expected: Result<&str, &str>) {
        let next = redirected(&Url::parse(address).unwrap(), target);
        let next = next
            .map(String::from)
            .map_err(|failure| failure.to_string());
        match expected {
            Ok(expected) => assert_eq!(next.as_deref(), Ok(expected)),
            Err(words) => assert!(next.unwrap_err().contains(words)),
        }
    }

    #[test]
    fn redirects_keep_to_https_and_credentials_to_their_host() {
        let from = "https://u:p@a.example/9/x?token=1";
        check(from, "/10/x", Ok("https://u:p@a.example/10/x"));
        check(from, "https://a.example/y", Ok("https://u:p@a.example/y"));
        check(from, "https://b.example/y", Ok("https://b.example/y"));
        check(from, "https://a.example:1/y", Ok("https://a.example:1/y"));
        check(from, "https://v:q@b.example/y", Ok("https://b.example/y"));
        check(
            from,
            "http://a.example/y?token=1",
            Err("it redirects to http://a.example/y, and"),
        );
        check(from, "file:///etc/passwd", Err("file:///etc/passwd"));
        check(from, "ftp://a.example/y", Err("ftp://a.example/y"));
        check(
            "http://u:p@a.example/",
            "https://a.example/",
            Ok("https://a.example/"),
        );
        check(
            "http://a.example/",
            "//b.example/y",
            Ok("http://b.example/y"),
        );
    }
}
