//! The deviations for other programs, under names that stay: CSV, JSON, and an Atom feed (RFC 4287).

use crate::domain::DaysOpen;
use crate::publish::numbers::counted;
use crate::publish::output::digest_of;
use crate::publish::published_set::PublishedSet;
use crate::publish::{Cause, Error};
use crate::report::{
    ArchitectureEndingRecord, CauseName, DEVIATION_COLUMNS, DeviationRecord, EndingRecord, Index,
    PointInTime, endings_field, evr_field, write_csv_line,
};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde::Serialize;
use std::io;

/// The paths of the feeds in a published set.
pub const FEEDS: [&str; 3] = ["deviations.csv", "deviations.json", "deviations.atom"];

/// How long after its end a deviation is in the feeds. Older ones are in the documents of their quarters.
const DAYS_KEPT: i64 = 366;
/// Entries of the Atom feed, which readers ask for again and again; where there are more, it says so.
const ATOM_ENTRIES: usize = 200;

/// One deviation with the release that it is in.
#[derive(Clone, Debug, Serialize)]
struct FeedEntry {
    release: String,
    days_open_at_least: u32,
    days_open_at_most: Option<u32>,
    /// The architectures on which it is open.
    open_on: Vec<String>,
    /// When and how it ended on each architecture where it did.
    endings: Vec<ArchitectureEndingRecord>,
    #[serde(flatten)]
    deviation: DeviationRecord,
}

/// All feeds of a set: path and bytes. They have what is open, and what ended within a year before the release's newest snapshot.
pub fn feeds(index: &Index, set: &PublishedSet) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let entries = entries(index, set)?;
    let io = |path: &str, error: io::Error| Error::at(path, Cause::Io(error));
    let mut json = serde_json::to_vec_pretty(&entries)
        .map_err(|error| io(FEEDS[1], io::Error::other(error)))?;
    json.push(b'\n');
    let atom = atom(index, &entries).map_err(|error| io(FEEDS[2], error))?;
    let texts = [csv(&entries).into_bytes(), json, atom];
    Ok(FEEDS.map(str::to_owned).into_iter().zip(texts).collect())
}

fn entries(index: &Index, set: &PublishedSet) -> Result<Vec<FeedEntry>, Error> {
    let mut entries = Vec::new();
    for release in &index.releases {
        let Some(digest) = &release.ledger else {
            continue;
        };
        let ledger = set.ledger(digest)?;
        let newest_day = ledger.taken.0.unix_days();
        let mut deviations = ledger.open;
        // A quarter has at most 92 days, and is left out when all of it is too old.
        let first_day = newest_day - DAYS_KEPT;
        for quarter in &ledger.quarters {
            let Some(digest) = &quarter.ended else {
                continue;
            };
            let ended = set.ended(digest)?.deviations.into_iter();
            deviations.extend(ended.filter(|deviation| {
                let end = deviation.ending.as_ref();
                end.is_some_and(|end| end.at.0.unix_days() >= first_day)
            }));
        }
        entries.extend(deviations.into_iter().map(|deviation| {
            let DaysOpen { at_least, at_most } = deviation.days_open(ledger.taken);
            FeedEntry {
                release: release.id.clone(),
                days_open_at_least: at_least,
                days_open_at_most: at_most,
                open_on: deviation.open_on().into_iter().map(str::to_owned).collect(),
                endings: deviation.endings(),
                deviation,
            }
        }));
    }
    // The newest event first; sorting is stable, so that equal ones stay in the order of the ledger.
    entries.sort_by_key(|entry| std::cmp::Reverse(updated(&entry.deviation)));
    Ok(entries)
}

/// When something last became of a deviation: that it ended, on an architecture or as a whole, or that it began.
fn updated(deviation: &DeviationRecord) -> PointInTime {
    let whole = deviation.ending.iter().map(|ending| ending.at);
    let ended_on = deviation.ended_on.iter().map(|ending| ending.at);
    whole.chain(ended_on).max().unwrap_or(deviation.opened)
}

