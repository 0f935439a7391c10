use crate::Target;
use crate::kind::section_of;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "obsolete-etcd-option",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("obsolete_etcd_option.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    for key in places.keys() {
        if key.known.is_none_or(|known| known.node.deprecated.is_none()) {
            continue;
        }
        let written = key.written;
        let (severity, message, help) = match (section_of(key.object).path, &*key.name()) {
            ("coreos.etcd", _) => (
                Severity::Warning,
                format!("`{written}` is an option of etcd 2: this section is for etcd 0.4, which ignores it"),
                "options of etcd 2 belong under `coreos.etcd2`",
            ),
            ("coreos.etcd2", "peer_ca_file") => (
                Severity::Info,
                format!("`{written}` is obsolete in etcd 2"),
                "use `peer_trusted_ca_file` and `peer_client_cert_auth`",
            ),
            ("coreos.etcd2", _) => (
                Severity::Info,
                format!("`{written}` is obsolete in etcd 2"),
                "use `trusted_ca_file` and `client_cert_auth`",
            ),
            _ => continue,
        };
        let span = key.key_span(context.tree());
        context.report(span, message).severity(severity).at(key.id).help(help);
    }
}
