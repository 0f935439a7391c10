//! What a unit's files say together.

use std::collections::BTreeSet;

use crate::file::{Assignment, LineKind, lines};
use crate::{Release, Span, check, directives, name};

/// An assignment that systemd takes, of one of a unit's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The section.
    pub section: &'static str,
    /// The directive.
    pub key: String,
    /// The value, joined over its lines, with the specifiers that [`name::expand`] knows.
    pub value: String,
    /// The file: an index into the list of the unit's files.
    pub file: usize,
    /// Where the key stands in that file.
    pub key_span: Span,
    /// Where the value stands in that file.
    pub value_span: Span,
}

/// Directives that only ever add to a list: an empty assignment resets nothing.
const DEPENDENCIES: [&str; 17] = [
    "Requires",
    "Requisite",
    "Wants",
    "BindsTo",
    "BindTo",
    "PartOf",
    "Upholds",
    "Conflicts",
    "Before",
    "After",
    "OnFailure",
    "OnSuccess",
    "PropagatesReloadTo",
    "ReloadPropagatedFrom",
    "PropagatesStopTo",
    "StopPropagatedFrom",
    "JoinsNamespaceOf",
];

/// Whether a directive names units (`systemd.unit(5)`).
#[must_use]
pub(crate) fn is_dependency(section: &str, key: &str) -> bool {
    section == "Unit" && DEPENDENCIES.contains(&key)
}

/// What an empty assignment resets: directives that share one list have one name here.
fn list<'k>(section: &str, key: &'k str) -> &'k str {
    match section {
        "Unit" if key.starts_with("Condition") => "Condition",
        "Unit" if key.starts_with("Assert") => "Assert",
        "Socket" if key.starts_with("Listen") => "Listen",
        "Timer" if is_timer_trigger(key) => "On",
        "Path" if is_path_trigger(key) => "Path",
        _ => key,
    }
}

/// Whether a directive of `[Timer]` says when it elapses.
pub(crate) fn is_timer_trigger(key: &str) -> bool {
    key == "OnCalendar" || (key.starts_with("On") && key.ends_with("Sec"))
}

/// Whether a directive of `[Path]` says what to watch.
pub(crate) fn is_path_trigger(key: &str) -> bool {
    matches!(key, "PathExists" | "PathExistsGlob" | "PathChanged" | "PathModified" | "DirectoryNotEmpty")
}

/// The assignments of one file that a release takes, in order, empty ones included.
pub(crate) fn read(text: &str, unit: &str, file: usize, release: Release) -> Vec<Setting> {
    let suffix = name::suffix(unit);
    let mut section = None;
    let mut settings = Vec::new();
    for line in lines(text, release) {
        match line.kind {
            LineKind::Section(name) => section = directives::sections(suffix).find(|known| *known == name),
            LineKind::Assignment(Assignment { key, key_span, value, value_span }) => {
                let Some(section) = section else { continue };
                let known = directives::directive(section, key);
                let takes = |known: directives::Directive| {
                    let is_known = known.since.is_none_or(|since| since <= release);
                    let fault = || directives::value(section, key, &value, known.boolean, release);
                    is_known && (value.is_empty() || fault().is_none())
                };
                let is_ignored = check::is_command(key) && check::is_ignored(&value, unit, release);
                if known.is_some_and(takes) && !is_ignored {
                    let value = name::expand(&value, unit).into_owned();
                    let key = key.to_owned();
                    settings.push(Setting { section, key, value, file, key_span, value_span });
                }
            }
            _ => {}
        }
    }
    settings
}

/// What remains after empty assignments have reset what was before them.
pub(crate) fn reset(settings: Vec<Setting>) -> Vec<Setting> {
    let mut emptied: BTreeSet<(&'static str, String)> = BTreeSet::new();
    let mut kept: Vec<Setting> = Vec::with_capacity(settings.len());
    for setting in settings.into_iter().rev() {
        if setting.value.is_empty() {
            if !is_dependency(setting.section, &setting.key) {
                emptied.insert((setting.section, list(setting.section, &setting.key).to_owned()));
            }
        } else if emptied.is_empty()
            || !emptied.contains(&(setting.section, list(setting.section, &setting.key).to_owned()))
        {
            kept.push(setting);
        }
    }
    kept.reverse();
    kept
}

/// The words of a list of units, which has no quotes.
pub(crate) fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(files: &[&str]) -> Vec<(usize, String, String)> {
        let all = files.iter().enumerate();
        let all = all.flat_map(|(file, text)| read(text, "a@b.service", file, Release::FLATCAR)).collect();
        let told = |setting: Setting| (setting.file, setting.key, setting.value);
        reset(all).into_iter().map(told).collect()
    }

    #[test]
    fn an_empty_assignment_resets_its_list() {
        let fragment =
            "[Unit]\nAfter=a.service %i.service\nConditionHost=x\n[Service]\nExecStart=/bin/a\nNo=1\n";
        let drop_in = "[Unit]\nAfter=\nConditionPathExists=\n[Service]\nExecStart=\nExecStart=/bin/%p\n";
        let told = |file, key: &str, value: &str| (file, key.to_owned(), value.to_owned());
        assert_eq!(
            merged(&[fragment, drop_in]),
            [told(0, "After", "a.service b.service"), told(1, "ExecStart", "/bin/a")]
        );
    }

    #[test]
    fn what_systemd_ignores_is_left_out() {
        assert!(
            merged(&["A=b\n[X-Y]\nAfter=a.service\n[Timer]\nOnBootSec=1\n[Unit]\nX-After=a\n"]).is_empty()
        );
    }
}
