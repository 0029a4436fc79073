//! What is told while repositories and single packages are read: a bar on a terminal, elsewhere one line per repository.

use super::Error;
use super::numbers::{counted, thousands};
use indicatif::{DecimalBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Tells how far reading is, on standard error. Copies of it are one.
#[derive(Clone)]
pub struct Progress {
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    is_shown: bool,
    is_terminal: bool,
}

impl Progress {
    /// Progress that is shown.
    pub fn shown() -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(
            None,
            if is_terminal {
                ProgressDrawTarget::stderr()
            } else {
                ProgressDrawTarget::hidden()
            },
        );
        // A template that is written here is known to be sound; without it the bar keeps its own.
        if let Ok(style) = ProgressStyle::with_template(
            "{bar:30} {pos} of {len} repositories and packages{prefix}, {wide_msg}",
        ) {
            bar.set_style(style);
        }
        Self {
            bar,
            bytes: Arc::default(),
            is_shown: true,
            is_terminal,
        }
    }

    /// Progress that nobody sees.
    pub fn hidden() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            bytes: Arc::default(),
            is_shown: false,
            is_terminal: false,
        }
    }

    /// So many more repositories, or packages one by one, are to be read.
    pub fn expect(&self, more: usize) {
        self.bar
            .set_length(self.bar.length().unwrap_or(0) + more as u64);
    }

    /// A package was read that is read by itself.
    pub fn package_read(&self, name: &str) {
        self.bar.set_message(name.to_owned());
        self.bar.inc(1);
    }

    /// So many more bytes came over the network.
    pub fn bytes_received(&self, bytes: u64) {
        let all = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if self.is_terminal {
            self.bar.set_prefix(format!(", {}", DecimalBytes(all)));
        }
    }

    /// Something worth knowing of what goes on, in one sentence.
    pub fn note(&self, sentence: &str) {
        if self.is_shown {
            self.bar.suspend(|| tell(sentence));
        }
    }

    /// A repository, called `label`, could not be read, and the run goes on: what comes of that is told in the end.
    pub fn repository_failed(&self, label: &str, error: &Error) {
        self.bar.inc(1);
        let Error { place, cause } = error;
        self.note(&format!(
            "{label} could not be read, and the run goes on\n{place}: {cause}\nremedy: {}",
            cause.remedy()
        ));
    }

    /// A repository, called `label`, was read; so many bytes of it came over the network.
    pub fn repository_read(
        &self,
        label: &str,
        packages: usize,
        sources: usize,
        received_bytes: u64,
        duration: Duration,
    ) {
        self.bar.set_message(label.to_owned());
        self.bar.inc(1);
        if self.is_shown && !self.is_terminal {
            let received = match received_bytes {
                0 => String::new(),
                bytes => format!("{} received, ", DecimalBytes(bytes)),
            };
            tell(&format!(
                "{label}: {}, {}, {received}{:.2} s",
                counted(packages, "package", "packages"),
                format_args!(
                    "{} {}",
                    thousands(sources as u64),
                    if sources == 1 { "source" } else { "sources" }
                ),
                duration.as_secs_f64()
            ));
        }
    }

    /// Reading is over.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Writes a line to standard error. Where nobody reads it, the run goes on all the same.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
