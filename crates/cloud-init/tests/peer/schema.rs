//! Every key that the peer's schema has, with every kind of value.

use std::path::Path;

use serde_json::{Value, json};

/// The kinds of values, as YAML writes them.
const KINDS: [&str; 26] = [
    "null",
    "true",
    "'false'",
    "0",
    "7",
    "-1",
    "4294967296",
    "99999999999999999999",
    "1.5",
    "''",
    "text",
    "'0644'",
    "1.2.3.4",
    "https://example.com/x",
    "2026-11-22",
    "2026-11-22T10:00:00Z",
    "!!binary aGk=",
    "[]",
    "[text]",
    "[1]",
    "[[text]]",
    "[text, text]",
    "[null, {a: b}]",
    "{}",
    "{a: b}",
    "{1: text}",
];

/// How many references are followed: some schemas contain themselves.
const DEEPEST: usize = 12;

/// A config for each key of the schema and each kind of value, with nothing else in it.
pub(crate) fn texts(packages: &Path) -> Vec<String> {
    let path = packages.join("cloudinit/config/schemas/schema-cloud-config-v1.json");
    let schema = std::fs::read(path).expect("the schema of cloud-init");
    let schema: Value = serde_json::from_slice(&schema).expect("JSON");
    let mut forms = Forms { schema: &schema, found: Vec::new() };
    forms.add(&schema, "@", DEEPEST);
    let mut forms = forms.found;
    forms.sort();
    forms.dedup();
    let configs = forms.iter().flat_map(|form| KINDS.map(|kind| form.replace('@', kind)));
    configs.map(|config| format!("#cloud-config\n{config}\n")).collect()
}

/// Ways to write a config with one value in it, which is `@`.
struct Forms<'s> {
    schema: &'s Value,
    found: Vec<String>,
}

impl Forms<'_> {
    fn add(&mut self, node: &Value, form: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if let Some(reference) = node["$ref"].as_str() {
            let target = self.schema.pointer(reference.trim_start_matches('#'));
            self.add(target.expect("what a reference names"), form, depth);
        }
        for alternative in ["allOf", "anyOf", "oneOf"].iter().flat_map(|name| list(&node[name])) {
            self.add(alternative, form, depth);
        }
        if node["items"].is_object() {
            self.inside(&node["items"], form, "[@]", depth);
            self.found.push(form.replace('@', "[text, @]"));
        }
        for (key, value) in node["properties"].as_object().into_iter().flatten() {
            self.inside(value, form, &format!("{{{}: @}}", json!(key)), depth);
        }
        for (pattern, value) in node["patternProperties"].as_object().into_iter().flatten() {
            let key = if pattern.contains("[0-9]") || pattern.contains("\\d") { "eth0" } else { "name" };
            self.inside(value, form, &format!("{{{key}: @}}"), depth);
        }
        if node["additionalProperties"].is_object() {
            self.inside(&node["additionalProperties"], form, "{name: @}", depth);
        }
        // What is required beside it keeps other complaints away.
        let required: Vec<&str> = list(&node["required"]).iter().filter_map(Value::as_str).collect();
        if !required.is_empty() {
            let entries: Vec<String> = required.iter().map(|key| format!("{}: @", json!(key))).collect();
            self.found.push(form.replace('@', &format!("{{{}}}", entries.join(", "))));
        }
    }

    fn inside(&mut self, node: &Value, form: &str, piece: &str, depth: usize) {
        let form = form.replace('@', piece);
        self.add(node, &form, depth);
        self.found.push(form);
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
