use dryboot_lint::{Safety, Severity};

use super::names;
use crate::lint::{Context, Rule};
use crate::rules::docs;
use crate::target::Distribution;

pub(crate) static RULE: Rule =
    Rule { name: "foreign-package", severity: Severity::Warning, docs: docs!("foreign_package.md"), check };

/// A program whose package has another name in Debian's family than in Red Hat's.
struct Row {
    debian: &'static str,
    red_hat: &'static str,
}

const fn row(debian: &'static str, red_hat: &'static str) -> Row {
    Row { debian, red_hat }
}

static ROWS: [Row; 24] = [
    row("apache2", "httpd"),
    row("build-essential", "gcc"),
    row("g++", "gcc-c++"),
    row("python3-dev", "python3-devel"),
    row("libssl-dev", "openssl-devel"),
    row("libffi-dev", "libffi-devel"),
    row("libpq-dev", "libpq-devel"),
    row("zlib1g-dev", "zlib-devel"),
    row("libxml2-dev", "libxml2-devel"),
    row("libcurl4-openssl-dev", "libcurl-devel"),
    row("dnsutils", "bind-utils"),
    row("nfs-common", "nfs-utils"),
    row("nfs-kernel-server", "nfs-utils"),
    row("open-iscsi", "iscsi-initiator-utils"),
    row("iputils-ping", "iputils"),
    row("cron", "cronie"),
    row("vim-nox", "vim-enhanced"),
    row("xz-utils", "xz"),
    row("procps", "procps-ng"),
    row("openjdk-17-jdk", "java-17-openjdk-devel"),
    row("openjdk-17-jre-headless", "java-17-openjdk-headless"),
    row("openjdk-21-jdk", "java-21-openjdk-devel"),
    row("mariadb-client", "mariadb"),
    row("linux-headers-generic", "kernel-devel"),
];

const DEBIANS: [&str; 2] = ["debian", "ubuntu"];
const RED_HATS: [&str; 7] = ["rhel", "almalinux", "rocky", "oracle", "centos", "centos-stream", "fedora"];

fn check(context: &mut Context<'_>) {
    let Some(distribution) = context.distribution() else { return };
    let Some(rename) = renaming(distribution) else { return };
    let outcome = match distribution.package_managers().first() {
        Some(&"apt-get") => "APT does not find it",
        _ => "none of the packages is installed",
    };
    for (name, at) in names(context) {
        let Some((family, other)) = ROWS.iter().find_map(|row| rename(row, name)) else { continue };
        let (span, verbatim) = (context.first_line(&at), context.verbatim(&at));
        let title = distribution.title;
        let message =
            format!("`{name}` is {family} name for a package that {title} calls `{other}`: {outcome}");
        let finding = context.report(span, message).path(at.path).help(format!("write `{other}`"));
        if let Some(span) = verbatim {
            finding.fix(Safety::Unsafe, format!("write `{other}`"), span, other);
        }
    }
}

/// Whose name of a package this is, and what the distribution calls it.
type Rename = fn(&Row, &str) -> Option<(&'static str, &'static str)>;

fn renaming(distribution: &Distribution) -> Option<Rename> {
    if distribution.is_of(&DEBIANS) {
        // Some names of Red Hat's are those of other packages in Debian, such as `gcc` and `mariadb`.
        return Some(|row, name| {
            let is_common = ["gcc", "mariadb", "xz", "iputils"].contains(&name);
            (row.red_hat == name && !is_common).then_some(("Red Hat's", row.debian))
        });
    }
    distribution
        .is_of(&RED_HATS)
        .then_some(|row, name| (row.debian == name).then_some(("Debian's", row.red_hat)))
}
