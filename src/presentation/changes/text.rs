//! The changes between two reports as lines for a terminal.

use super::{ReleaseChanges, Stand};
use crate::presentation::hidden_characters::visible;

/// The net change, the notes, and each group with its packages.
pub fn changes_text(changes: &ReleaseChanges) -> String {
    let mut lines: Vec<String> = changes.net.clone();
    lines.extend(changes.notes.iter().map(|note| format!("note: {note}")));
    if changes.groups.is_empty() {
        lines.push(
            "No package changed its verdict, its cause, or why it is not compared.".to_owned(),
        );
    }
    for group in &changes.groups {
        lines.push(String::new());
        lines.push(format!("{} ({})", group.title, group.rows.len()));
        for row in &group.rows {
            let place = row
                .architectures
                .as_ref()
                .map(|names| format!(" on {names}"));
            lines.push(format!(
                "  {}{}: {} → {}",
                row.package,
                place.unwrap_or_default(),
                stand(&row.before),
                stand(&row.after)
            ));
        }
    }
    lines.push(String::new());
    visible(&lines.join("\n"))
}

fn stand(stand: &Stand) -> String {
    let Some(mark) = &stand.mark else {
        return "not there".to_owned();
    };
    let cause = stand
        .cause
        .map(|cause| format!(", {cause}"))
        .unwrap_or_default();
    let (distribution, reference) = (&stand.distribution, &stand.reference);
    let evr = |evr: &str| {
        if evr.is_empty() {
            "–".to_owned()
        } else {
            evr.to_owned()
        }
    };
    let versions = if distribution.is_empty() && reference.is_empty() {
        String::new()
    } else {
        format!(" ({} / {})", evr(distribution), evr(reference))
    };
    format!("{}{cause}{versions}", mark.word)
}
