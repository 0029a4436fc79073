//! What can go wrong with a host, and whether it may pass.

use crate::publish::numbers::thousands;
use std::fmt;
use std::io;
use ureq::Timeout;

/// What went wrong with a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no connection, or it broke before the answer.
    Connection(String),
    /// Something took longer than allowed.
    TimedOut(&'static str),
    /// So few bytes came that waiting on makes no sense.
    Slow,
    /// The answer broke off.
    BrokenOff {
        /// Bytes that are there.
        received: u64,
        /// Why, where it is known.
        cause: Option<String>,
    },
    /// The answer continues another file, or another place of it, than the one that was asked for.
    OtherRange,
    /// The host answered with an error.
    Status(u16),
    /// The host is busy, and names a time that is too far away to wait for.
    Wait {
        /// The status of its answer.
        status: u16,
        /// The seconds that it asks to wait.
        seconds: u64,
    },
    /// Redirects did not end.
    Redirects(u32),
    /// A redirect leads to where none may lead.
    RedirectTo(String),
    /// No trust could be established.
    Tls(String),
    /// The address cannot be asked for.
    Address(String),
    /// What the host says is no http.
    Protocol(String),
    /// The proxy of the environment, told without credentials, or a connection through it.
    Proxy {
        /// Its address.
        proxy: String,
        /// What went wrong.
        failure: Box<Failure>,
    },
}

impl Failure {
    /// What went wrong before the answer was there.
    pub fn of(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(timeout) => Self::TimedOut(awaited(timeout)),
            ureq::Error::Io(error) => Self::of_io(&error),
            ureq::Error::HostNotFound => Self::Connection("the host was not found".to_owned()),
            ureq::Error::ConnectionFailed => Self::Connection("there is no connection".to_owned()),
            ureq::Error::ConnectProxyFailed(cause) => {
                Self::Connection(format!("it did not let this through: {cause}"))
            }
            ureq::Error::Tls(cause) => Self::Tls(cause.to_owned()),
            ureq::Error::Rustls(error) => Self::Tls(error.to_string()),
            ureq::Error::BadUri(cause) => Self::Address(cause),
            ureq::Error::Http(error) => Self::Address(error.to_string()),
            error => Self::Protocol(error.to_string()),
        }
    }

    /// What went wrong after so many bytes of the answer.
    pub fn of_body(error: io::Error, received: u64) -> Self {
        match Self::of(ureq::Error::from(error)) {
            Self::Connection(cause) => Self::BrokenOff {
                received,
                cause: Some(cause),
            },
            failure => failure,
        }
    }

    /// The same where the connection goes through a proxy: what is wrong with a connection may be wrong with that.
    pub fn through(self, proxy: Option<&str>) -> Self {
        match (self, proxy) {
            (failure @ (Self::Connection(_) | Self::TimedOut(_)), Some(proxy)) => {
                failure.of_proxy(proxy)
            }
            (failure, _) => failure,
        }
    }

    /// The same of a proxy, which is told without credentials.
    pub fn of_proxy(self, proxy: &str) -> Self {
        Self::Proxy {
            proxy: proxy.to_owned(),
            failure: Box::new(self),
        }
    }

    fn of_io(error: &io::Error) -> Self {
        // That is how rustls tells what it finds wrong with the other side, or the other side with us.
        if error
            .get_ref()
            .is_some_and(|cause| cause.is::<rustls::Error>())
        {
            return Self::Tls(error.to_string());
        }
        match error.kind() {
            io::ErrorKind::TimedOut => Self::TimedOut("for more bytes of the answer"),
            io::ErrorKind::ConnectionRefused => {
                Self::Connection("the connection was refused".to_owned())
            }
            io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
                Self::Connection("the connection was reset".to_owned())
            }
            io::ErrorKind::UnexpectedEof => {
                Self::Connection("the host closed the connection".to_owned())
            }
            _ => Self::Connection(error.to_string()),
        }
    }

    /// Whether it may be gone on another try.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Connection(_)
            | Self::TimedOut(_)
            | Self::Slow
            | Self::BrokenOff { .. }
            | Self::OtherRange => true,
            // Beyond 520 are what proxies before a host say of it.
            Self::Status(status) => matches!(status, 408 | 429 | 500 | 502..=504 | 520..=599),
            Self::Proxy { failure, .. } => failure.may_pass(),
            Self::Wait { .. }
            | Self::Redirects(_)
            | Self::RedirectTo(_)
            | Self::Tls(_)
            | Self::Address(_)
            | Self::Protocol(_) => false,
        }
    }

    /// Whether the host could not be reached, or its answer not awaited.
    pub fn is_of_the_way(&self) -> bool {
        match self {
            Self::Connection(_) | Self::TimedOut(_) => true,
            Self::Proxy { failure, .. } => failure.is_of_the_way(),
            _ => false,
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Status(401 | 403) => {
                "correct the credentials in the location, or name a certificate for this address in a [[client]]"
            }
            Self::Status(400..=499) | Self::Address(_) | Self::Redirects(_) => {
                "correct the location in the configuration, or try again later"
            }
            Self::RedirectTo(_) => {
                "name the address that it leads to as the location, if you trust it"
            }
            Self::Tls(_) => {
                "name the authority that signs this host's certificates as ca_certificate, or your certificate as \
                 client_certificate, in a [[client]]"
            }
            Self::Proxy { .. } => {
                "correct http_proxy, https_proxy or all_proxy in the environment, and the credentials in it, name the host in no_proxy, or \
                 try again later"
            }
            _ => "try again later, add mirrors, or read from a local mirror",
        }
    }
}

