use dryboot_lint::{Safety, Severity};
use dryboot_schema::Value;

use crate::lint::{Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "octal-number", severity: Severity::Warning, docs: docs!("octal_number.md"), check };

/// Modes that are meant, however they are written.
const USUAL: [i64; 14] =
    [0o400, 0o440, 0o444, 0o500, 0o555, 0o600, 0o640, 0o644, 0o660, 0o664, 0o700, 0o750, 0o755, 0o775];

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter() {
        let Some(at) = context.get(&file.at, "permissions") else { continue };
        let Value::Int(mode) = context.value(at.value) else { continue };
        let span = context.first_line(&at);
        let written = span.slice(context.read).to_owned();
        let digits = written.trim_start_matches('0').to_owned();
        let is_mode =
            matches!(digits.len(), 3 | 4) && digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
        let is_octal = written.starts_with('0') && is_mode;
        let (message, severity, meant) = if is_octal || USUAL.contains(&mode) {
            let message = format!("`{written}` means mode {mode:04o}, but the schema requires a string");
            (message, Severity::Info, Some(format!("'{mode:04o}'")))
        } else {
            let message = format!("`{written}` is read as a decimal number: the mode becomes {mode:04o}");
            (message, Severity::Warning, is_mode.then(|| format!("'{digits:0>4}'")))
        };
        let finding = context.report(span, message).severity(severity).path(at.path);
        match meant {
            Some(quoted) => {
                let title = format!("write {quoted}");
                finding.help("put the mode in quotes").fix(Safety::Safe, title, span, quoted);
            }
            None => {
                finding.help("write the mode as an octal number in quotes: `'0644'`");
            }
        }
    }
}
