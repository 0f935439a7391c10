//! Values as Go prints them with `%#v` and `%s`: some of the targets' messages contain them.

use std::borrow::Cow;
use std::fmt::Write;

use crate::Dialect;
use crate::float::shortest;
use crate::order::sort_by;
use crate::scalar::{Scalar, resolve};
use crate::tree::{Content, NodeId, Tree};

/// Nested keys longer than this end in an ellipsis; nobody reads on.
const LONGEST: usize = 512;

/// As many values are written.
const MOST: usize = 512;

/// A value in Go syntax (`%#v`).
#[must_use]
pub fn dump(tree: &Tree, id: NodeId, dialect: Dialect) -> String {
    let mut out = String::new();
    write_value(tree, id, dialect, &mut out, &mut { MOST });
    out
}

/// Writes a value behind what is there. `left` counts values down: through aliases, keys of keys can
/// stand for any number of them.
fn write_value(tree: &Tree, id: NodeId, dialect: Dialect, out: &mut String, left: &mut usize) {
    let Some(id) = tree.resolve(id).filter(|_| out.len() < LONGEST && *left > 0) else {
        out.push('…');
        return;
    };
    *left -= 1;
    let node = tree.node(id);
    match &node.content {
        Content::Scalar { text, style } => {
            let value = resolve(text, *style, node.tag.as_deref(), dialect).unwrap_or(Scalar::Text);
            match value {
                Scalar::Null => out.push_str("interface {}(nil)"),
                value => out.push_str(&scalar(&value, text, true)),
            }
        }
        Content::Sequence(items) => {
            out.push_str("[]interface {}{");
            for (index, item) in items.iter().enumerate() {
                separate(out, index);
                write_value(tree, item.value, dialect, out, left);
            }
            out.push('}');
        }
        Content::Mapping(entries) => {
            let mut sorted = Vec::with_capacity(entries.len());
            let mut all_text = true;
            for entry in entries {
                let key = tree.node(entry.key);
                let resolved = key
                    .text()
                    .and_then(|text| resolve(text, crate::Style::Plain, key.tag.as_deref(), dialect).ok());
                all_text &= resolved == Some(Scalar::Text);
                let mut shown = String::new();
                write_value(tree, entry.key, dialect, &mut shown, left);
                sorted.push((shown, entry.value));
            }
            sort_by(&mut sorted, |a, b| a.0.cmp(&b.0));
            let string_keys = dialect == Dialect::GoYamlV3 && all_text;
            out.push_str(if string_keys {
                "map[string]interface {}{"
            } else {
                "map[interface {}]interface {}{"
            });
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                separate(out, index);
                out.push_str(&key);
                out.push(':');
                write_value(tree, value, dialect, out, left);
            }
            out.push('}');
        }
        Content::Alias { .. } => out.push('…'),
    }
}

fn separate(out: &mut String, index: usize) {
    if index > 0 {
        out.push_str(", ");
    }
}

/// A key as Go's `%s` prints it: text as it is, everything else through the complaint that the
/// verb does not fit (`%!s(int=1)`).
#[must_use]
pub fn key_as_string<'t>(value: &Scalar, text: &'t str) -> Cow<'t, str> {
    let kind = match value {
        Scalar::Binary(bytes) => return String::from_utf8_lossy(bytes).into_owned().into(),
        Scalar::Null => return "%!s(<nil>)".into(),
        Scalar::Bool(_) => "bool",
        Scalar::Int(_) => "int",
        Scalar::Uint(_) => "uint64",
        Scalar::Float(_) => "float64",
        Scalar::Text
        | Scalar::Timestamp
        | Scalar::Merge
        | Scalar::BigInt(_)
        | Scalar::Date(_)
        | Scalar::DateTime(_) => return text.into(),
    };
    format!("%!s({kind}={})", scalar(value, text, false)).into()
}

fn scalar(value: &Scalar, text: &str, quoted: bool) -> String {
    match value {
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Int(int) => int.to_string(),
        Scalar::Uint(int) => int.to_string(),
        Scalar::Float(float) => float_shortest(*float),
        Scalar::Null => "<nil>".to_owned(),
        _ if quoted => quote(text),
        _ => text.to_owned(),
    }
}

/// `strconv.FormatFloat(value, 'g', -1, 64)`, and what `%v` prints: the shortest digits that
/// read back as the same number, with an exponent from 1e+06 on and below 1e-04.
#[must_use]
pub fn float_shortest(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let (digits, exponent) = shortest(value.abs());
    let (digits, point, suffix) = if (-4..6).contains(&exponent) {
        let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
        let behind = exponent + 1 - i32::try_from(digits.len()).unwrap_or_default();
        ([zeros(-exponent), digits, zeros(behind)].concat(), exponent.max(0) + 1, String::new())
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        (digits, 1, format!("e{sign}{:02}", exponent.abs()))
    };
    let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or_default());
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}{suffix}")
}

/// `strconv.Quote`: a Go string literal; printable Unicode is kept.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{B}' => out.push_str("\\v"),
            '\u{C}' => out.push_str("\\f"),
            char if char.is_ascii_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(char));
            }
            char if is_unprintable(char) => {
                let code = u32::from(char);
                let _ =
                    if code > 0xFFFF { write!(out, "\\U{code:08x}") } else { write!(out, "\\u{code:04x}") };
            }
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

/// Go keeps letters, marks, numbers, punctuation, symbols and the ASCII space; these are the
/// characters outside of that which texts really contain.
fn is_unprintable(char: char) -> bool {
    matches!(char, '\u{80}'..='\u{A0}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}'
        | '\u{205F}'..='\u{206F}' | '\u{2000}'..='\u{200A}' | '\u{3000}' | '\u{E000}'..='\u{F8FF}'
        | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_as_short_as_in_go() {
        for (value, shown) in [
            (3.5, "3.5"),
            (1800.0, "1800"),
            (1e21, "1e+21"),
            (1e20, "1e+20"),
            (100_000_000.0, "1e+08"),
            (1_000_000.0, "1e+06"),
            (999_999.0, "999999"),
            (1_073_741_824.0, "1.073741824e+09"),
            (12.75, "12.75"),
            (-100.0, "-100"),
            (0.000_123, "0.000123"),
            (0.1, "0.1"),
            (0.000_001, "1e-06"),
            (-1.25e-7, "-1.25e-07"),
            (1.5e300, "1.5e+300"),
            // Equally near to …62 and …63.
            (1_477_457_088_113_557.0 / 8.0, "1.8468213601419462e+14"),
            (-0.0, "-0"),
            (f64::INFINITY, "+Inf"),
            (0.0, "0"),
        ] {
            assert_eq!(float_shortest(value), shown);
        }
    }

    #[test]
    fn strings_are_quoted_as_in_go() {
        assert_eq!(quote("a\"b\\\n\u{1}é\u{a0}😀"), "\"a\\\"b\\\\\\n\\x01é\\u00a0😀\"");
    }
}
