//! Metadata that no good tool would write.

use super::World;
use almanac::publish::output::digest_of;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// What repomd.xml is to say of primary.xml, where it is not the truth.
#[derive(Default)]
pub struct Lies {
    pub checksum: Option<String>,
    pub size: Option<u64>,
    pub open_size: Option<u64>,
    pub path: Option<String>,
}

pub const REFERENCE: &str = "reference/x86_64";

/// The primary.xml of the reference's repository.
pub fn primary_path(world: &World) -> PathBuf {
    fs::read_dir(world.path(REFERENCE).join("repodata"))
        .expect("metadata")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.to_string_lossy().contains("primary"))
        .expect("primary.xml")
}

/// Replaces the reference's primary.xml by a text, with a repomd.xml that fits but for the lies.
pub fn replace_primary(world: &World, text: &[u8], lies: Lies) {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).expect("gzip");
    let bytes = encoder.finish().expect("gzip");
    replace_file(world, "primary.xml.gz", &bytes, text, lies);
}

/// Replaces the reference's primary.xml by a file, of which `open` is said to be the content.
pub fn replace_file(world: &World, name: &str, bytes: &[u8], open: &[u8], lies: Lies) {
    let path = lies.path.unwrap_or_else(|| format!("repodata/{name}"));
    let repomd = format!(
        "<repomd><data type=\"primary\"><checksum type=\"sha256\">{}</checksum>\
         <open-checksum type=\"sha256\">{}</open-checksum><location href=\"{path}\"/>\
         <timestamp>1790000000</timestamp><size>{}</size><open-size>{}</open-size></data></repomd>",
        lies.checksum
            .unwrap_or_else(|| digest_of(bytes).to_string()),
        digest_of(open),
        lies.size.unwrap_or(bytes.len() as u64),
        lies.open_size.unwrap_or(open.len() as u64),
    );
    fs::remove_dir_all(world.path(REFERENCE)).expect("the old repository");
    world.write(&format!("{REFERENCE}/repodata/repomd.xml"), repomd);
    world.write(&format!("{REFERENCE}/repodata/{name}"), bytes);
}

/// A primary.xml of packages in their XML.
pub fn metadata(packages: &str) -> Vec<u8> {
    let count = packages.matches("<package ").count();
    format!("<?xml version=\"1.0\"?>\n<metadata packages=\"{count}\">{packages}</metadata>\n")
        .into_bytes()
}

/// A package in XML; `digest` tells two builds apart.
pub fn package_xml(name: &str, architecture: &str, source_element: &str, digest: &str) -> String {
    format!(
        "<package type=\"rpm\"><name>{name}</name><arch>{architecture}</arch><version epoch=\"0\" ver=\"1\" rel=\"1.el9\"/>\
         <checksum type=\"sha256\" pkgid=\"YES\">{digest}</checksum><time file=\"1\" build=\"1\"/>\
         <location href=\"Packages/{name}.rpm\"/><format>{source_element}</format></package>"
    )
}

/// The element that names a source package.
pub fn source(file: &str) -> String {
    format!("<rpm:sourcerpm>{file}</rpm:sourcerpm>")
}
