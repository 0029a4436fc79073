//! nginx with the configuration that Almanac ships, serving a built dashboard from a temporary set-up of its own.

use super::process::{Process, free_port};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

const SHIPPED_CONFIGURATION: &str = include_str!("../../nginx/almanac.conf");
const MODULE_FOLDERS: [&str; 3] = [
    "/usr/lib/nginx/modules",
    "/usr/lib64/nginx/modules",
    "/usr/share/nginx/modules",
];

/// Where on its host the dashboard lies.
#[derive(Clone, Copy, Debug)]
pub enum Hosting {
    /// At `/`, with files compressed beforehand.
    Root,
    /// At `/almanac/`, as a project's page on a shared host.
    Subpath,
    /// At `/`, with a file of 100,000 lines.
    Large,
}

impl Hosting {
    /// The path that all of the dashboard's addresses start with.
    pub fn base(self) -> &'static str {
        match self {
            Self::Root | Self::Large => "/",
            Self::Subpath => "/almanac/",
        }
    }

    /// The folder that holds the built dashboard, as `make test` names it.
    fn folder(self) -> PathBuf {
        let variable = match self {
            Self::Root => "ALMANAC_HOSTED_ROOT",
            Self::Subpath => "ALMANAC_HOSTED_SUBPATH",
            Self::Large => "ALMANAC_HOSTED_LARGE",
        };
        let folder = PathBuf::from(env::var_os(variable).unwrap_or_else(|| {
            panic!("{variable} is not set: run `make test`, which builds the dashboard and sets it")
        }));
        let index = folder.join(format!(".{}index.html", self.base()));
        assert!(
            index.is_file(),
            "{variable} names a folder without {}: run `make test`, which builds it",
            index.display()
        );
        folder
    }
}

/// One running nginx.
pub struct Nginx {
    /// The port of 127.0.0.1 that it answers on.
    pub port: u16,
    _process: Process,
    _folder: TempDir,
}

impl Nginx {
    /// Starts nginx on a free port for the dashboard built for `hosting`.
    pub fn start(hosting: Hosting) -> Self {
        let port = free_port();
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = hosting.folder();
        let configuration = SHIPPED_CONFIGURATION
            .replace("__PORT__", &format!("127.0.0.1:{port}"))
            .replace("__ROOT__", &root.display().to_string())
            .replace("__BASE__", hosting.base());
        fs::write(folder.path().join("almanac.conf"), configuration).unwrap();
        fs::write(folder.path().join("nginx.conf"), frame(folder.path())).unwrap();
        let process = Process::listening_on(
            port,
            Command::new("nginx")
                .arg("-p")
                .arg(folder.path())
                .arg("-c")
                .arg(folder.path().join("nginx.conf"))
                .args(["-e", "stderr"]),
            "`make test` installs it",
        );
        Self {
            port,
            _process: process,
            _folder: folder,
        }
    }
}

/// What a system's own nginx.conf holds around the shipped file, here without anything outside `folder`.
fn frame(folder: &Path) -> String {
    let brotli_module = MODULE_FOLDERS
        .iter()
        .map(|place| Path::new(place).join("ngx_http_brotli_static_module.so"))
        .find(|file| file.is_file())
        .map(|file| format!("load_module {};\n", file.display()))
        .unwrap_or_default();
    let temporary_paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("    {kind}_temp_path {}/{kind};\n", folder.display()))
        .concat();
    format!(
        "{brotli_module}daemon off;\nmaster_process off;\npid {0}/nginx.pid;\nevents {{}}\n\
         http {{\n    access_log off;\n{temporary_paths}    include {0}/almanac.conf;\n}}\n",
        folder.display()
    )
}
