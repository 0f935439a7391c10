use std::collections::HashMap;

use dryboot_lint::Severity;

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
    let mut written: HashMap<&str, &File<'_>> = HashMap::new();
    for file in order {
        let first = written.insert(&file.target, file);
        let Some(first) = first.filter(|_| !file.appends) else { continue };
        let (span, lost) = (file.path_span(context), first.path_span(context));
        let message = format!("`{}` is written a second time: its earlier content is lost", file.target);
        let finding = context.report(span, message).path(format!("{}.path", file.at.path));
        finding.label(lost, "this file is lost").help("keep one of them, or write `append: true`");
    }
}
