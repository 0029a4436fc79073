//! One request: time limits, redirects, proxies and client certificates.

use super::access::{Access, ClientFiles};
use super::credentials::authorization;
use super::failure::Failure;
use super::forward::forwarding_agent;
use super::proxy::proxy_for;
use super::redirect::redirected;
use crate::publish::Error;
use crate::publish::repository::without_credentials;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use ureq::http::Response;
use ureq::http::header::{AUTHORIZATION, LOCATION};
use ureq::{Agent, Body, Proxy, ProxyProtocol};
use url::Url;

const REDIRECTS_MAX: u32 = 5;

/// Which certificates and which proxy an agent is for, and whether it asks the proxy itself in place of a tunnel to the host.
type AgentKey = (Option<usize>, Option<String>, bool);

/// Makes requests. Connections are kept for the next one.
pub struct Client {
    accesses: Vec<Access>,
    patience: Duration,
    agents: Mutex<BTreeMap<AgentKey, Agent>>,
}

impl Client {
    /// A client with certificates, which are read at once. `patience` is how long it waits for a connection, for an answer,
    /// and for more bytes of it.
    pub fn new(files: &[ClientFiles], patience: Duration) -> Result<Self, Error> {
        Ok(Self {
            accesses: files.iter().map(Access::read).collect::<Result<_, _>>()?,
            patience,
            agents: Mutex::default(),
        })
    }

    /// The answer to a GET, whatever its status, after redirects.
    pub fn get(
        &self,
        address: &Url,
        headers: &[(&'static str, String)],
    ) -> Result<Response<Body>, Failure> {
        let mut address = address.clone();
        for _ in 0..=REDIRECTS_MAX {
            let proxy = proxy_for(&address, |name| std::env::var(name).ok());
            let told = proxy.as_deref().map(without_credentials);
            let agent = self.agent(&address, proxy)?;
            let mut request = agent.get(address.as_str());
            for (name, value) in headers {
                request = request.header(*name, value);
            }
            if let Some(value) = authorization(&address) {
                request = request.header(AUTHORIZATION, value);
            }
            let response = request
                .call()
                .map_err(|error| Failure::of(error).through(told.as_deref()))?;
            let target = match (response.status().as_u16(), told) {
                (407, Some(proxy)) => return Err(Failure::Status(407).of_proxy(&proxy)),
                (301 | 302 | 303 | 307 | 308, _) => response.headers().get(LOCATION),
                _ => None,
            };
            match target.map(|target| target.to_str()) {
                None => return Ok(response),
                Some(Ok(target)) => address = redirected(&address, target)?,
                Some(Err(_)) => return Err(Failure::RedirectTo("no address at all".to_owned())),
            }
        }
        Err(Failure::Redirects(REDIRECTS_MAX))
    }

    fn agent(&self, address: &Url, proxy: Option<String>) -> Result<Agent, Failure> {
        let is_plain = address.scheme() == "http";
        let key = (Access::of(&self.accesses, address), proxy, is_plain);
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(agent) = agents.get(&key) {
            return Ok(agent.clone());
        }
        let proxy = match &key.1 {
            None => None,
            Some(text) => Some(Proxy::new(text).map_err(|_| {
                let cause = "it is no address of http, https, socks4, socks4a, socks5 or socks5h";
                Failure::Address(cause.to_owned()).of_proxy(&without_credentials(text))
            })?),
        };
        let forwarder = proxy
            .clone()
            .filter(|proxy| is_plain && proxy.protocol() == ProxyProtocol::Http);
        let patience = Some(self.patience);
        let mut configuration = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy.filter(|_| forwarder.is_none()))
            .timeout_resolve(patience)
            .timeout_connect(patience)
            .timeout_send_request(patience)
            .timeout_recv_response(patience)
            .timeout_per_read(patience)
            .user_agent(concat!("almanac/", env!("CARGO_PKG_VERSION")));
        if let Some(index) = key.0 {
            configuration = configuration.tls_config(self.accesses[index].tls().clone());
        }
        let agent = match forwarder {
            Some(proxy) => forwarding_agent(configuration.build(), &proxy),
            None => configuration.build().new_agent(),
        };
        agents.insert(key, agent.clone());
        Ok(agent)
    }
}
