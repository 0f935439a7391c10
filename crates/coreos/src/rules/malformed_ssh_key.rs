use crate::typed::Value;
use crate::{Document, Target};
use dryboot_yaml::{NodeId, NodeMap};

use crate::lint::context::Context;
use crate::lint::parts::{first_line, users};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;
use dryboot_lint::ssh_key::read;

pub(crate) static RULE: Rule = Rule {
    name: "malformed-ssh-key",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("malformed_ssh_key.md"),
    scope: Scope::Written,
    check,
};

/// The keys of the config: the text of each element and the node after it.
pub(super) fn keys<'d>(document: &'d Document<'_>) -> impl Iterator<Item = (&'d str, NodeId)> {
    let config = &document.model.config;
    let of_users = users(document).flat_map(|user| user.decoded.list("ssh_authorized_keys"));
    let all = config.list("ssh_authorized_keys").iter().chain(of_users);
    // A list that users share through aliases is written once.
    let mut seen = NodeMap::default();
    all.filter_map(move |field| match &field.value {
        Value::Text(text) => {
            Some((text.as_str(), field.node.filter(|node| seen.insert(*node, ()).is_none())?))
        }
        _ => None,
    })
}

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for (text, node) in keys(document) {
        let Err(fault) = read(text) else { continue };
        let (message, help) = fault.words();
        context.report(first_line(document, node), message).path_of(node).help(help);
    }
}
