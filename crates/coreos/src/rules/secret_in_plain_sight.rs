use std::collections::HashSet;
use std::ops::Range;

use crate::Target;
use crate::typed::{Decoded, Field};
use dryboot_yaml::{NodeId, Span};

use crate::lint::context::Context;
use crate::lint::files::{File, files};
use crate::lint::parts::units;
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::Severity;
use dryboot_lint::secrets::{assignments, aws_secret, private_key, settings, url_passwords};

pub(crate) static RULE: Rule = Rule {
    name: "secret-in-plain-sight",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("secret_in_plain_sight.md"),
    scope: Scope::Written,
    check,
};

const ELSEWHERE: &str = "on most platforms, every process on the machine can read user-data: let the \
    machine fetch secrets when it boots";

/// So many findings in one text make the point.
const MOST: usize = 10;

fn check(context: &mut Context<'_>) {
    // Files may share one content through aliases: it is searched once.
    let mut searched = HashSet::new();
    for file in files(context) {
        let content =
            file.value("content").map(|node| (node, file.text("encoding"), file.is_readable_by_all()));
        if content.is_none_or(|content| searched.insert(content)) {
            in_file(context, &file);
        }
    }
    in_units(context);
    in_settings(context);
    in_urls(context);
}

fn in_file(context: &mut Context<'_>, file: &File<'_>) {
    let Ok(content) = file.content() else { return };
    let content = dryboot_text::lossy(&content);
    // Decoded content stands nowhere in the source.
    let node = file.value("content").filter(|_| file.text("encoding").is_empty());
    let node_of_path = file.value("content").unwrap_or(file.node);
    let place = |context: &Context<'_>, range: Range<usize>| {
        let exact = node.and_then(|node| written::within(context.document, node, range));
        exact.unwrap_or_else(|| file.span_of("content"))
    };
    if let Some(range) = private_key(&content) {
        let span = place(context, range);
        if file.is_readable_by_all() {
            let mode = file.mode().unwrap_or_default() & 0o777;
            let message = format!("a private key in a file with mode {mode:04o}, which others can read");
            let finding = context.report(span, message).path_of(node_of_path);
            finding
                .help(format!("write `permissions: \"0600\"`; and {ELSEWHERE}"))
                .label(file.span_of("permissions"), "the file's mode");
        } else {
            let finding = context.report(span, "a private key in user-data").severity(Severity::Info);
            finding.path_of(node_of_path).help(ELSEWHERE);
        }
    }
    if let Some(range) = aws_secret(&content) {
        let span = place(context, range);
        let finding = context.report(span, "an AWS access key in user-data").severity(Severity::Info);
        finding.path_of(node_of_path).help("give the instance a role instead of a key");
    }
    if file.is_readable_by_all() {
        for (name, range) in assignments(&content).into_iter().take(MOST) {
            let span = place(context, range);
            let message = format!("the value of `{name}` in a file that others can read");
            let finding = context.report(span, message).severity(Severity::Info).path_of(node_of_path);
            finding.help(format!("write `permissions: \"0600\"`; and {ELSEWHERE}"));
        }
    }
}

/// Unit files can be read by everybody.
fn in_units(context: &mut Context<'_>) {
    for unit in units(context.document) {
        let parts = std::iter::once(unit).chain(unit.drop_ins());
        for content in parts.filter_map(|part| part.decoded.get("content")) {
            in_unit(context, content);
        }
    }
}

fn in_unit(context: &mut Context<'_>, content: &Field) {
    let Some(node) = content.node else { return };
    let text = context.tree().node(node).text().unwrap_or_default();
    if let Some(range) = private_key(text) {
        let span = narrow(context, content, node, range);
        let message = "a private key in a unit file, which every user of the machine can read";
        context.report(span, message).path_of(node).help(ELSEWHERE);
    }
    for (name, range) in settings(text).into_iter().take(MOST) {
        let span = narrow(context, content, node, range);
        let message =
            format!("the value of `{name}` in a unit file, which every user of the machine can read");
        let finding = context.report(span, message).severity(Severity::Info).path_of(node);
        finding.help(
            "let the machine fetch it into a file with mode 0600, and read that with `EnvironmentFile=`",
        );
    }
}

fn narrow(context: &Context<'_>, field: &Field, node: NodeId, range: Range<usize>) -> Span {
    written::within(context.document, node, range)
        .or_else(|| written::span_of(context.document, field))
        .unwrap_or_else(|| context.tree().node(node).span)
}

/// Passwords that end up in the environment of a unit.
fn in_settings(context: &mut Context<'_>) {
    let Some(coreos) = context.document.model.config.section("coreos") else { return };
    for section in ["fleet", "flannel", "locksmith"] {
        let Some(field) = coreos.section(section).and_then(|section| section.get("etcd_password")) else {
            continue;
        };
        let is_set = coreos.section(section).map(|section: &Decoded| section.text("etcd_password"));
        let Some(node) = field.node.filter(|_| is_set.is_some_and(|text| !text.is_empty())) else { continue };
        let span = written::span_of(context.document, field).unwrap_or_default();
        let message =
            "a password in user-data, which is written to a file that every user of the machine can read";
        let finding = context.report(span, message).severity(Severity::Info).path_of(node);
        finding.help("use client certificates for etcd instead");
    }
}

fn in_urls(context: &mut Context<'_>) {
    let tree = context.tree();
    for node in tree.ids() {
        let Some(text) = tree.node(node).text() else { continue };
        for range in url_passwords(text).into_iter().take(MOST) {
            let Some(span) = written::within(context.document, node, range) else { continue };
            let message = "a password in a URL in user-data";
            let finding = context.report(span, message).severity(Severity::Info).path_of(node);
            finding.help(ELSEWHERE);
        }
    }
}
