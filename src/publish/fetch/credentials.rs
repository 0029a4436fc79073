//! The credentials of an address, as the scheme Basic of RFC 7617 sends them.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use url::Url;

/// The header `Authorization` for an address that has credentials. They stand in it percent-encoded, and are sent as meant.
pub fn authorization(address: &Url) -> Option<String> {
    let (user, password) = (address.username(), address.password());
    let decoded = |text| percent_decode_str(text).collect::<Vec<u8>>();
    (!user.is_empty() || password.is_some())
        .then(|| basic(&decoded(user), &decoded(password.unwrap_or_default())))
}

/// The value of a header that has these credentials.
pub fn basic(user: &[u8], password: &[u8]) -> String {
    let text = [user, b":", password].concat();
    format!("Basic {}", BASE64_STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_sent_as_they_are_meant() {
        let check = |address: &str, expected: Option<&str>| {
            let value = authorization(&Url::parse(address).unwrap());
            let expected = expected.map(|plain| format!("Basic {}", BASE64_STANDARD.encode(plain)));
            assert_eq!(value, expected, "{address}");
        };
        check(
            "http://joe%40x:s3cret%3A%2F@a.example/",
            Some("joe@x:s3cret:/"),
        );
        check("http://jo%C3%A9:100%25@a.example/", Some("joé:100%"));
        check("http://joe@a.example/", Some("joe:"));
        check("http://:key@a.example/", Some(":key"));
        check("http://a.example/", None);
    }
}
