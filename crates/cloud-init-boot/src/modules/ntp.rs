//! `ntp`.

use std::rc::Rc;

use super::packages::install;
use crate::boot::Boot;
use crate::python::fill_up;
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

/// A client: its name, program, file, package and service.
struct Client {
    name: &'static str,
    program: &'static str,
    file: &'static str,
    package: &'static str,
    service: &'static str,
}

const fn client(
    name: &'static str,
    program: &'static str,
    file: &'static str,
    package: &'static str,
    service: &'static str,
) -> Client {
    Client { name, program, file, package, service }
}

const TIMESYNCD: &str = "/usr/lib/systemd/systemd-timesyncd";

/// The clients of a distribution, by preference.
fn clients(boot: &Boot) -> [Client; 5] {
    let timesyncd = || {
        client(
            "systemd-timesyncd",
            TIMESYNCD,
            "/etc/systemd/timesyncd.conf.d/cloud-init.conf",
            "",
            "systemd-timesyncd",
        )
    };
    let chrony = boot.ways().chrony;
    match boot.is_debian() {
        true => [
            client("chrony", "chronyd", chrony.0, "chrony", chrony.1),
            timesyncd(),
            client("ntp", "ntpd", "/etc/ntp.conf", "ntpsec", "ntp"),
            client("ntpdate", "ntpdate", "/etc/ntp.conf", "ntpdate", "ntpdate"),
            client("openntpd", "ntpd", "/etc/openntpd/ntpd.conf", "openntpd", "openntpd"),
        ],
        false => [
            client("chrony", "chronyd", chrony.0, "chrony", chrony.1),
            timesyncd(),
            client("ntp", "ntpd", "/etc/ntp.conf", "ntpsec", "ntpd"),
            client("ntpdate", "ntpdate", "/etc/ntp.conf", "ntpdate", "ntpdate"),
            client("openntpd", "ntpd", "/etc/ntpd.conf", "openntpd", "openntpd"),
        ],
    }
}

impl Client {
    fn is_installed(&self, boot: &Boot) -> bool {
        boot.system.which(self.program).is_some()
            || (self.program.starts_with('/') && boot.system.exists(self.program))
    }

    fn settings(&self) -> Value {
        let mut settings = Value::empty();
        settings.set("check_exe", Value::from_text(self.program));
        settings.set("confpath", Value::from_text(self.file));
        settings.set("packages", Value::from_texts(Some(self.package).filter(|package| !package.is_empty())));
        settings.set("service_name", Value::from_text(self.service));
        settings.set("template_name", Value::from_text(self.name));
        settings
    }
}

pub(super) fn ntp(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let empty = Value::empty();
    let asked = config.get("ntp").filter(|asked| !asked.is_null()).unwrap_or(&empty);
    boot.because(asked);
    if asked.map().is_none() {
        return Err(Raised::runtime_error(format!("`ntp` must be a mapping, not a {}", asked.type_name())));
    }
    if asked.get("enabled").is_some_and(Value::is_no) {
        return Ok(());
    }
    let clients = clients(boot);
    let named = asked.get("ntp_client").filter(|name| name.is_truthy()).map(Value::shown);
    let named = named.filter(|name| name != "auto");
    let chosen = match &named {
        Some(name) => clients.iter().find(|client| client.name == name),
        None => clients.iter().find(|client| client.is_installed(boot)).or(clients.first()),
    };
    let mut settings = asked.get("config").cloned().unwrap_or_else(Value::empty);
    if let Some(client) = chosen {
        fill_up(&mut settings, &client.settings());
    }
    check(&settings)?;
    let path = settings.setting("confpath").unwrap_or_default();
    let template = settings.get("template").filter(|template| template.is_truthy()).map(Value::shown);
    // cloud-init has a template of its own for every client but one.
    let of_client = chosen.filter(|client| client.name != "openntpd");
    if template.is_none() && of_client.is_none() {
        return Err(Raised::runtime_error("cloud-init has no template for the configuration of this client"));
    }
    if boot.system.exists(&path) {
        boot.rename(&path, &format!("{path}.dist"));
    }
    let text = match (&template, of_client) {
        (Some(template), _) => custom(boot, template, asked),
        (None, Some(client)) => file(boot, client.name, asked),
        (None, None) => String::new(),
    };
    boot.write(&path, &text, 0o644)?;
    let program = settings.setting("check_exe").unwrap_or_default();
    let is_there =
        boot.system.which(&program).is_some() || (program.starts_with('/') && boot.system.exists(&program));
    if !is_there {
        let packages = settings.get("packages").unwrap_or(&NOTHING).clone();
        install(boot, &packages)?;
    }
    boot.service("reload", &settings.setting("service_name").unwrap_or_default()).map(drop)
}

