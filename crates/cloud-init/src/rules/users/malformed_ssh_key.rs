use dryboot_lint::Severity;
use dryboot_lint::ssh_key::{Fault, read};
use dryboot_yaml::Span;

use super::ssh_keys::keys;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "malformed-ssh-key", severity: Severity::Error, docs: docs!("malformed_ssh_key.md"), check };

fn check(context: &mut Context<'_>) {
    for (at, text) in keys(context) {
        let Err(fault) = read(text) else { continue };
        let (message, help) = fault.words();
        let import = import_of(text).filter(|_| fault == Fault::PathOrUrl);
        let help = match import {
            Some(import) => format!("import the keys of an account with `ssh_import_id: [{import}]`"),
            None => help,
        };
        let span = context.span(&at);
        let line = span.slice(context.read).lines().next().unwrap_or_default().len();
        context.report(Span::new(span.start, span.start + line), message).path(at.path).help(help);
    }
}

/// What `ssh_import_id` takes, for what is written instead of a key.
fn import_of(text: &str) -> Option<String> {
    let account =
        ["gh:", "github:", "https://github.com/"].iter().find_map(|start| text.trim().strip_prefix(start))?;
    let account = account.trim_end_matches(".keys");
    let is_account =
        !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_account.then(|| format!("gh:{account}"))
}
