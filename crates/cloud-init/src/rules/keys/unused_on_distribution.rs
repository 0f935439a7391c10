use dryboot_lint::Severity;

use crate::lint::{Context, Rule};
use crate::rules::docs;
use crate::target::{Distribution, runs_since};

pub(crate) static RULE: Rule = Rule {
    name: "unused-on-distribution",
    severity: Severity::Error,
    docs: docs!("unused_on_distribution.md"),
    check,
};

/// Where a module runs.
enum Runs {
    /// On these families alone.
    On(&'static [&'static str]),
    /// Not on these, as far as is known.
    NotOn(&'static [&'static str]),
    /// Not on this release of a distribution, whose image does not list it.
    NotOnRelease(&'static str),
}

impl Runs {
    fn there(&self, distribution: &Distribution) -> bool {
        match self {
            Self::On(families) => distribution.is_of(families),
            Self::NotOn(families) => !distribution.is_of(families),
            Self::NotOnRelease(name) => distribution.name != *name,
        }
    }
}

/// Whether the module of a key of the top level runs on a distribution, as far as is known.
pub(super) fn is_used(key: &str, distribution: &Distribution) -> bool {
    ROWS.iter().filter(|row| row.keys.contains(&key)).all(|row| row.runs.there(distribution))
}

/// Keys of the top level whose module does not run everywhere.
struct Row {
    keys: &'static [&'static str],
    runs: Runs,
    /// What to write elsewhere; empty when there is nothing like it.
    instead: &'static str,
}

const UBUNTU: Runs = Runs::On(&["ubuntu"]);

/// Source: the lists of distributions in the modules of cloud-init 26.2, and its configuration for each.
static ROWS: [Row; 15] = [
    Row {
        keys: &["apt"],
        runs: Runs::On(&["ubuntu", "debian"]),
        instead: "add repositories with `yum_repos`, `zypper` or `apk_repos`",
    },
    Row { keys: &["apt_pipelining", "byobu_by_default"], runs: Runs::On(&["ubuntu", "debian"]), instead: "" },
    Row { keys: &["grub_dpkg", "grub-dpkg"], runs: Runs::On(&["ubuntu", "debian"]), instead: "" },
    Row {
        keys: &["snap"],
        runs: UBUNTU,
        instead: "install `snapd` with `packages`, and run `snap` in `runcmd`",
    },
    Row {
        keys: &["lxd"],
        runs: UBUNTU,
        instead: "install LXD or Incus with `packages`, and set it up in `runcmd`",
    },
    Row { keys: &["autoinstall"], runs: UBUNTU, instead: "" },
    Row { keys: &["ubuntu_pro", "ubuntu_advantage", "ubuntu-advantage"], runs: UBUNTU, instead: "" },
    Row { keys: &["landscape", "fan", "drivers"], runs: UBUNTU, instead: "" },
    Row {
        keys: &["wireguard"],
        runs: UBUNTU,
        instead: "write the interface with `write_files`, and start it in `runcmd`",
    },
    Row {
        keys: &["yum_repos", "yum_repo_dir"],
        runs: Runs::NotOn(&["ubuntu", "debian", "alpine", "arch", "freebsd", "opensuse-leap", "sles"]),
        instead: "add repositories with `apt.sources`, `zypper` or `apk_repos`",
    },
    Row {
        keys: &["zypper"],
        runs: Runs::On(&["opensuse-leap", "sles"]),
        instead: "add repositories with `apt.sources` or `yum_repos`",
    },
    Row {
        keys: &["apk_repos"],
        runs: Runs::On(&["alpine"]),
        instead: "add repositories with `apt.sources` or `yum_repos`",
    },
    Row {
        keys: &["rh_subscription", "spacewalk"],
        runs: Runs::NotOn(&[
            "ubuntu",
            "debian",
            "amazon",
            "alpine",
            "arch",
            "freebsd",
            "opensuse-leap",
            "sles",
            "photon",
            "azurelinux",
        ]),
        instead: "",
    },
    Row {
        // `cloud.cfg` in Debian's package of 22.4.2.
        keys: &["ansible"],
        runs: Runs::NotOnRelease("debian-12"),
        instead: "install `ansible` with `packages`, and run it in `runcmd`",
    },
    Row {
        keys: &["disk_setup", "fs_setup", "mounts"],
        runs: Runs::NotOn(&["freebsd"]),
        instead: "use `newfs`, `mount` and `/etc/fstab` in `runcmd`",
    },
];

/// Keys of modules that older releases skip on some distributions.
const OF_MODULES: [(&str, &[&str]); 2] =
    [("ca_certs", &["ca_certs", "ca-certs"]), ("yum_add_repo", &["yum_repos"])];

fn check(context: &mut Context<'_>) {
    let Some(distribution) = context.distribution() else { return };
    in_older_releases(context, distribution);
    for row in ROWS.iter().filter(|row| !row.runs.there(distribution)) {
        for key in row.keys {
            let Some(at) = context.top(key) else { continue };
            let span = context.key_span(&at);
            let title = distribution.title;
            let message =
                format!("`{key}` does nothing on {title}: cloud-init does not run its module there");
            let finding = context.report(span, message).path(*key);
            if !row.instead.is_empty() {
                finding.help(row.instead);
            }
        }
    }
}

/// Distributors change the packages that they ship, so these are warnings.
fn in_older_releases(context: &mut Context<'_>, distribution: &Distribution) {
    for (module, keys) in OF_MODULES {
        let since = runs_since(module, distribution.family()).filter(|since| context.release() < *since);
        let Some(since) = since else { continue };
        for key in keys {
            let Some(at) = context.top(key) else { continue };
            let span = context.key_span(&at);
            let (title, release) = (distribution.title, context.release());
            let message = format!(
                "`{key}` does nothing on {title}: only cloud-init {since} and later run its module there, and the \
                 image has {release}"
            );
            let finding = context.report(span, message).severity(Severity::Warning).path(*key);
            finding.help("write the files with `write_files`, and run what reads them in `runcmd`");
        }
    }
}
