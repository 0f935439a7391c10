use std::collections::HashSet;

use dryboot_lint::Severity;
use dryboot_schema::Value;
use dryboot_yaml::Span;

use crate::header::Header;
use crate::jinja::MISSING;
use crate::lint::{Context, Path, Rule, expression, is_plain, placeholder};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "unfilled-template",
    severity: Severity::Warning,
    docs: docs!("unfilled_template.md"),
    check,
};

/// Where instance data begins in an expression; nothing else writes this.
const INSTANCE_DATA: [&str; 6] = ["v1.", "ds.", "v1[", "ds[", "merged_cfg.", "sys_info."];

fn check(context: &mut Context<'_>) {
    if context.judged.header == Some(Header::Jinja) {
        return missing_variables(context);
    }
    let mut placeholders = Vec::new();
    for place in context.places.all() {
        let Value::Str(text) = context.value(place.at.value) else { continue };
        if !text.bytes().any(|byte| matches!(byte, b'{' | b'<')) {
            continue;
        }
        let span = context.span(&place.at);
        let path = place.at.path;
        if let Some(expression) = expression(text, "{{", "}}").filter(|inner| is_instance_data(inner)) {
            let message =
                format!("`{{{{{expression}}}}}` is not filled in: the file is not a cloud-init template");
            let help = "add the line `## template: jinja` at the top, above `#cloud-config`";
            context.report(found(context.read, span, "{{"), message).path(path).help(help);
        } else if let Some((shown, open)) = placeholder(text).filter(|_| is_plain(place)) {
            placeholders.push((shown, found(context.read, span, open), path));
        } else if let Some(line) = directive(text) {
            let message =
                format!("`{line}` is a Terraform template directive: cloud-init does not process it");
            let help = "render the file with `templatefile` first, or check it with `--template terraform`";
            context.report(found(context.read, span, line), message).path(path).help(help);
        }
    }
    say_once(context, &placeholders);
}

/// A text with placeholders is most often a template that another program fills before cloud-init sees it.
fn say_once(context: &mut Context<'_>, placeholders: &[(String, Span, Path<'_>)]) {
    let Some(((shown, span, path), others)) = placeholders.split_first() else { return };
    let others: Vec<Span> = others.iter().map(|(_, span, _)| context.source(*span)).collect();
    let message = format!("cloud-init does not fill in `{shown}`, and uses it literally");
    let finding = context.report(*span, message).severity(Severity::Info).path(*path);
    let finding = finding
        .help("if another program fills it in first, check it with `--template terraform`, `jinja` or `go`");
    others.into_iter().take(SHOWN).fold(finding, |finding, span| finding.label(span, "and here"));
}

/// How many placeholders are shown beside the first.
const SHOWN: usize = 8;

fn is_instance_data(expression: &str) -> bool {
    let expression = expression.trim_start_matches('-').trim_start();
    INSTANCE_DATA.iter().any(|start| expression.starts_with(start))
}

/// A line such as `%{ for p in packages ~}`.
fn directive(text: &str) -> Option<&str> {
    text.lines().map(str::trim).find(|line| {
        let inner = line.strip_prefix("%{").and_then(|rest| rest.strip_suffix('}'));
        let word = inner.map(|inner| inner.trim_matches(['~', ' ']).split(' ').next().unwrap_or_default());
        word.is_some_and(|word| ["for", "if", "else", "endif", "endfor"].contains(&word))
    })
}

/// Where `words` stand in a value; the value where they are not written so.
fn found(text: &str, value: Span, words: &str) -> Span {
    let at = value.slice(text).find(words).map(|at| value.start + at);
    at.map_or(value, |at| Span::new(at, (at + words.len()).min(value.end)))
}

/// Variables of a filled template that the instance data lacks.
fn missing_variables(context: &mut Context<'_>) {
    let mut said = HashSet::new();
    for (at, marker) in context.read.match_indices(MISSING) {
        let line = context.source(Span::new(at, at + marker.len()));
        if !said.insert(line.start) {
            continue;
        }
        // The filled text does not have the name; in the template, it is plain where the line has only one.
        let written = line.slice(context.text);
        let only = expression(written, "{{", "}}").filter(|_| written.matches("{{").count() == 1);
        let what = match only {
            Some(name) => format!("`{}`", name.trim().trim_matches('-').trim()),
            None => "a variable of this line".to_owned(),
        };
        let message = format!("{what} is not in the instance data: `{MISSING}` is inserted instead");
        let help = "check the name with `cloud-init query --all`; put text meant for another program into \
            `{% raw %}`";
        context.report_at(line, message).help(help);
    }
}
