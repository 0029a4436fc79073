//! What packages provide of binary interfaces, each list kept once: those of all architectures and of both sides, and of many
//! versions of a kernel, are mostly the same.

use crate::domain::AbiList;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The lists of all repositories that are read together.
#[derive(Debug, Default)]
pub struct AbiLists(Mutex<HashSet<Arc<str>>>);

impl AbiLists {
    /// The list as it is kept, and whether it was not kept before.
    pub fn kept(&self, list: AbiList) -> (AbiList, bool) {
        // Nothing that is done with the lock held can panic half-way.
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match lists.get(list.text()) {
            Some(known) => (known.clone().into(), false),
            None => {
                lists.insert(list.text().clone());
                (list, true)
            }
        }
    }
}
