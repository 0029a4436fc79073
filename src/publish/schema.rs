//! The JSON Schema of each kind of document, made of the types that are written.

use crate::report::{
    BuildDays, Builds, Compatibility, Directory, Document, EndedDeviations, Facets, Fixes,
    HistoryMonth, HistoryYear, Index, Ledger, Names, Package, Repositories, Security,
};
use schemars::schema_for;
use serde_json::Value;

/// The path of each schema in a published set, with its text.
pub fn schemas() -> Vec<(String, Vec<u8>)> {
    all()
        .into_iter()
        .map(|(kind, schema)| (path_of(kind), text_of(&schema)))
        .collect()
}

/// The kind of each document with its schema.
pub fn all() -> [(&'static str, Value); 15] {
    [
        (BuildDays::KIND, schema_for!(BuildDays).into()),
        (Builds::KIND, schema_for!(Builds).into()),
        (Compatibility::KIND, schema_for!(Compatibility).into()),
        (Directory::KIND, schema_for!(Directory).into()),
        (EndedDeviations::KIND, schema_for!(EndedDeviations).into()),
        (Facets::KIND, schema_for!(Facets).into()),
        (Fixes::KIND, schema_for!(Fixes).into()),
        (HistoryMonth::KIND, schema_for!(HistoryMonth).into()),
        (HistoryYear::KIND, schema_for!(HistoryYear).into()),
        (Index::KIND, schema_for!(Index).into()),
        (Ledger::KIND, schema_for!(Ledger).into()),
        (Names::KIND, schema_for!(Names).into()),
        (Package::KIND, schema_for!(Package).into()),
        (Repositories::KIND, schema_for!(Repositories).into()),
        (Security::KIND, schema_for!(Security).into()),
    ]
}

/// The path of a kind's schema in a published set.
pub fn path_of(kind: &str) -> String {
    format!("schema/{kind}.schema.json")
}

/// Whether bytes are a JSON Schema that says anything.
pub fn is_schema(bytes: &[u8]) -> bool {
    let schema: Result<Value, _> = serde_json::from_slice(bytes);
    schema.is_ok_and(|schema| {
        let says_something = schema.as_object().is_some_and(|schema| !schema.is_empty());
        says_something && jsonschema::meta::is_valid(&schema)
    })
}

fn text_of(schema: &Value) -> Vec<u8> {
    // A value prints itself without fail, with its keys in order.
    let mut text = format!("{schema:#}").into_bytes();
    text.push(b'\n');
    text
}
