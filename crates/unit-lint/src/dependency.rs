use dryboot_lint::nearest;
use dryboot_systemd::check::{Fault, FaultKind};
use dryboot_systemd::name::{self, SUFFIXES};

use crate::{Remark, UnitFile, shown};

/// Targets that are often named without their suffix.
const TARGETS: [&str; 8] =
    ["multi-user", "network", "network-online", "basic", "sysinit", "local-fs", "remote-fs", "default"];

/// A dependency on something that is not the name of a unit.
#[must_use]
pub fn invalid_dependency_name(file: &UnitFile<'_>, fault: &Fault) -> Option<Remark> {
    if fault.kind != FaultKind::InvalidUnitName {
        return None;
    }
    let written = fault.span.slice(&file.text);
    let plain = written.trim_matches(['"', '\'', ',']);
    let (reason, meant) = match name::fault(plain) {
        None => ("units are named without quotes or commas".to_owned(), Some(plain.to_owned())),
        Some(name::Fault::NoSuffix) => {
            let suffix = if TARGETS.contains(&plain) { "target" } else { "service" };
            ("it has no suffix".to_owned(), Some(format!("{plain}.{suffix}")))
        }
        Some(name::Fault::UnknownSuffix(suffix)) => {
            let stem = plain.strip_suffix(suffix).unwrap_or_default();
            let near = nearest(suffix, SUFFIXES);
            (format!("there is no unit type `.{}`", shown(suffix)), near.map(|near| format!("{stem}{near}")))
        }
        Some(_) => ("only letters, digits and `:-_.@` are allowed".to_owned(), None),
    };
    let message = format!("`{}` is not a unit name ({reason}): systemd ignores it", shown(written));
    let remark = Remark::new(fault.span, message);
    Some(match meant.filter(|meant| name::fault(meant).is_none()) {
        None => remark,
        Some(meant) => remark.help(format!("did you mean `{}`?", shown(&meant))).change(
            format!("change it to `{}`", shown(&meant)),
            fault.span,
            meant,
        ),
    })
}
