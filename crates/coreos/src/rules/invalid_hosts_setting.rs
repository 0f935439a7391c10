use crate::Target;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-hosts-setting",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("invalid_hosts_setting.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let config = &document.model.config;
    let setting = config.text("manage_etc_hosts");
    let Some(field) = config.get("manage_etc_hosts") else { return };
    let (Some(node), Some(span)) = (field.node, written::span_of(document, field)) else { return };
    if setting.is_empty() || setting == "localhost" {
        return;
    }
    let message = "`manage_etc_hosts` only accepts `localhost`: coreos-cloudinit stops before any file is \
        written or unit started";
    let finding = context.report(span, message).path_of(node);
    let declines = ["false", "no", "off", "n"].contains(&setting.to_ascii_lowercase().as_str());
    if declines {
        finding.help("remove the line to leave `/etc/hosts` unchanged");
        return;
    }
    let finding = finding.help("`localhost` replaces `/etc/hosts` with a line for the host name");
    if let Some(place) = written::verbatim(document, node) {
        finding.fix(Safety::Unsafe, "write `localhost`", place, "localhost");
    }
}
