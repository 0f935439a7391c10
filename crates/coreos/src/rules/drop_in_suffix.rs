use crate::Target;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::parts::{Part, first_line, text_end, units};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "drop-in-suffix",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("drop_in_suffix.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for drop_in in units(document).flat_map(Part::drop_ins) {
        let (name, Some(node)) = (drop_in.name(), drop_in.node("name")) else { continue };
        if name.is_empty() {
            continue;
        }
        let span = first_line(document, node);
        if name.contains('/') {
            let message = "systemd does not read the directory that this drop-in is written to";
            context
                .report(span, message)
                .path_of(node)
                .help("use a plain file name such as `10-options.conf`");
        } else if name.starts_with('.') {
            let message = "systemd ignores drop-ins whose name begins with a dot";
            context
                .report(span, message)
                .path_of(node)
                .help("use a plain file name such as `10-options.conf`");
        } else if !name.ends_with(".conf") {
            let finding = context
                .report(span, "systemd ignores this drop-in: its name does not end in `.conf`")
                .path_of(node);
            if let Some(end) = text_end(document, node) {
                finding.fix(Safety::Safe, "append `.conf`", Span::empty(end), ".conf");
            }
        }
    }
}
