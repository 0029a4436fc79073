//! The certificates of each part of the web that wants some: the operator's own, and the authority that signs the host's.

use crate::publish::{Cause, Error};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use std::fs;
use std::path::{Path, PathBuf};
use ureq::tls::{Certificate, ClientCert, PemItem, PrivateKey, RootCerts, TlsConfig, parse_pem};
use url::Url;

/// Bytes that a file of certificates may have.
const BYTES_MAX: u64 = 4 << 20;

/// Files in PEM for all addresses with a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFiles {
    /// The prefix, as [`address_prefix`] gives it.
    pub prefix: String,
    /// The operator's certificate, with those between it and its authority.
    pub certificate: Option<PathBuf>,
    /// The key of that certificate.
    pub key: Option<PathBuf>,
    /// The authorities that the host's certificate must be signed by; the usual ones where absent.
    pub authority: Option<PathBuf>,
}

/// Certificates that were read.
pub struct Access {
    prefix: String,
    tls: TlsConfig,
}

/// The prefix of addresses as it is compared: https, a whole host, and no credentials. `Err` says what is wrong.
pub fn address_prefix(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|error| format!("“{text}” is no address: {error}"))?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if url.scheme() != "https" || !is_plain {
        return Err(format!(
            "“{text}” does not start with https://, or has credentials or a query"
        ));
    }
    // For a host alone it ends in a slash, so that no longer host's name starts with it.
    Ok(url.into())
}

impl Access {
    /// Reads the files.
    pub fn read(files: &ClientFiles) -> Result<Self, Error> {
        let mut tls = TlsConfig::builder();
        if let Some(path) = &files.authority {
            tls = tls.root_certs(RootCerts::new_with_certs(&certificates(path)?));
        }
        if let (Some(certificate), Some(key)) = (&files.certificate, &files.key) {
            let chain = certificates(certificate)?;
            let key_pem = pem(key)?;
            let no_key = |cause: String| no_pem(key, "private key", &cause);
            let read = PrivateKey::from_pem(&key_pem).map_err(|error| no_key(error.to_string()))?;
            let der = PrivateKeyDer::from_pem_slice(&key_pem)
                .map_err(|error| no_key(error.to_string()))?;
            usable_together(&chain, der).map_err(|cause| unusable(certificate, key, &cause))?;
            tls = tls.client_cert(Some(ClientCert::new_with_certs(&chain, read)));
        }
        Ok(Self {
            prefix: files.prefix.clone(),
            tls: tls.build(),
        })
    }

    /// How connections with these certificates are made.
    pub fn tls(&self) -> &TlsConfig {
        &self.tls
    }

    /// The index of the entry with the longest prefix of an address.
    pub fn of(entries: &[Access], address: &Url) -> Option<usize> {
        let mut plain = address.clone();
        // Fails only for addresses without a host, which http has not.
        let _ = plain.set_username("");
        let _ = plain.set_password(None);
        let fitting = entries.iter().enumerate();
        fitting
            .filter(|(_, entry)| plain.as_str().starts_with(&entry.prefix))
            .max_by_key(|(_, entry)| entry.prefix.len())
            .map(|(index, _)| index)
    }
}

/// Whether rustls takes a certificate and its key, which ureq believes it does. `Err` says why not.
fn usable_together(
    chain: &[Certificate<'static>],
    key: PrivateKeyDer<'static>,
) -> Result<(), rustls::Error> {
    let chain = chain.iter().map(|certificate| {
        let der = certificate.der();
        CertificateDer::from(der).into_owned()
    });
    CertifiedKey::from_der(chain.collect(), key, &ring::default_provider()).map(|_| ())
}

fn unusable(certificate: &Path, key: &Path, cause: &rustls::Error) -> Error {
    let (cause, remedy) = match cause {
        rustls::Error::InconsistentKeys(_) => (
            "it does not belong to the certificate".to_owned(),
            "name the key that the certificate was made for as client_key",
        ),
        rustls::Error::InvalidCertificate(cause) => (
            format!("the certificate cannot be used: {cause}"),
            "name a certificate of X.509 version 3 as client_certificate",
        ),
        cause => (
            format!("it cannot be used with the certificate: {cause}"),
            "name a key of RSA (2,048 bits or more), ECDSA or Ed25519 and its certificate",
        ),
    };
    let (certificate, key) = (certificate.display(), key.display());
    Error::configuration(format!("{key} for {certificate}"), cause, remedy)
}

fn certificates(path: &Path) -> Result<Vec<Certificate<'static>>, Error> {
    let mut found = Vec::new();
    for item in parse_pem(&pem(path)?) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate),
            // A file may hold the certificate and its key.
            Ok(_) => {}
            Err(error) => return Err(no_pem(path, "certificate", &error.to_string())),
        }
    }
    if found.is_empty() {
        return Err(no_pem(path, "certificate", "there is none in it"));
    }
    Ok(found)
}

fn pem(path: &Path) -> Result<Vec<u8>, Error> {
    let io = |error| Error::io(path, error);
    if fs::metadata(path).map_err(io)?.len() > BYTES_MAX {
        let cause = Cause::TooLong {
            limit: BYTES_MAX,
            stated: false,
        };
        return Err(Error::at(path.display(), cause));
    }
    fs::read(path).map_err(io)
}

fn no_pem(path: &Path, what: &str, cause: &str) -> Error {
    Error::configuration(
        path.display(),
        format!("no {what} can be read from it: {cause}"),
        format!("name a file with a {what} in PEM"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_of_whole_hosts_and_the_longest_counts() {
        let entry = |prefix: &str| Access {
            prefix: address_prefix(prefix).unwrap(),
            tls: TlsConfig::builder().build(),
        };
        let entries = [entry("https://a.example"), entry("https://a.example/9/")];
        let check = |address: &str, expected: Option<usize>| {
            let address = Url::parse(address).unwrap();
            assert_eq!(Access::of(&entries, &address), expected, "{address}");
        };
        check("https://a.example/10/x", Some(0));
        check("https://u:p@a.example:443/9/x", Some(1));
        check("https://a.example/8/../9/x", Some(1));
        check("https://a.example.evil.example/9/x", None);
        check("http://a.example/9/x", None);
        for wrong in [
            "a.example",
            "http://a.example",
            "https://u@a.example",
            "https://a.example/?a",
        ] {
            assert!(address_prefix(wrong).is_err(), "{wrong}");
        }
    }
}
