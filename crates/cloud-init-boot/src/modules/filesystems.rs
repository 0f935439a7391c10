//! `fs_setup`: file systems.

use super::disks::{listed, settle};
use crate::boot::Boot;
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::Value;

/// The option with which a file system is made over another.
const FORCE: [(&str, &str); 5] =
    [("ext", "-F"), ("btrfs", "-f"), ("xfs", "-f"), ("reiserfs", "-f"), ("swap", "-f")];

pub(super) fn make(boot: &mut Boot, definition: &Value, aliases: &Value) -> Result<(), Raised> {
    let asked = definition.setting("device").ok_or_else(|| Raised::type_error("`device` is missing"))?;
    let (base, dotted) = match asked.split_once('.') {
        Some((base, number)) if !asked.contains('/') => (base.to_owned(), Some(number.to_owned())),
        _ => (asked, None),
    };
    let mut device = aliases.setting(&base).unwrap_or(base);
    if dotted.is_some() && definition.has("partition") {
        boot.journal.warn("the number in the name of the device stands for `partition`");
    }
    let partition = dotted.or_else(|| definition.setting("partition")).unwrap_or_else(|| "any".to_owned());
    let label = definition.setting("label");
    let kind = definition.setting("filesystem");
    let overwrites = definition.get("overwrite").is_some_and(Value::is_truthy);
    settle(boot, &device)?;
    let is_number = !partition.is_empty() && partition.bytes().all(|byte| byte.is_ascii_digit());
    match partition.to_lowercase().as_str() {
        _ if is_number => {
            let separator = if device.ends_with(|char: char| char.is_ascii_digit()) { "p" } else { "" };
            device = format!("{device}{separator}{partition}");
            if !boot.system.is_device(&device) {
                boot.journal.warn(format!("there is no device `{device}`"));
                return Ok(());
            }
            probe(boot, &device)?;
        }
        "auto" | "any" => match find(boot, &device, &partition, kind.as_deref(), label.as_deref())? {
            Some((found, false)) => device = found,
            Some((_, true)) => return Ok(()),
            None => {
                boot.journal.warn("no device is free for a file system");
                return Ok(());
            }
        },
        "none" => {}
        _ => return Ok(()),
    }
    let command = definition.get("cmd").filter(|command| command.is_truthy());
    if kind.is_none() && command.is_none() {
        return Err(Raised::runtime_error("neither `filesystem` nor `cmd` says what to make"));
    }
    if let Some(command) = command {
        return by_command(boot, definition, &command.shown(), (label, kind, &device), overwrites);
    }
    let kind = kind.unwrap_or_default();
    let Some(program) =
        [format!("mkfs.{kind}"), format!("mk{kind}")].iter().find_map(|name| boot.system.which(name))
    else {
        boot.journal.warn(format!("there is no program that makes `{kind}`"));
        return Ok(());
    };
    let mut argv = vec![program];
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        argv.extend(["-L".to_owned(), label]);
    }
    let is_disk = listed(boot, &device, true)?.first().is_some_and(|block| block.kind == "disk");
    if overwrites || is_disk {
        let family = if kind.to_lowercase().contains("ext") { "ext".to_owned() } else { kind.to_lowercase() };
        match FORCE.iter().find(|(known, _)| *known == family) {
            Some((_, flag)) => argv.push((*flag).to_owned()),
            None => {
                boot.journal.warn(format!("it is not known how to make `{kind}` over another file system"));
            }
        }
    }
    if let Some(options) = definition.get("extra_opts").filter(|options| options.is_truthy()) {
        argv.extend(options.items()?.iter().map(Value::shown));
    }
    argv.push(device);
    boot.execute(Run { argv, ..Run::default() }).map(drop).map_err(|error| Raised::runtime_error(error.text))
}

fn by_command(
    boot: &mut Boot,
    definition: &Value,
    command: &str,
    (label, kind, device): (Option<String>, Option<String>, &str),
    overwrites: bool,
) -> Result<(), Raised> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "None".to_owned());
    let line = command
        .replace("%(label)s", &or_none(label))
        .replace("%(filesystem)s", &or_none(kind))
        .replace("%(device)s", device);
    if overwrites {
        boot.journal.warn("`overwrite` is ignored, since `cmd` is given");
    }
    if definition.get("extra_opts").is_some_and(Value::is_truthy) {
        boot.journal.warn("`extra_opts` is ignored, since `cmd` is given");
    }
    boot.run_shell(&line).map(drop).map_err(|error| Raised::runtime_error(error.text))
}

fn probe(boot: &mut Boot, device: &str) -> Result<(), Raised> {
    let argv = ["blkid", "-c", "/dev/null", device].map(str::to_owned).to_vec();
    boot.attempt(Run { argv, ..Run::default() }).map(drop)
}

/// A device that is free, or one that has such a file system already.
fn find(
    boot: &mut Boot,
    device: &str,
    partition: &str,
    kind: Option<&str>,
    label: Option<&str>,
) -> Result<Option<(String, bool)>, Raised> {
    let by_label = partition.to_lowercase() == "auto";
    let mut is_used = false;
    for block in listed(boot, device, false)? {
        let path = format!("/dev/{}", block.name);
        let has_kind = kind.is_some_and(|kind| kind == block.filesystem);
        if has_kind && (!by_label || label.unwrap_or_default() == block.label) {
            return Ok(Some((path, true)));
        }
        match block.kind.as_str() {
            "disk" => is_used |= !block.filesystem.is_empty(),
            "part" => {
                is_used = true;
                if block.filesystem.is_empty() {
                    return Ok(Some((path, false)));
                }
            }
            _ => {}
        }
    }
    Ok((!is_used).then(|| (device.to_owned(), false)))
}
