//! Compatibility reports, each read once for the comparisons that follow each other.

use crate::publish::Error;
use crate::publish::published_set::PublishedSet;
use crate::report::{Compatibility, Digest};
use std::collections::VecDeque;
use std::rc::Rc;

/// A report is compared with those next to it in time; few are needed at once.
const REPORTS_KEPT: usize = 4;

/// The reports of a published set.
pub struct Reports<'a> {
    set: &'a PublishedSet,
    kept: VecDeque<(Digest, Rc<Compatibility>)>,
}

impl<'a> Reports<'a> {
    /// Those of a set.
    pub fn of(set: &'a PublishedSet) -> Self {
        Self {
            set,
            kept: VecDeque::new(),
        }
    }

    /// The set.
    pub fn set(&self) -> &'a PublishedSet {
        self.set
    }

    /// A report.
    pub fn read(&mut self, digest: &Digest) -> Result<Rc<Compatibility>, Error> {
        let mut kept = self.kept.iter();
        if let Some((_, report)) = kept.find(|(known, _)| known == digest) {
            return Ok(Rc::clone(report));
        }
        let report = Rc::new(self.set.report(digest)?);
        if self.kept.len() == REPORTS_KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back((digest.clone(), Rc::clone(&report)));
        Ok(report)
    }
}
