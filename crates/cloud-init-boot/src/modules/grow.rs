//! `growpart` and `resize_rootfs`.

use std::rc::Rc;

use crate::boot::Boot;
use crate::image::RootFs;
use crate::journal::{Action, Run};
use crate::raised::Raised;
use crate::system::whole_disk;
use crate::value::{Data, Value};

pub(super) fn growpart(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let usual = Value::empty();
    let settings = config.get("growpart").unwrap_or(&usual);
    boot.because(settings);
    if settings.map().is_none() {
        boot.journal.warn("`growpart` is not a mapping");
        return Ok(());
    }
    let mode = settings.get("mode").cloned().unwrap_or_else(|| Value::from_text("auto"));
    if mode.is_no() {
        if mode.text() != Some("off") {
            boot.journal.deprecated("`growpart.mode` should be 'off'");
        }
        return Ok(());
    }
    let ignores = settings.get("ignore_growroot_disabled").is_some_and(|ignores| !ignores.is_no());
    if !ignores && boot.system.exists("/etc/growroot-disabled") {
        return Ok(());
    }
    let devices = settings.settings("devices").unwrap_or_else(|| vec![Value::from_text("/")]);
    if devices.is_empty() {
        return Ok(());
    }
    let mode = mode.shown();
    let grow = |boot: &mut Boot, words: &[&str], in_folder: bool| {
        let mut env = std::collections::BTreeMap::from([("LANG", "C".to_owned())]);
        if in_folder {
            env.insert("TMPDIR", "<tmp>/growpart".to_owned());
        }
        let argv = std::iter::once("growpart").chain(words.iter().copied()).map(str::to_owned).collect();
        boot.execute(Run { argv, env, ..Run::default() })
    };
    match mode.as_str() {
        "auto" | "growpart" if grow(boot, &["--help"], false).is_ok() => {}
        "auto" => {
            // The next best program is that of FreeBSD.
            let _ = boot.run(&["gpart", "help"]);
            return Ok(());
        }
        "gpart" => {
            let _ = boot.run(&["gpart", "help"]);
            return Err(Raised::value_error("`gpart` is not there"));
        }
        "growpart" | "growfs" => return Err(Raised::value_error(format!("`{mode}` is not there"))),
        _ => return Err(Raised::type_error(format!("growpart has no mode `{mode}`"))),
    }
    for device in devices {
        let Some(device) = device.text() else {
            return Err(Raised::no_attribute(device.type_name(), "startswith"));
        };
        // A path is that of the file system that it is on.
        let block = if device.starts_with("/dev/") { device.to_owned() } else { "/dev/sda1".to_owned() };
        let name = block.trim_start_matches("/dev/");
        let disk = whole_disk(name);
        if !boot.system.is_device(&block) || disk == name || boot.system.is_container {
            continue;
        }
        let number = name[disk.len()..].trim_start_matches('p');
        let disk = format!("/dev/{disk}");
        match grow(boot, &["--dry-run", &disk, number], true) {
            Ok(_) => {
                if let Err(error) = grow(boot, &[&disk, number], true) {
                    boot.journal.warn_of(format!("`{block}` cannot be grown"), &error);
                }
            }
            // There is nothing to gain.
            Err(error) if error.exit == Some(1) => {}
            Err(error) => boot.journal.warn_of(format!("`{block}` cannot be grown"), &error),
        }
    }
    Ok(())
}

pub(super) fn resizefs(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let usual = Value::of(Data::Bool(true));
    let asked = config.get("resize_rootfs").unwrap_or(&usual);
    boot.because(asked);
    let in_background = asked.shown() == "noblock";
    let asked_text = Value::from_text(asked.shown());
    if !(asked_text.is_yes() || asked.shown().to_lowercase().trim() == "noblock") {
        return Ok(());
    }
    let command: &[&str] = match boot.image.root {
        RootFs::Ext4 => &["resize2fs", "/dev/sda1"],
        RootFs::Xfs => &["xfs_growfs", "/"],
        RootFs::Btrfs => &["btrfs", "filesystem", "resize", "--enqueue", "max", "/"],
    };
    // What a container has for its root is not a device that can be written to.
    if boot.system.is_container {
        return Ok(());
    }
    if in_background {
        boot.journal.record(Action::Background { what: "do_resize" });
    }
    match boot.run(command) {
        Err(error) if !in_background => {
            boot.journal.warn_of("the file system cannot be grown", &error);
            Err(error)
        }
        _ => Ok(()),
    }
}
