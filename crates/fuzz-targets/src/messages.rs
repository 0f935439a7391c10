use dryboot_text::{SourceMap, Span};
use dryboot_user_data::{base64, email, go_mime, gzip, quoted_printable};

/// Reads a message as Python and as Go do, and undoes every encoding: parts lie in the message, and every place of what
/// was decoded leads into it.
pub fn messages(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    python(&text);
    go(data);
    encodings(data);
}

fn python(text: &str) {
    let message = email::parse(text, &email::Limits::default());
    for entity in &message.entities {
        check(entity.head, text.len());
        for defect in &entity.defects {
            check(defect.span, text.len());
        }
        let email::Content::Text(span) = entity.body else { continue };
        assert!(text.get(span.start..span.end).is_some(), "{span:?}");
        let body = email::decode(text, entity, span);
        check_map(&body.map, body.bytes.len(), span.end);
    }
}

fn go(data: &[u8]) {
    let Ok((headers, start)) = go_mime::headers(data, 0) else { return };
    assert!(start <= data.len());
    let Ok(header) = headers.read() else { return };
    for part in go_mime::parts(data, start, header.boundary.as_deref().unwrap_or_default()) {
        match part {
            Ok(part) => {
                check(part.head, data.len());
                check(part.body, data.len());
                assert!(part.head.end <= part.body.start);
            }
            Err(fault) => check(fault.span, data.len()),
        }
    }
}

fn encodings(data: &[u8]) {
    const LIMIT: usize = 1 << 20;
    let body = base64::body(data);
    assert!(base64::strict(data).is_none_or(|bytes| bytes.len() <= data.len()));
    assert!(body.bytes.len() <= data.len());
    if let Some(inflated) = gzip::gunzip(data, LIMIT) {
        assert!(inflated.bytes.len() <= LIMIT);
    }
    for decoder in [quoted_printable::Decoder::Python, quoted_printable::Decoder::Go] {
        let (bytes, map) = quoted_printable::decode(data, decoder);
        check_map(&map, bytes.len(), data.len());
    }
}

fn check(span: Span, length: usize) {
    assert!(span.start <= span.end && span.end <= length, "{span:?} of {length}");
}

/// Places of a made text lead into the one that it was made of.
fn check_map(map: &SourceMap, length: usize, original: usize) {
    const PLACES: usize = 16;
    for at in (0..=length).step_by(length / PLACES + 1) {
        check(map.span(Span::new(at, length)), original);
        check(map.span(Span::empty(at)), original);
    }
}
