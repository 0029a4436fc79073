//! Imports go one way only, as the map in `src/lib.rs` says; what belongs to one layer is not used in another.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Each layer by the start of its paths, with the layers that it may import. The longest start that fits counts.
const LAYERS: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("analysis", &["domain"]),
    ("diff", &["domain"]),
    ("syntax", &[]),
    ("report", &["domain", "analysis", "diff"]),
    (
        "presentation",
        &["domain", "analysis", "diff", "syntax", "report"],
    ),
    (
        "loading",
        &[
            "domain",
            "analysis",
            "diff",
            "syntax",
            "report",
            "presentation",
        ],
    ),
    (
        "ui",
        &[
            "domain",
            "analysis",
            "diff",
            "syntax",
            "report",
            "presentation",
            "loading",
        ],
    ),
    (
        "ui/components",
        &[
            "domain",
            "analysis",
            "diff",
            "syntax",
            "report",
            "presentation",
            "loading",
            "ui",
        ],
    ),
    (
        "ui/pages",
        &[
            "domain",
            "analysis",
            "diff",
            "syntax",
            "report",
            "presentation",
            "loading",
            "ui",
            "ui/components",
        ],
    ),
    (
        "ui/app",
        &[
            "domain",
            "analysis",
            "diff",
            "syntax",
            "report",
            "presentation",
            "loading",
            "ui",
            "ui/components",
            "ui/pages",
        ],
    ),
    (
        "publish",
        &["domain", "analysis", "diff", "syntax", "report"],
    ),
    (
        "bin",
        &[
            "domain",
            "analysis",
            "diff",
            "syntax",
            "report",
            "presentation",
            "publish",
        ],
    ),
];

/// What may be named only in some places, and where.
const RESERVED: [(&str, &[&str]); 9] = [
    ("serde", &["report/", "publish/"]),
    ("serde_json", &["report/", "publish/"]),
    ("schemars", &["report/", "publish/"]),
    ("leptos", &["loading/", "ui/", "main.rs"]),
    ("web_sys", &["loading/", "ui/", "main.rs"]),
    ("gloo_net", &["loading/"]),
    ("clap", &["bin/"]),
    ("std::fs", &["publish/", "bin/"]),
    ("std::process", &["publish/", "bin/"]),
];

