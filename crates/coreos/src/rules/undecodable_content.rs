use crate::Target;
use crate::content::{DecodeError, fits};
use crate::schema::ENCODINGS;
use dryboot_yaml::{Content, Node, Span, Style};

use crate::lint::context::{Context, Finding};
use crate::lint::files::{File, files};
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "undecodable-content",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("undecodable_content.md"),
    scope: Scope::Written,
    check,
};

const DISCARDED: &str = "the whole cloud-config is discarded";

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        let encoding = file.text("encoding");
        let content = file.raw_content();
        match file.content() {
            Err(DecodeError::UnknownEncoding) => unknown_encoding(context, &file),
            Err(DecodeError::Base64) => no_base64(context, &file),
            Err(DecodeError::Gzip) => no_gzip(context, &file),
            Ok(_) if content.is_empty() && !encoding.is_empty() => no_content(context, &file),
            Ok(content) if !content.is_whole() => cut_short(context, &file),
            Ok(_) | Err(DecodeError::Limit) => {}
        }
    }
}

fn unknown_encoding(context: &mut Context<'_>, file: &File<'_>) {
    let encoding = file.text("encoding");
    let place = file.value("encoding").and_then(|node| written::verbatim(context.document, node));
    let suggestion = suggested(encoding);
    let message = format!("`{}` is not a valid encoding, so {DISCARDED}", shown(encoding));
    let finding = context.report(file.span_of("encoding"), message);
    let finding = with_content(finding, file);
    let Some(suggestion) = suggestion else {
        finding.help(format!(
            "remove `encoding` for plain text; valid encodings: {}",
            ENCODINGS.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ));
        return;
    };
    let finding = finding.help(format!("did you mean `{suggestion}`?"));
    if let Some(place) = place {
        // Where the whole content fits, there is no other way to understand it.
        let is_whole = file.content_as(suggestion).is_ok_and(|content| content.is_whole());
        let fits = is_whole && !file.raw_content().is_empty();
        let safety = if fits { Safety::Safe } else { Safety::Unsafe };
        finding.fix(safety, format!("write `{suggestion}`"), place, suggestion);
    }
}

/// Another case, the parts in the other order, or a slip of the pen.
fn suggested(encoding: &str) -> Option<&'static str> {
    let lower = encoding.trim().to_ascii_lowercase();
    let swapped = lower.split_once('+').map(|(first, second)| format!("{second}+{first}"));
    let known = |name: &str| ENCODINGS.iter().copied().find(|known| *known == name);
    known(&lower)
        .or_else(|| known(&swapped?))
        .or_else(|| nearest(&lower, ENCODINGS.iter().copied().filter(|name| name.len() > 3)))
}

fn no_base64(context: &mut Context<'_>, file: &File<'_>) {
    let document = context.document;
    let text = file.text("content");
    let key = content_key(context, file);
    let node = file.value("content");
    let Some((at, char)) = text.char_indices().find(|&(_, char)| !is_base64(char)) else {
        padding(context, file, key);
        return;
    };
    let place = node.and_then(|node| written::within(document, node, at..at + char.len_utf8()));
    let what = match char {
        ' ' => "it contains a space".to_owned(),
        char if char.is_ascii_graphic() => format!("it contains `{char}`"),
        _ => "it contains a character that is not base64".to_owned(),
    };
    let message = format!("the content is not base64: {what}, so {DISCARDED}");
    let finding = with_path(context.report(place.unwrap_or(key), message), file).label(key, "this content");
    if char == ' '
        && fits(text.replace(' ', "").as_bytes(), file.text("encoding")).is_ok()
        && let Some(node) = node
    {
        let node = document.tree().node(node);
        if let Some(sign) = folding_sign(node, document.text()).filter(|_| folds(node, document.text())) {
            let finding = finding.help("`>` turns line breaks into spaces; `|` keeps them");
            // What has an anchor may be another file's content, too.
            if node.anchor.is_none() {
                // Spaces that are written stay.
                let mut lines = node.span.slice(document.text()).lines();
                let is_all = lines.all(|line| !line.trim_start().contains(' '));
                let safety = if is_all { Safety::Safe } else { Safety::Unsafe };
                finding.fix(safety, "write `|`", sign, "|");
            }
        } else {
            finding.help("remove the spaces; for several lines, use `|`, which keeps line breaks");
        }
    } else if matches!(char, '-' | '_') {
        finding.help("this is the URL-safe alphabet; the standard one has `+` and `/` instead");
    } else if file.text("encoding").contains("gz") {
        finding.help("encode with `gzip | base64 -w0`");
    } else {
        finding.help("encode with `base64 -w0`, or remove `encoding` if the content is plain text");
    }
}

fn is_base64(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '+' | '/' | '=' | '\r' | '\n')
}

