//! Actions as people read them. Secrets stay out.

use std::fmt::{self, Display, Formatter};

use crate::action::{Action, Purpose, Unmasked};

impl Display for Action {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetHostname { hostname, .. } => write!(f, "set the host name to `{hostname}`")?,
            Self::UserAdd { argv, .. } => write!(f, "create the user `{}`", last(argv))?,
            Self::ChangePassword { stdin, .. } => {
                write!(f, "set the password of `{}`", stdin.split(':').next().unwrap_or_default())?;
            }
            Self::UpdateSshKeys { argv, stdin, .. } => {
                let keys = stdin.lines().filter(|line| !line.is_empty()).count();
                let plural = if keys == 1 { "" } else { "s" };
                let user = argv.get(2).map_or("", String::as_str);
                write!(f, "authorize {keys} SSH key{plural} for `{user}` as the set `{}`", last(argv))?;
            }
            Self::ChangeOwner { argv, .. } => {
                write!(f, "change the owner of the file to `{}`", argv.get(1).map_or("", String::as_str))?;
            }
            Self::LoadModule { argv, .. } => {
                write!(f, "load the kernel module `{}`", argv.get(1..).unwrap_or_default().join(" ").trim())?;
            }
            Self::HttpGet { status, url } => write!(f, "fetch {url}: status {status}")?,
            Self::WriteFile { content, purpose, mode, owner, path, .. } => {
                let what = match purpose {
                    Purpose::File => "",
                    Purpose::EnvFile => "the addresses to ",
                    Purpose::Unit => "the unit ",
                    Purpose::DropIn => "the drop-in ",
                    Purpose::Script => "the script to ",
                    Purpose::ScriptUnitName => "the name of the script's unit to ",
                };
                write!(f, "write {what}`{path}` ({mode}, ")?;
                if let Some(owner) = owner {
                    write!(f, "owner {owner}, ")?;
                }
                match content.lines().count() {
                    0 => write!(f, "empty)")?,
                    1 => write!(f, "1 line)")?,
                    lines => write!(f, "{lines} lines)")?,
                }
            }
            Self::Mask { ok: true, unit, .. } => write!(f, "mask `{unit}`")?,
            Self::Mask { ok: false, unit, .. } => write!(f, "mask `{unit}`: fails")?,
            Self::Unmask { path, result, unit } => match result {
                Unmasked::Absent => write!(f, "check that `{unit}` is not masked at `{path}`")?,
                Unmasked::Removed => write!(f, "unmask `{unit}`")?,
                Unmasked::Kept => write!(f, "leave `{path}` unchanged, because it is not a mask")?,
            },
            Self::Enable { units, runtime, .. } => {
                let until = if *runtime { " until the next reboot" } else { "" };
                write!(f, "enable `{}`{until}", units.join("`, `"))?;
            }
            Self::DaemonReload {} => write!(f, "reload systemd")?,
            Self::UnitCommand { command, unit, .. } => write!(f, "{command} `{unit}`")?,
            Self::LinkDown { interface } => write!(f, "take the network interface `{interface}` down")?,
            Self::StartTransientUnit { properties, .. } => {
                write!(f, "run `{}`", properties.exec_start.join(" "))?;
            }
        }
        match self.exit() {
            Some(exit) => write!(f, ": fails with exit status {exit}"),
            None => Ok(()),
        }
    }
}

impl Action {
    /// The exit status of a command that failed.
    #[must_use]
    pub fn exit(&self) -> Option<i32> {
        match self {
            Self::SetHostname { exit, .. }
            | Self::UserAdd { exit, .. }
            | Self::ChangePassword { exit, .. }
            | Self::UpdateSshKeys { exit, .. }
            | Self::ChangeOwner { exit, .. }
            | Self::LoadModule { exit, .. } => *exit,
            _ => None,
        }
    }

    /// The entry of a machine description's `fail` that makes it fail; none if it cannot fail.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        let line = |argv: &[String]| Some(format!("cmd:{}", argv.join(" ")));
        match self {
            Self::SetHostname { argv, .. }
            | Self::UserAdd { argv, .. }
            | Self::ChangePassword { argv, .. }
            | Self::UpdateSshKeys { argv, .. }
            | Self::ChangeOwner { argv, .. }
            | Self::LoadModule { argv, .. } => line(argv),
            Self::Enable { units, .. } => units.first().map(|unit| format!("enable:{unit}")),
            Self::DaemonReload {} => Some("daemon_reload".to_owned()),
            Self::UnitCommand { command, unit, .. } => Some(format!("unit_command:{command}:{unit}")),
            Self::StartTransientUnit { .. } => Some("start_transient_unit".to_owned()),
            Self::HttpGet { .. }
            | Self::WriteFile { .. }
            | Self::Mask { .. }
            | Self::Unmask { .. }
            | Self::LinkDown { .. } => None,
        }
    }

    /// The kind, as in the recordings: `write_file`, `enable`, …
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SetHostname { .. } => "set_hostname",
            Self::UserAdd { .. } => "useradd",
            Self::ChangePassword { .. } => "chpasswd",
            Self::UpdateSshKeys { .. } => "update-ssh-keys",
            Self::ChangeOwner { .. } => "chown",
            Self::LoadModule { .. } => "modprobe",
            Self::HttpGet { .. } => "http_get",
            Self::WriteFile { .. } => "write_file",
            Self::Mask { .. } => "mask",
            Self::Unmask { .. } => "unmask",
            Self::Enable { .. } => "enable",
            Self::DaemonReload {} => "daemon_reload",
            Self::UnitCommand { .. } => "unit_command",
            Self::LinkDown { .. } => "link_down",
            Self::StartTransientUnit { .. } => "start_transient_unit",
        }
    }

    /// Whether this changes nothing, as when there is no mask to take away.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Unmask { result: Unmasked::Absent | Unmasked::Kept, .. })
    }
}

fn last(argv: &[String]) -> &str {
    argv.last().map_or("", String::as_str)
}
