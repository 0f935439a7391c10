//! Units on the machine: those of the image, and what the boot makes of them.

use dryboot_config::Target;

use crate::machine::{FileTree, Node};

/// A service as systemd would start it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) is_masked: bool,
    /// Its `ExecStart=` lines, in words.
    pub(crate) commands: Vec<Vec<String>>,
    /// The units without which it does not start.
    pub(crate) requires: Vec<String>,
    /// Its environment comes from `/etc/environment`.
    pub(crate) reads_environment: bool,
}

/// The service of this name, with its drop-ins.
pub(crate) fn service(files: &FileTree, target: Target, name: &str) -> Service {
    let stock = match target {
        Target::CoreOs => include_str!("coreos.units"),
        Target::Flatcar => include_str!("flatcar.units"),
    };
    let mut service = Service::default();
    let (template, instance) = match name.split_once('@') {
        Some((prefix, rest)) => {
            let (instance, suffix) = rest.rsplit_once('.').unwrap_or((rest, ""));
            (format!("{prefix}@.{suffix}"), instance)
        }
        None => (name.to_owned(), ""),
    };
    let path = format!("/{}", instance.replace('-', "/").replace("\\x2d", "-"));
    let mut read = |text: &str| {
        for line in text.lines() {
            if let Some(value) = line.strip_prefix("ExecStart=") {
                if value.is_empty() {
                    service.commands.clear();
                } else {
                    let words = value.replace("%f", &path);
                    service.commands.push(words.split_whitespace().map(str::to_owned).collect());
                }
            } else if let Some(value) = line.strip_prefix("Requires=") {
                service.requires.extend(value.split_whitespace().map(str::to_owned));
            } else if line.starts_with("EnvironmentFile=") && line.ends_with("/etc/environment") {
                service.reads_environment = true;
            }
        }
    };
    let mut found = false;
    for directory in ["/etc/systemd/system", "/run/systemd/system"] {
        let path = format!("{directory}/{name}");
        match files.entry(&path).map(|entry| &entry.node) {
            Some(Node::Symlink(target)) if target == "/dev/null" => {
                service.is_masked = true;
                return service;
            }
            Some(Node::File(content)) if !found => {
                read(&String::from_utf8_lossy(content));
                found = true;
            }
            _ => {}
        }
    }
    if !found {
        let head = format!("# /usr/lib/systemd/system/{template}\n");
        if let Some((_, rest)) = stock.split_once(&head) {
            read(rest.split("\n# /").next().unwrap_or_default());
        }
    }
    for directory in ["/run/systemd/system", "/etc/systemd/system"] {
        let prefix = format!("{directory}/{name}.d/");
        for (path, entry) in files.iter() {
            if path.starts_with(&prefix) && path.ends_with(".conf") {
                if let Node::File(content) = &entry.node {
                    read(&String::from_utf8_lossy(content));
                }
            }
        }
    }
    service
}
