//! The distribution's rules: what the configuration says, and AlmaLinux's for the rest.

use super::check::{Fault, fault};
use super::file::{ChangeRuleTable, MarkTable, RenameTable, RulesTable};
use super::model::OriginRole;
use crate::analysis::{ChangeRule, Mark, Rename, RenamedNames, Rules};
use crate::report::limits;
use std::collections::BTreeMap;

/// Numbers that may follow a mark; Rocky Linux writes two.
const NUMBERS_MAX: usize = 8;
/// As AlmaLinux writes it: `.alma.1`.
const NUMBERS_DEFAULT: usize = 1;

/// Rules of what the configuration says.
pub fn rules_of(table: RulesTable) -> Result<Rules, Fault> {
    let almalinux = Rules::default();
    let marks = table
        .marks
        .map(|marks| marks.into_iter().map(mark_of).collect::<Result<_, _>>());
    let renames = table
        .renames
        .map(|renames| renames.into_iter().map(rename_of).collect::<Result<_, _>>());
    let change_rules = table
        .changes
        .map(|changes| {
            changes
                .into_iter()
                .map(change_rule_of)
                .collect::<Result<Vec<_>, _>>()
        })
        .transpose()?
        .unwrap_or(almalinux.change_rules);
    if let Err(what) = limits::within("rules of changes", change_rules.len(), limits::CHANGE_RULES)
    {
        return fault(what, "join some of them");
    }
    Ok(Rules {
        change_rules,
        marks: marks.transpose()?.unwrap_or(almalinux.marks),
        renames: renames.transpose()?.unwrap_or(almalinux.renames),
        unmarked_packages: table
            .unmarked_packages
            .unwrap_or(almalinux.unmarked_packages),
        kernel_packages: table.kernel_packages.unwrap_or(almalinux.kernel_packages),
    })
}

/// How origins mark what they changed: as the configuration says, else as Oracle Linux does.
pub fn origin_marks_of(
    table: Option<BTreeMap<OriginRole, Vec<MarkTable>>>,
) -> Result<BTreeMap<OriginRole, Vec<Mark>>, Fault> {
    let Some(table) = table else {
        let oracle = (OriginRole::Oracle, vec![Mark::BeforeDistTag]);
        return Ok(BTreeMap::from([oracle]));
    };
    let marks = table.into_iter().map(|(role, marks)| {
        let marks = marks.into_iter().map(mark_of).collect::<Result<_, _>>()?;
        Ok((role, marks))
    });
    marks.collect()
}

fn mark_of(table: MarkTable) -> Result<Mark, Fault> {
    match (table.suffix, table.numbers, table.before_dist_tag) {
        (Some(word), numbers, false) if is_word(&word) && numbers.unwrap_or(0) <= NUMBERS_MAX => {
            Ok(Mark::Suffix {
                word,
                numbers: numbers.unwrap_or(NUMBERS_DEFAULT),
            })
        }
        (None, None, true) => Ok(Mark::BeforeDistTag),
        _ => fault(
            "an entry of rules.marks or rules.origin_marks is neither a suffix nor before_dist_tag",
            "write { suffix = \"alma\", numbers = 1 } or { before_dist_tag = true }",
        ),
    }
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn change_rule_of(table: ChangeRuleTable) -> Result<ChangeRule, Fault> {
    let in_table = |what: String| {
        (
            format!("an entry of rules.changes: {what}"),
            "correct it".to_owned(),
        )
    };
    if table.because.trim().is_empty() || table.because.chars().count() > limits::NAME_CHARACTERS {
        return Err(in_table("because is empty or too long".to_owned()));
    }
    let rule = ChangeRule {
        class: table.class.parse().map_err(in_table)?,
        actions: table
            .actions
            .iter()
            .map(|name| name.parse())
            .collect::<Result<_, _>>()
            .map_err(in_table)?,
        packages: table.packages,
        numbers: table.numbers.map(|[first, last]| first..=last),
        removes: table.removes,
        removes_none: table.removes_none,
        adds: table.adds,
        adds_none: table.adds_none,
        known_words: table.known_words,
        names: table.names,
        says: table.says,
        only_lines: table.only_lines,
        only_removes: table.only_removes,
        only_adds: table.only_adds,
        only_on: table.only_on,
        only_words: table.only_words,
        from_upstream: table.from_upstream,
        known_cve: table.known_cve,
        because: table.because,
    };
    if !rule.looks_at_what_is_changed() {
        let what = "says decides nothing alone: name what is changed by removes, adds, names or only_lines";
        return Err(in_table(what.to_owned()));
    }
    Ok(rule)
}

fn rename_of(table: RenameTable) -> Result<Rename, Fault> {
    let own_versions = table.own_versions;
    let names = match (
        table.reference_prefix,
        table.distribution_prefix,
        table.reference,
        table.distribution,
    ) {
        (Some(reference), Some(distribution), None, None) if !reference.is_empty() => {
            RenamedNames::Prefix {
                reference,
                distribution,
            }
        }
        (None, None, Some(reference), Some(distribution)) if !reference.is_empty() => {
            RenamedNames::Package {
                reference,
                distribution,
            }
        }
        _ => {
            return fault(
                "an entry of rules.renames names neither two prefixes nor two packages",
                "write { reference_prefix = \"redhat-\", distribution_prefix = \"almalinux-\" } or \
             { reference = \"a\", distribution = \"b\" }",
            );
        }
    };
    Ok(Rename {
        names,
        own_versions,
    })
}
