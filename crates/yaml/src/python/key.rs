//! Which keys are equal to a Python dictionary.

use super::{Date, DateTime};
use crate::NodeId;
use crate::scalar::Scalar;

/// A key, the same for all that Python takes for equal: `1`, `1.0` and `true` are, `1` and `"1"` are not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key<'t> {
    /// `None`
    None,
    /// A number: whole, and a boolean too.
    Int(i64),
    /// The decimal digits of a whole number that does not fit.
    BigInt(Box<str>),
    /// The bits of any other number.
    Float(u64),
    /// `.nan`, which is one object and so equal to itself.
    Nan,
    /// Any other that is not a number, equal only to the same node.
    OtherNan(NodeId),
    /// Text.
    Text(&'t str),
    /// Bytes.
    Bytes(Box<[u8]>),
    /// A day.
    Date(Date),
    /// A time without a zone, in microseconds.
    LocalTime(i64),
    /// A time with a zone, in microseconds of UTC.
    Time(i64),
}

/// The key that a scalar makes, which stands at `node` and reads `text`.
#[must_use]
pub fn key<'t>(scalar: &Scalar, text: &'t str, node: NodeId) -> Key<'t> {
    match scalar {
        Scalar::Null => Key::None,
        Scalar::Bool(truth) => Key::Int(i64::from(*truth)),
        Scalar::Int(int) => Key::Int(*int),
        Scalar::Uint(int) => Key::BigInt(int.to_string().into()),
        Scalar::BigInt(digits) => Key::BigInt(digits.clone()),
        Scalar::Float(float) => of_float(*float, text, node),
        Scalar::Binary(bytes) => Key::Bytes(bytes.as_slice().into()),
        Scalar::Date(date) => Key::Date(*date),
        Scalar::DateTime(time) => of_time(*time),
        Scalar::Timestamp | Scalar::Text | Scalar::Merge => Key::Text(text),
    }
}

fn of_float(float: f64, text: &str, node: NodeId) -> Key<'static> {
    if float.is_nan() {
        let is_the_one = text.replace('_', "").to_lowercase().trim_start_matches(['-', '+']) == ".nan";
        return if is_the_one { Key::Nan } else { Key::OtherNan(node) };
    }
    if float.is_infinite() || float.fract() != 0.0 {
        return Key::Float(float.to_bits());
    }
    // Exact, however large.
    let digits = format!("{float:.0}");
    match digits.as_str() {
        "-0" => Key::Int(0),
        _ => digits.parse().map_or_else(|_| Key::BigInt(digits.into()), Key::Int),
    }
}

fn of_time(time: DateTime) -> Key<'static> {
    if time.offset.is_some() { Key::Time(time.instant()) } else { Key::LocalTime(time.instant()) }
}
