//! What packages provide of binary interfaces, each list kept once: those of all architectures and of both sides, and of many
//! versions of a kernel, are mostly the same.

use crate::domain::AbiList;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The lists of all repositories that are read together.
#[derive(Debug, Default)]
pub struct AbiLists(Mutex<HashSet<Arc<str>>>);

impl AbiLists {
    /// The list of these lines as it is kept, and whether it was not kept before.
    pub fn kept(&self, lines: &str) -> (AbiList, bool) {
        let text = lines.strip_suffix('\n').unwrap_or(lines);
        // createrepo_c writes most of them in order, so that nothing has to be made to look for one.
        let made = (!text.lines().is_sorted_by(|one, next| one < next))
            .then(|| AbiList::of_lines(text.lines()));
        let text = made.as_ref().map_or(text, |list| list.text());
        // Nothing that is done with the lock held can panic half-way.
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lists.get(text) {
            return (known.clone().into(), false);
        }
        let text: Arc<str> = text.into();
        lists.insert(text.clone());
        (text.into(), true)
    }
}
