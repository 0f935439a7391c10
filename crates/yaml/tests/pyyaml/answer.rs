//! What our parser makes of a text, in the form of the peer's answers.

use std::collections::HashMap;
use std::fmt::Write as _;

use dryboot_yaml::python::{DateTime, Given, Loaded, Value, load, position, report};
use dryboot_yaml::scalar::Scalar;
use dryboot_yaml::{Crash, Dialect, Limits, NodeId, Stage, SyntaxError, Tree, parse};
use serde_json::json;

/// Numbers with more digits are not compared, only that there are so many.
const MOST_DIGITS: usize = 4300;

/// Our answer.
pub(crate) fn answer(text: &str) -> String {
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    let parsed = parse(text.as_bytes(), text, Dialect::PyYaml, &limits);
    assert_eq!(parsed.limit, None, "{text:?}");
    if let Some(answer) = fault(text, parsed.error.as_ref(), parsed.crash.as_ref()) {
        return answer;
    }
    let loaded = load(&parsed.tree, &limits);
    assert_eq!(loaded.limit, None, "{text:?}");
    fault(text, loaded.error.as_ref(), loaded.crash.as_ref()).unwrap_or_else(|| {
        let mut shown = String::from("value ");
        match parsed.tree.root() {
            Some(root) => {
                Shown { tree: &parsed.tree, loaded: &loaded, seen: HashMap::new() }.node(root, &mut shown);
            }
            None => shown.push_str("null"),
        }
        shown
    })
}

fn fault(text: &str, error: Option<&SyntaxError>, crash: Option<&Crash>) -> Option<String> {
    if let Some(Crash { message, .. }) = crash {
        let recursion = "RecursionError";
        let shown = if message.starts_with(recursion) { recursion } else { message };
        return Some(format!("crash {shown}"));
    }
    let error = error?;
    assert!(text.is_char_boundary(error.place) && text.is_char_boundary(error.noticed));
    let stage = match error.stage {
        Stage::Reader => "Reader",
        Stage::Parser => "Parser",
        Stage::Constructor => "Constructor",
    };
    let index = |offset: usize| text[..offset].chars().count();
    let mut what = match &error.context {
        Some((words, begun)) => vec![json!(words), json!(index(*begun))],
        None => vec![json!(null), json!(null)],
    };
    what.extend([json!(error.message), json!(index(error.noticed)), json!(report(error, text, Given::Text))]);
    if error.stage != Stage::Reader {
        let place = position(text, error.noticed);
        what.extend([json!(place.line), json!(place.column)]);
    }
    let what: Vec<String> = what.iter().map(serde_json::Value::to_string).collect();
    Some(format!("{stage} [{}]", what.join(", ")))
}

/// Values with their types. Lists and the like have numbers, so that loops end.
struct Shown<'t> {
    tree: &'t Tree,
    loaded: &'t Loaded,
    seen: HashMap<NodeId, usize>,
}

impl Shown<'_> {
    fn node(&mut self, id: NodeId, shown: &mut String) {
        let value = self.loaded.value(id).expect("a value");
        if let Value::Scalar { scalar, text } = value {
            let text = self.tree.node(*text).text().unwrap_or_default();
            return shown.push_str(&scalar_text(scalar, text));
        }
        let number = self.seen.len();
        let target = self.tree.resolve(id).expect("an anchor");
        if let Some(number) = self.seen.get(&target) {
            return write!(shown, "*{number}").expect("text");
        }
        self.seen.insert(target, number);
        match value.clone() {
            Value::Scalar { .. } => {}
            Value::List(items) => {
                self.all("[", &items, "]", shown, |this, item, shown| this.node(*item, shown));
            }
            Value::Dict(entries) => self.all("{", &entries, "}", shown, |this, entry, shown| {
                this.node(entry.key, shown);
                shown.push_str(": ");
                this.node(entry.value, shown);
            }),
            Value::Set(keys) => {
                let mut keys: Vec<String> = keys
                    .into_iter()
                    .map(|key| {
                        let mut shown = String::new();
                        self.node(key, &mut shown);
                        shown
                    })
                    .collect();
                keys.sort();
                self.all("set(", &keys, ")", shown, |_, key, shown| shown.push_str(key));
            }
            Value::Pairs(pairs) => self.all("[", &pairs, "]", shown, |this, pair, shown| {
                shown.push('(');
                this.node(pair.key, shown);
                shown.push_str(", ");
                this.node(pair.value, shown);
                shown.push(')');
            }),
        }
    }

    fn all<T>(
        &mut self,
        open: &str,
        items: &[T],
        close: &str,
        shown: &mut String,
        show: impl Fn(&mut Self, &T, &mut String),
    ) {
        shown.push_str(open);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                shown.push_str(", ");
            }
            show(self, item, shown);
        }
        shown.push_str(close);
    }
}

fn scalar_text(scalar: &Scalar, text: &str) -> String {
    match scalar {
        Scalar::Null => "null".to_owned(),
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Int(int) => int.to_string(),
        Scalar::BigInt(digits) if digits.trim_start_matches('-').len() > MOST_DIGITS => "huge".to_owned(),
        Scalar::BigInt(digits) => digits.to_string(),
        Scalar::Float(float) if float.is_nan() => "nan".to_owned(),
        Scalar::Float(float) => format!("float {:016x}", float.to_bits()),
        Scalar::Date(date) => format!("{:04}-{:02}-{:02}", date.year, date.month, date.day),
        Scalar::DateTime(time) => time_text(time),
        Scalar::Binary(bytes) => {
            bytes.iter().fold("bytes ".to_owned(), |shown, byte| shown + &format!("{byte:02x}"))
        }
        Scalar::Text => format!("text {text}"),
        Scalar::Uint(_) | Scalar::Timestamp | Scalar::Merge => format!("{scalar:?}"),
    }
}

fn time_text(time: &DateTime) -> String {
    let DateTime { date, hour, minute, second, microsecond, offset } = time;
    let zone = offset.map_or_else(String::new, |offset| format!(" {offset}"));
    let date = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{microsecond:06}{zone}")
}
