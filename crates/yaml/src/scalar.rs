//! What a scalar means: the resolution of plain text and tags in the targets' libraries.
//!
//! Source: go-yaml's `resolve` as described in its v1 fork of 2014 and in yaml.v3, run under
//! Go 1.19.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::number::{go_float, go_int};
use crate::python::{self, Date, DateTime};
use crate::{Dialect, Style};

/// A resolved scalar.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// Nothing, `~`, `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number that fits 64 bits with sign.
    Int(i64),
    /// A whole number that fits 64 bits only without sign; yaml.v3 alone has these.
    Uint(u64),
    /// A whole number that does not fit, in PyYAML alone: its decimal digits, or of one with more than 4300 digits
    /// what is written.
    BigInt(Box<str>),
    /// A number with a fraction or an exponent, or one too large for an integer.
    Float(f64),
    /// A date or a time of yaml.v3.
    Timestamp,
    /// A date of PyYAML.
    Date(Date),
    /// A date with a time of PyYAML.
    DateTime(DateTime),
    /// Text: what the scalar says after unescaping.
    Text,
    /// What a `!!binary` scalar decodes to.
    Binary(Vec<u8>),
    /// A plain `<<`: the key that merges.
    Merge,
}

impl Scalar {
    /// The tag that the libraries print for this type.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Bool(_) => "!!bool",
            Self::Int(_) | Self::Uint(_) | Self::BigInt(_) => "!!int",
            Self::Float(_) => "!!float",
            Self::Timestamp | Self::Date(_) | Self::DateTime(_) => "!!timestamp",
            Self::Text | Self::Binary(_) => "!!str",
            Self::Merge => "!!merge",
        }
    }
}

const TAG_PREFIX: &str = "tag:yaml.org,2002:";

/// Resolves a scalar.
///
/// # Errors
/// The library's words when the text does not fit its tag.
pub fn resolve(text: &str, style: Style, tag: Option<&str>, dialect: Dialect) -> Result<Scalar, String> {
    if dialect == Dialect::PyYaml {
        return python::construct(text, style, tag).map_err(python::Refusal::into_message);
    }
    let Some(tag) = tag else {
        return Ok(match style {
            Style::Plain => resolve_plain(text, dialect),
            _ => Scalar::Text,
        });
    };
    let Some(kind) = tag.strip_prefix(TAG_PREFIX) else {
        // The non-specific tag `!` asks for text; tags of one's own mean nothing to the libraries.
        return Ok(Scalar::Text);
    };
    let timestamps = dialect == Dialect::GoYamlV3;
    match kind {
        "str" => Ok(Scalar::Text),
        "binary" => decode_base64(text)
            .map(Scalar::Binary)
            .ok_or_else(|| "!!binary value contains invalid base64 data".to_owned()),
        "null" | "bool" | "int" | "float" | "merge" => tagged(text, kind, dialect),
        "timestamp" if timestamps => tagged(text, kind, dialect),
        _ => Ok(Scalar::Text),
    }
}

fn tagged(text: &str, kind: &str, dialect: Dialect) -> Result<Scalar, String> {
    let resolved = resolve_plain(text, dialect);
    // A date is a date only without a tag or with its own.
    let resolved = match resolved {
        Scalar::Timestamp if kind != "timestamp" => Scalar::Text,
        other => other,
    };
    if resolved.tag().strip_prefix("!!") == Some(kind) {
        return Ok(resolved);
    }
    match (&resolved, kind, dialect) {
        #[expect(clippy::cast_precision_loss, reason = "as Go converts an int to a float64")]
        (Scalar::Int(int), "float", Dialect::GoYamlV3) => Ok(Scalar::Float(*int as f64)),
        _ => Err(format!("cannot decode {} `{text}` as a !!{kind}", resolved.tag())),
    }
}

fn resolve_plain(text: &str, dialect: Dialect) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Bool(true),
        "false" | "False" | "FALSE" => return Scalar::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        "<<" => return Scalar::Merge,
        _ => {}
    }
    if dialect == Dialect::GoYamlV1
        && let Some(truth) = yaml11_bool(text)
    {
        return Scalar::Bool(truth);
    }
    match text.as_bytes()[0] {
        b'.' => go_float(text).map_or(Scalar::Text, Scalar::Float),
        b'0'..=b'9' | b'+' | b'-' => resolve_number(text, dialect),
        _ => Scalar::Text,
    }
}

