//! The copy of the merged config that cloud-init keeps as JSON, and what cannot be written so.
//!
//! Source: cloud-init 26.2, `stages.py` and `atomic_helper.py`; kept since 23.3.

use dryboot_schema::Release;

use crate::raised::Raised;
use crate::value::{Data, Key, Map, Value};

/// The first release that keeps the copy.
const SINCE: Release = Release::new(23, 3);

/// Writes the copy.
///
/// # Errors
/// A mapping has keys that Python cannot sort, or a key that JSON cannot have.
pub(crate) fn keep(config: &Value, release: Release) -> Result<(), Raised> {
    if release < SINCE { Ok(()) } else { written(config) }
}

fn written(value: &Value) -> Result<(), Raised> {
    match &value.data {
        Data::Map(map) => {
            keys(map)?;
            map.values().try_for_each(written)
        }
        Data::List(items) => items.iter().try_for_each(written),
        _ => Ok(()),
    }
}

/// What Python compares with one another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Null,
    Other,
}

fn keys(map: &Map) -> Result<(), Raised> {
    let kind = |key: &Key| match key {
        Key::Text(_) => Kind::Text,
        Key::Int(_) | Key::Bool(_) => Kind::Number,
        Key::Null => Kind::Null,
        Key::Other(shown) if shown.parse::<f64>().is_ok() => Kind::Number,
        Key::Other(_) => Kind::Other,
    };
    let mut kinds = map.keys().map(kind);
    let Some(first) = kinds.next() else { return Ok(()) };
    if let Some(other) = map.keys().skip(1).find(|key| kind(key) != first) {
        let one = map.keys().next().map(Key::shown).unwrap_or_default();
        let what = format!("the keys `{one}` and `{}` cannot be sorted", other.shown());
        return Err(Raised::type_error(what));
    }
    match map.keys().next() {
        Some(key) if first == Kind::Other => {
            Err(Raised::type_error(format!("`{}` cannot be a key in JSON", key.shown())))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(keys: &[Key]) -> Value {
        let entries = keys.iter().map(|key| (key.clone(), Value::empty())).collect::<Map>();
        Value::of(Data::List(vec![Value::of(Data::Map(entries))]))
    }

    #[test]
    fn keys_must_be_of_one_kind() {
        let newest = Release::new(26, 2);
        for keys in [
            vec![],
            vec!["a".into(), "b".into()],
            vec![Key::Int(8), Key::Bool(true), Key::Other("1.5".into())],
            vec![Key::Null],
        ] {
            assert_eq!(keep(&mapping(&keys), newest), Ok(()), "{keys:?}");
        }
        for keys in [
            vec!["a".into(), Key::Int(8)],
            vec![Key::Null, Key::Int(8)],
            vec![Key::Other("2026-11-22".into())],
        ] {
            assert!(keep(&mapping(&keys), newest).is_err(), "{keys:?}");
            assert_eq!(keep(&mapping(&keys), Release::new(23, 2)), Ok(()), "{keys:?}");
        }
    }
}
