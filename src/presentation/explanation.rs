//! The chain of evidence behind a package's verdict, as lines of text for a terminal.

use super::abi::{abi_line, abi_mark, difference_lines, tool_details, tool_line, tool_name};
use super::binaries::binaries_alone_in_words;
use super::builds::{BuildOutcome, aftermath, source_in_words, tasks_in_words, when};
use super::changed_files::{is_changed, presence, texts_in_words};
use super::diff_view::LineRange;
use super::hidden_characters::visible;
use super::package_summary::{
    differences, levels_in_words, origins_in_words, outcome_of, sentence, versions_beside_in_words,
    warnings_about,
};
use super::patch_words::{patch_facts, patch_origin, patch_size};
use super::release_summary::{Sides, dates};
use super::words::{
    cause_label, evidence_label, evidence_sentence, not_compared_sentence, outcome_mark,
};
use crate::domain::{ChangeClass, Evidence, Outcome};
use crate::report::{
    BuildRecord, Compatibility, ElsewhereRecord, Index, Package, SideName, SnapshotEntry,
    SourceRecord, StatedSource,
};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Where a package stands in a published set.
pub struct Explained<'a> {
    /// The index.
    pub index: &'a Index,
    /// The snapshot.
    pub snapshot: &'a SnapshotEntry,
    /// The report of that snapshot.
    pub report: &'a Compatibility,
    /// The package.
    pub package: &'a Package,
}

/// The explanation: the verdict, the architectures, what it rests on, what was changed, the builds, and what is doubtful.
pub fn explanation(explained: &Explained<'_>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_explanation(&mut text, explained);
    // What others wrote must not steer the terminal.
    visible(&text.replace('\u{a0}', " "))
}

fn write_explanation(text: &mut String, explained: &Explained<'_>) -> std::fmt::Result {
    let Explained {
        index,
        snapshot,
        package,
        report,
        ..
    } = explained;
    let (distribution, reference) = (&index.distribution.name, &index.reference.name);
    let sides = Sides {
        distribution: format!("{distribution} {}", snapshot.distribution_minor),
        reference: format!("{reference} {}", snapshot.reference_minor),
    };
    writeln!(
        text,
        "{} in {} against {}, snapshot {}",
        package.name, sides.distribution, sides.reference, snapshot.id
    )?;
    writeln!(text, "{}", dates(snapshot, &sides))?;
    if index.sample {
        writeln!(text, "This is a sample: all of it was invented.")?;
    }
    for notice in &snapshot.notices {
        writeln!(text, "Notice: {notice}")?;
    }
    let word = outcome_of(package).map_or("not compared", |outcome| outcome_mark(&outcome).word);
    writeln!(
        text,
        "\n{}: {}",
        word,
        sentence(package, distribution, reference)
    )?;
    if let Some(name) = &package.reference_name {
        writeln!(text, "{reference} calls it {name}.")?;
    }
    if let Some(differences) = differences(package) {
        writeln!(text, "By architecture: {differences}.")?;
    }
    write_architectures(text, package, (distribution, reference))?;
    section(
        text,
        "Binary packages of one side alone",
        &binaries_alone_in_words(package, distribution, reference),
    )?;
    write_evidence(text, explained)?;
    write_sources(text, package)?;
    write_abi(text, package, (distribution, reference))?;
    write_builds(text, package)?;
    let statements: Vec<String> = package
        .statements
        .iter()
        .map(|statement| {
            let said = statement.text.as_deref().unwrap_or("nothing more");
            let source = statement.source.map_or("", |source| match source {
                StatedSource::Modified => "modified; ",
                StatedSource::Unmodified => "not modified; ",
                StatedSource::ToBeModified => "to be modified; ",
                StatedSource::NoLongerRequired => "no longer required; ",
            });
            let since = statement.since.as_ref();
            let since = since.map(|since| format!("; since {since}"));
            let url = statement.url.as_ref().map(|url| format!("; {url}"));
            let [since, url] = [since, url].map(Option::unwrap_or_default);
            format!("{}: {source}{said}{since}{url}", statement.who)
        })
        .collect();
    section(
        text,
        "Said by people, which counts for nothing",
        &statements,
    )?;
    let mut doubts = versions_beside_in_words(package, distribution, reference);
    doubts.extend(warnings_about(&report.warnings, &package.name).map(str::to_owned));
    section(text, "Doubts", &doubts)
}

fn write_architectures(
    text: &mut String,
    package: &Package,
    (distribution, reference): (&str, &str),
) -> std::fmt::Result {
    writeln!(text)?;
    let evr = |build: &Option<BuildRecord>| {
        build.as_ref().map_or_else(
            || "-".to_owned(),
            |build| format!("{} ({})", build.evr, build.repository),
        )
    };
    for on in &package.architectures {
        let outcome: Outcome = on.outcome.into();
        writeln!(
            text,
            "  {}: {reference} {}, {distribution} {}",
            on.architecture,
            evr(&on.reference),
            evr(&on.distribution)
        )?;
        let why = match (outcome.cause, outcome.not_compared, outcome.evidence) {
            (Some(cause), _, Some(evidence)) => {
                format!(", {}, {}", cause_label(cause), evidence_label(evidence))
            }
            (_, Some(reason), _) => {
                let sentence =
                    not_compared_sentence(reason, outcome.presence, distribution, reference);
                format!(": {sentence}")
            }
            (_, _, Some(evidence)) => format!(", {}", evidence_label(evidence)),
            _ => String::new(),
        };
        writeln!(text, "    {}{why}", outcome_mark(&outcome).word)?;
        for elsewhere in &on.elsewhere {
            let ElsewhereRecord { side, build } = elsewhere;
            writeln!(text, "    {side} has {} ({})", build.evr, build.repository)?;
        }
    }
    Ok(())
}