/// What is wrong with source files, given by their paths below `src/`.
fn faults(files: &[(String, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in files {
        let code = without_comments(text);
        for imported in imports(path, &code) {
            if !may_import(path, &imported) {
                faults.push(format!("{path} imports {imported}"));
            }
        }
        for (name, places) in RESERVED {
            let is_allowed = places.iter().any(|place| path.starts_with(place));
            if !is_allowed && names(&code, name) {
                faults.push(format!("{path} names {name}"));
            }
        }
        if code.contains("inner_html") {
            faults.push(format!(
                "{path} has inner_html: a report's text is never markup"
            ));
        }
    }
    faults
}

fn without_comments(text: &str) -> String {
    let code = text.lines().map(|line| match line.trim_start() {
        comment if comment.starts_with("//") => "",
        _ => line.split(" // ").next().unwrap_or(line),
    });
    code.collect::<Vec<_>>().join("\n")
}

/// The modules of the crate that a file names, as paths such as `ui/pages` or `domain`.
fn imports(path: &str, code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for root in ["crate::", "almanac::"] {
        for (index, _) in code.match_indices(root) {
            let before = code[..index].chars().next_back();
            if before
                .is_some_and(|character| character.is_alphanumeric() || "_$".contains(character))
            {
                continue;
            }
            for item in items(&code[index + root.len()..]) {
                found.insert(item);
            }
        }
    }
    for (index, _) in code.match_indices("super::") {
        if !code[..index].ends_with("super::") && climbs_out(path, &code[index..]) {
            let rest = code[index..].trim_start_matches("super::");
            found.extend(items(rest));
        }
    }
    found
}

/// Whether as many `super` lead to the root of the crate or beyond; a test module inside the file climbs one of its own.
fn climbs_out(path: &str, rest: &str) -> bool {
    let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let supers = (rest.len() - rest.trim_start_matches("super::").len()) / "super::".len();
    supers >= module.split('/').count() && !rest.starts_with("super::*")
}

/// The first names of `a::b` or `{a::b, c::{d, e}}`; of `ui` also the second.
fn items(rest: &str) -> Vec<String> {
    if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        let mut found = Vec::new();
        for (index, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' | ',' if depth == 0 => {
                    found.extend(items(group[start..index].trim()));
                    start = index + 1;
                    if character == '}' {
                        break;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return found;
    }
    let name = identifier(rest);
    if name.is_empty() {
        return vec![];
    }
    match rest[name.len()..].strip_prefix("::") {
        Some(inner) if name == "ui" => {
            let below = items(inner);
            below
                .into_iter()
                .map(|item| format!("ui/{}", item.split('/').next().unwrap_or_default()))
                .collect()
        }
        _ => vec![name.to_owned()],
    }
}

fn identifier(text: &str) -> &str {
    let end = text
        .find(|character: char| !character.is_alphanumeric() && character != '_')
        .unwrap_or(text.len());
    &text[..end]
}

fn may_import(path: &str, imported: &str) -> bool {
    if path == "main.rs" {
        return imported != "publish";
    }
    let (Some(own), Some(other)) = (layer_of(path), layer_of(imported)) else {
        // Macros and the like at the root belong to no layer; lib.rs declares all of them.
        return true;
    };
    let allowed = LAYERS
        .iter()
        .find(|(layer, _)| *layer == own)
        .map_or(&[][..], |(_, allowed)| allowed);
    own == other || allowed.contains(&other)
}

fn layer_of(path: &str) -> Option<&'static str> {
    let module = path.trim_end_matches(".rs");
    let fits = |layer: &&str| module == *layer || module.starts_with(&format!("{layer}/"));
    LAYERS
        .iter()
        .map(|(layer, _)| *layer)
        .filter(fits)
        .max_by_key(|layer| layer.len())
}

/// Whether code names a crate or module, as a path, an attribute's argument or an import.
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(index, _)| {
        let is_part = |character: Option<char>| {
            character.is_some_and(|character| character.is_alphanumeric() || character == '_')
        };
        let after = &code[index + name.len()..];
        !is_part(code[..index].chars().next_back())
            && (after.starts_with("::") || code[..index].ends_with("use "))
    })
}

fn check(files: &[(&str, &str)], expected: &[&str]) {
    let files: Vec<(String, String)> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    assert_eq!(faults(&files), expected);
}

