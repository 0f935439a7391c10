use dryboot_lint::Severity;

use crate::lint::{Context, File, Rule, is_below};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "volatile-path", severity: Severity::Info, docs: docs!("volatile_path.md"), check };

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter().filter(|file| !file.is_deferred) {
        if is_below(&file.target, "/tmp") {
            let span = file.path_span(context);
            let message = "the system may empty this directory later in the boot, after the file is written";
            let finding = context.report(span, message).path(format!("{}.path", file.at.path));
            finding.help("use `/run`, or `/root` for a file that should stay");
        }
    }
}
