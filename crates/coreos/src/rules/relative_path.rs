use crate::Target;
use dryboot_yaml::Span;

use crate::lint::context::{Context, Finding};
use crate::lint::files::{File, files};
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "relative-path",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("relative_path.md"),
    scope: Scope::Written,
    check,
};

/// What stands for the home directory in a shell.
const HOMES: [&str; 3] = ["~", "$HOME", "${HOME}"];

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        let path = file.text("path");
        // A file without a path, or instead of the root, is another rule's.
        if !path.is_empty() && file.target() != "/" {
            judge(context, &file, path);
        }
    }
}

fn judge(context: &mut Context<'_>, file: &File<'_>, path: &str) {
    let target = file.target();
    let (span, node) = (file.span_of("path"), file.value("path").unwrap_or(file.node));
    let place = file.value("path").and_then(|node| written::verbatim(context.document, node));
    let home = HOMES.into_iter().find_map(|home| Some((home, path.strip_prefix(home)?.strip_prefix('/')?)));
    if let Some((written, rest)) = home {
        let message = format!("`{written}` has no special meaning here: the file is written to `{target}`");
        let home = format!("/home/core/{rest}");
        let finding = context.report(span, message).path_of(node).help(format!("did you mean `{home}`?"));
        if let Some(place) = place {
            finding.fix(Safety::Unsafe, "write the full path of the home directory", place, home);
        }
    } else if !path.starts_with('/') {
        let message = format!("`{path}` is relative to `/`: the file is written to `{target}`");
        let finding = context.report(span, message).path_of(node);
        if let Some(place) = place {
            replace(finding, place, &target);
        }
    } else if path.split('/').any(|part| part == "..") {
        let message = format!("`..` is resolved in the path: the file is written to `{target}`");
        let finding = context.report(span, message).path_of(node);
        if let Some(place) = place {
            replace(finding, place, &target);
        }
    } else if path.ends_with('/') {
        let message =
            format!("the trailing slash is ignored: `{target}` is written as a file, not a directory");
        let finding = context.report(span, message).severity(Severity::Info).path_of(node);
        if let Some(place) = place {
            replace(finding, place, &target);
        }
    }
}

/// What the target writes to anyway can be written down safely.
fn replace(finding: Finding<'_>, place: Span, target: &str) {
    finding.fix(Safety::Safe, format!("write `{target}`"), place, target);
}
