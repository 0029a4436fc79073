//! What was drawn of long lines last: each of the rows that such a line is continued in asks for all of them.

use super::line_range::Side;
use super::look::Look;
use super::segments::Segment;
use std::sync::{Arc, Mutex};

/// So many are kept: both sides of two lines, with and without colours and what is searched for.
const KEPT: usize = 8;

/// A line, the change that it belongs to, how it is looked at, and how many colours are known of it.
type Key = (Side, usize, Option<usize>, Look, usize);
/// What is drawn of a line in each of its rows.
type LineRows = Arc<Vec<Vec<Segment>>>;

/// The lines that were drawn last.
#[derive(Clone, Debug, Default)]
pub(super) struct LongLines(Arc<Mutex<Vec<(Key, LineRows)>>>);

impl LongLines {
    /// The rows of a line, which are made where they are not kept.
    pub(super) fn get(&self, key: Key, make: impl FnOnce() -> Vec<Vec<Segment>>) -> LineRows {
        let Ok(mut kept) = self.0.lock() else {
            return Arc::new(make());
        };
        if let Some((_, rows)) = kept.iter().find(|(known, _)| *known == key) {
            return Arc::clone(rows);
        }
        let rows = Arc::new(make());
        kept.truncate(KEPT - 1);
        kept.insert(0, (key, Arc::clone(&rows)));
        rows
    }
}

/// What is kept says nothing of a document.
impl PartialEq for LongLines {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for LongLines {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_drawn_last_is_made_once() {
        let lines = LongLines::default();
        let mut made = 0;
        let mut check = |index: usize, expected: usize| {
            let key = (Side::Reference, index, None, Look::default(), 0);
            let rows = lines.get(key, || {
                made += 1;
                vec![Vec::new(); index]
            });
            assert_eq!((rows.len(), made), (index, expected));
        };
        for index in 0..KEPT {
            check(index, index + 1);
            check(index, index + 1);
        }
        check(0, KEPT);
        check(KEPT, KEPT + 1);
        // The oldest went.
        check(0, KEPT + 2);
    }
}
