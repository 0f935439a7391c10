use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;

use crate::lint::{At, Context, File, Rule, within};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "undecodable-content",
    severity: Severity::Error,
    docs: docs!("undecodable_content.md"),
    check,
};

const STOPS: &str = "this file and all files after it are not written";

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter() {
        let Some(at) = context.get(&file.at, "content") else { continue };
        let Value::Str(text) = context.value(at.value) else { continue };
        let has_source = context.get(&file.at, "source").is_some();
        if text.is_empty() || has_source {
            continue;
        }
        match file.encoding(context).as_str() {
            "b64" | "base64" => base64(context, &at, text, false),
            "gz+b64" | "gz+base64" | "gzip+b64" | "gzip+base64" => base64(context, &at, text, true),
            "gz" | "gzip" => gzip(context, file, &at, text),
            _ => {}
        }
    }
}

fn base64<'c>(context: &mut Context<'c>, at: &At<'c>, text: &str, is_gzip: bool) {
    let key = context.key_span(at);
    let stray = text.char_indices().find(|(_, char)| !is_base64(*char) && !char.is_ascii_whitespace());
    let span = stray
        .and_then(|(offset, char)| {
            within(context.tree()?, context.read, at.value, offset..offset + char.len_utf8())
        })
        .unwrap_or(key);
    let help = match is_gzip {
        true => "encode it with `gzip | base64 -w0`",
        false => "encode it with `base64 -w0`, or remove `encoding` if the content is plain text",
    };
    let path = at.path;
    match (decoded(text), stray) {
        (Err(reason), _) => {
            let message = format!("the content is not base64, since {reason}: {STOPS}");
            context.report(span, message).path(path).help(help);
        }
        (Ok(bytes), _) if is_gzip && !bytes.starts_with(&[0x1F, 0x8B]) => {
            let message = format!("the content is base64, but does not contain gzip data: {STOPS}");
            context.report(key, message).path(path).help(help);
        }
        (Ok(_), Some((_, char))) => {
            let message = format!(
                "`{char}` is not a base64 character: cloud-init skips it, and the rest decodes to \
                 something else"
            );
            context.report(span, message).severity(Severity::Warning).path(path).help(help);
        }
        (Ok(_), None) => {}
    }
}

fn gzip<'c>(context: &mut Context<'c>, file: &File<'c>, at: &At<'c>, text: &str) {
    let span = context.key_span(at);
    let is_base64 = decoded(text).is_ok_and(|bytes| bytes.starts_with(&[0x1F, 0x8B]));
    let encoding = context.get(&file.at, "encoding").and_then(|at| context.verbatim(&at));
    let message = format!("the content is text, not gzip data: {STOPS}");
    let finding = context.report(span, message).path(at.path);
    match encoding.filter(|_| is_base64) {
        Some(span) => {
            finding.help("it is also encoded as base64, which is `gz+b64`").fix(
                Safety::Safe,
                "write `gz+b64`",
                span,
                "gz+b64",
            );
        }
        None => {
            finding.help("encode it with `gzip | base64 -w0`, and write `encoding: gz+b64`");
        }
    }
}

fn is_base64(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '+' | '/' | '=')
}

/// What Python's `base64.b64decode` makes of a text: it skips what is not base64.
fn decoded(text: &str) -> Result<Vec<u8>, &'static str> {
    if !text.is_ascii() {
        return Err("it contains non-ASCII characters");
    }
    let (mut bytes, mut bits, mut count, mut padding) = (Vec::new(), 0u32, 0u32, 0u32);
    for byte in text.bytes() {
        if byte == b'=' {
            if count >= 2 {
                padding += 1;
                if count + padding >= 4 {
                    return Ok(bytes);
                }
            }
            continue;
        }
        let Some(value) = value(byte) else { continue };
        padding = 0;
        bits = bits << 6 | value;
        count += 1;
        // Each character from the second on completes a byte.
        if count > 1 {
            let rest = 8 - 2 * count;
            bytes.push(u8::try_from(bits >> rest & 0xFF).unwrap_or_default());
        }
        if count == 4 {
            count = 0;
            bits = 0;
        }
    }
    match count {
        0 => Ok(bytes),
        1 => Err("it has one character too many or too few"),
        _ => Err("its padding is wrong"),
    }
}

fn value(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn base64_is_read_as_python_reads_it() {
        assert_eq!(decoded("aGVsbG8="), Ok(b"hello".to_vec()));
        assert_eq!(decoded("aGVs bG8K!!"), Ok(b"hello\n".to_vec()));
        assert_eq!(decoded("aGVs=bG8="), Ok(b"hello".to_vec()));
        assert_eq!(decoded("aGVsbG8=aGVs"), Ok(b"hello".to_vec()));
        for bad in ["aGVsbG8", "aGVsb", "not base64!", "aGVsbGä="] {
            assert!(decoded(bad).is_err(), "{bad}");
        }
    }
}
