//! How close a rebuilt distribution is to its reference, package by package and architecture by architecture.
//!
//! # The map
//!
//! Imports go one way only; `tests/architecture.rs` reads the source tree and fails on one that runs the wrong way.
//!
//! ```text
//! domain ← analysis, diff, syntax ← report ← presentation ← loading ← ui/components ← ui/pages ← ui/app ← main
//!                           report ← publish, presentation ← bin/almanac
//! ```
//!
//! | layer | holds | never |
//! |---|---|---|
//! | [`domain`] | the vocabulary: EVR, NEVRA, architecture, change, verdict | IO, serde |
//! | [`analysis`] | domain in, domain out: normalising, pairing, classification, shares | fails, knows JSON or a screen |
//! | [`diff`] | lines, hunks, words, side by side | knows where the texts came from |
//! | [`syntax`] | what the pieces of a text are, for colours: lexers by line | knows where a text came from |
//! | [`report`] | the published JSON: the only serde types of the format, its version, its limits | logic |
//! | [`presentation`] | view models without a UI library: routes, filters, rows, numbers, dates | leptos, web-sys |
//! | `loading` (feature `app`) | browser IO: fetch, retry, check, the worker | draws |
//! | `ui` (feature `app`) | what is drawn; one page per route, one style file per component and page with the same stem | computes |
//! | `publish` (feature `publish`) | native: reads repository metadata and source texts, compiles, writes, verifies | knows the UI |
//!
//! With no feature the core alone is built, natively or for wasm.

pub mod analysis;
pub mod diff;
pub mod domain;
pub mod presentation;
pub mod report;
pub mod syntax;

#[cfg(feature = "app")]
pub mod loading;
#[cfg(feature = "app")]
pub mod ui;

#[cfg(feature = "publish")]
pub mod publish;

/// Advisories and repositories become very many small pieces of memory, made on one thread and given back on another.
#[cfg(feature = "publish")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
