use dryboot_lint::Severity;

use super::accounts::is_unfilled;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "bad-hostname", severity: Severity::Warning, docs: docs!("bad_hostname.md"), check };

/// The kernel's limit, in bytes.
const LONGEST: usize = 64;

const HELP: &str = "use letters, digits, hyphens and dots";

fn check(context: &mut Context<'_>) {
    for key in ["hostname", "fqdn"] {
        let Some(at) = context.top(key) else { continue };
        let Some(name) = context.str(&at) else { continue };
        if let Some((severity, message, help)) = fault(name) {
            context.report(context.span(&at), message).severity(severity).path(key).help(help);
        }
    }
}

fn fault(name: &str) -> Option<(Severity, String, &'static str)> {
    if name.is_empty() || is_unfilled(name) {
        return None;
    }
    let odd = name.chars().find(|&char| !(char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '_')));
    if let Some(odd) = odd {
        let what = match odd {
            char if char.is_whitespace() => "a blank".to_owned(),
            char if char.is_ascii_graphic() => format!("`{char}`"),
            _ => "a character outside ASCII".to_owned(),
        };
        let message = format!("host names cannot contain {what}, but cloud-init sets the name anyway");
        return Some((Severity::Warning, message, HELP));
    }
    if name
        .trim_end_matches('.')
        .split('.')
        .any(|part| part.is_empty() || part.starts_with('-') || part.ends_with('-'))
    {
        let message = "the parts of a host name cannot be empty, or begin or end with a hyphen";
        return Some((Severity::Warning, message.to_owned(), HELP));
    }
    // Only this part is the host name: the rest is the domain.
    let host = name.split('.').next().unwrap_or_default();
    if host.len() > LONGEST {
        let message = format!("the host name has {} bytes: the kernel accepts {LONGEST} at most", host.len());
        return Some((Severity::Warning, message, "choose a shorter name"));
    }
    if is_placeholder(name) {
        let message = format!("`{name}` looks like a placeholder, and cloud-init does not replace it");
        return Some((Severity::Info, message, "write the name that the machine should have"));
    }
    name.contains('_').then(|| {
        let message =
            "underscores are not allowed in host names: DNS, DHCP and Kubernetes may refuse this one";
        (Severity::Info, message.to_owned(), "use hyphens instead")
    })
}

fn is_placeholder(name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace(['-', '_'], "");
    let starts = ["changeme", "replaceme", "yourhost", "yourserver", "yourname", "hostnamehere", "insert"];
    starts.iter().any(|start| plain.starts_with(start)) || (name.starts_with("__") && name.ends_with("__"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_by_what_others_accept() {
        use Severity::{Info, Warning};
        let long = "a".repeat(65);
        for (name, severity) in [
            ("web-1", None),
            ("Web1", None),
            ("web1.example.com", None),
            ("web1.example.com.", None),
            ("${name}", None),
            ("{{ v1.local_hostname }}", None),
            ("", None),
            ("web_1", Some(Info)),
            ("CHANGEME", Some(Info)),
            ("your-hostname", Some(Info)),
            ("web 1", Some(Warning)),
            ("<name>", Some(Warning)),
            ("web..example", Some(Warning)),
            ("-web", Some(Warning)),
            (&long, Some(Warning)),
        ] {
            assert_eq!(fault(name).map(|(severity, ..)| severity), severity, "{name}");
        }
    }
}
