//! What PyYAML says.

use super::octets::{Octets, Utf8Fault};
use super::repr::repr;
use crate::SyntaxError;
use crate::scanner::Fault;

/// libyaml's message, PyYAML's, and how many characters later PyYAML notices it. Where `{char}` stands, PyYAML shows the
/// character at the fault, and for `{token}` the token.
const MESSAGES: &[(&str, &str, usize)] = &[
    ("block sequence entries are not allowed in this context", "sequence entries are not allowed here", 0),
    ("mapping keys are not allowed in this context", "mapping keys are not allowed here", 0),
    ("mapping values are not allowed in this context", "mapping values are not allowed here", 0),
    ("found character that cannot start any token", "found character {char} that cannot start any token", 0),
    (
        "did not find expected alphabetic or numeric character",
        "expected alphabetic or numeric character, but found {char}",
        0,
    ),
    ("found unexpected document indicator", "found unexpected document separator", 0),
    ("found unknown escape character", "found unknown escape character {char}", 1),
    (
        "did not find expected hexadecimal number",
        "expected escape sequence of {digits} hexadecimal numbers, but found {not hexadecimal}",
        0,
    ),
    (
        "found an indentation indicator equal to 0",
        "expected indentation indicator in the range 1-9, but found 0",
        0,
    ),
    (
        "did not find expected comment or line break",
        "expected a comment or a line break, but found {char}",
        0,
    ),
    ("did not find expected node content", "expected the node content, but found {token}", 0),
    ("did not find expected '-' indicator", "expected <block end>, but found {token}", 0),
    ("did not find expected key", "expected <block end>, but found {token}", 0),
    ("did not find expected ',' or ']'", "expected ',' or ']', but got {token}", 0),
    ("did not find expected ',' or '}'", "expected ',' or '}', but got {token}", 0),
    ("did not find expected <document start>", "expected '<document start>', but found {token}", 0),
    ("found duplicate %YAML directive", "found duplicate YAML directive", 0),
    ("found incompatible YAML document", "found incompatible YAML document (version 1.* is required)", 0),
    ("found duplicate %TAG directive", "duplicate tag handle {handle}", 0),
    ("found undefined tag handle", "found undefined tag handle {handle}", 0),
];

/// A fault in PyYAML's words.
pub(crate) fn of_fault(fault: &Fault, text: &str) -> SyntaxError {
    let row = MESSAGES.iter().find(|(libyaml, ..)| *libyaml == fault.message);
    let (template, shift) = row.map_or((fault.message, 0), |&(_, template, shift)| (template, shift));
    let at = fault.at + shift;
    let message = fill(template, fault, text, at);
    match fault.context {
        None => SyntaxError::at(message, at),
        Some(("while parsing a quoted scalar", begun)) => {
            SyntaxError::within(message, at, "while scanning a double-quoted scalar", begun)
        }
        Some((words, begun)) => SyntaxError::within(message, at, words, begun),
    }
}

fn fill(template: &str, fault: &Fault, text: &str, at: usize) -> String {
    let Some((before, rest)) = template.split_once('{').filter(|_| template.contains('}')) else {
        return template.to_owned();
    };
    let Some((name, after)) = rest.split_once('}') else {
        return template.to_owned();
    };
    let here = text.get(at..).unwrap_or_default();
    let shown = match name {
        "char" => repr_char(here),
        "token" => fault.token.map_or_else(String::new, |token| repr(token.name())),
        "digits" => escape_width(text, at).to_string(),
        "not hexadecimal" => repr_char(here.trim_start_matches(|char: char| char.is_ascii_hexdigit())),
        "handle" => repr(tag_handle(here)),
        "octets" => {
            Utf8Fault::find(&Octets::read(here).bytes).map_or_else(String::new, |fault| fault.message())
        }
        "number" => too_many_digits(here.bytes().take_while(u8::is_ascii_digit).count()),
        // A brace of the message.
        _ => return template.to_owned(),
    };
    [before, &shown, &fill(after, fault, text, at)].concat()
}

/// The first character, or the zero that PyYAML has at the end.
fn repr_char(text: &str) -> String {
    repr(text.chars().next().unwrap_or('\0').encode_utf8(&mut [0; 4]))
}

/// How many digits the escape has to have whose first one would be at `at`.
fn escape_width(text: &str, at: usize) -> usize {
    match at.checked_sub(1).and_then(|before| text.as_bytes().get(before)) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        _ => 8,
    }
}

/// The handle in a tag or a `%TAG` directive.
fn tag_handle(text: &str) -> &str {
    let handle = text.find('!').map_or("", |start| &text[start..]);
    let named = handle.get(1..).unwrap_or_default();
    let name =
        named.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)).count();
    let end = if named.as_bytes().get(name) == Some(&b'!') { name + 2 } else { 1 };
    handle.get(..end).unwrap_or_default()
}

/// What Python says of a decimal number that is too long for it.
pub(super) fn too_many_digits(digits: usize) -> String {
    format!(
        "Exceeds the limit (4300 digits) for integer string conversion: value has {digits} digits; use \
         sys.set_int_max_str_digits() to increase the limit"
    )
}

/// The refusal of a text with more than one document.
pub(crate) fn second_document(first: usize, second: usize) -> SyntaxError {
    let words = "expected a single document in the stream";
    SyntaxError::within("but found another document".to_owned(), second, words, first)
}

/// The refusal of an anchor that is there already.
pub(crate) fn repeated_anchor(name: &str, first: usize, second: usize) -> SyntaxError {
    let words = format!("found duplicate anchor '{name}'; first occurrence");
    SyntaxError::within("second occurrence".to_owned(), second, &words, first)
}
