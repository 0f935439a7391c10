//! Values as Python's `repr` shows them.

use std::fmt::Write as _;

use dryboot_yaml::python::{Date, DateTime, Loaded, Value, repr};
use dryboot_yaml::scalar::Scalar;
use dryboot_yaml::{Content, NodeId, Tree};

use super::hidden::{Hidden, MASK};

/// How deep values are shown; aliases may lead deeper than a text.
const DEEPEST: usize = 200;

/// Shows values of a text.
pub(super) struct Repr<'a> {
    pub(super) tree: &'a Tree,
    pub(super) loaded: &'a Loaded,
    pub(super) hidden: Hidden,
    /// How many bytes may still be shown, in all messages together: a value may be part of many others.
    pub(super) room: usize,
}

impl Repr<'_> {
    /// The value at a path.
    pub(super) fn of(&mut self, value: NodeId, path: &str) -> String {
        let mut shown = String::new();
        let mut path = path.to_owned();
        self.write(value, &mut path, &mut Vec::new(), &mut shown);
        self.room = self.room.saturating_sub(shown.len());
        shown
    }

    fn write(&self, value: NodeId, path: &mut String, around: &mut Vec<NodeId>, shown: &mut String) {
        if shown.len() > self.room || around.len() > DEEPEST {
            shown.push('…');
            return;
        }
        let target = self.tree.resolve(value).unwrap_or(value);
        let node = self.tree.node(target);
        let is_secret = |text: &str| self.hidden.hides_scalar(text, node.span);
        if self.hidden.hides(path) || node.text().is_some_and(is_secret) {
            shown.push_str(MASK);
            return;
        }
        let goes_round = around.contains(&target);
        let Some(value) = self.loaded.value(target) else { return self.pair(target, path, around, shown) };
        around.push(target);
        match value {
            Value::Scalar { scalar, text } => self.scalar(scalar, *text, shown),
            Value::List(_) if goes_round => shown.push_str("[...]"),
            Value::Dict(_) if goes_round => shown.push_str("{...}"),
            Value::Set(_) if goes_round => shown.push_str("set(...)"),
            Value::Pairs(_) if goes_round => shown.push_str("[...]"),
            Value::List(items) => {
                self.all(['[', ']'], items.len(), shown, |index, shown| {
                    self.inside(&index.to_string(), items[index], path, around, shown);
                });
            }
            Value::Dict(entries) => {
                self.all(['{', '}'], entries.len(), shown, |index, shown| {
                    let entry = &entries[index];
                    self.write(entry.key, &mut String::new(), around, shown);
                    shown.push_str(": ");
                    self.inside(&self.key(entry.key), entry.value, path, around, shown);
                });
            }
            Value::Set(keys) if keys.is_empty() => shown.push_str("set()"),
            Value::Set(keys) => {
                self.all(['{', '}'], keys.len(), shown, |index, shown| {
                    self.inside("", keys[index], path, around, shown);
                });
            }
            Value::Pairs(pairs) => {
                self.all(['[', ']'], pairs.len(), shown, |index, shown| {
                    let pair = &pairs[index];
                    shown.push('(');
                    self.write(pair.key, &mut String::new(), around, shown);
                    shown.push_str(", ");
                    self.inside(&self.key(pair.key), pair.value, path, around, shown);
                    shown.push(')');
                });
            }
        }
        around.pop();
    }

    fn all(
        &self,
        [open, close]: [char; 2],
        count: usize,
        shown: &mut String,
        mut each: impl FnMut(usize, &mut String),
    ) {
        shown.push(open);
        for index in 0..count {
            if index > 0 {
                shown.push_str(", ");
            }
            each(index, shown);
            if shown.len() > self.room {
                break;
            }
        }
        shown.push(close);
    }

    fn inside(
        &self,
        step: &str,
        value: NodeId,
        path: &mut String,
        around: &mut Vec<NodeId>,
        shown: &mut String,
    ) {
        let outside = path.len();
        path.push('.');
        path.push_str(step);
        self.write(value, path, around, shown);
        path.truncate(outside);
    }

    /// An item of `!!omap` or `!!pairs`, which PyYAML turns into a pair only later.
    fn pair(&self, item: NodeId, path: &mut String, around: &mut Vec<NodeId>, shown: &mut String) {
        let Content::Mapping(entries) = &self.tree.node(item).content else { return };
        let [pair] = entries.as_slice() else { return };
        shown.push('(');
        self.write(pair.key, &mut String::new(), around, shown);
        shown.push_str(", ");
        self.inside(&self.key(pair.key), pair.value, path, around, shown);
        shown.push(')');
    }

    fn key(&self, key: NodeId) -> String {
        self.tree.node(key).text().unwrap_or_default().to_owned()
    }

    fn scalar(&self, scalar: &Scalar, text: NodeId, shown: &mut String) {
        let text = || self.tree.node(text).text().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = match scalar {
            Scalar::Null => shown.write_str("None"),
            Scalar::Bool(true) => shown.write_str("True"),
            Scalar::Bool(false) => shown.write_str("False"),
            Scalar::Int(int) => write!(shown, "{int}"),
            Scalar::BigInt(digits) => shown.write_str(digits),
            Scalar::Float(float) => shown.write_str(&of_float(*float)),
            Scalar::Binary(bytes) => shown.write_str(&of_bytes(bytes)),
            Scalar::Date(date) => write!(shown, "datetime.date({})", of_date(*date)),
            Scalar::DateTime(time) => shown.write_str(&of_time(time)),
            Scalar::Text | Scalar::Merge | Scalar::Uint(_) | Scalar::Timestamp => {
                shown.write_str(&repr(text()))
            }
        };
    }
}

/// The shortest digits that give the same number, with an exponent where it is small or large.
pub(super) fn of_float(float: f64) -> String {
    if float.is_nan() {
        return "nan".to_owned();
    }
    if float.is_infinite() {
        return if float > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{float:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>().unwrap_or_default() {
        -4..16 => format!("{float:?}"),
        exponent => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
    }
}

fn of_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut shown = format!("b{quote}");
    for byte in bytes {
        let _ = match byte {
            b'\\' => shown.write_str("\\\\"),
            b'\n' => shown.write_str("\\n"),
            b'\r' => shown.write_str("\\r"),
            b'\t' => shown.write_str("\\t"),
            byte if char::from(*byte) == quote => write!(shown, "\\{quote}"),
            b' '..=b'~' => shown.write_char(char::from(*byte)),
            byte => write!(shown, "\\x{byte:02x}"),
        };
    }
    shown.push(quote);
    shown
}

fn of_date(Date { year, month, day }: Date) -> String {
    format!("{year}, {month}, {day}")
}

fn of_time(time: &DateTime) -> String {
    let mut shown = format!("datetime.datetime({}, {}, {}", of_date(time.date), time.hour, time.minute);
    let _ = match (time.second, time.microsecond) {
        (0, 0) => Ok(()),
        (second, 0) => write!(shown, ", {second}"),
        (second, microsecond) => write!(shown, ", {second}, {microsecond}"),
    };
    let _ = match time.offset {
        None => Ok(()),
        Some(0) => shown.write_str(", tzinfo=datetime.timezone.utc"),
        Some(minutes) => {
            let days = minutes.div_euclid(24 * 60);
            let seconds = minutes.rem_euclid(24 * 60) * 60;
            let days = if days == 0 { String::new() } else { format!("days={days}, ") };
            write!(shown, ", tzinfo=datetime.timezone(datetime.timedelta({days}seconds={seconds}))")
        }
    };
    shown.push(')');
    shown
}
