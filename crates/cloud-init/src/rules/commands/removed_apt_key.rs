use dryboot_lint::Severity;

use super::SCRIPTS;
use crate::lint::{Context, Rule, Script};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "removed-apt-key", severity: Severity::Warning, docs: docs!("removed_apt_key.md"), check };

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let script = Script::of(context, key);
        for step in script.commands.iter().filter(|step| step.command.program() == "apt-key") {
            let range = step.command.span();
            let span = script.span(context, &range);
            let message = "`apt-key` is deprecated, and newer releases of Debian and Ubuntu have removed \
                it: there, the repository has no key";
            let finding = context.report(span, message).path(script.path(&range));
            finding.help("use `apt.sources` with `key` or `keyid`, or a file in `/etc/apt/keyrings`");
        }
    }
}
