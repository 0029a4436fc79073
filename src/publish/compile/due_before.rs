//! Since when a package that the distribution adds is due for removal, as earlier snapshots tell it.

use super::earlier_boards::Earlier;
use crate::report::{Repositories, SeenRecord, SideName};

/// What earlier snapshots tell of a package that is due now.
pub enum DueBefore<'a> {
    /// It was due then, since that time.
    Since(SeenRecord),
    /// It was not due in that one; in none that tells it where there is none.
    NotIn(Option<&'a Earlier>),
}

/// The newest earlier snapshot that tells whether a package was due. One that could not read some of Synergy or EPEL tells only
/// what it had.
pub fn due_before<'a>(package: &str, earlier: &'a [Earlier]) -> DueBefore<'a> {
    for earlier in earlier {
        let Repositories {
            failures, synergy, ..
        } = &earlier.boards;
        let Some(board) = synergy else { continue };
        let was_whole = |side| failures.iter().all(|failure| failure.side != side);
        let record = board.iter().find(|record| record.package == package);
        if let Some(since) = record.and_then(|record| record.due) {
            return DueBefore::Since(since);
        }
        if was_whole(SideName::Epel) && (record.is_some() || was_whole(SideName::Synergy)) {
            return DueBefore::NotIn(Some(earlier));
        }
    }
    DueBefore::NotIn(None)
}