fn csv(entries: &[FeedEntry]) -> String {
    let mut text = String::new();
    write_csv_line(&mut text, DEVIATION_COLUMNS.map(str::to_owned));
    for entry in entries {
        let deviation = &entry.deviation;
        let ending = deviation.ending.as_ref();
        let of_ending = |of: fn(&EndingRecord) -> String| ending.map(of).unwrap_or_default();
        let fields = [
            entry.release.clone(),
            deviation.package.clone(),
            deviation.architectures.join(" "),
            deviation.opened.0.to_string(),
            deviation
                .opened_after
                .map_or_else(|| "not known".to_owned(), |after| after.0.to_string()),
            entry.days_open_at_least.to_string(),
            entry
                .days_open_at_most
                .map_or_else(|| "not known".to_owned(), |days| days.to_string()),
            causes(deviation).join(" "),
            deviation.evidence.map(name).unwrap_or_default(),
            evr_field(&deviation.distribution, false),
            evr_field(&deviation.reference, false),
            said(deviation),
            links(deviation).join(" "),
            of_ending(|ending| ending.at.0.to_string()),
            of_ending(|ending| name(ending.how)),
            of_ending(|ending| evr_field(&ending.distribution, ending.distribution_untold)),
            of_ending(|ending| evr_field(&ending.reference, ending.reference_untold)),
            deviation
                .last_seen
                .map(|seen| seen.0.to_string())
                .unwrap_or_default(),
            deviation.reports_lost.to_string(),
            entry.open_on.join(" "),
            endings_field(&entry.endings, name),
        ];
        write_csv_line(&mut text, fields);
    }
    text
}

fn causes(deviation: &DeviationRecord) -> Vec<String> {
    deviation
        .causes
        .iter()
        .map(|cause: &CauseName| name(*cause))
        .collect()
}

/// A value of the format as the format writes it.
fn name(value: impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    let name = value.as_ref().and_then(serde_json::Value::as_str);
    name.unwrap_or_default().to_owned()
}

/// What is said of why, in one line.
fn said(deviation: &DeviationRecord) -> String {
    let Some(reason) = &deviation.reason else {
        return String::new();
    };
    let statements = reason.statements.iter().filter_map(|statement| {
        let text = statement.text.as_ref()?;
        Some(format!("{}: {text}", statement.who))
    });
    let sentences: Vec<String> = reason.text.iter().cloned().chain(statements).collect();
    sentences.join(" / ")
}

