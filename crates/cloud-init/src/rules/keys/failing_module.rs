use dryboot_lint::Severity;
use dryboot_schema::Value;

use super::unused_on_distribution;
use crate::lint::{At, Context, Rule, joined};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "failing-module", severity: Severity::Error, docs: docs!("failing_module.md"), check };

/// What a module fails on, although the schema accepts it.
struct Fault<'c> {
    at: At<'c>,
    what: String,
    help: &'static str,
}

/// What looks through the settings of a module, which stand at a key of the top level.
type Look = for<'c> fn(&Context<'c>, &At<'c>) -> Vec<Fault<'c>>;

/// Source: cloud-init 26.2, `config/cc_*.py`.
const MODULES: [(&str, Look); 10] = [
    ("ansible", ansible),
    ("chef", chef),
    ("disk_setup", partitions),
    ("fs_setup", file_systems),
    ("locale", locale),
    ("lxd", lxd),
    ("ntp", ntp),
    ("snap", snap),
    ("wireguard", wireguard),
    ("write_files", files),
];

fn check(context: &mut Context<'_>) {
    let distribution = context.distribution();
    for (key, look) in MODULES {
        // What does not run does not fail.
        if distribution.is_some_and(|distribution| !unused_on_distribution::is_used(key, distribution)) {
            continue;
        }
        let Some(settings) = context.top(key) else { continue };
        for Fault { at, what, help } in look(context, &settings) {
            context.report(context.key_span(&at), what).path(at.path).help(help);
        }
    }
}

/// The keys that a mapping lacks.
fn lacking<'c>(context: &Context<'c>, at: &At<'c>, keys: &[&str]) -> Vec<String> {
    let missing = keys.iter().filter(|key| context.get(at, key).is_none());
    missing.map(|key| format!("`{key}`")).collect()
}

/// A module that fails on a mapping without these keys.
fn needs<'c>(context: &Context<'c>, at: &At<'c>, keys: &[&str], help: &'static str) -> Vec<Fault<'c>> {
    if !matches!(context.value(at.value), Value::Map(_)) {
        return Vec::new();
    }
    let missing = lacking(context, at, keys);
    if missing.is_empty() {
        return Vec::new();
    }
    let module = at.path.top();
    let what = format!("`{}` lacks {}: the module `{module}` fails", at.path, joined(&missing, "and"));
    vec![Fault { at: *at, what, help }]
}

fn ansible<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    needs(
        context,
        at,
        &["install_method", "package_name"],
        "say how Ansible is installed, such as `install_method: distro` and `package_name: ansible-core`",
    )
}

fn chef<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    const HELP: &str = "add what the server calls the validator, such as `validation_name: my-validator`";
    needs(context, at, &["server_url", "validation_name"], HELP)
}

fn wireguard<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    let interfaces = context.get(at, "interfaces").map(|list| context.items(&list)).unwrap_or_default();
    let keys = ["name", "config_path", "content"];
    interfaces.iter().flat_map(|one| needs(context, one, &keys, "an interface needs all three")).collect()
}

fn locale<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    let is_empty = context.str(at).is_some_and(str::is_empty);
    let fault = || Fault {
        at: *at,
        what: "`locale` is empty: the module `locale` fails".to_owned(),
        help: "write `locale: false` to keep the locale of the image",
    };
    is_empty.then(fault).into_iter().collect()
}

fn lxd<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    let is_filled = |key: &str| {
        context.get(at, key).filter(|at| match context.value(at.value) {
            Value::Map(entries) => !entries.is_empty(),
            Value::Str(text) => !text.is_empty(),
            _ => false,
        })
    };
    let (Some(preseed), Some(other)) =
        (is_filled("preseed"), ["init", "bridge"].into_iter().find(|key| is_filled(key).is_some()))
    else {
        return Vec::new();
    };
    let what = format!("`lxd.preseed` and `lxd.{other}` exclude each other: the module `lxd` fails");
    vec![Fault { at: preseed, what, help: "put everything into `preseed`" }]
}

/// The clients that cloud-init knows on one distribution or another.
const NTP_CLIENTS: [&str; 6] = ["auto", "chrony", "ntp", "ntpdate", "openntpd", "systemd-timesyncd"];

fn ntp<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    let client = context.get_str(at, "ntp_client").unwrap_or("auto");
    let is_off = context
        .get(at, "enabled")
        .is_some_and(|enabled| matches!(context.value(enabled.value), Value::Bool(false)));
    if NTP_CLIENTS.contains(&client) || client.is_empty() || is_off {
        return Vec::new();
    }
    const KEYS: [&str; 5] = ["check_exe", "confpath", "packages", "service_name", "template"];
    let mut missing = match context.get(at, "config") {
        Some(config) => lacking(context, &config, &KEYS),
        None => KEYS.iter().map(|key| format!("`{key}`")).collect(),
    };
    if missing.is_empty() {
        return Vec::new();
    }
    missing.sort();
    let what = format!(
        "cloud-init does not know the client `{client}`, and `ntp.config` lacks {}",
        joined(&missing, "and")
    );
    let named = context.get(at, "ntp_client").unwrap_or(*at);
    vec![Fault { at: named, what, help: "describe the client under `ntp.config`, or use `chrony`" }]
}

fn snap<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    let Some(commands) = context.get(at, "commands") else { return Vec::new() };
    let mut all = context.items(&commands);
    all.extend(context.entries(&commands).into_iter().map(|(_, at)| at));
    let is_empty = |at: &At<'_>| matches!(context.value(at.value), Value::List(items) if items.is_empty());
    let fault = |at| Fault {
        at,
        what: "this command is empty: the module `snap` fails".to_owned(),
        help: "remove it; none of the commands is run now",
    };
    all.into_iter().filter(is_empty).map(fault).collect()
}

/// The most partitions that an MBR can have.
const MOST_IN_MBR: usize = 4;

fn partitions<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    let mut faults = Vec::new();
    for (disk, settings) in context.entries(at) {
        let Some(layout) = context.get(&settings, "layout") else { continue };
        let parts = context.items(&layout).len();
        if context.get_str(&settings, "table_type").unwrap_or("mbr") == "mbr" && parts > MOST_IN_MBR {
            let what = format!(
                "an MBR has at most {MOST_IN_MBR} partitions, not {parts}: cloud-init does not partition `{disk}`"
            );
            faults.push(Fault { at: layout, what, help: "use `table_type: gpt`" });
        }
    }
    faults
}

fn file_systems<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    let mut faults = Vec::new();
    for entry in context.items(at) {
        if !matches!(context.value(entry.value), Value::Map(_)) {
            continue;
        }
        let has = |key: &str| context.get(&entry, key).is_some();
        let lacks = match (has("device"), has("filesystem") || has("cmd")) {
            (false, _) => "`device`",
            (true, false) => "`filesystem`",
            (true, true) => continue,
        };
        let what = format!("`{}` lacks {lacks}: cloud-init does not make this file system", entry.path);
        faults.push(Fault { at: entry, what, help: "a file system needs a `device` and a `filesystem`" });
    }
    faults
}

fn files<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<Fault<'c>> {
    let paths = context.items(at).into_iter().filter_map(|file| context.get(&file, "path"));
    let fault = |at| Fault {
        at,
        what: "the path is empty: cloud-init skips this file".to_owned(),
        help: "give the full path, such as `/etc/motd`",
    };
    paths.filter(|path| context.str(path).is_some_and(str::is_empty)).map(fault).collect()
}
