//! The tag that a scalar without one gets: the implicit resolvers of YAML 1.1.

use super::timestamp;
use crate::Style;
use crate::tree::{Content, Node};

pub(super) const NULL: &str = "tag:yaml.org,2002:null";
pub(super) const BOOL: &str = "tag:yaml.org,2002:bool";
pub(super) const INT: &str = "tag:yaml.org,2002:int";
pub(super) const FLOAT: &str = "tag:yaml.org,2002:float";
pub(super) const STR: &str = "tag:yaml.org,2002:str";
pub(super) const TIMESTAMP: &str = "tag:yaml.org,2002:timestamp";
pub(super) const BINARY: &str = "tag:yaml.org,2002:binary";
pub(super) const SEQ: &str = "tag:yaml.org,2002:seq";
pub(super) const MAP: &str = "tag:yaml.org,2002:map";
pub(super) const SET: &str = "tag:yaml.org,2002:set";
pub(super) const OMAP: &str = "tag:yaml.org,2002:omap";
pub(super) const PAIRS: &str = "tag:yaml.org,2002:pairs";
pub(super) const MERGE: &str = "tag:yaml.org,2002:merge";
pub(super) const VALUE: &str = "tag:yaml.org,2002:value";
pub(super) const PYTHON_UNICODE: &str = "tag:yaml.org,2002:python/unicode";

/// The tag of a node: its own, or the one that it gets.
pub(super) fn of_node(node: &Node) -> &str {
    match &node.content {
        Content::Scalar { text, style } => of_scalar(text, *style, node.tag.as_deref()),
        _ if node.tag.as_deref().is_some_and(|tag| tag != "!") => node.tag.as_deref().unwrap_or_default(),
        Content::Mapping(_) => MAP,
        _ => SEQ,
    }
}

/// The tag of a scalar. `!` has a scalar in quotes resolved like a plain one.
pub(super) fn of_scalar<'t>(text: &str, style: Style, tag: Option<&'t str>) -> &'t str {
    match tag {
        Some("!") => implicit(text),
        Some(tag) => tag,
        None if style == Style::Plain => implicit(text),
        None => STR,
    }
}

fn implicit(text: &str) -> &'static str {
    // Python's `$` also matches before a line break at the end. Which patterns are tried depends on
    // the first character.
    let text = text.strip_suffix('\n').filter(|text| !text.is_empty()).unwrap_or(text);
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return NULL,
        "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "true" | "True" | "TRUE" | "false" | "False"
        | "FALSE" | "on" | "On" | "ON" | "off" | "Off" | "OFF" => return BOOL,
        "<<" => return MERGE,
        "=" => return VALUE,
        _ => {}
    }
    match text.as_bytes()[0] {
        b'-' | b'+' | b'.' | b'0'..=b'9' => {}
        _ => return STR,
    }
    if is_float(text) {
        FLOAT
    } else if is_int(text) {
        INT
    } else if timestamp::is_implicit(text) {
        TIMESTAMP
    } else {
        STR
    }
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

/// The text behind the digits and underscores that it begins with.
fn behind_digits(text: &str) -> &str {
    text.trim_start_matches(|char: char| char.is_ascii_digit() || char == '_')
}

fn begins_with_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

fn is_float(text: &str) -> bool {
    let number = unsigned(text);
    if matches!(number, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    if let Some(fraction) = text.strip_prefix('.') {
        return begins_with_digit(fraction) && is_exponent_or_end(behind_digits(fraction));
    }
    if !begins_with_digit(number) {
        return false;
    }
    let rest = behind_digits(number);
    match rest.strip_prefix('.') {
        Some(fraction) => is_exponent_or_end(behind_digits(fraction)),
        None => rest
            .split_once('.')
            .is_some_and(|(groups, fraction)| is_sexagesimal(groups) && behind_digits(fraction).is_empty()),
    }
}

/// `e+3`, with a sign, or nothing.
fn is_exponent_or_end(text: &str) -> bool {
    let Some(exponent) = text.strip_prefix(['e', 'E']) else {
        return text.is_empty();
    };
    let digits = exponent.strip_prefix(['-', '+']);
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `:30:15`: groups below 60.
fn is_sexagesimal(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|groups| {
        groups.split(':').all(|group| match group.as_bytes() {
            [digit] => digit.is_ascii_digit(),
            [ten, digit] => matches!(ten, b'0'..=b'5') && digit.is_ascii_digit(),
            _ => false,
        })
    })
}

fn is_int(text: &str) -> bool {
    let number = unsigned(text);
    let all = |digits: &str, allowed: fn(u8) -> bool| {
        !digits.is_empty() && digits.bytes().all(|byte| byte == b'_' || allowed(byte))
    };
    match number.as_bytes() {
        b"0" => true,
        [b'0', b'b', ..] => all(&number[2..], |byte| matches!(byte, b'0' | b'1')),
        [b'0', b'x', ..] => all(&number[2..], |byte| byte.is_ascii_hexdigit()),
        [b'0', ..] => all(&number[1..], |byte| matches!(byte, b'0'..=b'7')),
        [b'1'..=b'9', ..] => {
            let rest = behind_digits(number);
            rest.is_empty() || is_sexagesimal(rest)
        }
        _ => false,
    }
}
