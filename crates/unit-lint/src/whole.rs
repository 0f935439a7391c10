//! What is wrong with a unit as a whole.

use dryboot_systemd::check::{FaultKind, ONESHOT_RESTARTS};

use crate::{Remark, Systemd, UnitFile, shown};

/// A unit that lacks what it cannot be without. Its place is in no line.
#[must_use]
pub fn incomplete_unit(file: &UnitFile<'_>) -> Option<Remark> {
    let fault = file.whole.as_ref()?;
    let (missing, help) = match fault.kind {
        FaultKind::NoCommand => ("the service has no `ExecStart=`", "say under `[Service]` what it runs"),
        FaultKind::NoExecStart => (
            "the service has no `ExecStart=`",
            "without one, a service has to have `Type=oneshot` and `RemainAfterExit=yes`",
        ),
        FaultKind::NoBusName => (
            "the service has `Type=dbus` without `BusName=`",
            "give the name that it takes on the bus, or another type",
        ),
        FaultKind::NoListen => {
            ("the socket has nothing to listen on", "say so under `[Socket]`, such as `ListenStream=2375`")
        }
        FaultKind::NoTrigger => (
            "nothing ever triggers this unit",
            "say when: `OnBootSec=` or `OnCalendar=` for a timer, `PathExists=` and its like for a path",
        ),
        FaultKind::NoWhat => ("there is no `What=`", "say what is mounted, such as a device"),
        _ => return None,
    };
    // Lines outside of sections are an error of their own.
    if file.faults.iter().any(|fault| fault.kind == FaultKind::OutsideSection) {
        return None;
    }
    let help = if file.has_ignored_lines() {
        "systemd ignores a line that is meant to say so, perhaps"
    } else {
        help
    };
    Some(Remark::new(fault.span, format!("{missing}: systemd refuses the unit")).help(help))
}

/// `Restart=` with a value that a service of `Type=oneshot` cannot have.
#[must_use]
pub fn oneshot_restart(file: &UnitFile<'_>, systemd: &Systemd) -> Option<Remark> {
    let fault = file.whole.as_ref().filter(|fault| fault.kind == FaultKind::OneshotRestart)?;
    let value = shown(fault.span.slice(&file.text));
    let help = match systemd.release < ONESHOT_RESTARTS {
        true => format!("the systemd of {} restarts no service of `Type=oneshot`", systemd.title),
        false => {
            "`Restart=on-failure` is possible; a service that goes on running is `Type=simple`".to_owned()
        }
    };
    let message =
        format!("a service of `Type=oneshot` cannot have `Restart={value}`: systemd refuses the unit");
    Some(Remark::new(fault.span, message).help(help))
}

/// A mount, automount or swap whose name is not that of its path; with the name that is.
#[must_use]
pub fn mismatched_unit_path<'f>(file: &'f UnitFile<'_>) -> Option<(Remark, &'f str)> {
    let fault = file.whole.as_ref()?;
    let FaultKind::NameMismatch(wanted) = &fault.kind else { return None };
    let (name, unit) = (shown(wanted), shown(&file.unit));
    let message = format!("the unit of this path is `{name}`: systemd refuses `{unit}`");
    let help = "name the unit after the path, as `systemd-escape --path` writes it";
    Some((Remark::new(fault.span, message).help(help), wanted))
}