/// All characters are right, but they do not add up.
fn padding(context: &mut Context<'_>, file: &File<'_>, key: Span) {
    let document = context.document;
    let text = file.text("content").trim_end();
    let letters = text.chars().filter(|char| !matches!(char, '\r' | '\n')).count();
    let missing = (4 - letters % 4) % 4;
    let message = format!("the content is not base64: its padding is wrong, so {DISCARDED}");
    let finding =
        with_path(context.report(file.span_of("content"), message), file).label(key, "this content");
    if text.contains('=') || !matches!(missing, 1 | 2) {
        finding.help("encode it again with `base64 -w0`: there are too many or too few characters");
        return;
    }
    let padding = "=".repeat(missing);
    let finding = finding.help(format!("it must end in `{padding}`, unless more of it is missing"));
    let last = file.value("content").and_then(|node| {
        let last = text.len().checked_sub(1)?;
        written::within(document, node, last..text.len())
    });
    if let Some(last) = last {
        finding.fix(Safety::Unsafe, format!("add `{padding}`"), Span::empty(last.end), padding);
    }
}

fn no_gzip(context: &mut Context<'_>, file: &File<'_>) {
    if file.raw_content().is_empty() {
        let message = format!("there is no content to decode as gzip, so {DISCARDED}");
        let finding = with_path(context.report(file.span_of("encoding"), message), file);
        with_content(finding, file).help("remove `encoding` for an empty file");
        return;
    }
    let key = content_key(context, file);
    let encoding = file.text("encoding");
    let message = format!("the content has no gzip header, so {DISCARDED}");
    let help = match encoding {
        "gz" | "gzip" if fits(file.raw_content(), "gz+b64").is_ok() => {
            "it is also encoded as base64: that is `gzip+base64`"
        }
        "gz" | "gzip" => "YAML cannot contain raw gzip data: encode it as `gzip+base64`",
        _ => "it is only base64: that is `base64`",
    };
    let encoding_place = file.value("encoding").and_then(|node| written::verbatim(context.document, node));
    let finding = with_path(context.report(file.span_of("content"), message), file);
    let finding = finding.label(key, "this content").help(help);
    let meant = match help.contains("that is `gzip") {
        true => "gzip+base64",
        false if encoding.len() > 4 => "base64",
        false => return,
    };
    if let Some(place) = encoding_place {
        finding.fix(Safety::Unsafe, format!("write `{meant}`"), place, meant);
    }
}

fn no_content(context: &mut Context<'_>, file: &File<'_>) {
    // Written as an empty string, it decodes to nothing for both programs.
    let node = file.value("content").map(|node| context.tree().node(node));
    if node
        .is_some_and(|node| matches!(&node.content, Content::Scalar { style, .. } if *style != Style::Plain))
    {
        return;
    }
    let message =
        "there is an encoding but no content: an empty file is written, and the validator reports an error";
    let finding = context.report(file.span_of("encoding"), message).severity(Severity::Warning);
    with_content(with_path(finding, file), file).help("add the content, or remove `encoding`");
}

fn cut_short(context: &mut Context<'_>, file: &File<'_>) {
    let message =
        "the gzip stream is truncated or damaged: the file contains only what could be decompressed";
    let finding = context.report(file.span_of("content"), message).severity(Severity::Warning);
    with_path(finding, file).help("compress and encode the file again");
}

/// The content as a second place; the element when there is none.
fn with_content<'c>(finding: Finding<'c>, file: &File<'_>) -> Finding<'c> {
    match file.field("content").and_then(|field| field.key) {
        Some(_) => finding.label(file.span_of("content"), "this content"),
        None => finding.label(file.start, "this file has no content"),
    }
}

fn with_path<'c>(finding: Finding<'c>, file: &File<'_>) -> Finding<'c> {
    finding.path_of(file.value("content").or(file.value("encoding")).unwrap_or(file.node))
}

fn content_key(context: &Context<'_>, file: &File<'_>) -> Span {
    let key = file.field("content").and_then(|field| field.key);
    key.map_or(file.start, |key| context.tree().node(key).span)
}

/// Whether all spaces of a folded block are line breaks that were folded; one before an indented line is not.
fn folds(node: &Node, text: &str) -> bool {
    if node.text().is_some_and(|text| text.trim_end().contains('\n')) {
        return false;
    }
    let mut lines = node.span.slice(text).trim().lines();
    lines.clone().count() > 1 && lines.all(|line| !line.trim().contains([' ', '\t']))
}

/// The `>` before a folded block.
fn folding_sign(node: &Node, text: &str) -> Option<Span> {
    let folded = matches!(node.content, Content::Scalar { style: Style::Folded, .. });
    let header = text[..node.span.start].rfind('>')?;
    let between = text[header + 1..node.span.start].trim_matches(['-', '+', ' ', '\r', '\n', '\t']);
    (folded && between.bytes().all(|byte| byte.is_ascii_digit())).then(|| Span::new(header, header + 1))
}
