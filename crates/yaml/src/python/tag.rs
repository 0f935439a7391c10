//! The tag that a scalar without one gets: the implicit resolvers of YAML 1.1.

use super::timestamp;
use crate::Style;
use crate::tree::{Content, Node};

/// What a node is to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag<'t> {
    Null,
    Bool,
    Int,
    Float,
    Str,
    Timestamp,
    Binary,
    Seq,
    Map,
    Set,
    Omap,
    Pairs,
    /// `<<`
    Merge,
    /// `=`
    Value,
    /// How Python 2 wrote strings.
    Unicode,
    /// Any other, by its name.
    Other(&'t str),
}

const NAMES: [(Tag<'static>, &str); 15] = [
    (Tag::Null, "tag:yaml.org,2002:null"),
    (Tag::Bool, "tag:yaml.org,2002:bool"),
    (Tag::Int, "tag:yaml.org,2002:int"),
    (Tag::Float, "tag:yaml.org,2002:float"),
    (Tag::Str, "tag:yaml.org,2002:str"),
    (Tag::Timestamp, "tag:yaml.org,2002:timestamp"),
    (Tag::Binary, "tag:yaml.org,2002:binary"),
    (Tag::Seq, "tag:yaml.org,2002:seq"),
    (Tag::Map, "tag:yaml.org,2002:map"),
    (Tag::Set, "tag:yaml.org,2002:set"),
    (Tag::Omap, "tag:yaml.org,2002:omap"),
    (Tag::Pairs, "tag:yaml.org,2002:pairs"),
    (Tag::Merge, "tag:yaml.org,2002:merge"),
    (Tag::Value, "tag:yaml.org,2002:value"),
    (Tag::Unicode, "tag:yaml.org,2002:python/unicode"),
];

impl<'t> Tag<'t> {
    fn named(name: &'t str) -> Self {
        NAMES.iter().find(|(_, known)| *known == name).map_or(Self::Other(name), |(tag, _)| *tag)
    }

    /// Its name in full.
    pub(super) fn name(self) -> &'t str {
        match self {
            Self::Other(name) => name,
            _ => NAMES.iter().find(|(tag, _)| *tag == self).map_or("", |(_, name)| *name),
        }
    }

    /// Whether a scalar is made of such a node.
    pub(super) fn is_scalar(self) -> bool {
        match self {
            Self::Null
            | Self::Bool
            | Self::Int
            | Self::Float
            | Self::Str
            | Self::Timestamp
            | Self::Binary => true,
            Self::Seq
            | Self::Map
            | Self::Set
            | Self::Omap
            | Self::Pairs
            | Self::Merge
            | Self::Value
            | Self::Unicode
            | Self::Other(_) => false,
        }
    }
}

/// The tag of a node: its own, or the one that it gets.
pub(super) fn of_node(node: &Node) -> Tag<'_> {
    match (&node.content, node.tag.as_deref()) {
        (Content::Scalar { text, style }, tag) => of_scalar(text, *style, tag),
        (_, Some(tag)) if tag != "!" => Tag::named(tag),
        (Content::Mapping(_), _) => Tag::Map,
        _ => Tag::Seq,
    }
}

/// The tag of a scalar. `!` has a scalar in quotes resolved like a plain one.
pub(super) fn of_scalar<'t>(text: &str, style: Style, tag: Option<&'t str>) -> Tag<'t> {
    match tag {
        Some("!") => implicit(text),
        Some(tag) => Tag::named(tag),
        None if style == Style::Plain => implicit(text),
        None => Tag::Str,
    }
}

fn implicit(text: &str) -> Tag<'static> {
    // Python's `$` also matches before a line break at the end. Which patterns are tried depends on
    // the first character.
    let text = text.strip_suffix('\n').filter(|text| !text.is_empty()).unwrap_or(text);
    let Some(first) = text.bytes().next() else { return Tag::Null };
    match first {
        b'-' | b'+' | b'.' | b'0'..=b'9' => number(text),
        b'~' | b'n' | b'N' | b'y' | b'Y' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'<' | b'=' => {
            word(text)
        }
        _ => Tag::Str,
    }
}

fn word(text: &str) -> Tag<'static> {
    match text {
        "~" | "null" | "Null" | "NULL" => Tag::Null,
        "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "true" | "True" | "TRUE" | "false" | "False"
        | "FALSE" | "on" | "On" | "ON" | "off" | "Off" | "OFF" => Tag::Bool,
        "<<" => Tag::Merge,
        "=" => Tag::Value,
        _ => Tag::Str,
    }
}

fn number(text: &str) -> Tag<'static> {
    if is_float(text) {
        Tag::Float
    } else if is_int(text) {
        Tag::Int
    } else if timestamp::is_implicit(text) {
        Tag::Timestamp
    } else {
        Tag::Str
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
