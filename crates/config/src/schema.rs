//! The JSON Schema of the file, for editors.

use dryboot_core::rules;
use serde_json::{Map, Value, json};

use crate::choice::{Level, Word};
use crate::keys::{Accepts, Key, OVERRIDES, PATHS, PROJECT, SETTINGS};

/// The schema, which is of draft 7: editors know it best.
#[must_use]
pub fn schema() -> Value {
    let mut top = properties(PROJECT);
    top.append(&mut properties(SETTINGS));
    let mut exception = properties(SETTINGS);
    let paths = Accepts::Globs
        .schema("The files that this is for, as patterns relative to the directory of this file.");
    exception.insert(PATHS.to_owned(), paths);
    let exception = json!({
        "type": "object", "properties": exception, "required": [PATHS], "additionalProperties": false,
    });
    top.insert(
        OVERRIDES.to_owned(),
        json!({
            "description": "What holds for some files instead. Later ones outdo earlier ones.",
            "type": "array", "items": exception,
        }),
    );
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "dryboot.toml",
        "description": "How dryboot checks the files of a project",
        "type": "object",
        "properties": top,
        "additionalProperties": false,
    })
}

fn properties<S>(keys: &[Key<S>]) -> Map<String, Value> {
    keys.iter().map(|key| (key.name.to_owned(), key.accepts.schema(key.doc))).collect()
}

impl Accepts {
    fn schema(self, doc: &str) -> Value {
        let mut schema = match self {
            Self::Bool => json!({"type": "boolean"}),
            Self::Text => json!({"type": "string"}),
            Self::Words(words) => {
                let words: Vec<String> = words().into_iter().map(|(word, _)| word).collect();
                json!({"enum": words})
            }
            Self::Globs => json!({"type": "array", "items": {"type": "string"}}),
            Self::Rules => {
                let levels: Vec<&str> = Level::WORDS.iter().map(|(word, ..)| *word).collect();
                let rule = |rule: dryboot_core::Rule| {
                    (rule.name.to_owned(), json!({"description": rule.summary(), "enum": levels}))
                };
                let rules: Map<String, Value> = rules().into_iter().map(rule).collect();
                json!({"type": "object", "properties": rules, "additionalProperties": false})
            }
        };
        schema["description"] = Value::from(doc);
        schema
    }
}
