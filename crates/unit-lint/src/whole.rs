//! What is wrong with a unit as a whole.

use dryboot_systemd::check::{FaultKind, ONESHOT_RESTARTS};

use crate::{Remark, Systemd, UnitFile, shown};

/// A unit that lacks what it cannot be without. Its place is in no line.
#[must_use]
pub fn incomplete_unit(file: &UnitFile<'_>) -> Option<Remark> {
    let fault = file.whole.as_ref()?;
    let (missing, help) = match fault.kind {
        FaultKind::NoCommand => ("the service has no `ExecStart=`", "add the command under `[Service]`"),
        FaultKind::NoExecStart => (
            "the service has no `ExecStart=`",
            "without one, a service must have `Type=oneshot` and `RemainAfterExit=yes`",
        ),
        FaultKind::NoBusName => (
            "the service has `Type=dbus` without `BusName=`",
            "add the bus name that it acquires, or use another type",
        ),
        FaultKind::NoListen => (
            "the socket has no address to listen on",
            "add one under `[Socket]`, such as `ListenStream=2375`",
        ),
        FaultKind::NoTrigger => (
            "nothing triggers this unit",
            "add a trigger: `OnBootSec=` or `OnCalendar=` for a timer, or a setting such as `PathExists=` \
             for a path",
        ),
        FaultKind::NoWhat => ("there is no `What=`", "say what to mount, such as a device"),
        _ => return None,
    };
    // Lines outside of sections are an error of their own.
    if file.faults.iter().any(|fault| fault.kind == FaultKind::OutsideSection) {
        return None;
    }
    let help = if file.has_ignored_lines() { "it may be in a line that systemd ignores" } else { help };
    Some(Remark::new(fault.span, format!("{missing}: systemd refuses the unit")).help(help))
}

/// `Restart=` with a value that a service of `Type=oneshot` cannot have.
#[must_use]
pub fn oneshot_restart(file: &UnitFile<'_>, systemd: &Systemd) -> Option<Remark> {
    let fault = file.whole.as_ref().filter(|fault| fault.kind == FaultKind::OneshotRestart)?;
    let value = shown(fault.span.slice(&file.text));
    let help = match systemd.release < ONESHOT_RESTARTS {
        true => format!("the systemd of {} does not restart services of `Type=oneshot`", systemd.title),
        false => "use `Restart=on-failure`, or `Type=simple` for a service that keeps running".to_owned(),
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
    let message = format!("the unit for this path must be named `{name}`: systemd refuses `{unit}`");
    let help = "name the unit after the path, as `systemd-escape --path` prints it";
    Some((Remark::new(fault.span, message).help(help), wanted))
}
