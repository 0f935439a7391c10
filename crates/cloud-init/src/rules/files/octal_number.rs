use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;

use crate::lint::{Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "octal-number", severity: Severity::Warning, docs: docs!("octal_number.md"), check };

fn check(context: &mut Context<'_>) {
    for file in File::all(context) {
        let Some(at) = context.get(&file.at, "permissions") else { continue };
        let Value::Int(mode) = context.value(at.value) else { continue };
        let span = context.first_line(&at);
        let written = span.slice(context.read).to_owned();
        let is_octal = written.starts_with('0') && written.len() > 1;
        let digits = written.trim_start_matches('0').to_owned();
        let is_mode =
            matches!(digits.len(), 3 | 4) && digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
        let (message, severity) = match is_octal {
            true => (
                format!("`{written}` is an octal number and works, but the schema wants a string"),
                Severity::Info,
            ),
            false => (
                format!(
                    "`{written}` is a decimal number without a zero before it: the mode becomes {mode:04o}"
                ),
                Severity::Warning,
            ),
        };
        let finding = context.report(span, message).severity(severity).path(at.path.clone());
        if is_mode && written.bytes().all(|byte| byte.is_ascii_digit()) {
            let quoted = format!("'{digits:0>4}'");
            finding.help("put the mode in quotes").fix(Safety::Safe, format!("write {quoted}"), span, quoted);
        } else {
            finding.help("write the mode as an octal number in quotes: `'0644'`");
        }
    }
}
