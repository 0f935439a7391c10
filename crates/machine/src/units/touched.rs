//! Which units an action is about.

use dryboot_systemd::name;

use super::image::DIRECTORIES;
use crate::action::Action;

/// The units that an action is about.
pub(super) fn touched(action: &Action) -> Vec<String> {
    match action {
        Action::WriteFile { path, .. } if is_unit_file(path) => unit_of(path).into_iter().collect(),
        Action::Mask { unit, ok: true, .. } | Action::UnitCommand { unit, .. } => vec![unit.clone()],
        Action::Enable { units, .. } => units.clone(),
        _ => Vec::new(),
    }
}

pub(super) fn is_unit_file(path: &str) -> bool {
    DIRECTORIES.iter().any(|directory| path.starts_with(directory))
}

/// The unit that a file below systemd's directories belongs to: its own, or that of its drop-ins.
fn unit_of(path: &str) -> Option<String> {
    let below = DIRECTORIES.iter().find_map(|directory| path.strip_prefix(directory))?;
    let unit = match below.split_once('/') {
        Some((directory, _)) => directory.strip_suffix(".d")?,
        None => below,
    };
    (name::fault(unit).is_none()).then(|| unit.to_owned())
}
