//! What is there, in words.

use dryboot_schema::Value;

/// What a value is: "a string", "the whole number `42`".
pub(crate) fn what_it_is(value: Value<'_>) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(truth) => format!("the boolean `{truth}`"),
        Value::Int(int) => format!("the number `{int}`"),
        Value::BigInt(digits) => format!("the number `{digits}`"),
        Value::Float(float) => format!("the number `{float}`"),
        Value::Str(_) => "a string".to_owned(),
        Value::Bytes(_) => "binary data".to_owned(),
        Value::List(_) | Value::Pairs(_) => "a list".to_owned(),
        Value::Map(_) => "a mapping".to_owned(),
        Value::Other => "a date, a time or a set".to_owned(),
    }
}

/// What kind of thing a value is, without the value.
pub(crate) fn kind_of(value: Value<'_>) -> String {
    match value {
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Int(_) | Value::BigInt(_) | Value::Float(_) => "a number".to_owned(),
        other => what_it_is(other),
    }
}

/// Keys whose values are not to be shown.
const SECRETS: [&str; 8] = [
    "activation_key",
    "hashed_passwd",
    "passwd",
    "password",
    "plain_text_passwd",
    "registration_key",
    "server_password",
    "token",
];

/// Whether the value at a path is a secret, which must not get into a message.
pub(crate) fn is_secret(path: &str) -> bool {
    let is_name = |part: &&str| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit());
    let last = path.split(['.', '[', ']']).rfind(is_name).unwrap_or_default().replace('-', "_");
    SECRETS.contains(&last.as_str()) || last.ends_with("_private") || path.starts_with("chpasswd.list")
}
