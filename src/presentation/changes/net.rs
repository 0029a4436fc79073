//! The net change: the shares then and now, and how many packages went which way.

use crate::analysis::PackageStandings;
use crate::domain::{Shares, Standing, Transition};
use crate::presentation::comparable_shares::{Measured, other_things};
use crate::presentation::date::day;
use crate::presentation::history::Parties;
use crate::presentation::number::{count, counted, percent};
use crate::report::Compatibility;

/// How many packages went which way on the architectures that both reports have; each counts by its least favourable one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Movement {
    /// Did not diverge, and do.
    began: u32,
    /// Diverged, and do so no more.
    ceased: u32,
    /// Did not diverge as far as was known, and are known to, without a change of their versions.
    found: u32,
    /// Diverged as far as was known, and are known not to, without a change of their versions.
    cleared: u32,
    /// Diverge, and it could not be told whether they did.
    newly_told: u32,
    /// Diverged, and it cannot be told whether they do.
    no_longer_told: u32,
    /// Neither side had them.
    came: u32,
    /// Neither side has them.
    went: u32,
    /// No list had them, which means nothing.
    newly_listed: u32,
    /// No list has them, which means nothing.
    no_longer_listed: u32,
}

impl Movement {
    /// Counts transitions, which are in the order of packages.
    pub(super) fn of(
        before: &Compatibility,
        after: &Compatibility,
        architectures: &[&str],
        transitions: &[Transition],
    ) -> Self {
        let mut movement = Self::default();
        for own in transitions.chunk_by(|left, right| left.package == right.package) {
            let Some(first) = own.first() else { continue };
            let [then, now] =
                [before, after].map(|report| report.standings(&first.package, architectures));
            let any = |standings: &PackageStandings, is_so: fn(&Standing) -> bool| {
                standings.on.iter().any(|(_, standing)| is_so(standing))
            };
            let was_told = |is_so: fn(&Standing) -> bool| {
                let mut own = own.iter().filter(|transition| is_so(&transition.after));
                own.all(|transition| transition.before.is_told())
            };
            let is_told = |was_so: fn(&Standing) -> bool| {
                let mut own = own.iter().filter(|transition| was_so(&transition.before));
                own.all(|transition| transition.after.is_told())
            };
            let is_of_knowledge = own.iter().all(Transition::is_of_knowledge);
            let diverges = Standing::diverges;
            let is_listed = |standing: &Standing| standing.outcome.is_some();
            match (any(&then, diverges), any(&now, diverges)) {
                (false, true) if !was_told(diverges) => movement.newly_told += 1,
                (false, true) if is_of_knowledge => movement.found += 1,
                (false, true) => movement.began += 1,
                (true, false) if !is_told(diverges) => movement.no_longer_told += 1,
                (true, false) if is_of_knowledge => movement.cleared += 1,
                (true, false) => movement.ceased += 1,
                _ => {}
            }
            match (any(&then, is_listed), any(&now, is_listed)) {
                (false, true) if was_told(is_listed) => movement.came += 1,
                (false, true) => movement.newly_listed += 1,
                (true, false) if is_told(is_listed) => movement.went += 1,
                (true, false) => movement.no_longer_listed += 1,
                _ => {}
            }
        }
        movement
    }

    /// In sentences; what cannot be told is left out where there is nothing of it.
    fn sentences(&self) -> Vec<String> {
        let number = |found: u32| counted(found, "package", "packages");
        let mut sentences = vec![format!(
            "{} ceased to diverge and {} began to; {} came in and {} went.",
            number(self.ceased),
            number(self.began),
            number(self.came),
            number(self.went)
        )];
        if self.found + self.cleared > 0 {
            sentences.push(format!(
                "{} of unchanged versions {} now known to diverge, and {} no longer: only what is known of them changed, or how they are compared.",
                number(self.found),
                if self.found == 1 { "is" } else { "are" },
                count(self.cleared)
            ));
        }
        if self.newly_told + self.no_longer_told > 0 {
            sentences.push(format!(
                "{} that {} could not be compared before, and {} that diverged cannot be compared any more; whether they began or ceased to in between is not known.",
                number(self.newly_told),
                if self.newly_told == 1 { "diverges" } else { "diverge" },
                count(self.no_longer_told)
            ));
        }
        if self.newly_listed + self.no_longer_listed > 0 {
            sentences.push(format!(
                "{} came onto the lists at hand and {} dropped off them, which means nothing: a list is not complete, or could not be read.",
                number(self.newly_listed),
                count(self.no_longer_listed)
            ));
        }
        sentences
    }
}

/// The shares then and now, and how many packages went which way.
pub(super) fn net_change(
    before: &Compatibility,
    after: &Compatibility,
    movement: &Movement,
    parties: Parties<'_>,
) -> Vec<String> {
    let (then, now): (Shares, Shares) = (before.shares.into(), after.shares.into());
    let (from, to) = (day(before.taken.0), day(after.taken.0));
    let share = |shares: &Shares| {
        let (matching, compared) = (shares.matching(), shares.compared());
        format!(
            "{} ({} of {})",
            percent(matching, compared),
            count(matching),
            count(compared)
        )
    };
    let strongest = match (then.compared(), now.compared()) {
        (0, _) | (_, 0) => {
            format!("From {from} to {to} there is no share on both days to compare.")
        }
        _ => match obstacle(before, after, parties) {
            Some(why) => format!(
                "Not comparable: {} matched on {from}, and {} on {to}. {why}",
                share(&then),
                share(&now)
            ),
            None => format!(
                "{}: the share that matches went from {} on {from} to {} on {to}.",
                points(&then, &now),
                share(&then),
                share(&now)
            ),
        },
    };
    let mut net = vec![strongest];
    net.extend(movement.sentences());
    net
}

/// Why the shares of two reports are of other things; `None` where they are not.
fn obstacle(before: &Compatibility, after: &Compatibility, parties: Parties<'_>) -> Option<String> {
    let [then, now] = [before, after].map(|report| {
        let names = report.architecture_names();
        names.map(str::to_owned).collect::<Vec<String>>()
    });
    other_things(&measured(before, &then), &measured(after, &now), parties)
}

fn measured<'a>(report: &'a Compatibility, architectures: &'a [String]) -> Measured<'a> {
    Measured {
        shares: report.shares.into(),
        minors: (&report.distribution_minor, &report.reference_minor),
        architectures,
    }
}

/// The difference of two shares, such as `+0.4 percentage points`.
fn points(then: &Shares, now: &Shares) -> String {
    let share = |shares: &Shares| f64::from(shares.matching()) / f64::from(shares.compared());
    let tenths = ((share(now) - share(then)) * 1_000.0).round();
    match tenths {
        _ if share(now) == share(then) => "No change".to_owned(),
        0.0 => "Less than 0.1\u{a0}percentage points".to_owned(),
        _ => {
            let sign = if tenths > 0.0 { "+" } else { "−" };
            format!("{sign}{:.1}\u{a0}percentage points", tenths.abs() / 10.0)
        }
    }
}
