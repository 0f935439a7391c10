use crate::Target;
use crate::habits::HostName;

use crate::lint::context::Context;
use crate::lint::parts::{has_variable, shown};
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "bad-hostname",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("bad_hostname.md"),
    scope: Scope::Written,
    check,
};

const HELP: &str = "use letters, digits, hyphens and dots";

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let config = &document.model.config;
    let name = config.text("hostname");
    let Some(field) = config.get("hostname").filter(|_| !name.is_empty()) else { return };
    let (Some(node), Some(span)) = (field.node, written::span_of(document, field)) else { return };
    for Fault { severity, message, help } in faults(name, document.target) {
        let finding = context.report(span, message).severity(severity).path_of(node);
        if let Some(help) = help {
            finding.help(help);
        }
    }
}

/// What the name looks like once variables are replaced.
fn with_addresses(name: &str) -> String {
    let v4 = name.replace("$public_ipv4", "10.0.0.1").replace("$private_ipv4", "10.0.0.1");
    v4.replace("$public_ipv6", "fd00::1").replace("$private_ipv6", "fd00::1")
}

struct Fault {
    severity: Severity,
    message: String,
    help: Option<&'static str>,
}

fn faults(written: &str, target: Target) -> Vec<Fault> {
    let has_address = has_variable(written);
    let whole = &*with_addresses(written);
    let mut faults = Vec::new();
    let mut add = |severity, message: String, help| faults.push(Fault { severity, message, help });
    let HostName { is_cut_at_dot, longest, cut_by } = target.habits().host_name;
    let name = if is_cut_at_dot { whole.split('.').next().unwrap_or_default() } else { whole };
    let odd = name.chars().find(|&char| !(char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '_')));
    if whole.starts_with('-') {
        let message = "the host name begins with a hyphen: `hostnamectl` reads it as an option and fails, \
            and none of the config is applied";
        add(Severity::Error, message.to_owned(), Some("begin with a letter or a digit"));
    } else if let Some(odd) = odd {
        let what = match odd {
            char if char.is_whitespace() => "a blank".to_owned(),
            char if char.is_ascii_graphic() => format!("`{char}`"),
            _ => "a character outside ASCII".to_owned(),
        };
        let message = format!("host names cannot contain {what}: `hostnamectl` changes the name");
        add(Severity::Warning, message, Some(HELP));
    } else if name.split('.').any(str::is_empty) {
        let message = "the host name has an extra dot: `hostnamectl` changes the name";
        add(Severity::Warning, message.to_owned(), Some(HELP));
    } else if name.contains('_') {
        let message = "underscores are not allowed in DNS names, so other programs may refuse this host name";
        add(Severity::Info, message.to_owned(), Some("use hyphens instead"));
    }
    if name.len() < whole.len() && !name.is_empty() {
        if has_address {
            let message = "the name is cut at the first dot, in the middle of the address: several \
                machines may get the same name";
            add(Severity::Warning, message.to_owned(), Some("use the host name that the platform provides"));
        } else {
            let message =
                format!("the name is cut at the first dot: the machine is called `{}`", shown(name));
            add(Severity::Info, message, None);
        }
    }
    if name.len() > longest {
        let message = format!("the host name has {} bytes: {cut_by} cuts it to {longest}", name.len());
        add(Severity::Warning, message, None);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severities(name: &str, target: Target) -> Vec<Severity> {
        faults(name, target).into_iter().map(|fault| fault.severity).collect()
    }

    #[test]
    fn names_are_judged_as_the_target_takes_them() {
        use Severity::{Error, Info, Warning};
        let long = "a".repeat(64);
        for (name, coreos, flatcar) in [
            ("web-1", &[][..], &[][..]),
            ("web.example.com", &[], &[Info]),
            ("web 1", &[Warning], &[Warning]),
            ("web_1", &[Info], &[Info]),
            ("-web", &[Error], &[Error]),
            ("web..1", &[Warning], &[Info]),
            ("ip-$private_ipv4", &[], &[Warning]),
            ("ip-$private_ipv6", &[Warning], &[Warning]),
            (&long, &[], &[Warning]),
        ] {
            assert_eq!(severities(name, Target::CoreOs), coreos, "{name} for CoreOS");
            assert_eq!(severities(name, Target::Flatcar), flatcar, "{name} for Flatcar");
        }
    }
}
