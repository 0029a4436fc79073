//! The sides that a reader can choose from, in words.

use super::NamedSide;
use crate::presentation::date::day;
use crate::presentation::diff_view::Side;
use crate::presentation::hidden_characters::visible;
use crate::presentation::snapshot_name::ArchivedSnapshot;
use crate::report::{Index, ReleaseEntry, SnapshotEntry};

/// Sides to choose from, of one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideChoices {
    /// The release.
    pub title: String,
    /// As they stand in an address, with their labels.
    pub sides: Vec<(NamedSide, String)>,
}

/// A side of a snapshot in words: `AlmaLinux 9.6, 20 Nov 2026`.
pub fn side_in_words(index: &Index, side: Side, snapshot: &SnapshotEntry) -> String {
    let minor = match side {
        Side::Reference => &snapshot.reference_minor,
        Side::Distribution => &snapshot.distribution_minor,
    };
    let party = party(index, side);
    visible(&format!("{party} {minor}, {}", day(snapshot.taken.0)))
}

/// A side that is none of the choices, in words: what is known of it is what its address says.
pub fn named_in_words(index: &Index, named: &NamedSide) -> String {
    let side = choice_label(named.side, party(index, named.side).to_owned());
    let words = match (&named.release, &named.snapshot) {
        (None, _) => format!("{side}, this page’s report"),
        (Some(release), None) => format!("{side}, newest report of release {release}"),
        (Some(release), Some(snapshot)) => {
            format!("{side}, report {snapshot} of release {release}")
        }
    };
    visible(&words)
}

/// All sides of all reports: first the release of the page, in it the newest report first, and last those of `archived`, which the
/// index does not list. `shown` is the page's snapshot.
pub fn side_choices(
    index: &Index,
    page_release: &str,
    shown: &str,
    archived: &[ArchivedSnapshot],
) -> Vec<SideChoices> {
    let (own, others): (Vec<&ReleaseEntry>, Vec<_>) = index
        .releases
        .iter()
        .partition(|release| release.id == page_release);
    let of_release = |release: &ReleaseEntry| {
        let archived = archived.iter().filter(|known| known.release == release.id);
        let mut older: Vec<&SnapshotEntry> = archived.map(|known| &known.entry).collect();
        older.sort_by(|one, other| other.id.cmp(&one.id));
        let snapshots = release.snapshots.iter().rev().chain(older);
        let sides = snapshots.flat_map(|snapshot| {
            [Side::Reference, Side::Distribution].map(|side| {
                let is_shown = release.id == page_release && snapshot.id == shown;
                let named = NamedSide {
                    side,
                    release: (!is_shown).then(|| release.id.clone()),
                    snapshot: (!is_shown).then(|| snapshot.id.clone()),
                };
                let label = choice_label(side, side_in_words(index, side, snapshot));
                (named, label)
            })
        });
        SideChoices {
            title: format!("Release {}", visible(&release.id)),
            sides: sides.collect(),
        }
    };
    own.into_iter().chain(others).map(of_release).collect()
}

/// Whose text it is, is known once the report is there: mostly not the reference's own.
fn choice_label(side: Side, who: String) -> String {
    match side {
        Side::Reference => format!("text for {who}"),
        Side::Distribution => who,
    }
}

fn party(index: &Index, side: Side) -> &str {
    match side {
        Side::Reference => &index.reference.name,
        Side::Distribution => &index.distribution.name,
    }
}