fn check(settings: &Value) -> Result<(), Raised> {
    const REQUIRED: [&str; 4] = ["check_exe", "confpath", "packages", "service_name"];
    let missing: Vec<&str> = REQUIRED.into_iter().filter(|key| !settings.has(key)).collect();
    let mut faults = Vec::new();
    if !missing.is_empty() {
        faults.push(format!("`ntp.config` lacks {}", missing.join(", ")));
    } else if !["template", "template_name"].iter().any(|key| settings.get(key).is_some_and(Value::is_truthy))
    {
        faults.push("`ntp.config` lacks a template".to_owned());
    }
    for (key, value) in settings.entries()? {
        let is_right = match key.text() {
            Some("confpath") => value.text().is_some_and(|path| !path.is_empty()),
            Some("packages") => value.list().is_some(),
            Some("template" | "template_name") => value.is_null() || value.text().is_some(),
            _ => value.text().is_some(),
        };
        if !is_right {
            faults.push(format!("`ntp.config.{}` cannot be a {}", key.shown(), value.type_name()));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Raised::value_error(faults.join("; "))) }
}

/// What the config has for servers, or what the distribution has.
fn servers(boot: &Boot, asked: &Value) -> [Vec<String>; 4] {
    let list = |key: &str| {
        match asked.get(key).map(|value| &value.data) {
            // A template goes through the characters of a text.
            Some(Data::Text(text)) => text.chars().map(String::from).collect::<Vec<_>>(),
            _ => asked.settings(key).unwrap_or_default().iter().map(Value::shown).collect(),
        }
    };
    let (servers, mut pools) = (list("servers"), list("pools"));
    if servers.is_empty() && pools.is_empty() {
        let name = boot.image.name;
        // Alpine has no servers of its own.
        let vendor = if name == "alpine" { String::new() } else { format!("{name}.") };
        pools = (0..4).map(|number| format!("{number}.{vendor}pool.ntp.org")).collect();
    }
    [servers, pools, list("peers"), list("allow")]
}

/// The file of a client, without what does not come from the config.
fn file(boot: &Boot, client: &str, asked: &Value) -> String {
    let [servers, pools, peers, allow] = servers(boot, asked);
    if client == "systemd-timesyncd" {
        let all: String = servers.iter().chain(&pools).map(|server| format!("{server} ")).collect();
        return format!("[Time]\nNTP={all}\n");
    }
    let suffix = " iburst";
    let (before, after) = frame(boot, client);
    let mut text = before.to_owned();
    text.extend(pools.iter().map(|pool| format!("pool {pool}{suffix}\n")));
    text.extend(servers.iter().map(|server| format!("server {server}{suffix}\n")));
    text.extend(peers.iter().map(|peer| format!("peer {peer}\n")));
    text.extend(allow.iter().map(|network| format!("allow {network}\n")));
    text.push_str(after);
    text
}

/// The settings around those of the user.
///
/// Source: cloud-init 26.2, `templates/chrony.conf.*.tmpl`, `templates/ntp.conf.*.tmpl`, without their comments.
fn frame(boot: &Boot, client: &str) -> (&'static str, &'static str) {
    match (client, boot.is_debian()) {
        ("chrony", true) => (
            "",
            "keyfile /etc/chrony/chrony.keys\ndriftfile /var/lib/chrony/chrony.drift\nlogdir /var/log/chrony\n\
             maxupdateskew 100.0\nrtcsync\nmakestep 1 3\n",
        ),
        ("chrony", false) => {
            ("", "driftfile /var/lib/chrony/drift\nmakestep 1.0 3\nrtcsync\nlogdir /var/log/chrony\n")
        }
        ("ntp", true) => (
            "driftfile /var/lib/ntp/ntp.drift\nstatistics loopstats peerstats clockstats\n\
             filegen loopstats file loopstats type day enable\nfilegen peerstats file peerstats type day enable\n\
             filegen clockstats file clockstats type day enable\n",
            "restrict -4 default kod notrap nomodify nopeer noquery limited\n\
             restrict -6 default kod notrap nomodify nopeer noquery limited\nrestrict 127.0.0.1\nrestrict ::1\n\
             restrict source notrap nomodify noquery\n",
        ),
        _ => ("", ""),
    }
}

/// A template of the user's own, filled.
fn custom(boot: &mut Boot, template: &str, asked: &Value) -> String {
    let [servers, pools, peers, allow] = servers(boot, asked);
    let json = serde_json::json!({ "servers": servers, "pools": pools, "peers": peers, "allow": allow });
    super::messages::filled(boot, template, &json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_without_a_package_needs_none() {
        let client = client("systemd-timesyncd", TIMESYNCD, "/x", "", "s");
        assert!(client.settings().get("packages").and_then(Value::list).is_some_and(<[Value]>::is_empty));
        assert_eq!(check(&client.settings()), Ok(()));
    }
}
