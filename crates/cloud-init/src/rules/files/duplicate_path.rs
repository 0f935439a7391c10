use dryboot_lint::Severity;
use dryboot_schema::Value;

use crate::lint::{Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "duplicate-path", severity: Severity::Warning, docs: docs!("duplicate_path.md"), check };

fn check(context: &mut Context<'_>) {
    let files = File::all(context);
    // Deferred files are written at the end, wherever they stand.
    let (at_once, deferred): (Vec<&File<'_>>, Vec<&File<'_>>) =
        files.iter().partition(|file| !file.is_deferred);
    let order: Vec<&File<'_>> = at_once.into_iter().chain(deferred).collect();
    for (index, file) in order.iter().enumerate().filter(|(_, file)| !file.appends) {
        let Some(first) = order[..index].iter().find(|first| first.target == file.target) else { continue };
        let (span, lost) = (file.path_span(context), first.path_span(context));
        let message = format!("`{}` is written a second time: what was written before is lost", file.target);
        let finding = context.report(span, message).path(format!("{}.path", file.at.path));
        finding.label(lost, "this file is lost").help("keep one of them, or write `append: true`");
    }
    hosts(context, &files);
}

/// `manage_etc_hosts` writes the whole file at every boot.
fn hosts(context: &mut Context<'_>, files: &[File<'_>]) {
    let Some(manage) = context.top("manage_etc_hosts") else { return };
    let is_whole = match context.value(manage.value) {
        Value::Bool(truth) => truth,
        Value::Str(text) => text == "template",
        _ => false,
    };
    for file in files.iter().filter(|file| is_whole && file.target == "/etc/hosts") {
        let (span, manage) = (file.path_span(context), context.key_span(&manage));
        let message = "this file is lost: `manage_etc_hosts` writes `/etc/hosts` anew at every boot";
        let finding = context.report(span, message).path(format!("{}.path", file.at.path));
        finding
            .label(manage, "this makes the other file")
            .help("write the template in `/etc/cloud/templates`, or leave out `manage_etc_hosts`");
    }
}
