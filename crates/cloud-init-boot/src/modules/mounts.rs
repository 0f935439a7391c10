//! `mounts`: `/etc/fstab`, and what is mounted.

use std::rc::Rc;

use super::swap;
use crate::boot::Boot;
use crate::raised::Raised;
use crate::system::{System, whole_disk};
use crate::value::{Data, NOTHING, Value};

const FSTAB: &str = "/etc/fstab";
const MARK: &str = "comment=cloudconfig";

/// A line of the table, field by field; a field that is none may have a meaning of its own.
type Entry = Vec<Option<String>>;

pub(super) fn mounts(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    const OPTIONS: &str = "defaults,nofail,x-systemd.after=cloud-init-network.service,_netdev";
    let usual = [None, None, Some("auto"), Some(OPTIONS), Some("0"), Some("2")];
    let defaults: Entry = match config.get("mount_default_fields") {
        None => usual.iter().map(|field| field.map(str::to_owned)).collect(),
        // Nobody looks at them before there is something to mount.
        Some(_) if !config.get("mounts").is_some_and(Value::is_truthy) => Vec::new(),
        Some(fields) => {
            let fields = fields.items()?;
            if fields.iter().any(|field| !field.is_null() && field.text().is_none()) {
                return Err(Raised::type_error("`mount_default_fields` must be texts or null"));
            }
            if fields.len() < usual.len() {
                return Err(Raised::new("IndexError", "`mount_default_fields` has too few fields"));
            }
            fields.iter().map(field).collect()
        }
    };
    let asked = config.get("mounts").cloned().unwrap_or_else(|| Value::of(Data::List(Vec::new())));
    boot.because(&asked);
    let table = boot.system.text(FSTAB).unwrap_or_default();
    let (removed, kept): (Vec<&str>, Vec<&str>) = table.lines().partition(|line| line.contains(MARK));
    let kept: Vec<&str> = kept.into_iter().filter(|line| !line.trim().is_empty()).collect();
    let known: Vec<String> =
        kept.iter().filter_map(|line| line.split_whitespace().next()).map(unescaped).collect();
    let aliases = config.get("device_aliases").unwrap_or(&NOTHING);
    let mut entries = entries(boot, &asked, &defaults, &known, aliases)?;
    for default in
        [["ephemeral0", "/mnt", "auto", OPTIONS, "0", "2"], ["swap", "none", "swap", "sw", "0", "0"]]
    {
        add_default(&boot.system, &mut entries, default, &known, aliases);
    }
    let mut entries = without_dropped(entries)?;
    for entry in &mut entries {
        let options = entry.get(3).cloned().unwrap_or_default();
        entry.resize(entry.len().max(4), String::new());
        entry[3] = format!("{options},{MARK}");
    }
    let empty = Value::empty();
    let swap_settings = config.get("swap").unwrap_or(&empty);
    if let Some(path) = swap::set_up(boot, swap_settings) {
        entries.push([&path, "none", "swap", "sw", "0", "0"].map(str::to_owned).to_vec());
    }
    if entries.is_empty() {
        return Ok(());
    }
    boot.because(&asked);
    for point in entries.iter().filter_map(|entry| entry.get(1)).filter(|point| point.starts_with('/')) {
        if let Err(error) = boot.make_directory(point, 0o755) {
            boot.journal.warn_of(format!("the mount point `{point}` cannot be made"), &error);
        }
    }
    let line = |entry: &Vec<String>| {
        let fields =
            entry.iter().enumerate().map(|(at, field)| if at < 2 { escaped(field) } else { field.clone() });
        fields.collect::<Vec<_>>().join("\t")
    };
    let new: Vec<String> = entries.iter().map(line).collect();
    let is_changed = new.iter().any(|line| !removed.contains(&line.as_str()))
        || removed.iter().any(|line| !new.iter().any(|new| new == line));
    let lines: Vec<&str> = kept.iter().copied().chain(new.iter().map(String::as_str)).collect();
    boot.write(FSTAB, &format!("{}\n", lines.join("\n")), 0o644)?;
    if entries.iter().any(|entry| entry.get(2).map(String::as_str) == Some("swap")) {
        boot.run(&["swapon", "-a"])?;
    }
    if is_changed || entries.iter().any(|entry| entry.get(1).is_some_and(|point| point.starts_with('/'))) {
        boot.run(&["mount", "-a"])?;
        if boot.ways().has_systemd {
            boot.run(&["systemctl", "daemon-reload"])?;
        }
    }
    Ok(())
}

