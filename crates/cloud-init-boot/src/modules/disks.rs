//! `disk_setup` and `fs_setup`.

use std::rc::Rc;

use super::filesystems;
use crate::boot::Boot;
use crate::commands::Output;
use crate::journal::{Action, Run};
use crate::raised::Raised;
use crate::value::{Data, Key, NOTHING, Value};

pub(super) fn disk_setup(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let aliases = config.get("device_aliases").unwrap_or(&NOTHING);
    if let Some(disks) = config.get("disk_setup").and_then(Value::map) {
        for (name, definition) in disks {
            boot.because(definition);
            let device = match name {
                Key::Text(name) => aliases.setting(name).unwrap_or_else(|| name.to_string()),
                other => other.shown(),
            };
            if definition.map().is_none() {
                boot.journal.warn(format!("the definition of the disk `{device}` is not a mapping"));
                continue;
            }
            if let Err(error) = partition(boot, &device, definition) {
                boot.journal.warn_of(format!("the disk `{device}` is not partitioned"), &error);
            }
        }
    }
    for definition in config.get("fs_setup").and_then(Value::list).unwrap_or_default() {
        boot.because(definition);
        if definition.map().is_none() {
            boot.journal.warn(format!("`{}` is no definition of a file system", definition.shown()));
            boot.journal.warn("an entry of `fs_setup` is not a mapping");
            continue;
        }
        if let Err(error) = filesystems::make(boot, definition, aliases) {
            boot.journal.warn_of("a file system is not made", &error);
        }
    }
    Ok(())
}

/// Waits for a device.
///
/// # Errors
/// It does not come.
pub(super) fn settle(boot: &mut Boot, device: &str) -> Result<(), Raised> {
    if !boot.system.exists(device) {
        let _ = boot.run(&["udevadm", "settle"]);
        return Err(Raised::runtime_error(format!("there is no device `{device}`")));
    }
    let _ = boot.run(&["udevadm", "settle"]);
    Ok(())
}

fn in_english(boot: &mut Boot, argv: &[&str]) -> Result<Output, Raised> {
    let env = [("LANG", "C".to_owned())].into_iter().collect();
    boot.execute(Run { argv: argv.iter().map(|word| (*word).to_owned()).collect(), env, ..Run::default() })
}

/// The lines that `lsblk` has for a device.
pub(super) fn listed(boot: &mut Boot, device: &str, alone: bool) -> Result<Vec<Block>, Raised> {
    let mut argv = vec!["lsblk", "--pairs", "--output", "NAME,TYPE,FSTYPE,LABEL", device];
    if alone {
        argv.push("--nodeps");
    }
    let printed = boot.run(&argv)?.stdout;
    Ok(printed.lines().map(Block::read).collect())
}

/// A block device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) filesystem: String,
    pub(super) label: String,
}

