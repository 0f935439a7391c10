use std::collections::HashSet;

use crate::typed::Value;
use crate::{Document, Target};
use dryboot_yaml::NodeId;

use crate::lint::context::Context;
use crate::lint::parts::{first_line, users};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;
use dryboot_lint::ssh_key::{Fault, read};

pub(crate) static RULE: Rule = Rule {
    name: "malformed-ssh-key",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("malformed_ssh_key.md"),
    scope: Scope::Written,
    check,
};

/// The keys of the config: the text of each element and the node behind it.
pub(super) fn keys<'d>(document: &'d Document<'_>) -> impl Iterator<Item = (&'d str, NodeId)> {
    let config = &document.model.config;
    let of_users = users(document).flat_map(|user| user.decoded.list("ssh_authorized_keys"));
    let all = config.list("ssh_authorized_keys").iter().chain(of_users);
    // A list that users share through aliases is written once.
    let mut seen = HashSet::new();
    all.filter_map(move |field| match &field.value {
        Value::Text(text) => Some((text.as_str(), field.node.filter(|node| seen.insert(*node))?)),
        _ => None,
    })
}

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for (text, node) in keys(document) {
        let Err(fault) = read(text) else { continue };
        let (message, help) = words(fault);
        let finding = context.report(first_line(document, node), message).path_of(node);
        match help {
            Some(help) => finding.help(help),
            None => finding.help("paste the whole line of the `.pub` file, on one line"),
        };
    }
}

/// What is wrong, without a word of what is written, and what to do.
fn words(fault: Fault<'_>) -> (String, Option<String>) {
    let ignored = "sshd ignores it";
    let (message, help) = match fault {
        Fault::Empty => ("this SSH key is empty".to_owned(), None),
        Fault::PrivateKey => (
            "this is a private key: sshd ignores it, and whoever reads the user-data has it".to_owned(),
            Some("do not use this key any more; paste the line of the `.pub` file of a new one".to_owned()),
        ),
        Fault::Certificate => (format!("this is an X.509 certificate, not an SSH key: {ignored}"), None),
        Fault::OtherFormat(format) => (
            format!("this key is in {format} form, which sshd does not read here"),
            Some("convert it with `ssh-keygen -i -m PKCS8 -f FILE`, or without `-m` for RFC 4716".to_owned()),
        ),
        Fault::PathOrUrl => (
            format!("this is the place of a key, not the key: {ignored}"),
            Some("paste what stands there; nothing is read or fetched".to_owned()),
        ),
        Fault::Placeholder => (format!("this is a placeholder, not an SSH key: {ignored}"), None),
        Fault::NoType(kind) => {
            (format!("the key's type is missing: {ignored}"), Some(format!("write `{kind}` before it")))
        }
        Fault::UnknownType => (
            format!("this does not begin with a type of SSH key: {ignored}"),
            Some("a key looks like `ssh-ed25519 AAAA… comment`".to_owned()),
        ),
        Fault::NoData(kind) => (format!("there is nothing behind `{kind}`: {ignored}"), None),
        Fault::NotBase64 => (format!("the key's data is not base64: {ignored}"), None),
        Fault::TypeMismatch(kind, Some(inside)) => (
            format!("the key's data is of type `{inside}`, not `{kind}`: {ignored}"),
            Some(format!("write `{inside}` before it")),
        ),
        Fault::TypeMismatch(kind, None) => {
            (format!("the key's data is not of type `{kind}`: {ignored}"), None)
        }
        Fault::Truncated => (format!("the key is cut short: {ignored}"), None),
        Fault::Malformed => (format!("the key's data does not fit its type: {ignored}"), None),
        Fault::BrokenOverLines => (
            format!("the key is broken by white space: {ignored}"),
            Some("join its parts on one line, without blanks in the data".to_owned()),
        ),
    };
    (message, help)
}