fn field(value: &Value) -> Option<String> {
    (!value.is_null()).then(|| value.shown())
}

/// The lines that are asked for, with the devices that they mean.
fn entries(
    boot: &mut Boot,
    asked: &Value,
    defaults: &Entry,
    known: &[String],
    aliases: &Value,
) -> Result<Vec<Entry>, Raised> {
    let mut entries = Vec::new();
    for item in asked.items()? {
        let Some(fields) = item.list() else {
            boot.journal.warn(format!("`{}` in `mounts` is not a list and is ignored", item.shown()));
            continue;
        };
        let Some(first) = fields.first() else {
            return Err(Raised::new("IndexError", "an entry of `mounts` is empty"));
        };
        let start = first.shown();
        let device = device(&boot.system, &start, aliases).filter(|device| !known.contains(device));
        let mut entry: Entry = fields.iter().map(field).collect();
        entry[0] = device.or_else(|| field(first));
        for (at, own) in entry.iter_mut().enumerate() {
            if own.is_none() {
                let default =
                    defaults.get(at).ok_or_else(|| Raised::new("IndexError", "a default is missing"))?;
                own.clone_from(default);
            }
        }
        entry.extend(defaults.iter().skip(entry.len()).cloned());
        entries.push(entry);
    }
    Ok(entries)
}

/// The device that a name means: a partition of a whole disk, or what an alias stands for.
fn device(system: &System, start: &str, aliases: &Value) -> Option<String> {
    let name = if start == "ephemeral" { "ephemeral0" } else { start };
    let is_network = start.contains(':') && !start.starts_with('/') || start.starts_with("//");
    if is_network {
        return Some(start.to_owned());
    }
    let (base, number) = match name.split_once('.') {
        Some((base, number)) if !name.contains('/') => (base, Some(number)),
        _ => (name, None),
    };
    let mapped = aliases.setting(base).unwrap_or_else(|| base.to_owned());
    if is_meta_name(&mapped) {
        return None;
    }
    let is_plain = ["sd", "xvd", "vd", "hd", "nvme"].iter().any(|prefix| start.starts_with(prefix));
    let path = if is_plain && !mapped.starts_with('/') { format!("/dev/{mapped}") } else { mapped };
    let part = |number: &str| {
        [number.to_owned(), format!("p{number}"), format!("-part{number}")]
            .into_iter()
            .map(|suffix| format!("{path}{suffix}"))
            .find(|path| system.is_device(path))
    };
    let partition = part(number.unwrap_or("1"));
    if number.is_some() && partition.is_none() {
        return None;
    }
    let name = path.strip_prefix("/dev/")?;
    let is_disk = system.is_device(&path) && whole_disk(name) == name;
    is_disk.then(|| partition.unwrap_or(path))
}

/// Names that only the metadata can explain.
fn is_meta_name(name: &str) -> bool {
    let ends_in_digits = |prefix: &str| {
        name.strip_prefix(prefix).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ["ami", "root", "swap"].contains(&name)
        || ["ebs", "ephemeral"].iter().any(|prefix| ends_in_digits(prefix))
}

fn add_default(
    system: &System,
    entries: &mut Vec<Entry>,
    default: [&str; 6],
    known: &[String],
    aliases: &Value,
) {
    let Some(device) = device(system, default[0], aliases).filter(|device| !known.contains(device)) else {
        return;
    };
    if entries.iter().any(|entry| entry.first() == Some(&Some(device.clone()))) {
        return;
    }
    let mut entry: Entry = default.iter().map(|field| Some((*field).to_owned())).collect();
    entry[0] = Some(device);
    entries.push(entry);
}

/// An entry whose mount point is none takes those of the same device before it away.
fn without_dropped(entries: Vec<Entry>) -> Result<Vec<Vec<String>>, Raised> {
    let mut dropped: Vec<Option<String>> = Vec::new();
    let mut kept = Vec::new();
    for entry in entries.into_iter().rev() {
        let point = entry.get(1).ok_or_else(|| Raised::new("IndexError", "a mount point is missing"))?;
        let device = entry.first().cloned().flatten();
        if point.is_none() || dropped.contains(&device) {
            dropped.push(device);
        } else {
            kept.push(entry.into_iter().map(Option::unwrap_or_default).collect());
        }
    }
    kept.reverse();
    Ok(kept)
}

fn escaped(field: &str) -> String {
    field.replace('\\', "\\134").replace(' ', "\\040").replace('\t', "\\011").replace('\n', "\\012")
}

fn unescaped(field: &str) -> String {
    field.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}
