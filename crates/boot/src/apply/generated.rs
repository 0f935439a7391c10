//! Files that keys generate.

use dryboot_coreos::schema::UPDATE;
use dryboot_machine::{Cause, Purpose};
use dryboot_schema::Names;
use dryboot_yaml::go_syntax::quote;

use crate::apply::variables::merged;
use crate::config::{Config, Setting};
use crate::run::{PlannedFile, Run, Step, Stop};

fn generated(path: &str, content: Vec<u8>, causes: &[Cause]) -> PlannedFile {
    PlannedFile { permissions: "0644".to_owned(), ..PlannedFile::new(path, content, Purpose::File, causes) }
}

/// `/etc/oem-release`: written when there is an id; the first two values stand without quotes.
pub(super) fn oem_release(config: &Config<'_>) -> Option<PlannedFile> {
    let oem = config.coreos("oem")?;
    if oem.text("id").is_empty() {
        return None;
    }
    let content = format!(
        "ID={}\nVERSION_ID={}\nNAME={}\nHOME_URL={}\nBUG_REPORT_URL={}\n",
        oem.text("id"),
        oem.text("version_id"),
        quote(oem.text("name")),
        quote(oem.text("home_url")),
        quote(oem.text("bug_report_url")),
    );
    let causes = config.causes(oem, &["id", "version_id", "name", "home_url", "bug_report_url"]);
    Some(generated("/etc/oem-release", content.into_bytes(), &causes))
}

/// Where update settings are taken from: the machine's own, or those of the image.
const UPDATE_CONFS: [&str; 2] = ["/etc/coreos/update.conf", "/usr/share/coreos/update.conf"];

/// `/etc/coreos/update.conf`: the present one with some lines replaced, whatever the user's files
/// are going to make of it.
pub(super) fn update_conf(run: &Run<'_>, config: &Config<'_>) -> Step<Option<PlannedFile>> {
    let Some(update) = config.coreos("update") else { return Ok(None) };
    let settings = config.settings(update);
    if settings.is_empty() {
        return Ok(None);
    }
    check_strategy(config)?;
    let causes: Vec<Cause> = settings.iter().flat_map(|setting| setting.causes.clone()).collect();
    let base = UPDATE_CONFS
        .iter()
        .find_map(|path| run.journal.machine.files.read(path))
        .ok_or_else(|| Stop::new(format!("open {}: no such file or directory", UPDATE_CONFS[1]), &causes))?;
    let variables = settings.iter().map(|setting| (setting.env, setting.value.as_str()));
    // No `=` need follow the name.
    let content = merged(base, variables.collect(), |line, name| line.starts_with(name.as_bytes()));
    Ok(Some(generated(UPDATE_CONFS[0], content, &causes)))
}

fn check_strategy(config: &Config<'_>) -> Step {
    const PATTERN: &str = "^(etcd-lock|reboot|off)$";
    let Some(update) = config.coreos("update") else { return Ok(()) };
    let strategy = update.text("reboot_strategy");
    let key = UPDATE.position("reboot_strategy", Names::Exact);
    if strategy.is_empty() || key.is_none_or(|(_, key)| key.node.allows(strategy)) {
        return Ok(());
    }
    let words = format!(
        "invalid value {} for option \"RebootStrategy\" (valid options: {})",
        quote(strategy),
        quote(PATTERN)
    );
    Err(Stop::new(words, &config.causes(update, &["reboot_strategy"])))
}

/// `/etc/hosts`: one line with the host name that the kernel has at this moment.
pub(super) fn etc_hosts(run: &Run<'_>, config: &Config<'_>) -> Step<Option<PlannedFile>> {
    let causes = config.causes(config.root(), &["manage_etc_hosts", "hostname"]);
    match config.root().text("manage_etc_hosts") {
        "" => Ok(None),
        "localhost" => {
            let content = format!("127.0.0.1 {}\n", run.journal.machine.hostname);
            Ok(Some(generated("/etc/hosts", content.into_bytes(), &causes)))
        }
        _ => Err(Stop::new("Invalid option to manage_etc_hosts", &causes)),
    }
}

/// The environment of flannel; its last line has no line break.
pub(super) fn flannel_options(config: &Config<'_>) -> Option<PlannedFile> {
    let settings = config.settings(config.coreos("flannel")?);
    if settings.is_empty() {
        return None;
    }
    let line = |setting: &Setting| format!("{}={}", setting.env, setting.value);
    let lines: Vec<String> = settings.iter().map(line).collect();
    let causes: Vec<Cause> = settings.into_iter().flat_map(|setting| setting.causes).collect();
    Some(generated("/run/flannel/options.env", lines.join("\n").into_bytes(), &causes))
}
