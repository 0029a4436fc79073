//! Repositories over https with certificates of one's own, and through a proxy.

use super::support::proxy::{Proxy, publish_through};
use super::support::{FIRST, World, rows};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

/// An authority with the certificates that it signed for a host and for a client, each with its key, in PEM.
struct Certificates {
    authority: String,
    host: [String; 2],
    client: [String; 2],
    /// The key of somebody else.
    other_key: String,
}

fn certificates() -> Certificates {
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap();
    let signed = |name: &str| {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = parameters.signed_by(&key, &authority).unwrap();
        [certificate.pem(), key.serialize_pem()]
    };
    Certificates {
        host: signed("localhost"),
        client: signed("client.example"),
        other_key: KeyPair::generate().unwrap().serialize_pem(),
        authority: authority.pem(),
    }
}

/// Serves a folder over https to clients with a certificate of the authority; gives back the port.
fn start_host(folder: &Path, certificates: &Certificates) -> u16 {
    let der = |pem: &str| CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(der(&certificates.authority)).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .unwrap();
    let configuration = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            vec![der(&certificates.host[0])],
            PrivateKeyDer::from_pem_slice(certificates.host[1].as_bytes()).unwrap(),
        )
        .unwrap();
    let configuration = Arc::new(configuration);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(configuration.clone()).unwrap();
            // A client that is refused, or leaves early, is what some tests are about.
            let _ = answer(StreamOwned::new(connection, stream), &folder);
        }
    });
    port
}

fn answer(
    mut stream: StreamOwned<ServerConnection, TcpStream>,
    folder: &Path,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head);
    let path = head.split(' ').nth(1).unwrap_or_default();
    let body = std::fs::read(folder.join(path.trim_start_matches('/')))?;
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// The certificate as if it were one of X.509 version 1, which has the number 0.
fn of_version_1(pem: &str) -> String {
    let mut der = CertificateDer::from_pem_slice(pem.as_bytes())
        .unwrap()
        .to_vec();
    let version = [0xa0, 3, 2, 1, 2];
    let place = der.windows(5).position(|bytes| bytes == version).unwrap();
    der[place + 4] = 0;
    let text = BASE64_STANDARD.encode(der);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

/// A world whose reference is on such a host, with the files of the certificates beside the configuration.
fn served() -> World {
    let world = World::new();
    let certificates = certificates();
    let port = start_host(&world.path("reference"), &certificates);
    world.write("authority.pem", &certificates.authority);
    world.write("client.pem", certificates.client.concat());
    world.write("other_key.pem", &certificates.other_key);
    world.write("version_1.pem", of_version_1(&certificates.client[0]));
    world.reconfigure(
        "reference/$arch",
        &format!("https://localhost:{port}/$arch"),
    );
    world.configure(&format!(
        "[[client]]\nprefix = \"https://localhost:{port}/\"\nclient_certificate = \"client.pem\"\nclient_key = \"client.pem\"\n\
         ca_certificate = \"authority.pem\""
    ));
    world
}

#[test]
fn a_client_with_its_certificate_is_let_in() {
    let world = served();
    world.publish_at(FIRST).unwrap();
    let expected = World::new();
    expected.publish_at(FIRST).unwrap();
    assert_eq!(
        rows(&world.report("9").packages),
        rows(&expected.report("9").packages)
    );
}

#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    let world = served();
    world.reconfigure(from, to);
    let error = world.publish_at(FIRST).unwrap_err().to_string();
    for words in expected {
        assert!(error.contains(words), "{words} is not in\n{error}");
    }
}

#[test]
fn without_certificates_there_is_no_trust() {
    check(
        "client_certificate = \"client.pem\"\nclient_key = \"client.pem\"\n",
        "",
        &[
            "repomd.xml: no trust could be established: ",
            "CertificateRequired",
            "as client_certificate, in a [[client]]",
        ],
    );
    check(
        "ca_certificate = \"authority.pem\"",
        "",
        &[
            "repomd.xml: no trust could be established: ",
            "UnknownIssuer",
            "ca_certificate",
        ],
    );
}

#[test]
fn a_certificate_and_a_key_that_cannot_be_used_together() {
    check(
        "client_key = \"client.pem\"",
        "client_key = \"other_key.pem\"",
        &[
            "other_key.pem for ",
            "client.pem: it does not belong to the certificate\n",
            "remedy: name the key that the certificate was made for",
        ],
    );
    check(
        "client_certificate = \"client.pem\"",
        "client_certificate = \"version_1.pem\"",
        &[
            "version_1.pem: the certificate cannot be used: ",
            "remedy: name a certificate of X.509 version 3",
        ],
    );
}

#[test]
fn certificates_that_cannot_be_read() {
    check(
        "ca_certificate = \"authority.pem\"",
        "ca_certificate = \"almanac.toml\"",
        &["almanac.toml: no certificate can be read from it", "in PEM"],
    );
    check(
        "client_key = \"client.pem\"",
        "client_key = \"authority.pem\"",
        &["authority.pem: no private key can be read from it"],
    );
    check(
        "client_key = \"client.pem\"",
        "client_key = \"other.pem\"",
        &["other.pem: there is no such file"],
    );
    check(
        "client_key = \"client.pem\"",
        "",
        &["has one of client_certificate and client_key", "name both"],
    );
    check(
        "client_key",
        "client_kee",
        &[
            "there is no key client.1.client_kee",
            "write client_key instead",
        ],
    );
}

#[test]
fn the_proxy_of_the_environment_is_used() {
    let world = served();
    let tunnel = Proxy::of_http();
    let proxy = format!("http://127.0.0.1:{}", tunnel.port);
    let output = publish_through(
        &world,
        &[("https_proxy", &proxy), ("no_proxy", "localhost")],
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(tunnel.seen().len(), 0);

    std::fs::remove_dir_all(world.path("cache")).unwrap();
    let output = publish_through(
        &world,
        &[
            ("https_proxy", &proxy),
            ("http_proxy", "http://127.0.0.1:1"),
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let seen = tunnel.seen();
    assert!(!seen.is_empty());
    assert!(
        seen.iter()
            .all(|head| head.starts_with("CONNECT localhost:")),
        "{seen:?}"
    );

    std::fs::remove_dir_all(world.output()).unwrap();
    let output = publish_through(
        &world,
        &[("https_proxy", "http://reader:s3cret@127.0.0.1:1")],
    );
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("the connection was refused") && !told.contains("s3cret"),
        "{told}"
    );
}
