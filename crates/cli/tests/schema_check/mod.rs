//! The parts of JSON Schema that our schemas use.

use serde_json::Value;

/// Compares a value with the parts of JSON Schema that ours uses, and refuses to pass over others.
pub(crate) fn check(value: &Value, schema: &Value, root: &Value, path: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let Some(keywords) = schema.as_object() else { return vec![format!("{path}: no schema")] };
    for (keyword, wanted) in keywords {
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let target = wanted.as_str().and_then(|name| root.pointer(name.trim_start_matches('#')));
                faults
                    .extend(target.map_or(vec![format!("{path}: {wanted}")], |target| {
                        check(value, target, root, path)
                    }));
                true
            }
            "type" => match wanted {
                Value::Array(kinds) => kinds.iter().any(|kind| is(value, kind)),
                kind => is(value, kind),
            },
            "const" => value == wanted,
            "enum" => wanted.as_array().is_some_and(|values| values.contains(value)),
            "minimum" => value.as_u64() >= wanted.as_u64(),
            // Of what is not an object, `type` speaks.
            "required" | "additionalProperties" if !value.is_object() => true,
            "required" => wanted.as_array().is_some_and(|names| {
                names.iter().all(|name| name.as_str().is_some_and(|name| value.get(name).is_some()))
            }),
            "additionalProperties" => value
                .as_object()
                .is_some_and(|object| object.keys().all(|key| schema["properties"].get(key).is_some())),
            "properties" => {
                for (name, schema) in wanted.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(name) {
                        faults.extend(check(value, schema, root, &format!("{path}.{name}")));
                    }
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults.extend(check(item, wanted, root, &format!("{path}[{index}]")));
                }
                true
            }
            other => {
                faults.push(format!("{path}: this test does not know the keyword {other}"));
                true
            }
        };
        if !holds {
            faults.push(format!("{path}: {value} does not fit {keyword} {wanted}"));
        }
    }
    faults
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64(),
        Some("null") => value.is_null(),
        _ => false,
    }
}
