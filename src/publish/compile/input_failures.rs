//! The inputs of a release beside repositories and advisories that could not be read, and since when.

use super::release::Occasion;
use crate::domain::Timestamp;
use crate::publish::{Cause, Error, FailedInput};
use crate::report::{InputFailure, InputKind, PointInTime};

/// What is told of the inputs of one kind while they are read.
pub struct ToldInputs {
    kind: InputKind,
    /// Those that could not be read.
    pub failed: Vec<FailedInput>,
    /// What is doubtful about the others, and which were left out, in sentences.
    pub warnings: Vec<String>,
}

impl ToldInputs {
    /// Nothing is told yet of the inputs of this kind.
    pub fn of(kind: InputKind) -> Self {
        Self {
            kind,
            failed: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Tells that an input could not be read, and that what it would tell is left out.
    pub fn left_out(&mut self, name: &str, location: &str, cause: String) {
        let of_package = match name == location {
            true => String::new(),
            false => format!("{name}: "),
        };
        self.warnings.push(format!(
            "{of_package}{}: {cause}: what it would tell is left out.",
            self.kind
        ));
        self.failed(name, location, None, cause);
    }

    /// Tells that a file of this machine holds something else than it is to, and that what it would tell is left out; `name` is that of
    /// the input. Gives the error back where the run stops for it: where the file itself cannot be read, as one that is not there, which
    /// is most likely misspelt, and where the configuration says so.
    pub fn file_failed(
        &mut self,
        name: &str,
        error: Error,
        stops_on_failure: bool,
    ) -> Result<(), Error> {
        if stops_on_failure || matches!(error.cause, Cause::Io(_) | Cause::NoFolder) {
            return Err(error);
        }
        let cause = cause_at(&error);
        self.warnings.push(format!(
            "{}: {cause}, so that what it would tell is left out: {}.",
            self.kind,
            error.cause.remedy()
        ));
        self.failed(name, name, None, cause);
        Ok(())
    }

    /// Tells that an input could not be read; something that was read at the time `last_read` stands in for it.
    pub fn failed(
        &mut self,
        name: &str,
        location: &str,
        last_read: Option<Timestamp>,
        cause: String,
    ) {
        self.failed.push(FailedInput {
            kind: self.kind,
            name: name.to_owned(),
            location: location.to_owned(),
            last_read,
            cause,
        });
    }
}

/// A place and what is wrong there, in words.
pub fn cause_at(error: &Error) -> String {
    format!("{}: {}", error.place, error.cause)
}

/// What is published of the inputs of a release that could not be read, each once: since now, or since it is published that they
/// cannot be read.
pub fn input_failures(
    release: &str,
    failed: Vec<FailedInput>,
    occasion: &Occasion<'_>,
) -> Vec<InputFailure> {
    let taken = PointInTime(occasion.taken);
    let published = occasion
        .published
        .map_or(&[][..], |index| &index.input_failures);
    let mut failures: Vec<InputFailure> = Vec::new();
    for input in failed {
        let mut failure = InputFailure {
            release: release.to_owned(),
            kind: input.kind,
            name: input.name,
            location: input.location,
            last_read: input.last_read.map(PointInTime),
            since: taken,
            cause: input.cause,
        };
        if failures
            .iter()
            .any(|known| known.is_of_same_input(&failure))
        {
            continue;
        }
        let mut before = published.iter();
        if let Some(before) = before.find(|before| before.is_of_same_input(&failure)) {
            failure.since = failure.since.min(before.since);
        }
        failures.push(failure);
    }
    failures.sort_by(|left, right| {
        let key =
            |failure: &InputFailure| (failure.kind, failure.name.clone(), failure.location.clone());
        key(left).cmp(&key(right))
    });
    failures
}

/// The failures of an index: those of releases that were tried now as they are now, of others as they were. `release_of` is the
/// release of a failure, `tried` those that were compiled now, and `newest` when the newest snapshot of a release was taken.
pub fn merged_failures_of<T: Clone>(
    published: &[T],
    tried: &[(&str, &[T])],
    taken: Timestamp,
    newest: impl Fn(&str) -> Option<Timestamp>,
    release_of: impl Fn(&T) -> &str,
) -> Vec<T> {
    // A run that fills in a snapshot older than the newest says nothing of today; one that replaces the newest does.
    let is_told_anew = |release: &str| {
        tried.iter().any(|(tried, _)| *tried == release)
            && newest(release).is_none_or(|newest| newest <= taken)
    };
    let kept = published
        .iter()
        .filter(|known| !is_told_anew(release_of(known)));
    let new = tried
        .iter()
        .filter(|(release, _)| is_told_anew(release))
        .flat_map(|(_, failures)| *failures);
    kept.chain(new).cloned().collect()
}