fn write_evidence(text: &mut String, explained: &Explained<'_>) -> std::fmt::Result {
    let package = explained.package;
    let grades: BTreeSet<Evidence> = package
        .architectures
        .iter()
        .filter_map(|on| Outcome::from(on.outcome).evidence)
        .collect();
    let mut lines: Vec<String> = grades
        .into_iter()
        .rev()
        .map(|grade| format!("{}: {}", evidence_label(grade), evidence_sentence(grade)))
        .collect();
    lines.extend(texts_in_words(package));
    lines.extend(origins_in_words(package));
    lines.extend(levels_in_words(package, &explained.index.reference.name));
    lines.extend(package.expectation.clone());
    section(text, "Evidence", &lines)?;
    let sources: Vec<String> = explained
        .report
        .sources
        .iter()
        .filter(|source| tells_of(package, source))
        .map(|source| {
            let dated = source.dated.map_or_else(
                || "date not recorded".to_owned(),
                |dated| dated.0.to_string(),
            );
            format!(
                "{} {}: {}, {dated}",
                source.architecture, source.name, source.location
            )
        })
        .collect();
    section(text, "Read from", &sources)
}

/// Whether either side of the package comes from a repository, or its source does.
fn tells_of(package: &Package, source: &SourceRecord) -> bool {
    let mut on = package
        .architectures
        .iter()
        .filter(|on| on.architecture == source.architecture);
    on.any(|on| {
        let is_of = |build: &Option<BuildRecord>| {
            let build = build.as_ref();
            build.is_some_and(|build| build.repository == source.name)
        };
        match source.side {
            SideName::Distribution => is_of(&on.distribution),
            SideName::Reference => is_of(&on.reference),
            SideName::Origin => on.origin.as_ref() == Some(&source.name),
            _ => false,
        }
    })
}

fn write_sources(text: &mut String, package: &Package) -> std::fmt::Result {
    let changes: Vec<String> = package
        .changes
        .iter()
        .map(|change| {
            let origin = change.origin.as_deref().unwrap_or("origin not known");
            let class: ChangeClass = change.class.into();
            let mut line = format!("{}: {} ({origin})", class.name(), change.summary);
            for hunk in &change.hunks {
                let _ = write!(
                    line,
                    "; {} {}",
                    hunk.file,
                    LineRange::of_hunk(hunk).in_words()
                );
            }
            if change.hunks.is_empty() && !change.files.is_empty() {
                let _ = write!(line, "; seen in {}", change.files.join(", "));
            }
            line
        })
        .collect();
    section(text, "Changes", &changes)?;
    let unexplained: Vec<String> = package
        .unexplained
        .iter()
        .map(|unexplained| {
            let lines = LineRange::of_hunk(&unexplained.hunk).in_words();
            format!("{} {lines}: {}", unexplained.hunk.file, unexplained.reason)
        })
        .collect();
    section(text, "Explained by no known change", &unexplained)?;
    let patches: Vec<String> = package
        .patches
        .iter()
        .map(|patch| {
            let origin = patch_origin(patch);
            let subject = patch.subject.as_deref().unwrap_or("no subject");
            let mut parts = vec![format!("{}: {subject} ({origin})", patch.path)];
            parts.extend([patch_facts(patch), patch_size(patch)]);
            parts.extend(patch.commit_links.iter().cloned());
            parts.extend(patch.fault.iter().cloned());
            parts.retain(|part| !part.is_empty());
            parts.join("; ")
        })
        .collect();
    section(text, "Patches", &patches)?;
    let Some(texts) = &package.texts else {
        return Ok(());
    };
    let mut lines = vec![format!(
        "{} against {}",
        texts.distribution_label, texts.reference_label
    )];
    for file in &texts.files {
        let what = match presence(file, texts.complete) {
            Some(presence) => presence,
            None if is_changed(file) => "changed",
            None => "the same",
        };
        lines.push(format!("{}: {what}", file.path));
    }
    section(text, "Source texts", &lines)
}

fn write_abi(
    text: &mut String,
    package: &Package,
    (distribution, reference): (&str, &str),
) -> std::fmt::Result {
    let mut lines = Vec::new();
    for on in &package.architectures {
        let Some(record) = &on.abi else { continue };
        let mark = abi_mark(record.outcome.into());
        lines.push(format!(
            "{}: {}: {}",
            on.architecture,
            mark.word,
            abi_line(record, distribution, reference)
        ));
        let differences = difference_lines(record);
        lines.extend(differences.iter().map(|line| format!("  {line}")));
    }
    for report in &package.tool_reports {
        let tool = tool_name(report.tool);
        lines.push(format!("{tool}: {}", tool_line(report)));
        let details = tool_details(report);
        lines.extend(details.iter().map(|line| format!("  {line}")));
    }
    section(text, "Binary interface", &lines)
}

fn write_builds(text: &mut String, package: &Package) -> std::fmt::Result {
    let lines: Vec<String> = package
        .builds
        .iter()
        .map(|run| {
            let mut parts = vec![
                format!(
                    "{}, {}: {} ({})",
                    run.id,
                    when(run),
                    source_in_words(run),
                    run.git_ref
                ),
                tasks_in_words(run),
                aftermath(&BuildOutcome::of_run(run)),
            ];
            parts.extend(run.url.clone());
            parts.retain(|part| !part.is_empty());
            parts.join("; ")
        })
        .collect();
    section(text, "Builds", &lines)
}

/// A heading and its lines; nothing where there are none.
fn section(text: &mut String, heading: &str, lines: &[impl AsRef<str>]) -> std::fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n{heading}")?;
    lines
        .iter()
        .try_for_each(|line| writeln!(text, "  {}", line.as_ref()))
}
