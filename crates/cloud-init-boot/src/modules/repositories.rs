//! `apk_repos` and `zypper`.
//!
//! Source: cloud-init 26.2, `config/cc_apk_configure.py` and `config/cc_zypper_add_repo.py`.

use std::rc::Rc;

use crate::boot::Boot;
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

const APK: &str = "/etc/apk/repositories";
const APK_MIRROR: &str = "https://alpine.global.ssl.fastly.net/alpine";
const ZYPP: &str = "/etc/zypp/zypp.conf";
const ZYPP_FOLDER: &str = "/etc/zypp/repos.d/";

/// Replaces the list of apk, if a release of Alpine is named.
pub(super) fn apk(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("apk_repos").unwrap_or(&NOTHING);
    boot.because(settings);
    if !settings.is_truthy() || settings.flag("preserve_repositories", false) {
        return Ok(());
    }
    let Some(alpine) = settings.get("alpine_repo").filter(|alpine| alpine.is_truthy()) else { return Ok(()) };
    let Some(version) = alpine.setting("version").filter(|version| !version.is_empty()) else {
        return Ok(());
    };
    let mirror = alpine.setting("base_url").unwrap_or_else(|| APK_MIRROR.to_owned());
    let is_on = |key: &str| alpine.get(key).is_some_and(Value::is_truthy);
    let mut lines = vec![format!("{mirror}/{version}/main")];
    if is_on("community_enabled") {
        lines.push(format!("{mirror}/{version}/community"));
    }
    if is_on("testing_enabled") {
        lines.push(format!("{mirror}/edge/testing"));
    }
    if let Some(local) = settings.setting("local_repo_base_url").filter(|local| !local.is_empty()) {
        lines.push(format!("{local}/{version}"));
    }
    boot.write(APK, &format!("{}\n", lines.join("\n")), 0o644)
}

/// Adds repositories for Zypper, and settings of its own.
pub(super) fn zypper(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("zypper").unwrap_or(&NOTHING);
    boot.because(settings);
    let Some(repositories) = settings.get("repos").filter(|repositories| repositories.is_truthy()) else {
        return Ok(());
    };
    let own = settings.get("config").filter(|own| own.is_truthy());
    if let Some(own) = own {
        boot.because(own);
        let before = boot.system.text(ZYPP).unwrap_or_default();
        let mut text = format!("{before}# Added via cloud.cfg");
        for (key, value) in own.entries()?.iter().filter(|(_, value)| value.is_truthy()) {
            if key.text() == Some("configdir") {
                boot.journal.warn("`zypper.config.configdir` cannot be changed, and is skipped");
                continue;
            }
            text.push_str(&format!("\n{}={}", key.shown(), value.shown()));
        }
        boot.write(ZYPP, &text, 0o644)?;
    }
    let folder = own.and_then(|own| own.setting("reposdir")).unwrap_or_else(|| ZYPP_FOLDER.to_owned());
    for (number, repository) in repositories.items()?.iter().enumerate() {
        boot.because(repository);
        let (Some(id), true) = (repository.setting("id"), repository.has("baseurl")) else {
            boot.journal.warn(format!("the repository {number} of `zypper` lacks its `id` or its `baseurl`"));
            continue;
        };
        let path = format!("{}/{}.repo", folder.trim_end_matches('/'), id.replace(' ', "_"));
        if boot.system.exists(&path) {
            continue;
        }
        let mut lines = Vec::new();
        for (key, value) in repository.entries()?.iter().filter(|(key, _)| key.text() != Some("id")) {
            lines.push((key.shown().to_lowercase().trim().replace('-', "_"), shown(value)));
        }
        for usual in ["enabled", "autorefresh"] {
            if !lines.iter().any(|(key, _)| key == usual) {
                lines.push((usual.to_owned(), "1".to_owned()));
            }
        }
        let lines: String = lines.iter().map(|(key, value)| format!("\n{key} = {value}")).collect();
        boot.write(&path, &format!("[{id}]{lines}"), 0o644)?;
    }
    Ok(())
}

fn shown(value: &Value) -> String {
    match &value.data {
        Data::Bool(truth) => i32::from(*truth).to_string(),
        Data::List(items) => items.iter().map(shown).collect::<Vec<_>>().join("\n    "),
        _ => value.shown(),
    }
}
