use dryboot_lint::{Safety, Severity};

use super::added;
use crate::lint::{Context, File, Rule, is_below, normal};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "hidden-by-mount", severity: Severity::Warning, docs: docs!("hidden_by_mount.md"), check };

fn check(context: &mut Context<'_>) {
    let entries = context.top("mounts").map(|list| context.items(&list)).unwrap_or_default();
    let mut points = Vec::new();
    for entry in entries {
        let fields = context.items(&entry);
        let Some(at) = fields.get(1) else { continue };
        let point = context.str(at).filter(|point| point.starts_with('/') && normal(point) != "/");
        points.extend(point.map(|point| (normal(point), context.first_line(at))));
    }
    for file in File::all(context).iter().filter(|file| !file.is_deferred) {
        let Some((point, place)) = points.iter().find(|(point, _)| is_below(&file.target, point)) else {
            continue;
        };
        let span = file.path_span(context);
        let added = added(context, &file.at, "path", "defer", "true");
        let message = format!("the file is written before `{point}` is mounted, and hidden by the mount");
        let finding = context.report(span, message).path(format!("{}.path", file.at.path));
        let finding = finding.label(*place, "mounted after files are written").help("add `defer: true`");
        if let Some((span, text)) = added {
            finding.fix(Safety::Unsafe, "add `defer: true`", span, text);
        }
    }
}
