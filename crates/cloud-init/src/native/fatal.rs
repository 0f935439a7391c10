//! Where the validator ends with an error of Python's: the first and the last line of its traceback.

use dryboot_schema::Crash;
use dryboot_yaml::NodeId;
use dryboot_yaml::python::Value;
use dryboot_yaml::scalar::Scalar;

use super::File;
use crate::verdict::{Cause, Judged};

/// What is printed about an error that nobody catches.
pub(super) fn printed(cause: Option<&Cause>, judged: &Judged, file: &File<'_>) -> String {
    let last = match cause {
        Some(Cause::Encoding) => format!("UnicodeDecodeError: {}", undecoded(file.bytes)),
        Some(Cause::Value(message)) => message.clone(),
        Some(Cause::Crash(crash)) => said(*crash, judged),
        // A limit of ours: the program has none.
        Some(Cause::Limit(message)) => return message.clone(),
        _ => String::new(),
    };
    match last.is_empty() {
        true => "Traceback (most recent call last):".to_owned(),
        false => format!("Traceback (most recent call last):\n{last}"),
    }
}

fn said(crash: Crash, judged: &Judged) -> String {
    let class = |value: NodeId| {
        judged.reading.as_ref().and_then(|reading| reading.loaded.value(value)).map_or("object", type_name)
    };
    match crash {
        Crash::KeyIsNotText(key) => {
            format!("TypeError: expected string or bytes-like object, got '{}'", class(key))
        }
        Crash::NotAMapping(value) => {
            format!("AttributeError: '{}' object has no attribute 'get'", class(value))
        }
        Crash::Bytes(_) => "TypeError: cannot use a string pattern on a bytes-like object".to_owned(),
        Crash::UnsortableKeys(_) | Crash::Unsortable(_) => {
            "TypeError: '<' not supported between instances of 'int' and 'str'".to_owned()
        }
        Crash::Endless(_) => "RecursionError: maximum recursion depth exceeded".to_owned(),
    }
}

/// The name of a value's class.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::List(_) | Value::Pairs(_) => "list",
        Value::Dict(_) => "dict",
        Value::Set(_) => "set",
        Value::Scalar { scalar, .. } => match scalar {
            Scalar::Null => "NoneType",
            Scalar::Bool(_) => "bool",
            Scalar::Int(_) | Scalar::Uint(_) | Scalar::BigInt(_) => "int",
            Scalar::Float(_) => "float",
            Scalar::Binary(_) => "bytes",
            Scalar::Date(_) => "datetime.date",
            Scalar::DateTime(_) | Scalar::Timestamp => "datetime.datetime",
            Scalar::Text | Scalar::Merge => "str",
        },
    }
}

/// What Python's decoder says of bytes that are not UTF-8.
fn undecoded(bytes: &[u8]) -> String {
    let Some((at, length, reason)) = fault(bytes) else { return String::new() };
    match length {
        1 => {
            let byte = bytes.get(at).copied().unwrap_or_default();
            format!("'utf-8' codec can't decode byte 0x{byte:02x} in position {at}: {reason}")
        }
        length => {
            let last = at + length - 1;
            format!("'utf-8' codec can't decode bytes in position {at}-{last}: {reason}")
        }
    }
}

/// What PyYAML says of them.
pub(super) fn undecoded_by_yaml(bytes: &[u8]) -> String {
    let Some((at, _, reason)) = fault(bytes) else { return String::new() };
    let byte = bytes.get(at).copied().unwrap_or_default();
    format!("unacceptable character #x{byte:04x}: {reason}\n  in \"<byte string>\", position {at}")
}

/// Where bytes stop being UTF-8, how many are at fault, and why.
fn fault(bytes: &[u8]) -> Option<(usize, usize, &'static str)> {
    let error = std::str::from_utf8(bytes).err()?;
    let at = error.valid_up_to();
    let first = bytes.get(at).copied().unwrap_or_default();
    let is_start = matches!(first, 0xC2..=0xF4);
    Some(match error.error_len() {
        None => (at, bytes.len() - at, "unexpected end of data"),
        Some(_) if !is_start => (at, 1, "invalid start byte"),
        Some(length) => (at, length, "invalid continuation byte"),
    })
}
