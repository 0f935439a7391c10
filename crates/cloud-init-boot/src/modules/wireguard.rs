//! `wireguard`.

use std::rc::Rc;

use super::packages::{install, update_sources};
use crate::boot::Boot;
use crate::raised::Raised;
use crate::value::{NOTHING, Value};

pub(super) fn wireguard(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("wireguard").unwrap_or(&NOTHING);
    if boot.system.which("wg").is_none() {
        update_sources(boot, false)?;
        install(boot, &Value::from_texts(["wireguard-tools"]))?;
    }
    boot.run_shell("lsmod")?;
    boot.run_shell("modprobe wireguard")?;
    let interfaces = settings.get("interfaces").ok_or_else(|| Raised::key_error("interfaces"))?;
    for interface in interfaces.items()? {
        boot.because(&interface);
        interface.entries().map_err(|_| Raised::no_attribute(interface.type_name(), "keys"))?;
        let text = |key: &str| match interface.get(key) {
            Some(value) => value.text().map(str::to_owned).ok_or_else(|| {
                Raised::value_error(format!(
                    "`{key}` of an interface must be text, not a {}",
                    value.type_name()
                ))
            }),
            None => Err(Raised::value_error(format!("an interface lacks `{key}`"))),
        };
        let (name, path, content) = (text("name")?, text("config_path")?, text("content")?);
        boot.write(&path, &content, 0o600)?;
        let service = format!("wg-quick@{name}");
        for action in ["enable", "restart"] {
            boot.service(action, &service).map_err(|error| Raised::runtime_error(error.text))?;
        }
    }
    let Some(probes) = settings.get("readinessprobe").filter(|probes| !probes.is_null()) else {
        return Ok(());
    };
    boot.because(probes);
    let probes = probes.items()?;
    if let Some(wrong) = probes.iter().find(|probe| probe.text().is_none()) {
        return Err(Raised::value_error(format!("`{}` is no command", wrong.shown())));
    }
    let mut failures = Vec::new();
    for probe in &probes {
        if let Err(error) = boot.run_shell(&probe.shown()) {
            failures.push(error.text);
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(Raised::runtime_error(failures.join("; "))) }
}
