//! Messages, compared with Python's `email` package: the entities, their types, names and boundaries, and the bodies
//! before and after decoding.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

mod texts;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use dryboot_testing::{Tries, skip};
use dryboot_user_data::email::{Content, Damage, Limits, Message, decode, parse};
use serde_json::{Value, json};

/// What Python makes of each message, null where it raises an exception; none without Python.
fn python(texts: &[String]) -> Option<Vec<Value>> {
    let named = std::env::var_os("DRYBOOT_PYTHON").filter(|path| !path.is_empty());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/email/peer.py");
    let mut child = Command::new(named.unwrap_or_else(|| "python3".into()))
        .arg("-I")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut question = serde_json::to_vec(texts).expect("JSON");
    question.push(b'\n');
    // Python reads the whole line before it answers.
    stdin.write_all(&question).expect("Python reads");
    drop(stdin);
    let output = child.wait_with_output().expect("Python answers");
    Some(serde_json::from_slice(&output.stdout).expect("an answer of Python"))
}

fn ours(text: &str, message: &Message) -> Value {
    let entities = message.entities.iter().map(|entity| {
        let (body, decoded) = match entity.body {
            Content::Text(span) if !entity.is_multipart() => {
                let body = decode(text, entity, span);
                // What Python makes of characters outside of ASCII is told, and not done.
                let is_damaged = matches!(body.damage, Some(Damage::Character { .. }));
                (json!(span.slice(text)), if is_damaged { Value::Null } else { json!(body.bytes) })
            }
            _ => (Value::Null, Value::Null),
        };
        json!({
            "type": entity.content_type(),
            "boundary": entity.headers.boundary(),
            "name": entity.headers.file_name(),
            "body": body,
            "decoded": decoded,
        })
    });
    entities.collect()
}

/// The one known difference: Python takes the empty line out from behind such a line, and here the body is as it is
/// written.
const LATE_ENVELOPES: [&str; 2] = ["\nFrom x\n\n", "\nFrom x\r\n\r\n"];

#[test]
fn messages_are_read_as_python_reads_them() {
    let texts = texts::texts(Tries { everyday: 3000, thorough: 60_000 }.count());
    let Some(theirs) = python(&texts) else { return skip("python3 does not run") };
    assert_eq!(theirs.len(), texts.len());
    let (mut parts, mut raised) = (0, 0);
    for (text, mut theirs) in texts.iter().zip(theirs) {
        if theirs.is_null() {
            raised += 1;
            continue;
        }
        if LATE_ENVELOPES.iter().any(|late| text.contains(late)) {
            continue;
        }
        let message = parse(text, &Limits::default());
        assert_eq!(message.exceeded, None, "{text:?}");
        let ours = ours(text, &message);
        for (their, our) in
            theirs.as_array_mut().expect("entities").iter_mut().zip(ours.as_array().expect("entities"))
        {
            if our["decoded"].is_null() {
                their["decoded"] = Value::Null;
            }
        }
        assert_eq!(ours, theirs, "{text:?}");
        parts += message.entities.len();
    }
    assert!(parts > texts.len() * 2, "the messages have parts: {parts}");
    assert!(raised * 1000 < texts.len(), "Python reads nearly all of them, and not {raised}");
}
