use crate::{Target, go_path};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::files::{File, files};
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "read-only-path",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("read_only_path.md"),
    scope: Scope::Written,
    check,
};

/// Directories of the root that are links into `/usr`.
const LINKS: [&str; 4] = ["/bin", "/sbin", "/lib", "/lib64"];

/// Where the OEM partition is mounted, or linked to.
const OEM: &str = "/usr/share/oem";

/// Places that are searched as well and can be written.
const WRITABLE: [(&str, &str); 10] = [
    ("/usr/local/bin", "/opt/bin"),
    ("/usr/local/sbin", "/opt/bin"),
    ("/usr/bin", "/opt/bin"),
    ("/usr/sbin", "/opt/bin"),
    ("/bin", "/opt/bin"),
    ("/sbin", "/opt/bin"),
    ("/usr/lib/systemd", "/etc/systemd"),
    ("/lib/systemd", "/etc/systemd"),
    ("/usr/local/etc", "/etc"),
    ("/usr/lib", "/etc"),
];

/// Directories of `/usr/lib` that have a counterpart in `/etc`.
const IN_ETC: [&str; 6] = ["modprobe.d", "modules-load.d", "sysctl.d", "tmpfiles.d", "udev", "systemd"];

fn check(context: &mut Context<'_>) {
    for file in files(context) {
        if !file.text("path").is_empty() {
            judge(context, &file);
        }
    }
}

fn is_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
}

fn judge(context: &mut Context<'_>, file: &File<'_>) {
    let target = file.target();
    let span = file.span_of("path");
    let node = file.value("path").unwrap_or(file.node);
    let link = LINKS.into_iter().find(|link| is_below(&target, link));
    if is_below(&target, OEM) {
        let message = format!(
            "the validator treats `{OEM}` as read-only, but it is the OEM partition: the file is written \
             if the image has one"
        );
        context.report(span, message).severity(Severity::Warning).path_of(node);
    } else if is_below(&target, "/usr") || link.is_some() {
        let link = link.map(|link| format!("`{link}` is a link into `/usr`, and "));
        let message = format!(
            "{}`/usr` is read-only: coreos-cloudinit stops at this file, so later files and all units are \
             not applied",
            link.unwrap_or_default()
        );
        report_read_only(context, file, span, message, &target);
    } else if target == "/usr" {
        let message = "`/usr` is a directory: coreos-cloudinit stops at this file, so later files and all \
            units are not applied";
        context.report(span, message).path_of(node).help("write the path of a file");
    } else if go_path::dir(file.text("path")).starts_with("/usr") {
        let message = "the validator treats this path as read-only because it begins with `/usr`, but the \
            file is written";
        context.report(span, message).severity(Severity::Info).path_of(node);
    }
}

fn report_read_only(context: &mut Context<'_>, file: &File<'_>, span: Span, message: String, target: &str) {
    let place = file.value("path").and_then(|node| written::verbatim(context.document, node));
    let finding = context.report(span, message).path_of(file.value("path").unwrap_or(file.node));
    match elsewhere(target) {
        Some(instead) => {
            let finding = finding.help(format!("`{instead}` is writable"));
            if let Some(place) = place {
                finding.fix(Safety::Unsafe, format!("write to `{instead}`"), place, instead);
            }
        }
        None => {
            finding.help("put programs into `/opt/bin`, settings into `/etc`, and data into `/var`");
        }
    }
}

/// The same file at a place that can be written and serves the same purpose.
fn elsewhere(target: &str) -> Option<String> {
    let (from, to) = WRITABLE.into_iter().find(|(from, _)| is_below(target, from))?;
    let rest = target.strip_prefix(from)?;
    let in_etc = || IN_ETC.iter().any(|name| is_below(rest, &format!("/{name}")));
    (from != "/usr/lib" || in_etc()).then(|| format!("{to}{rest}"))
}