fn awaited(timeout: Timeout) -> &'static str {
    match timeout {
        Timeout::Resolve => "for the address of the host",
        Timeout::Connect => "for a connection",
        Timeout::RecvResponse => "for an answer",
        Timeout::PerRead | Timeout::RecvBody => "for more bytes of the answer",
        _ => "for the host",
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(cause) => formatter.write_str(cause),
            Self::TimedOut(awaited) => write!(formatter, "waiting {awaited} took too long"),
            Self::Slow => formatter.write_str("the answer came too slowly"),
            Self::BrokenOff { received, cause } => {
                write!(
                    formatter,
                    "the answer broke off after {} bytes",
                    thousands(*received)
                )?;
                match cause {
                    Some(cause) => write!(formatter, ": {cause}"),
                    None => Ok(()),
                }
            }
            Self::OtherRange => formatter
                .write_str("the host answered with another part of the file than was asked for"),
            Self::Status(status) => write!(formatter, "the host answered with status {status}"),
            Self::Wait { status, seconds } => write!(
                formatter,
                "the host answered with status {status} and asks to wait {} seconds",
                thousands(*seconds)
            ),
            Self::Redirects(count) => {
                write!(formatter, "there are more than {count} redirects in a row")
            }
            Self::RedirectTo(address) => write!(
                formatter,
                "it redirects to {address}, and only https, or http from http, is followed"
            ),
            Self::Tls(cause) => write!(formatter, "no trust could be established: {cause}"),
            Self::Address(cause) => {
                write!(formatter, "this address cannot be asked for: {cause}")
            }
            Self::Protocol(cause) => write!(formatter, "what the host says is no http: {cause}"),
            Self::Proxy { proxy, failure } => {
                write!(formatter, "through the proxy {proxy}: {failure}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tls_says_is_of_trust() {
        let check = |cause: io::Error, expected: Failure| {
            assert_eq!(Failure::of(ureq::Error::Io(cause)), expected);
        };
        let issuer = rustls::CertificateError::UnknownIssuer;
        let error = rustls::Error::InvalidCertificate(issuer);
        let words = error.to_string();
        check(
            io::Error::new(io::ErrorKind::InvalidData, error),
            Failure::Tls(words),
        );
        // What a proxy of SOCKS says that is none.
        let words = "invalid response version";
        check(
            io::Error::new(io::ErrorKind::InvalidData, words),
            Failure::Connection(words.to_owned()),
        );
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let passing = [408, 429, 500, 502, 503, 504, 520, 599].map(Failure::Status);
        assert!(passing.iter().all(Failure::may_pass));
        let lasting = [400, 401, 403, 404, 410, 501, 505].map(Failure::Status);
        assert!(!lasting.iter().any(Failure::may_pass));
        assert!(Failure::of(ureq::Error::HostNotFound).may_pass());
        assert!(!Failure::of(ureq::Error::Tls("no")).may_pass());
    }
}
