//! Runs axe-core over the page that is open and puts what it finds into words.

use serde_json::Value;
use std::fs;

/// A script that runs every rule of axe-core and resolves to the violations as JSON.
pub fn script() -> String {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/node_modules/axe-core/axe.min.js"
    );
    let axe = fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("{file} cannot be read ({error}): run `make tools`"));
    format!(
        "{axe};\naxe.run(document, {{ resultTypes: ['violations'] }}).then((results) => results.violations)"
    )
}

/// One readable paragraph for each violated rule, with the elements at fault.
pub fn in_words(violations: &Value) -> Vec<String> {
    violations
        .as_array()
        .into_iter()
        .flatten()
        .map(violation)
        .collect()
}

fn violation(rule: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let elements = rule["nodes"].as_array().into_iter().flatten().map(|node| {
        format!(
            "\n    {} {}\n        {}",
            node["target"],
            text(&node["html"]),
            text(&node["failureSummary"]).replace('\n', "\n        ")
        )
    });
    format!(
        "{} ({}): {}{}",
        text(&rule["id"]),
        text(&rule["impact"]),
        text(&rule["help"]),
        elements.collect::<String>()
    )
}
