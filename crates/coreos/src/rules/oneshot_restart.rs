use crate::Target;
use dryboot_systemd::check::FaultKind;

use crate::lint::context::Context;
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "oneshot-restart",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("oneshot_restart.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for file in context.unit_files().iter() {
        let Some(fault) = file.whole.as_ref().filter(|fault| fault.kind == FaultKind::OneshotRestart) else {
            continue;
        };
        let value = shown(fault.span.slice(file.text));
        let help = match document.target {
            Target::CoreOs => "the systemd of CoreOS restarts no service of `Type=oneshot`",
            Target::Flatcar => {
                "`Restart=on-failure` is possible; a service that goes on running is `Type=simple`"
            }
        };
        context
            .report(
                file.place(document, fault.span),
                format!(
                    "a service of `Type=oneshot` cannot have `Restart={value}`: systemd refuses the unit"
                ),
            )
            .path_of(file.node)
            .help(help);
    }
}