fn links(deviation: &DeviationRecord) -> Vec<String> {
    let Some(reason) = &deviation.reason else {
        return Vec::new();
    };
    let statements = reason.statements.iter().filter_map(|said| said.url.clone());
    let changes = reason
        .changes
        .iter()
        .filter_map(|change| change.origin.clone());
    let mut links: Vec<String> = Vec::new();
    for link in statements.chain(changes) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

fn atom(index: &Index, entries: &[FeedEntry]) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let (distribution, reference) = (&index.distribution.name, &index.reference.name);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let feed = writer
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    feed.write_inner_content(|writer| {
        let title = format!("Where {distribution} deviates from {reference}, and where no more");
        text(writer, "title", &title)?;
        text(writer, "id", &urn(&format!("{distribution}\n{reference}")))?;
        text(writer, "updated", &index.generated.0.to_string())?;
        writer
            .create_element("author")
            .write_inner_content(|writer| text(writer, "name", "Almanac"))?;
        link(writer, "self", FEEDS[2])?;
        link(writer, "alternate", "../deviations")?;
        if entries.len() > ATOM_ENTRIES {
            let subtitle = format!(
                "The newest {ATOM_ENTRIES} of {} that are open or ended within a year; {} has all of them.",
                counted(entries.len(), "deviation", "deviations"),
                FEEDS[1]
            );
            text(writer, "subtitle", &subtitle)?;
            link(writer, "related", FEEDS[1])?;
        }
        for entry in entries.iter().take(ATOM_ENTRIES) {
            writer
                .create_element("entry")
                .write_inner_content(|writer| atom_entry(writer, index, entry))?;
        }
        Ok(())
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn atom_entry(writer: &mut Writer<Vec<u8>>, index: &Index, entry: &FeedEntry) -> io::Result<()> {
    let FeedEntry {
        release,
        deviation,
        days_open_at_least: at_least,
        days_open_at_most: at_most,
        open_on,
        endings,
    } = entry;
    let days_open = DaysOpen {
        at_least: *at_least,
        at_most: *at_most,
    };
    let days_open = days_open.in_words(|days| counted(days as usize, "day", "days"));
    let package = &deviation.package;
    let name_of = |names: Vec<String>| names.join(", ").replace('-', " ");
    let happened = match &deviation.ending {
        Some(ending) => format!("deviates no more: {}", name(ending.how).replace('-', " ")),
        None => format!("deviates: {}", name_of(causes(deviation))),
    };
    let distribution = &index.distribution.name;
    // One deviation is one entry, which is updated when it ends.
    let which = match deviation.number {
        Some(number) => number.to_string(),
        None => deviation.named_for().0.to_string(),
    };
    let identity = format!("{distribution}\n{release}\n{package}\n{which}");
    text(
        writer,
        "title",
        &format!("{package} in {distribution} {release} {happened}"),
    )?;
    text(writer, "id", &urn(&identity))?;
    text(writer, "updated", &updated(deviation).0.to_string())?;
    text(writer, "published", &deviation.opened.0.to_string())?;
    let page = format!("../{}/package/{}", iri(release), iri(package));
    link(writer, "alternate", &page)?;
    for address in links(deviation) {
        link(writer, "related", &address)?;
    }
    for cause in &deviation.causes {
        writer
            .create_element("category")
            .with_attribute(("term", name(*cause).as_str()))
            .write_empty()?;
    }
    let since = match deviation.opened_after {
        Some(after) => format!("first seen {}, not yet {}", deviation.opened.0, after.0),
        None => format!("there since {} at least", deviation.opened.0),
    };
    let versions = |evrs: [&Option<String>; 2], untold: [bool; 2]| {
        let [distribution, reference] =
            [0, 1].map(|side| match evr_field(evrs[side], untold[side]) {
                none if none.is_empty() => "none".to_owned(),
                evr => evr,
            });
        let [own, other] = [&index.distribution.name, &index.reference.name];
        format!("{own} {distribution}, {other} {reference}")
    };
    let found = versions([&deviation.distribution, &deviation.reference], [false; 2]);
    let end = deviation.ending.as_ref().map(|ending| {
        let evrs = [&ending.distribution, &ending.reference];
        let untold = [ending.distribution_untold, ending.reference_untold];
        format!("; seen no more {}: {}", ending.at.0, versions(evrs, untold))
    });
    let lost = match deviation.reports_lost {
        0 => String::new(),
        lost => format!(
            ", and {} lost in between: whether it deviated then is not known",
            counted(lost as usize, "report was", "reports were")
        ),
    };
    let apart = if deviation.ended_on.is_empty() {
        String::new()
    } else {
        let ended = endings.iter().map(|ended| {
            let how = name(ended.how).replace('-', " ");
            format!("{} {}: {how}", ended.architecture, ended.at.0)
        });
        let open = open_on.iter().map(|name| format!("{name}: open"));
        let each: Vec<String> = ended.chain(open).collect();
        format!("; each architecture: {}", each.join(", "))
    };
    let said = said(deviation);
    let said = if said.is_empty() {
        "No reason is known.".to_owned()
    } else {
        said
    };
    let summary = format!(
        "On {}: {found}; {since}{}{apart}; {days_open}{lost}. {said}",
        deviation.architectures.join(", "),
        end.unwrap_or_default()
    );
    text(writer, "summary", &summary)
}

fn text(writer: &mut Writer<Vec<u8>>, element: &str, text: &str) -> io::Result<()> {
    let allowed: String = text.chars().filter(|c| is_xml(*c)).collect();
    writer
        .create_element(element)
        .write_text_content(BytesText::new(&allowed))?;
    Ok(())
}

fn link(writer: &mut Writer<Vec<u8>>, relation: &str, address: &str) -> io::Result<()> {
    writer
        .create_element("link")
        .with_attribute(("rel", relation))
        .with_attribute(("href", address))
        .write_empty()?;
    Ok(())
}

/// Whether XML 1.0 can hold a character at all, escaped or not (its production 2).
fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// One segment of a path in an IRI.
fn iri(segment: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+".contains(byte);
    let encode = |byte: u8| match is_plain(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    segment.bytes().map(encode).collect()
}

/// A name that stays, of what makes a thing the same: a UUID of version 8 (RFC 9562) from its SHA-256.
fn urn(identity: &str) -> String {
    let digest = digest_of(identity.as_bytes());
    let digits = digest.as_str();
    format!(
        "urn:uuid:{}-{}-8{}-8{}-{}",
        &digits[..8],
        &digits[8..12],
        &digits[13..16],
        &digits[17..20],
        &digits[20..32]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_became_of_a_deviation_last() {
        let check = |of_record: serde_json::Value, expected: &str| {
            let mut record = json!({
                "package": "bash",
                "architectures": ["aarch64", "x86_64"],
                "opened": "2026-01-02T04:10:00Z",
                "causes": [],
            });
            let fields = of_record.as_object().unwrap().clone();
            record.as_object_mut().unwrap().extend(fields);
            let record: DeviationRecord = serde_json::from_value(record).unwrap();
            assert_eq!(updated(&record).0.to_string(), expected);
        };
        check(json!({}), "2026-01-02T04:10:00Z");
        let on_one = json!({"ended_on": [
            {"architecture": "x86_64", "at": "2026-01-06T04:10:00Z", "how": "resynced"}
        ]});
        check(on_one, "2026-01-06T04:10:00Z");
    }
}