impl Block {
    fn read(line: &str) -> Self {
        let of = |key: &str| {
            let start = format!("{key}=\"");
            let rest = line.split_once(&start).map_or("", |(_, rest)| rest);
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        Self { name: of("NAME"), kind: of("TYPE"), filesystem: of("FSTYPE"), label: of("LABEL") }
    }
}

fn partition(boot: &mut Boot, device: &str, definition: &Value) -> Result<(), Raised> {
    settle(boot, device)?;
    let layout = definition.get("layout").cloned().unwrap_or_default();
    if !layout.is_truthy() {
        return Ok(());
    }
    let kind = definition.setting("table_type").unwrap_or_else(|| "mbr".to_owned());
    let is_disk = listed(boot, device, true)?.first().is_some_and(|block| block.kind == "disk");
    if !is_disk {
        return Err(Raised::runtime_error(format!("`{device}` is not a whole disk")));
    }
    if layout.text().is_some_and(|layout| layout.to_lowercase() == "remove") {
        return purge(boot, device);
    }
    if is_as_asked(boot, &kind, device, &layout)? {
        return Ok(());
    }
    if !definition.get("overwrite").is_some_and(Value::is_truthy) {
        let is_used = listed(boot, device, false)?.len() > 1;
        let _ = boot.attempt(Run {
            argv: ["blkid", "-c", "/dev/null", device].map(str::to_owned).to_vec(),
            ..Run::default()
        })?;
        if is_used {
            return Ok(());
        }
    }
    let size =
        boot.run(&["blockdev", "--getsize64", device])?.stdout.trim().parse::<u64>().unwrap_or_default();
    let sector =
        boot.run(&["blockdev", "--getss", device])?.stdout.trim().parse::<u64>().unwrap_or(512).max(1);
    let sectors = size / sector;
    match kind.as_str() {
        "mbr" => {
            let table = mbr(sectors, &layout)?;
            boot.run_with(&["sfdisk", "--force", device], &format!("{table}\n"))?;
        }
        "gpt" => {
            boot.run(&["sgdisk", "-Z", device])?;
            for (number, (kind, length)) in gpt(sectors, &layout)?.iter().enumerate() {
                let number = number + 1;
                boot.run(&["sgdisk", "-n", &format!("{number}:0:{length}"), device])?;
                if let Some(kind) = kind {
                    // Two digits are short for four.
                    let kind = if kind.len() == 2 { format!("{kind}00") } else { kind.clone() };
                    boot.run(&["sgdisk", "-t", &format!("{number}:{kind}"), device])?;
                }
            }
        }
        _ => return Err(Raised::runtime_error(format!("`{kind}` is no kind of table that is known"))),
    }
    read_table(boot, device);
    Ok(())
}

fn read_table(boot: &mut Boot, device: &str) {
    let _ = boot.run(&["udevadm", "settle"]);
    if let Err(error) = boot.run(&["partprobe", device]) {
        boot.journal.warn_of("the partition table cannot be read again", &error);
    }
    let _ = boot.run(&["udevadm", "settle"]);
}

fn purge(boot: &mut Boot, device: &str) -> Result<(), Raised> {
    for block in listed(boot, device, false)? {
        if !["disk", "crypt"].contains(&block.kind.as_str()) {
            boot.run(&["wipefs", "--all", &format!("/dev/{}", block.name)])?;
        }
    }
    boot.journal.record(Action::WriteDevice { path: device.to_owned() });
    read_table(boot, device);
    Ok(())
}

/// Whether the disk has the partitions that are asked for.
fn is_as_asked(boot: &mut Boot, kind: &str, device: &str, layout: &Value) -> Result<bool, Raised> {
    let found = match kind {
        "gpt" => {
            let printed = in_english(boot, &["sgdisk", "-p", device])?.stdout;
            printed.lines().skip_while(|line| !line.trim().starts_with("Number")).skip(1).count()
        }
        "mbr" => {
            read_table(boot, device);
            boot.run_with(&["sfdisk", "-l", device], &format!("{}\n", layout.shown()))?;
            0
        }
        _ => return Err(Raised::runtime_error(format!("`{kind}` is no kind of table that is known"))),
    };
    Ok(match &layout.data {
        Data::Bool(_) => found >= 1,
        Data::List(parts) => parts.len() == found && parts.iter().all(|part| part.list().is_none()),
        _ => return Err(Raised::type_error("`layout` must be a boolean or a list")),
    })
}

/// The share of a disk that a part of a layout asks for, and its kind.
fn share(part: &Value) -> Result<(f64, Option<String>), Raised> {
    let (percent, kind) = match part.list() {
        Some([percent, kind]) => (percent, Some(kind.shown())),
        Some(_) => return Err(Raised::runtime_error(format!("`{}` is no partition", part.shown()))),
        None => (part, None),
    };
    let number = percent.shown().parse::<f64>();
    number
        .map(|number| (number, kind))
        .map_err(|_| Raised::value_error(format!("`{}` is no share", percent.shown())))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "as Python does"
)]
fn part_of(sectors: u64, percent: f64) -> u64 {
    (sectors as f64 * (percent / 100.0)) as u64
}

fn mbr(sectors: u64, layout: &Value) -> Result<String, Raised> {
    let parts = match &layout.data {
        Data::Bool(_) => return Ok(",,83".to_owned()),
        Data::List(parts) if parts.len() > 4 => {
            return Err(Raised::runtime_error("an MBR has no more than four partitions"));
        }
        Data::List(parts) => parts,
        _ => return Err(Raised::runtime_error("`layout` is neither a boolean nor a list")),
    };
    let mut lines = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let (percent, kind) = share(part)?;
        let kind = kind.unwrap_or_else(|| "83".to_owned());
        let is_last = number + 1 == parts.len();
        lines.push(if is_last {
            format!(",,{kind}")
        } else {
            format!(",{},{kind}", part_of(sectors, percent))
        });
    }
    Ok(lines.join("\n"))
}

fn gpt(sectors: u64, layout: &Value) -> Result<Vec<(Option<String>, String)>, Raised> {
    let Some(parts) = layout.list() else { return Ok(vec![(None, "0".to_owned())]) };
    let mut found = Vec::new();
    for part in parts {
        let (percent, kind) = share(part)?;
        found.push((kind, format!("+{}", part_of(sectors, percent))));
    }
    if let Some(last) = found.last_mut() {
        last.1 = "0".to_owned();
    }
    Ok(found)
}
