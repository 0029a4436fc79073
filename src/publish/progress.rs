//! What is told while repositories are read: a bar on a terminal, elsewhere one line per repository.

use super::numbers::{counted, thousands};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// Tells how far reading is, on standard error.
pub struct Progress {
    bar: ProgressBar,
    prints_lines: bool,
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
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {pos} of {len} repositories, {wide_msg}")
        {
            bar.set_style(style);
        }
        Self {
            bar,
            prints_lines: !is_terminal,
        }
    }

    /// Progress that nobody sees.
    pub fn hidden() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            prints_lines: false,
        }
    }

    /// So many more repositories are to be read.
    pub fn expect(&self, repositories: usize) {
        self.bar
            .set_length(self.bar.length().unwrap_or(0) + repositories as u64);
    }

    /// A repository, called `label`, was read.
    pub fn repository_read(
        &self,
        label: &str,
        packages: usize,
        sources: usize,
        duration: Duration,
    ) {
        self.bar.set_message(label.to_owned());
        self.bar.inc(1);
        if self.prints_lines {
            eprintln!(
                "{label}: {}, {}, {:.2} s",
                counted(packages, "package", "packages"),
                format_args!(
                    "{} {}",
                    thousands(sources as u64),
                    if sources == 1 { "source" } else { "sources" }
                ),
                duration.as_secs_f64()
            );
        }
    }

    /// Reading is over.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
