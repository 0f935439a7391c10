use serde_json::Value;

use crate::{choice, split};

/// Has the modules of the page answer in JSON: it is JSON, and every place lies in the text, counted in
/// UTF-16.
pub fn reports(data: &[u8]) {
    let (text, options) = split(data);
    let text = String::from_utf8_lossy(text);
    let length = text.encode_utf16().count() as u64;
    let offset = u32::try_from(choice(data, text.len() + 2)).unwrap_or_default();
    let boot = dryboot_wasm_boot::preview(&text, None, &String::from_utf8_lossy(options));
    let answers = [
        dryboot_wasm::lint(&text, None, None, None),
        dryboot_wasm::hover(&text, None, offset),
        dryboot_wasm::complete(&text, None, offset),
    ];
    for answer in answers.into_iter().filter_map(|answer| answer.expect("no target is unknown")) {
        check(&serde_json::from_str(&answer).expect("an answer is JSON"), length);
    }
    let _: Value =
        serde_json::from_str(&boot.expect("no target is unknown").expect("a boot")).expect("a boot is JSON");
}

fn check(value: &Value, length: u64) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| check(value, length)),
        Value::Object(fields) => {
            let offset = |value: &Value| value.get("offset").unwrap_or(value).as_u64().expect("an offset");
            for (first, last) in [("from", "to"), ("start", "end")] {
                if let (Some(from), Some(to)) = (fields.get(first), fields.get(last)) {
                    let (from, to) = (offset(from), offset(to));
                    assert!(from <= to && to <= length, "{value}");
                }
            }
            fields.values().for_each(|value| check(value, length));
        }
        _ => {}
    }
}
