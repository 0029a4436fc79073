//! Asks a proxy itself for what a host has over http, by the whole address, as RFC 9112, 3.2.2, wants it and curl does.
//!
//! ureq asks every proxy for a tunnel with CONNECT, which proxies commonly allow to port 443 alone.

use super::credentials::basic;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, NextTimeout, TcpConnector, Transport,
};
use ureq::{Agent, Error, Proxy};

/// An agent that asks `proxy`, one of http, for addresses of http. `configuration` names no proxy.
pub fn forwarding_agent(configuration: Config, proxy: &Proxy) -> Agent {
    let authorization = match (proxy.username(), proxy.password()) {
        (None, None) => String::new(),
        (user, password) => {
            let value = basic(
                user.unwrap_or_default().as_bytes(),
                password.unwrap_or_default().as_bytes(),
            );
            format!("Proxy-Authorization: {value}\r\n")
        }
    };
    let connector = ().chain(TcpConnector::default()).chain(WholeAddresses { authorization });
    let resolver = ProxyAddress {
        proxy: proxy.uri().clone(),
        resolver: DefaultResolver::default(),
    };
    Agent::with_parts(configuration, connector, resolver)
}

/// Leads to the proxy whatever host is asked for: where that one is, the proxy alone must know.
#[derive(Debug)]
struct ProxyAddress {
    proxy: Uri,
    resolver: DefaultResolver,
}

impl Resolver for ProxyAddress {
    fn resolve(
        &self,
        _: &Uri,
        configuration: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.resolver.resolve(&self.proxy, configuration, timeout)
    }
}

/// Makes connections to the proxy say whole addresses.
struct WholeAddresses {
    /// The header with the credentials for the proxy and its line break; empty where there are none.
    authorization: String,
}

impl std::fmt::Debug for WholeAddresses {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("WholeAddresses")
    }
}

impl<In: Transport> Connector<In> for WholeAddresses {
    type Out = WholeAddress<In>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let authority = details.uri.authority().map_or("", |it| it.as_str());
        // Credentials for the host are in a header of their own.
        let host = authority.rsplit('@').next().unwrap_or_default();
        Ok(chained.map(|connection| WholeAddress {
            connection,
            origin: format!("http://{host}"),
            authorization: self.authorization.clone(),
        }))
    }
}

/// A connection to the proxy for one host.
struct WholeAddress<T> {
    connection: T,
    origin: String,
    authorization: String,
}

impl<T> std::fmt::Debug for WholeAddress<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.origin)
    }
}

impl<T: Transport> Transport for WholeAddress<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.connection.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let output = &self.connection.buffers().output()[..amount];
        // Only GET is ever asked, and a line of it alone begins with this word.
        let Some(whole) = with_whole_address(output, &self.origin, &self.authorization) else {
            return self.connection.transmit_output(amount, timeout);
        };
        let room = self.connection.buffers().output().len();
        for part in whole.chunks(room) {
            self.connection.buffers().output()[..part.len()].copy_from_slice(part);
            self.connection.transmit_output(part.len(), timeout)?;
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.connection.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.connection.is_open()
    }
}

/// The head of a request with `origin` before its path and `header` after its first line; `None` where it does not begin here.
fn with_whole_address(head: &[u8], origin: &str, header: &str) -> Option<Vec<u8>> {
    let path = head.strip_prefix(b"GET ")?;
    let end = path.windows(2).position(|pair| pair == b"\r\n")? + 2;
    let (line, rest) = path.split_at(end);
    Some([b"GET ", origin.as_bytes(), line, header.as_bytes(), rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_request_has_the_whole_address() {
        let check = |head: &str, expected: Option<&str>| {
            let whole = with_whole_address(head.as_bytes(), "http://a.example:81", "P: x\r\n");
            let whole = whole.map(|whole| String::from_utf8(whole).unwrap());
            assert_eq!(whole.as_deref(), expected, "{head}");
        };
        check(
            "GET /9/?a=1 HTTP/1.1\r\nHost: a.example:81\r\n\r\n",
            Some("GET http://a.example:81/9/?a=1 HTTP/1.1\r\nP: x\r\nHost: a.example:81\r\n\r\n"),
        );
        check("Range: bytes=1-\r\n\r\n", None);
    }
}
