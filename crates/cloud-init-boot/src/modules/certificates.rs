//! `ca_certs`.

use std::rc::Rc;

use crate::boot::Boot;
use crate::raised::Raised;
use crate::value::{NOTHING, Value};

pub(super) fn ca_certs(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let (old, new) = (config.get("ca-certs"), config.get("ca_certs"));
    if old.is_some() {
        boot.journal.deprecated("`ca-certs` should be `ca_certs`");
    }
    if old.is_some() && new.is_some() {
        boot.journal.warn("both `ca-certs` and `ca_certs` are there; the old one is ignored");
    }
    let settings = new.or(old).unwrap_or(&NOTHING);
    boot.because(settings);
    if settings.map().is_none() {
        return Err(Raised::type_error("`ca_certs` must be a mapping"));
    }
    if settings.has("remove-defaults") {
        boot.journal.deprecated("`remove-defaults` should be `remove_defaults`");
    }
    let removes = settings.get("remove_defaults").or_else(|| settings.get("remove-defaults"));
    if removes.is_some_and(Value::is_truthy) {
        remove_defaults(boot)?;
    }
    let ways = boot.ways().certificates;
    for (number, certificate) in settings.settings("trusted").unwrap_or_default().iter().enumerate() {
        boot.because(certificate);
        let path = format!("{}/cloud-init-ca-cert-{}.crt", ways.folder, number + 1);
        boot.write(&path, &certificate.shown(), 0o644)?;
    }
    boot.because(settings);
    boot.run(&[ways.update]).map(drop)
}

fn remove_defaults(boot: &mut Boot) -> Result<(), Raised> {
    let folders = boot.ways().certificates.stock;
    if !folders.is_empty() {
        let files: Vec<String> = boot.system.files.iter().map(|(path, _)| path.to_owned()).collect();
        for path in files.iter().filter(|path| folders.iter().any(|folder| path.starts_with(folder))) {
            boot.delete(path);
        }
        return Ok(());
    }
    const LIST: &str = "/etc/ca-certificates.conf";
    const HEADER: &str = "# Modified by cloud-init to deselect certs due to user-data";
    let Some(before) = boot.system.text(LIST) else { return Ok(()) };
    let mut lines: Vec<String> = Vec::new();
    for line in before.lines() {
        let is_kept = line.is_empty() || line.starts_with(['#', '!']);
        if !is_kept && !lines.iter().any(|line| line == HEADER) {
            lines.push(HEADER.to_owned());
        }
        lines.push(if is_kept { line.to_owned() } else { format!("!{line}") });
    }
    boot.write(LIST, &format!("{}\n", lines.join("\n")), 0o644)?;
    if !boot.is_debian() {
        return Ok(());
    }
    let selection = "ca-certificates ca-certificates/trust_new_crts select no";
    boot.run_with(&["debconf-set-selections", "-"], selection).map(drop)
}
