use dryboot_lint::{Safety, Severity};
use dryboot_yaml::Span;

use crate::lint::{Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "relative-path", severity: Severity::Warning, docs: docs!("relative_path.md"), check };

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter() {
        let path = file.path;
        let is_home = ["~", "$HOME", "${HOME}"].iter().any(|home| path.starts_with(home));
        let (message, severity) = if is_home {
            let message = format!("nothing expands this path: the file is written to `{}`", file.target);
            (message, Severity::Warning)
        } else if !path.starts_with('/') {
            let message =
                format!("the path does not begin with `/`: the file is written to `{}`", file.target);
            (message, Severity::Warning)
        } else if path.ends_with('/') {
            let message = format!(
                "the trailing slash does not create a directory: the file `{}` is written",
                file.target
            );
            (message, Severity::Warning)
        } else {
            continue;
        };
        let span = file.path_span(context);
        let verbatim = context.get(&file.at, "path").and_then(|at| context.verbatim(&at));
        let is_simple = !path.contains(['$', '~', '{']) && !path.contains("..") && !path.starts_with('.');
        let finding = context.report(span, message).severity(severity).path(format!("{}.path", file.at.path));
        let finding = finding.help("write the full path, starting with `/`");
        if let Some(span) = verbatim.filter(|_| is_simple && !path.starts_with('/')) {
            finding.fix(Safety::Safe, format!("write `/{path}`"), Span::empty(span.start), "/");
        }
    }
}
