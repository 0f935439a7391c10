use dryboot_lint::Severity;

use super::host_names::top_truth;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "hostname-not-set", severity: Severity::Warning, docs: docs!("hostname_not_set.md"), check };

fn check(context: &mut Context<'_>) {
    let Some(preserve) = context.top("preserve_hostname") else { return };
    if top_truth(context, "preserve_hostname") != Some(true) {
        return;
    }
    // The name still goes to `/etc/hosts`, for which it may be meant.
    let manages_hosts = context
        .top("manage_etc_hosts")
        .is_some_and(|at| context.str(&at).is_some() || top_truth(context, "manage_etc_hosts") == Some(true));
    let severity = if manages_hosts { Severity::Info } else { Severity::Warning };
    for key in ["hostname", "fqdn"] {
        let Some(at) = context.top(key) else { continue };
        if context.str(&at).is_none_or(str::is_empty) {
            continue;
        }
        let label = context.source(context.key_span(&preserve));
        context
            .report(
                context.key_span(&at),
                format!("cloud-init does not set `{key}` because of `preserve_hostname: true`"),
            )
            .severity(severity)
            .path(key)
            .help("remove one of the two")
            .label(label, "this stops cloud-init from setting the host name");
    }
}
