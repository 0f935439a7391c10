use dryboot_lint::Severity;

use super::names;
use crate::lint::{Context, File, Rule, Script};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "package-without-source",
    severity: Severity::Warning,
    docs: docs!("package_without_source.md"),
    check,
};

/// Packages that only their makers' repositories have, and what to do instead.
const ELSEWHERE: [(&str, &str); 16] = [
    ("docker-ce", "`docker.io` is in Debian and Ubuntu, `moby-engine` in Fedora"),
    ("docker-ce-cli", "`docker.io` is in Debian and Ubuntu, `moby-engine` in Fedora"),
    ("containerd.io", "`containerd` is in Debian and Ubuntu"),
    ("docker-compose-plugin", "`docker-compose-v2` is in Ubuntu"),
    ("docker-buildx-plugin", "`docker-buildx` is in Ubuntu"),
    ("kubeadm", ""),
    ("kubelet", ""),
    ("terraform", ""),
    ("vault", ""),
    ("google-chrome-stable", ""),
    ("google-cloud-cli", ""),
    ("azure-cli", ""),
    ("mongodb-org", ""),
    ("elasticsearch", ""),
    ("gitlab-runner", ""),
    ("nvidia-container-toolkit", ""),
];

fn check(context: &mut Context<'_>) {
    let mut from_elsewhere = names(context);
    from_elsewhere.retain(|(name, _)| ELSEWHERE.iter().any(|(package, _)| package == name));
    if from_elsewhere.is_empty() {
        return;
    }
    let keys =
        ["yum_repos", "zypper", "apk_repos", "apt_sources", "bootcmd", "ubuntu_pro", "rh_subscription"];
    let has_sources = context.top("apt").is_some_and(|apt| {
        ["sources", "sources_list", "primary", "conf"].iter().any(|key| context.get(&apt, key).is_some())
    });
    let writes_sources = File::all(context)
        .iter()
        .any(|file| ["/etc/apt", "/etc/yum", "/etc/zypp"].iter().any(|place| file.target.starts_with(place)));
    if has_sources || writes_sources || keys.iter().any(|key| context.top(key).is_some()) {
        return;
    }
    let runs = Script::of(context, "runcmd");
    // `runcmd` comes behind packages.
    let late = ["/etc/apt", "/etc/yum.repos.d", "config-manager"].iter().any(|place| runs.mentions(place));
    for (name, at) in from_elsewhere {
        let Some((package, instead)) = ELSEWHERE.iter().find(|(package, _)| *package == name) else {
            continue;
        };
        let span = context.first_line(&at);
        let message = format!(
            "`{package}` is not in Debian, Ubuntu or Fedora, and the config does not add a repository for it"
        );
        // An image that is not known may have the repository.
        let is_sure = late || context.distribution().is_some();
        let severity = if is_sure { Severity::Warning } else { Severity::Info };
        let finding = context.report(span, message).path(at.path).severity(severity);
        finding.help(match (late, *instead) {
            (true, _) => {
                "packages are installed before `runcmd`: add the source under `apt.sources`".to_owned()
            }
            (false, "") => "add its source under `apt.sources` or `yum_repos`".to_owned(),
            (false, instead) => {
                format!("add its source under `apt.sources` or `yum_repos`; {instead}")
            }
        });
    }
}
