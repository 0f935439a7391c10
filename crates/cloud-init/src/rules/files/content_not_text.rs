use dryboot_lint::{Safety, Severity};
use dryboot_schema::{Release, Value};
use dryboot_yaml::Span;

use crate::lint::{At, Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "content-not-text", severity: Severity::Error, docs: docs!("content_not_text.md"), check };

/// The first release that writes an empty file for content that is null.
const WRITES_EMPTY: Release = Release::new(24, 3);

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter() {
        let Some(at) = context.get(&file.at, "content") else { continue };
        match context.value(at.value) {
            Value::Map(_) | Value::List(_) => structure(context, &at),
            Value::Null => nothing(context, &at),
            _ => {}
        }
    }
}

fn structure<'c>(context: &mut Context<'c>, at: &At<'c>) {
    let what = if matches!(context.value(at.value), Value::Map(_)) { "mapping" } else { "list" };
    let span = context.key_span(at);
    let message =
        format!("`content` is a {what}, not text: this file and all files after it are not written");
    let edit = as_text(context, at);
    let finding = context.report(span, message).path(at.path);
    match edit {
        Some((span, text)) => {
            let title = if text == " |" { "write `|` after `content:`" } else { "put the content in quotes" };
            finding.help(title).fix(Safety::Unsafe, title, span, text);
        }
        None => {
            finding.help("write `|` after `content:`, and the text on the lines below");
        }
    }
}

/// What makes text of a mapping or a list.
fn as_text<'c>(context: &Context<'c>, at: &At<'c>) -> Option<(Span, String)> {
    let node = context.tree()?.node(at.value);
    let key = context.key_span(at);
    let written = node.span.slice(context.read);
    if node.anchor.is_some() || node.tag.is_some() {
        return None;
    }
    if node.flow {
        let is_short = !written.contains(['\n', '\'']);
        return is_short.then(|| (node.span, format!("'{written}'")));
    }
    let colon = key.end + 1;
    let between = context.read.get(colon..node.span.start)?;
    let column =
        |offset: usize| Some(offset - context.read.get(..offset)?.rfind('\n').map_or(0, |at| at + 1));
    let is_deeper = column(node.span.start)? > column(key.start)?;
    (is_deeper && between.trim().is_empty() && between.contains('\n'))
        .then(|| (Span::empty(colon), " |".to_owned()))
}

fn nothing<'c>(context: &mut Context<'c>, at: &At<'c>) {
    let key = context.key_span(at);
    let rest = context.read.get(key.end..).unwrap_or_default().lines().next().unwrap_or_default();
    let comment = rest.trim_start_matches(':').trim_start();
    let span = context.key_span(at);
    if comment.starts_with("#!") {
        let message = "`#` starts a comment here: the file is empty";
        let finding = context.report(span, message).path(at.path);
        finding.help("write `|` after `content:`, and the script on the lines below");
    } else if context.release() < WRITES_EMPTY {
        let message = "`content` has no value: this file and all files after it are not written";
        let finding = context.report(span, message).path(at.path);
        finding.help("write `content: ''` for an empty file");
    }
}
