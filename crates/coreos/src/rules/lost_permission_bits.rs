use crate::Target;

use crate::lint::context::Context;
use crate::lint::files::files;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "lost-permission-bits",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("lost_permission_bits.md"),
    scope: Scope::Written,
    check,
};

const NAMED: [(i32, &str, &str); 3] =
    [(0o4000, "set-uid", "u+s"), (0o2000, "set-gid", "g+s"), (0o1000, "sticky", "+t")];

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        let Some(mode) = file.mode().filter(|mode| mode & !0o777 != 0) else { continue };
        let named = || NAMED.into_iter().filter(|(bit, ..)| mode & bit != 0 && mode & !0o7777 == 0);
        let bits: Vec<&str> = named().map(|(_, name, _)| name).collect();
        let effect = mode & 0o777;
        let message = match &bits[..] {
            [] => format!("only the last three digits take effect: the file gets mode {effect:04o}"),
            [bit] => format!("the {bit} bit is dropped: the file gets mode {effect:04o}"),
            bits => format!("the bits {} are dropped: the file gets mode {effect:04o}", bits.join(", ")),
        };
        let node = file.value("permissions").unwrap_or(file.node);
        let finding = context.report(file.span_of("permissions"), message).path_of(node);
        if let Some((_, _, change)) = named().next() {
            finding.help(format!("run `chmod {change}` on it in a unit"));
        }
    }
}
