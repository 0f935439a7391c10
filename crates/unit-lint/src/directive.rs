use dryboot_lint::nearest;
use dryboot_systemd::check::{Fault, FaultKind};
use dryboot_systemd::{directives, name};

use crate::{Remark, Systemd, UnitFile, shown};

/// How many keys may still be compared with all others, which takes more time than anything else.
#[derive(Debug)]
pub struct Suggestions(usize);

impl Default for Suggestions {
    fn default() -> Self {
        Self(20)
    }
}

/// A line that systemd ignores, since the section has no such directive.
pub fn unknown_directive(
    file: &UnitFile<'_>,
    fault: &Fault,
    systemd: &Systemd,
    suggestions: &mut Suggestions,
) -> Option<Remark> {
    let key = fault.span.slice(&file.text);
    let written = shown(key);
    let mut near = None;
    let (reason, help) = match fault.kind {
        FaultKind::UnknownDirective(section) => {
            let mut help = None;
            if suggestions.0 > 0 {
                suggestions.0 -= 1;
                near = nearest(key, directives::names(section, systemd.release));
                help = match &near {
                    Some(near) => Some(format!("did you mean `{near}`?")),
                    None => elsewhere(file, section, key, systemd),
                };
            }
            (format!("`[{section}]` has no `{written}`"), help)
        }
        FaultKind::ForeignDirective(section, other) => (
            format!("`{written}` belongs to `[{other}]`, not to `[{section}]`"),
            Some(format!("move the line under `[{other}]`")),
        ),
        FaultKind::FutureDirective(since) => {
            let (name, has) = (systemd.name, systemd.release.0);
            (format!("`{written}` was added in systemd {}, and {name} has {has}", since.0), None)
        }
        _ => return None,
    };
    let remark = Remark::new(fault.span, format!("{reason}: systemd ignores the line")).change_to(near);
    Some(Remark { help, ..remark })
}

/// What may be meant in another section.
fn elsewhere(file: &UnitFile<'_>, section: &str, key: &str, systemd: &Systemd) -> Option<String> {
    let mut others = directives::sections(name::suffix(&file.unit)).filter(|other| *other != section);
    let (other, near) =
        others.find_map(|other| Some((other, nearest(key, directives::names(other, systemd.release))?)))?;
    Some(format!("did you mean `{near}`, under `[{other}]`?"))
}