#[test]
fn what_runs_the_wrong_way_is_found() {
    check(
        &[("domain/a.rs", "use crate::report::Index;")],
        &["domain/a.rs imports report"],
    );
    check(
        &[("domain/a.rs", "use crate::domain::Evr;\nuse super::Nvr;")],
        &[],
    );
    check(
        &[(
            "domain/a.rs",
            "// crate::report is above\n/// [`crate::ui`]\nlet x = 1; // crate::ui",
        )],
        &[],
    );
    check(
        &[(
            "analysis/a.rs",
            "use crate::{domain::{Evr, Nvr}, report::Index};",
        )],
        &["analysis/a.rs imports report"],
    );
    check(
        &[("report/a.rs", "fn f() { crate::presentation::number(1) }")],
        &["report/a.rs imports presentation"],
    );
    check(
        &[("report/a.rs", "use super::super::publish::Error;")],
        &["report/a.rs imports publish"],
    );
    check(
        &[("report/mod.rs", "use super::ui::app;")],
        &["report/mod.rs imports ui/app"],
    );
    check(
        &[(
            "report/a/b.rs",
            "use super::super::c;\nmod tests { use super::*; }",
        )],
        &[],
    );
    check(
        &[("diff/a.rs", "use crate::analysis::Rules;")],
        &["diff/a.rs imports analysis"],
    );
    check(
        &[("presentation/a.rs", "use crate::loading::fetch;")],
        &["presentation/a.rs imports loading"],
    );
    check(
        &[("ui/components/a.rs", "use crate::ui::pages::release;")],
        &["ui/components/a.rs imports ui/pages"],
    );
    check(
        &[(
            "ui/pages/a.rs",
            "use crate::ui::{components::bar, app::App};",
        )],
        &["ui/pages/a.rs imports ui/app"],
    );
    check(
        &[(
            "ui/app.rs",
            "use crate::ui::pages::release;\nuse crate::loading::Library;",
        )],
        &[],
    );
    check(
        &[("publish/a.rs", "use crate::presentation::number;")],
        &["publish/a.rs imports presentation"],
    );
    check(
        &[(
            "bin/almanac.rs",
            "use almanac::publish::publish;\nuse almanac::ui::app;",
        )],
        &["bin/almanac.rs imports ui/app"],
    );
    check(
        &[(
            "main.rs",
            "use almanac::publish;\nuse almanac::ui::app::App;",
        )],
        &["main.rs imports publish"],
    );
}

#[test]
fn what_is_reserved_is_found() {
    check(
        &[("domain/a.rs", "use serde::Serialize;")],
        &["domain/a.rs names serde"],
    );
    check(
        &[("presentation/a.rs", "let x = serde_json::to_string(&y);")],
        &["presentation/a.rs names serde_json"],
    );
    check(
        &[(
            "report/a.rs",
            "use serde::Serialize;\nuse serde_json::Value;",
        )],
        &[],
    );
    check(
        &[("presentation/a.rs", "use leptos::prelude::*;")],
        &["presentation/a.rs names leptos"],
    );
    check(
        &[("ui/a.rs", "use leptos::prelude::*;\nuse web_sys::Window;")],
        &[],
    );
    check(
        &[("publish/a.rs", "use clap::Parser;")],
        &["publish/a.rs names clap"],
    );
    check(
        &[("analysis/a.rs", "use std::fs;")],
        &["analysis/a.rs names std::fs"],
    );
    check(
        &[("domain/a.rs", "let my_serde = deserde::x; // serde::y")],
        &[],
    );
    check(
        &[("ui/a.rs", "<p inner_html=text />")],
        &["ui/a.rs has inner_html: a report's text is never markup"],
    );
}

#[test]
fn the_source_keeps_to_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, "", &mut files);
    assert!(files.len() > 60, "{} files", files.len());
    for (layer, _) in LAYERS.iter().filter(|(layer, _)| !layer.starts_with("ui")) {
        assert!(
            files.iter().any(|(path, _)| path.starts_with(layer)),
            "{layer} has no files"
        );
    }
    let faults = faults(&files);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if name.ends_with(".rs") {
            files.push((path, fs::read_to_string(entry.path()).unwrap()));
        }
    }
    files.sort();
}

/// The crates that are built with a feature.
fn crates_with(feature: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--no-default-features",
            "--features",
            feature,
            "--manifest-path",
        ])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn neither_program_carries_the_other() {
    let (publish, app, core) = (crates_with("publish"), crates_with("app"), crates_with(""));
    for name in ["leptos", "gloo-net", "plotters"] {
        assert!(app.contains(name) && !publish.contains(name), "{name}");
    }
    for name in [
        "clap",
        "quick-xml",
        "ureq",
        "schemars",
        "jsonschema",
        "zstd",
    ] {
        assert!(publish.contains(name) && !app.contains(name), "{name}");
    }
    for name in ["leptos", "clap", "web-sys", "quick-xml", "schemars"] {
        assert!(!core.contains(name), "{name}");
    }
    assert!(core.contains("serde") && core.contains("rpm-version"));
}
