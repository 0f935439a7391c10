use dryboot_lint::Severity;

use super::{apt_sources, has_key};
use crate::lint::{Context, File, Rule, Script};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "unsigned-apt-source",
    severity: Severity::Warning,
    docs: docs!("unsigned_apt_source.md"),
    check,
};

/// Repositories whose keys no distribution has.
const OF_VENDORS: [&str; 24] = [
    "download.docker.com",
    "packages.microsoft.com",
    "pkgs.k8s.io",
    "apt.kubernetes.io",
    "packages.cloud.google.com",
    "dl.google.com",
    "apt.releases.hashicorp.com",
    "deb.nodesource.com",
    "apt.postgresql.org",
    "repo.mongodb.org",
    "artifacts.elastic.co",
    "packages.grafana.com",
    "apt.grafana.com",
    "nginx.org",
    "packages.gitlab.com",
    "repo.mysql.com",
    "pkg.jenkins.io",
    "cli.github.com",
    "pkgs.tailscale.com",
    "repos.influxdata.com",
    "packagecloud.io",
    "apt.puppet.com",
    "nvidia.github.io",
    "dl.yarnpkg.com",
];

fn check(context: &mut Context<'_>) {
    let brings_keys = File::all(context).iter().any(|file| is_keyring(&file.target)) || {
        let script = Script::of(context, "bootcmd");
        ["apt-key", "gpg", "/etc/apt/", "/usr/share/keyrings/"].iter().any(|word| script.mentions(word))
    };
    for (name, source) in apt_sources(context) {
        let Some(at) = context.get(&source, "source") else { continue };
        let Some(text) = context.str(&at).filter(|text| text.starts_with("deb")) else { continue };
        let is_named =
            ["signed-by", "trusted=yes", "allow-insecure=yes"].iter().any(|word| text.contains(word));
        let vendor = OF_VENDORS.iter().find(|host| text.contains(&format!("//{host}/")));
        if has_key(context, &source) || is_named || brings_keys {
            continue;
        }
        if let Some(host) = vendor {
            let span = context.first_line(&at);
            let message = format!(
                "`{name}` has no key, and no distribution includes the key of {host}: APT refuses the \
                 source and its packages"
            );
            let finding = context.report(span, message).path(at.path);
            finding.help("add `keyid` or `key`, and `[signed-by=$KEY_FILE]` after `deb`");
        }
    }
}

fn is_keyring(path: &str) -> bool {
    ["/etc/apt/", "/usr/share/keyrings/"].iter().any(|directory| path.starts_with(directory))
}
