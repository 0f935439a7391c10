use dryboot_lint::{Safety, Severity};

use crate::lint::{Context, File, Rule, octal};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "invalid-permissions",
    severity: Severity::Warning,
    docs: docs!("invalid_permissions.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter() {
        let Some(at) = context.get(&file.at, "permissions") else { continue };
        let Some(text) = context.str(&at).filter(|text| octal(text).is_none()) else { continue };
        let span = context.first_line(&at);
        let (verbatim, whole) = (context.verbatim(&at), context.span(&at));
        let message = "these permissions are not an octal number: the file gets mode 0644";
        let finding = context.report(span, message).path(at.path);
        match symbolic(text) {
            Some(mode) => {
                let finding = finding.help(format!("`{text}` is `{mode:04o}`"));
                if verbatim.is_some() {
                    let quoted = format!("'{mode:04o}'");
                    finding.fix(Safety::Safe, format!("write {quoted}"), whole, quoted);
                }
            }
            None => {
                finding.help("write an octal number in quotes: `'0644'`");
            }
        }
    }
}

/// `rwxr-x---`, as `ls` shows it.
fn symbolic(text: &str) -> Option<u32> {
    let letters = text.strip_prefix('-').filter(|rest| rest.len() == 9).unwrap_or(text).as_bytes();
    let fits = |(at, byte): (usize, &u8)| *byte == b'-' || *byte == b"rwx"[at % 3];
    let is_mode = letters.len() == 9 && letters.iter().enumerate().all(fits);
    is_mode.then(|| letters.iter().fold(0, |mode, byte| mode << 1 | u32::from(*byte != b'-')))
}
