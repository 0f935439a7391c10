use dryboot_lint::nearest;
use dryboot_systemd::Span;
use dryboot_systemd::check::{Fault, FaultKind};

use crate::{Remark, UnitFile, shown};

/// A section that is ignored, with all that is in it.
#[must_use]
pub fn unknown_unit_section(file: &UnitFile<'_>, fault: &Fault) -> Option<Remark> {
    let of = match fault.kind {
        FaultKind::UnknownSection => None,
        FaultKind::ForeignSection(of) => Some(of),
        _ => return None,
    };
    // Between the brackets.
    let inner = Span::new(fault.span.start + 1, fault.span.end.saturating_sub(1));
    let section = shown(inner.slice(&file.text));
    let reason = match of {
        None if file.is_network() => format!("`{}` cannot have a section `[{section}]`", shown(&file.unit)),
        None => format!("units do not have a section `[{section}]`"),
        Some(of) => format!("only a `.{of}` unit can have a section `[{section}]`"),
    };
    let remark = Remark::new(fault.span, format!("{reason}: {} ignores all of it", file.reader()));
    Some(match nearest(&section, file.sections()) {
        None => remark,
        Some(near) => remark.help(format!("did you mean `[{near}]`?")).change(
            format!("change the section to `[{near}]`"),
            inner,
            near,
        ),
    })
}
