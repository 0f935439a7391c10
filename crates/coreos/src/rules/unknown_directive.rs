use crate::Target;
use dryboot_systemd::check::FaultKind;
use dryboot_systemd::{directives, name};

use crate::lint::context::Context;
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::release;
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-directive",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unknown_directive.md"),
    scope: Scope::Written,
    check,
};

/// As many keys are compared with all others, which takes more time than anything else.
const SUGGESTIONS: usize = 20;

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let mut compared = 0;
    let release = release(document.target);
    for file in context.unit_files().iter() {
        for fault in &file.faults {
            let key = fault.span.slice(file.text);
            let written = shown(key);
            let mut near = None;
            let (reason, help) = match fault.kind {
                FaultKind::UnknownDirective(section) if compared == SUGGESTIONS => {
                    (format!("`[{section}]` has no `{written}`"), String::new())
                }
                FaultKind::UnknownDirective(section) => {
                    compared += 1;
                    near = nearest(key, directives::names(section, release));
                    let others = || directives::sections(name::suffix(&file.unit));
                    let elsewhere = || {
                        let mut others = others().filter(|other| *other != section);
                        others
                            .find_map(|other| Some((other, nearest(key, directives::names(other, release))?)))
                    };
                    let help = match &near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => match elsewhere() {
                            Some((other, near)) => format!("did you mean `{near}`, under `[{other}]`?"),
                            None => String::new(),
                        },
                    };
                    (format!("`[{section}]` has no `{written}`"), help)
                }
                FaultKind::ForeignDirective(section, other) => (
                    format!("`{written}` belongs to `[{other}]`, not to `[{section}]`"),
                    format!("move the line under `[{other}]`"),
                ),
                FaultKind::FutureDirective(since) => (
                    format!(
                        "`{written}` came with systemd {}, and that of {} is {}",
                        since.0, document.target, release.0
                    ),
                    String::new(),
                ),
                _ => continue,
            };
            let message = format!("{reason}: systemd ignores the line");
            let mut finding = context.report(file.place(document, fault.span), message).path_of(file.node);
            if !help.is_empty() {
                finding = finding.help(help);
            }
            if let (Some(near), Some(span)) = (near, file.exact(document, fault.span)) {
                finding.fix(Safety::Unsafe, format!("change it to `{near}`"), span, near);
            }
        }
    }
}
