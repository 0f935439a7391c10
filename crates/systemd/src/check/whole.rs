//! What systemd refuses about a unit as a whole, such as `service_verify` in its source.

use super::{Fault, FaultKind};
use crate::settings::{self, Setting, is_path_trigger, is_timer_trigger};
use crate::{Release, Span, directives, name};

/// `SuccessAction=` is enough for a service since this release.
const ACTION_IS_ENOUGH: Release = Release(240);
/// A oneshot may have `Restart=on-failure` and similar since this release.
pub const ONESHOT_RESTARTS: Release = Release(244);

/// Why a unit is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The setting that is at fault, by its index; none when something is missing.
    pub setting: Option<usize>,
    /// The fault; with an empty span when something is missing.
    pub fault: Fault,
}

/// What systemd refuses about a unit whose files are these, the unit's own first; with the file that
/// is at fault, unless something is missing.
#[must_use]
pub fn together(unit: &str, files: &[&str], release: Release) -> Option<(Option<usize>, Fault)> {
    let read = files.iter().enumerate().flat_map(|(file, text)| settings::read(text, unit, file, release));
    let settings = settings::reset(read.collect());
    let refusal = whole(unit, &settings, release)?;
    Some((refusal.setting.map(|setting| settings[setting].file), refusal.fault))
}

struct Settings<'s>(&'s [Setting]);

impl Settings<'_> {
    fn all(&self, section: &str, key: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
        let all = self.0.iter().enumerate();
        all.filter(move |(_, setting)| setting.section == section && setting.key == key)
            .map(|(index, setting)| (index, setting.value.as_str()))
    }

    fn last(&self, section: &str, key: &str) -> Option<(usize, &str)> {
        self.all(section, key).next_back()
    }

    fn any(&self, section: &str, is: fn(&str) -> bool) -> bool {
        self.0.iter().any(|setting| setting.section == section && is(&setting.key))
    }

    fn flag(&self, section: &str, key: &str) -> bool {
        let mut values = self.all(section, key).filter_map(|(_, value)| directives::boolean(value));
        values.next_back().unwrap_or(false)
    }
}

/// What systemd refuses about the settings of a unit together.
#[must_use]
pub fn whole(unit: &str, settings: &[Setting], release: Release) -> Option<Refusal> {
    let all = Settings(settings);
    let (setting, kind) = match name::suffix(unit) {
        "service" => service(&all, release)?,
        "socket" => {
            let listens = all.any("Socket", |key| key.starts_with("Listen"));
            (!listens).then_some((None, FaultKind::NoListen))?
        }
        "timer" => {
            let triggers = all.any("Timer", is_timer_trigger)
                || all.flag("Timer", "OnClockChange")
                || all.flag("Timer", "OnTimezoneChange");
            (!triggers).then_some((None, FaultKind::NoTrigger))?
        }
        "path" => (!all.any("Path", is_path_trigger)).then_some((None, FaultKind::NoTrigger))?,
        "mount" => mount(unit, &all)?,
        "automount" => mismatch(unit, all.last("Automount", "Where"))?,
        "swap" => {
            let what = all.last("Swap", "What");
            match what {
                None => (None, FaultKind::NoWhat),
                // `LABEL=` and similar are resolved to a path.
                Some((_, what)) => {
                    mismatch(unit, what.starts_with('/').then_some(what).and(all.last("Swap", "What")))?
                }
            }
        }
        _ => return None,
    };
    let span = setting.map_or(Span::default(), |setting| settings[setting].value_span);
    Some(Refusal { setting, fault: Fault { span, kind } })
}

type Found = (Option<usize>, FaultKind);

fn service(all: &Settings<'_>, release: Release) -> Option<Found> {
    let start = all.last("Service", "ExecStart");
    let acts = all.last("Unit", "SuccessAction").is_some_and(|(_, action)| action != "none");
    let needs_none = release >= ACTION_IS_ENOUGH && acts;
    let written = all.last("Service", "Type");
    let kind = match written {
        Some((_, kind)) => kind,
        None if all.last("Service", "BusName").is_some() => "dbus",
        None if start.is_some() => "simple",
        None => "oneshot",
    };
    let is_oneshot = kind == "oneshot";
    if start.is_none() && !needs_none {
        if all.last("Service", "ExecStop").is_none() {
            return Some((None, FaultKind::NoCommand));
        }
        if !is_oneshot || !all.flag("Service", "RemainAfterExit") {
            return Some((None, FaultKind::NoExecStart));
        }
    }
    if !is_oneshot {
        let second = all.all("Service", "ExecStart").nth(1);
        let second = second.or_else(|| start.filter(|(_, value)| has_second_command(value)));
        if let Some((second, _)) = second {
            return Some((Some(second), FaultKind::RepeatedExecStart));
        }
    }
    if let Some((index, restart)) = all.last("Service", "Restart").filter(|_| is_oneshot) {
        let allowed = match release >= ONESHOT_RESTARTS {
            true => !matches!(restart, "always" | "on-success"),
            false => restart == "no",
        };
        if !allowed {
            return Some((Some(index), FaultKind::OneshotRestart));
        }
    }
    let nameless = kind == "dbus" && all.last("Service", "BusName").is_none();
    nameless.then(|| (written.map(|(index, _)| index), FaultKind::NoBusName))
}

/// Whether there is a command behind a lone semicolon.
fn has_second_command(value: &str) -> bool {
    if !value.contains(';') {
        return false;
    }
    let (words, _) = crate::words::split(value);
    let mut commands = words.split(|word| word.text == ";" && !word.quoted);
    commands.by_ref().filter(|command| !command.is_empty()).nth(1).is_some()
}

fn mount(unit: &str, all: &Settings<'_>) -> Option<Found> {
    mismatch(unit, all.last("Mount", "Where"))
        .or_else(|| all.last("Mount", "What").is_none().then_some((None, FaultKind::NoWhat)))
}

/// A path that leads to a unit of another name; a unit without the path has it from its name.
fn mismatch(unit: &str, path: Option<(usize, &str)>) -> Option<Found> {
    let (index, path) = path?;
    // The instance of a template, and what takes the place of a variable, is not known.
    if name::is_template(unit) || path.contains(['%', '$']) {
        return None;
    }
    let wanted = name::of_path(path, name::suffix(unit));
    (wanted != unit).then_some((Some(index), FaultKind::NameMismatch(wanted)))
}

/// What is as written, but perhaps not as meant.
pub(super) fn advice(unit: &str, settings: &[Setting]) -> Option<Fault> {
    let all = Settings(settings);
    let (index, kind) = all.last("Service", "Type")?;
    let applies =
        name::suffix(unit) == "service" && kind == "oneshot" && !all.flag("Service", "RemainAfterExit");
    applies.then(|| Fault { span: settings[index].value_span, kind: FaultKind::InactiveOneshot })
}
