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
    for (index, file) in order.iter().enumerate().filter(|(_, file)| !file.appends) {
        let Some(first) = order[..index].iter().find(|first| first.target == file.target) else { continue };
        let (span, lost) = (file.path_span(context), first.path_span(context));
        let message = format!("`{}` is written a second time: what was written before is lost", file.target);
        let finding = context.report(span, message).path(format!("{}.path", file.at.path));
        finding.label(lost, "this file is lost").help("keep one of them, or write `append: true`");
    }
}
