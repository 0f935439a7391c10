use crate::schema::{CLOUD_CONFIG, FILE, USER};
use crate::{Target, foreign};
use dryboot_schema::Object;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "wrong-dialect",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("wrong_dialect.md"),
    scope: Scope::Written,
    check,
};

/// cloud-init's keys of a list element that coreos-cloudinit does not have.
static ELEMENT_KEYS: [(&Object, &[&str]); 2] = [
    (
        &USER,
        &[
            "sudo",
            "lock_passwd",
            "plain_text_passwd",
            "hashed_passwd",
            "ssh_import_id",
            "ssh_redirect_user",
            "uid",
            "expiredate",
            "inactive",
            "selinux_user",
            "doas",
            "snapuser",
            "create_groups",
        ],
    ),
    (&FILE, &["append", "defer", "source"]),
];

/// Whether a key that the target does not know gives another format away.
pub(crate) fn names(object: &Object, name: &str) -> bool {
    dialect_of(object, name).is_some()
}

fn dialect_of(object: &Object, name: &str) -> Option<(&'static str, &'static str)> {
    if object == &CLOUD_CONFIG {
        return foreign::of_key(name).map(|format| (format.name, format.remedy));
    }
    let (_, keys) = ELEMENT_KEYS.iter().find(|(table, _)| *table == object)?;
    let remedy = "remove it, or do the same in a unit or a file";
    keys.contains(&name).then_some(("cloud-init", remedy))
}

fn check(context: &mut Context<'_>) {
    let program = context.document.target.program();
    if let Some(format) = context.document.foreign {
        let first_line = context.document.lines.line_span(1, context.text());
        let message = format!(
            "this looks like {}, so {program} does not recognise it and applies nothing",
            format.what
        );
        context.report(first_line, message).help(format.remedy);
    }
    let places = context.places;
    for key in places.keys().filter(|key| key.known.is_none()) {
        let Some((dialect, remedy)) = dialect_of(key.object, &key.name()) else { continue };
        let message = format!("`{}` is a key of {dialect}: {program} ignores it", key.written);
        context.report(key.key_span(context.tree()), message).at(key.id).help(remedy);
    }
}
