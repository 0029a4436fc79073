//! What rpminspect reported, in JSON: for each inspection a list of results. Those of the inspections of binary interfaces
//! make the status, all others are only counted.

use super::report_file::listed;
use crate::report::{ToolName, ToolReport, ToolStatusName};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The inspections that compare binary interfaces: of libraries, and of kernels.
const ABI_INSPECTIONS: [&str; 2] = ["abidiff", "kmidiff"];

/// Stands for a result that says none.
const UNSTATED: &str = "result not stated";

/// One result of an inspection of binary interfaces; versions of rpminspect differ in the further keys.
#[derive(Deserialize)]
struct InspectionResult {
    #[serde(default = "unstated")]
    result: String,
    message: Option<String>,
    /// A text, or a list of lines.
    details: Option<Value>,
}

fn unstated() -> String {
    UNSTATED.to_owned()
}

/// What a report tells.
#[derive(Default)]
struct Inspections {
    /// The results of the inspections of binary interfaces, each by its name.
    of_abi: BTreeMap<String, Vec<InspectionResult>>,
    /// How often each result is that of another inspection.
    counts: BTreeMap<String, usize>,
}

/// The inspections of a report. Anything else under a name of its own is none, unless it is what must be one. Of those that are only
/// counted all but the result may be anything.
fn inspections_of(text: &str) -> Result<Inspections, String> {
    let no_report = |cause: String| format!("it is no report of rpminspect: {cause}");
    let entries: BTreeMap<String, Value> =
        serde_json::from_str(text).map_err(|error| no_report(error.to_string()))?;
    let mut inspections = Inspections::default();
    for (name, value) in entries {
        if ABI_INSPECTIONS.contains(&name.as_str()) {
            let results = serde_json::from_value(value)
                .map_err(|error| no_report(format!("{name}: {error}")))?;
            inspections.of_abi.insert(name, results);
            continue;
        }
        let results = value.as_array().into_iter().flatten();
        for result in results.filter(|result| result.is_object()) {
            let word = result.get("result").and_then(Value::as_str);
            let word = word.unwrap_or(UNSTATED).to_owned();
            *inspections.counts.entry(word).or_default() += 1;
        }
    }
    Ok(inspections)
}

/// The lines of a text or of a list of texts.
fn lines_of(details: &Value) -> Vec<String> {
    let texts = match details {
        Value::Array(texts) => texts.as_slice(),
        text => std::slice::from_ref(text),
    };
    let texts = texts.iter().filter_map(Value::as_str);
    texts
        .flat_map(|text| text.lines().map(str::to_owned))
        .collect()
}

/// The report of a JSON text.
pub fn rpminspect_report(text: &str) -> Result<ToolReport, String> {
    let Inspections { of_abi, counts } = inspections_of(text)?;
    let abi = || {
        let of_abi = of_abi.iter();
        of_abi.flat_map(|(name, results)| results.iter().map(move |result| (name, result)))
    };
    let worst = abi()
        .map(|(_, result)| result.result.as_str())
        .max_by_key(|word| rank(word));
    let mut lines: Vec<String> = Vec::new();
    for (name, result) in abi() {
        let message = result.message.iter().map(|text| format!(" {text}"));
        lines.push(format!(
            "{name}: {}{}",
            result.result,
            message.collect::<String>()
        ));
        lines.extend(result.details.iter().flat_map(lines_of));
    }
    let counts: Vec<String> = counts
        .into_iter()
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    if !counts.is_empty() {
        // First, so that it is never cut off.
        lines.insert(0, format!("other inspections: {}", counts.join(", ")));
    }
    let (lines, lines_unlisted) = listed(lines);
    Ok(ToolReport {
        tool: ToolName::Rpminspect,
        architecture: None,
        status: worst.map_or(ToolStatusName::Unknown, status_of),
        said: worst.map(|word| listed([word.to_owned()]).0.concat()),
        lines,
        lines_unlisted,
    })
}

/// How grave a result is; one that is not known outranks what is harmless.
fn rank(result: &str) -> usize {
    let known = ["OK", "INFO", "SKIP", "DIAGNOSTICS"];
    match result {
        "BAD" => 9,
        "VERIFY" => 8,
        other => known.iter().position(|word| *word == other).unwrap_or(7),
    }
}

fn status_of(result: &str) -> ToolStatusName {
    match result {
        "OK" => ToolStatusName::Unchanged,
        "INFO" | "VERIFY" => ToolStatusName::Changed,
        "BAD" => ToolStatusName::Incompatible,
        _ => ToolStatusName::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, status: ToolStatusName, lines: &[&str]) {
        let report = rpminspect_report(json).unwrap();
        assert_eq!(report.status, status, "{json}");
        assert_eq!(report.lines, lines, "{json}");
    }

    #[test]
    fn inspections_of_binary_interfaces_make_the_status() {
        check(
            r#"{"abidiff": [{"result": "OK", "waiver authorization": "Not Waivable"}], "license": [{"result": "BAD"}],
               "new-one": [{"result": "ODD"}, {"result": "BAD", "message": "m"}]}"#,
            ToolStatusName::Unchanged,
            &["other inspections: 2 BAD, 1 ODD", "abidiff: OK"],
        );
        check(
            r#"{"kmidiff": [{"result": "INFO"}], "abidiff": [{"result": "VERIFY", "message": "libx.so.1 lost functions",
               "details": "1 Removed\n1 Added"}]}"#,
            ToolStatusName::Changed,
            &[
                "abidiff: VERIFY libx.so.1 lost functions",
                "1 Removed",
                "1 Added",
                "kmidiff: INFO",
            ],
        );
        check(
            r#"{"abidiff": [{"result": "OK"}, {"result": "BAD"}]}"#,
            ToolStatusName::Incompatible,
            &["abidiff: OK", "abidiff: BAD"],
        );
        check(
            r#"{"abidiff": [{"result": "SKIP"}]}"#,
            ToolStatusName::Unknown,
            &["abidiff: SKIP"],
        );
        check("{}", ToolStatusName::Unknown, &[]);
        check(
            r#"{"version": "2.1", "abidiff": [{"result": "OK"}], "license": [{"message": "m"}, {"result": "OK", "more": [1]}]}"#,
            ToolStatusName::Unchanged,
            &[
                "other inspections: 1 OK, 1 result not stated",
                "abidiff: OK",
            ],
        );
        check(
            r#"{"abidiff": [{"result": "OK"}, {"message": "m"}]}"#,
            ToolStatusName::Unknown,
            &["abidiff: OK", "abidiff: result not stated m"],
        );
    }

    #[test]
    fn details_may_be_a_list_and_of_other_inspections_anything() {
        check(
            r#"{"abidiff": [{"result": "INFO", "details": ["1 Added", "2\n3"]}], "license": [{"result": "OK", "details": ["a"], "message": 1}, {"result": 5}, 7]}"#,
            ToolStatusName::Changed,
            &[
                "other inspections: 1 OK, 1 result not stated",
                "abidiff: INFO",
                "1 Added",
                "2",
                "3",
            ],
        );
    }

    #[test]
    fn what_is_no_report_is_refused() {
        for text in ["", "[]", r#"{"abidiff": 1}"#, "<html>"] {
            assert!(rpminspect_report(text).is_err(), "{text}");
        }
    }
}
