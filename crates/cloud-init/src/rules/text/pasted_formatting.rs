use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;
use dryboot_yaml::{Content, Span, Style};

use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "pasted-formatting",
    severity: Severity::Warning,
    docs: docs!("pasted_formatting.md"),
    check,
};

/// What web pages write for the characters that mean something to a shell.
const ENTITIES: [(&str, &str); 5] =
    [("&gt;", ">"), ("&lt;", "<"), ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'")];

/// Quotes that word processors put instead of straight ones.
const QUOTES: [char; 6] = ['\u{201C}', '\u{201D}', '\u{201E}', '\u{2018}', '\u{2019}', '\u{201A}'];

/// Spaces that are not spaces to YAML.
const BLANKS: [char; 3] = ['\u{A0}', '\u{2007}', '\u{202F}'];

fn check(context: &mut Context<'_>) {
    // What is pasted stands in the text as it is.
    if context.read.is_ascii() && !context.read.contains('&') {
        return;
    }
    for place in context.places.all() {
        let Value::Str(text) = context.value(place.at.value) else { continue };
        let is_command = place.pattern.starts_with("runcmd[]") || place.pattern.starts_with("bootcmd[]");
        if is_command && text.contains('&') {
            entity(context, &place.at, text);
        }
        // None of the other characters is plain ASCII.
        if text.is_ascii() {
            continue;
        }
        if text.starts_with(QUOTES) && text.ends_with(QUOTES) && is_plain(context, &place.at) {
            quotes(context, &place.at);
        }
        blank(context, &place.at, text);
    }
}

fn is_plain<'c>(context: &Context<'c>, at: &At<'c>) -> bool {
    let node = context.tree().map(|tree| &tree.node(at.value).content);
    matches!(node, Some(Content::Scalar { style: Style::Plain, .. }))
}

fn entity<'c>(context: &mut Context<'c>, at: &At<'c>, text: &str) {
    // A command that makes a web page or reads one may mean it.
    let is_meant = text.contains('<') || text.contains("sed ");
    let Some((entity, char)) =
        ENTITIES.iter().find(|(entity, _)| text.contains(entity)).filter(|_| !is_meant)
    else {
        return;
    };
    let whole = context.span(at);
    let place = whole.slice(context.read).find(entity).map(|start| whole.start + start);
    let span = place.map_or(whole, |start| Span::new(start, start + entity.len()));
    let message = format!("`{entity}` is HTML for `{char}`: the shell does not understand it");
    let finding = context.report(span, message).path(at.path).help(format!("write `{char}`"));
    if place.is_some() {
        finding.fix(Safety::Unsafe, format!("write `{char}`"), span, *char);
    }
}

fn quotes<'c>(context: &mut Context<'c>, at: &At<'c>) {
    let span = context.span(at);
    let written = span.slice(context.read);
    let inner = written.trim_matches(QUOTES);
    let straight = (!inner.contains(['"', '\\', '\n'])).then(|| format!("\"{inner}\""));
    let message = "these are not quotes in YAML: they become part of the value";
    let finding = context.report(span, message).path(at.path).help("use straight quotes");
    if let Some(straight) = straight {
        finding.fix(Safety::Unsafe, "use straight quotes", span, straight);
    }
}

/// `-\u{A0}item` and `key:\u{A0}value` are text to YAML, and neither an item nor a key.
fn blank<'c>(context: &mut Context<'c>, at: &At<'c>, text: &str) {
    let line = text.lines().next().unwrap_or_default();
    let glued = |mark: char| line.match_indices(mark).find(|(at, _)| line[at + 1..].starts_with(BLANKS));
    let found = line.starts_with('-').then(|| glued('-').filter(|(at, _)| *at == 0)).flatten();
    let is_key =
        |at: usize| line[..at].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let Some((offset, mark)) = found.or_else(|| glued(':').filter(|(at, _)| *at > 0 && is_key(*at))) else {
        return;
    };
    if !is_plain(context, at) {
        return;
    }
    let whole = context.span(at);
    let start = whole.start + offset + mark.len();
    let length = context.read.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let span = Span::new(start, start + length);
    let message = format!("`{mark}` is followed by a no-break space, which YAML does not treat as a space");
    let finding = context.report(span, message).severity(Severity::Error).path(at.path);
    finding.help("write an ordinary space").fix(Safety::Unsafe, "write an ordinary space", span, " ");
}
