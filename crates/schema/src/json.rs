//! The tables as JSON Schema, for editors and other tools.
//!
//! The schema is of draft 7, which all of them know. It says what JSON Schema can say: patterns are those of the program,
//! with the syntax of its language, and what a release reports without refusing it is marked as deprecated.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::{Bounds, Check, Deprecated, Habits, List, Literal, Node, Object, Pattern, Release, Rest, Shape};

/// The schema of what a release accepts.
#[must_use]
pub fn schema(title: &str, root: &'static Node, release: Release, habits: Habits) -> Value {
    let mut writer = Writer { release, habits, names: HashMap::new(), definitions: Map::new() };
    let root = writer.node(root);
    let mut schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "title": title});
    if let (Value::Object(schema), Value::Object(root)) = (&mut schema, root) {
        schema.extend(root);
        if !writer.definitions.is_empty() {
            schema.insert("definitions".to_owned(), writer.definitions.into());
        }
    }
    schema
}

/// Writes nodes as schemas.
struct Writer {
    release: Release,
    habits: Habits,
    /// What stands elsewhere, by its address in the tables.
    names: HashMap<*const Node, String>,
    definitions: Map<String, Value>,
}

impl Writer {
    fn node(&mut self, node: &'static Node) -> Value {
        let mut schema = self.shape(&node.shape);
        let Value::Object(fields) = &mut schema else { return schema };
        let mut notes = Map::new();
        if !node.doc.is_empty() {
            notes.insert("description".to_owned(), node.doc.into());
        }
        if !node.default.is_empty() {
            let default = serde_json::from_str(node.default).unwrap_or_else(|_| node.default.into());
            notes.insert("default".to_owned(), default);
        }
        if let Some(deprecated) = node.deprecated.filter(|found| found.reported_since <= self.release) {
            notes.insert("deprecated".to_owned(), true.into());
            notes.insert("deprecationMessage".to_owned(), reason(deprecated).into());
        }
        // What stands beside a reference is ignored.
        if !notes.is_empty() && fields.contains_key("$ref") {
            schema = json!({"allOf": [schema]});
        }
        if let Value::Object(fields) = &mut schema {
            fields.extend(notes);
        }
        schema
    }

    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Any => json!({}),
            Shape::Null => json!({"type": "null"}),
            Shape::Bool => json!({"type": "boolean"}),
            Shape::Int(bounds) => number("integer", *bounds),
            Shape::Number(bounds) => number("number", *bounds),
            Shape::Str => json!({"type": "string"}),
            Shape::Matching(pattern) => self.matching(pattern),
            Shape::Words(words) => json!({"enum": words}),
            Shape::Dated(words) => {
                let has = |word: &&crate::Word| word.life.includes(self.release);
                json!({"enum": words.iter().filter(has).map(|word| word.text).collect::<Vec<_>>()})
            }
            Shape::Enum(literals) => json!({"enum": literals.iter().map(literal).collect::<Vec<_>>()}),
            Shape::List(list) => self.list(list),
            Shape::Map(object) => self.object(object),
            Shape::Types(nodes) | Shape::AnyOf(nodes) => self.choice("anyOf", nodes),
            Shape::OneOf(nodes) => self.choice("oneOf", nodes),
            Shape::AllOf(nodes) => self.all(nodes),
            Shape::Since(forms) => match forms.iter().find(|(since, _)| *since <= self.release) {
                Some((_, form)) => self.node(form),
                None => json!({}),
            },
            Shape::Ref(other) => self.reference(other),
        }
    }

    fn known(&self, nodes: &'static [Node]) -> Vec<&'static Node> {
        nodes.iter().filter(|node| node.life.includes(self.release)).collect()
    }

    fn choice(&mut self, keyword: &str, nodes: &'static [Node]) -> Value {
        let known = self.known(nodes);
        match known.as_slice() {
            // There has to be one.
            [] => json!({"not": {}}),
            [only] => self.node(only),
            _ => {
                let all: Vec<Value> = known.into_iter().map(|node| self.node(node)).collect();
                json!({keyword: all})
            }
        }
    }

    fn all(&mut self, nodes: &'static [Node]) -> Value {
        let stands_alone =
            self.habits.reference_stands_alone && matches!(nodes, [Node { shape: Shape::Ref(_), .. }, ..]);
        let known = self.known(if stands_alone { &nodes[..1] } else { nodes });
        match known.is_empty() {
            true => json!({}),
            false => json!({"allOf": known.into_iter().map(|node| self.node(node)).collect::<Vec<_>>()}),
        }
    }

    /// What stands elsewhere is written once, since it may contain itself.
    fn reference(&mut self, node: &'static Node) -> Value {
        let address = std::ptr::from_ref(node);
        let name = match self.names.get(&address) {
            Some(name) => name.clone(),
            None => {
                let name = format!("definition-{}", self.names.len() + 1);
                self.names.insert(address, name.clone());
                let schema = self.node(node);
                self.definitions.insert(name.clone(), schema);
                name
            }
        };
        json!({"$ref": format!("#/definitions/{name}")})
    }

    fn matching(&self, pattern: &Pattern) -> Value {
        match pattern.check {
            Check::Expression | Check::GoExpression => json!({"type": "string", "pattern": pattern.text}),
            Check::HostName if !self.habits.checks_host_names => json!({"type": "string"}),
            Check::Format | Check::HostName => json!({"type": "string", "format": pattern.text}),
        }
    }

    fn list(&mut self, list: &'static List) -> Value {
        let mut schema = json!({"type": "array"});
        let items = self.node(&list.items);
        if items != json!({}) {
            schema["items"] = items;
        }
        if list.min > 0 {
            schema["minItems"] = list.min.into();
        }
        if let Some(max) = list.max {
            schema["maxItems"] = max.into();
        }
        if list.unique {
            schema["uniqueItems"] = true.into();
        }
        schema
    }

    fn object(&mut self, object: &'static Object) -> Value {
        let mut schema = Map::new();
        if !object.partial {
            schema.insert("type".to_owned(), "object".into());
        }
        let mut add = |keyword: &str, value: Value| _ = schema.insert(keyword.to_owned(), value);
        let release = self.release;
        let keys = object.keys.iter().filter(|key| key.node.life.includes(release));
        let keys: Map<String, Value> = keys.map(|key| (key.name.to_owned(), self.node(&key.node))).collect();
        if !keys.is_empty() {
            add("properties", keys.into());
        }
        let patterns = object.patterns.iter().filter(|(_, node)| node.life.includes(release));
        let patterns: Map<String, Value> =
            patterns.map(|(pattern, node)| (pattern.text.to_owned(), self.node(node))).collect();
        if !patterns.is_empty() {
            add("patternProperties", patterns.into());
        }
        match object.rest {
            Rest::Open => {}
            Rest::Closed => add("additionalProperties", false.into()),
            Rest::Each(node) => add("additionalProperties", self.node(node)),
        }
        if !object.required.is_empty() {
            add("required", json!(object.required));
        }
        let apart: Vec<Value> =
            object.exclusive.iter().map(|(one, two)| json!({"not": {"required": [one, two]}})).collect();
        if !apart.is_empty() {
            add("allOf", apart.into());
        }
        if object.min > 0 {
            add("minProperties", object.min.into());
        }
        schema.into()
    }
}

fn number(kind: &str, bounds: Bounds) -> Value {
    let mut schema = json!({"type": kind});
    if let Some(min) = bounds.min() {
        schema["minimum"] = min.into();
    }
    if let Some(max) = bounds.max() {
        schema["maximum"] = max.into();
    }
    schema
}

fn literal(literal: &Literal) -> Value {
    match *literal {
        Literal::Str(text) => text.into(),
        Literal::Bool(truth) => truth.into(),
        Literal::Int(number) => number.into(),
    }
}

/// What editors show for a form that is deprecated.
fn reason(deprecated: &Deprecated) -> String {
    let since = match deprecated.version {
        version if version == Release::default() => "deprecated".to_owned(),
        version => format!("deprecated in {version}"),
    };
    match deprecated.instead {
        "" => since,
        instead => format!("{since}: {instead}"),
    }
}
