//! `chef`.

use std::rc::Rc;

use super::packages::install;
use crate::boot::Boot;
use crate::python;
use crate::raised::Raised;
use crate::recorded::to_json;
use crate::value::{Data, NOTHING, Value};

const FOLDERS: [&str; 6] =
    ["/etc/chef", "/var/log/chef", "/var/lib/chef", "/var/chef/cache", "/var/chef/backup", "/var/run/chef"];
const KEY: &str = "/etc/chef/validation.pem";
const FIRST_BOOT: &str = "/etc/chef/firstboot.json";
const INSTALLER: &str = "https://www.chef.io/chef/install.sh";

/// The settings of the client's file: key, name in the file, default, whether it stands in quotes.
const LINES: [(&str, &str, Option<&str>, bool); 17] = [
    ("chef_license", "chef_license", None, true),
    ("log_level", "log_level", Some(":info"), false),
    ("ssl_verify_mode", "ssl_verify_mode", Some(":verify_none"), false),
    ("log_location", "log_location", Some("/var/log/chef/client.log"), true),
    ("validation_name", "validation_client_name", None, true),
    ("validation_cert", "validation_cert", None, true),
    ("validation_key", "validation_key", Some(KEY), true),
    ("client_key", "client_key", Some("/etc/chef/client.pem"), true),
    ("server_url", "chef_server_url", None, true),
    ("environment", "environment", Some("_default"), true),
    ("node_name", "node_name", None, true),
    ("json_attribs", "json_attribs", Some(FIRST_BOOT), true),
    ("file_cache_path", "file_cache_path", Some("/var/chef/cache"), true),
    ("file_backup_path", "file_backup_path", Some("/var/chef/backup"), true),
    ("pid_file", "pid_file", Some("/var/run/chef/client.pid"), true),
    ("encrypted_data_bag_secret", "encrypted_data_bag_secret", None, true),
    ("show_time", "Chef::Log::Formatter.show_time", Some("true"), false),
];

pub(super) fn chef(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("chef").unwrap_or(&NOTHING);
    boot.because(settings);
    settings.contains("directories")?;
    let asked = settings.settings("directories").unwrap_or_default();
    let folders: Vec<String> = match asked.is_empty() {
        true => FOLDERS.map(str::to_owned).to_vec(),
        false => asked.iter().map(Value::shown).chain(["/etc/chef".to_owned()]).collect(),
    };
    for folder in folders {
        boot.make_directory(&folder, 0o755)?;
    }
    let key = settings.setting("validation_key").unwrap_or_else(|| KEY.to_owned());
    if let Some(certificate) = settings.get("validation_cert").filter(|certificate| certificate.is_truthy()) {
        if certificate.text() != Some("system") {
            boot.write(&key, &certificate.shown(), 0o644)?;
        } else if !boot.system.exists(&key) {
            boot.journal.warn(format!("there is no key at `{key}`"));
        }
    }
    let path = settings.setting("config_path").unwrap_or_else(|| "/etc/chef/client.rb".to_owned());
    let text = client_file(boot, settings)?;
    boot.write(&path, &text, 0o644)?;
    let first_boot = settings.setting("firstboot_path").unwrap_or_else(|| FIRST_BOOT.to_owned());
    let mut initial = serde_json::Map::new();
    if let Some(list) = settings.get("run_list") {
        initial.insert("run_list".to_owned(), to_json(list));
    }
    if let Some(attributes) = settings.get("initial_attributes") {
        let attributes =
            attributes.entries().map_err(|_| Raised::no_attribute(attributes.type_name(), "keys"))?;
        initial.extend(attributes.iter().map(|(key, value)| (key.shown(), to_json(value))));
    }
    boot.write(&first_boot, &python::json(&serde_json::Value::Object(initial)), 0o644)?;
    let is_there = boot.system.which("chef-client").is_some();
    let forced = settings.flag("force_install", false);
    let mut runs = settings.flag("exec", false);
    if forced || !is_there {
        install_chef(boot, settings)?;
        runs = settings.flag("exec", runs);
    }
    if runs {
        let mut argv = vec!["/usr/bin/chef-client".to_owned()];
        match settings.get("exec_arguments").map(|arguments| &arguments.data) {
            Some(Data::List(items)) => argv.extend(items.iter().map(Value::shown)),
            Some(Data::Text(text)) => argv.push(text.clone()),
            other => {
                if other.is_some() {
                    boot.journal.warn("`chef.exec_arguments` must be a list or text");
                }
                argv.extend(["-d", "-i", "1800", "-s", "20"].map(str::to_owned));
            }
        }
        boot.execute(crate::journal::Run { argv, ..Default::default() })?;
        if settings.flag("delete_validation_post_exec", false) {
            boot.delete(KEY);
        }
    }
    Ok(())
}

fn client_file(boot: &Boot, settings: &Value) -> Result<String, Raised> {
    for key in ["server_url", "validation_name"] {
        if !settings.has(key) {
            return Err(Raised::key_error(key));
        }
    }
    let mut text = String::new();
    for (key, name, usual, is_quoted) in LINES {
        let value = match settings.get(key) {
            Some(value) if value.is_null() => None,
            // The certificate itself has a file of its own.
            Some(_) if key == "validation_cert" => None,
            Some(value) => Some(value.shown()),
            None if key == "node_name" => Some(boot.source.instance_id.clone()),
            None => usual.map(str::to_owned),
        };
        let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
        if key == "show_time" {
            let truth = if value.eq_ignore_ascii_case("true") { "true" } else { "false" };
            text.push_str(&format!("{name} = {truth}\n"));
        } else if is_quoted {
            text.push_str(&format!("{name:<22} \"{value}\"\n"));
        } else {
            text.push_str(&format!("{name:<22} {value}\n"));
        }
    }
    Ok(text)
}

fn install_chef(boot: &mut Boot, settings: &Value) -> Result<(), Raised> {
    match settings.setting("install_type").unwrap_or_else(|| "packages".to_owned()).as_str() {
        "gems" => {
            let version = settings.setting("ruby_version").unwrap_or_else(|| "1.8".to_owned());
            let ruby = format!("ruby{version}");
            let mut packages = vec![ruby.clone(), format!("{ruby}-dev")];
            if version == "1.8" {
                packages.extend(["libopenssl-ruby1.8", "rubygems1.8"].map(str::to_owned));
            }
            install(boot, &Value::from_texts(packages.iter().map(String::as_str)))?;
            boot.run(&[
                "/usr/bin/gem",
                "install",
                "chef",
                "--no-ri",
                "--no-rdoc",
                "--bindir",
                "/usr/bin",
                "-q",
            ])?;
        }
        "packages" => install(boot, &Value::from_texts(["chef"]))?,
        "omnibus" => {
            let url = settings.setting("omnibus_url").unwrap_or_else(|| INSTALLER.to_owned());
            let script = boot.fetch(&url, 6)?;
            let mut argv = vec!["<tmp>/chef-omnibus-install".to_owned()];
            if let Some(version) = settings.setting("omnibus_version") {
                argv.extend(["-v".to_owned(), version]);
            }
            boot.system.programs.insert("chef-omnibus-install".to_owned());
            boot.execute(crate::journal::Run { argv, script: Some(script), ..Default::default() })?;
        }
        other => boot.journal.warn(format!("`chef.install_type: {other}` is none that is known")),
    }
    boot.system.programs.insert("chef-client".to_owned());
    Ok(())
}