fn resolve_number(text: &str, dialect: Dialect) -> Scalar {
    if dialect == Dialect::GoYamlV3 && crate::timestamp::is_timestamp(text) {
        return Scalar::Timestamp;
    }
    let digits = text.replace('_', "");
    if let Some(int) = go_int(&digits) {
        if let Ok(int) = i64::try_from(int) {
            return Scalar::Int(int);
        }
        if dialect == Dialect::GoYamlV3
            && !digits.starts_with('+')
            && let Ok(int) = u64::try_from(int)
        {
            return Scalar::Uint(int);
        }
    }
    let is_float = match dialect {
        Dialect::GoYamlV1 => true,
        _ => is_yaml_float(&digits),
    };
    match go_float(&digits) {
        Some(float) if is_float => Scalar::Float(float),
        _ => Scalar::Text,
    }
}

/// yaml.v3's own pattern for floats: no infinities in words, no hexadecimal.
fn is_yaml_float(digits: &str) -> bool {
    let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => all_digits(fraction),
        Some((whole, fraction)) => all_digits(whole) && (fraction.is_empty() || all_digits(fraction)),
        None => all_digits(mantissa),
    };
    mantissa_fits
        && exponent.is_none_or(|exponent| all_digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)))
}

/// The booleans of YAML 1.1 beyond `true` and `false`. go-yaml v1 takes them anywhere, yaml.v3
/// only where a boolean is wanted.
#[must_use]
pub fn yaml11_bool(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// Go's standard encoding wants the padding and does not look at unused bits.
const BASE64: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// Base64 as Go reads it: padding is required, line breaks are ignored, the unused bits at the
/// end may hold anything.
#[must_use]
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    if text.contains(['\r', '\n']) {
        return BASE64.decode(text.replace(['\r', '\n'], "")).ok();
    }
    BASE64.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// text, meaning to coreos-cloudinit, meaning to Flatcar's fork.
    const TABLE: &str = include_str!("../tests/scalars.tsv");

    fn shown(text: &str, dialect: Dialect) -> String {
        match resolve(text, Style::Plain, None, dialect) {
            Ok(Scalar::Bool(truth)) => format!("bool {truth}"),
            Ok(Scalar::Int(int)) => format!("int {int}"),
            Ok(Scalar::Uint(int)) => format!("uint {int}"),
            Ok(Scalar::Float(float)) => format!("float {float:?}"),
            Ok(other) => other.tag().trim_start_matches("!!").to_owned(),
            Err(message) => message,
        }
    }

    #[test]
    fn plain_scalars_resolve_as_in_the_table() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [text, v1, v3] = columns[..] else { panic!("three columns: {line}") };
            assert_eq!(shown(text, Dialect::GoYamlV1), v1, "{text:?} in go-yaml v1");
            assert_eq!(shown(text, Dialect::GoYamlV3), v3, "{text:?} in yaml.v3");
        }
    }

    #[test]
    fn tags_accept_only_what_resolves_to_them() {
        let resolve = |text, tag: &str, dialect| {
            resolve(text, Style::DoubleQuoted, Some(&format!("tag:yaml.org,2002:{tag}")), dialect)
        };
        for dialect in [Dialect::GoYamlV1, Dialect::GoYamlV3] {
            assert_eq!(resolve("3", "int", dialect), Ok(Scalar::Int(3)));
            assert_eq!(resolve("yes", "str", dialect), Ok(Scalar::Text));
            assert_eq!(resolve("aGk=\n", "binary", dialect), Ok(Scalar::Binary(b"hi".to_vec())));
            assert!(resolve("*", "binary", dialect).is_err());
            let refusal = "cannot decode !!str `three` as a !!int".to_owned();
            assert_eq!(resolve("three", "int", dialect), Err(refusal));
        }
        assert_eq!(resolve("yes", "bool", Dialect::GoYamlV1), Ok(Scalar::Bool(true)));
        assert!(resolve("yes", "bool", Dialect::GoYamlV3).is_err());
        assert!(resolve("2", "float", Dialect::GoYamlV1).is_err());
        assert_eq!(resolve("2", "float", Dialect::GoYamlV3), Ok(Scalar::Float(2.0)));
    }

    #[test]
    fn base64_is_read_as_go_reads_it() {
        assert_eq!(decode_base64("aG\nk="), Some(b"hi".to_vec()));
        assert_eq!(decode_base64("aGl="), Some(b"hi".to_vec()));
        assert_eq!(decode_base64("aG k="), None);
        assert_eq!(decode_base64("aGk"), None);
    }
}
