//! Whether the shares of two snapshots are of the same things, so that one may be subtracted from the other.

use super::history::Parties;
use super::number::count;
use crate::domain::Shares;
use std::collections::BTreeSet;

/// Shares with what they are of.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// The shares over all packages.
    pub shares: Shares,
    /// The minor releases of the distribution and the reference.
    pub minors: (&'a str, &'a str),
    /// The architectures, by the least favourable of which a package counts; none where they are not known.
    pub architectures: &'a [String],
}

/// How many times the difference of two counts of compared packages the greater one must at least be for their shares to be
/// subtracted: where more than a fifth was added or left out, the shares differ by what is compared.
const COMPARED_DIFFERENCE_MIN: u32 = 5;

/// Why the shares of two snapshots are of other things, so that their difference says nothing; `None` where they are not. Minor
/// releases count where the sides are not of the same one, since they are then further apart or nearer for that alone.
pub fn other_things(
    then: &Measured<'_>,
    now: &Measured<'_>,
    (distribution, reference): Parties<'_>,
) -> Option<String> {
    let is_of_one_minor = |measured: &Measured<'_>| measured.minors.0 == measured.minors.1;
    let is_as_near = then.minors == now.minors || (is_of_one_minor(then) && is_of_one_minor(now));
    let minors = (!is_as_near).then(|| {
        let way = |name: &str, from: &str, to: &str| match from == to {
            true => format!("{name} stayed at {to}"),
            false => format!("{name} went from {from} to {to}"),
        };
        format!(
            "{}, and {}",
            way(reference, then.minors.1, now.minors.1),
            way(distribution, then.minors.0, now.minors.0)
        )
    });
    let [before, after] = [then, now].map(|measured| measured.shares.compared());
    let differs = before.abs_diff(after) > before.max(after) / COMPARED_DIFFERENCE_MIN;
    let compared = differs.then(|| {
        let (before, after) = (count(before), count(after));
        format!("the packages compared went from {before} to {after}")
    });
    let things = match (minors, compared) {
        (None, None) => None,
        (Some(minors), Some(compared)) => Some(format!("{minors}; {compared}.")),
        (Some(minors), None) => Some(format!("{minors}.")),
        (None, Some(compared)) => Some(format!("{}.", compared.replacen("the", "The", 1))),
    };
    let reasons: Vec<String> = things
        .into_iter()
        .chain(other_architectures(then.architectures, now.architectures))
        .collect();
    (!reasons.is_empty()).then(|| reasons.join(" "))
}

fn other_architectures(then: &[String], now: &[String]) -> Option<String> {
    let all = |names: &[String]| names.iter().cloned().collect::<BTreeSet<String>>();
    let is_known = !then.is_empty() && !now.is_empty();
    (is_known && all(then) != all(now)).then(|| {
        format!(
            "The architectures went from {} to {}.",
            then.join(", "),
            now.join(", ")
        )
    })
}
