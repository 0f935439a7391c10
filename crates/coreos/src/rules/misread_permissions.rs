use crate::Target;
use crate::schema::PERMISSIONS;

use crate::lint::context::Context;
use crate::lint::files::{File, files, mode_in_decimal};
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "misread-permissions",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("misread_permissions.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        let text = file.text("permissions");
        // Unreadable numbers and dropped bits are other rules'.
        let Some(mode) = file.mode().filter(|mode| mode & !0o777 == 0) else { continue };
        if !text.is_empty() {
            judge(context, &file, text, mode);
        }
    }
}

fn judge(context: &mut Context<'_>, file: &File<'_>, text: &str, mode: i32) {
    let span = file.span_of("permissions");
    let node = file.value("permissions").unwrap_or(file.node);
    let place = file.value("permissions").and_then(|node| written::verbatim(context.document, node));
    if let Some(meant) = mode_in_decimal(text).filter(|_| text.len() == 3) {
        let message = format!("`{text}` is read as octal: the file gets mode {mode:04o} ({})", shown(mode));
        let meant = format!("{meant:04o}");
        let help = format!("if you meant the decimal number, write {meant}");
        let finding = context.report(span, message).path_of(node).help(help);
        if let Some(place) = place {
            finding.fix(Safety::Unsafe, format!("write `{meant}`"), place, meant);
        }
    } else if text.len() < 3 {
        let message =
            format!("`{text}` is read as {mode:04o} ({}), and the validator rejects it", shown(mode));
        context.report(span, message).path_of(node).help("write all four digits, such as `\"0640\"`");
    } else if !PERMISSIONS.matches(text) {
        let message = format!("the validator rejects `{text}`, but it is read as {mode:04o}");
        let finding = context.report(span, message).severity(Severity::Info).path_of(node);
        if let Some(place) = place {
            finding.fix(Safety::Safe, format!("write `{mode:04o}`"), place, format!("{mode:04o}"));
        }
    }
}

/// The form that `ls` prints.
fn shown(mode: i32) -> String {
    let letters = "rwxrwxrwx".chars().enumerate();
    letters.map(|(at, letter)| if mode & (0o400 >> at) != 0 { letter } else { '-' }).collect()
}
