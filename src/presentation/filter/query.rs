//! A filter as it stands in the address, and back.

use super::{AbiChoice, Filter, LevelChoice, Sort, SortColumn};
use crate::domain::{Cause, ChangeClass, Presence, Verdict};
use crate::presentation::route::encode_value;
use crate::presentation::words::{cause_key, class_key};
use std::collections::BTreeSet;

/// A verdict as it stands in addresses.
pub fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Matched => "matched",
        Verdict::Patched => "patched",
        Verdict::Diverging => "diverging",
        Verdict::NotCompared => "not-compared",
    }
}

impl Filter {
    /// Reads the pairs of a query, decoded; what is not known is passed over.
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        let some = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        for (key, value) in pairs {
            match key {
                "verdict" => filter.verdicts = listed(value, &Verdict::ALL, verdict_key),
                "cause" => filter.causes = listed(value, &Cause::ALL, cause_key),
                "presence" => {
                    filter.presence = match value {
                        "missing" => Some(Presence::Missing),
                        "extra" => Some(Presence::Extra),
                        _ => None,
                    }
                }
                "arch" => filter.architecture = some(value),
                "repository" => filter.repository = some(value),
                "source" => filter.origin = some(value),
                "abi" => filter.abi = one_of(value, &AbiChoice::ALL, AbiChoice::key),
                "level" => filter.level = one_of(value, &LevelChoice::ALL, LevelChoice::key),
                "change" => filter.change = one_of(value, &ChangeClass::ALL, class_key),
                "origin" => filter.origin_missing = value == "missing",
                "evidence" => filter.reviewed = value == "reviewed",
                "q" => filter.text = value.to_owned(),
                "sort" => {
                    let (column, descending) = match value.strip_prefix('-') {
                        Some(column) => (column, true),
                        None => (value, false),
                    };
                    let column = one_of(column, &SortColumn::ALL, SortColumn::key);
                    filter.sort =
                        column.map_or(Sort::default(), |column| Sort { column, descending });
                }
                _ => {}
            }
        }
        filter
    }

    /// The query of the address, without its question mark; empty for the default.
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        let mut add = |key: &str, value: String| {
            if !value.is_empty() {
                parts.push(format!("{key}={value}"));
            }
        };
        let joined = |keys: Vec<&str>| keys.join(",");
        add(
            "verdict",
            joined(self.verdicts.iter().copied().map(verdict_key).collect()),
        );
        add(
            "cause",
            joined(self.causes.iter().copied().map(cause_key).collect()),
        );
        let presence = match self.presence {
            Some(Presence::Missing) => "missing",
            Some(Presence::Extra) => "extra",
            Some(Presence::Both) | None => "",
        };
        add("presence", presence.to_owned());
        let chosen =
            |choice: &Option<String>| choice.as_deref().map(encode_value).unwrap_or_default();
        add("arch", chosen(&self.architecture));
        add("source", chosen(&self.origin));
        let key = |key: Option<&str>| key.unwrap_or_default().to_owned();
        add("abi", key(self.abi.map(AbiChoice::key)));
        add("level", key(self.level.map(LevelChoice::key)));
        add("change", key(self.change.map(class_key)));
        add("origin", key(self.origin_missing.then_some("missing")));
        add("evidence", key(self.reviewed.then_some("reviewed")));
        add("repository", chosen(&self.repository));
        add("q", encode_value(&self.text));
        if self.sort != Sort::default() {
            let sign = if self.sort.descending { "-" } else { "" };
            add("sort", format!("{sign}{}", self.sort.column.key()));
        }
        parts.join("&")
    }
}

fn listed<T: Copy + Ord>(value: &str, known: &[T], key: impl Fn(T) -> &'static str) -> BTreeSet<T> {
    let keys: Vec<&str> = value.split(',').collect();
    known
        .iter()
        .copied()
        .filter(|&item| keys.contains(&key(item)))
        .collect()
}

fn one_of<T: Copy>(value: &str, known: &[T], key: impl Fn(T) -> &'static str) -> Option<T> {
    known.iter().copied().find(|&item| key(item) == value)
}
