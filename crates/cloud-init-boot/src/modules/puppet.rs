//! `puppet`.

use std::rc::Rc;

use super::packages::install;
use crate::boot::Boot;
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

const PACKAGES: [&str; 2] = ["puppet-agent", "puppet"];
const INSTALLER: &str = "https://raw.githubusercontent.com/puppetlabs/install-puppet/main/install.sh";

pub(super) fn puppet(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("puppet").unwrap_or(&NOTHING);
    boot.because(settings);
    settings.contains("install")?;
    let kind = settings.setting("install_type").unwrap_or_else(|| "packages".to_owned());
    let program = if kind == "aio" { "/opt/puppetlabs/bin/puppet" } else { "puppet" };
    let mut runs = settings.flag("exec", false);
    if settings.flag("install", true) {
        runs &= install_puppet(boot, settings, &kind)?;
    } else if settings.has("version") {
        boot.journal.warn("`puppet.version` has no effect, since `install` is false");
    }
    let mut paths = Vec::new();
    for (key, name) in
        [("conf_file", "config"), ("ssl_dir", "ssldir"), ("csr_attributes_path", "csr_attributes")]
    {
        let printed = boot.run(&[program, "config", "print", name])?.stdout.trim_end().to_owned();
        paths.push(settings.setting(key).unwrap_or(printed));
    }
    if let Some(sections) = settings.get("conf") {
        configure(boot, sections, &paths)?;
    }
    if let Some(attributes) = settings.get("csr_attributes") {
        boot.because(attributes);
        boot.write(&paths[2], &crate::dump::block_by(attributes, 2), 0o644)?;
    }
    boot.because(settings);
    let starts = settings.flag("start_service", true);
    if starts {
        manage(boot, "enable");
    }
    if runs {
        run_agent(boot, settings, program)?;
    }
    if starts {
        manage(boot, "start");
    }
    Ok(())
}

/// Installs it; false if that is not possible as it is asked for.
fn install_puppet(boot: &mut Boot, settings: &Value, kind: &str) -> Result<bool, Raised> {
    let version = settings.get("version").map(Value::shown);
    let asked = |name: &str| {
        let words = std::iter::once(name).chain(version.as_deref());
        match &version {
            Some(_) => Value::of(Data::List(vec![Value::from_texts(words)])),
            None => Value::from_texts([name]),
        }
    };
    match kind {
        "packages" => match settings.setting("package_name") {
            Some(name) => install(boot, &asked(&name))?,
            None => {
                let mut is_installed = false;
                for name in PACKAGES {
                    match install(boot, &asked(name)) {
                        Ok(()) => {
                            is_installed = true;
                            break;
                        }
                        Err(error) if error.kind == "PackageInstallerError" => {}
                        Err(error) => return Err(error),
                    }
                }
                if !is_installed {
                    boot.journal.warn("no package of puppet can be installed");
                }
            }
        },
        "aio" => {
            let url = settings.setting("aio_install_url").unwrap_or_else(|| INSTALLER.to_owned());
            let script = boot.fetch(&url, 6)?;
            let mut words = vec!["<tmp>/puppet-install".to_owned()];
            for (key, option) in [("version", "-v"), ("collection", "-c")] {
                words.extend(settings.setting(key).into_iter().flat_map(|value| [option.to_owned(), value]));
            }
            if settings.flag("cleanup", true) {
                words.push("--cleanup".to_owned());
            }
            boot.system.programs.insert("puppet-install".to_owned());
            boot.execute(crate::journal::Run { argv: words, script: Some(script), ..Default::default() })?;
            boot.system.programs.insert("puppet".to_owned());
        }
        other => {
            boot.journal.warn(format!("`puppet.install_type: {other}` is none that is known"));
            return Ok(false);
        }
    }
    Ok(true)
}

fn configure(boot: &mut Boot, sections: &Value, paths: &[String]) -> Result<(), Raised> {
    boot.because(sections);
    let before = boot
        .system
        .text(&paths[0])
        .ok_or_else(|| Raised::new("FileNotFoundError", format!("there is no `{}`", paths[0])))?;
    let mut file: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in before.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            file.push((name.to_owned(), Vec::new()));
        } else if let (Some((key, value)), Some((_, entries))) = (line.split_once('='), file.last_mut()) {
            entries.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    for (name, entries) in sections.entries()? {
        let name = name.shown();
        if name == "ca_cert" {
            boot.make_directory(&paths[1], 0o771)?;
            boot.change_owner(&paths[1], "puppet:root");
            let folder = format!("{}/certs", paths[1]);
            boot.make_directory(&folder, 0o755)?;
            boot.change_owner(&folder, "puppet:root");
            let path = format!("{folder}/ca.pem");
            boot.write(&path, &entries.shown(), 0o644)?;
            boot.change_owner(&path, "puppet:root");
        } else {
            let section = match file.iter().position(|(own, _)| *own == name) {
                Some(at) => at,
                None => {
                    file.push((name.clone(), Vec::new()));
                    file.len() - 1
                }
            };
            for (key, value) in entries.entries()? {
                let key = key.shown();
                let mut value = value.shown();
                if key == "certname" {
                    let host = boot.system.hostname.clone();
                    value = value.replace("%f", &host).replace("%i", &boot.source.instance_id).to_lowercase();
                }
                let entries = &mut file[section].1;
                match entries.iter_mut().find(|(own, _)| *own == key) {
                    Some(entry) => entry.1 = value,
                    None => entries.push((key, value)),
                }
            }
        }
        boot.rename(&paths[0], &format!("{}.old", paths[0]));
        let mut text = String::new();
        for (name, entries) in &file {
            let lines: String = entries.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
            text.push_str(&format!("[{name}]\n{lines}\n"));
        }
        boot.write(&paths[0], &text, 0o644)?;
    }
    Ok(())
}

fn run_agent(boot: &mut Boot, settings: &Value, program: &str) -> Result<(), Raised> {
    let mut argv = vec![program.to_owned(), "agent".to_owned()];
    match settings.get("exec_args").map(|args| &args.data) {
        Some(Data::List(items)) => argv.extend(items.iter().map(Value::shown)),
        Some(Data::Text(text)) => argv.extend(text.split_whitespace().map(str::to_owned)),
        Some(_) => {
            boot.journal.warn("`puppet.exec_args` must be a list or text");
            argv.push("--test".to_owned());
        }
        None => argv.push("--test".to_owned()),
    }
    boot.execute(crate::journal::Run { argv, ..Default::default() }).map(drop)
}

fn manage(boot: &mut Boot, action: &str) {
    let is_managed = PACKAGES.iter().any(|name| boot.service(action, &format!("{name}.service")).is_ok());
    if !is_managed {
        boot.journal.warn(format!("no service of puppet can be made to {action}"));
    }
}
