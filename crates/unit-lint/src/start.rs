//! Units that nothing starts.

use dryboot_systemd::check::Role;
use dryboot_systemd::name;

use crate::UnitFile;

/// What systemd starts by itself, by how the names begin: its own units, and those that it makes from other files.
const STARTED: [&str; 4] = ["systemd-", "rc-local.", "getty", "user@"];

/// The types of units that run something.
const RUN: [&str; 7] = ["service", "socket", "timer", "path", "mount", "automount", "swap"];

/// Whether nothing in a config says anything of a unit but where its file is written: nothing starts it or sees to it that
/// the next boot does. `config` is the text of the whole config, the file included.
#[must_use]
pub fn is_never_started(file: &UnitFile<'_>, config: &str) -> bool {
    let suffix = name::suffix(&file.unit);
    let is_own = file.role == Role::Unit
        && RUN.contains(&suffix)
        && !file.unit.contains('@')
        && !STARTED.iter().any(|start| file.unit.starts_with(start));
    // D-Bus starts a service when somebody asks for its name.
    if !is_own || file.text.contains("BusName=") || enables_what_is_there(config, suffix) {
        return false;
    }
    // Commands leave out `.service`, and other units start a service of their own name.
    let name = match suffix {
        "service" => file.unit.trim_end_matches(".service"),
        _ => &file.unit,
    };
    mentions(config, name) < 2
}

/// Whether a command enables or starts units by something other than their names.
fn enables_what_is_there(config: &str, suffix: &str) -> bool {
    config.contains("preset-all") || config.contains(&format!("*.{suffix}")) || config.contains("*.*")
}

/// How often a name stands in a text, as a word of its own or a part of a file's name.
fn mentions(config: &str, name: &str) -> usize {
    let is_inside =
        |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || matches!(char, '_' | '-'));
    let is_whole = |(at, _): &(usize, &str)| {
        !is_inside(config[..*at].chars().next_back()) && !is_inside(config[at + name.len()..].chars().next())
    };
    config.match_indices(name).filter(is_whole).count()
}

#[cfg(test)]
mod tests {
    use dryboot_systemd::Release;

    use super::*;

    fn is_left(unit: &str, rest: &str) -> bool {
        let text = "[Service]\nExecStart=/bin/true\n[Timer]\nOnCalendar=daily\n";
        let file = UnitFile::read(unit.into(), unit.into(), Role::Unit, text.into(), Release::NEWEST)
            .expect("a unit");
        is_never_started(&file, &format!("path: /etc/systemd/system/{unit}\n{text}{rest}"))
    }

    #[test]
    fn a_unit_that_is_named_nowhere_is_left_alone() {
        for (unit, rest) in [
            ("app.service", ""),
            ("app.service", "systemctl start application other-app app_2"),
            ("backup.timer", "path: /etc/systemd/system/backup.service"),
        ] {
            assert!(is_left(unit, rest), "{unit} {rest}");
        }
    }

    #[test]
    fn whatever_may_start_it_counts() {
        for (unit, rest) in [
            ("app.service", "systemctl enable --now app"),
            ("app.service", "[systemctl, start, app.service]"),
            ("app.service", "path: /etc/systemd/system/app.timer"),
            ("app.service", "Wants=app.service"),
            ("app.service", "systemctl enable /etc/systemd/system/*.service"),
            ("app@.service", ""),
            ("systemd-timesyncd.service", ""),
            ("rc-local.service", ""),
            ("app.slice", ""),
            ("backup.timer", "systemctl enable --now backup.timer"),
        ] {
            assert!(!is_left(unit, rest), "{unit} {rest}");
        }
    }
}
